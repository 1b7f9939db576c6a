// Every template in every language under the lint, and the lint under planted mistakes.
import { describe, expect, it } from 'vitest';

import { lintMail, MAIL_PROBLEMS, type LintedMail, type MailProblem } from '../../../shared/marketing/mail-lint.ts';
import { LANGUAGE_CODES, speech } from '../words/words.ts';
import type { ComposedMail } from './compose.ts';
import * as templates from './templates.ts';

const STOP = `https://consent.example/m/shop/stop/${'s'.repeat(80)}`;
const IDENTITY = 'The Shop Limited, 1 High Street, Old Town';
const EXPECTED = { sender: 'The Shop', identity: IDENTITY, stop: STOP, recipient: 'ada.lovelace@example.org' };
const HEADERS = { 'List-Unsubscribe': `<${STOP}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' };

const factsIn = (code: string): templates.MailFacts => ({
  speech: speech(code),
  siteName: 'The Shop',
  sender: 'The Shop',
  identity: IDENTITY,
  at: Date.parse('2026-11-22T12:00:00Z'),
  until: Date.parse('2026-11-29T12:00:00Z'),
  link: `https://consent.example/m/shop/confirm/${'c'.repeat(43)}`,
  stop: STOP,
});
const ASKED: templates.AskedFor[] = [
  { channel: 'email', sender: 'The Shop', label: 'News <b>& offers' },
  { channel: 'post', sender: 'A \u202eSecond\nSender', label: 'Letters' },
];
/** By the name of its function: a template that is not here makes the first test fail. */
const MADE: Record<string, (code: string) => ComposedMail> = {
  confirmationMail: (code) => templates.confirmationMail(factsIn(code), ASKED),
  choicesMail: (code) => templates.choicesMail(factsIn(code)),
};

const all = Object.entries(MADE).flatMap(([name, make]) => LANGUAGE_CODES.map((code) => [name, code, make] as const));
const linted = (mail: ComposedMail, more: Partial<LintedMail> = {}): MailProblem[] =>
  lintMail({ ...mail, headers: HEADERS, ...more }, EXPECTED);

describe('templates of mails', () => {
  it('R40 L48 are all under the lint', () => {
    expect(Object.keys(MADE).toSorted()).toEqual(Object.keys(templates).toSorted());
  });

  it.each(all)('R40 L48 %s in %s names its sender, a way to stop it, and nothing that watches', (_, code, make) => {
    const mail = make(code);
    expect(linted(mail)).toEqual([]);
    expect(mail.html).toContain(`<html lang="${code}" dir="${['ar', 'he'].includes(code) ? 'rtl' : 'ltr'}">`);
    for (const form of [mail.text, mail.html]) expect(form).not.toMatch(/[\u202a-\u202e]/);
  });

  it('dates stand as the language writes them', () => {
    const [en, de, fr] = ['en', 'de', 'fr'].map((code) => MADE.confirmationMail?.(code).text ?? '');
    expect(en).toContain('22 November 2026');
    expect(de).toContain('22. November 2026');
    expect(fr).toContain('22 novembre 2026');
  });

  it('from right to left each name stands for itself, so that no full stop wanders', () => {
    const mail = MADE.choicesMail?.('ar');
    expect(mail?.text).toContain('\u2068The Shop\u2069');
    expect(mail?.html).toContain('<bdi>The Shop</bdi>');
    expect(MADE.choicesMail?.('en').text).not.toMatch(/[\u2066-\u2069]/);
  });

  it('is dark where its reader’s mail program is, in as few styles as lie within it', () => {
    const html = MADE.choicesMail?.('en').html ?? '';
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
    expect(html).toContain('@media (prefers-color-scheme:dark){body{background:#12181f !important');
    expect(html).not.toMatch(/url\(|@import|<link/);
  });

  it('what a site wrote is text, never markup', () => {
    expect(MADE.confirmationMail?.('en').html).toContain('News &lt;b&gt;&amp; offers');
  });
});

describe('the lint of mails', () => {
  const good = MADE.confirmationMail?.('en') as ComposedMail;
  const everywhere = (from: string | RegExp, to: string): ComposedMail => ({
    subject: good.subject.replaceAll(from, to),
    text: good.text.replaceAll(from, to),
    html: good.html.replaceAll(from, to),
  });
  const planted: Record<MailProblem, MailProblem[]> = {
    SENDER_MISSING: linted(everywhere(/The Shop/g, 'Us')),
    IDENTITY_MISSING: linted(everywhere(IDENTITY, 'Nobody')),
    OPT_OUT_MISSING: linted(everywhere(STOP, 'https://consent.example/')),
    ONE_CLICK_MISSING: linted(good, { headers: { 'List-Unsubscribe': 'mailto:stop@example.org' } }),
    TRACKER: linted({ ...good, html: good.html.replace('</body>', '<img src="https://t.example/p.gif" alt=""></body>') }),
    PERSONAL_DATA_IN_LINK: linted(everywhere('/confirm/', '/confirm/ada.lovelace/')),
    INSECURE_LINK: linted(everywhere('https://consent.example/m/shop/confirm', 'http://consent.example/m/shop/confirm')),
    RAW_DATE: linted(everywhere('22 November 2026', '2026-11-22')),
    LANGUAGE_MISSING: linted({ ...good, html: good.html.replace(' dir="ltr"', '') }),
    UNFILLED: linted(everywhere('22 November 2026', '{date}')),
    DIFFERENT_TEXTS: linted({ ...good, text: good.text.replace('You have until', 'Be quick:') }),
    BAD_SUBJECT: linted({ ...good, subject: 'Hello\r\nBcc: eve@example.org' }),
  };

  it.each([
    'a{background:image-set("//t.example/p.gif" 1x)}',
    'a{background:url(//t.example/p.gif)}',
    'a{background:\\75 rl(//t.example/p.gif)}',
    '@import url',
  ])('R40 a style that could fetch something is a tracker: %s', (style) => {
    expect(linted({ ...good, html: good.html.replace('</style>', `${style}</style>`) })).toEqual(['TRACKER']);
  });

  it.each(MAIL_PROBLEMS)('R40 L48 finds a planted %s', (problem) => {
    expect(planted[problem]).toContain(problem);
  });
});
