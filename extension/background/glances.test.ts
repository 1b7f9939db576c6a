import { describe, expect, it } from 'vitest';

import { createGlances } from './glances.ts';

/** A tab whose page is `visit`; null: it cannot be looked at. `told` is what a worker that ended left behind. */
function world() {
  const state = { visit: null as string | null, told: undefined as string | undefined, heard: [] as string[], moved: 0 };
  const start = () =>
    createGlances({
      glance: () => (state.visit === null ? Promise.reject(new Error('no page')) : Promise.resolve({ visit: state.visit })),
      visitOf: () => Promise.resolve(state.told),
      heard: (_tab, seen) => {
        state.told = (seen as { visit: string }).visit;
        state.heard.push(state.told);
        return Promise.resolve();
      },
      moved: () => {
        state.moved += 1;
        return Promise.resolve();
      },
    });
  return { state, start };
}

describe('when a page is looked at quickly', () => {
  it('once for each page, as soon as it stands there', async () => {
    const { state, start } = world();
    const glances = start();
    for (const visit of ['one', 'two']) {
      state.visit = visit;
      await glances.updated(7, { status: 'loading', url: `https://a.example/${visit}` });
      await glances.updated(7, { status: 'complete' });
    }
    expect([state.heard, state.moved]).toEqual([['one', 'two'], 0]);
  });

  it('again when it is complete, where what was looked at was the page before or the worker ended in between', async () => {
    const { state, start } = world();
    Object.assign(state, { visit: 'before', told: 'before' });
    const glances = start();
    await glances.updated(7, { status: 'loading' });
    state.visit = 'after';
    await glances.updated(7, { status: 'complete' });
    expect(state.heard).toEqual(['after']);
    state.visit = 'last';
    await start().updated(7, { status: 'complete' });
    expect(state.heard).toEqual(['after', 'last']);
  });

  it('asks the page itself where a script gave it another address, and hears it again where its head changed', async () => {
    const { state, start } = world();
    Object.assign(state, { visit: 'one', told: 'one' });
    const glances = start();
    await glances.updated(7, { url: 'https://a.example/next' });
    expect([state.heard, state.moved]).toEqual([[], 1]);
    await glances.changed(7);
    expect([state.heard, state.moved]).toEqual([['one'], 1]);
  });

  it('says nothing of what it cannot look at, nor of what is no page of ours', async () => {
    const { state, start } = world();
    const glances = start();
    await glances.updated(7, { status: 'loading' });
    await glances.updated(7, { status: 'complete' });
    await glances.changed(7);
    expect([state.heard, state.moved]).toEqual([[], 0]);
  });
});
