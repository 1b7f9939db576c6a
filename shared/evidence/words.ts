// What the codes of an evidence file say in words, the same on its page and in the dashboard.
import { STATE_WORDS } from '../consent/words.ts';
import type { Choice, Standing } from './evidence.ts';
import type { EvidenceCheck } from './verify-evidence.ts';

export const HELD_WORDS: Record<Choice['state'], string> = {
  ...STATE_WORDS,
  unknown: 'Nothing chosen',
  expired: 'Expired',
  superseded: 'Superseded by changed terms',
};

export const STANDING_WORDS: Record<Standing, string> = {
  shown: 'The words and controls that were shown, as published.',
  restored: 'Nothing was shown for it: the browser had lost its record and repeated what its cookie said. Not a first choice.',
  import: 'Nothing: it was imported from another platform, and what was shown there is not known here.',
  words_missing: 'The choice itself. What was shown never reached the service.',
  not_published:
    'The words and controls that were shown; they refer to a configuration or notice that this site did not publish.',
  not_shown: 'The choice itself. The words that were shown do not have this purpose.',
  no_choice: 'No choice was received by then.',
};

export const EVIDENCE_WORDS: Record<EvidenceCheck['verified'], { title: string; why: string }> = {
  true: {
    title: 'This evidence verifies.',
    why: 'Every step holds, and the answer follows from the events and documents in it.',
  },
  false: { title: 'This evidence does not verify.', why: 'At least one step fails. The steps say which.' },
  unchecked: {
    title: 'Everything in this evidence fits together.',
    why: "A page cannot vouch for its own key: compare the log's key with the ones that the service publishes.",
  },
};

export const ERASED_BY_WORDS = {
  subject: 'at the request of the data subject',
  controller: 'by the controller',
  retention: 'because its retention period had ended',
};
