// The model of permissions over SQLite (test/stores has PostgreSQL's).
import { afterAll, beforeAll, expect, it } from 'vitest';

import { MARKETING } from '../../test/support/marketing-site.ts';
import { holdsForEverybody, holdsForEveryNumber, type Action, type Call } from '../../test/support/permission-model.ts';
import { createTestService, type TestService } from '../../test/support/service.ts';
import { verifyLog } from '../log/verify.ts';
import type { Store } from '../store/store.ts';

const RUNS = 60;
let service: TestService;
beforeAll(async () => {
  service = await createTestService({ ...MARKETING, config: { secret: 'only for tests, and long enough to be taken' } });
  // The site has another country than it had a quarter of a second ago.
  service.context.sites.recent = service.context.sites.get;
});
afterAll(() => service.close());

it('R35 R41 R42 R43 R45 nobody who last said no or never confirmed is ever permitted to be written to, in any order and with duplicates', async () => {
  const seen = await holdsForEverybody(service, RUNS, Date.now() & 0x7fffffff);
  expect(seen.no, 'the model said no').toBeGreaterThan(RUNS);
  expect(seen.permitted, 'something was permitted').toBeGreaterThan(RUNS / 4);
  expect(seen.waiting, 'something waited').toBeGreaterThan(RUNS / 4);
  const { site } = await service.context.sites.get('example');
  expect((await verifyLog(service.context.store, site)).findings).toEqual([]);
});

it('the model notices where only the configuration of today is read', async () => {
  const { sites } = service.context;
  const get: typeof sites.get = async (id) => {
    const known = await sites.get(id);
    return { ...known, configurations: known.configurations.slice(-1) };
  };
  const lame = { ...service, context: { ...service.context, sites: { ...sites, get } } };
  const life: Action[] = [
    { does: 'switch', asking: ['acme'] },
    { does: 'opt_in', sender: 'acme', on: 'phone', held: 0, confirmed: false },
    { does: 'switch', asking: [] },
  ];
  await expect(holdsForEverybody(lame, 1, 7, { endOnFailure: true, lives: [life] })).rejects.toThrow(/Property failed/);
});

it('the model notices where the list is not read', async () => {
  const { store } = service.context;
  const forgetful: Store = { ...store, suppressions: { ...store.suppressions, of: () => Promise.resolve([]) } };
  const lame = { ...service, context: { ...service.context, store: forgetful } };
  await expect(holdsForEverybody(lame, 200, 7, { endOnFailure: true })).rejects.toThrow(/Property failed/);
});

it.each([null, '44'])(
  'R41 R43 R45 on a site of country %s no number is permitted that last said no however it was typed, and no yes answers for another’s number',
  async (country) => {
    const seen = await holdsForEveryNumber(service, country, RUNS, Date.now() & 0x7fffffff);
    expect(seen.no, 'the model said no').toBeGreaterThan(RUNS);
    expect(seen.permitted, 'something was permitted').toBeGreaterThan(RUNS / 4);
  },
);

it('the model notices where other spellings of a number are not looked up', async () => {
  const { vault } = service.context;
  if (!vault) throw new Error('no secret');
  const forgetful: typeof vault = {
    ...vault,
    keys: (site, all) => (all.length > 1 && all[0]?.kind === 'phone' ? [] : vault.keys(site, all)),
  };
  const lame = { ...service, context: { ...service.context, vault: forgetful } };
  const life: Call[] = [
    { who: 0, typed: 0, act: { does: 'opt_in', sender: 'acme', on: 'phone', held: 0, confirmed: false } },
    { who: 0, typed: 8, act: { does: 'stop', sender: 'acme', on: 'laptop' } },
  ];
  await expect(holdsForEveryNumber(lame, null, 1, 7, { endOnFailure: true, lives: [life] })).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/is permitted after/) },
  });
});

it('the model notices where a number without a country is taken for one of a country', async () => {
  const { sites } = service.context;
  const get: typeof sites.get = async (id) => {
    const known = await sites.get(id);
    return { ...known, site: { ...known.site, callingCode: '44' } };
  };
  const lame = { ...service, context: { ...service.context, sites: { ...sites, get } } };
  const life: Call[] = [{ who: 1, typed: 8, act: { does: 'opt_in', sender: 'acme', on: 'phone', held: 0, confirmed: false } }];
  await expect(holdsForEveryNumber(lame, null, 1, 7, { endOnFailure: true, lives: [life] })).rejects.toMatchObject({
    cause: { message: expect.stringMatching(/is permitted by the order of somebody/) },
  });
});
