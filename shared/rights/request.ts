// A data subject's request: what can be asked, which states it goes through, and what may never happen to it.
import type { Right } from '../notice/rights.ts';

export const REQUEST_KINDS = [
  'access',
  'portability',
  'rectification',
  'erasure',
  'restriction',
  'objection',
  'direct_marketing_objection',
  'withdrawal',
  'complaint',
] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

export interface RequestKindFacts {
  /** As a visitor reads it. */
  label: string;
  explanation: string;
  /** As notices name it. */
  right: Right;
  /** Where the right stands; the same numbers in GDPR and UK GDPR, unless it says so. */
  article: string;
}

export const REQUEST_KIND_FACTS: Record<RequestKind, RequestKindFacts> = {
  access: {
    label: 'See what is held about me',
    explanation: 'A copy of your data, with what it is used for, who gets it and how long it is kept.',
    right: 'access',
    article: 'Art. 15',
  },
  portability: {
    label: 'Take my data elsewhere',
    explanation: 'The data that you gave, in a form that programs can read, where it is used by your consent or for a contract.',
    right: 'portability',
    article: 'Art. 20',
  },
  rectification: {
    label: 'Have something put right',
    explanation: 'Data about you that is wrong or incomplete.',
    right: 'rectification',
    article: 'Art. 16',
  },
  erasure: {
    label: 'Have my data erased',
    explanation: 'What is no longer needed, or rests on a consent that you withdraw.',
    right: 'erasure',
    article: 'Art. 17',
  },
  restriction: {
    label: 'Have the use of my data limited',
    explanation: 'It is kept and not used, for example while a disagreement is open.',
    right: 'restriction',
    article: 'Art. 18',
  },
  objection: {
    label: 'Object to a use of my data',
    explanation: 'For reasons that arise from your own situation.',
    right: 'object',
    article: 'Art. 21(1)',
  },
  direct_marketing_objection: {
    label: 'Stop direct marketing to me',
    explanation: 'No reason is needed, and it cannot be turned down.',
    right: 'object_direct_marketing',
    article: 'Art. 21(2)',
  },
  withdrawal: {
    label: 'Take back a consent',
    explanation: 'What was done before stays as it was; from now on it ends.',
    right: 'withdraw_consent',
    article: 'Art. 7(3)',
  },
  complaint: {
    label: 'Complain about how my data is handled',
    explanation: 'You can also complain to the supervisory authority.',
    right: 'complaint',
    article: 'Art. 77; United Kingdom: section 164A of the Data Protection Act 2018',
  },
};

/** What the law calls it where the site is: of `United Kingdom: …` one half. */
export function articleOf(kind: RequestKind, regime: string): string {
  const [elsewhere = '', unitedKingdom = elsewhere] = REQUEST_KIND_FACTS[kind].article.split('; United Kingdom: ');
  return regime === 'uk' ? unitedKingdom : elsewhere;
}

export const REQUEST_STATES = [
  'unconfirmed',
  'open',
  'awaiting_identity',
  'awaiting_fee',
  'awaiting_clarification',
  'fulfilled',
  'refused',
  'retracted',
] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

export const REQUEST_ACTIONS = [
  'confirm',
  'acknowledge',
  'ask_identity',
  'receive_identity',
  'ask_fee',
  'receive_fee',
  'ask_clarification',
  'receive_clarification',
  'extend',
  'fulfil',
  'refuse',
  'retract',
] as const;
export type RequestAction = (typeof REQUEST_ACTIONS)[number];

/** All that can happen. An action that a state does not list is refused. */
export const TRANSITIONS: Record<RequestState, Partial<Record<RequestAction, RequestState>>> = {
  unconfirmed: { confirm: 'open', retract: 'retracted' },
  open: {
    acknowledge: 'open',
    ask_identity: 'awaiting_identity',
    ask_fee: 'awaiting_fee',
    ask_clarification: 'awaiting_clarification',
    extend: 'open',
    fulfil: 'fulfilled',
    refuse: 'refused',
    retract: 'retracted',
  },
  awaiting_identity: {
    acknowledge: 'awaiting_identity',
    receive_identity: 'open',
    refuse: 'refused',
    retract: 'retracted',
  },
  awaiting_fee: {
    acknowledge: 'awaiting_fee',
    receive_fee: 'open',
    fulfil: 'fulfilled',
    refuse: 'refused',
    retract: 'retracted',
  },
  awaiting_clarification: {
    acknowledge: 'awaiting_clarification',
    receive_clarification: 'open',
    extend: 'awaiting_clarification',
    fulfil: 'fulfilled',
    refuse: 'refused',
    retract: 'retracted',
  },
  fulfilled: {},
  refused: {},
  retracted: {},
};

/** Nothing may stand between a person and the end of marketing or of a consent: no refusal, no identity papers, no fee, no delay (Arts. 7(3), 21(3)). */
const ABSOLUTE: readonly RequestAction[] = ['refuse', 'ask_identity', 'ask_fee', 'ask_clarification', 'extend'];

/** What can't be done with a request of that kind, whatever its state. */
export const NEVER: Record<RequestKind, readonly RequestAction[]> = {
  access: [],
  portability: [],
  rectification: [],
  erasure: [],
  restriction: [],
  objection: [],
  direct_marketing_objection: ABSOLUTE,
  withdrawal: ABSOLUTE,
  // A complaint is answered with its outcome, whatever that is; Article 12's fee and extension are not for it.
  complaint: ['refuse', 'ask_fee', 'extend'],
};

/** Reasons are told to the data subject: Art. 12(3) for a delay, Art. 12(4) for a refusal. */
export const NEEDS_REASON: readonly RequestAction[] = ['extend', 'refuse', 'ask_fee', 'ask_identity'];

/** Where an action leads; null: it is not possible. */
export function nextState(kind: RequestKind, state: RequestState, action: RequestAction): RequestState | null {
  return NEVER[kind].includes(action) ? null : (TRANSITIONS[state][action] ?? null);
}

/** What can be done next, in the order of REQUEST_ACTIONS. */
export const possibleActions = (kind: RequestKind, state: RequestState): RequestAction[] =>
  REQUEST_ACTIONS.filter((action) => nextState(kind, state, action) !== null);

export const isClosed = (state: RequestState): boolean => Object.keys(TRANSITIONS[state]).length === 0;
