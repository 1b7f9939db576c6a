// One spelling for each address, so that a suppression is found however the address is typed next time. The address of a
// suppression is gone and can't be spelt anew: versions are therefore never changed, only added, and all are looked up.
import type { AddressKind } from './channel.ts';

/** Newest first. Version 1 knows e-mail addresses only. */
const ADDRESS_VERSIONS = [2, 1] as const;
type AddressVersion = (typeof ADDRESS_VERSIONS)[number];

export interface NormalisedAddress {
  version: AddressVersion;
  kind: AddressKind;
  text: string;
}

/** Left behind by copying: zero-width and soft marks, and the marks that only set the direction of text. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** More of them, and control characters: what has one in it is no mailbox, as no version of an address ever cut them off. */
const NO_MAILBOX = /[\p{Cc}\p{Default_Ignorable_Code_Point}]/u;
/** As it is kept and written to: a mail must go to the mailbox that the address is found as. */
export const clean = (text: string): string => text.replace(INVISIBLE, '').trim().normalize('NFC');

/** UTS 46 by the platform's URL parser, which must be given nothing but a host. */
function normaliseDomain(domain: string): string | null {
  if (/^\[[0-9a-f.:]+\]$/i.test(domain)) return domain.toLowerCase();
  if (domain === '' || /[\s/\\:?#@[\]%<>^|]/.test(domain)) return null;
  try {
    const host = new URL(`http://${domain}/`).hostname.replace(/\.$/, '');
    // The parser reads a last label of digits as an IPv4 address, in any base.
    return /^[\da-z._-]+$/.test(host) && !/(?:^|\.)\d+$/.test(host) && !host.includes('..') ? host : null;
  } catch {
    return null;
  }
}

/** What RFC 5322 has a meaning for and blanks: a name with one of them stands in quotes, or is none ("mailto:ada", "ada(work)"). */
const SPECIAL = /[\s()<>[\]:;@\\,"]/;

/**
 * Quotes and backslashes only where they are needed: `"ada"` is the mailbox `ada`, and taken as another address it would not meet a no
 * of `ada`. It is no address here, and whoever typed it is told so.
 */
function isLocalPart(local: string): boolean {
  if (!local.startsWith('"')) return !SPECIAL.test(local);
  return /^"(?:[^"\\\r\n]|\\["\\])+"$/.test(local) && SPECIAL.test(local.slice(1, -1));
}

/** Dots and plus signs stay: they tell mailboxes apart nearly everywhere. */
function normaliseEmail(typed: string): string | null {
  const text = clean(typed);
  if (NO_MAILBOX.test(text)) return null;
  const at = text.lastIndexOf('@');
  const local = text.slice(0, at).toLowerCase().normalize('NFC');
  const domain = normaliseDomain(text.slice(at + 1).trim());
  if (at < 1 || domain === null || local.length > 64 || domain.length > 255) return null;
  return isLocalPart(local) ? `${local}@${domain}` : null;
}

/** First digits of the scripts that telephone numbers are written in besides Latin. */
const ZEROS = [0x660, 0x6f0, 0x966];
const latinDigit = (digit: string): string => {
  const code = digit.codePointAt(0) ?? 0;
  const zero = ZEROS.find((one) => code >= one && code <= one + 9);
  return zero === undefined ? digit : String(code - zero);
};

/** Italy's numbers keep their 0 after the country's code. */
const KEEPS_ZERO = '39';

/**
 * E.164 where the number says its country, or `callingCode` (the digits alone, such as 44) is known from elsewhere; else the digits
 * as typed: no country is guessed, so a national number and its international form stay two addresses. Behind it come the other
 * spellings under which the same number may have been kept before its country was known. Empty: it is no number.
 */
function normalisePhone(typed: string, callingCode: string | null): string[] {
  const text = clean(typed)
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, latinDigit)
    .replace(/^tel:/i, '');
  const compact = text
    // "+44 (0)20": the 0 is for callers within the country.
    .replace(/^(\+\s*(?!39)[\d\s.-]{1,6})\(0\)/, '$1')
    .replace(/[\s().\-/\u2010-\u2015\u2212]/g, '');
  if (!/^\+?\d+$/.test(compact)) return [];
  const isInternational = (number: string): boolean => /^\+[1-9]\d{6,14}$/.test(number);
  const asTyped = compact.length >= 3 && compact.length <= 17 ? [compact] : [];
  // "00" is how most of the world dials another country.
  const dialled = compact.startsWith('00') ? `+${compact.slice(2)}` : compact;
  if (callingCode === null) {
    if (compact.startsWith('+')) return isInternational(compact) ? [compact] : [];
    return [...asTyped, ...(isInternational(dialled) ? [dialled] : [])];
  }
  const own = `+${callingCode}`;
  const inland = dialled.startsWith(own) ? dialled.slice(own.length) : dialled.startsWith('+') ? null : dialled;
  if (inland === null) return isInternational(dialled) ? [dialled, ...(compact === dialled ? [] : asTyped)] : [];
  // "+44 07700": the 0 was typed out of habit.
  const significant = callingCode === KEEPS_ZERO ? inland : inland.replace(/^0/, '');
  const number = own + significant;
  if (!isInternational(number)) return [];
  return [...new Set([number, own + inland, `0${significant}`, significant, ...(compact.startsWith('+') ? [] : asTyped)])];
}

/** As the first release wrote it into its keys. */
const firstEmail = (typed: string): string => typed.trim().normalize('NFC').toLowerCase();

/**
 * Every version and spelling of an address, newest first: what is stored uses the first, what is looked up uses all. Empty where the text is no
 * address of that kind. Post is taken as it is; of a handle only blanks are cut.
 */
export function normaliseAddress(
  kind: AddressKind,
  typed: string,
  { callingCode = null }: { callingCode?: string | null } = {},
): NormalisedAddress[] {
  const texts = {
    email: () => [normaliseEmail(typed) ?? []].flat(),
    phone: () => normalisePhone(typed, callingCode),
    handle: () => [clean(typed)].filter(Boolean),
    post: () => [typed].filter(Boolean),
  }[kind]();
  if (texts.length === 0) return [];
  return ADDRESS_VERSIONS.flatMap((version): NormalisedAddress[] =>
    version === 2
      ? texts.map((text) => ({ version, kind, text }))
      : kind === 'email'
        ? [{ version, kind, text: firstEmail(typed) }]
        : [],
  );
}
