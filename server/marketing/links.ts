// What stands in the links of mails: encrypted, so that nobody reads a person out of an address, and complete in itself, so that
// stopping works even where the contact was erased, and for as long as the mail is kept.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

import { fromBase64Url, toBase64Url } from '../../shared/bytes.ts';
import { ADDRESS_KINDS, type AddressKind } from '../../shared/marketing/channel.ts';
import { CHANNELS, type Channel } from '../../shared/notice/schema.ts';

/** Stops one channel of one sender, or everything; shows nothing. Never ends. */
export interface StopLink {
  kind: 'stop';
  /** base64url: keyed hash of the address, under which a suppression is written. */
  key: string;
  channel: Channel;
  /** Of the site's configuration: those that the mail is about; none: all that there are when it is opened. */
  senders: readonly string[];
}
/** Opens somebody's own page, until that day. */
export interface ChoicesLink {
  kind: 'choices';
  key: string;
  /** What kind of address it went to. */
  address: AddressKind;
  /** ms since 1970: the end of a day. */
  until: number;
}
export type Link = StopLink | ChoicesLink;

export interface Links {
  /** Letters, digits, - and _. */
  seal(site: string, link: Link): string;
  /** Null for what was not sealed here, for another site, or is over. */
  open<K extends Link['kind']>(site: string, kind: K, text: string, now: number): Extract<Link, { kind: K }> | null;
  /** What the link of a confirmation holds: the same for one mail each time, and nobody's guess. */
  token(site: string, mail: string): string;
}

const [NONCE, TAG, KEY] = [12, 16, 32];
const DAY_MS = 86_400_000;
/** No link is longer. */
const MOST = 1000;
/** Characters of all senders' ids in a link: more would not fit into one line of a mail. */
const MOST_SENDERS = 400;
const KINDS = ['stop', 'choices'] as const;
const VERSION = 1;

function written(link: Link): Buffer {
  const head = Buffer.from([VERSION, KINDS.indexOf(link.kind)]);
  const key = Buffer.from(fromBase64Url(link.key));
  if (link.kind === 'choices') {
    const day = Buffer.alloc(4);
    day.writeUInt32BE(Math.ceil(link.until / DAY_MS));
    return Buffer.concat([head, key, day, Buffer.from([ADDRESS_KINDS.indexOf(link.address)])]);
  }
  const senders = link.senders.join(' ');
  // Whom it cannot name one by one, it stops with all others.
  const named = Buffer.from(senders.length > MOST_SENDERS ? '' : senders);
  return Buffer.concat([head, key, Buffer.from([CHANNELS.indexOf(link.channel)]), named]);
}

/** Of what `written` wrote. */
function read(plain: Buffer): Link | null {
  const [version, kind] = [plain[0], KINDS[plain[1] ?? -1]];
  if (version !== VERSION || kind === undefined) return null;
  const key = toBase64Url(plain.subarray(2, 2 + KEY));
  const rest = plain.subarray(2 + KEY);
  // Links that say no kind went to mailboxes, nearly all of them.
  if (kind === 'choices')
    return { kind, key, until: rest.readUInt32BE() * DAY_MS, address: ADDRESS_KINDS[rest[4] ?? 0] ?? 'email' };
  const channel = CHANNELS[rest[0] ?? -1];
  return channel === undefined ? null : { kind, key, channel, senders: rest.subarray(1).toString().split(' ').filter(Boolean) };
}

interface SealedUnder {
  key: Uint8Array;
  about: Buffer;
}

function opened(bytes: Buffer, { key, about }: SealedUnder): Buffer | null {
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    .setAAD(about)
    .setAuthTag(bytes.subarray(-TAG));
  try {
    // The tag is compared in constant time.
    return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
  } catch {
    return null;
  }
}

/** `finding`: the key that addresses are found by, which outlives a change of CANDOUR_SECRET. */
export function links(finding: Uint8Array): Links {
  const derive = (use: string) => new Uint8Array(hkdfSync('sha256', finding, '', `candour/1 marketing: ${use}`, 32));
  const tokens = derive('tokens of confirmations');
  // A key for each site, so that none ever comes near the most messages that one key may seal with random nonces (2^32).
  const sealing = (site: string): SealedUnder => ({ key: derive(`links of ${site}`), about: Buffer.from(`link 2 ${site}`) });
  // Links of mails that were sent before never end: they were sealed under one key for all sites.
  const before = derive('links');
  const former = (site: string): SealedUnder => ({ key: before, about: Buffer.from(`link ${site}`) });
  return {
    seal(site, link) {
      const { key, about } = sealing(site);
      const nonce = randomBytes(NONCE);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(about);
      return toBase64Url(Buffer.concat([nonce, cipher.update(written(link)), cipher.final(), cipher.getAuthTag()]));
    },
    open(site, kind, text, now) {
      if (text.length > MOST || !/^[\w-]+$/.test(text)) return null;
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length < NONCE + TAG + 2 + KEY) return null;
      const plain = opened(bytes, sealing(site)) ?? opened(bytes, former(site));
      const link = plain && read(plain);
      if (link?.kind !== kind || (link.kind === 'choices' && link.until < now)) return null;
      return link as Extract<Link, { kind: typeof kind }>;
    },
    token: (site, mail) => toBase64Url(new Uint8Array(hkdfSync('sha256', tokens, '', `${site}\n${mail}`, 32))),
  };
}
