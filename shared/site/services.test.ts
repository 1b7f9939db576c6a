import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { SiteConfiguration } from './configuration.ts';
import { choicesOf } from './services.ts';

const purpose = (id: string, services: object[] = []) => ({
  id,
  kind: 'other',
  label: `The ${id}`,
  description: 'What it does.',
  activity: { notice: 'cookie_policy', activity: 'media' },
  services,
});
const service = (id: string) => ({ id, name: `Service ${id}`, provider: 'Helper Ltd' });
const read = (...purposes: object[]) =>
  v.safeParse(SiteConfiguration, { schema: 1, site: 'shop', name: 'Shop', origins: ['https://shop.example'], purposes });

describe('services of a purpose', () => {
  it('R5 are choices of their own, behind their purpose', () => {
    const { output, success } = read(purpose('media', [service('clips'), service('maps')]), purpose('statistics'));
    expect(success && choicesOf(output.purposes).map(({ id, of, label }) => [id, of, label])).toEqual([
      ['media', undefined, 'The media'],
      ['clips', 'media', 'Service clips'],
      ['maps', 'media', 'Service maps'],
      ['statistics', undefined, 'The statistics'],
    ]);
  });

  it('R5 share no id with a purpose or with each other', () => {
    expect(read(purpose('media', [service('media')])).success).toBe(false);
    expect(read(purpose('media', [service('a')]), purpose('more', [service('a')])).success).toBe(false);
  });

  it('are no more than an event can hold', () => {
    const many = (count: number) => Array.from({ length: count }, (_, i) => service(`s${i}`));
    expect(read(purpose('media', many(63))).success).toBe(true);
    expect(read(purpose('media', many(64))).success).toBe(false);
  });

  it('link to nothing but an https address', () => {
    for (const [privacy, good] of [
      ['https://helper.example/privacy?a=1', true],
      ['http://helper.example/', false],
      ['javascript:alert(1)', false],
      ['https://helper.example/"onclick', false],
    ] as const)
      expect(read(purpose('media', [{ ...service('a'), privacy }])).success, privacy).toBe(good);
  });
});
