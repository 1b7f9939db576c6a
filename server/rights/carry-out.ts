// What a step does besides being written down: carrying out what this service itself can do, and telling the data subject.
import type { Logger } from 'pino';

import { stopDirectMarketing } from '../../shared/marketing/suppression.ts';
import { KEPT, type Kept } from '../../shared/rights/kept.ts';
import type { RequestAction } from '../../shared/rights/request.ts';
import type { LogWriter } from '../log/writer.ts';
import type { Mailer } from '../mail/mailer.ts';
import { ProblemError } from '../problem.ts';
import type { SiteContext } from '../site-context.ts';
import type { StoredRequest } from '../store/requests.ts';
import { eraseSubject } from './erase.ts';
import type { Confirmations } from './confirmation.ts';
import { sendLetters, type LetterText } from './letter-outbox.ts';
import { addressKeysOf, checkStep, contactOf, takeStep, type Register } from './register.ts';

/** Choices are known by a browser's key: nobody is told that those were erased which were never found. */
const UNLINKED =
  'No choices recorded in a banner were found to be yours, so none were touched. A receipt, or the browser in which you chose, helps to find them.';

export interface Desk extends Register {
  log: LogWriter;
  mailer: Mailer | null;
  logger: Logger;
  /** Tries again what could not be sent; missing on the command line, where the service does it. */
  confirmations?: Confirmations | null;
}

export interface Done {
  /** Events whose bodies went. */
  erased?: number;
  kept?: Kept[];
  restricted?: true;
  suppressed?: true;
  /** It concerns recorded choices, and no subject is linked: nothing was done with any. */
  unlinked?: true;
  /** Whether the data subject was written to; false: the letter waits for the mail server; null: no address is known. */
  told: boolean | null;
}

/** An objection to marketing goes onto the suppression list, an erasure is done, a restriction begins: where the service knows of whom. */
async function carryOut(desk: Desk, context: SiteContext, request: StoredRequest): Promise<Omit<Done, 'told'>> {
  const { store, now } = desk;
  const { site } = context;
  const { kind, subject } = request;
  const at = now();
  const keys = await addressKeysOf(desk, context, request);
  const [newest] = keys;
  if (kind === 'direct_marketing_objection' && newest !== undefined) {
    await store.suppressions.add(site, stopDirectMarketing(newest, at.toISOString(), null));
    return { suppressed: true };
  }
  if (subject === null) return kind === 'erasure' || kind === 'restriction' ? { unlinked: true } : {};
  if (kind === 'restriction') {
    await store.rights.restrict(site, { subject, since: at.getTime(), request: request.id });
    return { restricted: true };
  }
  if (kind !== 'erasure') return {};
  if ((await store.rights.restrictions(site)).some((one) => one.subject === subject))
    throw new ProblemError(
      'REQUEST_STATE',
      'the subject’s data is restricted: lift the restriction first, if they agree (Art. 18(2))',
    );
  const { erased, kept } = await eraseSubject(desk, site, { subject, by: 'controller', keys, at });
  return { erased, kept };
}

async function tell(desk: Desk, context: SiteContext, id: string, email: string | null): Promise<boolean | null> {
  const { mailer } = desk;
  if (email === null) return null;
  if (!mailer) return false;
  const { sent } = await sendLetters({ ...desk, mailer }, context, id);
  // What did not go out waits, and is tried again.
  if (sent === 0) desk.confirmations?.kick();
  return sent > 0;
}

/** Throws ProblemError as takeStep does. The data subject is told by mail where an address is known; the answer says whether that went out. */
export async function act(
  desk: Desk,
  context: SiteContext,
  request: StoredRequest,
  { action, actor, reason }: { action: RequestAction; actor: string; reason: string },
): Promise<Done> {
  const contact = await contactOf(desk, context, request);
  // First what must succeed, then the word that it is done.
  checkStep(request, action, reason);
  const done = action === 'fulfil' ? await carryOut(desk, context, request) : {};
  const more = [
    ...(done.erased === undefined ? [] : [`Erased: ${done.erased} recorded choice${done.erased === 1 ? '' : 's'}.`]),
    ...(done.kept ?? []).map((each) => KEPT[each]),
    ...(done.suppressed ? [KEPT.suppression] : []),
    ...(done.unlinked ? [UNLINKED] : []),
  ];
  const email = contact?.email ?? null;
  const text: LetterText = { action, reason, more };
  const letter = email !== null && desk.mailer ? JSON.stringify(text) : null;
  await takeStep(desk, context, request, { action, actor, reason, letter });
  return { ...done, told: await tell(desk, context, request.id, email) };
}
