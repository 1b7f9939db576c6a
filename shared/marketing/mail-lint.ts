// What every mail about messages, and every message itself, must have and must not have (R40, L48): who sends it, a way to stop it,
// nothing that watches the reader, nothing about the reader in an address.
export interface LintedMail {
  subject: string;
  text: string;
  /** Null: there is none. */
  html: string | null;
  headers: Readonly<Record<string, string>>;
}
export interface MailExpectation {
  /** The sender's name for people. */
  sender: string;
  /** Full name and postal address. */
  identity: string;
  /** The address that stops it. */
  stop: string;
  /** Of the reader: must be in no link. */
  recipient: string;
}

export const MAIL_PROBLEMS = [
  'SENDER_MISSING',
  'IDENTITY_MISSING',
  'OPT_OUT_MISSING',
  'ONE_CLICK_MISSING',
  'TRACKER',
  'PERSONAL_DATA_IN_LINK',
  'INSECURE_LINK',
  'RAW_DATE',
  'LANGUAGE_MISSING',
  'UNFILLED',
  'DIFFERENT_TEXTS',
  'BAD_SUBJECT',
] as const;
export type MailProblem = (typeof MAIL_PROBLEMS)[number];

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
const decoded = (text: string): string => text.replaceAll(/&(#?\w+);/g, (all, name: string) => ENTITIES[name] ?? all);

/** The words of a mail's HTML, as far as its own templates write any. */
const wordsOf = (html: string): string =>
  decoded(
    html
      .replace(/<head>[^]*?<\/head>/i, '')
      .replaceAll(/<\/(p|li|div|ul)>/g, '\n')
      .replaceAll(/<[^>]*>/g, ''),
  );
/** Without what only one of the two forms has: marks of direction, list signs, addresses and the names of links. */
const comparable = (text: string): string[] =>
  text
    .replaceAll(/[\u2066-\u2069]/g, '')
    .split('\n')
    .map((line) => line.replace(/^- /, '').trim())
    .filter((line) => line !== '' && line !== '--' && !/^https?:\/\/\S+$/.test(line));

/** A style may be there that can fetch nothing: an address in it would need quotes, a backslash or url(). */
const TRACKERS =
  /<(img|script|link|iframe|video|audio|object|embed|form|input|style(?!>[^"'\\<]*<\/style>)|meta[^>]*http-equiv)\b|\b(url\(|src=|background=)|@import/i;
const LOCAL = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\]|[\w-]+\.localhost)(:|\/|$)/;

function linksOf({ text, html }: LintedMail): string[] {
  const inText = text.match(/https?:\/\/[^\s<>]+/g) ?? [];
  const inHtml = [...(html ?? '').matchAll(/href="([^"]*)"/g)].map(([, href = '']) => decoded(href));
  return [...inText, ...inHtml];
}

/** The names of links are not compared: plain text has their addresses instead. */
function sayTheSame(text: string, html: string): boolean {
  const named = new Set([...html.matchAll(/<a [^>]*>([^<]*)<\/a>/g)].map(([, name = '']) => decoded(name).trim()));
  const lines = comparable(wordsOf(html)).filter((line) => !named.has(line));
  return lines.join('\n') === comparable(text).join('\n');
}

/** Each problem once, in no order of weight. The headers are those of RFC 8058. */
export function lintMail(mail: LintedMail, { sender, identity, stop, recipient }: MailExpectation): MailProblem[] {
  const { subject, text, html, headers } = mail;
  const forms = [text, ...(html === null ? [] : [decoded(html)])].map((form) => form.replaceAll(/[\u2066-\u2069]/g, ''));
  const header = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  const links = linksOf(mail);
  const needles = [recipient, encodeURIComponent(recipient), recipient.split('@')[0] ?? recipient].map((one) =>
    one.toLowerCase(),
  );
  const found: Record<MailProblem, boolean> = {
    SENDER_MISSING: forms.some((form) => !form.includes(sender)),
    IDENTITY_MISSING: forms.some((form) => !form.includes(identity)),
    OPT_OUT_MISSING: forms.some((form) => !form.includes(stop)),
    ONE_CLICK_MISSING:
      !/^<https?:\/\/[^<>]+>/.test(header['list-unsubscribe'] ?? '') ||
      header['list-unsubscribe-post'] !== 'List-Unsubscribe=One-Click',
    TRACKER: html !== null && TRACKERS.test(html),
    PERSONAL_DATA_IN_LINK: links.some((link) => link.includes('?') || needles.some((one) => link.toLowerCase().includes(one))),
    INSECURE_LINK: links.some((link) => !link.startsWith('https://') && !LOCAL.test(link)),
    RAW_DATE: forms.some((form) => /\b\d{4}-\d{2}-\d{2}\b/.test(form)),
    LANGUAGE_MISSING: html !== null && !/<html lang="[a-z-]{2,}" dir="(ltr|rtl)">/i.test(html),
    UNFILLED: [subject, ...forms].some((form) => /\{\w+\}|\bundefined\b|\[object /.test(form)),
    DIFFERENT_TEXTS: html !== null && !sayTheSame(text, html),
    BAD_SUBJECT: subject.trim() === '' || /[\r\n]/.test(subject) || subject.length > 200,
  };
  return MAIL_PROBLEMS.filter((problem) => found[problem]);
}
