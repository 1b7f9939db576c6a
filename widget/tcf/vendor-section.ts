// The vendors in the preference centre: what each asks consent for and claims an interest in, a switch for either, how long it keeps
// data, where its own notice is. What is switched off here is said in the event, kept in the mirror and left out of the TC string.
import type { GVL, Vendor } from '@iabtechlabtcf/core';

import type { Method } from '../../shared/consent/event.ts';
import { idsIn, rangesOf, rangesText, vendorChoices, type VendorRefusals } from '../../shared/consent/vendor-ranges.ts';
import type { Tcf } from '../../shared/site/tcf.ts';
import { fill } from '../core/fill.ts';
import type { Screen, VendorsSaid, Widget } from '../core/widget.ts';
import { claimedPurposes, grantedPurposes } from './tc-string.ts';
import { claimsOf, element, vendorEntry, type Entry } from './vendor-entry.ts';
import { VENDOR_STYLE } from './vendor-style.ts';

type Shown = Pick<Widget, 'boot' | 'details' | 'mayRun' | 'root' | 'addStyle'>;

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

/** So many stand in the list, and as many more with each look at its end: to set a thousand at once would keep a press waiting. */
const BATCH = 50;
/** Behind the last but so many the next ones are made. */
const AHEAD = 10;

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

/** `held`: what companies are refused now, those that the list does not name any more included. */
export function createVendors(list: GVL, tcf: Tcf, held: () => VendorRefusals): Vendors {
  const vendors = Object.values(list.vendors);
  const offered = vendors.map(({ id }) => id);
  const byInterest = new Set<number>(tcf.legitimateInterests);
  /** Of the preference centre that is open, or was last. */
  let answers: Answers | null = null;
  let words: { title: string; why: string; allOff: string } | null = null;
  let styled = false;

  const rangesSaid = (ids: Iterable<number>): string => rangesText(rangesOf([...ids], offered));
  /** Who is not shown was not agreed to either: that holds until the list names it again. */
  const notShown = (text: string): number[] => {
    const shown = new Set(offered);
    return idsIn(text).filter((id) => !shown.has(id));
  };

  return {
    async show(widget, body) {
      // What was switched in one that was closed without saving is forgotten.
      answers = null;
      const { words: all } = await widget.details();
      if (!body.isConnected || body.querySelector('.vendors') || !body.querySelector('.purposes')) return;
      if (!styled) widget.addStyle(widget.root, VENDOR_STYLE);
      styled = true;
      const before = held();
      const now: Answers = { refused: new Set(idsIn(before.refused)), objected: new Set(idsIn(before.objected)) };
      const title = fill(all['tcf.vendors'], { count: String(vendors.length) });
      const why = byInterest.size > 0 ? all['tcf.whyInterests'] : all['tcf.why'];
      const said = element('p', { role: 'status', className: 'unseen' });
      const place = element('ul');
      const made = new Map<number, Entry>();
      /** In the list now. */
      let shown: Entry[] = [];
      let found = vendors;

      const form = body.closest('form');
      const isOn = (purpose: string): boolean =>
        form?.querySelector<HTMLInputElement>(`#switch-${CSS.escape(purpose)}`)?.checked ?? widget.mayRun(purpose);
      const modeOf = (purpose: string) => widget.boot.purposes.find(({ id }) => id === purpose)?.mode;
      const update = (entries: readonly Entry[]): void =>
        follow(
          entries,
          now,
          grantedPurposes(tcf, (purpose) => isOn(purpose) && modeOf(purpose) === undefined),
          claimedPurposes(tcf, isOn),
        );

      const search = element('input', { type: 'search', id: 'vendor-search', autocomplete: 'off' });
      const entryFor = (vendor: Vendor): Entry => {
        const entry = made.get(vendor.id) ?? vendorEntry(vendor, { list, words: all, byInterest });
        made.set(vendor.id, entry);
        return entry;
      };
      const ends = new IntersectionObserver((seen) => void (seen.some(({ isIntersecting }) => isIntersecting) && showMore()));
      function showMore(): void {
        const next = found.slice(shown.length, shown.length + BATCH).map(entryFor);
        update(next);
        shown.push(...next);
        place.append(...next.map(({ row }) => row));
        ends.disconnect();
        const last = shown.length < found.length && next.at(-AHEAD);
        if (last) ends.observe(last.row);
      }
      const begin = (): void => {
        shown = [];
        place.replaceChildren();
        showMore();
      };
      search.addEventListener('input', () => {
        const sought = search.value.trim().toLocaleLowerCase();
        found = vendors.filter(({ name }) => name.toLocaleLowerCase().includes(sought));
        begin();
        said.textContent = `${found.length} / ${vendors.length}`;
      });
      // Of the form it would save the choices.
      search.addEventListener('keydown', (event) => event.key === 'Enter' && event.preventDefault());
      const off = element('button', { type: 'button', className: 'small', textContent: all['tcf.allOff'] });
      off.addEventListener('click', () => {
        for (const vendor of vendors) {
          if (vendor.purposes.length > 0) now.refused.add(vendor.id);
          if (claimsOf(vendor, byInterest).length > 0) now.objected.add(vendor.id);
        }
        begin();
        said.textContent = `0 / ${vendors.length}`;
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
        if (section.open && shown.length === 0) begin();
      });
      const entryOf = ({ target }: Event): Entry | undefined => {
        const row = (target as Element).closest<HTMLElement>('[data-vendor]');
        return row ? made.get(Number(row.dataset['vendor'])) : undefined;
      };
      // What describes a switch is there as soon as the focus is on it.
      const openEntry = (event: Event): void => {
        const entry = entryOf(event);
        if (!entry) return;
        entry.open();
        update([entry]);
      };
      place.addEventListener('focusin', openEntry);
      place.addEventListener('toggle', openEntry, true);
      place.addEventListener('change', (event) => {
        const entry = entryOf(event);
        if (!entry) return;
        const { target } = event;
        const { checked } = target as HTMLInputElement;
        const set = entry.consent === target ? now.refused : now.objected;
        if (checked) set.delete(entry.vendor.id);
        else set.add(entry.vendor.id);
      });
      // Behind the preference centre's own listener, which has services follow their purpose.
      form?.addEventListener('change', ({ target }) => {
        if (shown.length > 0 && !section.contains(target as Element)) begin();
      });
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
      const before = held();
      const now =
        method === 'accept_all'
          ? { refused: notShown(before.refused), objected: notShown(before.objected) }
          : inCentre && method === 'save_choices' && answers;
      if (!now) return undefined;
      const refusals = { refused: rangesSaid(now.refused), objected: rangesSaid(now.objected) };
      return { said: { list: list.vendorListVersion, ...refusals }, kept: vendorChoices(refusals) };
    },
  };
}
