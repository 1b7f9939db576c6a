import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { ConsentEvent } from './event.ts';

const HASH = 'A'.repeat(43);
const event = {
  v: 1,
  id: '019abcde-0000-7000-8000-000000000001',
  log: 'localhost:8787/cpoms',
  seq: 1,
  prev: null,
  at: '2026-11-22T10:00:00.000Z',
  nonce: 'A'.repeat(22),
  start: { kind: 'new' },
  method: 'save_choices',
  actor: 'self',
  purposes: { statistics: 'refused', advertising: 'given' },
  terms: HASH,
  presentation: HASH,
  gpc: true,
  origin: 'http://cpoms.localhost:8788',
};
const valid = (change: object): boolean => v.is(ConsentEvent, { ...event, ...change });

describe('the consent event', () => {
  it('R47 says every purpose explicitly, with method, actor, terms and what was shown', () => {
    expect(valid({})).toBe(true);
    for (const key of [
      'id',
      'log',
      'seq',
      'at',
      'nonce',
      'method',
      'actor',
      'purposes',
      'terms',
      'presentation',
      'gpc',
      'origin',
    ]) {
      const { [key as keyof typeof event]: _left, ...rest } = event;
      expect(v.is(ConsentEvent, rest), key).toBe(false);
    }
    expect(valid({ purposes: { statistics: true } })).toBe(false);
    expect(valid({ purposes: {} })).toBe(false);
  });

  it('R52 has no place for an address, a user agent, a path or a query', () => {
    for (const extra of [
      { ip: '127.0.0.1' },
      { userAgent: 'x' },
      { origin: 'https://a.example/path' },
      { origin: 'https://a.example?q=1' },
      { email: 'a@b.example' },
    ])
      expect(valid(extra)).toBe(false);
  });

  it('numbers events per subject: only the first has no predecessor and says how the subject starts', () => {
    expect(valid({ seq: 2, prev: HASH, start: undefined })).toBe(true);
    for (const wrong of [
      { seq: 0 },
      { seq: 2 },
      { seq: 1, prev: HASH },
      { seq: 2, prev: HASH },
      { start: undefined },
      { seq: 1.5 },
    ])
      expect(valid(wrong)).toBe(false);
  });

  it('is bound to what was shown, unless it was restored or imported', () => {
    expect(valid({ presentation: null })).toBe(false);
    expect(valid({ presentation: null, method: 'import' })).toBe(true);
    expect(
      valid({ presentation: null, start: { kind: 'restored', day: '2026-11-01', choices: { statistics: 'refused' } } }),
    ).toBe(true);
  });

  it('R46 holds the signal of Global Privacy Control as a field, which is no choice by itself', () => {
    expect(valid({ gpc: false })).toBe(true);
    expect(valid({ gpc: 'given' })).toBe(false);
  });

  it('holds marketing per activity, sender and channel, with boxes that may be the only thing offered', () => {
    expect(valid({ method: 'form', purposes: {}, channels: { newsletter: { us: { email: 'given', post: 'refused' } } } })).toBe(
      true,
    );
    expect(valid({ channels: { newsletter: { us: { fax: 'given' } } } })).toBe(false);
  });

  it.each(['constructor', 'prototype', '__proto__'])('reads every key of what was chosen: "%s" cannot hide a state', (key) => {
    const hiding = (value: string) => JSON.parse(`{"statistics": "refused", "${key}": ${value}}`) as object;
    expect(valid({ purposes: hiding('"nonsense"') })).toBe(false);
    expect(valid({ purposes: hiding('"given"') })).toBe(false);
    expect(valid({ channels: hiding('{}') })).toBe(false);
    expect(valid({ channels: { newsletter: hiding('{}') } })).toBe(false);
    expect(valid({ channels: { newsletter: { us: hiding('"given"') } } })).toBe(false);
    expect(valid({ start: { kind: 'restored', day: '2026-11-01', choices: hiding('"given"') } })).toBe(false);
  });

  it('refuses ids, times and names of another form', () => {
    for (const wrong of [
      { id: event.id.toUpperCase() },
      { id: '00000000-0000-4000-8000-000000000000' },
      { at: '2026-11-22' },
      { at: '2026-13-22T10:00:00.000Z' },
      { nonce: 'A' },
      { log: 'x' },
      { terms: 'x' },
      { purposes: { 'Bad Id': 'given' } },
      { purposes: JSON.parse('{"__proto__": "given"}') as object },
    ])
      expect(valid(wrong)).toBe(false);
  });
});
