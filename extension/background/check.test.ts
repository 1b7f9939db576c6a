import { beforeEach, describe, expect, it } from 'vitest';

import type { Receipt } from '../../shared/consent/receipt.ts';
import { exampleLog, type ExampleLog } from '../../test/support/example-log.ts';
import { fakePlatform, json, pageAt, TAB } from '../../test/support/extension-platform.ts';
import type { ChoicesView, ReceiptView } from '../messages.ts';
import { createBackground } from './background.ts';

const PAGE = 'https://shop.example/contact';
const ORIGIN = 'https://shop.example';
const SERVICE = 'https://consent.example';
const KEYS = `${SERVICE}/.well-known/candour.json`;
const HEAD = `${SERVICE}/v1/sites/shop/log/checkpoint`;
const PROOF = `${SERVICE}/v1/sites/shop/log/consistency`;

describe('receipts and "Check"', () => {
  let log: ExampleLog;
  let receipt: Receipt;
  let w: ReturnType<typeof fakePlatform>;
  let background: ReturnType<typeof createBackground>;

  const serve = (from: ExampleLog, published = [from.published()]): void => {
    w.network.set(KEYS, json({ service: SERVICE, version: '0', logs: published }));
    w.network.set(HEAD, async () => new Response(await from.checkpoint()));
    w.network.set(PROOF, (address) => {
      const query = new URL(address).searchParams;
      return json({ proof: from.consistency(Number(query.get('from')), Number(query.get('to'))) });
    });
  };
  const give = (...receipts: unknown[]): void => {
    w.state.tab.receipts = { state: 'given', receipts: receipts.map((one) => JSON.stringify(one)), left: 0 };
  };
  const choices = async (): Promise<ReceiptView[]> => {
    const view: ChoicesView = await background.answer({ type: 'view_choices', tab: TAB });
    if (view.state !== 'given') throw new Error(view.state);
    return view.receipts;
  };
  const check = (one: unknown = receipt) => background.answer({ type: 'check_receipt', tab: TAB, receipt: JSON.stringify(one) });
  const failing = ({ check: { steps } }: ReceiptView) => steps.filter(({ result }) => result === 'fails').map(({ step }) => step);

  beforeEach(async () => {
    log = await exampleLog(SERVICE);
    await log.record({ origin: ORIGIN });
    receipt = await log.record({ origin: ORIGIN });
    w = fakePlatform({ url: PAGE, seen: pageAt(PAGE) });
    background = createBackground(w.platform);
    serve(log);
    give(receipt);
  });

  it('verifies offline and pins the key at first sight, asking nobody', async () => {
    const [view] = await choices();
    expect(view).toMatchObject({
      check: { verified: 'unchecked' },
      keyFirstSeen: '2026-11-22T12:00:00.000Z',
      keyCheckedAt: null,
      alarm: null,
    });
    w.state.now += 86_400_000;
    expect((await choices())[0]?.keyFirstSeen).toBe('2026-11-22T12:00:00.000Z');
    expect(w.requests).toEqual([]);
  });

  it('is verified after Check has compared key and head, and stays so without asking again', async () => {
    await log.record({ origin: ORIGIN });
    expect(await check()).toMatchObject({ check: { verified: 'true' }, head: { size: 3, consistent: true }, problem: null });
    expect(w.requests.map(({ address }) => address)).toEqual([KEYS, HEAD, `${PROOF}?from=2&to=3`]);
    expect((await choices())[0]?.check.verified).toBe('true');
    expect(w.requests.length).toBe(3);
  });

  it('raises an alarm that stays when the service no longer publishes the key first seen', async () => {
    await choices();
    serve(await exampleLog(SERVICE));
    expect(await check()).toMatchObject({ check: { verified: 'false' }, alarm: { code: 'KEY_CHANGED' } });
    expect((await choices())[0]).toMatchObject({ check: { verified: 'false' }, alarm: { code: 'KEY_CHANGED' } });
    await background.pageSeen({ id: TAB, url: PAGE, isPrivate: false }, pageAt(PAGE));
    expect(w.badges.at(-1)?.text).toBe('!');
  });

  it('takes a rotated key where the old one is still listed', async () => {
    await check();
    const next = await exampleLog(SERVICE);
    const [{ keys }, { keys: fresh }] = [log.published(), next.published()] as const;
    serve(log, [{ ...log.published(), keys: [...fresh, ...keys] }]);
    expect(await check()).toMatchObject({ check: { verified: 'true' }, alarm: null });
  });

  it('raises an alarm when the log is shorter than it was', async () => {
    const early = await log.checkpoint(1);
    w.network.set(HEAD, new Response(early));
    expect((await check()).alarm?.code).toBe('ROLLED_BACK');
  });

  it('raises an alarm when the log is another one of the same key and the same length', async () => {
    // Signed by the same key: the proof of the real log cannot lead from the receipt's head to this one.
    await log.record({ origin: ORIGIN });
    w.network.set(PROOF, json({ proof: log.consistency(1, 3) }));
    expect((await check()).alarm?.code).toBe('INCONSISTENT');
  });

  it('compares with the newest head that it has seen, not only with the receipt’s', async () => {
    await log.record({ origin: ORIGIN });
    await check();
    w.network.set(HEAD, new Response(await log.checkpoint(2)));
    expect((await check()).alarm?.code).toBe('ROLLED_BACK');
  });

  it('raises an alarm when the head is not signed by a published key', async () => {
    w.network.set(HEAD, new Response(await (await exampleLog(SERVICE)).checkpoint()));
    expect((await check()).alarm?.code).toBe('BAD_HEAD');
  });

  it.each<[string, () => unknown, string]>([
    ['does not answer', () => w.network.delete(KEYS), 'NOT_REACHED'],
    ['is out of reach offline', () => ((w.state.online = false), w.network.delete(KEYS)), 'OFFLINE'],
    ['answers nonsense', () => w.network.set(KEYS, json({})), 'BAD_ANSWER'],
    ['does not know the log', () => w.network.set(KEYS, json({ service: SERVICE, version: '0', logs: [] })), 'UNKNOWN_LOG'],
    [
      'gives a proof that is none',
      async () => (w.network.set(PROOF, json({ proof: ['x'] })), await log.record({ origin: ORIGIN })),
      'BAD_ANSWER',
    ],
  ])('leaves the receipt unchecked, with no alarm, when the service %s', async (_, arrange, problem) => {
    await choices();
    await Promise.resolve(arrange());
    expect(await check()).toMatchObject({ check: { verified: 'unchecked' }, alarm: null, problem });
  });

  it('names the failing step of a flipped byte and of another site’s receipt, and asks nobody about them', async () => {
    const flipped = {
      ...receipt,
      proof: receipt.proof.map((hash) => (hash.startsWith('A') ? `B${hash.slice(1)}` : `A${hash.slice(1)}`)),
    };
    const other = { ...(await (await exampleLog(SERVICE, 'other')).record({ origin: ORIGIN })), log: receipt.log };
    give(flipped, other, 'rubbish', { ...receipt, logKey: `${receipt.logKey}x` });
    const views = await choices();
    expect(views.map(failing)).toEqual(expect.arrayContaining([['inclusion'], expect.arrayContaining(['event_log']), ['form']]));
    expect(views.every(({ check: { verified } }) => verified === 'false')).toBe(true);
    expect(await check(flipped)).toMatchObject({ check: { verified: 'false' } });
    expect(w.requests).toEqual([]);
    expect([...w.areas.device.items.keys()]).toEqual([]);
  });

  it('fails a swapped log key at its step once the service’s keys are known', async () => {
    await check();
    const swapped = await (await exampleLog(SERVICE)).record({ origin: ORIGIN });
    give(swapped);
    const [view] = await choices();
    expect([view?.newKey, view && failing(view)]).toEqual([true, ['log_key']]);
  });

  it('R88 lets no page pin a key for another site’s choices', async () => {
    const foreign = await (await exampleLog(SERVICE)).record({ origin: 'https://bank.example' });
    give(foreign);
    expect((await choices())[0]).toMatchObject({ problem: 'OTHER_ORIGIN', keyFirstSeen: null });
    expect((await check(foreign)).problem).toBe('OTHER_ORIGIN');
    expect([w.requests, w.areas.device.items.size]).toEqual([[], 0]);
  });

  it('never asks a service on the person’s own machine for a public page', async () => {
    const local = await (await exampleLog('http://127.0.0.1:8787')).record({ origin: ORIGIN });
    expect((await check(local)).problem).toBe('LOCAL_ADDRESS');
    expect(w.requests).toEqual([]);
  });

  it('says where the page gives nothing', async () => {
    w.state.tab.receipts = { state: 'no_widget' };
    expect(await background.answer({ type: 'view_choices', tab: TAB })).toEqual({ state: 'no_widget' });
    w.state.tab.receipts = { state: 'given', receipts: 'forged' };
    expect(await background.answer({ type: 'view_choices', tab: TAB })).toEqual({ state: 'no_page' });
  });
});
