import { TCString } from '@iabtechlabtcf/core';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

import type { VendorRefusals } from '../../shared/consent/vendor-ranges.ts';
import type { Tcf } from '../../shared/site/tcf.ts';
import { gdprApplies } from './tcf.ts';
import { grantedPurposes, tcString, vendorListOf } from './tc-string.ts';
import { exampleVendorList } from './vendor-list.fixture.ts';

const TCF: Tcf = {
  cmpId: 300,
  cmpVersion: 7,
  vendorList: '/vendor-list.json',
  vendors: [2, 5, 8, 9, 999],
  purposes: { statistics: [7, 8, 9], advertising: [1, 2, 3, 4] },
  publisherCountry: 'GB',
};
const NOBODY = { refused: '', objected: '' };
const said = async (tcf: Tcf, ids: readonly string[], refusals: VendorRefusals = NOBODY) =>
  tcString(await vendorListOf(structuredClone(exampleVendorList), tcf), tcf, {
    given: (id) => ids.includes(id),
    allowed: (id) => ids.includes(id),
    ...refusals,
    day: '2026-11-22',
  });
const encoded = (...ids: string[]) => said(TCF, ids);
const decoded = async (...ids: string[]) => TCString.decode(await encoded(...ids));
const set = (vector: { forEach(callback: (value: boolean, id: number) => void): void }): number[] => {
  const ids: number[] = [];
  vector.forEach((value, id) => value && ids.push(id));
  return ids;
};

describe('the TC string', () => {
  it('says what was agreed to, purpose by purpose, and which vendors may do it', async () => {
    const model = await decoded('statistics');
    expect(set(model.purposeConsents)).toEqual([7, 8, 9]);
    expect(set(model.vendorConsents)).toEqual([2]);
    expect(set((await decoded('advertising')).vendorConsents)).toEqual([2, 5, 9]);
  });

  it('says the platform, the policies, the day and the place of the publisher, and that it is of this site alone', async () => {
    const model = await decoded('advertising');
    expect(model).toMatchObject({
      cmpId: 300,
      cmpVersion: 7,
      policyVersion: 5,
      vendorListVersion: 17,
      isServiceSpecific: true,
      publisherCountryCode: 'GB',
      consentLanguage: 'EN',
    });
    expect([model.created, model.lastUpdated].map((date) => date.toISOString())).toEqual([
      '2026-11-22T00:00:00.000Z',
      '2026-11-22T00:00:00.000Z',
    ]);
  });

  it('L45 names every vendor that is shown as disclosed, also when nothing was agreed to, and none that is not', async () => {
    const segments = (await encoded()).split('.');
    expect(segments).toHaveLength(2);
    expect(segments[1]).not.toBe('IAAA');
    const model = await decoded();
    expect(set(model.vendorsDisclosed)).toEqual([2, 5, 8, 9]);
    expect([set(model.purposeConsents), set(model.vendorConsents)]).toEqual([[], []]);
  });

  it('R33 a vendor that was refused gets nothing, and nothing changes for the others', async () => {
    const model = TCString.decode(await said(TCF, ['statistics', 'advertising'], { refused: '5-8', objected: '' }));
    expect(set(model.vendorConsents)).toEqual([2, 9]);
    expect(set(model.purposeConsents)).toEqual([1, 2, 3, 4, 7, 8, 9]);
    expect(set(model.vendorsDisclosed)).toEqual([2, 5, 8, 9]);
  });

  it('L28 where the owner lets vendors claim interests: only in purposes that were answered with yes, and by nobody objected to', async () => {
    const tcf: Tcf = { ...TCF, legitimateInterests: [2, 7] };
    const of = async (ids: string[], objected = '') => {
      const model = TCString.decode(await said(tcf, ids, { refused: '', objected }));
      return [set(model.purposeLegitimateInterests), set(model.vendorLegitimateInterests), set(model.vendorConsents)];
    };
    expect(await of([])).toEqual([[], [], []]);
    expect(await of(['statistics'])).toEqual([[7], [8], [2]]);
    expect(await of(['statistics'], '8')).toEqual([[7], [], [2]]);
    expect(await of(['advertising'])).toEqual([[2], [], [2, 5, 9]]);
  });

  it('L28 rests nothing on legitimate interests, whatever vendors claim', async () => {
    const model = await decoded('statistics', 'advertising');
    expect([set(model.purposeLegitimateInterests), set(model.vendorLegitimateInterests)]).toEqual([[], []]);
    expect(set(model.vendorConsents)).not.toContain(8);
    expect(set(model.specialFeatureOptins)).toEqual([]);
  });

  it('R17 equal choices of one day give equal strings', async () => {
    expect(await encoded('statistics')).toBe(await encoded('statistics'));
  });

  it('a purpose of the framework that no purpose of the site stands for is never granted', () => {
    expect(grantedPurposes(TCF, () => true)).toEqual([7, 8, 9, 1, 2, 3, 4]);
  });

  it('refuses a list with none of the configured vendors', async () => {
    await expect(vendorListOf(structuredClone(exampleVendorList), { vendors: [998] })).rejects.toThrow('none of the configured');
  });

  it('R21 the GDPR applies everywhere but where other rules are known to hold', () => {
    expect(['x.GB', 'x.EU', 'x.FR', 'x.unknown', 'x.CH', 'x.US', 'x.US-CA'].map(gdprApplies)).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

const PUBLISHED = new URL('../../../shared/data/tcf-vendor-list-v17.json', import.meta.url);
describe.runIf(existsSync(PUBLISHED))('with the vendor list as it is published', () => {
  it('L45 every vendor of it can be disclosed and agreed to', async () => {
    const json = JSON.parse(readFileSync(PUBLISHED, 'utf8')) as { vendors: Record<string, { id: number; deletedDate?: string }> };
    const vendors = Object.values(json.vendors).flatMap(({ id, deletedDate }) => (deletedDate ? [] : [id]));
    const list = await vendorListOf(json, { vendors });
    const model = TCString.decode(tcString(list, TCF, { given: () => true, allowed: () => true, ...NOBODY, day: '2026-11-22' }));
    expect(set(model.vendorsDisclosed)).toEqual(vendors);
    expect(set(model.vendorConsents).length).toBeGreaterThan(500);
  });
});
