// Grounds for marketing other than a consent: what an operator claims, and the evidence that each claim needs. A claim with less
// evidence can be stored and shown, and permits nothing.
import * as v from 'valibot';

import { Reference } from '../consent/attestation.ts';
import { Hash } from '../consent/event.ts';
import { LAWFUL_BASES } from '../notice/lawful-basis.ts';
import { addPeriod } from '../notice/period.ts';
import { Slug, type Channel } from '../notice/schema.ts';
import { CHANNEL_FACTS, subscriberType, type Reason, type Subscriber } from './channel.ts';

const day = v.pipe(v.string(), v.isoDate('must be a day such as 2026-11-22'));
const yes = v.literal(true, 'must be true');

/** The way out that was offered when the details were collected: on that day, and what was shown (a presentation or a notice). */
const RefusalOffered = v.strictObject({ on: day, shown: Hash });
/** The processing activity that the messages belong to, and its lawful basis where no consent is asked. */
const Activity = v.strictObject({
  notice: Hash,
  activity: Slug,
  lawfulBasis: v.picklist(LAWFUL_BASES.filter((basis) => basis !== 'consent')),
});

/** PECR reg. 22(3): five facts. */
const SoftOptIn = v.strictObject({
  sale: v.strictObject({ kind: v.picklist(['sale', 'negotiation']), reference: Reference, on: day }),
  collectedDirectly: yes,
  ownSimilarProducts: yes,
  refusalAtCollection: RefusalOffered,
  refusalInEveryMessage: yes,
});

/** Details obtained earlier are outside PECR reg. 22(3A), inserted by the Data (Use and Access) Act 2025 s. 114. */
export const CHARITY_SOFT_OPT_IN_FROM = '2026-02-05';
const CharitySoftOptIn = v.strictObject({
  charity: Reference,
  obtainedOn: v.pipe(day, v.minValue(CHARITY_SOFT_OPT_IN_FROM, `must be ${CHARITY_SOFT_OPT_IN_FROM} or later`)),
  collectedDirectly: yes,
  soleCharitablePurpose: yes,
  expressed: v.strictObject({ kind: v.picklist(['interest', 'support']), reference: Reference, on: day }),
  refusalAtCollection: RefusalOffered,
  refusalInEveryMessage: yes,
  notForOtherOrganisations: yes,
});

/** Where it is known that a company or the like holds the mailbox or line: from which register or record, and when. */
const CorporateSubscriber = v.strictObject({ record: Reference, on: day, ...Activity.entries });

/** A look at the Telephone Preference Service's registers, which may be 28 days old (PECR reg. 21(3)). */
const SCREENING_LASTS = 'P28D';
const Screening = v.strictObject({ register: v.picklist(['tps', 'ctps']), on: day, listed: v.boolean() });
const NoPecrRule = v.strictObject({ ...Activity.entries, screening: v.optional(Screening) });

const EVIDENCE = {
  soft_opt_in: SoftOptIn,
  charity_soft_opt_in: CharitySoftOptIn,
  corporate_subscriber: CorporateSubscriber,
  no_pecr_rule: NoPecrRule,
} as const;

export interface Ground {
  reason: Exclude<Reason, 'consent'>;
  channel: Channel;
  sender: string;
  /** ISO day from which the operator relies on it. */
  since: string;
  /** As it was handed in: read by groundProblems and nowhere else. */
  evidence: unknown;
}

export interface GroundContext {
  subscriber: Subscriber;
  /** PECR holds in the United Kingdom; what it allows beyond consent for charities, companies and live calls holds nowhere else. */
  regime: 'uk' | 'other';
  /** ISO day. */
  today: string;
}

const UK_ONLY: readonly Reason[] = ['charity_soft_opt_in', 'corporate_subscriber'];

/** Days inside evidence that are still to come show nothing. */
function futureDays(value: unknown, today: string, path = ''): string[] {
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}$/.test(value) && value > today ? [`${path}: is still to come`] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, one]) => futureDays(one, today, path === '' ? key : `${path}.${key}`));
}

function screeningProblems(
  screening: v.InferOutput<typeof Screening> | undefined,
  { subscriber, today }: GroundContext,
): string[] {
  const register = subscriberType(subscriber) === 'corporate' ? 'ctps' : 'tps';
  if (!screening) return ['screening: is missing'];
  return [
    ...(screening.register === register ? [] : [`screening.register: must be ${register} for this subscriber`]),
    ...(screening.listed ? ['screening.listed: the number is on the register'] : []),
    ...(addPeriod(screening.on, SCREENING_LASTS) < today ? ['screening.on: is more than 28 days old'] : []),
  ];
}

/** What is missing for the ground to permit anything, as "place: what"; empty: nothing. */
export function groundProblems(ground: Ground, context: GroundContext): string[] {
  const { reason, channel, evidence, since } = ground;
  if (reason === 'not_stated') return ['reason: none is stated'];
  if (!CHANNEL_FACTS[channel].reasons.includes(reason)) return [`reason: is none for ${channel}`];
  if (context.regime !== 'uk' && (UK_ONLY.includes(reason) || channel === 'live_call'))
    return ['reason: is one in the United Kingdom only'];
  const read = v.safeParse(EVIDENCE[reason], evidence);
  if (!read.success)
    return read.issues.map((issue) => {
      const what = issue.received === 'undefined' ? 'is missing' : issue.message;
      return `${v.getDotPath(issue) ?? 'evidence'}: ${what}`;
    });
  const subscriber = subscriberType(context.subscriber);
  return [
    ...futureDays({ since, ...read.output }, context.today),
    ...(reason === 'corporate_subscriber' && subscriber !== 'corporate' ? ['subscriber: is not known to be corporate'] : []),
    ...(channel === 'live_call'
      ? screeningProblems('screening' in read.output ? read.output.screening : undefined, context)
      : []),
  ];
}
