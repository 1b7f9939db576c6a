import { createCipheriv, hkdfSync, randomBytes } from 'node:crypto';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CHANNELS } from '../../shared/notice/schema.ts';
import { links, type Link } from './links.ts';

const NOW = Date.parse('2026-11-22T12:00:00Z');
const { seal, open, token } = links(randomBytes(32));
const key = randomBytes(32).toString('base64url');
const stop: Link = { kind: 'stop', key, channel: 'email', senders: ['the-shop'] };

describe('links in mails', () => {
  it('give back what they were made of, for their own site and kind only', () => {
    for (const channel of CHANNELS) {
      const text = seal('shop', { ...stop, channel });
      expect(open('shop', 'stop', text, NOW)).toEqual({ ...stop, channel });
      expect([open('other', 'stop', text, NOW), open('shop', 'choices', text, NOW)]).toEqual([null, null]);
    }
    expect(links(randomBytes(32)).open('shop', 'stop', seal('shop', stop), NOW)).toBeNull();
  });

  it('a stop never ends; the page of somebody ends with its day', () => {
    expect(open('shop', 'stop', seal('shop', stop), NOW * 2)).not.toBeNull();
    const until = Date.parse('2026-11-29T08:00:00Z');
    const text = seal('shop', { kind: 'choices', key, until, address: 'phone' });
    expect(open('shop', 'choices', text, until)).toEqual({
      kind: 'choices',
      key,
      until: Date.parse('2026-11-30T00:00:00Z'),
      address: 'phone',
    });
    expect(open('shop', 'choices', text, Date.parse('2026-11-30T00:00:00.001Z'))).toBeNull();
  });

  it('one of a mail about several senders names them all, and all of the site where that would be too long for a mail', () => {
    const senders = Array.from({ length: 6 }, (_, i) => `${'a'.repeat(61)}-${i}`);
    expect(open('shop', 'stop', seal('shop', { ...stop, senders }), NOW)).toEqual({ ...stop, senders });
    const text = seal('shop', { ...stop, senders: [...senders, 'another-one-that-is-too-many'] });
    expect(text.length).toBeLessThan(700);
    expect(open('shop', 'stop', text, NOW)).toEqual({ ...stop, senders: [] });
  });

  it('hold nothing that could be read: not the key of the address, and one person’s two links share no beginning', () => {
    const [one, two] = [seal('shop', stop), seal('shop', stop)];
    expect(one).toMatch(/^[\w-]{80,160}$/);
    expect(Buffer.from(one, 'base64url').includes(Buffer.from(key, 'base64url'))).toBe(false);
    expect(one.slice(0, 12)).not.toBe(two.slice(0, 12));
  });

  it('changed by one bit, cut or made up they are none', () => {
    const bytes = Buffer.from(seal('shop', stop), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(open('shop', 'stop', changed.toString('base64url'), NOW)).toBeNull();
    }
    fc.assert(fc.property(fc.string({ maxLength: 400 }), (text) => open('shop', 'stop', text, NOW) === null));
  });

  it('those of mails from before each site had a key of its own still open, on their site alone', () => {
    // As it was sealed when one key served all sites.
    const [finding, nonce] = [new Uint8Array(32).fill(7), new Uint8Array(12).fill(9)];
    const plain = Buffer.concat([Buffer.from([1, 0]), Buffer.from(key, 'base64url'), Buffer.from([0]), Buffer.from('the-shop')]);
    const one = new Uint8Array(hkdfSync('sha256', finding, '', 'candour/1 marketing: links', 32));
    const cipher = createCipheriv('aes-256-gcm', one, nonce).setAAD(Buffer.from('link shop'));
    const text = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    expect(links(finding).open('shop', 'stop', text, NOW)).toEqual(stop);
    expect(links(finding).open('other', 'stop', text, NOW)).toBeNull();
  });

  it('the page of somebody from before its link said what kind of address it went to is that of a mailbox', () => {
    const nonce = new Uint8Array(12).fill(9);
    const day = Buffer.alloc(4);
    day.writeUInt32BE(Math.ceil(NOW / 86_400_000));
    const plain = Buffer.concat([Buffer.from([1, 1]), Buffer.from(key, 'base64url'), day]);
    const finding = new Uint8Array(32).fill(7);
    const one = new Uint8Array(hkdfSync('sha256', finding, '', 'candour/1 marketing: links', 32));
    const cipher = createCipheriv('aes-256-gcm', one, nonce).setAAD(Buffer.from('link shop'));
    const text = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
    expect(links(finding).open('shop', 'choices', text, NOW)).toMatchObject({ key, address: 'email' });
  });

  it('tokens of confirmations are of one mail of one site, the same each time', () => {
    const all = [token('shop', 'a'), token('shop', 'b'), token('other', 'a')];
    expect(token('shop', 'a')).toBe(all[0]);
    expect(new Set(all).size).toBe(3);
    for (const one of all) expect(one).toMatch(/^[\w-]{43}$/);
  });
});
