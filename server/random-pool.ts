// Random bytes in small portions: a draw of twelve costs as much as one of some thousands, and a list of a million people needs
// five of them a person.
import { randomFillSync } from 'node:crypto';

const SIZE = 4096;
let pool = Buffer.alloc(0);
let used = 0;

/** Never given out twice. `length`: at most 64. */
export function drawRandom(length: number): Buffer {
  if (used + length > pool.length) {
    pool = randomFillSync(Buffer.allocUnsafeSlow(SIZE));
    used = 0;
  }
  used += length;
  return pool.subarray(used - length, used);
}
