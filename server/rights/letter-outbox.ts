// Letters about requests leave from here: written down with the step that they tell of, sent at once, and tried again for two
// days where the mail server is down. What was sent twice is better than what was never sent.
import type { Logger } from 'pino';
import * as v from 'valibot';

import { REQUEST_ACTIONS } from '../../shared/rights/request.ts';
import { BATCH, LEASE, PAUSES } from '../mail/attempts.ts';
import type { Mailer } from '../mail/mailer.ts';
import type { SiteContext } from '../site-context.ts';
import type { StoredLetter } from '../store/letters.ts';
import { stepLetter } from './letters.ts';
import { controllerFacts } from './processing.ts';
import { contactOf, placeOf, summaryOf, type Register } from './register.ts';

export const LetterText = v.object({ action: v.picklist(REQUEST_ACTIONS), reason: v.string(), more: v.array(v.string()) });
export type LetterText = v.InferOutput<typeof LetterText>;

export interface LetterSetting extends Register {
  mailer: Mailer;
  logger: Logger;
}

/** Undeliverable for good (RFC 5321 section 4.2.1), or for now. */
export const isPermanent = (error: unknown): boolean => Number((error as { responseCode?: unknown }).responseCode ?? 0) >= 500;

/** False: the person was erased meanwhile, and nobody is there to be told. */
async function send(setting: LetterSetting, context: SiteContext, letter: StoredLetter): Promise<boolean> {
  const { store, vault, mailer } = setting;
  const { site } = context;
  const request = await store.rights.get(site, letter.id);
  const key = await store.rights.key(site, letter.id);
  const email = request && (await contactOf(setting, context, request))?.email;
  if (!request || !key || !vault || !email) return false;
  const { action, reason, more } = v.parse(
    LetterText,
    JSON.parse(vault.open(key.wrapped, placeOf(site, letter.id), letter.sealed)),
  );
  const authority = controllerFacts(context).authority?.name ?? null;
  const text = stepLetter(site.name, await summaryOf(setting, context, request), { action, reason, more, authority });
  await mailer.send({ to: email, fromName: site.name, ...text });
  return true;
}

/** Sends what is due; `id`: of one request only. Gives how many went out and how many did not. */
export async function sendLetters(
  setting: LetterSetting,
  context: SiteContext,
  id?: string,
): Promise<{ sent: number; failed: number }> {
  const { store, now, logger } = setting;
  const { site } = context;
  const done = { sent: 0, failed: 0 };
  const at = now().getTime();
  for (const letter of await store.rights.claimLetters(site, {
    now: at,
    until: at + LEASE,
    limit: BATCH,
    ...(id === undefined ? {} : { id }),
  })) {
    try {
      if (await send(setting, context, letter)) done.sent++;
      await store.rights.letterEnded(site, letter, { state: 'sent', dueAt: at });
    } catch (error) {
      done.failed++;
      const pause = isPermanent(error) ? undefined : PAUSES[letter.attempts];
      const dueAt = now().getTime() + (pause ?? 0);
      await store.rights.letterEnded(site, letter, { state: pause === undefined ? 'failed' : 'due', dueAt });
      // What a mail server says can hold the address: only its code is logged.
      const code = (error as { code?: unknown }).code ?? 'UNKNOWN';
      logger.warn({ code, attempts: letter.attempts + 1, givenUp: pause === undefined }, 'a letter could not be sent');
    }
  }
  return done;
}
