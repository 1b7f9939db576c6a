// When the proof of a subject's choices is over. A subject's events hang together (each names the one before), so they go
// together: when the newest has run its time.
import type { ConsentEvent, PurposeState } from '../../shared/consent/event.ts';
import { addPeriod, isoDay } from '../../shared/notice/period.ts';
import type { SiteConfiguration } from '../../shared/site/configuration.ts';
import { attestationOf, isAttested } from '../attest/attested-subject.ts';
import { eventOf } from '../receipts.ts';
import type { LoggedEvent } from '../store/store.ts';
import type { Anchors } from './records.ts';

type Validity = SiteConfiguration['validity'];

const latest = (days: readonly string[]): string => days.reduce((a, b) => (a > b ? a : b));

/** Null: it holds until it is taken back. */
function endOf(state: PurposeState, since: string, validity: Validity): string | null {
  if (state === 'objected') return null;
  if (state === 'withdrawn') return since;
  return addPeriod(since, state === 'refused' ? validity.refused : validity.given);
}

/** A purpose, or a channel of a sender, with what was last said of it. */
function statesOf(event: Pick<ConsentEvent, 'purposes' | 'channels'>): [name: string, state: PurposeState][] {
  const channels = Object.entries(event.channels ?? {}).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, byChannel]) =>
      Object.entries(byChannel).map(([channel, state]): [string, PurposeState] => [`${activity}/${sender}/${channel}`, state]),
    ),
  );
  return [...Object.entries(event.purposes), ...channels];
}

/** A channel that was agreed to stays so until it is taken back; a purpose until its validity is over. */
const isChannel = (name: string): boolean => name.includes('/');

/** What an event says, or what was attested. */
const saidBy = (one: LoggedEvent): Pick<ConsentEvent, 'purposes' | 'channels'> =>
  isAttested(one) ? attestationOf(one).attested : eventOf(one);

/** Days by the service's clock, which no browser can move. */
export function choiceAnchors(logged: readonly LoggedEvent[], validity: Validity): Anchors {
  const events = logged
    .map((one) => ({
      event: saidBy(one),
      seq: one.seq,
      since: 'receivedAt' in one.leaf ? one.leaf.receivedAt.slice(0, 10) : isoDay(0),
    }))
    .sort((a, b) => a.seq - b.seq);
  const holding = new Map<string, string | null>();
  for (const { event, since } of events)
    for (const [name, state] of statesOf(event))
      holding.set(name, isChannel(name) && state === 'given' ? null : endOf(state, since, validity));
  const days = events.map(({ since }) => since);
  const ends = [...holding.values()];
  const known = ends.filter((day) => day !== null);
  return { choice: latest(days), end: known.length < ends.length ? null : latest([...days, ...known]) };
}
