// What a witness cosigned last, in a file of its own: on the disk before anybody hears of it. A witness whose file is lost must
// take another key, as it could cosign a second tree.
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import * as v from 'valibot';

import { fromBase64, toBase64 } from '../../shared/bytes.ts';
import { parseCheckpoint } from '../../shared/log/checkpoint.ts';
import { epochOf } from '../log/epochs.ts';
import type { Head } from '../store/store.ts';

const KeptHead = v.object({ size: v.number(), root: v.string() });
const State = v.object({
  v: v.literal(1),
  /** By origin line. */
  cosigned: v.record(v.string(), v.object({ note: v.string(), time: v.number() })),
  /** Likewise: earlier heads, and heads that a later epoch commits to; of what lies further back fewer. */
  heads: v.optional(v.record(v.string(), v.array(KeptHead)), {}),
  /** Log keys as they were published last, by log id. */
  keys: v.record(v.string(), v.array(v.string())),
});
type State = v.InferOutput<typeof State>;
export type Cosigned = State['cosigned'][string];
export type KnownHead = Pick<Head, 'size' | 'root'>;

/** With a head that was cosigned. */
export interface Remembering {
  log: string;
  keys: string[];
  /** Of earlier epochs. */
  committed?: readonly Head[];
}

export interface WitnessState {
  cosigned(origin: string): Cosigned | null;
  /** Of one epoch, the smallest first. */
  heads(origin: string): KnownHead[];
  /** Of which epochs of a log something is known, the earliest first. */
  epochs(log: string): number[];
  /** The newest epoch's note of a log. */
  newest(log: string): Cosigned | null;
  keys(log: string): string[] | null;
  /** Resolves when it is on the disk. */
  remember(origin: string, cosigned: Cosigned, about: Remembering): Promise<void>;
}

async function writeDurably(file: string, text: string): Promise<void> {
  const handle = await open(`${file}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${file}.new`, file);
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

type Kept = v.InferOutput<typeof KeptHead>;

/** Two heads for each doubling of the way back from the newest: a backup of any age has one not far below it. */
function thinned(heads: readonly Kept[]): Kept[] {
  const sorted = [...new Map(heads.map((head) => [head.size, head])).values()].sort((a, b) => a.size - b.size);
  const newest = sorted.at(-1)?.size ?? 0;
  const stretches = Map.groupBy(sorted, ({ size }) => Math.floor(Math.log2(newest - size + 1)));
  const kept = new Set([...stretches.values()].flatMap((stretch) => [stretch[0], stretch.at(-1)]));
  return sorted.filter((head) => kept.has(head));
}

/** Throws where the file is there and cannot be read: it is never begun anew by itself. */
export async function openWitnessState(file: string): Promise<WitnessState> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const state: State = text === null ? { v: 1, cosigned: {}, heads: {}, keys: {} } : v.parse(State, JSON.parse(text));
  let writing: Promise<void> = Promise.resolve();

  const add = (origin: string, ...heads: KnownHead[]): void => {
    const added = heads.map(({ size, root }) => ({ size, root: toBase64(root) }));
    state.heads[origin] = thinned([...(state.heads[origin] ?? []), ...added]);
  };
  // A file of before heads were kept has the newest of each epoch.
  for (const [origin, { note }] of Object.entries(state.cosigned)) add(origin, parseCheckpoint(note));

  const epochs = (log: string): number[] =>
    Object.keys(state.heads)
      .flatMap((origin) => epochOf(log, origin) ?? [])
      .sort((a, b) => a - b);
  return {
    cosigned: (origin) => state.cosigned[origin] ?? null,
    heads: (origin) => (state.heads[origin] ?? []).map(({ size, root }) => ({ size, root: fromBase64(root) })),
    epochs,
    newest(log) {
      const notes = epochs(log).flatMap((epoch) => state.cosigned[`${log}/${epoch}`] ?? []);
      return notes.at(-1) ?? null;
    },
    keys: (log) => state.keys[log] ?? null,
    remember(origin, cosigned, { log, keys, committed = [] }) {
      state.cosigned[origin] = cosigned;
      add(origin, parseCheckpoint(cosigned.note));
      for (const head of committed) add(`${log}/${head.epoch}`, head);
      state.keys[log] = keys;
      const now = JSON.stringify(state, null, 2);
      writing = writing.catch(() => undefined).then(() => writeDurably(file, now));
      return writing;
    },
  };
}
