// What a consent event's codes say in words, on the receipt page.
import type { ConsentEvent, Method, PurposeState } from '../../shared/consent/event.ts';
import type { ReceiptCheck, ReceiptStep } from '../../shared/consent/receipt.ts';

export const STATE_WORDS: Record<PurposeState, string> = {
  given: 'Given',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  objected: 'Objected',
  not_objected: 'Not objected',
};

export const METHOD_WORDS: Record<Method, string> = {
  accept_all: 'Everything was accepted with one button',
  reject_all: 'Everything was refused with one button',
  save_choices: 'Each purpose was chosen one by one',
  withdraw: 'What was given before was withdrawn',
  object: 'An objection was made',
  form: 'Boxes in a form of the site',
  unsubscribe: 'Messages were unsubscribed from',
  extension: 'Through a browser extension',
  import: 'Taken over from another consent platform',
  api: 'Through the programming interface',
};

export const ACTOR_WORDS: Record<ConsentEvent['actor'], string> = {
  self: 'The person at the browser',
  parent: 'A parent or guardian',
  representative: 'A representative',
};

export const STEP_WORDS: Record<ReceiptStep, string> = {
  form: 'Form',
  event_signature: 'Signature of the choice',
  event_log: 'Log of the choice',
  leaf: 'Entry in the log',
  inclusion: 'Proof of inclusion',
  checkpoint_signature: "Signature of the log's head",
  presentation: 'What was shown',
  log_key: 'Key of the log',
};

export const RESULT_WORDS = { holds: 'Holds', fails: 'Fails', unchecked: 'Not checked' } as const;

export const VERDICT_WORDS: Record<ReceiptCheck['verified'], { title: string; why: string }> = {
  true: { title: 'This receipt verifies.', why: 'Every step holds: the choice is unchanged, and the log recorded it.' },
  false: { title: 'This receipt does not verify.', why: 'At least one step fails. The steps below say which.' },
  unchecked: {
    title: 'Everything in this receipt fits together.',
    why: "Its log key has not been compared with the service's published keys, so who signed it is still open.",
  },
};

const moment = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' });

/** "22 November 2026 at 10:15:30 UTC" of an ISO instant. */
export const instantWords = (instant: string): string => `${moment.format(new Date(instant))} UTC`;
