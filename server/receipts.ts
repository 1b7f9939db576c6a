// Receipts as they are given out: the acknowledgement with everything that is needed to check it offline.
import * as v from 'valibot';

import type { OwnEvents } from '../shared/api.ts';
import { EVENT_TYP, joinJws } from '../shared/consent/jws.ts';
import type { ConsentEvent } from '../shared/consent/event.ts';
import { Presentation } from '../shared/consent/presentation.ts';
import type { Receipt } from '../shared/consent/receipt.ts';
import type { EventLeaf } from '../shared/log/leaf.ts';
import { formatLogKey } from '../shared/log/checkpoint.ts';
import { attestedAbout, provenAttestation } from './attest/attest.ts';
import { acknowledge } from './log/receipts.ts';
import type { SiteContext } from './site-context.ts';
import type { EventBody, LoggedEvent, Store } from './store/store.ts';
import { sha256 } from './verifier.ts';
import { provingHead, witnessedNote } from './witness/witnessed-head.ts';

/** The exact bytes that the browser signed and sent. */
export const jwsOf = ({ key, payload, signature }: Pick<EventBody, 'key' | 'payload' | 'signature'>): string =>
  joinJws(key, EVENT_TYP, payload, signature);

/** Of an event that was validated before it was stored. */
export const eventOf = ({ payload }: Pick<EventBody, 'payload'>): ConsentEvent =>
  JSON.parse(Buffer.from(payload).toString()) as ConsentEvent;

async function presentationOf(store: Store, event: ConsentEvent): Promise<Presentation | null> {
  const body = event.presentation === null ? null : await store.presentation(event.presentation);
  return body === null ? null : v.parse(Presentation, JSON.parse(body));
}

/** Throws RangeError for an event under no signed head: the log is damaged. */
export async function receiptOf(store: Store, context: SiteContext, logged: LoggedEvent, publicUrl: string): Promise<Receipt> {
  const { site, keys } = context;
  const head = await provingHead(store, site, logged.epoch, logged.index);
  const key = keys.find(({ number }) => number === head?.keyNumber);
  if (!head || !key) throw new RangeError(`leaf ${logged.index} is under no signed head`);
  const [acknowledgement] = await acknowledge(store, site, keys, logged.epoch, [
    { index: logged.index, leaf: logged.leaf as EventLeaf, head },
  ]);
  if (!acknowledgement) throw new RangeError(`leaf ${logged.index} has no proof`);
  return {
    v: 1,
    service: publicUrl,
    site: site.id,
    log: site.log,
    event: jwsOf(logged),
    presentation: await presentationOf(store, eventOf(logged)),
    logKey: await formatLogKey(site.log, key.publicKey, sha256),
    ...acknowledgement,
    checkpoint: await witnessedNote(store, site, keys, head),
  };
}

/** All that the service has of one subject, oldest first. */
export async function ownEvents(store: Store, context: SiteContext, subject: string): Promise<OwnEvents> {
  const { site, keys } = context;
  const logged = await store.subjectEvents(site, subject);
  const byEpoch = Map.groupBy(logged, ({ epoch }) => epoch);
  const events: OwnEvents['events'] = [];
  for (const [epoch, group] of byEpoch) {
    const recorded = group.map(({ index, leaf }) => ({ index, leaf: leaf as EventLeaf }));
    const receipts = await acknowledge(store, site, keys, epoch, recorded);
    receipts.forEach((receipt, i) => events.push({ event: jwsOf(group[i] as LoggedEvent), ...receipt }));
  }
  const attested = await Promise.all(
    (await attestedAbout(store, site, { kind: 'subject', subject })).map((one) => provenAttestation(store, context, one)),
  );
  return { subject, events, ...(attested.length > 0 ? { attested } : {}) };
}
