import { existsSync, readdirSync, readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { cookiePolicy, createTestService, ORIGIN, SERVICE_URL, type TestService } from '../test/support/service.ts';
import { createSite, SiteInputError, type NewSite } from './sites.ts';

let service: TestService;
beforeEach(async () => {
  service = await createTestService();
});
afterEach(() => service.close());

const create = (changes: Partial<NewSite> = {}) =>
  createSite(service.context.store, {
    site: 'sixth',
    origins: [ORIGIN],
    notices: [cookiePolicy],
    publicUrl: SERVICE_URL,
    ...changes,
  });
const contextOf = (site: string) => service.context.sites.get(site);

const statistics = {
  id: 'statistics',
  kind: 'statistics',
  label: 'Statistics',
  description: 'Counts',
  activity: { notice: 'cookie_policy', activity: 'visit-statistics' },
};

describe('making a site', () => {
  it('gives the tag to embed and a log id that stays when the service moves', async () => {
    expect(await create()).toEqual({
      site: 'sixth',
      log: 'consent.example/sixth',
      tag: '<script src="https://consent.example/w/sixth.js"></script>',
    });
    const moved = await create({ publicUrl: 'https://moved.example/' });
    expect(moved).toMatchObject({
      log: 'consent.example/sixth',
      tag: expect.stringContaining('https://moved.example/w/sixth.js'),
    });
  });

  it('is idempotent, and publishes what changed', async () => {
    await create();
    const before = await contextOf('sixth');
    await create();
    expect((await contextOf('sixth')).published).toHaveLength(1);
    await create({ notices: [{ ...cookiePolicy, version: '2' }], origins: [ORIGIN, 'https://shop.example.org'] });
    const after = await contextOf('sixth');
    expect(after.published).toHaveLength(2);
    expect(after.site.origins).toHaveLength(2);
    expect(after.hashes.cookie_policy).not.toBe(before.hashes.cookie_policy);
    expect(after.terms).toBe(before.terms);
  });

  it('refuses a configuration whose every word could not be bound to a choice, and says what is too long', async () => {
    const wordy = (id: string, length: number) => ({
      id,
      kind: 'statistics',
      label: id,
      description: 'long '.repeat(length),
      activity: { notice: 'cookie_policy', activity: 'visit-statistics' },
    });
    const configuration = { purposes: Array.from({ length: 12 }, (_, i) => wordy(`purpose-${i}`, 200 + i)) };
    await expect(create({ configuration })).rejects.toThrow(
      /a choice can be bound to 16384; the longest purposes are purpose-11 \(\d+\)/,
    );
    expect(await service.context.store.site('sixth')).toBeNull();
  });

  it('still knows purposes that an older configuration had', async () => {
    const purpose = (id: string) => ({
      id,
      kind: 'statistics',
      label: id,
      description: id,
      activity: { notice: 'cookie_policy', activity: 'visit-statistics' },
    });
    await create({ configuration: { purposes: [purpose('old')] } });
    await create({ configuration: { purposes: [purpose('new')] } });
    const context = await contextOf('sixth');
    expect([...context.purposes].sort()).toEqual(['new', 'old']);
    expect(context.configuration.purposes.map(({ id }) => id)).toEqual(['new']);
  });

  it('without a configuration asks for everything, with ids that data-purpose can use', async () => {
    await create();
    const { configuration } = await contextOf('sixth');
    expect(configuration.purposes.map(({ id, kind, activity, modes }) => [id, kind, activity.activity, modes])).toEqual([
      ['statistics', 'statistics', 'visit-statistics', {}],
      ['advertising', 'advertising', 'adverts', {}],
    ]);
  });

  it('names the forms that a place takes where it has several', async () => {
    const error = (await create({ configuration: { purposes: [statistics], keeping: { choices: 'P3Y' } } }).catch(
      (thrown: unknown) => thrown,
    )) as SiteInputError;
    expect(error.problems).toEqual([
      'configuration: keeping/choices: is "P3Y"; it takes an object {period, from} or {notice, activity, covers}',
    ]);
  });

  it.each<[string, Partial<NewSite>, RegExp]>([
    ['a name that is no slug', { site: 'Not A Slug' }, /site: must be kebab-case/],
    ['no notice', { notices: [] }, /at least one notice/],
    ['a notice that is none', { notices: [{ title: 'x' }] }, /^notice: /],
    ['two notices of a kind', { notices: [cookiePolicy, cookiePolicy] }, /two notices of the kind cookie_policy/],
    ['an origin with a path', { origins: ['https://x.example/path'] }, /configuration: origins/],
    [
      'a purpose that points at nothing',
      {
        configuration: {
          purposes: [
            { id: 'a', kind: 'other', label: 'a', description: 'a', activity: { notice: 'privacy_notice', activity: 'none' } },
          ],
        },
      },
      /has no such activity/,
    ],
    [
      'records kept by a retention rule that no notice has',
      {
        configuration: {
          purposes: [statistics],
          keeping: { choices: { notice: 'cookie_policy', activity: 'visit-statistics', covers: 'x' } },
        },
      },
      /^configuration: keeping\.choices points at a retention rule that covers “x” of the activity “visit-statistics” in the cookie_policy, which has none: say a period/,
    ],
    ['a configuration that is none', { configuration: 7 }, /is no object/],
  ])('refuses %s in one line', async (_, changes, message) => {
    const error = await create(changes).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(SiteInputError);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).not.toContain('\n');
  });
});

const NOTICES = new URL('../demo/notices/', import.meta.url);
describe.runIf(existsSync(NOTICES))('the founding documents', () => {
  it.each(readdirSync(NOTICES).filter((file) => file.endsWith('.notice.json')))(
    '%s alone is enough to make a site',
    async (file) => {
      const notice: unknown = JSON.parse(readFileSync(new URL(file, NOTICES), 'utf8'));
      await create({ notices: [notice] });
      const { configuration } = await contextOf('sixth');
      expect(configuration.purposes.length).toBeGreaterThan(0);
    },
  );
});
