// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import { afterEach, describe, expect, it, vi } from 'vitest';

import { exampleDetails } from '../../test/support/example-widget.ts';
import { widgetPage, type PageOptions, type WidgetPage } from '../../test/support/widget-page.ts';
import { methodWords } from './history-words.ts';

const CHILDREN: PageOptions = { boot: { age: 13 } };
const LABEL = 'I am the parent or guardian and decide for a child under 13';
const SENTENCE = 'Under 13? Then a parent or guardian decides this, not you.';

const banner = () => document.querySelector('candour-banner')?.shadowRoot as ShadowRoot;
const centre = () => document.querySelector('candour-choices')?.shadowRoot?.querySelector('dialog') as HTMLDialogElement;
const box = (within: ParentNode) => within.querySelector<HTMLInputElement>('input[type=checkbox]:not([role])');
const press = (within: ParentNode, name: string): void =>
  [...within.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click();
const recorded = async ({ recorded: all, decisions }: WidgetPage) => {
  await vi.waitFor(() => expect(decisions).toHaveLength(1));
  return all[0];
};

afterEach(() => {
  document.body.innerHTML = '';
  document.cookie = `candour_example=;Path=/;Expires=${new Date(0).toUTCString()}`;
});

describe('where children use the site', () => {
  it('R14 the banner says who decides below the age, asks no birth date, and records a choice as one’s own', async () => {
    const page = widgetPage(CHILDREN);
    await page.ui.openBanner();
    expect(banner().textContent).toContain(SENTENCE);
    expect([box(banner())?.checked, box(banner())?.parentElement?.textContent]).toEqual([false, LABEL]);
    expect(banner().querySelectorAll('input')).toHaveLength(1);
    press(banner(), 'Accept all');
    const choice = await recorded(page);
    expect(choice).toMatchObject({ method: 'accept_all', actor: 'self' });
    expect(choice?.shown.words).toContainEqual({ id: 'children', text: SENTENCE });
    expect(choice?.shown.controls).toContainEqual({ id: 'parent', kind: 'checkbox', name: LABEL });
  });

  it.each([
    ['Accept all', 'accept_all'],
    ['Reject all', 'reject_all'],
  ])('R14 %s with the box ticked is recorded as the parent’s', async (name, method) => {
    const page = widgetPage(CHILDREN);
    await page.ui.openBanner();
    box(banner())?.click();
    press(banner(), name);
    expect(await recorded(page)).toMatchObject({ method, actor: 'parent' });
  });

  it('R14 what was ticked in the banner is ticked in the preference centre, and can be taken back there', async () => {
    const page = widgetPage(CHILDREN);
    await page.ui.openBanner();
    box(banner())?.click();
    await page.ui.openCentre();
    expect(centre().textContent).toContain(SENTENCE);
    expect(box(centre())?.checked).toBe(true);
    box(centre())?.click();
    press(centre(), 'Reject all');
    expect(await recorded(page)).toMatchObject({ method: 'reject_all', actor: 'self' });
  });

  it('R14 a parent chooses each purpose on its own, and nothing is on beforehand for a child', async () => {
    const page = widgetPage(CHILDREN);
    await page.ui.openCentre();
    expect([...centre().querySelectorAll<HTMLInputElement>('[role=switch]')].map(({ checked }) => checked)).toEqual([
      false,
      false,
    ]);
    box(centre())?.click();
    centre().querySelector<HTMLInputElement>('#switch-statistics')?.click();
    press(centre(), 'Save choices');
    expect(await recorded(page)).toMatchObject({
      method: 'save_choices',
      actor: 'parent',
      purposes: { statistics: 'given', advertising: 'refused' },
    });
  });

  it('R14 a site’s own interface says who decided, whatever is ticked here', async () => {
    const page = widgetPage(CHILDREN);
    await page.ui.openBanner();
    box(banner())?.click();
    await page.ui.choose('api', { statistics: true });
    await page.ui.choose('api', { advertising: true }, undefined, 'parent');
    expect(page.recorded.map(({ actor }) => actor)).toEqual(['self', 'parent']);
  });

  it('R14 the visitor’s own history names a parent or guardian', () => {
    const own = { method: 'accept_all', actor: 'parent', restored: null } as Parameters<typeof methodWords>[0];
    expect(methodWords(own, exampleDetails())).toBe('Accepted all · Decided by a parent or guardian');
    expect(methodWords({ ...own, actor: 'self' }, exampleDetails())).toBe('Accepted all');
  });

  it('R14 nothing is asked about it on another site', async () => {
    const page = widgetPage();
    await page.ui.openBanner();
    await page.ui.openCentre();
    expect([box(banner()), box(centre())]).toEqual([null, null]);
    expect(banner().textContent + centre().textContent).not.toContain('guardian');
  });
});
