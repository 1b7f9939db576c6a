// What the codes of a consent event and of a receipt's check say in words, the same in every part.
import type { ConsentEvent, Method, PurposeState } from './event.ts';
import type { ReceiptCheck, ReceiptStep } from './receipt.ts';

export const STATE_WORDS: Record<PurposeState, string> = {
  given: 'Given',
  refused: 'Refused',
  withdrawn: 'Withdrawn',
  objected: 'Objected',
  not_objected: 'Not objected',
};

export const METHOD_WORDS: Record<Method, string> = {
  accept_all: 'Accepted all',
  reject_all: 'Rejected all',
  save_choices: 'Chose one by one',
  withdraw: 'Withdrew',
  object: 'Objected',
  form: 'Boxes in a form',
  unsubscribe: 'Unsubscribed',
  extension: 'Through a browser extension',
  import: 'Imported from another platform',
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

export const RESULT_WORDS: Record<ReceiptCheck['steps'][number]['result'], string> = {
  holds: 'Holds',
  fails: 'Fails',
  unchecked: 'Not checked',
};

export const VERDICT_WORDS: Record<ReceiptCheck['verified'], { title: string; why: string }> = {
  true: { title: 'This receipt verifies.', why: 'Every step holds: the choice is unchanged, and the log recorded it.' },
  false: { title: 'This receipt does not verify.', why: 'At least one step fails. The steps say which.' },
  unchecked: {
    title: 'Everything in this receipt fits together.',
    why: "Its log key has not been compared with the service's published keys, so who signed it is still open.",
  },
};
