import { beforeEach, describe, expect, it } from 'vitest';

import type { Receipt } from '../../shared/consent/receipt.ts';
import { exampleLog, type ExampleLog } from '../../test/support/example-log.ts';
import { exampleNotice } from '../../test/support/example-notice.ts';
import { fakePlatform, json, memoryArea, pageAt, TAB } from '../../test/support/extension-platform.ts';
import { createBackground } from './background.ts';
import { changedSections } from './changed.ts';
import { keepPlatform, viewMine } from './kept-choices.ts';
import { pinAtFirstSight } from './pins.ts';

const ORIGIN = 'https://shop.example';
const PAGE = `${ORIGIN}/contact`;
const NOTICE = 'https://consent.example/v1/sites/shop/notice';
const MADE = { type: 'choice_made' };

let log: ExampleLog;
beforeEach(async () => {
  log = await exampleLog('https://consent.example');
});

function world(receipts: unknown[], isPrivate = false) {
  const given = { state: 'given', receipts: receipts.map((one) => JSON.stringify(one)), left: 0 };
  const fake = fakePlatform({ url: PAGE, isPrivate, seen: pageAt(PAGE, [NOTICE]), receipts: given });
  const background = createBackground(fake.platform);
  return { ...fake, background, tab: { id: TAB, url: PAGE, isPrivate } };
}
const mine = (w: ReturnType<typeof world>) => w.background.answer({ type: 'view_mine' });
const tampered = (receipt: Receipt): Receipt => ({ ...receipt, index: receipt.index + 1 });

describe('choices that are kept', () => {
  it('R86 R87 come from the page’s widget when it says that it recorded one, each only where everything in it holds', async () => {
    const [given, refused, foreign] = [
      await log.record({ origin: ORIGIN, method: 'accept_all', purposes: { statistics: 'given' } }),
      await log.record({ origin: ORIGIN, at: '2026-11-23T09:00:00.000Z' }),
      await log.record({ origin: 'https://other.example' }),
    ];
    const w = world([given, refused, tampered(given), foreign, 'no receipt']);
    await w.background.pageSeen(w.tab, MADE);
    const { sites } = await mine(w);
    expect(sites.map(({ origin, choices }) => [origin, choices.length])).toEqual([[ORIGIN, 2]]);
    expect(sites[0]?.choices[0]?.at).toBe('2026-11-23T09:00:00.000Z');
    // Asked again, the same ones are no further choices; and nobody was asked on the network.
    await w.background.pageSeen(w.tab, MADE);
    expect((await mine(w)).sites[0]?.choices).toHaveLength(2);
    expect(w.requests).toEqual([]);
  });

  it('R87 never come from a private window', async () => {
    const w = world([await log.record({ origin: ORIGIN })], true);
    await w.background.pageSeen(w.tab, MADE);
    await w.background.answer({ type: 'view_choices', tab: TAB });
    expect((await mine(w)).sites).toEqual([]);
    expect([...w.areas.device.items.keys()]).toEqual([]);
  });

  it('R87 are not withdrawn in a private window, which holds another choice', async () => {
    const w = world([await log.record({ origin: ORIGIN })]);
    await w.background.pageSeen(w.tab, MADE);
    w.state.tab.done = { state: 'done' };
    w.state.tab.isPrivate = true;
    expect(await w.background.answer({ type: 'withdraw', tab: TAB, origin: ORIGIN })).toEqual({ state: 'failed' });
    expect([w.asked, w.opened]).toEqual([[], []]);
  });

  it('make room for newer ones, of one site first, and say how many went', async () => {
    const area = memoryArea();
    for (let i = 0; i < 25; i += 1)
      await keepPlatform(area, {
        origin: ORIGIN,
        id: `kind-${i}`,
        at: `2026-11-22T12:00:${String(i).padStart(2, '0')}.000Z`,
        platform: null,
        states: [],
      });
    const { sites, dropped } = await viewMine(area, new Set());
    expect([sites[0]?.choices.length, dropped]).toEqual([20, 5]);
    expect(sites[0]?.choices[0]?.id).toBe('kind-24');
  });

  it('of one site under many names push out nobody else’s', async () => {
    const area = memoryArea();
    const entry = (origin: string, id: string, at: string) => ({
      from: 'platform',
      origin,
      id,
      at,
      firstSeen: at,
      platform: null,
      states: [],
    });
    const flood = Array.from({ length: 30 }, (_, n) => `https://n${n}.evil.example`).flatMap((origin) =>
      Array.from({ length: 20 }, (_, i) => [`mine:${origin} k${i}`, entry(origin, `k${i}`, '2099-01-01T00:00:00.000Z')]),
    );
    const own = [`mine:${ORIGIN} tcf`, entry(ORIGIN, 'tcf', '2026-01-01T00:00:00.000Z')];
    // An address that is none would stop the view from being drawn.
    const none = ['mine:https://[ tcf', entry('https://[', 'tcf', '2026-01-01T00:00:00.000Z')];
    await area.set(Object.fromEntries([...flood, own, none]) as Record<string, unknown>);
    await keepPlatform(area, {
      origin: 'https://a.example',
      id: 'tcf',
      at: '2026-11-22T12:00:00.000Z',
      platform: null,
      states: [],
    });
    const { sites } = await viewMine(area, new Set());
    expect(sites.map(({ origin }) => origin)).toContain(ORIGIN);
    expect(sites.map(({ origin }) => origin)).not.toContain('https://[');
    expect(sites.filter(({ origin }) => origin.endsWith('.evil.example')).flatMap(({ choices }) => choices)).toHaveLength(60);
  });

  it('R88 of ever new logs leave a bounded number of keys', async () => {
    const area = memoryArea();
    for (let i = 0; i < 30; i += 1) await pinAtFirstSight(area, ORIGIN, `consent.example/${i}`, 'k', '2026-11-22T12:00:00.000Z');
    expect([...area.items.keys()]).toHaveLength(12);
    expect(await pinAtFirstSight(area, ORIGIN, 'consent.example/0', 'other', '2026-11-23T12:00:00.000Z')).toMatchObject({
      keys: ['k'],
    });
  });

  it('are verified again whenever they are shown, and checked with the service that they name', async () => {
    const receipt = await log.record({ origin: ORIGIN });
    const w = world([receipt]);
    await w.background.pageSeen(w.tab, MADE);
    const [kept] = (await w.background.answer({ type: 'view_site', origin: ORIGIN })).receipts;
    expect(kept?.check.verified).toBe('unchecked');
    w.network.set(
      'https://consent.example/.well-known/candour.json',
      json({ service: 's', version: '0', logs: [log.published()] }),
    );
    w.network.set('https://consent.example/v1/sites/shop/log/checkpoint', new Response(await log.checkpoint()));
    const id = kept?.check.event?.id ?? '';
    expect((await w.background.answer({ type: 'check_kept', origin: ORIGIN, id })).check.verified).toBe('true');
    // A log that tells another story later is told as such, and the site carries it.
    const other = await exampleLog('https://consent.example');
    await other.record({ origin: ORIGIN, method: 'accept_all' });
    w.network.set('https://consent.example/v1/sites/shop/log/checkpoint', new Response(await other.checkpoint()));
    expect(await w.background.answer({ type: 'check_kept', origin: ORIGIN, id })).toMatchObject({
      alarm: { code: 'BAD_HEAD' },
      check: { verified: 'false' },
    });
    expect((await mine(w)).sites[0]?.alarm).toBe(true);
    await expect(w.background.answer({ type: 'check_kept', origin: ORIGIN, id: 'another' })).rejects.toThrow(RangeError);
  });

  it('are withdrawn in the tab in view where that is the site, else in one that is opened for it and asked when it is there', async () => {
    const w = world([await log.record({ origin: ORIGIN })]);
    await w.background.pageSeen(w.tab, MADE);
    w.state.tab.done = { state: 'done' };
    expect(await w.background.answer({ type: 'withdraw', tab: TAB, origin: ORIGIN })).toEqual({ state: 'done' });
    w.state.tab.done = { state: 'done', and: 'more' };
    expect(await w.background.answer({ type: 'withdraw', tab: TAB, origin: ORIGIN })).toEqual({ state: 'failed' });

    w.asked.length = 0;
    expect(await w.background.answer({ type: 'reopen', tab: 99, origin: ORIGIN })).toEqual({ state: 'opened' });
    expect(w.opened).toEqual([`${ORIGIN}/`]);
    const there = { id: TAB + 1, url: PAGE, isPrivate: false };
    await w.background.pageSeen(there, pageAt(PAGE));
    await w.background.pageSeen(there, pageAt(PAGE));
    expect(w.asked).toEqual(['reopen']);
    await expect(w.background.answer({ type: 'withdraw', tab: 99, origin: 'https://never.example' })).rejects.toThrow(RangeError);
    expect(w.opened).toHaveLength(1);
  });

  it('are withdrawn too on a page that is there before the browser says in which tab', async () => {
    const w = world([await log.record({ origin: ORIGIN })]);
    await w.background.pageSeen(w.tab, MADE);
    w.state.tab.done = { state: 'done' };
    const told: Promise<void>[] = [];
    const fast = createBackground({
      ...w.platform,
      openTab: () => {
        told.push(fast.pageSeen({ id: 42, url: PAGE, isPrivate: false }, pageAt(PAGE)));
        return new Promise((resolve) => setImmediate(resolve, 42));
      },
    });
    expect(await fast.answer({ type: 'withdraw', tab: 99, origin: ORIGIN })).toEqual({ state: 'opened' });
    await Promise.all(told);
    expect(w.asked).toEqual(['withdraw']);
  });
});

describe('a notice that changed', () => {
  const consentNow = {
    ...exampleNotice,
    activities: exampleNotice.activities.map((activity, i) =>
      i === 0 ? { ...activity, lawfulBases: [{ basis: 'consent' as const, statement: 'We ask you.' }] } : activity,
    ),
  };
  const visit = async (w: ReturnType<typeof world>) => {
    w.state.now += 86_400_000;
    w.state.tab.seen = pageAt(PAGE, [NOTICE]);
    const view = await w.background.answer({ type: 'view_tab', tab: TAB });
    return view.state === 'found' ? (view.notices[0]?.changed ?? null) : null;
  };

  it('R74 R92 is told until the person has seen it, with the version that was read before', async () => {
    const w = world([]);
    w.network.set(NOTICE, json(exampleNotice));
    expect(await visit(w)).toBeNull();
    expect(await visit(w)).toBeNull();
    w.network.set(NOTICE, json(consentNow));
    const changed = await visit(w);
    expect(changed).toMatchObject({
      before: '2026-11-24T12:00:00.000Z',
      found: '2026-11-25T12:00:00.000Z',
      told: false,
      notice: { activities: exampleNotice.activities },
      sections: [{ title: exampleNotice.activities[0]?.title, change: 'changed' }],
    });
    expect((await visit(w))?.told).toBe(false);
    await w.background.answer({ type: 'saw_changes', tab: TAB, href: NOTICE });
    expect((await visit(w))?.told).toBe(true);
    // Back at what the person knew before: one more change, from what they saw last.
    w.network.set(NOTICE, json(exampleNotice));
    expect((await visit(w))?.told).toBe(false);
  });

  it('tells sections of one title apart by their order', () => {
    const of = (...hashes: string[]) => hashes.map((hash) => ({ title: 'Same', hash }));
    expect(changedSections(of('a', 'b'), of('a', 'c', 'd'))).toEqual([
      { title: 'Same', change: 'changed' },
      { title: 'Same', change: 'added' },
    ]);
    expect(changedSections(of('a', 'b'), of('a'))).toEqual([{ title: 'Same', change: 'removed' }]);
  });
});
