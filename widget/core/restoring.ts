// What holds according to the ledger, and what is recorded again because the ledger does not know it: the cookie that survived
// its database, and what a form said while its page was being left.
import { shortTerms, type Mirror, type MirrorState } from '../../shared/consent/mirror.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import { jwsHash } from '../../shared/consent/jws-signing.ts';
import { status, vendorsHeld, type StoredEvent } from '../../shared/consent/status.ts';
import { vendorChoices, vendorsIn } from '../../shared/consent/vendor-ranges.ts';
import { fromBase64Url, utf8Text } from '../../shared/bytes.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { readAcknowledgement } from './acknowledgement.ts';
import { channelsOf, withoutUnticked } from './channels.ts';
import { askedPurposes, currentMirror, expiryOf, grants, holds, statusOf } from './choices.ts';
import { isUnwritten, setPending, setUnwritten, writeMirror } from './cookies.ts';
import { eventId } from './event-id.ts';
import { today } from './expiry.ts';
import type { Sent } from './transport.ts';
import { forgetFormNotes, readFormNotes, writeFormNote, type Noted } from './form-note.ts';
import { hasLedger, type LedgerEvent } from './ledger.ts';
import { ledgerLock, locked } from './lock.ts';
import type { Recorder, Writing } from './recorder.ts';
import type { Records } from './records.ts';
import { askAsSubject } from './subject-request.ts';
import type { Recording, RecorderHost } from './widget.ts';

interface Holding {
  /** No event at all. */
  empty: boolean;
  states: Record<string, string>;
  mirror: Mirror | null;
  /** What single companies were refused: it has no end of its own. */
  companies: Mirror['choices'];
  /** What goes on where no purpose holds: that, and what was refused long ago. */
  ended: Mirror;
}

const storedOf = (event: ConsentEvent, hash: string, acknowledgement: LedgerEvent['acknowledgement']): StoredEvent => ({
  event,
  hash,
  received: acknowledgement && { at: Date.parse(acknowledgement.leaf.receivedAt), skew: acknowledgement.leaf.skew },
});

/** An event as the service gives it out: of one's own key, so that its word is taken for it. */
async function toldEvent(value: unknown): Promise<StoredEvent> {
  const { event: jws } = value as { event: string };
  const event = JSON.parse(utf8Text(fromBase64Url(jws.split('.')[1] ?? ''))) as ConsentEvent;
  return storedOf(event, await jwsHash(jws, webCryptoVerifier(crypto.subtle).sha256), readAcknowledgement(value));
}

export interface Restoring extends Pick<Recorder, 'recordForm' | 'restore'> {
  /** Asks the service for every branch of a forked subject: per purpose the one that grants least holds here too. False if it does not say. */
  heal(ledger: Records, subject: string): Promise<boolean>;
  /** The clock was wrong by more than a day: from when a choice holds is what the service's clock says. */
  agree(ledger: Records): Promise<void>;
}

export function createRestoring(host: RecorderHost, { append, deliver }: Writing, records: () => Promise<Records>): Restoring {
  const { boot } = host;
  const { site } = boot;

  /** What the current subject's events say, and the mirror that follows from it where something holds. */
  async function holding(ledger: Records): Promise<Holding> {
    const current = await ledger.head();
    const events = current ? await ledger.events(current.head.subject) : [];
    const held = holdingOf(events.map(({ event, hash, acknowledgement }) => storedOf(event, hash, acknowledgement)));
    const states = Object.values(held.states);
    const subject = events[0]?.subject;
    if (subject && states.includes('expired') && !states.some((state) => grants(state as MirrorState)))
      await ledger.retire(subject, 'expired');
    return held;
  }

  function holdingOf(stored: readonly StoredEvent[]): Holding {
    const purposes = askedPurposes(boot).map(({ id }) => id);
    const found = Object.entries(status(stored, Date.now(), { terms: boot.terms, purposes, validity: boot.validity }));
    const states = Object.fromEntries(found.map(([id, { state }]) => [id, state]));
    const held = found.flatMap(([id, { state, since }]) => (since && holds(state) ? [{ id, state, since }] : []));
    const terms = shortTerms(boot.terms);
    const companies = boot.tcf ? vendorChoices(vendorsHeld(stored)) : {};
    const over = found.flatMap(([id, { state, chosen, since }]) =>
      state === 'expired' && chosen && since && !grants(chosen) ? [{ id, state: chosen, since }] : [],
    );
    const mirrorOf = (which: { id: string; state: MirrorState; since: string }[]): Mirror => {
      const day = which.map(({ since }) => since).sort()[0] ?? today();
      const choices = { ...Object.fromEntries(which.map(({ id, state }): [string, MirrorState] => [id, state])), ...companies };
      return { terms, day, until: expiryOf(boot, day, Object.values(choices)), choices };
    };
    const ended = { ...mirrorOf(over), until: today() };
    return { empty: stored.length === 0, states, mirror: held.length > 0 ? mirrorOf(held) : null, companies, ended };
  }

  const stillHolds = (mirror: Mirror): [string, MirrorState][] =>
    Object.entries(statusOf(boot, mirror, today())).filter((entry): entry is [string, MirrorState] => holds(entry[1]));

  /** What the cookie says and the ledger does not know: only what was said about these terms, and still holds. */
  function lostChoice(survived: Mirror, { empty, states }: Holding, kept: Mirror | null, latest: string): Recording | null {
    const isLater = kept !== null && survived.day > kept.day && survived.day > latest;
    const newer = isUnwritten(site) || (isLater && boot.cookieDomain === undefined);
    if (!empty && !newer) return null;
    const still = stillHolds(survived);
    const vendors = boot.tcf && vendorsIn(survived.choices);
    const known = JSON.stringify(vendors) === JSON.stringify(vendors && vendorsIn(kept?.choices ?? {}));
    // An event names a purpose: where none holds any more, what companies are refused stays in the cookie.
    if (still.length === 0 || (known && still.every(([id, state]) => states[id] === state))) return null;
    if (boot.refusals === 'local' && still.every(([, state]) => state === 'refused')) return null;
    const choices = Object.fromEntries(still);
    return {
      method: 'save_choices',
      purposes: choices,
      // Which list was shown, no cookie says.
      ...(vendors && (!known || vendors.refused || vendors.objected) && { vendors: { list: null, ...vendors } }),
      presentation: null,
      restored: { day: survived.day, choices },
    };
  }

  /** Under the lock; null if another tab was first or nothing is left to say. */
  async function appendForm(noted: Noted): Promise<Sent | null> {
    const events = await (await records()).events();
    if (events.some(({ event }) => event.id === noted.id)) return null;
    const channels = withoutUnticked(noted.channels ?? {}, channelsOf(events));
    if (Object.keys(channels).length === 0) return null;
    const named = Object.values(channels).flatMap((senders) => Object.values(senders).flatMap(Object.keys));
    const contacts = (noted.contacts ?? []).filter(({ channel }) => named.includes(channel));
    return { stored: await append({ ...noted, channels, contacts }), contacts };
  }

  /** Under the lock. */
  async function takeOver(ledger: Records, mirror: Mirror): Promise<void> {
    await ledger.keepMirror(mirror);
    writeMirror(site, mirror, boot.cookieDomain);
    host.adopt?.(mirror);
  }

  const agree = (ledger: Records): Promise<void> =>
    locked(ledgerLock(site), async () => {
      // By the service's clock it may have ended already: what this browser has of a day to come would hold for long yet.
      const { mirror, ended, empty } = await holding(ledger);
      if (!empty) await takeOver(ledger, mirror ?? ended);
    });

  async function heal(ledger: Records, subject: string): Promise<boolean> {
    const current = await ledger.head();
    // What an older key said does not hold any more here.
    if (current?.head.subject !== subject) return true;
    const said = await askAsSubject(boot, current.key, { method: 'GET', path: `/v1/sites/${site}/me/events` });
    const told = 'value' in said ? (Object(said.value) as { events?: unknown }).events : null;
    if (!Array.isArray(told)) return false;
    const events = await Promise.all(told.map(toldEvent));
    await locked(ledgerLock(site), async () => {
      const own = (await ledger.events(subject)).map(({ event, hash, acknowledgement }) =>
        storedOf(event, hash, acknowledgement),
      );
      const unknown = own.filter(({ hash }) => events.every((one) => one.hash !== hash));
      const { mirror, companies, ended } = holdingOf([...events, ...unknown]);
      const kept = (await ledger.mirror()) ?? ended;
      // Agreed to is nothing then. What was refused here stays so, and what a company was refused anywhere.
      const refused = Object.entries(kept.choices).filter(([, state]) => !grants(state));
      const left = { ...kept, choices: { ...Object.fromEntries(refused), ...companies } };
      // Another tab may have chosen anew meanwhile.
      if ((await ledger.head())?.head.subject === subject) await takeOver(ledger, mirror ?? left);
    });
    return true;
  }

  return {
    heal,
    agree,
    async recordForm(recording) {
      const noted = { ...recording, id: recording.id ?? eventId(Date.now()) };
      writeFormNote(site, noted);
      setPending(site, true);
      const sent = await locked(ledgerLock(site), () => appendForm(noted));
      forgetFormNotes(site, noted.id);
      await deliver(sent?.stored, sent?.contacts);
    },
    async restore(survived, write) {
      const isLeft = readFormNotes(site).length > 0 || (survived !== null && stillHolds(survived).length > 0);
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
        const latest = await ledger.latest();
        const lost = survived && lostChoice(survived, held, kept, latest);
        if (survived && lost) await append(lost, () => survived);
        for (const noted of readFormNotes(site)) {
          await appendForm(noted);
          forgetFormNotes(site, noted.id);
        }
        // A mirror of a clock that was wrong may have ended before its choice has: the service's clock tells the day.
        const own = kept && (!held.mirror || stillHolds(kept).length > 0) ? kept : held.mirror;
        const newest = lost ? survived : currentMirror(boot, survived, own, isUnwritten(site), latest);
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
