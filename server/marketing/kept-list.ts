// What must outlive a restored backup: who said no, and which contacts were erased. Both are appended to a file beside the database as
// they happen, and a restore puts them back. The file holds keyed hashes and random numbers, and names nobody.
import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';

import type { Logger } from 'pino';
import * as v from 'valibot';

import { ContactId } from '../../shared/marketing/api.ts';
import { Suppression } from '../../shared/marketing/suppression.ts';
import type { Site, Store } from '../store/store.ts';

const place = { site: v.string(), epoch: v.number() };
const KeptLine = v.union([
  v.strictObject({ ...place, number: v.number(), suppression: Suppression }),
  v.strictObject({ ...place, at: v.number(), erased: ContactId }),
]);
type KeptLine = v.InferOutput<typeof KeptLine>;

/** The file is not what the service wrote; its message is one line for people. */
export class KeptListError extends Error {
  override name = 'KeptListError';
}

const PAGE = 500;
/** ms that an erasure may take, and that the clocks of two processes may differ. */
const LATE = 600_000;

/**
 * Throws KeptListError for a file that is another. A line that was cut off when the machine stopped is passed over: it was written
 * again behind it.
 */
export async function* readKept(file: string): AsyncGenerator<KeptLine> {
  let [lines, read] = [0, 0];
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    if (text === '') continue;
    lines++;
    try {
      const line = v.parse(KeptLine, JSON.parse(text));
      read++;
      yield line;
    } catch (error) {
      if (!(error instanceof SyntaxError || error instanceof v.ValiError)) throw error;
    }
  }
  if (lines > 1 && read === 0) throw new KeptListError(`${file} is no kept list`);
}

/** How far the file is, of a site in an epoch of its log: after a restore the numbers of the list begin anew. */
interface Reached {
  number: number;
  at: number;
}
const nameOf = (site: string, epoch: number): string => `${site} ${epoch}`;

async function reachedIn(file: string): Promise<Map<string, Reached>> {
  const reached = new Map<string, Reached>();
  if (!existsSync(file)) return reached;
  for await (const line of readKept(file)) {
    const before = reached.get(nameOf(line.site, line.epoch)) ?? { number: 0, at: 0 };
    if ('suppression' in line) before.number = Math.max(before.number, line.number);
    else before.at = Math.max(before.at, line.at);
    reached.set(nameOf(line.site, line.epoch), before);
  }
  return reached;
}

async function* linesBehind(store: Store, site: Site, epoch: number, reached: Reached): AsyncGenerator<KeptLine> {
  for (;;) {
    const page = await store.suppressions.after(site, reached.number, PAGE);
    for (const { number, ...suppression } of page) {
      yield { site: site.id, epoch, number, suppression };
      reached.number = number;
    }
    if (page.length < PAGE) break;
  }
  // An erasure is dated when it begins: one that was committed behind a later one is still to come.
  for (const { id, at } of await store.contacts.erasedSince(site, reached.at - LATE)) {
    yield { site: site.id, epoch, at, erased: id };
    reached.at = Math.max(reached.at, at);
  }
}

export interface KeptList {
  /** Resolves when all that was committed is in the file and on the disk. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

/** Several processes may append to one file: a line more than once changes nothing. */
export function keptList(
  { store, file, logger }: { store: Store; file: string; logger: Logger },
  { every = 10_000, start = true } = {},
): KeptList {
  let reached: Promise<Map<string, Reached>> | null = null;
  let running: Promise<void> = Promise.resolve();
  let lastErased = new Map<string, string>();

  async function round(): Promise<void> {
    const known = await (reached ??= reachedIn(file));
    const lines: string[] = [];
    const erased = new Map<string, string>();
    for (const site of await store.sites()) {
      const { epoch } = await store.head(site);
      const at = known.get(nameOf(site.id, epoch)) ?? { number: 0, at: 0 };
      known.set(nameOf(site.id, epoch), at);
      for await (const line of linesBehind(store, site, epoch, at)) {
        const text = JSON.stringify(line);
        if ('erased' in line) {
          erased.set(`${line.site} ${line.erased}`, text);
          if (lastErased.has(`${line.site} ${line.erased}`)) continue;
        }
        lines.push(text);
      }
    }
    lastErased = erased;
    if (lines.length === 0) return;
    const handle = await open(file, 'a', 0o600);
    try {
      // A line that was cut off by a crash ends here.
      const { size } = await handle.stat();
      await handle.appendFile(`${size > 0 ? '\n' : ''}${lines.join('\n')}`);
      await handle.sync();
    } catch (error) {
      reached = null;
      throw error;
    } finally {
      await handle.close();
    }
  }
  const safely = (): Promise<void> =>
    (running = running.then(round).catch((error: unknown) => {
      reached = null;
      logger.error({ error: (error as Error).message }, 'the kept list could not be written');
    }));
  const timer = start ? setInterval(() => void safely(), every).unref() : null;
  if (start) void safely();
  return {
    catchUp: safely,
    async close() {
      if (timer) clearInterval(timer);
      await safely();
    },
  };
}

export interface KeptAgain {
  /** Entries that the database did not have. */
  suppressions: number;
  /** Contacts that it still had. */
  erased: number;
}

/** Puts back what a restored database lacks. Can be run again. Throws KeptListError. */
export async function keepAgain(store: Store, file: string): Promise<KeptAgain> {
  const sites = new Map((await store.sites()).map((site) => [site.id, site]));
  const done: KeptAgain = { suppressions: 0, erased: 0 };
  let batch: Suppression[] = [];
  let of: Site | undefined;
  const flush = async (): Promise<void> => {
    if (of && batch.length > 0) done.suppressions += await store.suppressions.add(of, batch);
    batch = [];
  };
  for await (const line of readKept(file)) {
    const site = sites.get(line.site);
    if (!site) continue;
    if ('suppression' in line) {
      if (site !== of || batch.length >= PAGE) await flush();
      of = site;
      batch.push(line.suppression);
    } else if (await store.contacts.erase(site, line.erased, line.at)) done.erased++;
  }
  await flush();
  await store.forget();
  return done;
}
