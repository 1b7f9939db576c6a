// Strict base64url at Node's own speed: what shared/bytes.ts does for every platform, for the path that each consent event takes.
import { fromBase64Url } from '../shared/bytes.ts';

export const encodeBase64Url = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url');

/** Only canonical unpadded base64url; throws SyntaxError on anything else. */
export function decodeBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(text, 'base64url');
  // Node reads padding, the other alphabet and stray bits too: they would not come back.
  return bytes.toString('base64url') === text ? bytes : fromBase64Url(text);
}
