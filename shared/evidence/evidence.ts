// The evidence file: a question about a data subject's choices, the answer, and everything that is needed to check it offline.
import * as v from 'valibot';

import { Hash, Instant, LogId, PURPOSE_STATES } from '../consent/event.ts';
import { MAX_JWS } from '../consent/jws.ts';
import { ProvenAttestation } from '../consent/attestation.ts';
import { Presentation } from '../consent/presentation.ts';
import { ErasureLeaf, EventLeaf } from '../log/leaf.ts';
import { NOTICE_KINDS } from '../notice/schema.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const text = v.pipe(v.string(), v.maxLength(500));

export const Publication = v.object({ kind: v.picklist([...NOTICE_KINDS, 'configuration']), hash: Hash, at: Instant });
export type Publication = v.InferOutput<typeof Publication>;

/**
 * What there is to show for a choice: `shown` words and controls, all of it published; `restored` from the mirror cookie, or an
 * `import`, of which nothing was shown here; `words_missing` never reached the service; `not_published` cites a configuration or a
 * notice that this site did not publish; `not_shown` names a purpose that was not on screen; `no_choice` was made.
 */
export const STANDINGS = ['shown', 'restored', 'import', 'words_missing', 'not_published', 'not_shown', 'no_choice'] as const;
export type Standing = (typeof STANDINGS)[number];

const Choice = v.object({
  /** A purpose's id, or "<activity>/<sender>/<channel>" of a marketing opt-in. */
  id: text,
  label: v.nullable(text),
  /** The configuration of that moment has this purpose. */
  asked: v.boolean(),
  state: v.picklist([...PURPOSE_STATES, 'unknown', 'expired', 'superseded']),
  chosen: v.optional(v.picklist(PURPOSE_STATES)),
  since: v.nullable(v.string()),
  until: v.nullable(v.string()),
  /** Id of the event that says so. */
  event: v.nullable(v.string()),
  standing: v.picklist(STANDINGS),
  /** Only what was shown can be demonstrated. */
  demonstrable: v.boolean(),
  firstChoice: v.boolean(),
});
export type Choice = v.InferOutput<typeof Choice>;

export const Answer = v.object({
  /** Hashes of what was current then; null: nothing was published yet. */
  configuration: v.nullable(Hash),
  notices: v.partial(v.object(v.entriesFromList(NOTICE_KINDS, Hash))),
  terms: v.nullable(Hash),
  /** How many of the subject's events the service had received by then. */
  events: count,
  /** How the subject's key began; `restored`: an earlier choice, of that day, is out of reach; `unknown`: its first event is not here. */
  beginning: v.variant('kind', [
    v.object({ kind: v.literal('new') }),
    v.object({ kind: v.literal('forked') }),
    v.object({ kind: v.literal('unknown') }),
    v.object({ kind: v.literal('restored'), day: v.string(), choices: v.record(v.string(), v.picklist(PURPOSE_STATES)) }),
  ]),
  forked: v.boolean(),
  /** Numbers of events that are not here. */
  missing: v.array(count),
  choices: v.array(Choice),
});
export type Answer = v.InferOutput<typeof Answer>;

/** A leaf with its proof under a signed head. */
const proven = {
  epoch: count,
  index: count,
  /** Inclusion proof, nearest sibling first. */
  proof: v.pipe(v.array(Hash), v.maxLength(64)),
  /** C2SP signed note. */
  checkpoint: v.pipe(v.string(), v.maxLength(8192)),
  /** C2SP verifier key. */
  logKey: text,
};

export const ProvenEvent = v.object({ ...proven, leaf: EventLeaf, event: v.pipe(v.string(), v.maxLength(MAX_JWS)) });
export type ProvenEvent = v.InferOutput<typeof ProvenEvent>;

/** An event whose body is gone, and the leaf that says so. */
export const ErasedEvent = v.object({ ...proven, leaf: EventLeaf, erasure: v.object({ ...proven, leaf: ErasureLeaf }) });
export type ErasedEvent = v.InferOutput<typeof ErasedEvent>;

export const Question = v.object({
  site: v.string(),
  log: LogId,
  /** Null: nobody is known by what was asked for. */
  subject: v.nullable(Hash),
  /** Id of the event that was asked about; null: about the subject. */
  event: v.nullable(v.string()),
  purpose: v.nullable(text),
  at: Instant,
});
export type Question = v.InferOutput<typeof Question>;

export const Evidence = v.object({
  v: v.literal(1),
  kind: v.literal('candour-evidence'),
  made: v.object({ at: Instant, service: v.pipe(v.string(), v.url(), v.maxLength(500)), version: text }),
  question: Question,
  answer: Answer,
  /** By seq. */
  events: v.array(ProvenEvent),
  erased: v.array(ErasedEvent),
  /** What the operator attested by then: the operator's word, on which the answer does not rest. */
  attested: v.optional(v.array(ProvenAttestation)),
  presentations: v.array(Presentation),
  /** Everything that the answer or an event rests on, whole. */
  documents: v.array(v.object({ hash: Hash, kind: v.picklist([...NOTICE_KINDS, 'configuration']), document: v.unknown() })),
  /** When which version became current, by the service's word; oldest first. */
  publications: v.array(Publication),
});
export type Evidence = v.InferOutput<typeof Evidence>;
