// The TC string of the Transparency and Consent Framework 2.3, made of the choices and of nothing else: it is stored nowhere.
import { GVL, Segment, TCModel, TCString } from '@iabtechlabtcf/core';

import type { Tcf } from '../../shared/site/tcf.ts';

/** The operator's copy of the Global Vendor List, narrowed to the operator's vendors. Throws where none of them is in it. */
export async function vendorListOf(json: unknown, { vendors }: Pick<Tcf, 'vendors'>): Promise<GVL> {
  const list = new GVL(json as ConstructorParameters<typeof GVL>[0]);
  await list.readyPromise;
  list.narrowVendorsTo(vendors);
  if (Object.keys(list.vendors).length === 0) throw new Error('the vendor list has none of the configured vendors');
  return list;
}

const idsOf = (records: Readonly<Record<string, { id: number }>>): number[] => Object.values(records).map(({ id }) => id);

/** The framework's purposes whose purpose here may run on consent. */
export const grantedPurposes = ({ purposes }: Pick<Tcf, 'purposes'>, given: (purpose: string) => boolean): number[] =>
  Object.entries(purposes).flatMap(([purpose, ids]) => (given(purpose) ? ids : []));

/**
 * `given`: was this purpose of the site consented to? `day` (ISO) is the day of the choice. Nothing is ever said to rest on legitimate
 * interests: nobody was shown such a claim with a way to object. Every vendor that is shown is named as disclosed.
 */
export function tcString(
  list: GVL,
  tcf: Pick<Tcf, 'cmpId' | 'cmpVersion' | 'purposes' | 'publisherCountry'>,
  { given, day }: { given: (purpose: string) => boolean; day: string },
): string {
  const model = new TCModel(list);
  const granted = grantedPurposes(tcf, given);
  Object.assign(model, {
    cmpId: tcf.cmpId,
    cmpVersion: tcf.cmpVersion,
    consentScreen: 1,
    isServiceSpecific: true,
    publisherCountryCode: tcf.publisherCountry,
  });
  model.purposeConsents.set(granted);
  // A vendor may do what was agreed to of what it asks for; one that asks for none of it gets nothing.
  const agreed = Object.values(list.vendors).filter(({ purposes }) => purposes.some((purpose) => granted.includes(purpose)));
  model.vendorConsents.set(agreed.map(({ id }) => id));
  model.vendorsDisclosed.set(idsOf(list.vendors));
  // Last: setting anything else dates it now, to the day.
  model.created = model.lastUpdated = new Date(day);
  return TCString.encode(model, { segments: [Segment.CORE, Segment.VENDORS_DISCLOSED] });
}
