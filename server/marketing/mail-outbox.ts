// Sends the mails about messages that wait in the store: soon, side by side, again with longer and longer pauses where the mail server
// is down, and never twice. Nobody who asks for one waits for it, and no mail waits for another's, so that neither an answer nor the
// arrival of somebody's own mail tells whether there was one for another address.
import { setImmediate as answersFirst, setTimeout as passing } from 'node:timers/promises';

import type { Logger } from 'pino';

import { BATCH, LEASE, PAUSES } from '../mail/attempts.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { ContactVault } from '../rights/contact-vault.ts';
import type { SiteContext, SiteRegistry } from '../site-context.ts';
import type { MailEnd, WaitingMail } from '../store/marketing-mail.ts';
import type { Store } from '../store/store.ts';
import { turns, type TurnEnd, type Turns } from '../turns.ts';
import type { Links } from './links.ts';
import { lettersOf, type Letter } from './mail-letters.ts';

const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000];
/** Of one kind to one address: nobody can be flooded through a form, nor can whoever orders one kind keep the other back. */
const MOST = 3;
/** ms that an address which takes no mail is left alone. */
const BOUNCED_FOR = 30 * DAY_MS;
/** ms in which somebody who objected to all advertising gets no more than that. */
const OBJECTED_FOR = 30 * DAY_MS;
/** ms that a mail is remembered behind its end. */
const REMEMBERED = 30 * DAY_MS;
/** Mails under way at once. */
const SIDE_BY_SIDE = 2 * BATCH;
/** ms: a link that nobody gets keeps its place for as long as the last mail took, and no longer than this. */
const LONGEST_PLACE = 20_000;

/** Sends what is due, soon. */
export type MailOutbox = Turns;

export interface OutboxSetting {
  store: Store;
  sites: SiteRegistry;
  vault: ContactVault;
  mailer: Mailer;
  links: Links;
  publicUrl: string;
  logger: Logger;
  now: () => Date;
}

/** Another process took the mail over meanwhile. */
class LostMail extends Error {
  override name = 'LostMail';
}

/** The server's word that this mailbox takes nothing (RFC 3463), or null: it may yet, or the fault is ours. */
export function bounceStatus(error: unknown): string | null {
  const { code, responseCode, response } = error as { code?: unknown; responseCode?: unknown; response?: unknown };
  if (code !== 'EENVELOPE' && code !== 'EMESSAGE') return null;
  if (typeof responseCode !== 'number' || responseCode < 500) return null;
  return /^5\d\d[ -](5\.\d{1,3}\.\d{1,3})\b/.exec(typeof response === 'string' ? response : '')?.[1] ?? '5.0.0';
}

/** Whether the address is to be left alone now. */
async function isTooMuch({ store, now }: OutboxSetting, { site }: SiteContext, { key, kind }: WaitingMail): Promise<boolean> {
  const at = now().getTime();
  const [bounced] = await store.marketingMail.bouncesOf(site, [key]);
  if (bounced && bounced.at > at - BOUNCED_FOR) return true;
  const isMost = async (since: number) => (await store.marketingMail.sentSince(site, { key, kind }, since)) >= MOST;
  if (await isMost(at - DAY_MS)) return true;
  const objections = (await store.suppressions.of(site, [key])).flatMap(({ reason, sender, since }) =>
    reason === 'objection' && sender === null ? [Date.parse(since)] : [],
  );
  // What was asked for before they objected must not stand in the way of who wants messages again.
  return objections.length > 0 && (await isMost(Math.max(at - OBJECTED_FOR, ...objections)));
}

/** What becomes of a mail that could not be sent. `handed`: all of it was sent, and only the server's word is missing. */
async function failed(
  { store, now }: OutboxSetting,
  { site }: SiteContext,
  mail: WaitingMail,
  { error, handed }: { error: unknown; handed: boolean },
): Promise<MailEnd> {
  const status = bounceStatus(error);
  if (status !== null) {
    await store.marketingMail.bounce(site, { key: mail.key, at: now().getTime(), status });
    return { state: 'bounced' };
  }
  const answered = typeof (error as { responseCode?: unknown }).responseCode === 'number';
  // It may have arrived: who is written to twice would have two links and wonder.
  if (handed && !answered) return { state: 'sent' };
  const pause = PAUSES[mail.attempts];
  return pause === undefined ? { state: 'failed' } : { state: 'due', dueAt: now().getTime() + pause };
}

/** Whether the mail server was asked. */
async function sendOne(setting: OutboxSetting, context: SiteContext, mail: WaitingMail, leased: number): Promise<boolean> {
  const { store, mailer, logger, now } = setting;
  const { site } = context;
  const end = (how: MailEnd): Promise<void> => store.marketingMail.ended(site, mail.id, how);
  if (mail.until <= now().getTime() || (await isTooMuch(setting, context, mail)))
    return end({ state: 'dropped' }).then(() => false);
  let [asked, handed] = [false, false];
  try {
    // What cannot be opened must not keep back what waits behind it.
    const letter: Letter | null = await lettersOf(setting, context, mail);
    if (!letter) return await end({ state: 'dropped' }).then(() => false);
    asked = true;
    await mailer.send({ ...letter, id: `${mail.id}.candour` }, async () => {
      if (!(await store.marketingMail.handed(site, mail.id, leased))) throw new LostMail('lent to another process');
      handed = true;
    });
    await end({ state: 'sent' });
  } catch (error) {
    if (error instanceof LostMail) return asked;
    const how = await failed(setting, context, mail, { error, handed });
    await end(how);
    // What a mail server says can hold the address: only its code is logged.
    logger.warn({ code: (error as { code?: unknown }).code ?? 'UNKNOWN', state: how.state }, 'a mail could not be sent');
  }
  return asked;
}

/** In the place of the outbox where there is no mail server: old mails are forgotten all the same, and the log says how many wait. */
export const mailsKept = ({ store, logger, now }: Pick<OutboxSetting, 'store' | 'logger' | 'now'>): Turns =>
  turns(
    async () => {
      for (const site of await store.sites()) {
        await store.marketingMail.purge(site, now().getTime() - REMEMBERED);
        const waiting = await store.marketingMail.waiting(site);
        if (waiting > 0)
          logger.warn({ site: site.id, waiting }, 'mails about messages wait, and there is no mail server for them');
      }
    },
    {
      every: DAY_MS,
      start: true,
      onError: (error) => logger.error({ error: error.message }, 'old mails about messages were not forgotten'),
    },
  );

export function mailOutbox(setting: OutboxSetting): MailOutbox {
  const { store, sites, logger, now } = setting;
  const onError = (error: Error): void => logger.error({ error: error.message }, 'mails about messages failed');
  /** By their address: mails to one are sent one after the other, so that they are counted. */
  const underWay = new Map<string, Promise<void>>();
  let places = 0;
  /** ms */
  let took = 0;
  const closing = new AbortController();

  /** Leaves its place among those that are under way neither sooner nor later for want of a reader. */
  async function inItsPlace(context: SiteContext, mail: WaitingMail, leased: number): Promise<void> {
    if (closing.signal.aborted) return;
    const started = performance.now();
    const asked = await sendOne(setting, context, mail, leased);
    const spent = performance.now() - started;
    if (asked) took = Math.min(spent, LONGEST_PLACE);
    else if (mail.kind === 'choices' && took > spent) await passing(took - spent, null, closing);
  }

  function begin(context: SiteContext, mail: WaitingMail, leased: number): void {
    const about = `${context.site.id} ${mail.key}`;
    places++;
    const sending: Promise<void> = (underWay.get(about) ?? Promise.resolve())
      .then(() => inItsPlace(context, mail, leased))
      .catch((error: unknown) => closing.signal.aborted || onError(error as Error))
      .then(() => {
        places--;
        if (underWay.get(about) === sending) underWay.delete(about);
      });
    underWay.set(about, sending);
  }

  async function flush(isClosed: () => boolean): Promise<TurnEnd> {
    // Who asked has their answer before anything is looked up: it takes as long for an address that is not known.
    await answersFirst();
    let more = false;
    for (const site of await store.sites()) {
      await store.marketingMail.purge(site, now().getTime() - REMEMBERED);
      while (places > SIDE_BY_SIDE - BATCH) await Promise.race(underWay.values());
      if (isClosed()) return {};
      const [at, context] = [now().getTime(), await sites.get(site.id)];
      const mails = await store.marketingMail.claim(site, { now: at, until: at + LEASE, limit: BATCH });
      if (mails.length === BATCH) more = true;
      for (const mail of mails) begin(context, mail, at + LEASE);
    }
    return { more };
  }
  // What waits for its next attempt, or was left by another process.
  const claiming = turns(flush, { every: MINUTE_MS, onError });
  const settled = async (): Promise<void> => void (await Promise.all(underWay.values()));
  return {
    kick: () => claiming.kick(),
    async idle() {
      do {
        await claiming.idle();
        await settled();
      } while (places > 0);
    },
    async close() {
      closing.abort();
      await claiming.close();
      await settled();
    },
  };
}
