import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { unzipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';

import { storeZip } from './store-zip.ts';

const folders: string[] = [];
function built(names: readonly string[], at: Date): string {
  const folder = mkdtempSync(join(tmpdir(), 'candour-store-'));
  folders.push(folder);
  mkdirSync(join(folder, 'assets'));
  for (const name of names) {
    writeFileSync(join(folder, name), `the file ${name}`);
    utimesSync(join(folder, name), at, at);
  }
  return folder;
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

describe('the package for the stores', () => {
  const names = ['manifest.json', 'assets/b.js', 'assets/a.js'];
  it('is the same, byte for byte, for the same files written another day and in another order', () => {
    const one = storeZip(built(names, new Date('2026-01-01')));
    const two = storeZip(built([...names].reverse(), new Date('2026-11-22')));
    expect(Buffer.compare(one, two)).toBe(0);
    expect(Object.keys(unzipSync(one))).toEqual([...names].sort());
    expect(new TextDecoder().decode(unzipSync(one)['assets/a.js'])).toBe('the file assets/a.js');
  });
  it('is none without a manifest', () =>
    expect(() => storeZip(built(['assets/a.js'], new Date()))).toThrow('no built extension'));
});
