// What must outlive a restored backup: who said no, what was erased, whose data is restricted, which requests came. It is appended
// to a file beside the database as it happens, and a restore puts it back (keep-again.ts).
import { existsSync } from 'node:fs';
import { open } from 'node:fs/promises';

import type { Site, Store } from '../store/store.ts';
import { readKept, type KeptLine } from './kept-lines.ts';

const PAGE = 500;
/** ms that an erasure may take, and that the clocks of two processes may differ. */
const LATE = 600_000;

/** How far the file is, of a site in an epoch of its log: after a restore the numbers of the list begin anew. */
interface Reached {
  /** The last suppression's number, and the last tombstone's. */
  suppression: number;
  tombstone: number;
  /** ms since 1970: when the last contact was erased, the last person of a request, and the last request changed. */
  contact: number;
  request: number;
  came: number;
}
const NOTHING: Reached = { suppression: 0, tombstone: 0, contact: 0, request: 0, came: 0 };

/** What the file says so far. */
interface Known {
  reached: Map<string, Reached>;
  /** Subjects whose data is restricted, likewise: that a backup lacks one does not lift it. */
  restricted: Map<string, Set<string>>;
  /** Lines that are found again for a while, as this process or another wrote them. */
  found: Set<string>;
}

const nameOf = (site: string, epoch: number): string => `${site} ${epoch}`;

function reachedBy({ reached }: Known, site: string, epoch: number): Reached {
  const found = reached.get(nameOf(site, epoch)) ?? { ...NOTHING };
  reached.set(nameOf(site, epoch), found);
  return found;
}

function restrictedIn({ restricted }: Known, site: string, epoch: number): Set<string> {
  const found = restricted.get(nameOf(site, epoch)) ?? new Set();
  restricted.set(nameOf(site, epoch), found);
  return found;
}

function learn(known: Known, line: KeptLine): void {
  const reached = reachedBy(known, line.site, line.epoch);
  if ('suppression' in line) reached.suppression = Math.max(reached.suppression, line.number);
  else if ('tombstones' in line) reached.tombstone = Math.max(reached.tombstone, line.number);
  else if ('erased' in line) reached.contact = Math.max(reached.contact, line.at);
  else if ('request' in line) reached.request = Math.max(reached.request, line.at);
  else if ('came' in line) reached.came = Math.max(reached.came, line.at);
  else if ('restricted' in line) restrictedIn(known, line.site, line.epoch).add(line.restricted);
  else if ('lifted' in line) restrictedIn(known, line.site, line.epoch).delete(line.lifted);
}

/** Whether such a line is found no more: others came so much later. */
function isPast({ reached }: Known, line: KeptLine): boolean {
  const last = reached.get(nameOf(line.site, line.epoch));
  if (!last || !('at' in line)) return true;
  if ('erased' in line) return line.at < last.contact - LATE;
  if ('request' in line) return line.at < last.request - LATE;
  return !('came' in line) || line.at < last.came - LATE;
}

/** As many lines are remembered before they are looked through. */
const MANY = 1000;

async function knownOf(file: string): Promise<Known> {
  const known: Known = { reached: new Map(), restricted: new Map(), found: new Set() };
  if (!existsSync(file)) return known;
  let recent = new Map<string, KeptLine>();
  const drop = (): void => void (recent = new Map([...recent].filter(([, line]) => !isPast(known, line))));
  for await (const line of readKept(file)) {
    learn(known, line);
    if (!isPast(known, line)) recent.set(JSON.stringify(line), line);
    if (recent.size % MANY === MANY - 1) drop();
  }
  drop();
  known.found = new Set(recent.keys());
  return known;
}

/** What the file lacks of a site. Lines with a time come again for a while: what was committed late is behind what was written. */
async function* linesBehind(store: Store, site: Site, known: Known, now: () => number): AsyncGenerator<KeptLine> {
  const { epoch } = await store.head(site);
  const place = { site: site.id, epoch };
  if (epoch > 0 && !known.reached.has(nameOf(site.id, epoch))) yield { ...place, at: now(), began: true };
  const reached = reachedBy(known, site.id, epoch);
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
  // No later than now: what a clock that was ahead dated must not hide what comes after it.
  const since = (last: number): number => Math.min(last, now()) - LATE;
  const { rights, contacts } = store;
  for (const { id, at } of await contacts.erasedSince(site, since(reached.contact))) yield { ...place, at, erased: id };
  for (const { id, at } of await rights.erasedSince(site, since(reached.request))) yield { ...place, at, request: id };
  for (const { id, kind, state, receivedAt, changedAt } of await rights.changedSince(site, since(reached.came)))
    yield { ...place, at: changedAt, came: { id, kind, state, receivedAt } };
  const [before, after] = [restrictedIn(known, site.id, epoch), await rights.restrictions(site)];
  for (const { subject, since: at } of after) if (!before.has(subject)) yield { ...place, at, restricted: subject };
  const still = new Set(after.map(({ subject }) => subject));
  for (const subject of before) if (!still.has(subject)) yield { ...place, at: now(), lifted: subject };
}

export interface KeptList {
  /** Resolves when all that was committed, of that site or of all, is in the file and on the disk; where it cannot be written, too. */
  catchUp(site?: Site): Promise<void>;
  close(): Promise<void>;
}

export interface KeptLogger {
  error(what: { error: string }, text: string): void;
}

interface Round {
  /** Null: all. */
  sites: Set<string> | null;
  done: Promise<void>;
}

/** Several processes may append to one file: a line more than once changes nothing. */
export function keptList(
  { store, file, logger, now = Date.now }: { store: Store; file: string; logger: KeptLogger; now?: () => number },
  { every = 10_000, start = true } = {},
): KeptList {
  let known: Known | null = null;
  let running: Promise<void> = Promise.resolve();
  /** The round that begins when the one under way has ended. */
  let next: Round | null = null;
  /** Lines with a time that were found when that site was last looked at: they are found again. */
  const found = new Map<string, ReadonlySet<string>>();

  async function append(lines: readonly string[]): Promise<void> {
    if (lines.length === 0) return;
    const handle = await open(file, 'a', 0o600);
    try {
      // A line that was cut off by a crash ends here.
      const { size } = await handle.stat();
      await handle.appendFile(`${size > 0 ? '\n' : ''}${lines.join('\n')}`);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }

  async function round(only: ReadonlySet<string> | null): Promise<void> {
    known ??= await knownOf(file);
    const lines: string[] = [];
    const seen = new Map<string, Set<string>>();
    for (const site of await store.sites()) {
      if (only && !only.has(site.id)) continue;
      const again = new Set<string>();
      seen.set(site.id, again);
      for await (const line of linesBehind(store, site, known, now)) {
        learn(known, line);
        const text = JSON.stringify(line);
        if ('erased' in line || 'request' in line || 'came' in line) again.add(text);
        if (!found.get(site.id)?.has(text) && !known.found.has(text)) lines.push(text);
      }
    }
    await append(lines);
    // From here on each site's own are known.
    if (!only) known.found.clear();
    // Not before: what could not be written is to be found again.
    for (const [site, texts] of seen) found.set(site, texts);
  }

  function catchUp(site?: Site): Promise<void> {
    if (!next) {
      const begun: Round = { sites: new Set(), done: running };
      begun.done = running.then(async () => {
        next = null;
        await round(begun.sites).catch((error: unknown) => {
          known = null;
          logger.error({ error: (error as Error).message }, 'the kept list could not be written');
        });
      });
      next = begun;
      running = begun.done;
    }
    if (site) next.sites?.add(site.id);
    else next.sites = null;
    return next.done;
  }

  const timer = start ? setInterval(() => void catchUp(), every).unref() : null;
  if (start) void catchUp();
  return {
    catchUp,
    async close() {
      if (timer) clearInterval(timer);
      await catchUp();
    },
  };
}
