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

const isInternational = (number: string): boolean => /^\+[1-9]\d{6,14}$/.test(number);
const isDigits = (number: string): boolean => /^\d{3,17}$/.test(number);

/** The digits alone, behind a + where there was one; null: it is no number. */
function compactPhone(typed: string): string | null {
  const text = clean(typed)
    .normalize('NFKC')
    .replace(/\p{Nd}/gu, latinDigit)
    .replace(/^tel:/i, '');
  const compact = text
    // "+44 (0)20": the 0 is for callers within the country.
    .replace(/^(\+\s*(?!39)[\d\s.-]{1,6})\(0\)/, '$1')
    .replace(/[\s().\-/\u2010-\u2015\u2212]/g, '');
  return /^\+?\d+$/.test(compact) ? compact : null;
}

/**
 * E.164 where the number says its country, or `callingCode` (the digits alone, such as 44) is known from elsewhere; else the digits
 * as typed: no country is guessed, so a national number and its international form stay two addresses. Null: it is no number.
 */
function numberOf(compact: string | null, callingCode: string | null): string | null {
  if (compact === null) return null;
  if (callingCode === null && !compact.startsWith('+')) return isDigits(compact) ? compact : null;
  // "00" is how most of the world dials another country.
  const dialled = compact.startsWith('00') ? `+${compact.slice(2)}` : compact;
  const own = `+${callingCode}`;
  const inland = dialled.startsWith(own) ? dialled.slice(own.length) : dialled.startsWith('+') ? null : dialled;
  if (inland === null) return isInternational(dialled) ? dialled : null;
  // "+44 07700": the 0 was typed out of habit. In North America numbers begin with 2 to 9, and whoever rings one may dial a 1 before it.
  const number =
    own + (callingCode === KEEPS_ZERO ? inland : inland.replace(callingCode === '1' ? /^[01](?=\d{10}$)/ : /^0/, ''));
  return isInternational(number) ? number : null;
}

/** What callers within a country dial before a number where it is more than 0, by the country's code. */
const TRUNK: Readonly<Record<string, string>> = { '1': '1', '7': '8', '36': '06', '370': '8', '375': '80', '993': '8' };

/** Country codes of fewer than three digits, of which none begins another one (ITU-T E.164, list of assigned codes). */
const SHORT_CODE = /^(?:[17]|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])/;

/** As its own country writes and dials a number, with a 0 out of habit or without its +, and what is made of that where the country is known. */
function writtenIn(code: string, number: string): string[] {
  const bare = number.replace(/^0/, '');
  const trunk = TRUNK[code];
  const kept = trunk?.replace(/^0/, '') ?? '';
  return [
    ...[bare, `0${bare}`, number],
    ...['+', '00', '', `+${code}`].map((by) => by + code + number),
    ...(number === bare ? [`+${code}0${bare}`, `00${code}0${bare}`] : ['+', '00', '', `+${code}`].map((by) => by + code + bare)),
    ...(trunk === undefined ? [] : [trunk + bare, `+${code}${kept}${bare}`]),
    ...(kept !== '' && bare.startsWith(kept) ? [`+${code}${bare.slice(kept.length)}`] : []),
  ];
}

/** `codes`: of countries that it may have been typed in without its +. */
function spellingsOf(digits: string, codes: readonly string[]): string[] {
  const country = SHORT_CODE.exec(digits)?.[0] ?? digits.slice(0, 3);
  // Some name the code of a part of a country, such as 1242: numbers are written without it there.
  const own = new Set([country, ...codes.filter((code) => digits.startsWith(code))]);
  return [
    ...[...own].flatMap((code) => writtenIn(code, digits.slice(code.length))),
    // Where its + was lost on the way.
    ...codes.map((code) => `+${code}${digits}`),
  ];
}

/** Of a number that was typed with neither + nor 0: as many digits behind its country's code make of that code no part of the number. */
const WHOLE_NUMBER = 9;

/** "447700900123" in +44: a number there that begins with 44, or one whose + was lost. Of "392 1234567" in +39 it is the first. */
const isAmbiguous = (text: string, compact: string, callingCode: string | null): boolean =>
  callingCode !== null &&
  text === `+${callingCode}${compact}` &&
  compact.startsWith(callingCode) &&
  compact.length - callingCode.length >= WHOLE_NUMBER;

export interface OtherSpellings {
  /** Whether it is sure which number of which country it is. */
  sure: boolean;
  /** Of the very same number, from before the country of the site was known: what was kept under them counts as said of it. */
  earlier: NormalisedAddress[];
  /** Of it and of others: whoever said no under one of them may have meant it. Nothing else counts that was kept under them. */
  possible: NormalisedAddress[];
}

/**
 * What a telephone number may have been kept as besides its normalised text. `callingCode`: of the country that it is of where it says
 * none; `own`: of the site's. Null: none is known.
 */
export function otherSpellings(
  typed: string,
  { callingCode, own }: { callingCode: string | null; own: string | null },
): OtherSpellings {
  const compact = compactPhone(typed);
  const text = numberOf(compact, callingCode);
  if (text === null || compact === null) return { sure: false, earlier: [], possible: [] };
  const sure = text.startsWith('+') && !isAmbiguous(text, compact, callingCode);
  const digits = text.slice(1);
  const inland = own !== null && digits.startsWith(own) ? digits.slice(own.length) : null;
  const trunk = own === null || own === KEEPS_ZERO ? '' : (TRUNK[own] ?? '0');
  const earlier =
    !sure || own === null
      ? []
      : [`00${digits}`, ...(inland === null ? [] : [trunk + inland, inland, `+${own}${trunk}${inland}`])];
  const codes = [...new Set([callingCode, own].filter((code) => code !== null))];
  const possible = [
    ...(text.startsWith('+') ? spellingsOf(digits, codes) : writtenIn('', text)),
    ...(/^[+0]/.test(compact) ? [] : spellingsOf(compact, codes)),
    ...(compact.startsWith('00') ? spellingsOf(compact.slice(2), codes) : []),
  ];
  const known = new Set([text]);
  const fresh = (texts: readonly string[]): NormalisedAddress[] =>
    texts.flatMap((one) => {
      if (known.has(one) || !(isDigits(one) || isInternational(one))) return [];
      known.add(one);
      return { version: 2, kind: 'phone', text: one };
    });
  return { sure, earlier: fresh(earlier), possible: fresh(possible) };
}

/** As the first release wrote it into its keys. */
const firstEmail = (typed: string): string => typed.trim().normalize('NFC').toLowerCase();

/**
 * Every version of an address, newest first: what is stored uses the first, what is looked up uses all. Empty where the text is no
 * address of that kind. Post is taken as it is; of a handle only blanks are cut.
 */
export function normaliseAddress(
  kind: AddressKind,
  typed: string,
  { callingCode = null }: { callingCode?: string | null } = {},
): NormalisedAddress[] {
  const newest = {
    email: () => normaliseEmail(typed),
    phone: () => numberOf(compactPhone(typed), callingCode),
    handle: () => clean(typed) || null,
    post: () => typed || null,
  }[kind]();
  if (newest === null) return [];
  return ADDRESS_VERSIONS.flatMap((version): NormalisedAddress[] =>
    version === 2 ? [{ version, kind, text: newest }] : kind === 'email' ? [{ version, kind, text: firstEmail(typed) }] : [],
  );
}
