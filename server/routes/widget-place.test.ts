// What the service gives to visitors of different places, and what it says of that to caches.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import { bootIn } from '../../test/support/boot-in.ts';
import { createTestService, type TestService } from '../../test/support/service.ts';

const COUNTRY = 'X-Country';
const REGION = 'X-Region';
const CONDITIONS = {
  solePurpose: true,
  aggregate: true,
  notShared: true,
  providerIsProcessor: true,
  clearInformation: true,
  freeObjection: true,
};
const purpose = (kind: string, activity: string, more = {}) => ({
  id: kind,
  kind,
  label: kind,
  description: `What ${kind} does.`,
  activity: { notice: 'cookie_policy', activity },
  ...more,
});
const configuration = (jurisdictionFrom?: 'visitor', more = {}) => ({
  ...more,
  schema: 1,
  jurisdiction: 'GB',
  ...(jurisdictionFrom && { jurisdictionFrom }),
  purposes: [purpose('statistics', 'visit-statistics', { conditions: CONDITIONS }), purpose('advertising', 'adverts')],
});

let byVisitor: TestService;
let byConfiguration: TestService;
const config = { placeHeaders: { country: COUNTRY, region: REGION } };

beforeAll(async () => {
  byVisitor = await createTestService({ config, configuration: configuration('visitor', { children: { ages: { PT: 14 } } }) });
  byConfiguration = await createTestService({ config, configuration: configuration() });
});
afterAll(async () => {
  await byVisitor?.close();
  await byConfiguration?.close();
});

const from = async (service: TestService, country?: string, more: Record<string, string> = {}): Promise<Response> =>
  service.app.request('/w/example.js', { headers: { ...(country && { [COUNTRY]: country }), ...more } });
const bootOf = async (response: Response): Promise<WidgetBoot> => bootIn(await response.text());
const modesOf = ({ purposes }: WidgetBoot) => purposes.map(({ mode = 'opt_in' }) => mode);

describe('where the visitor’s place decides', () => {
  it.each([
    ['GB', ['opt_out', 'opt_in'], 'GB'],
    ['FR', ['opt_in', 'opt_in'], 'EU'],
    ['PT', ['opt_in', 'opt_in'], 'PT'],
    ['US', ['opt_out', 'opt_out'], 'US'],
    ['JP', ['opt_in', 'opt_in'], 'unknown'],
    ['GB, US', ['opt_in', 'opt_in'], 'unknown'],
    ['<GB>', ['opt_in', 'opt_in'], 'unknown'],
    [undefined, ['opt_in', 'opt_in'], 'unknown'],
  ])(
    'R21 somebody in %j is asked by the rules there, and the words name the same place',
    async (country, modes, jurisdiction) => {
      const boot = await bootOf(await from(byVisitor, country));
      expect(modesOf(boot)).toEqual(modes);
      const answer = await byVisitor.app.request(`/w/example/details/${boot.version}.json`);
      const details = (await answer.json()) as SpokenDetails;
      expect(details.record.jurisdiction).toBe(jurisdiction);
      expect(details.purposes.map(({ mode }) => mode)).toEqual(modes);
      expect(details.words.control).toBe(country === 'US' ? 'Your privacy choices' : 'Privacy choices');
    },
  );

  it.each([
    ['GB', 13],
    ['PT', 14],
    ['DE', 16],
    ['JP', 16],
    [undefined, 16],
  ])('R14 somebody in %j reads below which age a parent or guardian decides there: %i', async (country, age) => {
    const answer = await from(byVisitor, country);
    const boot = await bootOf(answer);
    expect([boot.age, boot.banner?.words.children]).toEqual([
      age,
      'Under {age}? Then a parent or guardian decides this, not you.',
    ]);
  });

  it('R14 nobody is asked about it where the site does not say that children use it', async () => {
    const boot = await bootOf(await from(byConfiguration, 'GB'));
    expect([boot.age, boot.banner?.controller, boot.banner?.words.children]).toEqual([undefined, expect.any(String), undefined]);
  });

  it('R21 no cache that is shared gives one country’s answer to another', async () => {
    const answers = await Promise.all(['GB', 'FR', 'DE'].map((country) => from(byVisitor, country)));
    for (const answer of answers) {
      expect(answer.headers.get('Cache-Control')).toBe('private, max-age=300');
      expect(answer.headers.get('Vary')?.split(', ')).toEqual(expect.arrayContaining(['Accept-Encoding', COUNTRY, REGION]));
    }
    const [gb, fr, de] = answers.map((answer) => answer.headers.get('ETag') ?? '');
    expect(fr).toBe(de);
    expect(gb).not.toBe(fr);
    expect((await from(byVisitor, 'DE', { 'If-None-Match': fr ?? '' })).status).toBe(304);
    expect((await from(byVisitor, 'GB', { 'If-None-Match': fr ?? '' })).status).toBe(200);
  });

  it('words of a place that the site does not tell apart are not found', async () => {
    const { version } = await bootOf(await from(byVisitor, 'FR'));
    const [hash] = version.split('.');
    for (const place of ['FR', 'US-CA', 'GB', 'nowhere', ''])
      expect((await byVisitor.app.request(`/w/example/details/${hash}.${place}.json`)).status).toBe(404);
  });
});

describe('where the configuration decides', () => {
  it('R21 the header changes nothing, and a first visit’s answer may be shared', async () => {
    const answers = await Promise.all(['FR', 'US', undefined].map((country) => from(byConfiguration, country)));
    for (const answer of answers) {
      expect(answer.headers.get('Cache-Control')).toBe('public, max-age=300');
      expect(answer.headers.get('Vary')).not.toContain(COUNTRY);
      expect(modesOf(await bootOf(answer))).toEqual(['opt_out', 'opt_in']);
    }
  });
});
