import Database from 'better-sqlite3';
import { expect, it } from 'vitest';

import { createTestService } from '../../../test/support/service.ts';

it('R69 nobody changes or deletes an entry of the audit log, by any statement', async () => {
  const service = await createTestService();
  const { store } = service.context;
  const site = await store.site('example');
  const entry = { id: 'a', at: 1, actor: 'key', role: 'owner', action: 'events.read', object: null } as const;
  for (const place of [site, null]) await store.audit.append(place, entry);
  const database = new Database(service.file);
  for (const table of ['audit', 'service_audit'])
    for (const statement of [
      `UPDATE ${table} SET actor = 'nobody'`,
      `DELETE FROM ${table}`,
      `INSERT OR REPLACE INTO ${table} SELECT * FROM ${table}`,
      `INSERT INTO ${table} SELECT * FROM ${table} WHERE true ON CONFLICT DO UPDATE SET actor = 'nobody'`,
    ])
      expect(() => database.exec(statement), statement).toThrow(/append-only/);
  database.close();
  for (const place of [site, null]) expect(await store.audit.list(place, null, 9)).toEqual([entry]);
  await service.close();
});
