import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Database from 'better-sqlite3';
import { expect, it } from 'vitest';

import { sqliteStore } from './store.ts';

it('looks up many subjects by their thumbprints and joins from there, rather than read the whole log', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candour-planner-'));
  const file = join(folder, 'candour.sqlite');
  const options = { file, now: Date.now, migrate: true };
  await sqliteStore(options).close();
  await sqliteStore(options).close();
  const database = new Database(file, { readonly: true });
  const planOf = (sql: string): string =>
    database
      .prepare(`EXPLAIN QUERY PLAN ${sql}`)
      .all()
      .map((row) => (row as { detail: string }).detail)
      .join('\n');
  const many = Array.from({ length: 200 }, (_, i) => `${i}`).join();
  expect(planOf(`SELECT x FROM subject WHERE site_key = 1 AND thumbprint IN (${many})`)).toContain('subject_thumbprint');
  const joined = planOf(`SELECT b.payload, l.event FROM event_body AS b
    JOIN subject AS s ON s.site_key = b.site_key AND s.subject_key = b.subject_key
    JOIN leaf AS l ON l.site_key = b.site_key AND l.epoch = b.epoch AND l.idx = b.idx
    WHERE b.site_key = 1 AND s.thumbprint = x'00'`);
  expect(joined.split('\n')).toEqual([
    expect.stringMatching(/^SEARCH s .*thumbprint=\?/),
    expect.stringMatching(/^SEARCH b .*subject_key=\?/),
    expect.stringMatching(/^SEARCH l .*idx=\?/),
  ]);
  database.close();
  await rm(folder, { recursive: true });
});
