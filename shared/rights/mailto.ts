// A mailto: address (RFC 6068) of what a notice and a person wrote. Nothing in it can become a header or a second addressee.
import * as v from 'valibot';

import { EmailAddress } from './api.ts';

/** Windows and several mail programs cut or refuse longer ones. In characters, after encoding. */
const MAILTO_LIMIT = 2000;
const SUBJECT_LIMIT = 200;

/** The mailbox, or null for what is none: a name with a line break, a second address, a query. */
export function mailbox(value: string): string | null {
  const read = v.safeParse(EmailAddress, value);
  return read.success ? read.output : null;
}

const encoded = (text: string): string =>
  // Half a surrogate pair has no encoding.
  encodeURIComponent(text.toWellFormed()).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);

export interface Mail {
  /** Null: the person fills it in. */
  to: string | null;
  subject: string;
  text: string;
}

/** `whole` is false where the text is too long for an address: it is then left out, and has to be pasted. */
export function mailtoOf({ to, subject, text }: Mail): { href: string; whole: boolean } {
  const address = to === null ? null : mailbox(to);
  // Its @ stays; everything else that has a meaning in an address is encoded.
  const start = `mailto:${address === null ? '' : encoded(address).replace('%40', '@')}`;
  const head = `${start}?subject=${encoded(subject.replace(/\s+/g, ' ').trim().slice(0, SUBJECT_LIMIT))}`;
  const href = `${head}&body=${encoded(text.replace(/\r\n?|\n/g, '\r\n'))}`;
  return href.length <= MAILTO_LIMIT ? { href, whole: true } : { href: head, whole: false };
}
