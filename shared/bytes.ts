// Bytes and their text forms. Decoders are strict: one text form per byte string, anything else is an error.

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
// Tables, as an event has more than a thousand of these characters and a service reads thousands of events a second.
const CODES = encoder.encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_');
const FOREIGN = 64;
const DIGITS = new Uint8Array(128).fill(FOREIGN);
CODES.forEach((code, digit) => (DIGITS[code] = digit));

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** Throws TypeError on bytes that are not UTF-8. */
export const utf8Text = (bytes: Uint8Array): string => decoder.decode(bytes);

export function concatBytes(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** Of public values only: its time depends on where they differ. */
export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && a.every((byte, i) => byte === b[i]);

/** RFC 4648 section 5, without padding. */
export function toBase64Url(bytes: Uint8Array): string {
  const text = new Uint8Array(Math.ceil((bytes.length * 4) / 3));
  for (let i = 0, at = 0; i < bytes.length; i += 3) {
    const triple = ((bytes[i] as number) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    // Beyond the end nothing is stored: a typed array takes no more than its length.
    for (let shift = 18; shift >= 0; shift -= 6) text[at++] = CODES[(triple >> shift) & 63] as number;
  }
  return decoder.decode(text);
}

/** Only canonical unpadded base64url; throws SyntaxError on padding, foreign characters or stray low bits. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 === 1) throw new SyntaxError('not base64url: impossible length');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let width = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = DIGITS[text.charCodeAt(i)] ?? FOREIGN;
    if (digit === FOREIGN) throw new SyntaxError('not base64url: foreign character');
    bits = ((bits << 6) | digit) & 0xffff;
    width += 6;
    if (width >= 8) {
      width -= 8;
      bytes[at++] = bits >> width;
    }
  }
  if (bits & ((1 << width) - 1)) throw new SyntaxError('not base64url: stray bits at the end');
  return bytes;
}

/** RFC 4648 section 4, padded: the form of C2SP signed notes. */
export const toBase64 = (bytes: Uint8Array): string => {
  const text = toBase64Url(bytes).replaceAll('-', '+').replaceAll('_', '/');
  return text + '='.repeat((4 - (text.length % 4)) % 4);
};

/** Throws SyntaxError unless the text is canonical padded base64. */
export function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const bytes = fromBase64Url(
    text
      .replace(/={1,2}$/, '')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  );
  if (toBase64(bytes) !== text) throw new SyntaxError('not base64: wrong alphabet or padding');
  return bytes;
}
