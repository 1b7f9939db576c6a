// Erases what is stored about the visitor: at the service first, with the keys that only this device has, and only then here. So what
// fails half-way can be tried again, and says so.
import { mirrorName, pendingName, shortTerms } from '../../shared/consent/mirror.ts';
import { paths } from '../../shared/api.ts';
import { askedPurposes } from './choices.ts';
import { cookieScopes, writeCookie } from './cookies.ts';
import { today } from './expiry.ts';
import { forgetFormNotes } from './form-note.ts';
import type { SubjectKey } from './ledger.ts';
import { ledgerLock, locked } from './lock.ts';
import { askAsSubject } from './subject-request.ts';
import type { Widget } from './widget.ts';
import type * as WithdrawalChunk from './withdrawal.ts';

/** `count`: records that the service has erased. */
export type Erasure =
  | { done: 'everywhere'; count: number }
  /** The service did not confirm it: nothing was erased here. */
  | { done: 'not_here'; count: number; code: string }
  /** Erased at the service, but not all of it here. */
  | { done: 'not_all_here'; count: number }
  /** On this device only. */
  | { done: 'here' };

/** How often a key is asked for again: what was on its way while it was erased arrives behind it. */
const ROUNDS = 3;

const numberIn = (value: unknown, name: string): number => Number((Object(value) as Record<string, unknown>)[name] ?? 0);

/** Until the service says itself that it has nothing any more. */
async function eraseSubject({ boot }: Widget, key: SubjectKey): Promise<{ count: number; code: string | null }> {
  let count = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const said = await askAsSubject(boot, key, { method: 'DELETE', path: paths.own(boot.site) });
    if ('code' in said) return { count, code: said.code };
    count += numberIn(said.value, 'erased');
    const left = await askAsSubject(boot, key, { method: 'GET', path: paths.ownEvents(boot.site) });
    if ('code' in left) return { count, code: left.code };
    const { events } = Object(left.value) as { events?: unknown };
    if (Array.isArray(events) && events.length === 0) return { count, code: null };
  }
  return { count, code: 'STILL_THERE' };
}

const deleteDatabase = (name: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const deleting = indexedDB.deleteDatabase(name);
    deleting.onsuccess = () => resolve();
    deleting.onerror = deleting.onblocked = () => reject(new Error('the ledger could not be deleted'));
  });

/** Everything of ours, and what the purposes stored, whose consent is gone as well. Rejects where the database stays. */
async function clearDevice(widget: Widget): Promise<void> {
  const { boot } = widget;
  await locked(ledgerLock(boot.site), async () => {
    await deleteDatabase(`candour-${boot.site}`);
    for (const name of [mirrorName(boot.site), pendingName(boot.site)])
      for (const scope of cookieScopes()) writeCookie(name, '', 0, scope);
    forgetFormNotes(boot.site);
  });
  // Else the next page would take it over once more.
  widget.moved?.()?.forget();
  // As on a first visit; what is asked is unanswered, and what needs consent is off.
  widget.adopt({ terms: shortTerms(boot.terms), day: today(), until: today(), choices: {} });
  const asked = askedPurposes(boot).map(({ id }) => id);
  await widget
    .load<typeof WithdrawalChunk>('withdrawal')
    .then(({ deleteStored }) => deleteStored(widget, asked))
    .catch(() => undefined);
}

/** What the service holds stays there: the keys that could ask for it go. Rejects where this device keeps something. */
export async function eraseHere(widget: Widget): Promise<Erasure> {
  await clearDevice(widget);
  return { done: 'here' };
}

/** Nothing is sent meanwhile. Rejects where the ledger cannot be read: then nothing was erased. */
export function eraseEverywhere(widget: Widget): Promise<Erasure> {
  return locked(`candour-${widget.boot.site}-outbox`, async () => {
    const ledger = await (await widget.recorder()).ledger();
    // Without its keys nothing at the service can be named.
    if (!ledger) return eraseHere(widget);
    const keys = await (await ledger.database()).getAll('keys');
    let count = 0;
    for (const key of keys) {
      const erased = await eraseSubject(widget, key);
      count += erased.count;
      if (erased.code !== null) return { done: 'not_here', count, code: erased.code };
    }
    try {
      await clearDevice(widget);
      return { done: 'everywhere', count };
    } catch {
      return { done: 'not_all_here', count };
    }
  });
}
