// Chance that can be repeated: a test draws its moments from a seed, prints it, and takes the same one again from CANDOUR_FAULT_SEED.

export interface Chance {
  seed: number;
  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number;
  oneOf<T>(choices: readonly T[]): T;
}

/** mulberry32: 32 bits of state, enough to choose moments. */
export function chance(
  seed = Number(process.env['CANDOUR_FAULT_SEED'] ?? crypto.getRandomValues(new Uint32Array(1))[0]),
): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return { seed, between, oneOf: (choices) => choices[between(0, choices.length - 1)] as (typeof choices)[number] };
}

/** How often each fault is tried: 20 rounds with the journeys, 200 in `npm run test:long`. */
export const ROUNDS = Number(process.env['CANDOUR_FAULT_ROUNDS'] ?? 20);
