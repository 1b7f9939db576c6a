import { afterAll, beforeAll } from 'vitest';

import { storeContract } from '../../server/store/contract.ts';
import { postgresStore } from '../../server/store/postgres/store.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startPostgres();
});
afterAll(() => cluster?.destroy());

storeContract('postgres', async () => {
  const url = await cluster.createDatabase();
  const open = () => postgresStore({ url, ownerUrl: null, pool: 4, now: Date.now, migrate: true });
  let store = await open();
  return {
    store,
    async reopen() {
      await store.close();
      return (store = await open());
    },
    destroy: () => store.close(),
  };
});
