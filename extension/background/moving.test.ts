// What comes in a file: it has to prove itself, is marked until this device sees the same, and is no evidence of anything.
import { beforeEach, describe, expect, it } from 'vitest';

import { hashOf } from '../../shared/canonical.ts';
import { exampleLog, type ExampleLog } from '../../test/support/example-log.ts';
import { exampleNotice } from '../../test/support/example-notice.ts';
import { fakePlatform, json, pageAt, TAB } from '../../test/support/extension-platform.ts';
import { createBackground } from './background.ts';
import { keepPlatform } from './kept-choices.ts';

const ORIGIN = 'https://shop.example';
const PAGE = `${ORIGIN}/contact`;
const NOTICE = 'https://consent.example/v1/sites/shop/notice';
const MADE = { type: 'choice_made' };
const AT = '2026-11-22T12:00:00.000Z';

let log: ExampleLog;
beforeEach(async () => {
  log = await exampleLog('https://consent.example');
});

function world(receipts: unknown[]) {
  const given = { state: 'given', receipts: receipts.map((one) => JSON.stringify(one)), left: 0 };
  const fake = fakePlatform({ url: PAGE, seen: pageAt(PAGE, [NOTICE]), receipts: given });
  const background = createBackground(fake.platform);
  const take = (items: object) =>
    background.answer({ type: 'import_all', text: JSON.stringify({ candour: 'extension', v: 1, at: AT, items }) });
  const site = () => background.answer({ type: 'view_site', origin: ORIGIN });
  const pins = () => [...fake.areas.device.items].filter(([key]) => key.startsWith('pin:')).map(([, pin]) => pin as object);
  return { ...fake, background, take, site, pins, tab: { id: TAB, url: PAGE, isPrivate: false } };
}
const keptReceipt = (receipt: object, id = '019abcde-0000-7000-8000-000000000000') => ({
  [`mine:${ORIGIN} ${id}`]: {
    from: 'candour',
    origin: ORIGIN,
    id,
    at: '2026-11-22T10:00:00.000Z',
    receipt: JSON.stringify(receipt),
  },
});

describe('everything that is kept, as a file', () => {
  it('R87 comes back as it was, and what is here stays', async () => {
    const w = world([await log.record({ origin: ORIGIN })]);
    w.network.set(NOTICE, json(exampleNotice));
    await w.background.pageSeen(w.tab, MADE);
    await w.background.answer({ type: 'view_tab', tab: TAB });
    const file = await w.background.answer({ type: 'export_all' });
    await w.background.answer({ type: 'clear_stored' });
    expect(w.areas.device.items.size).toBe(0);
    const entries = Object.keys((JSON.parse(file) as { items: object }).items);
    expect(entries.map((key) => key.replace(/:.*/s, '')).toSorted()).toEqual(['history', 'mine', 'notice', 'pin']);
    expect(await w.background.answer({ type: 'import_all', text: file })).toEqual({ taken: entries.length, left: 0 });
    const again = await w.background.answer({ type: 'export_all' });
    const unmarked = again.replaceAll(/,\s*"imported": true/g, '');
    expect([again === file, JSON.parse(unmarked)]).toEqual([false, JSON.parse(file)]);
    expect(await w.background.answer({ type: 'import_all', text: file })).toEqual({ taken: 0, left: entries.length });
  });

  it.each(['', 'null', '[]', '{"candour":"extension"}', '{"candour":"extension","v":2,"at":"","items":{}}', '['.repeat(9999)])(
    'R88 is none of ours: %.40s',
    async (text) => {
      const w = world([]);
      expect(await w.background.answer({ type: 'import_all', text })).toBeNull();
      expect(w.areas.device.items.size).toBe(0);
    },
  );

  it('R88 takes nothing from a hostile file that is not what it says it is, and no setting that asks the network', async () => {
    const w = world([]);
    const receipt = JSON.stringify(await log.record({ origin: ORIGIN }));
    const items = {
      'mine:https://bank.example 1': {
        from: 'candour',
        origin: 'https://bank.example',
        id: '1',
        at: '2026-11-22T12:00:00.000Z',
        receipt,
      },
      'mine:javascript:x 1': { from: 'platform', origin: 'javascript:x', id: '1' },
      'pin:https://bank.example consent.example/shop': { log: 'consent.example/other', origin: 'https://bank.example', keys: [] },
      'history:https://x': { now: 1 },
      'notice:A': { notice: { title: '<script>' } },
      'setting:always': true,
      'setting:refuse': { on: true, inPrivate: true, except: [] },
      'tab:1': { seen: {} },
      'prose:A': { notice: { activities: [] } },
      refusals: 'x',
      constructor: 1,
    };
    const text = JSON.stringify({ candour: 'extension', v: 1, at: '2026-11-22', items }).replace(
      '"items":{',
      '"items":{"__proto__":{"polluted":true},',
    );
    const done = await w.background.answer({ type: 'import_all', text });
    expect(done?.taken).toBe(0);
    expect(w.areas.device.items.size).toBe(0);
    expect(({} as { polluted?: true }).polluted).toBeUndefined();
  });

  it('R88 takes a receipt only where it proves itself, whatever the entry says of it', async () => {
    const receipt = await log.record({ origin: ORIGIN });
    const w = world([]);
    expect(await w.take(keptReceipt({ ...receipt, index: receipt.index + 1 }))).toEqual({ taken: 0, left: 1 });
    expect(await w.take(keptReceipt({ ...receipt, presentation: null }))).toEqual({ taken: 0, left: 1 });
    expect(await w.take(keptReceipt(receipt))).toEqual({ taken: 1, left: 0 });
    expect((await w.background.answer({ type: 'view_mine' })).sites[0]?.choices[0]?.imported).toBe(true);
  });

  it('R88 pins no key of a receipt that came in a file, and raises no alarm by it; the page’s own word takes its place', async () => {
    // Whole by itself, of a log that whoever wrote the file has made up under the real one’s name.
    const forged = await exampleLog('https://consent.example');
    const w = world([await log.record({ origin: ORIGIN })]);
    await w.take(keptReceipt(await forged.record({ origin: ORIGIN, method: 'accept_all' })));
    expect((await w.site()).receipts).toMatchObject([{ imported: true, keyFirstSeen: null, check: { verified: 'unchecked' } }]);
    expect(w.pins()).toEqual([]);
    w.network.set(
      'https://consent.example/.well-known/candour.json',
      json({ service: 's', version: '0', logs: [log.published()] }),
    );
    const id = '019abcde-0000-7000-8000-000000000000';
    const checked = await w.background.answer({ type: 'check_kept', origin: ORIGIN, id });
    expect(checked).toMatchObject({ imported: true, check: { verified: 'false' } });
    expect(w.pins()).toEqual([]);
    expect((await w.background.answer({ type: 'view_mine' })).sites[0]?.alarm).toBe(false);

    await w.background.pageSeen(w.tab, MADE);
    expect((await w.site()).receipts).toMatchObject([{ imported: false, newKey: false, alarm: null }]);
    expect(w.pins()).toMatchObject([{ keys: [log.logKey], alarm: null }]);
  });

  it('R88 takes keys as a reminder only: without heads, comparisons and alarms, and the first one seen here stands', async () => {
    const key = `pin:${ORIGIN} consent.example/shop`;
    const pin = { log: 'consent.example/shop', origin: ORIGIN, keys: ['forged'], firstSeen: AT, checkedAt: AT };
    const root = 'A'.repeat(43);
    const w = world([await log.record({ origin: ORIGIN })]);
    const items = {
      [key]: { ...pin, head: { origin: 'consent.example/shop/0', size: 9, root }, alarm: { code: 'ROLLED_BACK', at: AT } },
    };
    expect(await w.take(items)).toEqual({ taken: 1, left: 0 });
    expect(w.pins()).toEqual([{ ...pin, checkedAt: null, head: null, alarm: null, imported: true }]);
    expect((await w.background.answer({ type: 'view_stored' })).keys).toMatchObject([{ imported: true }]);
    await w.background.pageSeen(w.tab, MADE);
    expect(w.pins()).toEqual([{ ...pin, keys: [log.logKey], checkedAt: null, head: null, alarm: null }]);
    // What is here already stays, whatever a file says.
    expect(await w.take(items)).toEqual({ taken: 0, left: 1 });
    expect(w.pins()).toMatchObject([{ keys: [log.logKey] }]);
  });

  it('R78 R88 takes a notice only under the hash of its own text, and never what an address is to have answered', async () => {
    const w = world([]);
    const hash = await hashOf(exampleNotice, w.platform.sha256);
    const other = { ...exampleNotice, title: 'Forged' };
    const entry = (notice: object) => ({ notice, href: NOTICE, firstSeen: AT, readAt: AT });
    const declared = { [`declared:${NOTICE}`]: { hash: await hashOf(other, w.platform.sha256), at: AT } };
    expect(await w.take({ [`notice:${hash}`]: entry(other), ...declared })).toEqual({ taken: 0, left: 2 });
    const forged = { [`notice:${await hashOf(other, w.platform.sha256)}`]: entry(other) };
    expect(await w.take({ ...forged, ...declared })).toEqual({ taken: 1, left: 1 });
    // Offline, the page shows no text of the file in the place of its own.
    w.state.online = false;
    const view = await w.background.answer({ type: 'view_tab', tab: TAB });
    expect(view).toMatchObject({ state: 'found', notices: [{ notice: null, problem: { code: 'OFFLINE' } }] });
  });

  it('R76 R88 believes a file no day on which a notice was first seen, and lets none of it make what was read here go', async () => {
    const w = world([]);
    const claimed = '2001-01-01T00:00:00.000Z';
    const hash = await hashOf(exampleNotice, w.platform.sha256);
    const late = '2999-01-01T00:00:00.000Z';
    const many: Record<string, unknown> = {};
    for (let i = 0; i < 30; i++) {
      const notice = { ...exampleNotice, title: `Of the file ${i}` };
      many[`notice:${await hashOf(notice, w.platform.sha256)}`] = {
        notice,
        href: `${NOTICE}?${i}`,
        firstSeen: late,
        readAt: late,
      };
    }
    for (let i = 0; i < 90; i++)
      many[`history:${NOTICE}?${i}`] = {
        now: { hash: `h${i}`, readAt: late, sections: [] },
        found: late,
        before: null,
        told: true,
      };
    const own = { notice: exampleNotice, href: NOTICE, firstSeen: claimed, readAt: late };
    await w.take({ [`notice:${hash}`]: own, ...many });
    const { notices } = await w.background.answer({ type: 'view_stored' });
    expect(notices.every(({ imported }) => imported)).toBe(true);

    const other = 'https://consent.example/v1/sites/shop/other';
    w.network.set(NOTICE, json(exampleNotice)).set(other, json({ ...exampleNotice, title: 'Another' }));
    for (const href of [NOTICE, other]) {
      w.state.now += 1000;
      w.state.tab.seen = pageAt(PAGE, [href]);
      const view = await w.background.answer({ type: 'view_tab', tab: TAB });
      expect(view).toMatchObject({ notices: [{ firstSeen: new Date(w.state.now).toISOString() }] });
    }
    const stored = (await w.background.answer({ type: 'view_stored' })).notices;
    expect(stored.filter(({ imported }) => !imported).map(({ href }) => href)).toEqual([other, NOTICE]);
    const histories = [...w.areas.device.items.keys()].filter((key) => key.startsWith('history:'));
    expect(histories.length).toBe(80);
    expect(histories).toEqual(expect.arrayContaining([`history:${NOTICE}`, `history:${other}`]));
  });

  it('R74 R88 says of a change that the earlier version came in a file', async () => {
    const w = world([]);
    const other = { ...exampleNotice, title: 'As it was' };
    const version = { hash: await hashOf(other, w.platform.sha256), readAt: AT, sections: [] };
    const taken = await w.take({
      [`notice:${version.hash}`]: { notice: other, href: NOTICE, firstSeen: AT, readAt: AT },
      [`history:${NOTICE}`]: { now: version, found: AT, before: null, told: true },
    });
    expect(taken).toEqual({ taken: 2, left: 0 });
    w.network.set(NOTICE, json(exampleNotice));
    const view = await w.background.answer({ type: 'view_tab', tab: TAB });
    expect(view.state === 'found' && view.notices[0]?.changed).toMatchObject({ imported: true, notice: { title: 'As it was' } });
  });

  it('R88 marks what another browser saw of platforms and did for the person, until this one sees it', async () => {
    const w = world([]);
    const held = { from: 'platform', origin: ORIGIN, id: 'tcf', at: AT, firstSeen: AT, platform: 'OneTrust', states: [] };
    const refusals = [{ host: 'shop.example', at: AT, platform: 'OneTrust', outcome: 'refused', confirmed: true }];
    expect(await w.take({ [`mine:${ORIGIN} tcf`]: held, refusals })).toEqual({ taken: 2, left: 0 });
    expect(w.areas.device.items.get('refusals')).toEqual([{ ...refusals[0], imported: true }]);
    expect((await w.background.answer({ type: 'view_mine' })).sites[0]?.choices).toMatchObject([{ imported: true }]);
    await keepPlatform(w.areas.device, { origin: ORIGIN, id: 'tcf', at: AT, platform: 'OneTrust', states: [] });
    expect((await w.background.answer({ type: 'view_mine' })).sites[0]?.choices).toMatchObject([{ imported: false }]);
  });
});
