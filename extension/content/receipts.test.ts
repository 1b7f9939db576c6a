// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { CAPS } from '../caps.ts';
import { HELLO, PATIENCE, READY } from '../page-world/channel.ts';
import { servePage } from '../page-world/serve.ts';
import { pageWorld } from './page-world.ts';
import { helperOfPage } from './receipts.ts';

const page: Pick<typeof globalThis, 'document' | 'CustomEvent'> & { candour?: unknown } = window;

/** Both halves share this document, as both worlds share a page's. */
const start = (first: 'page' | 'content') => {
  if (first === 'page') servePage(page);
  const askHelper = helperOfPage(pageWorld(document));
  const ask = () => askHelper('receipts');
  if (first === 'content') servePage(page);
  return ask;
};

beforeEach(() => {
  delete page.candour;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('a withdrawal through the page', () => {
  it('waits a little for a widget that comes after the page itself, and for none that never comes', async () => {
    servePage(page);
    const askHelper = helperOfPage(pageWorld(document));
    const withdraw = vi.fn<() => void>();
    const asked = askHelper('withdraw');
    await vi.advanceTimersByTimeAsync(1200);
    page.candour = { withdraw };
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect([await asked, withdraw.mock.calls.length]).toEqual([{ state: 'done' }, 1]);
    delete page.candour;
    const none = askHelper('withdraw');
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect(await none).toEqual({ state: 'no_way' });
  });
});

describe('receipts of the page', () => {
  it.each(['page', 'content'] as const)('come from window.candour when asked, with the %s half started first', async (first) => {
    const ask = start(first);
    const receipts = vi.fn<() => Promise<unknown>>(() => Promise.resolve([{ v: 1 }]));
    page.candour = { receipts };
    expect(receipts).not.toHaveBeenCalled();
    expect(await ask()).toEqual({ state: 'given', receipts: ['{"v":1}'], left: 0 });
    expect(receipts).toHaveBeenCalledOnce();
  });

  it('are none without a widget, and failed where it throws or hands out something else', async () => {
    const ask = start('page');
    expect(await ask()).toEqual({ state: 'no_widget' });
    page.candour = { receipts: () => Promise.reject(new Error('no')) };
    expect(await ask()).toEqual({ state: 'failed' });
    page.candour = { receipts: () => 'all of them' };
    expect(await ask()).toEqual({ state: 'failed' });
    page.candour = Object.defineProperty({}, 'receipts', {
      get: () => {
        throw new Error('trap');
      },
    });
    expect(await ask()).toEqual({ state: 'failed' });
  });

  it('R88 are cut to the newest and to a size each', async () => {
    const ask = start('page');
    page.candour = { receipts: () => [...Array(CAPS.receipts + 5).keys(), 'x'.repeat(CAPS.receipt)] };
    const given = await ask();
    expect(given).toMatchObject({ state: 'given', left: 7 });
    expect(given.state === 'given' && given.receipts.at(-1)).toBe(String(CAPS.receipts + 4));
  });

  it('fail after a while where the page never answers', async () => {
    const ask = start('page');
    page.candour = { receipts: () => new Promise(() => undefined) };
    const asked = ask();
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect(await asked).toEqual({ state: 'failed' });
  });

  it('tell a page nothing that asks for the secret later', () => {
    start('page');
    const heard = vi.fn<(event: Event) => void>();
    document.addEventListener(HELLO, heard);
    document.dispatchEvent(new CustomEvent(READY));
    expect(heard).not.toHaveBeenCalled();
    document.removeEventListener(HELLO, heard);
  });

  it('R88 ignore answers to a question that was not asked, and answers that are no such thing', async () => {
    const names: string[] = [];
    const spy = vi.spyOn(document, 'addEventListener').mockImplementation(function (
      this: Document,
      ...args: Parameters<Document['addEventListener']>
    ) {
      names.push(args[0]);
      return EventTarget.prototype.addEventListener.apply(this, args as never);
    });
    const ask = start('page');
    page.candour = { receipts: () => new Promise(() => undefined) };
    const asked = ask();
    const answer = names.find((name) => name.endsWith('!')) ?? '';
    spy.mockRestore();
    const forged = { state: 'given', receipts: ['{}'], left: 0 };
    for (const detail of [
      forged,
      JSON.stringify({ nonce: 'guess', given: forged }),
      '{',
      JSON.stringify({ nonce: 'x', given: { state: 'given' } }),
    ])
      document.dispatchEvent(new CustomEvent(answer, { detail }));
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect(answer).not.toBe('');
    expect(await asked).toEqual({ state: 'failed' });
  });
});
