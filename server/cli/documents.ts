// Reading the files that commands are given.
import { readFile } from 'node:fs/promises';

import { WrongUse } from './outcome.ts';

const WHY: Record<string, string> = {
  ENOENT: 'there is no such file',
  EACCES: 'may not be read',
  EISDIR: 'is a folder',
};

/** Throws WrongUse, in one line with the file's name. */
export const readTextFile = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(`${file}: ${WHY[error.code ?? ''] ?? error.message}`);
  });

/** Throws WrongUse, in one line with the file's name and, where it can be told, the place. */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = (await readTextFile(file)).replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const [place] = /line \d+ column \d+/.exec((error as Error).message) ?? [];
    const what = text.trim() === '' ? 'is empty' : `is not JSON${place === undefined ? '' : `: look at ${place}`}`;
    throw new WrongUse(`${file}: ${what}`);
  }
}
