import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { format } from 'oxfmt';
import { describe, expect, it } from 'vitest';

import formatting from '../oxfmt.config.ts';
import { SUMMARY } from './manifest.ts';
import { storeListing } from './store-listing.ts';

const STORE = join(import.meta.dirname, '../docs/store');

describe('what the stores are given', () => {
  it('R87 explains every permission in the words of the manifest, in as many letters as they take', async () => {
    const file = join(STORE, 'listing.md');
    const { code } = await format(file, storeListing(), formatting);
    expect(readFileSync(file, 'utf8')).toBe(code);
    expect(SUMMARY.length).toBeLessThanOrEqual(132);
  });

  it('has screenshots of 1280 by 800 that weigh little', () => {
    const pictures = globSync('*.png', { cwd: STORE });
    expect(pictures.length).toBeGreaterThanOrEqual(3);
    for (const name of pictures) {
      const png = readFileSync(join(STORE, name));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)], name).toEqual([1280, 800]);
      expect(png.length, name).toBeLessThanOrEqual(150_000);
    }
  });
});
