// @vitest-environment happy-dom
// What the vendors in the preference centre say of a choice, over what was said before.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Method } from '../../shared/consent/event.ts';
import type { VendorRefusals } from '../../shared/consent/vendor-ranges.ts';
import type { Tcf } from '../../shared/site/tcf.ts';
import { widgetPage } from '../../test/support/widget-page.ts';
import { vendorListOf } from './tc-string.ts';
import { exampleVendorList } from './vendor-list.fixture.ts';
import { createVendors } from './vendor-section.ts';

const TCF: Tcf = {
  cmpId: 300,
  cmpVersion: 1,
  vendorList: '/vendor-list.json',
  vendors: [2, 5, 8],
  purposes: { statistics: [7, 8], advertising: [1, 2, 3, 4] },
  legitimateInterests: [7, 8],
  publisherCountry: 'GB',
};
/** 9 and 40 were shown once, and are no part of the list now. */
const BEFORE: VendorRefusals = { refused: '5 9', objected: '8 40' };

async function opened(before: VendorRefusals, vendorList: object = exampleVendorList, tcf = TCF) {
  const list = await vendorListOf(structuredClone(vendorList), tcf);
  const vendors = createVendors(list, tcf, () => before);
  const { widget, ui } = widgetPage();
  await ui.openCentre();
  const dialog = widget.root.querySelector('dialog') as HTMLDialogElement;
  await vendors.show(widget, dialog.querySelector('.body') as Element);
  const said = (method: Method, layout = 'preference-centre') =>
    vendors.said(method, { language: 'en', layout, words: [], controls: [] });
  return { dialog, said };
}

function openSection(dialog: HTMLDialogElement): void {
  const section = dialog.querySelector('details.vendors') as HTMLDetailsElement;
  section.open = true;
  section.dispatchEvent(new Event('toggle'));
}

afterEach(() => {
  document.body.innerHTML = '';
});

describe('a company that the list does not name any more', () => {
  it('R33 stays refused when choices are saved', async () => {
    const { dialog, said } = await opened(BEFORE);
    expect(said('save_choices')?.said).toEqual({ list: 17, ...BEFORE });
    dialog.querySelector<HTMLInputElement>('#switch-advertising')?.click();
    openSection(dialog);
    const five = dialog.querySelector<HTMLInputElement>('#vendor-5');
    expect([five?.checked, five?.disabled]).toEqual([false, false]);
    five?.click();
    expect(said('save_choices')).toEqual({
      said: { list: 17, refused: '9', objected: '8 40' },
      kept: { '-9': 'refused', '--8': 'objected', '--40': 'objected' },
    });
  });

  it('R33 stays refused when everything that is shown is accepted, from the banner too', async () => {
    const { said } = await opened(BEFORE);
    for (const layout of ['preference-centre', 'banner-box'])
      expect(said('accept_all', layout)?.said).toEqual({ list: 17, refused: '9', objected: '40' });
  });

  it('R33 of a choice that says nothing of companies nothing is said', async () => {
    const { said } = await opened(BEFORE);
    expect([said('reject_all'), said('withdraw'), said('save_choices', 'placeholder')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('a long list of companies', () => {
  const ids = Array.from({ length: 300 }, (_, i) => i + 1);
  const { 2: model } = exampleVendorList.vendors;
  const LONG = {
    ...exampleVendorList,
    vendors: Object.fromEntries(ids.map((id) => [id, { ...model, id, name: `Company ${id}`, legIntPurposes: [8] }])),
  };
  const rows = (dialog: ParentNode) => [...dialog.querySelectorAll<HTMLElement>('[data-vendor]')];

  /** What the end of the list is seen by, and somebody who gets there. */
  let watched: HTMLElement[] = [];
  let look = (): void => undefined;
  beforeEach(() => {
    watched = [];
    vi.stubGlobal(
      'IntersectionObserver',
      class {
        constructor(callback: (entries: { isIntersecting: boolean }[]) => void) {
          look = () => callback([{ isIntersecting: watched.length > 0 }]);
        }
        observe(row: HTMLElement): void {
          watched.push(row);
        }
        disconnect(): void {
          watched = [];
        }
      },
    );
  });

  it('is made some at a time, what stands behind a name once it is opened, and is whole for who searches or switches all off', async () => {
    const { dialog, said } = await opened({ refused: '7', objected: '' }, LONG, { ...TCF, vendors: ids });
    dialog.querySelector<HTMLInputElement>('#switch-advertising')?.click();
    dialog.querySelector<HTMLInputElement>('#switch-statistics')?.click();
    openSection(dialog);
    expect(rows(dialog)).toHaveLength(50);
    expect(dialog.querySelectorAll('.vendor p')).toHaveLength(0);
    const search = dialog.querySelector<HTMLInputElement>('#vendor-search') as HTMLInputElement;
    search.value = 'company 29';
    search.dispatchEvent(new Event('input'));
    expect(dialog.querySelector('.vendors .unseen')?.textContent).toBe('11 / 300');
    expect(rows(dialog).map(({ dataset }) => dataset.vendor)).toEqual([
      '29',
      ...Array.from({ length: 10 }, (_, i) => `${290 + i}`),
    ]);
    search.value = '';
    search.dispatchEvent(new Event('input'));
    expect(watched.at(-1)?.dataset.vendor).toBe('41');
    for (let shown = 50; shown <= 300; shown += 50) {
      expect(rows(dialog)).toHaveLength(shown);
      look();
    }
    expect(rows(dialog)).toHaveLength(300);

    // As who leaves the field of the search by a press on an entry: the entry is to be there still when the press ends.
    const [first] = rows(dialog);
    search.dispatchEvent(new Event('change', { bubbles: true }));
    expect(first?.isConnected).toBe(true);

    const seven = dialog.querySelector<HTMLInputElement>('#vendor-7');
    expect([seven?.checked, seven?.disabled]).toEqual([false, false]);
    dialog.querySelector('#vendor-9')?.dispatchEvent(new FocusEvent('focusin', { bubbles: true }));
    expect(dialog.querySelectorAll('#vendor-9-asks, #vendor-8-asks')).toHaveLength(1);
    const interest = dialog.querySelector<HTMLInputElement>('#vendor-9-interest');
    expect([interest?.checked, interest?.disabled]).toEqual([true, false]);
    interest?.click();
    expect(said('save_choices')?.said).toEqual({ list: 17, refused: '7', objected: '9' });
    [...dialog.querySelectorAll('button')].find(({ textContent }) => textContent === 'Switch all companies off')?.click();
    expect(said('save_choices')?.said).toEqual({ list: 17, refused: '1-300', objected: '1-300' });
    expect(interest?.checked).toBe(false);
  });
});
