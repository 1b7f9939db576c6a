import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { createSubject } from '../../test/support/subject.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { verifyLog } from './verify.ts';

let service: TestService;
beforeEach(async () => {
  service = await createTestService();
});
afterEach(() => service.close());

const event = async () => (await (await createSubject({ log: service.site.log, origin: ORIGIN })).next()).jws;

/** The next commit fails after the head was signed, as a full disk makes it. */
const failNextCommit = () => {
  const { store } = service.context;
  const write = store.write.bind(store);
  vi.spyOn(store, 'write').mockImplementationOnce((site, work) =>
    write(site, async (transaction) => {
      await work(transaction);
      throw new Error('database or disk is full');
    }),
  );
};

it('a commit that failed after signing is made good first: the log still verifies, and nobody was told that it was stored', async () => {
  const [before, lost, next] = [await event(), await event(), await event()];
  await service.send([before]);
  failNextCommit();
  const response = await service.post([lost]);
  expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([500, 'INTERNAL']);
  const { site } = await service.context.sites.get('example');
  expect(await service.context.store.head(site)).toMatchObject({ size: 1 });

  expect((await service.send([next])).results[0]).toMatchObject({ status: 'accepted', index: 2 });
  expect((await service.send([lost])).results[0]).toMatchObject({ status: 'duplicate', index: 1 });
  expect(await verifyLog(service.context.store, site)).toMatchObject({ size: 3, findings: [] });
});
