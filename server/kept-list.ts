// What must outlive a restored backup: who said no, and what was erased. It is appended to a file beside the database as it happens,
// and a restore puts it back (keep-again.ts). The file holds hashes and random numbers, and names nobody.
import { createReadStream, existsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { createInterface } from 'node:readline';

import type { Logger } from 'pino';
import * as v from 'valibot';

import { Hash } from '../shared/consent/event.ts';
import { ContactId } from '../shared/marketing/api.ts';
import { Suppression } from '../shared/marketing/suppression.ts';
import type { Site, Store } from './store/store.ts';

const place = { site: v.string(), epoch: v.number() };
const KeptLine = v.union([
  v.strictObject({ ...place, number: v.number(), suppression: Suppression }),
  /** Of erased events; `number` is that of the last one. */
  v.strictObject({ ...place, number: v.number(), tombstones: v.array(Hash) }),
  /** A contact. */
  v.strictObject({ ...place, at: v.number(), erased: ContactId }),
  /** A request whose person was erased. */
  v.strictObject({ ...place, at: v.number(), request: v.string() }),
]);
export type KeptLine = v.InferOutput<typeof KeptLine>;

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
  /** The last suppression's number, and the last tombstone's. */
  suppression: number;
  tombstone: number;
  /** ms since 1970: when the last contact was erased, and the last person of a request. */
  contact: number;
  request: number;
}
const NOTHING: Reached = { suppression: 0, tombstone: 0, contact: 0, request: 0 };

function advance(reached: Reached, line: KeptLine): void {
  if ('suppression' in line) reached.suppression = Math.max(reached.suppression, line.number);
  else if ('tombstones' in line) reached.tombstone = Math.max(reached.tombstone, line.number);
  else if ('erased' in line) reached.contact = Math.max(reached.contact, line.at);
  else reached.request = Math.max(reached.request, line.at);
}
const nameOf = (site: string, epoch: number): string => `${site} ${epoch}`;

async function reachedIn(file: string): Promise<Map<string, Reached>> {
  const reached = new Map<string, Reached>();
  if (!existsSync(file)) return reached;
  for await (const line of readKept(file)) {
    const before = reached.get(nameOf(line.site, line.epoch)) ?? { ...NOTHING };
    advance(before, line);
    reached.set(nameOf(line.site, line.epoch), before);
  }
  return reached;
}

async function* linesBehind(store: Store, site: Site, epoch: number, reached: Reached): AsyncGenerator<KeptLine> {
  const place = { site: site.id, epoch };
  for (;;) {
    const page = await store.suppressions.after(site, reached.suppression, PAGE);
    for (const { number, ...suppression } of page) yield { ...place, number, suppression };
    if (page.length < PAGE) break;
  }
  for (;;) {
    const page = await store.tombstones.after(site, reached.tombstone, PAGE);
    const last = page.at(-1);
    if (last) yield { ...place, number: last.number, tombstones: page.map(({ hash }) => hash) };
    if (page.length < PAGE) break;
  }
  // An erasure is dated when it begins: one that was committed behind a later one is still to come.
  for (const { id, at } of await store.contacts.erasedSince(site, reached.contact - LATE)) yield { ...place, at, erased: id };
  for (const { id, at } of await store.rights.erasedSince(site, reached.request - LATE)) yield { ...place, at, request: id };
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
  /** Of the last minutes: they are found again. */
  let lastErased = new Set<string>();

  async function round(): Promise<void> {
    const known = await (reached ??= reachedIn(file));
    const lines: string[] = [];
    const erased = new Set<string>();
    for (const site of await store.sites()) {
      const { epoch } = await store.head(site);
      const reachedHere = known.get(nameOf(site.id, epoch)) ?? { ...NOTHING };
      known.set(nameOf(site.id, epoch), reachedHere);
      for await (const line of linesBehind(store, site, epoch, reachedHere)) {
        advance(reachedHere, line);
        if ('erased' in line || 'request' in line) {
          const name = `${line.site} ${'erased' in line ? line.erased : line.request}`;
          erased.add(name);
          if (lastErased.has(name)) continue;
        }
        lines.push(JSON.stringify(line));
      }
    }
    if (lines.length === 0) {
      lastErased = erased;
      return;
    }
    const handle = await open(file, 'a', 0o600);
    try {
      // A line that was cut off by a crash ends here.
      const { size } = await handle.stat();
      await handle.appendFile(`${size > 0 ? '\n' : ''}${lines.join('\n')}`);
      await handle.sync();
      // Not before: what could not be written is to be found again.
      lastErased = erased;
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
