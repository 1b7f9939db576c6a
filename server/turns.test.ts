import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { turns, type TurnEnd } from './turns.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Turns that end when they are told to. */
function asked() {
  const ends: ((end: TurnEnd | Error) => void)[] = [];
  const work = () =>
    new Promise<TurnEnd>((resolve, reject) => {
      ends.push((end) => (end instanceof Error ? reject(end) : resolve(end)));
    });
  const end = async (how: TurnEnd | Error = {}): Promise<void> => {
    ends.at(-1)?.(how);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { work, end, begun: () => ends.length };
}

it('one at a time: whoever asks meanwhile is served by one more, and there is one more where more is said to wait', async () => {
  const { work, end, begun } = asked();
  const loop = turns(work, { every: 1000, onError: () => undefined });
  expect(begun()).toBe(0);
  for (let i = 0; i < 3; i++) loop.kick();
  expect(begun()).toBe(1);
  await end();
  expect(begun(), 'for the two that came meanwhile').toBe(2);
  await end({ more: true });
  expect(begun()).toBe(3);
  await end();
  await loop.idle();
  expect(begun()).toBe(3);
  await vi.advanceTimersByTimeAsync(999);
  expect(begun()).toBe(3);
  await vi.advanceTimersByTimeAsync(1);
  expect(begun()).toBe(4);
  const closing = loop.close();
  await end({ more: true });
  await closing;
  loop.kick();
  await vi.advanceTimersByTimeAsync(5000);
  expect(begun(), 'closed').toBe(4);
});

it('what failed waits for its time, also where somebody asked meanwhile', async () => {
  const { work, end, begun } = asked();
  const told: string[] = [];
  const loop = turns(work, { every: 1000, retryAfter: 50, start: true, onError: ({ message }) => void told.push(message) });
  loop.kick();
  await end(new Error('down'));
  expect([begun(), told]).toEqual([1, ['down']]);
  await vi.advanceTimersByTimeAsync(50);
  expect(begun()).toBe(2);
  await end({ failed: true });
  await vi.advanceTimersByTimeAsync(50);
  expect(begun()).toBe(3);
  await end();
  await loop.close();
});
