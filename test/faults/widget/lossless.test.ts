// The conformance suite on ourselves, in real browsers: whatever happens, every choice that was written is in the log exactly
// once and in its order, and the browser says what the service says. `npm run test:long -- --widget` runs every case.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { chromium, firefox } from './browsers.ts';
import { candour } from './candour.ts';
import { CASES, SEQUENCE, sequenceCase } from './cases.ts';
import { isInOrder, openTheatre, type Theatre } from './stage.ts';
import { openWorld, type World } from './world.ts';

const ALL = process.env['CANDOUR_LOSSLESS'] === 'all';
const SEQUENCES = Number(process.env['CANDOUR_LOSSLESS_SEQUENCES'] ?? 2);
const SEED = Number(process.env['CANDOUR_LOSSLESS_SEED'] ?? crypto.getRandomValues(new Int32Array(1))[0]);
const ONLY = process.env['CANDOUR_LOSSLESS_CASE'];

describe.each([chromium, firefox])(
  'R50 R32 a choice in $name is in the log exactly once, and both sides say the same:',
  (kind) => {
    const folder = mkdtempSync(join(tmpdir(), 'candour-lossless-'));
    let world: World;
    let theatre: Theatre;
    beforeAll(async () => {
      world = await openWorld(candour);
      theatre = await openTheatre(kind, world, folder);
    });
    afterAll(async () => {
      await theatre?.close();
      await world?.close();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    });

    for (const one of CASES.filter(({ brief, name }) =>
      ONLY ? name.includes(ONLY) : ALL || brief === 'both' || brief === kind.name,
    ))
      it(`${one.name}`, async () => {
        const verdict = await theatre.play(one);
        expect(isInOrder(verdict, one), JSON.stringify(verdict)).toBe(true);
        expect(verdict.made).toBeGreaterThan(one.unheard ? -1 : 0);
      });

    it(`${SEQUENCES} sequences in its own IndexedDB`, async () => {
      console.log(`sequences in ${kind.name}: seed ${SEED}`);
      const property = fc.asyncProperty(SEQUENCE, async (steps) => {
        const one = sequenceCase(steps);
        const verdict = await theatre.play(one);
        expect(isInOrder(verdict, one), JSON.stringify(verdict)).toBe(true);
      });
      // What fails is told as it is: each try of a shrinking costs seconds.
      await fc.assert(property, { numRuns: SEQUENCES, seed: SEED, endOnFailure: true });
    }, 1_800_000);
  },
);
