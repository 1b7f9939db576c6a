import { expect, it } from 'vitest';

import { createTestService } from '../../test/support/service.ts';
import { watchWrites } from './readiness.ts';

const failing = (code: string): Error => Object.assign(new Error('the engine says no'), { code });

it('is not ready after a write that found no room, until one succeeds or a while later a write that changes nothing does', async () => {
  const service = await createTestService();
  let now = 0;
  let fault: Error | null = null;
  const { store } = service.context;
  const watched = watchWrites(
    { ...store, write: (site, work) => (fault ? Promise.reject(fault) : store.write(site, work)) },
    () => now,
  );
  const site = await store.site('example');
  if (!site) throw new Error('no site');
  const tryWrite = () => watched.write(site, () => Promise.resolve('written')).catch((error: unknown) => error);
  await watched.ready();

  fault = failing('SQLITE_FULL');
  expect(await tryWrite()).toBe(fault);
  fault = null;
  await expect(watched.ready(), 'a small write would find room').rejects.toThrow('no room to write (SQLITE_FULL)');
  expect(await tryWrite()).toBe('written');
  await watched.ready();

  fault = failing('53100');
  await tryWrite();
  now += 5_000;
  await expect(watched.ready(), 'the write that it tries fails too').rejects.toBe(fault);
  fault = null;
  await expect(watched.ready()).rejects.toThrow('no room to write (53100)');
  now += 5_000;
  await watched.ready();

  fault = failing('ECONNRESET');
  await tryWrite();
  await expect(watched.ready()).rejects.toBe(fault);
  fault = null;
  await watched.ready();
  await service.close();
});
