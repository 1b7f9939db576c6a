// What holds according to the ledger, and what is recorded again because the ledger does not know it: the cookie that survived
// its database, and what a form said while its page was being left.
import { shortTerms, type Mirror, type MirrorState } from '../../shared/consent/mirror.ts';
import { status } from '../../shared/consent/status.ts';
import { channelsOf, withoutUnticked } from './channels.ts';
import { askedPurposes, currentMirror, expiryOf, grants, holds, statusOf } from './choices.ts';
import { isUnwritten, setPending, setUnwritten, writeMirror } from './cookies.ts';
import { eventId } from './event-id.ts';
import { today } from './expiry.ts';
import { readFormNote, writeFormNote, type Noted } from './form-note.ts';
import { hasLedger, type LedgerEvent } from './ledger.ts';
import { ledgerLock, locked } from './lock.ts';
import type { Recorder, Writing } from './recorder.ts';
import type { Records } from './records.ts';
import type { Recording, RecorderHost } from './widget.ts';

interface Holding {
  /** No event at all. */
  empty: boolean;
  states: Record<string, string>;
  mirror: Mirror | null;
}

export function createRestoring(
  { boot }: RecorderHost,
  { append, deliver }: Writing,
  records: () => Promise<Records>,
): Pick<Recorder, 'recordForm' | 'restore'> {
  const { site } = boot;

  /** What the current subject's events say, and the mirror that follows from it where something holds. */
  async function holding(ledger: Records): Promise<Holding> {
    const current = await ledger.head();
    const events = current ? await ledger.events(current.head.subject) : [];
    const stored = events.map(({ event, hash, acknowledgement }) => {
      const received = acknowledgement && { at: Date.parse(acknowledgement.leaf.receivedAt), skew: acknowledgement.leaf.skew };
      return { event, hash, received };
    });
    const purposes = askedPurposes(boot).map(({ id }) => id);
    const found = Object.entries(status(stored, Date.now(), { terms: boot.terms, purposes, validity: boot.validity }));
    const states = Object.fromEntries(found.map(([id, { state }]) => [id, state]));
    const held = found.flatMap(([id, { state, since }]) => (since && holds(state) ? [{ id, state, since }] : []));
    const subject = events[0]?.subject;
    if (subject && found.some(([, { state }]) => state === 'expired') && !held.some(({ state }) => grants(state)))
      await ledger.retire(subject, 'expired');
    const day = held.map(({ since }) => since).sort()[0];
    if (!day) return { empty: events.length === 0, states, mirror: null };
    const choices = Object.fromEntries(held.map(({ id, state }) => [id, state]));
    const until = expiryOf(boot, day, Object.values(choices));
    return { empty: false, states, mirror: { terms: shortTerms(boot.terms), day, until, choices } };
  }

  const stillHolds = (mirror: Mirror): [string, MirrorState][] =>
    Object.entries(statusOf(boot, mirror, today())).filter((entry): entry is [string, MirrorState] => holds(entry[1]));

  /** What the cookie says and the ledger does not know: only what was said about these terms, and still holds. */
  function lostChoice(survived: Mirror, { empty, states }: Holding, kept: Mirror | null): Recording | null {
    const newer = isUnwritten(site) || (kept !== null && boot.cookieDomain === null && survived.day > kept.day);
    if (!empty && !newer) return null;
    const still = stillHolds(survived);
    if (still.every(([id, state]) => states[id] === state)) return null;
    if (boot.refusals === 'local' && still.every(([, state]) => state === 'refused')) return null;
    const choices = Object.fromEntries(still);
    return { method: 'save_choices', purposes: choices, presentation: null, restored: { day: survived.day, choices } };
  }

  /** Under the lock; null if another tab was first or nothing is left to say. */
  async function appendForm(noted: Noted): Promise<LedgerEvent | null> {
    const events = await (await records()).events();
    if (events.some(({ event }) => event.id === noted.id)) return null;
    const channels = withoutUnticked(noted.channels ?? {}, channelsOf(events));
    return Object.keys(channels).length > 0 ? append({ ...noted, channels }) : null;
  }

  return {
    async recordForm(recording) {
      const noted = { ...recording, id: recording.id ?? eventId(Date.now()) };
      writeFormNote(site, noted);
      setPending(site, true);
      const event = await locked(ledgerLock(site), () => appendForm(noted));
      writeFormNote(site, null);
      await deliver(event ?? undefined);
    },
    async restore(survived, write) {
      const isLeft = readFormNote(site) !== null || (survived !== null && stillHolds(survived).length > 0);
      if (!isLeft && !(await hasLedger(site))) {
        setUnwritten(site, false);
        setPending(site, false);
        return survived;
      }
      const ledger = await records();
      // Two tabs that restore at once are one restoring: what the other wrote is seen, as everything is read under the lock.
      const mirror = await locked(ledgerLock(site), async () => {
        const held = await holding(ledger);
        const kept = await ledger.mirror();
        const lost = survived && lostChoice(survived, held, kept);
        if (survived && lost) await append(lost, () => survived);
        const noted = readFormNote(site);
        if (noted) await appendForm(noted);
        writeFormNote(site, null);
        const newest = lost ? survived : currentMirror(boot, survived, kept ?? held.mirror, isUnwritten(site));
        if (newest && newest !== kept && !lost) await ledger.keepMirror(newest);
        setUnwritten(site, false);
        if (write && newest) writeMirror(site, newest, boot.cookieDomain);
        return newest;
      });
      void deliver();
      return mirror;
    },
  };
}
