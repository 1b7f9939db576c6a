// The chunk of the Transparency and Consent Framework: loaded only where the owner configured the number of a registered consent
// platform. Answers `__tcfapi` from the choices, and shows the vendors in the preference centre.
import { CmpApi } from '@iabtechlabtcf/cmpapi';

import { vendorsIn, type VendorRefusals } from '../../shared/consent/vendor-ranges.ts';
import type { Tcf } from '../../shared/site/tcf.ts';
import type { ReadyDetail } from '../core/api.ts';
import { grants } from '../core/choices.ts';
import { today } from '../core/expiry.ts';
import type { First } from '../core/first.ts';
import { tcString, vendorListOf } from './tc-string.ts';
import { createVendors } from './vendor-section.ts';

/** Outside the United States the rules that hold are those of the GDPR, or not known and taken to be. The version names the place. */
export const gdprApplies = (version: string): boolean => !version.includes('.US');

async function vendorList(tcf: Tcf) {
  const answer = await fetch(tcf.vendorList, { credentials: 'omit' });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return vendorListOf(await answer.json(), tcf);
}

/** Resolves when `__tcfapi` answers. A vendor list that cannot be read grants nothing: the stub goes on keeping calls. */
export async function openTcf(first: First, ready: Promise<ReadyDetail>): Promise<void> {
  const { tcf, version } = first.boot;
  const { root } = first.control();
  if (!tcf) return;
  const applies = gdprApplies(version);
  const list = applies ? await vendorList(tcf) : null;
  const { asks } = await ready;
  const api = new CmpApi(tcf.cmpId, tcf.cmpVersion, true);
  const { status, allowed } = first;
  const held = (): VendorRefusals => vendorsIn(first.mirror?.choices ?? {});
  const now = (): string | null =>
    list &&
    tcString(list, tcf, {
      ...held(),
      given: (purpose) => status()[purpose] === 'given',
      // Where nobody has chosen yet, what runs unless somebody objects is claimed by nobody else.
      allowed: (purpose) => grants(status()[purpose]) && allowed(purpose),
      day: first.mirror?.day ?? today(),
    });

  api.update(now(), applies && asks);
  if (!list) return;
  const vendors = createVendors(list, tcf, held);
  // As stub.ts says it: of a choice here, or in another tab.
  document.addEventListener('candour:tcf', () => api.update(now(), false));
  // The preference centre is the second layer: it shows the vendors, and tags are told that it is open.
  let open: Element | null = null;
  const look = (): void => {
    const dialog = root.querySelector('dialog');
    const body = dialog?.querySelector('.body') ?? null;
    if (body && body !== open) {
      void first
        .page()
        .then(({ widget }) => vendors.show(widget, body))
        .catch(() => undefined);
      api.update(now(), true);
    } else if (!dialog && open && !asksNow()) api.update(now(), false);
    // After an erasure nothing but its outcome is left.
    else if (body && !body.querySelector('.purposes')) body.querySelector('.vendors')?.remove();
    open = body;
  };
  const asksNow = (): boolean => document.querySelector('candour-banner') !== null;
  new MutationObserver(look).observe(root, { childList: true, subtree: true });
  look();
  const { widget } = await first.page();
  widget.vendors = vendors.said;
}
