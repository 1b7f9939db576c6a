// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Presentation } from '../../shared/consent/presentation.ts';
import { wordsWith } from '../../shared/site/words.ts';
import { exampleBoot, exampleDetails } from '../../test/support/example-widget.ts';
import { loadChunk } from '../../test/support/widget-chunks.ts';
import type { DecisionDetail, SyncDetail } from '../core/api.ts';
import { mayRun, statusOf } from '../core/choices.ts';
import { isUnwritten, setUnwritten, writeMirror } from '../core/cookies.ts';
import type { Recorder } from '../core/recorder.ts';
import { addRoot, addStyle } from '../core/shadow.ts';
import type { Recording, Widget } from '../core/widget.ts';
import { LOCALES } from '../messages/locales.ts';
import type { Mirror } from '../../shared/consent/mirror.ts';
import { isoDay } from '../../shared/notice/period.ts';
import { openInterface, type Interface } from './ui.ts';

let recorded: (Recording & { shown: Presentation })[];
let decisions: DecisionDetail[];
let synced: SyncDetail[];
let storage: 'works' | 'fails' | 'missing';
const opened: Interface[] = [];

function page(
  more: Parameters<typeof exampleBoot>[0] = {},
  gpc = false,
): { widget: Widget; ui: Interface; mirror: () => Mirror | null } {
  const boot = exampleBoot(more);
  let mirror: Mirror | null = null;
  const status = () => statusOf(boot, mirror, isoDay(Date.now()));
  const host = document.createElement('candour-choices');
  document.body.append(host);
  const recorder = {
    presentation: (screen, offered) => Promise.resolve({ ...screen, offered } as unknown as Presentation),
    record(recording, after) {
      if (storage === 'fails') return Promise.reject(new DOMException('full', 'QuotaExceededError'));
      recorded.push({ ...recording, shown: recording.presentation as Presentation });
      if (after) writeMirror(boot.site, after(), null);
      return Promise.resolve({ event: { id: `event-${recorded.length}` } } as never);
    },
    keep: (after) => Promise.resolve(writeMirror(boot.site, after(), null)),
    deliver: () => Promise.resolve(),
    receipts: () =>
      Promise.resolve([{ id: 'event-0', at: '2026-11-20T10:00:00.000Z', method: 'reject_all', receipt: {} as never }]),
  } satisfies Partial<Recorder> as unknown as Recorder;
  let ui: Interface | null = null;
  const widget: Widget = {
    boot,
    gpc,
    words: () => boot.words,
    status,
    banner: () => Promise.resolve(exampleDetails(boot)),
    details: () => Promise.resolve(exampleDetails(boot)),
    load: loadChunk,
    sync: (detail) => void synced.push(detail),
    mirror: () => mirror,
    hasRun: () => false,
    mayRun: (id) =>
      mayRun(
        boot.purposes.find((purpose) => purpose.id === id),
        mirror,
        status(),
        gpc,
      ),
    recorder: () => (storage === 'missing' ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(recorder)),
    adopt: (after) => void (mirror = after),
    decided(detail) {
      decisions.push(detail);
      ui?.closeBanner();
    },
    announce: () => undefined,
    root: addRoot(host),
    addRoot,
    addStyle,
  };
  ui = openInterface(widget);
  opened.push(ui);
  return { widget, ui, mirror: () => mirror };
}

const banner = () => document.querySelector('candour-banner')?.shadowRoot as ShadowRoot;
const press = (root: ParentNode, name: string): void => {
  const found = [...root.querySelectorAll('button')].find((button) => button.textContent === name);
  if (!found) throw new Error(`no button "${name}"`);
  found.click();
};
const names = (root: ParentNode): (string | null)[] =>
  [...root.querySelectorAll('.answers button')].map(({ textContent }) => textContent);
const whenDecided = (count = 1) => vi.waitFor(() => expect(decisions).toHaveLength(count));

beforeEach(() => {
  [recorded, decisions, synced, storage] = [[], [], [], 'works'];
});
afterEach(() => {
  // A banner stays in its page until it is closed.
  for (const ui of opened.splice(0)) ui.closeBanner();
  document.body.innerHTML = '';
  document.cookie
    .split('; ')
    .forEach((pair) => (document.cookie = `${pair.split('=')[0]}=;Path=/;Expires=${new Date(0).toUTCString()}`));
});

describe('the banner', () => {
  it('R1 R2 R6 R7 L1 L3 offers three buttons of one kind, after saying who asks and how to withdraw', async () => {
    await page().ui.openBanner();
    expect(names(banner())).toEqual(['Accept all', 'Reject all', 'Choose']);
    const buttons = [...banner().querySelectorAll('button')];
    expect(
      new Set(buttons.map(({ className, tagName, parentElement }) => [className, tagName, parentElement?.className].join())).size,
    ).toBe(1);
    const text = banner().textContent ?? '';
    expect(text.indexOf('Example Limited')).toBeGreaterThan(-1);
    expect(text.indexOf('withdraw')).toBeGreaterThan(-1);
    expect(text.indexOf('withdraw')).toBeLessThan(text.indexOf('Accept all'));
    expect(banner().querySelector('section')?.getAttribute('aria-label')).toBeTruthy();
    expect(banner().querySelector('[autofocus]')).toBeNull();
  });

  it('L20 R77 links to the published notices, and to no internal policy', async () => {
    await page().ui.openBanner();
    const links = [...banner().querySelectorAll('a')].map(({ href, textContent }) => [textContent, href]);
    expect(links).toEqual([['Cookie policy', `https://consent.example/v1/notices/${'N'.repeat(43)}`]]);
  });

  it('says what runs unless objected to', async () => {
    await page({ modes: { statistics: 'opt_out' } }).ui.openBanner();
    expect(banner().textContent).toContain('Unless you object, this site also uses: the statistics.');
  });

  it.each(Object.keys(LOCALES))('R6 names who asks or uses once, whatever the place: %s', async (language) => {
    for (const place of ['DE', 'US-CA'])
      for (const statistics of ['opt_in', 'opt_out'] as const) {
        const { widget, ui } = page({ modes: { statistics, advertising: 'opt_out' } });
        const details = exampleDetails(widget.boot, language);
        widget.banner = () =>
          Promise.resolve({ ...details, words: { ...details.words, ...wordsWith(details.words, {}, place) } });
        await ui.openBanner();
        const { textContent } = banner().querySelector('h2 + p') as Element;
        expect(textContent?.split('Example Limited').length, `${place} ${textContent}`).toBe(
          // There, who asks for the one also uses the other: each sentence has its own subject.
          place === 'US-CA' && statistics === 'opt_in' ? 3 : 2,
        );
        ui.closeBanner();
      }
  });

  it.each([
    ['Accept all', 'accept_all', 'given'],
    ['Reject all', 'reject_all', 'refused'],
  ] as const)('R47 "%s" is one event about every purpose, with the words that were read', async (name, method, state) => {
    const { ui, mirror } = page();
    await ui.openBanner();
    const read = banner().textContent ?? '';
    press(banner(), name);
    await whenDecided();
    expect(recorded).toMatchObject([{ method, purposes: { statistics: state, advertising: state } }]);
    expect(mirror()?.choices).toEqual({ statistics: state, advertising: state });
    expect(document.cookie).toContain('candour_example=1.');
    expect(document.querySelector('candour-banner')).toBeNull();
    const { words, controls } = recorded[0]?.shown ?? { words: [], controls: [] };
    for (const { text } of words) expect(read).toContain(text);
    expect(words.map(({ text }) => text).join('').length).toBeGreaterThan(read.length * 0.7);
    expect(controls.map(({ name }) => name)).toEqual(['Cookie policy', 'Accept all', 'Reject all', 'Choose']);
  });

  it('R7 what was pressed looks so until it is written, is done once however often it is pressed, and nothing else is barred', async () => {
    const { widget, ui } = page();
    const recorder = await widget.recorder();
    let come = (): void => undefined;
    const slow = (): void => {
      const here = new Promise<void>((resolve) => (come = resolve));
      widget.recorder = () => here.then(() => recorder);
    };
    const busy = (root: ParentNode) => [...root.querySelectorAll('[aria-busy=true]')].map(({ textContent }) => textContent);
    slow();
    await ui.openBanner();
    press(banner(), 'Accept all');
    press(banner(), 'Accept all');
    expect(busy(banner())).toEqual(['Accept all']);
    expect([...banner().querySelectorAll('button')].filter(({ disabled }) => disabled)).toEqual([]);
    expect(decisions).toEqual([]);
    come();
    await whenDecided();
    expect(recorded.map(({ method }) => method)).toEqual(['accept_all']);

    slow();
    await ui.openCentre();
    const centre = widget.root.querySelector('dialog') as HTMLDialogElement;
    press(centre, 'Save choices');
    expect(busy(centre)).toEqual(['Save choices']);
    come();
    await whenDecided(2);
    await vi.waitFor(() => expect(widget.root.querySelector('dialog')).toBeNull());
  });

  it('R32 a choice that cannot be written still holds, and the page is told why', async () => {
    for (const [state, reason] of [
      ['fails', 'STORAGE_FULL'],
      ['missing', 'SERVICE_UNREACHABLE'],
    ] as const) {
      storage = state;
      const { ui, mirror } = page();
      await ui.openBanner();
      press(banner(), 'Reject all');
      await vi.waitFor(() => expect(synced.at(-1)).toMatchObject({ state: 'local', reason }));
      expect(mirror()?.choices).toEqual({ statistics: 'refused', advertising: 'refused' });
      expect(isUnwritten('example')).toBe(true);
      setUnwritten('example', false);
    }
    expect(decisions.map(({ event }) => event)).toEqual([null, null]);
  });

  it('keeps refusals on the device where the site says so, but never a withdrawal', async () => {
    const { ui } = page({ refusals: 'local' });
    await ui.choose('reject_all', { statistics: false, advertising: false });
    expect(synced).toMatchObject([{ state: 'local', reason: 'REFUSALS_LOCAL' }]);
    await ui.choose('accept_all', { statistics: true, advertising: true });
    await ui.choose('withdraw', { statistics: false, advertising: false });
    expect(recorded.map(({ method }) => method)).toEqual(['accept_all', 'withdraw']);
  });
});

describe('a choice of the page', () => {
  it('rejects a purpose that is not asked about', async () => {
    const { ui } = page();
    await expect(ui.choose('api', { security: false })).rejects.toThrow(RangeError);
    await expect(ui.choose('api', { nonsense: true })).rejects.toThrow(RangeError);
  });
});
