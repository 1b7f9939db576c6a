// The TC string of the Transparency and Consent Framework 2.3, made of the choices and of nothing else: it is stored nowhere.
import { GVL, Segment, TCModel, TCString } from '@iabtechlabtcf/core';

import { inRanges, type VendorRefusals } from '../../shared/consent/vendor-ranges.ts';
import type { Tcf } from '../../shared/site/tcf.ts';

/** The operator's copy of the Global Vendor List, narrowed to the operator's vendors. Throws where none of them is in it. */
export async function vendorListOf(json: unknown, { vendors }: Pick<Tcf, 'vendors'>): Promise<GVL> {
  const list = new GVL(json as ConstructorParameters<typeof GVL>[0]);
  await list.readyPromise;
  list.narrowVendorsTo(vendors);
  if (Object.keys(list.vendors).length === 0) throw new Error('the vendor list has none of the configured vendors');
  return list;
}

const idsOf = (records: readonly { id: number }[]): number[] => records.map(({ id }) => id);

/** The framework's purposes whose purpose here may run on consent. */
export const grantedPurposes = ({ purposes }: Pick<Tcf, 'purposes'>, given: (purpose: string) => boolean): number[] =>
  Object.entries(purposes).flatMap(([purpose, ids]) => (given(purpose) ? ids : []));

/** What vendors may claim an interest in: only what the owner lets them, of purposes to which the answer here is yes. */
export const claimedPurposes = (
  tcf: Pick<Tcf, 'purposes' | 'legitimateInterests'>,
  allowed: (purpose: string) => boolean,
): number[] => grantedPurposes(tcf, allowed).filter((id) => (tcf.legitimateInterests as number[] | undefined)?.includes(id));

export interface SaidNow extends VendorRefusals {
  /** Was this purpose of the site consented to? */
  given: (purpose: string) => boolean;
  /** Was it consented to, or not objected to by somebody who chose? */
  allowed: (purpose: string) => boolean;
  /** ISO: of the choice. */
  day: string;
}

/**
 * Every vendor that is shown is named as disclosed. Before a choice nothing is said to rest on legitimate interests: nobody was shown
 * such a claim with a way to object.
 */
export function tcString(
  list: GVL,
  tcf: Pick<Tcf, 'cmpId' | 'cmpVersion' | 'purposes' | 'publisherCountry' | 'legitimateInterests'>,
  { given, allowed, refused, objected, day }: SaidNow,
): string {
  const model = new TCModel(list);
  const granted = grantedPurposes(tcf, given);
  const claimed = claimedPurposes(tcf, allowed);
  Object.assign(model, {
    cmpId: tcf.cmpId,
    cmpVersion: tcf.cmpVersion,
    consentScreen: 1,
    isServiceSpecific: true,
    publisherCountryCode: tcf.publisherCountry,
  });
  model.purposeConsents.set(granted);
  model.purposeLegitimateInterests.set(claimed);
  // A vendor may do what was agreed to of what it asks for; one that asks for none of it, or that was refused, gets nothing.
  const isIn = { refused: inRanges(refused), objected: inRanges(objected) };
  const vendors = Object.values(list.vendors);
  const agreed = vendors.filter(({ id, purposes }) => !isIn.refused(id) && purposes.some((one) => granted.includes(one)));
  model.vendorConsents.set(idsOf(agreed));
  const standing = vendors.filter(
    ({ id, legIntPurposes }) => !isIn.objected(id) && legIntPurposes.some((one) => claimed.includes(one)),
  );
  model.vendorLegitimateInterests.set(idsOf(standing));
  model.vendorsDisclosed.set(idsOf(vendors));
  // Last: setting anything else dates it now, to the day.
  model.created = model.lastUpdated = new Date(day);
  return TCString.encode(model, { segments: [Segment.CORE, Segment.VENDORS_DISCLOSED] });
}
