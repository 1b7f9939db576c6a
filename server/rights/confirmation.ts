// The mail that confirms a request. It leaves after the answer of the page and in a turn of its own, so that neither the answer
// nor its timing tells anything about an address; what could not be sent is tried again.
import { randomBytes } from 'node:crypto';

import type { Logger } from 'pino';

import type { Mailer } from '../mail/mailer.ts';
import type { SiteContext, SiteRegistry } from '../site-context.ts';
import type { StoredRequest } from '../store/requests.ts';
import { turns, type TurnEnd, type Turns } from '../turns.ts';
import { sha256 } from '../verifier.ts';
import { isPermanent, sendLetters } from './letter-outbox.ts';
import { CONFIRM_HOURS, confirmationLetter } from './letters.ts';
import { contactOf, takeStep, type Register } from './register.ts';

const HOUR_MS = 3_600_000;
/** To one address in a day: nobody can be flooded through this page. */
const MAILS_A_DAY = 3;
const BATCH = 20;
/** After that long a process that began to send is taken to be gone. */
const STALE_MS = 5 * 60_000;

/** Sends what is due, soon and one after the other. */
export type Confirmations = Turns;

export interface ConfirmationSetting extends Register {
  sites: SiteRegistry;
  mailer: Mailer;
  publicUrl: string;
  logger: Logger;
  /** ms until what failed is tried again. */
  retryAfter?: number;
}

async function sendOne(setting: ConfirmationSetting, context: SiteContext, request: StoredRequest): Promise<void> {
  const { store, now, mailer, publicUrl } = setting;
  const { site } = context;
  const at = now().getTime();
  if (!(await store.rights.claimMail(site, request.id, at - STALE_MS, at))) return;
  try {
    const key = await store.rights.key(site, request.id);
    const email = (await contactOf(setting, context, request))?.email;
    const tooMany = key?.lookup && (await store.rights.countByLookup(site, key.lookup, at - 24 * HOUR_MS)) > MAILS_A_DAY;
    if (!email || tooMany) return await store.rights.drop(site, request.id);
    const token = randomBytes(32).toString('base64url');
    const link = `${publicUrl}/r/${site.id}/confirm/${token}`;
    // The token is there before the mail is: a link that was sent always works.
    await store.rights.setToken(site, request.id, sha256(Buffer.from(token)), request.receivedAt + CONFIRM_HOURS * HOUR_MS);
    await mailer.send({ to: email, fromName: site.name, ...confirmationLetter(site.name, request.kind, link) });
    await store.rights.mailEnded(site, request.id, 'sent');
  } catch (error) {
    if (isPermanent(error)) return await store.rights.drop(site, request.id);
    await store.rights.mailEnded(site, request.id, 'due');
    throw error;
  }
}

export function confirmations(setting: ConfirmationSetting): Confirmations {
  const { store, sites, logger, now, retryAfter = 60_000 } = setting;

  async function flush(isClosed: () => boolean): Promise<TurnEnd> {
    let [more, failed] = [false, false];
    for (const site of await store.sites()) {
      await store.rights.dropUnconfirmed(site, now().getTime() - CONFIRM_HOURS * HOUR_MS);
      const context = await sites.get(site.id);
      if ((await sendLetters(setting, context)).failed > 0 || (await store.rights.letters(site, 'due')) > 0) failed = true;
      const due = await store.rights.mailDue(site, now().getTime() - STALE_MS, BATCH);
      if (due.length === BATCH) more = true;
      for (const request of due) {
        if (isClosed()) return {};
        await sendOne(setting, context, request).catch((error: unknown) => {
          failed = true;
          // What a mail server says can hold the address: only its code is logged.
          logger.warn({ code: (error as { code?: unknown }).code ?? 'UNKNOWN' }, 'a confirmation could not be sent');
        });
      }
    }
    return { more, failed };
  }
  const onError = (error: Error): void => logger.error({ error: error.message }, 'confirmations failed');
  // What nobody confirmed goes on time, even where nobody sends anything any more.
  return turns(flush, { every: HOUR_MS, retryAfter, onError });
}

/** The request that a token confirms, now open; null for a token that is unknown, used or out of date. */
export async function confirm(register: Register, context: SiteContext, token: string): Promise<StoredRequest | null> {
  const { store, now } = register;
  const id = await store.rights.takeToken(context.site, sha256(Buffer.from(token)), now().getTime());
  const request = id === null ? null : await store.rights.get(context.site, id);
  if (request?.state !== 'unconfirmed') return null;
  await takeStep(register, context, request, { action: 'confirm', actor: 'data_subject' });
  return store.rights.get(context.site, request.id);
}
