// What a witness cosigned last, in a file of its own: on the disk before anybody hears of it. A witness whose file is lost must
// take another key, as it could cosign a second tree.
import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

import * as v from 'valibot';

const State = v.object({
  v: v.literal(1),
  /** By origin line. */
  cosigned: v.record(v.string(), v.object({ note: v.string(), time: v.number() })),
  /** Log keys as they were published last, by log id. */
  keys: v.record(v.string(), v.array(v.string())),
});
type State = v.InferOutput<typeof State>;
export type Cosigned = State['cosigned'][string];

export interface WitnessState {
  cosigned(origin: string): Cosigned | null;
  /** The newest epoch's note of a log. */
  newest(log: string): Cosigned | null;
  keys(log: string): string[] | null;
  /** Resolves when it is on the disk. */
  remember(origin: string, cosigned: Cosigned, log: { log: string; keys: string[] }): Promise<void>;
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

/** Throws where the file is there and cannot be read: it is never begun anew by itself. */
export async function openWitnessState(file: string): Promise<WitnessState> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  const state: State = text === null ? { v: 1, cosigned: {}, keys: {} } : v.parse(State, JSON.parse(text));
  let writing: Promise<void> = Promise.resolve();
  return {
    cosigned: (origin) => state.cosigned[origin] ?? null,
    newest(log) {
      const origins = Object.keys(state.cosigned).filter((origin) => origin.replace(/\/\d+$/, '') === log);
      const epoch = (origin: string): number => Number(/\/(\d+)$/.exec(origin)?.[1] ?? 0);
      const [newest] = origins.sort((a, b) => epoch(b) - epoch(a));
      return newest === undefined ? null : (state.cosigned[newest] ?? null);
    },
    keys: (log) => state.keys[log] ?? null,
    remember(origin, cosigned, { log, keys }) {
      state.cosigned[origin] = cosigned;
      state.keys[log] = keys;
      const now = JSON.stringify(state, null, 2);
      writing = writing.catch(() => undefined).then(() => writeDurably(file, now));
      return writing;
    },
  };
}
