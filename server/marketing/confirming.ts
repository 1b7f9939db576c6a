// Which words ask for a confirmation by mail (double opt-in), and the mail that asks for it. The mail is written down in the transaction
// of the words themselves: a service that is killed right behind it still sends it.
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { confirmedOf, isAsked } from '../../shared/marketing/confirmed.ts';
import { CHANNELS, type Channel } from '../../shared/notice/schema.ts';
import type { StoredContact } from '../store/contacts.ts';
import type { AskedChannels, ConfirmationMail } from '../store/marketing-mail.ts';
import { sha256 } from '../verifier.ts';
import type { SiteContext } from '../site-context.ts';
import type { Links } from './links.ts';

export const CONFIRM_DAYS = 7;
const DAY_MS = 86_400_000;

/** A yes that came with an address. */
export interface ToConfirm {
  contact: Pick<StoredContact, 'id' | 'key' | 'kind' | 'sealed'>;
  /** Under whom it is stored. */
  subject: string;
  /** jwsHash of the event or the attestation. */
  hash: string;
  channels: ConsentEvent['channels'];
  /** By the clock of whoever said it; as late as its arrival at the most. */
  saidAt: number;
  at: Date;
}
/** Null: nothing of it is to be confirmed, or no mail reaches that contact. */
export type Confirming = (yes: ToConfirm) => ConfirmationMail | null;

/** Of what was said yes to, that which `asks` keeps. */
function askedOf(channels: ConsentEvent['channels'], asks: (sender: string, channel: Channel) => boolean): AskedChannels {
  const asked: Record<string, Record<string, Record<string, 'given'>>> = {};
  for (const [activity, senders] of Object.entries(channels ?? {}))
    for (const [sender, states] of Object.entries(senders))
      for (const channel of CHANNELS)
        if (states[channel] === 'given' && asks(sender, channel)) ((asked[activity] ??= {})[sender] ??= {})[channel] = 'given';
  return asked;
}

/** `hash`: of the words. The same words and the same contact give the same mail, however often they arrive. */
export const confirmationId = (hash: string, contact: string): string =>
  Buffer.from(sha256(utf8(`${hash} ${contact}`)))
    .subarray(0, 16)
    .toString('hex');

/** `everything`: also where the sender asks for no confirmations. */
export const confirmingOf =
  (
    links: Links,
    { site, configuration, configurations }: Pick<SiteContext, 'site' | 'configuration' | 'configurations'>,
    { everything = false } = {},
  ): Confirming =>
  (yes) => {
    const { contact, subject, hash, channels, saidAt, at } = yes;
    if (contact.kind !== 'email' || contact.sealed === null) return null;
    const between = { earliest: Math.min(saidAt, at.getTime()), latest: at.getTime() };
    const asked = askedOf(
      channels,
      (sender, channel) => everything || isAsked(confirmedOf(configurations, sender), channel, between),
    );
    if (Object.keys(asked).length === 0) return null;
    const id = confirmationId(hash, contact.id);
    return {
      kind: 'confirmation',
      id,
      key: contact.key,
      language: configuration.languages[0] ?? 'en',
      createdAt: at.getTime(),
      until: at.getTime() + CONFIRM_DAYS * DAY_MS,
      token: sha256(utf8(links.token(site.id, id))),
      contact: contact.id,
      subject,
      event: hash,
      asked,
    };
  };

/** What the store knows of the link's token. */
export const tokenHash = (token: string): Uint8Array => sha256(utf8(token));
export const isToken = (text: string): boolean =>
  /^[\w-]{43}$/.test(text) && text === toBase64Url(Buffer.from(text, 'base64url'));
