// A visitor's own record as it is read to them: every event of the ledger with what it changed and how far it has come.
import type { LedgerEvent } from './ledger.ts';
import type { TellingReceipt } from './recorder.ts';
import type { Widget } from './widget.ts';

export interface Change {
  /** Of a marketing channel: the activity and who sends. */
  channel?: { activity: string; sender: string };
  /** Companies of the IAB framework, by their numbers as the event has them. */
  vendors?: string;
  /** A purpose, a service or a channel. */
  id: string;
  state: string;
  /** Null: nothing was said about it before. */
  before: string | null;
}

export interface OwnEvent {
  id: string;
  /** Instant, by the clock of this device. */
  at: string;
  method: string;
  actor: string;
  /** What a surviving cookie of that day said. */
  restored: string | null;
  changes: Change[];
  sent: 'acknowledged' | 'pending' | 'parked' | 'erased';
  /** Of a parked one: the stable code. */
  code: string | null;
  receipt: TellingReceipt | null;
}

const sentState = ({ acknowledgement, parked, erased }: LedgerEvent): OwnEvent['sent'] => {
  if (erased) return 'erased';
  if (acknowledgement) return 'acknowledged';
  return parked ? 'parked' : 'pending';
};

function saidIn({ event }: LedgerEvent): Omit<Change, 'before'>[] {
  const channels = Object.entries(event.channels ?? {}).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, states]) =>
      Object.entries(states).map(([id, state]) => ({ channel: { activity, sender }, id, state })),
    ),
  );
  const { refused = '', objected = '' } = event.vendors ?? {};
  const vendors = [
    { vendors: refused, id: 'vendors-refused', state: 'refused' },
    { vendors: objected, id: 'vendors-objected', state: 'objected' },
  ].filter((one) => one.vendors);
  return [...Object.entries(event.purposes).map(([id, state]) => ({ id, state })), ...channels, ...vendors];
}

/** Within a subject in the order of the chain; a new key comes after what the old one said. */
const inTime = (a: LedgerEvent, b: LedgerEvent): number =>
  a.subject === b.subject ? a.seq - b.seq : Date.parse(a.event.at) - Date.parse(b.event.at);

/** Newest first. Each change names what was said before, over the keys that this profile had. */
export function ownEvents(events: readonly LedgerEvent[], receipts: readonly TellingReceipt[]): OwnEvent[] {
  const said = new Map<string, string>();
  return [...events]
    .sort(inTime)
    .map((stored): OwnEvent => {
      const { id, at, method, actor, start } = stored.event;
      const changes = saidIn(stored).map((one): Change => {
        const key = JSON.stringify([one.channel, one.id]);
        const before = said.get(key) ?? null;
        said.set(key, one.state);
        return { ...one, before };
      });
      const receipt = receipts.find((told) => told.id === id) ?? null;
      const restored = start?.kind === 'restored' ? start.day : null;
      return { id, at, method, actor, restored, changes, sent: sentState(stored), code: stored.parked, receipt };
    })
    .reverse();
}

/** Creates nothing where nothing is kept. Rejects where the ledger cannot be read. */
export async function readOwnRecord(widget: Pick<Widget, 'recorder'>): Promise<OwnEvent[]> {
  const recorder = await widget.recorder();
  const ledger = await recorder.ledger();
  return ledger ? ownEvents(await ledger.events(), await recorder.receipts()) : [];
}
