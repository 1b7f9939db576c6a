// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { answerName, HELLO, PATIENCE, READY } from '../page-world/channel.ts';
import { servePage } from '../page-world/serve.ts';
import { doerOfPage } from './deeds.ts';
import { meetPageWorld, pageWorld, twoRandoms } from './page-world.ts';

const page = window as Pick<typeof globalThis, 'document' | 'CustomEvent'> & { candour?: unknown };

let secret = '';

/** Both halves share this document, as both worlds share a page's. */
const start = (first: 'page' | 'content') => {
  if (first === 'page') servePage(page);
  [secret] = twoRandoms();
  meetPageWorld(document, secret);
  const doDeed = doerOfPage(pageWorld(secret));
  if (first === 'content') servePage(page);
  return doDeed;
};

beforeEach(() => {
  delete page.candour;
  vi.useFakeTimers();
});
afterEach(() => vi.useRealTimers());

describe('what the person asks of the page', () => {
  it.each(['page', 'content'] as const)('is done by its widget, with the %s half started first', async (first) => {
    const doDeed = start(first);
    const withdraw = vi.fn<() => void>();
    page.candour = { withdraw };
    expect([await doDeed('withdraw'), withdraw.mock.calls.length]).toEqual([{ state: 'done' }, 1]);
    page.candour = { withdraw: () => Promise.reject(new Error('no')) };
    expect(await doDeed('withdraw')).toEqual({ state: 'failed' });
  });

  it('waits a little for a widget that comes after the page itself, and for none that never comes', async () => {
    const doDeed = start('page');
    const withdraw = vi.fn<() => void>();
    const asked = doDeed('withdraw');
    await vi.advanceTimersByTimeAsync(1200);
    page.candour = { withdraw };
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect([await asked, withdraw.mock.calls.length]).toEqual([{ state: 'done' }, 1]);
    delete page.candour;
    const none = doDeed('withdraw');
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect(await none).toEqual({ state: 'no_way' });
  });

  it('fails after a while where the page never answers', async () => {
    const doDeed = start('page');
    page.candour = { withdraw: () => new Promise(() => undefined) };
    const asked = doDeed('withdraw');
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect(await asked).toEqual({ state: 'failed' });
  });

  it('tells a page nothing that asks for the secret later', () => {
    start('page');
    const heard = vi.fn<(event: Event) => void>();
    document.addEventListener(HELLO, heard);
    document.dispatchEvent(new CustomEvent(READY));
    expect(heard).not.toHaveBeenCalled();
    document.removeEventListener(HELLO, heard);
  });

  it('R88 is not done by answers to a question that was not asked, nor by what is no answer', async () => {
    const doDeed = start('page');
    page.candour = { withdraw: () => new Promise(() => undefined) };
    const asked = doDeed('withdraw');
    const forged = { state: 'done' };
    for (const detail of [forged, JSON.stringify({ nonce: 'guess', given: forged }), '{', JSON.stringify({ given: forged })])
      document.dispatchEvent(new CustomEvent(answerName(secret), { detail }));
    await vi.advanceTimersByTimeAsync(PATIENCE);
    expect(await asked).toEqual({ state: 'failed' });
  });
});
