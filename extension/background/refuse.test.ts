// "Refuse for me" without a browser: where it acts, what it never does, and what it writes down.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { decodeRules, evalSnippets, type AutoConsentCMPRule, type AutoConsentRuleStep } from '@duckduckgo/autoconsent';
import { describe, expect, it, vi } from 'vitest';

import { memoryArea } from '../../test/support/extension-platform.ts';
import type { Said } from '../refuse/said.ts';
import { refusingRules } from '../refuse/vite.ts';
import { allRefusals } from './refusals.ts';
import { createRefuse, type Speaker } from './refuse.ts';

vi.mock('../browser.ts', () => ({ browser: {}, ALL_PAGES: [] }));
const { mayRun } = await import('./refuse-script.ts');

const RULES = refusingRules();
const HERE: Speaker = { tab: 7, frame: 0, page: 'https://shop.example/a', url: 'https://shop.example/a', isPrivate: false };
const found = (touched = false): Said => ({ type: 'popupFound', cmp: 'Klaro', touched });
const done: Said = { type: 'autoconsentDone', cmp: 'Klaro', tests: true };

function world(allowed = true) {
  const areas = { device: memoryArea(), session: memoryArea() };
  const state = { now: Date.parse('2026-11-22T12:00:00Z'), scripts: 0, noted: 0, url: HERE.page, isPrivate: false };
  const ran: string[] = [];
  const refuse = createRefuse({
    areas,
    now: () => state.now,
    tab: () => Promise.resolve({ url: state.url, isPrivate: state.isPrivate }),
    rules: () => Promise.resolve(RULES),
    setScript: (on) => {
      if (allowed) state.scripts = on ? 1 : 0;
      return Promise.resolve(allowed);
    },
    runSnippet: (_speaker, snippet) => {
      ran.push(snippet);
      return Promise.resolve(true);
    },
    noted: () => {
      state.noted += 1;
      return Promise.resolve();
    },
  });
  return { refuse, areas, state, ran };
}
const switchedOn = async () => {
  const one = world();
  await one.refuse.answer({ type: 'set_refuse', on: true });
  return one;
};

describe('refuse for me', () => {
  it('is off until it is switched on, and off again leaves no script', async () => {
    const { refuse, state } = world();
    for (const said of [{ type: 'init' }, found(), { type: 'eval', id: '1', snippetId: 'EVAL_KLARO_1' }] as Said[])
      expect(await refuse.hear(HERE, said)).toBeNull();
    expect((await refuse.answer({ type: 'view_refuse', tab: 7 })).on).toBe(false);
    expect(await refuse.answer({ type: 'set_refuse', on: true })).toBe(true);
    expect(state.scripts).toBe(1);
    expect(await refuse.hear(HERE, { type: 'init' })).toMatchObject({ type: 'initResp', config: { autoAction: null } });
    await refuse.answer({ type: 'set_refuse', on: false });
    expect(state.scripts).toBe(0);
    expect(await refuse.hear(HERE, { type: 'init' })).toBeNull();
  });

  it('keeps what is left to the person in a private window in memory', async () => {
    const { refuse, areas, state } = await switchedOn();
    await refuse.answer({ type: 'set_refuse_private', inPrivate: true });
    state.isPrivate = true;
    const there = { ...HERE, isPrivate: true };
    await refuse.answer({ type: 'except_host', host: 'shop.example', except: true, tab: 7 });
    expect(JSON.stringify([...areas.device.items])).not.toContain('shop.example');
    expect((await refuse.answer({ type: 'view_refuse', tab: 7 })).here).toMatchObject({ isException: true, acts: false });
    expect([await refuse.hear(there, found()), await refuse.hear(HERE, found())]).toEqual([null, { type: 'optOut' }]);
    await refuse.answer({ type: 'except_host', host: 'shop.example', except: false, tab: 7 });
    expect(await refuse.hear(there, found())).toEqual({ type: 'optOut' });
  });

  it('stays off where the browser did not allow it', async () => {
    const { refuse } = world(false);
    expect(await refuse.answer({ type: 'set_refuse', on: true })).toBe(false);
    expect((await refuse.answer({ type: 'view_refuse', tab: null })).on).toBe(false);
  });

  it('R46 says no and nothing else, and writes down what came of it', async () => {
    const { refuse, areas, state } = await switchedOn();
    expect(await refuse.hear(HERE, found())).toEqual({ type: 'optOut' });
    expect(await refuse.hear(HERE, done)).toEqual({ type: 'selfTest' });
    expect(await refuse.hear(HERE, { type: 'selfTestResult', cmp: 'Klaro', result: true })).toBeNull();
    expect(await allRefusals(areas.device)).toEqual([
      { host: 'shop.example', at: '2026-11-22T12:00:00.000Z', platform: 'Klaro', outcome: 'refused', confirmed: true },
    ]);
    expect(state.noted).toBe(2);
    expect(await refuse.lastIn(7, 'shop.example')).toMatchObject({ outcome: 'refused' });
    expect(await refuse.lastIn(7, 'other.example')).toBeNull();
    expect((await refuse.answer({ type: 'view_refuse', tab: 7 })).here?.last?.confirmed).toBe(true);
  });

  it('says so where it could not', async () => {
    const { refuse, areas } = await switchedOn();
    await refuse.hear(HERE, found());
    await refuse.hear(HERE, { type: 'optOutResult', cmp: 'Klaro', result: false });
    expect(await allRefusals(areas.device)).toMatchObject([{ outcome: 'failed', confirmed: null }]);
  });

  it('never goes over what the person is doing on the page', async () => {
    const { refuse, areas } = await switchedOn();
    expect(await refuse.hear(HERE, found(true))).toBeNull();
    expect(await allRefusals(areas.device)).toMatchObject([{ outcome: 'left' }]);
  });

  it('leaves a site out, whatever frame asks, and takes it in again', async () => {
    const { refuse } = await switchedOn();
    await refuse.answer({ type: 'except_host', host: 'shop.example', except: true });
    const frame = { ...HERE, frame: 3, url: 'https://platform.example/frame' };
    for (const speaker of [HERE, frame]) expect(await refuse.hear(speaker, { type: 'init' })).toBeNull();
    expect((await refuse.answer({ type: 'view_refuse', tab: 7 })).here).toMatchObject({ isException: true, acts: false });
    await refuse.answer({ type: 'except_host', host: 'shop.example', except: false });
    expect(await refuse.hear(HERE, { type: 'init' })).not.toBeNull();
  });

  it('does nothing in private windows unless asked, and writes nothing of them to disk', async () => {
    const { refuse, areas } = await switchedOn();
    const hidden = { ...HERE, isPrivate: true };
    expect(await refuse.hear(hidden, { type: 'init' })).toBeNull();
    expect(await refuse.hear(hidden, found())).toBeNull();
    await refuse.answer({ type: 'set_refuse_private', inPrivate: true });
    expect(await refuse.hear(hidden, found())).toEqual({ type: 'optOut' });
    await refuse.hear(hidden, done);
    expect(await allRefusals(areas.device)).toEqual([]);
    expect(await allRefusals(areas.session)).toHaveLength(1);
  });

  it('gives up on a page that asks again after each refusal', async () => {
    const { refuse, areas, state } = await switchedOn();
    for (let i = 0; i < 3; i += 1) {
      expect(await refuse.hear(HERE, found())).toEqual({ type: 'optOut' });
      await refuse.hear(HERE, done);
      state.now += 1000;
    }
    expect(await refuse.hear(HERE, found())).toBeNull();
    expect((await allRefusals(areas.device))[0]).toMatchObject({ outcome: 'failed' });
    state.now += 120_000;
    expect(await refuse.hear(HERE, found())).toEqual({ type: 'optOut' });
  });

  it('keeps both of two frames that speak at once', async () => {
    const { refuse, areas } = await switchedOn();
    await Promise.all([
      refuse.hear(HERE, { type: 'optOutResult', cmp: 'One', result: false }),
      refuse.hear({ ...HERE, frame: 4 }, { type: 'optOutResult', cmp: 'Two', result: false }),
    ]);
    expect((await allRefusals(areas.device)).map(({ platform }) => platform).sort()).toEqual(['One', 'Two']);
  });

  it('is off again after an update where the browser took the permission away', async () => {
    const { areas } = await switchedOn();
    const refuse = createRefuse({
      areas,
      now: () => 0,
      tab: () => Promise.resolve(null),
      rules: () => Promise.resolve(RULES),
      setScript: (on) => Promise.resolve(!on),
      runSnippet: () => Promise.resolve(false),
      noted: () => Promise.resolve(),
    });
    await refuse.restore();
    expect((await refuse.answer({ type: 'view_refuse', tab: null })).on).toBe(false);
  });
});

const stepsIn = (steps: readonly AutoConsentRuleStep[] = []): AutoConsentRuleStep[] =>
  steps.flatMap((step) => [
    step,
    ...stepsIn(step.if ? [step.if] : []),
    ...stepsIn(step.then),
    ...stepsIn(step.else),
    ...stepsIn(step.any),
  ]);
const snippetsOf = (steps: readonly AutoConsentRuleStep[] | undefined): string[] =>
  stepsIn(steps).flatMap((step) => (step.eval === undefined ? [] : [step.eval]));

describe('the rules it goes by', () => {
  const rules = decodeRules(RULES);
  /** Every way through the steps, as what is done on it. */
  const ways = (steps: readonly AutoConsentRuleStep[]): AutoConsentRuleStep[][] =>
    steps.reduce<AutoConsentRuleStep[][]>(
      (before, step) => {
        const on = step.if ? [...ways(step.then ?? []), ...ways(step.else ?? [])] : [[step]];
        return before.flatMap((way) => on.map((next) => [...way, ...next]));
      },
      [[]],
    );

  it('R46 hold no step to accept, and none that hides a dialog and calls it refused', () => {
    expect(rules.length).toBeGreaterThan(600);
    let hiding = 0;
    for (const { name, cosmetic, optIn, optOut } of rules) {
      expect(cosmetic).not.toBe(true);
      expect(optIn).toEqual([]);
      for (const way of ways(optOut).filter((steps) => steps.some(({ hide }) => hide !== undefined))) {
        hiding += 1;
        expect(
          way.some((step) => step.click ?? step.waitForThenClick ?? step.eval),
          name,
        ).toBeTruthy();
      }
    }
    expect(hiding).toBeGreaterThan(5);
  });

  it('R46 run only those of the tool’s own lines that its refusals need, never one that accepts', () => {
    const file = createRequire(import.meta.url).resolve('@duckduckgo/autoconsent/rules/rules.json');
    const { autoconsent } = JSON.parse(readFileSync(file, 'utf8')) as { autoconsent: AutoConsentCMPRule[] };
    const needed = new Set(
      autoconsent.flatMap(({ detectCmp, detectPopup, optOut, test }) =>
        [detectCmp, detectPopup, optOut, test].flatMap(snippetsOf),
      ),
    );
    const accepting = autoconsent.flatMap(({ optIn }) => snippetsOf(optIn)).filter((name) => !needed.has(name));
    expect(accepting.length).toBeGreaterThan(5);
    expect(accepting.filter(mayRun)).toEqual([]);
    expect([...needed].filter((name) => !mayRun(name))).toEqual([]);
    const saysYes = Object.keys(evalSnippets).filter((name) =>
      /acceptAll|allowAll|submitAll|AcceptAll|respondAll\(true|setConsentValue\(true|setConsent["'], 1/.test(
        String(evalSnippets[name as keyof typeof evalSnippets]),
      ),
    );
    expect(saysYes.length).toBeGreaterThan(5);
    expect(saysYes.filter(mayRun)).toEqual([]);
    for (const forged of ['constructor', '__proto__', 'alert(1)', 'toString']) expect(mayRun(forged)).toBe(false);
  });
});
