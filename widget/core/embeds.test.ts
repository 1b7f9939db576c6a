// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { exampleBoot, exampleDetails } from '../../test/support/example-widget.ts';
import { createElements } from './elements.ts';
import { openEmbeds } from './embeds.ts';
import { createGate, type Gate } from './gate.ts';
import { addRoot, addStyle } from './shadow.ts';
import type { Actor, Screen } from './widget.ts';

const FRAME = '<video controls data-purpose="statistics" data-src="https://maps.example/1" style="display: block"></video>';

let allowed: Set<string>;
/** Of the page, now. */
let spoken: string;
let chosen: { purposes: Readonly<Record<string, boolean>>; screen: Screen; actor: Actor | undefined }[];

type Details = ReturnType<typeof exampleDetails>;
async function page(
  html: string,
  language = 'en',
  more: Parameters<typeof exampleBoot>[0] = {},
  change = (details: Details): Details => details,
): Promise<Gate> {
  const boot = exampleBoot(more);
  spoken = language;
  document.body.innerHTML = html;
  const gate: Gate = createGate((purpose) => allowed.has(purpose), vi.fn<() => void>());
  const elements = createElements(gate, (element) => void embeds.show(element));
  gate.elements = elements;
  const embeds = openEmbeds({
    boot,
    details: () => Promise.resolve(change(exampleDetails(boot, spoken))),
    addRoot,
    addStyle,
    gate,
    elements,
    choose(purposes, screen, actor) {
      chosen.push({ purposes, screen, actor });
      return Promise.resolve();
    },
  });
  gate.watch(
    () => undefined,
    () => undefined,
  );
  await vi.waitFor(() => expect(placeholder()).not.toBeNull());
  return gate;
}

const one = <T extends Element = HTMLElement>(selector: string): T => document.querySelector<T>(selector) as T;
const placeholder = () => document.querySelector<HTMLElement>('candour-placeholder');
const inside = () => placeholder()?.shadowRoot as ShadowRoot;
const button = (name: string) =>
  [...inside().querySelectorAll('button')].find(({ textContent }) => textContent === name) as HTMLButtonElement;
const gone = () => vi.waitFor(() => expect(placeholder()).toBeNull());
const decides = (purposes: Record<string, string>) =>
  document.dispatchEvent(new CustomEvent('candour:decision', { detail: { purposes } }));

// A page has one gate: those of earlier tests look away.
const observers: MutationObserver[] = [];
const Observer = MutationObserver;
class WatchedObserver extends Observer {
  constructor(callback: MutationCallback) {
    super(callback);
    observers.push(this);
  }
}
afterEach(() => {
  for (const observer of observers.splice(0)) observer.disconnect();
});

beforeEach(() => {
  vi.stubGlobal('MutationObserver', WatchedObserver);
  document.body.innerHTML = '';
  [allowed, chosen] = [new Set(), []];
});

describe('the placeholder of a held embed', () => {
  it('R11 names whose content it is, and what "always" agrees to', async () => {
    await page(FRAME);
    expect(inside().textContent).toContain('maps.example');
    expect(inside().textContent).toContain('“Always allow” agrees to this on the whole site: the statistics.');
    expect(inside().querySelector('[role=group]')?.getAttribute('aria-label')).toBe('maps.example');
  });

  it('with a purpose that nobody is asked about, "always" answers the others', async () => {
    allowed.add('security');
    await page('<video data-purpose="security statistics" data-src="https://maps.example/1"></video>');
    button('Always allow').click();
    expect(chosen.map(({ purposes }) => purposes)).toEqual([{ statistics: true }]);
  });

  it('R11 names a service as it is spelt', async () => {
    const purposes = [{ id: 'media' }, { id: 'clip', of: 'media' }];
    const service = { id: 'clip', name: 'Clipshelf Video', provider: 'Clipshelf', storage: [] };
    await page(FRAME.replace('statistics', 'clip'), 'en', { purposes }, (details) => ({
      ...details,
      purposes: details.purposes.slice(0, 1).map((purpose) => ({ ...purpose, services: [service] })),
    }));
    expect(inside().textContent).toContain('agrees to this on the whole site: Clipshelf Video.');
  });

  it('R14 where children use the site says who decides, and "always" is a parent’s with the box ticked', async () => {
    await page(FRAME, 'en', { age: 13 });
    const box = inside().querySelector<HTMLInputElement>('input[type=checkbox]');
    expect([inside().querySelector('.children')?.textContent, box?.checked]).toEqual([
      'Under 13? Then a parent or guardian decides this, not you.',
      false,
    ]);
    button('Always allow').click();
    expect(button('Always allow').getAttribute('aria-busy')).toBe('true');
    await vi.waitFor(() => expect(button('Always allow').hasAttribute('aria-busy')).toBe(false));
    box?.click();
    button('Always allow').click();
    expect(chosen.map(({ actor }) => actor)).toEqual(['self', 'parent']);
    expect(chosen[0]?.screen.controls).toContainEqual({ id: 'parent', kind: 'checkbox', name: box?.labels?.[0]?.textContent });
  });

  it('names every host that its sources load from', async () => {
    await page(
      '<video data-purpose="statistics"><source data-src="https://a.example/1"><source data-src="https://b.example/1"></video>',
    );
    expect(inside().querySelector('.host')?.textContent).toBe('a.example, b.example');
  });

  it('R11 is in the language and direction of the page', async () => {
    await page(FRAME, 'ar');
    expect([placeholder()?.lang, placeholder()?.dir]).toEqual(['ar', 'rtl']);
  });

  it('R11 is read on in another language in its place, with the focus and the tick where they were', async () => {
    const gate = await page(FRAME, 'en', { age: 13 });
    const before = placeholder();
    inside().querySelector('input')?.click();
    button('Always allow').focus();
    spoken = 'ar';
    gate.sweep();
    await vi.waitFor(() => expect([placeholder()?.lang, placeholder()?.dir]).toEqual(['ar', 'rtl']));
    expect(placeholder()).toBe(before);
    expect(inside().querySelectorAll('[role=group]')).toHaveLength(1);
    expect(inside().textContent).not.toContain('Always allow');
    const buttons = [...inside().querySelectorAll('button')];
    expect(buttons.indexOf(inside().activeElement as HTMLButtonElement)).toBe(1);
    buttons[1]?.click();
    expect(chosen).toMatchObject([{ screen: { language: 'ar' }, actor: 'parent' }]);
  });

  it('with "Load once" loads that embed, chooses nothing, and hands the focus on', async () => {
    await page(`${FRAME}<audio data-purpose="statistics" data-src="/song"></audio>`);
    button('Load once').focus();
    button('Load once').click();
    await vi.waitFor(() => expect(one('video').getAttribute('src')).toBe('https://maps.example/1'));
    await vi.waitFor(() => expect(document.activeElement).toBe(one('video')));
    expect(one('video').style.display).toBe('block');
    expect(one('audio').hasAttribute('src')).toBe(false);
    expect(chosen).toEqual([]);
  });

  it('with "Always allow" is a choice about its purposes, with the words and buttons that were there', async () => {
    await page(FRAME);
    button('Always allow').click();
    expect(chosen).toMatchObject([{ purposes: { statistics: true }, screen: { language: 'en', layout: 'placeholder' } }]);
    expect(chosen[0]?.screen.words.map(({ text }) => text)).toEqual(
      [...inside().querySelectorAll('p')].map(({ textContent }) => textContent),
    );
    expect(chosen[0]?.screen.controls.map(({ name }) => name)).toEqual(['Load once', 'Always allow']);
  });

  it('of a purpose that this site does not ask about can only be loaded once', async () => {
    await page('<video data-purpose="unheard-of" data-src="/x"></video>');
    expect([...inside().querySelectorAll('button')].map(({ textContent }) => textContent)).toEqual(['Load once']);
  });

  it('R9 comes back for what was loaded once when its purpose is refused or withdrawn, and for nothing else', async () => {
    await page(FRAME);
    button('Load once').click();
    await gone();
    decides({ advertising: 'refused', statistics: 'given' });
    await gone();
    decides({ statistics: 'refused' });
    await vi.waitFor(() => expect(placeholder()).not.toBeNull());
    expect(one('video').hasAttribute('src')).toBe(false);
  });

  it('goes with the embed when the page takes it out, and comes again with it', async () => {
    await page(FRAME);
    const frame = one('video');
    frame.remove();
    await gone();
    document.body.append(frame);
    await vi.waitFor(() => expect(placeholder()?.nextSibling).toBe(frame));
  });

  it.each(['javascript:alert(1)', ' java\tscript:alert(1)'])(
    'is not shown for an address that is a script (%j), which nothing opens, whatever is allowed',
    async (address) => {
      const gate = await page(`<embed data-purpose="security">${FRAME}`);
      const frame = one<HTMLEmbedElement>('embed');
      frame.dataset.src = address;
      gate.sweep();
      allowed.add('security');
      allowed.add('statistics');
      gate.sweep();
      await gone();
      expect([one('video').getAttribute('src'), frame.getAttribute('src')]).toEqual(['https://maps.example/1', null]);
      frame.dataset.src = 'https://maps.example/2';
      await vi.waitFor(() => expect(frame.getAttribute('src')).toBe('https://maps.example/2'));
      frame.dataset.src = address;
      await vi.waitFor(() => expect(frame.hasAttribute('src')).toBe(false));
    },
  );

  it('of an address that is none stops no other', async () => {
    await page(`<audio data-purpose="statistics" data-src="http://[broken"></audio>${FRAME}`);
    await vi.waitFor(() => expect(document.querySelectorAll('candour-placeholder')).toHaveLength(2));
  });
});
