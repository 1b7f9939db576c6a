// The vendors in the preference centre: what each asks consent for and claims an interest in, a switch for either, how long it keeps
// data, where its own notice is. What is switched off here is said in the event, kept in the mirror and left out of the TC string.
import type { GVL } from '@iabtechlabtcf/core';

import type { Method } from '../../shared/consent/event.ts';
import { inRanges, rangesOf, rangesText, vendorChoices, vendorsIn } from '../../shared/consent/vendor-ranges.ts';
import type { Tcf } from '../../shared/site/tcf.ts';
import { fill } from '../core/fill.ts';
import type { Screen, VendorsSaid, Widget } from '../core/widget.ts';
import { claimedPurposes, grantedPurposes } from './tc-string.ts';
import { element, vendorEntry, type Entry } from './vendor-entry.ts';
import { VENDOR_STYLE } from './vendor-style.ts';

type Shown = Pick<Widget, 'boot' | 'details' | 'mirror' | 'mayRun' | 'root' | 'addStyle'>;

export interface Vendors {
  /** Puts the section at the end of the open preference centre. */
  show(widget: Shown, body: Element): Promise<void>;
  /** What a choice says of single vendors, noted on the screen that it was made on; undefined: nothing new. */
  said(method: Method, screen: Screen): VendorsSaid | undefined;
}

interface Answers {
  refused: Set<number>;
  objected: Set<number>;
}

/** The switches as they stand: `on` is a purpose of the site. */
function follow(entries: readonly Entry[], { refused, objected }: Answers, granted: number[], claimed: number[]): void {
  for (const { vendor, consent, interest } of entries) {
    const may = {
      consent: vendor.purposes.some((id) => granted.includes(id)),
      interest: vendor.legIntPurposes.some((id) => claimed.includes(id)),
    };
    if (consent) Object.assign(consent, { disabled: !may.consent, checked: may.consent && !refused.has(vendor.id) });
    if (interest) Object.assign(interest, { disabled: !may.interest, checked: may.interest && !objected.has(vendor.id) });
  }
}

export function createVendors(list: GVL, tcf: Tcf): Vendors {
  const vendors = Object.values(list.vendors);
  const offered = vendors.map(({ id }) => id);
  const byInterest = new Set<number>(tcf.legitimateInterests);
  /** Of the preference centre that is open, or was last. */
  let answers: Answers | null = null;
  let words: { title: string; why: string; allOff: string } | null = null;
  let styled = false;

  const rangesSaid = (ids: Iterable<number>): string => rangesText(rangesOf([...ids], offered));

  return {
    async show(widget, body) {
      const { words: all } = await widget.details();
      if (!body.isConnected || body.querySelector('.vendors') || !body.querySelector('.purposes')) return;
      if (!styled) widget.addStyle(widget.root, VENDOR_STYLE);
      styled = true;
      const before = vendorsIn(widget.mirror()?.choices ?? {});
      const isIn = { refused: inRanges(before.refused), objected: inRanges(before.objected) };
      const now: Answers = { refused: new Set(offered.filter(isIn.refused)), objected: new Set(offered.filter(isIn.objected)) };
      const title = fill(all['tcf.vendors'], { count: String(vendors.length) });
      const why = byInterest.size > 0 ? all['tcf.whyInterests'] : all['tcf.why'];
      const said = element('p', { role: 'status', className: 'unseen' });
      const place = element('ul');
      let entries: Entry[] = [];

      const form = body.closest('form');
      const isOn = (purpose: string): boolean =>
        form?.querySelector<HTMLInputElement>(`#switch-${CSS.escape(purpose)}`)?.checked ?? widget.mayRun(purpose);
      const modeOf = (purpose: string) => widget.boot.purposes.find(({ id }) => id === purpose)?.mode;
      const update = (): void =>
        follow(
          entries,
          now,
          grantedPurposes(tcf, (purpose) => isOn(purpose) && modeOf(purpose) === undefined),
          claimedPurposes(tcf, isOn),
        );

      const search = element('input', { type: 'search', id: 'vendor-search', autocomplete: 'off' });
      search.addEventListener('input', () => {
        const sought = search.value.trim().toLocaleLowerCase();
        const found = entries.filter(({ row, vendor }) => !(row.hidden = !vendor.name.toLocaleLowerCase().includes(sought)));
        said.textContent = `${found.length} / ${entries.length}`;
      });
      // Of the form it would save the choices.
      search.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
      const off = element('button', { type: 'button', className: 'small', textContent: all['tcf.allOff'] });
      off.addEventListener('click', () => {
        for (const { vendor, consent, interest } of entries) {
          if (consent) now.refused.add(vendor.id);
          if (interest) now.objected.add(vendor.id);
        }
        update();
        said.textContent = `0 / ${entries.length}`;
      });
      const section = element(
        'details',
        { className: 'section vendors' },
        element('summary', { textContent: title }),
        element('p', { textContent: why }),
        element(
          'div',
          { className: 'find' },
          element('label', { htmlFor: search.id, textContent: all['tcf.search'] }),
          search,
          off,
        ),
        said,
        place,
      ) as HTMLDetailsElement;
      // A list may have a thousand: nothing of it is made before somebody looks.
      section.addEventListener('toggle', () => {
        if (!section.open || entries.length > 0) return;
        entries = vendors.map((vendor) => vendorEntry(vendor, { list, words: all, byInterest }));
        place.append(...entries.map(({ row }) => row));
        update();
      });
      place.addEventListener('change', ({ target }) => {
        const entry = entries.find(({ consent, interest }) => consent === target || interest === target);
        if (!entry) return;
        const { checked } = target as HTMLInputElement;
        const set = entry.consent === target ? now.refused : now.objected;
        if (checked) set.delete(entry.vendor.id);
        else set.add(entry.vendor.id);
      });
      // Behind the preference centre's own listener, which has services follow their purpose.
      form?.addEventListener('change', update);
      body.append(section);
      answers = now;
      words = { title, why, allOff: all['tcf.allOff'] };
    },
    said(method, { layout, words: noted, controls }) {
      const inCentre = layout === 'preference-centre' && answers && words;
      if (inCentre && words) {
        noted.push({ id: 'vendors', text: words.title }, { id: 'vendors-why', text: words.why });
        const end = controls.findIndex(({ id }) => id === 'save_choices');
        controls.splice(end < 0 ? controls.length : end, 0, { id: 'vendors-off', kind: 'button', name: words.allOff });
      }
      const everything = method === 'accept_all';
      if (!everything && !(inCentre && method === 'save_choices' && answers)) return undefined;
      const refusals = {
        refused: everything || !answers ? '' : rangesSaid(answers.refused),
        objected: everything || !answers ? '' : rangesSaid(answers.objected),
      };
      return { said: { list: list.vendorListVersion, ...refusals }, kept: vendorChoices(refusals) };
    },
  };
}
