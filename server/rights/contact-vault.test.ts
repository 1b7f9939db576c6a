import { describe, expect, it } from 'vitest';

import { contactVault } from './contact-vault.ts';

const vault = contactVault('a secret that is long enough for a test');
const PLACE = 'example/abcd-efgh-jkmn';

describe('contact details at rest', () => {
  it('R71 open with their own key, place and secret only', () => {
    const key = vault.makeKey(PLACE);
    const sealed = vault.seal(key, PLACE, 'pat@example.net');
    expect(vault.open(key, PLACE, sealed)).toBe('pat@example.net');
    expect(() => vault.open(vault.makeKey(PLACE), PLACE, sealed)).toThrow();
    expect(() => vault.open(key, 'other/abcd-efgh-jkmn', sealed)).toThrow();
    expect(() => contactVault('another secret that is long enough').open(key, PLACE, sealed)).toThrow();
    expect(() =>
      vault.open(
        key,
        PLACE,
        sealed.map((byte, i) => (i === 14 ? byte ^ 1 : byte)),
      ),
    ).toThrow();
    expect(() => vault.open(key, PLACE, new Uint8Array(8))).toThrow(RangeError);
  });

  it('R71 never look alike, and say nothing of what they hold', () => {
    const key = vault.makeKey(PLACE);
    const [one, two] = [vault.seal(key, PLACE, 'pat@example.net'), vault.seal(key, PLACE, 'pat@example.net')];
    expect(Buffer.from(one).equals(Buffer.from(two))).toBe(false);
    expect(Buffer.from(one).toString('latin1')).not.toContain('pat');
  });

  it('R71 are found by a keyed hash of the address, per site, however it is spelt', () => {
    const hex = (site: string, email: string, from = vault) => Buffer.from(from.lookup(site, email)).toString('hex');
    expect(hex('example', ' Pat@Example.NET ')).toBe(hex('example', 'pat@example.net'));
    expect(hex('example', 'pat@example.net')).not.toBe(hex('other', 'pat@example.net'));
    expect(hex('example', 'pat@example.net')).not.toBe(hex('example', 'p.at@example.net'));
    expect(hex('example', 'x')).not.toBe(hex('example', 'x', contactVault('another secret that is long enough')));
  });
});
