// The shapes in which requests and the retention engine are talked about over HTTP.
import * as v from 'valibot';

import { Hash } from '../consent/event.ts';
import { REQUEST_ACTIONS, REQUEST_KINDS, REQUEST_STATES } from './request.ts';

const day = v.pipe(v.string(), v.isoDate());
/** A mailbox as people write one; whether it exists, the mail tells. */
export const EmailAddress = v.pipe(v.string(), v.trim(), v.maxLength(254), v.email());
const words = v.pipe(v.string(), v.trim(), v.maxLength(4000));

/** What the page's form sends; every field is there. */
export const RequestForm = v.object({
  kind: v.picklist(REQUEST_KINDS),
  email: EmailAddress,
  message: v.optional(words, ''),
  /** The browser's code or the receipt's id, if they have one. */
  reference: v.optional(v.pipe(v.string(), v.trim(), v.maxLength(100)), ''),
});

/** A request signed by the subject's key. */
export const OwnRequest = v.strictObject({ kind: v.picklist(REQUEST_KINDS), message: v.optional(words, '') });

/** One that came by letter, by telephone or to another address, entered by an operator. */
export const NewRequest = v.strictObject({
  kind: v.picklist(REQUEST_KINDS),
  /** The day on which it came in; without it today. */
  received: v.optional(day),
  email: v.optional(EmailAddress),
  message: v.optional(words, ''),
  subject: v.optional(Hash),
});

export const NewStep = v.strictObject({
  action: v.picklist(REQUEST_ACTIONS.filter((action) => action !== 'confirm')),
  /** Told to the data subject; needed for extend, refuse, ask_fee and ask_identity. */
  reason: v.optional(words, ''),
});

const Deadline = v.object({ day: v.string(), counted: v.string() });

export const RequestSummary = v.object({
  id: v.string(),
  kind: v.picklist(REQUEST_KINDS),
  state: v.picklist(REQUEST_STATES),
  via: v.picklist(['page', 'subject', 'operator']),
  receivedAt: v.string(),
  closedAt: v.nullable(v.string()),
  subject: v.nullable(v.string()),
  regime: v.picklist(['uk', 'eu']),
  /** shared/rights/clock.ts */
  clock: v.object({
    starts: v.nullable(v.string()),
    waitingFor: v.array(v.string()),
    pausedDays: v.number(),
    extended: v.boolean(),
    extendBy: v.nullable(v.string()),
    acknowledge: v.nullable(Deadline),
    answer: v.nullable(Deadline),
    notes: v.array(v.string()),
  }),
  actions: v.array(v.picklist(REQUEST_ACTIONS)),
});
export type RequestSummary = v.InferOutput<typeof RequestSummary>;

export const RequestDetails = v.object({
  ...RequestSummary.entries,
  /** Null: erased, or sealed with a secret that the service does not have. */
  contact: v.nullable(v.object({ email: v.nullable(v.string()), message: v.string(), reference: v.string() })),
  steps: v.array(
    v.object({
      number: v.number(),
      action: v.picklist(REQUEST_ACTIONS),
      at: v.string(),
      actor: v.string(),
      reason: v.nullable(v.string()),
    }),
  ),
});
export type RequestDetails = v.InferOutput<typeof RequestDetails>;
