// No statement reaches over two sites: the store's whole contract is run and every statement of it is read.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { storeContract } from './contract.ts';
import { log } from './migrations/001-log.ts';
import { tableRules } from './migrations/migrations.ts';
import { sqliteStore } from './sqlite/store.ts';

const statements = new Set<string>();
const ofSites = new Set([...tableRules()].filter(([, { of }]) => of === 'site').map(([table]) => table));

/** Tables of sites that a statement names, by what it calls them. */
const tablesOf = (sql: string): [name: string, table: string][] =>
  [...sql.matchAll(/\b(?:from|join|update|into) "(\w+)"(?: as "(\w+)")?/g)].flatMap(([, table = '', alias]) =>
    ofSites.has(table) ? [[alias ?? table, table] as [string, string]] : [],
  );

/** Which of the tables are not held to one site. */
export function unbound(sql: string): string[] {
  const tables = tablesOf(sql);
  if (/^insert\b/.test(sql) && !/^insert into "\w+" \([^)]*"site_key"/.test(sql)) return tables.map(([, table]) => table);
  const others = tables.slice(/^insert\b/.test(sql) ? 1 : 0);
  const one = others.length === 1;
  return others
    .filter(([name]) => {
      const qualified = new RegExp(`"${name}"\\."site_key" = |= "${name}"\\."site_key"`).test(sql);
      return !qualified && !(one && /(?<!\.)"site_key" = \?/.test(sql));
    })
    .map(([, table]) => table);
}

describe('the reader of statements', () => {
  it.each([
    ['select "hash" from "leaf" where "epoch" = ?', ['leaf']],
    ['select "hash" from "leaf" where "site_key" = ?', []],
    ['update "head" set "size" = ?', ['head']],
    ['delete from "subject" where "thumbprint" = ?', ['subject']],
    ['insert into "leaf" ("epoch", "idx") values (?, ?)', ['leaf']],
    ['insert into "leaf" ("site_key", "idx") values (?, ?)', []],
    ['select 1 from "event_body" as "b" inner join "leaf" as "l" on "l"."idx" = "b"."idx" where "b"."site_key" = ?', ['leaf']],
    ['select 1 from "leaf" as "l" inner join "node" as "n" on "n"."site_key" = "l"."site_key" where "l"."idx" = ?', []],
    ['select * from "site" where "id" = ?', []],
  ])('%s', (sql, tables) => {
    expect(unbound(sql)).toEqual(tables);
  });
});

storeContract('sqlite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'candour-store-'));
  const onStatement = (sql: string): void => void statements.add(sql);
  const open = () => sqliteStore({ file: join(folder, 'x.sqlite'), now: Date.now, migrate: true, onStatement });
  let store = open();
  return {
    store,
    async reopen() {
      await store.close();
      return (store = open());
    },
    async destroy() {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('every statement of the contract', () => {
  it('names one site wherever it touches a table of sites', () => {
    const seen = new Set([...statements].flatMap((sql) => tablesOf(sql).map(([, table]) => table)));
    const expected = Object.entries(log.tables).flatMap(([table, rules]) => (rules?.of === 'site' ? [table] : []));
    expect(
      expected.filter((table) => !seen.has(table)),
      'tables that no statement touched',
    ).toEqual([]);
    expect([...statements].filter((sql) => unbound(sql).length > 0)).toEqual([]);
  });
});
