// The HTTP contract between the service and everything that talks to it.
import * as v from 'valibot';

import { ProvenAttestation } from './consent/attestation.ts';
import { ConsentEvent, Hash, Instant } from './consent/event.ts';
import { MAX_JWS } from './consent/jws.ts';
import type { Presentation } from './consent/presentation.ts';
import { Acknowledgement } from './consent/receipt.ts';
import { CHANNELS } from './notice/schema.ts';

export const MAX_BODY = 128 * 1024;
export const MAX_EVENTS = 40;
/**
 * Events of one subject: far more than anybody's choices, few enough that reading them all delays nobody else. A no is heard beyond it:
 * a browser that is refused begins anew under another key, which takes nothing back of what holds under this one.
 */
export const MAX_HISTORY = 500;
export const MAX_HISTORY_OF_NOES = 2 * MAX_HISTORY;

export const paths = {
  widget: (site: string) => `/w/${site}.js`,
  details: (site: string, version: string) => `/w/${site}/details/${version}.json`,
  asset: (folder: string, file: string) => `/w/assets/${folder}/${file}`,
  events: (site: string) => `/v1/sites/${site}/events`,
  ownEvents: (site: string) => `/v1/sites/${site}/me/events`,
  own: (site: string) => `/v1/sites/${site}/me`,
  ownRequests: (site: string) => `/v1/sites/${site}/me/requests`,
  requestPage: (site: string) => `/r/${site}`,
  messages: (site: string) => `/m/${site}`,
  confirmOptIn: (site: string, token: string) => `/m/${site}/confirm/${token}`,
  stopMessages: (site: string, link: string) => `/m/${site}/stop/${link}`,
  messageChoices: (site: string, link: string) => `/m/${site}/choices/${link}`,
  adminRequests: (site: string) => `/v1/admin/sites/${site}/requests`,
  adminRetention: (site: string) => `/v1/admin/sites/${site}/retention`,
  receipt: (site: string, event: string) => `/v1/sites/${site}/receipts/${event}`,
  notices: (site: string) => `/v1/sites/${site}/notices`,
  currentNotice: (site: string) => `/v1/sites/${site}/notice`,
  notice: (hash: string) => `/v1/notices/${hash}`,
  configuration: (hash: string) => `/v1/configurations/${hash}`,
  presentation: (hash: string) => `/v1/presentations/${hash}`,
  checkpoint: (site: string) => `/v1/sites/${site}/log/checkpoint`,
  wellKnown: () => '/.well-known/candour.json',
  adminSession: () => '/v1/admin/session',
  adminSites: () => '/v1/admin/sites',
  adminStatistics: (site: string) => `/v1/admin/sites/${site}/statistics`,
  adminEvents: (site: string) => `/v1/admin/sites/${site}/events`,
};

/** Stable codes of RFC 9457 problems. Permanent ones are never to be sent again as they are. */
export const PROBLEMS = {
  BAD_JWS: { status: 400, title: 'The event is not a well-formed consent event.', permanent: true },
  BAD_SIGNATURE: { status: 400, title: 'The signature of the event does not verify.', permanent: true },
  WRONG_LOG: { status: 409, title: 'The event was made for another log.', permanent: true },
  ID_REUSED: { status: 409, title: 'Another event of this subject has the same id.', permanent: true },
  TOO_LARGE: { status: 413, title: 'The event is too large.', permanent: true },
  SUBJECT_FULL: { status: 409, title: 'The log has as many events of this subject as it takes of one.', permanent: true },
  UNKNOWN_PURPOSE: {
    status: 422,
    title: 'The event names a purpose that no configuration of the site ever had.',
    permanent: true,
  },
  ORIGIN_NOT_ALLOWED: { status: 403, title: 'Requests from this origin are not allowed for this site.', permanent: false },
  BODY_TOO_LARGE: { status: 413, title: 'The body is larger than 128 KiB.', permanent: false },
  TOO_MANY_EVENTS: { status: 413, title: 'A request takes at most 40 events.', permanent: false },
  UNSUPPORTED_MEDIA_TYPE: { status: 415, title: 'Send application/json or text/plain.', permanent: false },
  BAD_REQUEST: { status: 400, title: 'The request is malformed.', permanent: false },
  SUBJECTS_MIXED: { status: 400, title: 'All events of a request must be of one subject.', permanent: false },
  NOT_FOUND: { status: 404, title: 'There is no such thing here.', permanent: false },
  UNKNOWN_SITE: { status: 404, title: 'The service has no such site.', permanent: false },
  UNAUTHENTICATED: { status: 401, title: 'Sign the request with the subject key.', permanent: false },
  SIGN_IN: { status: 401, title: 'Sign in first.', permanent: false },
  SECOND_FACTOR: { status: 401, title: 'This key has a passkey: sign in with the passkey.', permanent: false },
  FORBIDDEN: { status: 403, title: 'Not allowed.', permanent: false },
  SITE_EXISTS: { status: 409, title: 'There is a site of that name.', permanent: false },
  INVALID_DOCUMENT: { status: 422, title: 'The document does not hold together.', permanent: false },
  RATE_LIMITED: { status: 429, title: 'Too many requests. Nothing was lost: send it again later.', permanent: false },
  REQUEST_STATE: { status: 409, title: 'This cannot be done with the request as it is now.', permanent: false },
  NOT_PERMITTED: { status: 409, title: 'This may not be sent.', permanent: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'This method is not allowed here.', permanent: false },
  UNAVAILABLE: {
    status: 503,
    title: 'The service cannot store anything now. Nothing was lost: send it again later.',
    permanent: false,
  },
  INTERNAL: { status: 500, title: 'Something failed here. Nothing was acknowledged: send it again later.', permanent: false },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** RFC 9457. */
export interface Problem {
  type: 'about:blank';
  title: string;
  status: number;
  code: ProblemCode;
  detail?: string;
}

/** An address that a form sent with an opt-in. It travels beside the signed event, never in it. */
export const PostedContact = v.strictObject({
  /** Id of an event of this request. */
  event: ConsentEvent.entries.id,
  channel: v.picklist(CHANNELS),
  /** As it was typed. */
  value: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)),
  /** In which language messages are written to it: BCP 47. */
  language: v.optional(v.pipe(v.string(), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}$/))),
});
export type PostedContact = v.InferOutput<typeof PostedContact>;

/** Events, presentations and contacts are read one by one, so that a bad one does not spoil the rest. */
export const EventsRequest = v.object({
  sentAt: Instant,
  events: v.pipe(v.array(v.unknown()), v.minLength(1)),
  presentations: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(MAX_EVENTS)), []),
  contacts: v.optional(v.pipe(v.array(v.unknown()), v.maxLength(2 * MAX_EVENTS)), []),
});
export interface EventsRequestInput {
  sentAt: string;
  events: string[];
  presentations?: Presentation[];
  contacts?: PostedContact[];
}

export const EventResult = v.object({
  /** Null if unreadable. */
  id: v.nullable(v.string()),
  status: v.picklist(['accepted', 'duplicate', 'erased', 'rejected']),
  ...v.partial(Acknowledgement).entries,
  problem: v.optional(
    v.object({
      type: v.optional(v.string()),
      code: v.string(),
      title: v.string(),
      status: v.number(),
      detail: v.optional(v.string()),
    }),
  ),
});
export type EventResult = v.InferOutput<typeof EventResult>;

export const EventsAnswer = v.object({
  /** One per event, in order. */
  results: v.array(EventResult),
  checkpoint: v.string(),
  /** The subject's highest seq from which down everything is there. */
  have: v.number(),
  /** Numbers below the highest that the service lacks; at most 100. */
  missing: v.array(v.number()),
  fork: v.boolean(),
  /** Hashes of presentations to send again with an event that cites them. */
  need: v.array(Hash),
});
export type EventsAnswer = v.InferOutput<typeof EventsAnswer>;

export const WellKnown = v.object({
  service: v.string(),
  version: v.string(),
  /** Every log of the service with its keys (C2SP verifier keys), retired ones included. */
  logs: v.array(
    v.object({
      site: v.string(),
      log: v.string(),
      keys: v.array(v.object({ key: v.string(), state: v.picklist(['active', 'retired']) })),
      /** Who cosigns its heads: C2SP verifier keys (tlog-cosignature), and where they offer what they cosigned. */
      witnesses: v.optional(v.array(v.object({ name: v.string(), url: v.string(), key: v.string() }))),
    }),
  ),
});
export type WellKnown = v.InferOutput<typeof WellKnown>;

/** The payload of `Authorization: Subject <JWS>` (typ candour-request+jws). */
export const SubjectRequest = v.strictObject({
  aud: v.pipe(v.string(), v.maxLength(500)),
  method: v.picklist(['GET', 'POST', 'DELETE']),
  path: v.pipe(v.string(), v.maxLength(500)),
  /** Of a request with a body: the SHA-256 of its bytes. */
  body: v.optional(Hash),
  /** Seconds since 1970. */
  iat: v.pipe(v.number(), v.integer()),
  jti: v.pipe(v.string(), v.minLength(16), v.maxLength(64)),
});
export type SubjectRequest = v.InferOutput<typeof SubjectRequest>;

export const OwnEvents = v.object({
  subject: Hash,
  events: v.array(v.object({ event: v.pipe(v.string(), v.maxLength(MAX_JWS)), ...Acknowledgement.entries })),
  /** What the operator attested about the subject: the operator's word, not the subject's own choice. */
  attested: v.optional(v.array(ProvenAttestation)),
});
export type OwnEvents = v.InferOutput<typeof OwnEvents>;

// The dashboard's part; shared/operator.ts has the rest of the administration.

export const AdminSite = v.object({
  site: v.string(),
  name: v.string(),
  log: v.string(),
  origins: v.array(v.string()),
  /** Kept now: without those that were erased. */
  events: v.number(),
  subjects: v.number(),
  /** Taken since midnight UTC, with those erased since: may be more than are kept. */
  today: v.number(),
  /** ISO instant of the newest event. */
  latest: v.nullable(v.string()),
});
export type AdminSite = v.InferOutput<typeof AdminSite>;

export const AdminStatistics = v.object({
  /** One per UTC day, oldest first, without gaps. */
  days: v.array(
    v.object({
      day: v.string(),
      events: v.number(),
      given: v.number(),
      refused: v.number(),
      withdrawn: v.number(),
      objected: v.number(),
    }),
  ),
  /** Of the newest event of each subject. */
  purposes: v.array(
    v.object({
      id: v.string(),
      label: v.string(),
      given: v.number(),
      refused: v.number(),
      withdrawn: v.number(),
      objected: v.number(),
      notObjected: v.number(),
    }),
  ),
});
export type AdminStatistics = v.InferOutput<typeof AdminStatistics>;

export const AdminEvent = v.object({
  id: v.string(),
  subject: v.string(),
  seq: v.number(),
  /** Of the log; missing in answers of before epochs were told. */
  epoch: v.optional(v.number()),
  index: v.number(),
  receivedAt: v.string(),
  method: v.string(),
  purposes: v.record(v.string(), v.string()),
  channels: v.optional(v.unknown()),
  gpc: v.boolean(),
  /** The operator's word, not the data subject's own signed choice. */
  attested: v.optional(v.boolean()),
  /** Of an attested one: the service itself heard it, from whoever had the link in a mail. */
  byLink: v.optional(v.boolean()),
});
export type AdminEvent = v.InferOutput<typeof AdminEvent>;

export const AdminEvents = v.object({
  events: v.array(AdminEvent),
  /** Pass as `before=` for the next page; null: no more. */ next: v.nullable(v.number()),
});
export type AdminEvents = v.InferOutput<typeof AdminEvents>;
