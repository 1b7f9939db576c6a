// The text of a file that a mail tool or a spreadsheet saved, whatever it saved it as: found from its bytes, a piece at a time.

/** The file cannot be read as what it says it is; its message is one line for people. */
export class ImportFileError extends Error {
  override name = 'ImportFileError';
}

export interface FileText {
  pieces: AsyncIterable<string>;
  /** What it was taken for; known when the first character beyond ASCII was met, and `utf-8` where none was. */
  encoding(): string;
}

/** A workbook is a ZIP, an old one an OLE file. */
const WORKBOOKS: readonly number[][] = [
  [0x50, 0x4b, 0x03, 0x04],
  [0xd0, 0xcf, 0x11, 0xe0],
];
const SAMPLE = 4096;
/** Windows-1252 has no characters there. */
const NOT_WINDOWS = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);

const beginsWith = (bytes: Uint8Array, mark: readonly number[]): boolean => mark.every((byte, i) => bytes[i] === byte);

/** UTF-16 without a mark: ASCII text has a zero in every second byte. */
function utf16Of(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const zeros: [even: number, odd: number] = [0, 0];
  const sample = bytes.subarray(0, SAMPLE);
  for (const [i, byte] of sample.entries()) if (byte === 0) zeros[(i % 2) as 0 | 1]++;
  const few = sample.length / 5;
  return zeros[1] > few && zeros[0] < few / 8 ? 'utf-16le' : zeros[0] > few && zeros[1] < few / 8 ? 'utf-16be' : null;
}

/** What the first bytes say; null: nothing yet, they may be ASCII. Throws ImportFileError. */
function markedEncoding(bytes: Uint8Array): string | null {
  if (WORKBOOKS.some((mark) => beginsWith(bytes, mark)))
    throw new ImportFileError('this is a workbook of a spreadsheet: save it as CSV (UTF-8)');
  if (beginsWith(bytes, [0xef, 0xbb, 0xbf])) return 'utf-8';
  if (beginsWith(bytes, [0xff, 0xfe])) return 'utf-16le';
  if (beginsWith(bytes, [0xfe, 0xff])) return 'utf-16be';
  const unmarked = utf16Of(bytes);
  if (unmarked !== null) return unmarked;
  if (bytes.subarray(0, SAMPLE).includes(0)) throw new ImportFileError('this is no text: it holds zero bytes');
  return null;
}

const firstBeyondAscii = (bytes: Uint8Array): number => bytes.findIndex((byte) => byte > 0x7f);

/** UTF-8 where the bytes are that (the last character may be cut), or else Windows-1252. Throws ImportFileError. */
function guessedEncoding(bytes: Uint8Array): string {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return 'utf-8';
  } catch {
    if (bytes.some((byte) => NOT_WINDOWS.has(byte)))
      throw new ImportFileError('the file is neither UTF-8 nor Windows-1252: save it as UTF-8, or say what it is in');
    return 'windows-1252';
  }
}

const linesIn = (text: string): number => text.split('\n').length - 1;

function decoderOf(encoding: string): InstanceType<typeof TextDecoder> {
  try {
    return new TextDecoder(encoding, { fatal: true });
  } catch {
    throw new ImportFileError(`there is no encoding ${encoding}`);
  }
}

/** `encoding`: what the operator says that it is in. Reading the pieces throws ImportFileError. */
export function fileText(bytes: AsyncIterable<Uint8Array>, encoding: string | null = null): FileText {
  let decoder = encoding === null ? null : decoderOf(encoding);
  let begun = decoder !== null;
  let waiting: Uint8Array = new Uint8Array();
  let lines = 1;

  function decoded(part: Uint8Array, last: boolean): string {
    if (!decoder) return new TextDecoder('utf-8').decode(part);
    try {
      const text = decoder.decode(part, { stream: !last });
      lines += linesIn(text);
      return text;
    } catch {
      const [before = ''] = new TextDecoder(decoder.encoding).decode(part).split('\ufffd');
      const place = `line ${lines + linesIn(before)}`;
      throw new ImportFileError(`${place}: the bytes there are no ${decoder.encoding}: save the whole file in one encoding`);
    }
  }
  /** Gives what can be read now and keeps the rest. */
  function take(part: Uint8Array, last: boolean): string {
    if (decoder) return decoded(part, last);
    const first = firstBeyondAscii(part);
    const ascii = first < 0 ? part : part.subarray(0, first);
    const rest = part.subarray(ascii.length);
    const text = decoded(ascii, false);
    lines += linesIn(text);
    // Four bytes show whether a character is one of UTF-8's.
    if (rest.length === 0 || (rest.length < 4 && !last)) {
      waiting = rest;
      return text;
    }
    decoder = new TextDecoder(guessedEncoding(rest), { fatal: true });
    return text + decoded(rest, last);
  }

  async function* pieces(): AsyncGenerator<string> {
    for await (const chunk of bytes) {
      const part = waiting.length === 0 ? chunk : Buffer.concat([waiting, chunk]);
      waiting = new Uint8Array();
      if (!begun) {
        if (part.length < SAMPLE && part.length < 64) {
          // Too little to tell UTF-16 by; more is to come, or the end.
          waiting = part;
          continue;
        }
        begun = true;
        const marked = markedEncoding(part);
        if (marked !== null) decoder = decoderOf(marked);
      }
      const text = take(part, false);
      if (text !== '') yield text;
    }
    if (!begun) {
      const marked = markedEncoding(waiting);
      if (marked !== null) decoder = decoderOf(marked);
    }
    const text = take(waiting, true);
    if (text !== '') yield text;
  }
  return { pieces: pieces(), encoding: () => decoder?.encoding ?? 'utf-8' };
}
