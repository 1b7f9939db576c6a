// @vitest-environment happy-dom
import { describe, expect, it, vi } from 'vitest';

import { SIGNAL_RECIPES } from '../signals/recipes.ts';
import { signalReader } from './signal-reader.ts';

const { tcf, googleState, candour } = SIGNAL_RECIPES;

/** Replaces what a page may replace, and notes which of it is used by the code under test. Gives back what undoes it. */
function replaceAll(seen: string[]): () => void {
  const places: [on: object, key: PropertyKey][] = [
    ...(['stringify', 'parse'] as const).map((key): [object, string] => [JSON, key]),
    ...(['get', 'apply', 'defineProperty'] as const).map((key): [object, string] => [Reflect, key]),
    ...(['bind', 'call', 'apply'] as const).map((key): [object, string] => [Function.prototype, key]),
    ...(['then', 'constructor'] as const).map((key): [object, string] => [Promise.prototype, key]),
    ...(['map', 'join', 'push', 'constructor'] as const).map((key): [object, string] => [Array.prototype, key]),
    [Array.prototype, Symbol.iterator],
    [Promise, Symbol.species],
    ...[JSON.stringify, Reflect.get, Reflect.apply].map((of): [object, string] => [of, 'name']),
    ...(['stop', 'command', 'keys', 'listenerId', 'toJSON'] as const).map((key): [object, string] => [Object.prototype, key]),
    [globalThis, 'setTimeout'],
  ];
  const befores = places.map(([on, key]) => Object.getOwnPropertyDescriptor(on, key));
  const { defineProperty, deleteProperty } = Reflect;
  const callerOf = (stack = ''): string => stack.slice(stack.indexOf('\n', stack.indexOf('\n') + 1)).slice(1, 300);
  places.forEach(([on, key], i) => {
    const before = befores[i];
    defineProperty(on, key, {
      configurable: true,
      get() {
        const caller = callerOf(new Error('who').stack);
        if (caller.slice(0, caller.indexOf('\n')).includes('signal-reader.ts')) seen[seen.length] = String(key);
        return before?.value as unknown;
      },
    });
  });
  return () => {
    for (let i = 0; i < places.length; i++) {
      // No iterator: it is replaced too.
      const place = places[i] as [object, PropertyKey];
      const before = befores[i];
      if (before) defineProperty(place[0], place[1], before);
      else deleteProperty(place[0], place[1]);
    }
  };
}

describe('what reads signals in the page’s world', () => {
  it('R88 leaves a page no line of the extension to see, and uses nothing that a page replaced', async () => {
    const stacks: string[] = [];
    const seen: string[] = [];
    const trap = (): void => {
      stacks[stacks.length] = String(new Error('who').stack);
    };
    const text = Function.prototype.toString;
    const page = {
      __tcfapi(_command: string, _version: number, callback: (value: unknown) => void) {
        trap();
        stacks[stacks.length] = Reflect.getOwnPropertyDescriptor(callback, 'name')?.value + text.apply(callback);
        callback({ tcString: 'CQ' });
      },
      get google_tag_data() {
        trap();
        return {
          get ics() {
            trap();
            return {
              get entries() {
                trap();
                return {};
              },
            };
          },
        };
      },
      candour: {
        status() {
          trap();
          return {};
        },
      },
    };
    const read = signalReader(page);
    const restore = { done: (): void => undefined };
    const json = await new Promise<string>((resolve) => {
      const given = [tcf, googleState, candour];
      const apply = Reflect.apply;
      restore.done = replaceAll(seen);
      read(given, (text_) => {
        restore.done();
        apply(resolve, undefined, [text_]);
      });
    });
    expect(json).toBe('[[{"tcString":"CQ"}],[{"entries":{}}],[{}]]');
    expect(seen).toEqual([]);
    expect(stacks.length).toBe(6);
    expect(stacks.join('\n')).toContain('[native code]');
    expect(stacks.join('\n')).not.toMatch(/page-world\/signal-reader\.ts/);
  });

  it('R88 takes nothing from a prototype for part of a recipe', async () => {
    const lists = Array.prototype as unknown as Record<number, unknown>;
    lists[1] = lists[2] = 'more';
    try {
      const page = { candour: { status: () => ({ statistics: 'given' }) }, google_tag_data: { ics: { entries: {} } } };
      const json = await new Promise<string>((resolve) => signalReader(page)([googleState, candour], resolve));
      expect(json).toBe('[[{"entries":{}}],[{"statistics":"given"}]]');
    } finally {
      delete lists[1];
      delete lists[2];
    }
  });

  it('R88 gives one answer, however often the page calls back, and says which could not be read', async () => {
    vi.useFakeTimers();
    const page = {
      __tcfapi: (_command: string, _version: number, callback: (value: unknown) => void) => {
        for (let i = 0; i < 1000; i++) callback({ tcString: String(i) });
      },
      candour: { status: () => new Promise(() => undefined) },
      google_tag_data: { ics: { entries: { ad_storage: 'x'.repeat(200_000) } } },
    };
    const answers: string[] = [];
    signalReader(page)([tcf, googleState, candour, SIGNAL_RECIPES.uet], (json) => answers.push(json));
    await vi.advanceTimersByTimeAsync(60_000);
    vi.useRealTimers();
    expect(answers).toEqual(['[[{"tcString":"0"}],0,0,null]']);
  });
});
