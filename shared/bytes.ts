// Bytes and their text forms. Decoders are strict: one text form per byte string, anything else is an error.

const encoder = new TextEncoder();
const URL_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

export const utf8 = (text: string): Uint8Array<ArrayBuffer> => encoder.encode(text);

/** Throws TypeError on bytes that are not UTF-8. */
export const utf8Text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

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
  let text = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.subarray(i, i + 3);
    const triple = (a << 16) | (b << 8) | c;
    const digits = Math.min(4, bytes.length - i + 1);
    for (let d = 0; d < digits; d++) text += URL_ALPHABET[(triple >> (18 - 6 * d)) & 63];
  }
  return text;
}

/** Only canonical unpadded base64url; throws SyntaxError on padding, foreign characters or stray low bits. */
export function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (text.length % 4 === 1) throw new SyntaxError('not base64url: impossible length');
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let width = 0;
  let at = 0;
  for (const character of text) {
    const digit = URL_ALPHABET.indexOf(character);
    if (digit < 0) throw new SyntaxError('not base64url: foreign character');
    bits = ((bits << 6) | digit) & 0xffff;
    width += 6;
    if (width >= 8) {
      width -= 8;
      bytes[at++] = (bits >> width) & 0xff;
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
