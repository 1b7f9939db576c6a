// Reading the JSON files that commands are given.
import { readFile } from 'node:fs/promises';

import { WrongUse } from './outcome.ts';

/** Throws WrongUse, in one line with the file's name. */
export async function readJsonFile(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new WrongUse(`${file}: ${error.code === 'ENOENT' ? 'there is no such file' : error.message}`);
  });
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new WrongUse(`${file}: is not JSON`);
  }
}
