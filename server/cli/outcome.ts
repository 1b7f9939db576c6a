// How a command ends, and what it says: exit 0 done, 1 the thing checked does not hold, 2 wrong use.
import { readFileSync } from 'node:fs';

import { parseConfig, type Config } from '../config.ts';
import { OperatorError } from '../operator-error.ts';
import type { Site, Store } from '../store/store.ts';

/** What was checked does not hold: exit 1. */
export class NotHolding extends Error {
  override name = 'NotHolding';
}

/** Used wrongly: exit 2. Its message is one line. */
export class WrongUse extends OperatorError {
  override name = 'WrongUse';
}

/** A command that has said everything itself. */
export class Ended extends Error {
  override name = 'Ended';
  readonly code: number;

  constructor(code: number) {
    super(`ended with ${code}`);
    this.code = code;
  }
}

/** "1 leaf", "2 leaves". `many`: where it is not `one` with an s. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;

export const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** `-`: standard input. Throws WrongUse. */
export function textOf(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    throw new WrongUse(`${path}: ${(error as NodeJS.ErrnoException).code ?? 'cannot be read'}`);
  }
}

/** For commands that work on the database: opens it, closes it whatever happens. */
export async function withStore<T>(work: (store: Store, config: Config) => Promise<T>): Promise<T> {
  const config = parseConfig(process.env, { secretRequired: false });
  const { openStore } = await import('../store/open.ts');
  const store = await openStore(config.database);
  try {
    return await work(store, config);
  } finally {
    await store.close();
  }
}

/** Throws WrongUse. */
export async function siteNamed(store: Store, id: string): Promise<Site> {
  const site = await store.site(id);
  if (site) return site;
  const known = (await store.sites()).map((each) => each.id).join(', ');
  throw new WrongUse(`there is no site ${id}${known ? ` (there are: ${known})` : ': make it with candour site create'}`);
}
