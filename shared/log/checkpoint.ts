// The signed head of a log: a C2SP tlog-checkpoint in a C2SP signed note (https://c2sp.org/tlog-checkpoint, signed-note).
// Key names are the log id; the origin line is `<log id>/<epoch>`.
import { concatBytes, fromBase64, sameBytes, toBase64, utf8 } from '../bytes.ts';
import type { Sha256, Verifier } from '../crypto.ts';

export interface Checkpoint {
  /** `<log id>/<epoch>` */
  origin: string;
  size: number;
  /** 32 bytes. */
  root: Uint8Array;
}

export interface NoteSignature {
  name: string;
  keyId: Uint8Array;
  signature: Uint8Array;
}
export interface SignedCheckpoint extends Checkpoint {
  /** The signed bytes: everything up to and with the newline before the signatures. */
  body: string;
  signatures: NoteSignature[];
}

const ED25519 = 1;

export const checkpointBody = ({ origin, size, root }: Checkpoint): string => `${origin}\n${size}\n${toBase64(root)}\n`;

/** First four bytes of SHA-256(name, newline, algorithm, key). */
export async function keyId(name: string, publicKey: Uint8Array, sha256: Sha256): Promise<Uint8Array> {
  return (await sha256(concatBytes(utf8(`${name}\n`), new Uint8Array([ED25519]), publicKey))).slice(0, 4);
}

/** The signed note: body, blank line, one signature. */
export const signedNote = (body: string, name: string, id: Uint8Array, signature: Uint8Array): string =>
  `${body}\n— ${name} ${toBase64(concatBytes(id, signature))}\n`;

/** A C2SP verifier key: `<name>+<key id in hex>+<base64 of algorithm and key>`. */
export async function formatLogKey(name: string, publicKey: Uint8Array, sha256: Sha256): Promise<string> {
  const id = [...(await keyId(name, publicKey, sha256))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${name}+${id}+${toBase64(concatBytes(new Uint8Array([ED25519]), publicKey))}`;
}

/** Throws SyntaxError unless it is an Ed25519 verifier key whose id fits its name and key. */
export async function parseLogKey(
  text: string,
  sha256: Sha256,
): Promise<{ name: string; publicKey: Uint8Array; id: Uint8Array }> {
  const parts = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text);
  const bytes = fromBase64(parts?.[3] ?? '!');
  const [name, publicKey] = [parts?.[1] ?? '', bytes.slice(1)];
  if (bytes[0] !== ED25519 || publicKey.length !== 32) throw new SyntaxError('not an Ed25519 log key');
  if ((await formatLogKey(name, publicKey, sha256)) !== text) throw new SyntaxError('the key id does not fit the key');
  return { name, publicKey, id: await keyId(name, publicKey, sha256) };
}

/** Throws SyntaxError for anything but a checkpoint with at least one signature line. */
export function parseCheckpoint(note: string): SignedCheckpoint {
  const cut = note.lastIndexOf('\n\n');
  const body = note.slice(0, cut + 1);
  const lines = body.split('\n');
  const [origin = '', size = '', root = ''] = lines;
  if (cut < 0 || note.length > 4096 || lines.length !== 4 || lines[3] !== '' || !/^(0|[1-9]\d{0,15})$/.test(size) || !origin)
    throw new SyntaxError('not a checkpoint: it needs an origin, a size and a root');
  const rootBytes = fromBase64(root);
  if (rootBytes.length !== 32) throw new SyntaxError('not a checkpoint: its root is not 32 bytes');
  return { origin, size: Number(size), root: rootBytes, body, signatures: signatureLines(note.slice(cut + 2)) };
}

function signatureLines(text: string): NoteSignature[] {
  if (!text.endsWith('\n')) throw new SyntaxError('not a signed note: no newline at the end');
  return text
    .slice(0, -1)
    .split('\n')
    .map((line) => {
      const parts = /^— (\S+) ([A-Za-z0-9+/=]+)$/.exec(line);
      const bytes = fromBase64(parts?.[2] ?? '!');
      if (!parts?.[1] || bytes.length < 5) throw new SyntaxError('not a signed note: a signature line is malformed');
      return { name: parts[1], keyId: bytes.slice(0, 4), signature: bytes.slice(4) };
    });
}

/** Is the head signed by that log key (formatLogKey)? False for a key that is none. */
export async function verifyCheckpoint(checkpoint: SignedCheckpoint, logKey: string, verifier: Verifier): Promise<boolean> {
  const key = await parseLogKey(logKey, verifier.sha256).catch(() => null);
  if (!key) return false;
  const line = checkpoint.signatures.find(({ name, keyId: id }) => name === key.name && sameBytes(id, key.id));
  return line !== undefined && verifier.verifyEd25519(key.publicKey, utf8(checkpoint.body), line.signature);
}
