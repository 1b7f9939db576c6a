// What held at a moment, and what there is to show for it: pure, so that whoever holds an evidence file computes it again.
import * as v from 'valibot';

import type { Sha256 } from '../crypto.ts';
import type { ConsentEvent } from '../consent/event.ts';
import type { Presentation } from '../consent/presentation.ts';
import { hasForked, status, type PurposeStatus, type StoredEvent } from '../consent/status.ts';
import { PrivacyNotice, type NoticeKind } from '../notice/schema.ts';
import { SiteConfiguration } from '../site/configuration.ts';
import { termsOf, UnknownActivityError, type SiteNotices } from '../site/terms.ts';
import type { Answer, Choice, Publication, Standing } from './evidence.ts';

/** A choice by an event; events are those that the service had received by then. */
export interface Material {
  events: readonly StoredEvent[];
  /** Oldest first. */
  publications: readonly Publication[];
  /** Of everything that was published, by hash, parsed as JSON. */
  documents: ReadonlyMap<string, unknown>;
  presentations: ReadonlyMap<string, Presentation>;
}

interface Published {
  configuration: SiteConfiguration | null;
  configurationHash: string | null;
  notices: SiteNotices;
  hashes: Partial<Record<NoticeKind, string>>;
}

/** The version of each kind that was current then. */
function publishedThen({ publications, documents }: Material, at: number): Published {
  const current = new Map<string, string>();
  for (const { kind, hash, at: published } of publications) if (Date.parse(published) <= at) current.set(kind, hash);
  const published: Published = { configuration: null, configurationHash: null, notices: {}, hashes: {} };
  for (const [kind, hash] of current) {
    if (kind === 'configuration') {
      published.configuration = v.parse(SiteConfiguration, documents.get(hash));
      published.configurationHash = hash;
    } else {
      const notice = v.parse(PrivacyNotice, documents.get(hash));
      published.notices[notice.kind] = notice;
      published.hashes[notice.kind] = hash;
    }
  }
  return published;
}

async function termsThen({ configuration, notices }: Published, sha256: Sha256): Promise<string | null> {
  if (!configuration) return null;
  try {
    return await termsOf(configuration, notices, sha256);
  } catch (error) {
    if (error instanceof UnknownActivityError) return null;
    throw error;
  }
}

/** What there is to show for a choice that an event made. */
function standingOf(event: ConsentEvent | undefined, id: string, { presentations, documents }: Material): Standing {
  if (!event) return 'no_choice';
  if (event.method === 'import') return 'import';
  if (event.presentation === null) return 'restored';
  const presentation = presentations.get(event.presentation);
  if (!presentation) return 'words_missing';
  if (!documents.has(presentation.configuration) || presentation.notices.some((hash) => !documents.has(hash)))
    return 'not_published';
  // A marketing opt-in is a box of the site's own form: the presentation holds its words, and no purpose for it.
  if (!id.includes('/') && !presentation.purposes.some((purpose) => purpose.id === id)) return 'not_shown';
  return 'shown';
}

/** "<activity>/<sender>/<channel>" -> state, so that an opt-in is folded like a purpose. */
const optIns = ({ channels = {} }: ConsentEvent): ConsentEvent['purposes'] =>
  Object.fromEntries(
    Object.entries(channels).flatMap(([activity, senders]) =>
      Object.entries(senders).flatMap(([sender, states]) =>
        Object.entries(states).map(([channel, state]) => [`${activity}/${sender}/${channel}`, state]),
      ),
    ),
  );

/** A marketing opt-in neither expires with the site's cookies nor hangs on their terms. */
function optInStatus(events: readonly StoredEvent[], at: number): Record<string, PurposeStatus> {
  const flat = events.map((stored) => ({ ...stored, event: { ...stored.event, terms: '', purposes: optIns(stored.event) } }));
  const ids = [...new Set(flat.flatMap(({ event }) => Object.keys(event.purposes)))].sort();
  const states = status(flat, at, { terms: '', purposes: ids, validity: { given: 'P999Y', refused: 'P999Y' } });
  return Object.fromEntries(ids.map((id) => [id, { ...(states[id] as PurposeStatus), until: null }]));
}

function beginningOf(events: readonly StoredEvent[]): Answer['beginning'] {
  const start = events.find(({ event }) => event.seq === 1)?.event.start;
  if (!start) return { kind: 'unknown' };
  return start.kind === 'restored' ? { kind: 'restored', day: start.day, choices: start.choices } : { kind: start.kind };
}

function missingNumbers(events: readonly StoredEvent[]): number[] {
  const there = new Set(events.map(({ event }) => event.seq));
  const highest = Math.max(0, ...there);
  const missing: number[] = [];
  for (let seq = 1; seq < highest && missing.length < 100; seq++) if (!there.has(seq)) missing.push(seq);
  return missing;
}

/** `purpose`: a purpose's id, or "<activity>/<sender>/<channel>"; null: all. `at` in ms. Throws ValiError for a document that is none. */
export async function answerOf(material: Material, purpose: string | null, at: number, sha256: Sha256): Promise<Answer> {
  const events = material.events.filter(({ received }) => received !== null && received.at <= at);
  const published = publishedThen(material, at);
  const { configuration, configurationHash, hashes } = published;
  const terms = await termsThen(published, sha256);
  const beginning = beginningOf(events);
  const asked = configuration?.purposes.map(({ id }) => id) ?? [];
  const ids = [...new Set([...asked, ...events.flatMap(({ event }) => Object.keys(event.purposes))])];
  const states =
    configuration && terms !== null ? status(events, at, { terms, purposes: ids, validity: configuration.validity }) : {};
  const byId = new Map(events.map(({ event }) => [event.id, event]));
  const choiceOf = ([id, held]: [string, PurposeStatus]): Choice => {
    const event = held.event === null ? undefined : byId.get(held.event);
    const standing = standingOf(event, id, material);
    return {
      id,
      label: configuration?.purposes.find((candidate) => candidate.id === id)?.label ?? null,
      asked: asked.includes(id),
      ...held,
      standing,
      demonstrable: standing === 'shown',
      // Of a restored subject there was an earlier choice, with a key that is gone.
      firstChoice: event !== undefined && event.seq === 1 && beginning.kind === 'new',
    };
  };
  const choices = [...Object.entries(states), ...Object.entries(optInStatus(events, at))].map(choiceOf);
  return {
    configuration: configurationHash,
    notices: hashes,
    terms,
    events: events.length,
    beginning,
    forked: hasForked(events),
    missing: missingNumbers(events),
    choices: choices.filter(({ id }) => purpose === null || id === purpose),
  };
}
