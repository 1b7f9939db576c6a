// Against a cookie jar of two scopes, as a browser keeps them: document.cookie names both and says of neither where it is from.
import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Mirror, MirrorState } from '../../shared/consent/mirror.ts';
import { isPending, isUnwritten, mirrorCookie, setPending, setUnwritten, writeMirror } from './cookies.ts';

let jar: Map<string, string>;

const mirror = (choices: Record<string, MirrorState>, day = '2026-11-20'): Mirror => ({
  terms: 'T'.repeat(16),
  day,
  until: '2100-01-01',
  choices,
});
const GIVEN = mirror({ statistics: 'given' });
const REFUSED = mirror({ statistics: 'refused' });

beforeEach(() => {
  jar = new Map();
  vi.stubGlobal('location', { protocol: 'https:', hostname: 'www.example.org' });
  vi.stubGlobal('document', {
    get cookie() {
      return [...jar.values()].join('; ');
    },
    set cookie(text: string) {
      const [pair = '', ...attributes] = text.split(';');
      const value = (name: string) => attributes.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
      const key = `${pair.split('=')[0]} ${value('Domain') ?? ''}`;
      if (Date.parse(value('Expires') ?? '') > Date.now()) jar.set(key, pair);
      else jar.delete(key);
    },
  });
});

describe('the mirror cookie', () => {
  it('R18 of another scope is gone when a choice is written, when the owner sets a domain and when they take it away', () => {
    writeMirror('example', GIVEN, null);
    writeMirror('example', REFUSED, 'example.org');
    expect([...jar.keys()]).toEqual(['candour_example example.org']);
    writeMirror('example', GIVEN, null);
    expect([...jar.keys()]).toEqual(['candour_example ']);
  });

  it('R18 that grants less holds, where two of one day stand side by side; else the newer', () => {
    const beside = (host: Mirror, domain: Mirror) => {
      writeMirror('example', domain, 'example.org');
      const kept = [...jar];
      writeMirror('example', host, null);
      for (const [key, value] of kept) jar.set(key, value);
      expect(jar.size).toBe(2);
      return mirrorCookie('example');
    };
    expect(beside(GIVEN, REFUSED)).toEqual(REFUSED);
    expect(beside(REFUSED, GIVEN)).toEqual(REFUSED);
    const later = mirror({ statistics: 'given' }, '2026-11-21');
    expect(beside(later, REFUSED)).toEqual(later);
    expect(beside(mirror({ statistics: 'given' }, '2026-11-19'), REFUSED)).toEqual(REFUSED);
  });
});

it('R9 R18 a choice that is too long for a cookie leaves no older one behind, which says what does not hold any more', () => {
  const { get = () => '', set = () => undefined } = Object.getOwnPropertyDescriptor(document, 'cookie') ?? {};
  Object.defineProperty(document, 'cookie', {
    get,
    // As browsers do it (RFC 6265bis): such a cookie is not taken, and nothing is said.
    set(text: string) {
      if ((text.split(';')[0] ?? '').length <= 4096) set.call(document, text);
    },
  });
  for (const domain of [null, 'example.org']) {
    writeMirror('example', GIVEN, domain);
    expect(mirrorCookie('example')).toEqual(GIVEN);
    const ids = Array.from({ length: 64 }, (_, i) => `${'p'.repeat(60)}-${i}`);
    writeMirror('example', mirror(Object.fromEntries(ids.map((id) => [id, 'refused']))), domain);
    expect([mirrorCookie('example'), jar.size]).toEqual([null, 0]);
  }
});

describe('the flag of what is not delivered', () => {
  it('does not forget a choice that was never written, before that is said', () => {
    setPending('example', true);
    expect([isPending('example'), isUnwritten('example')]).toEqual([true, false]);
    setUnwritten('example', true);
    setPending('example', false);
    setPending('example', true);
    expect(isUnwritten('example')).toBe(true);
    setUnwritten('example', false);
    expect([isPending('example'), isUnwritten('example')]).toEqual([true, false]);
    setPending('example', false);
    expect(jar.size).toBe(0);
  });
});
