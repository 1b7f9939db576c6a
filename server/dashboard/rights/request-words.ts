// Requests in the words of the people who answer them.
import type { RequestDetails, RequestSummary } from '../../../shared/rights/api.ts';
import { KEPT } from '../../../shared/rights/kept.ts';
import type { RequestAction, RequestKind, RequestState } from '../../../shared/rights/request.ts';
import { counted } from '../words.ts';
import type { Done } from './requests-api.ts';

export const KIND_WORDS: Record<RequestKind, string> = {
  access: 'Access',
  portability: 'Portability',
  rectification: 'Rectification',
  erasure: 'Erasure',
  restriction: 'Restriction',
  objection: 'Objection',
  direct_marketing_objection: 'Objection to direct marketing',
  withdrawal: 'Withdrawal of consent',
  complaint: 'Complaint',
};

export const REQUEST_STATE_WORDS: Record<RequestState, string> = {
  unconfirmed: 'Not confirmed yet',
  open: 'Open',
  awaiting_identity: 'Waits for identity',
  awaiting_fee: 'Waits for the fee',
  awaiting_clarification: 'Waits for clarification',
  fulfilled: 'Answered',
  refused: 'Refused',
  retracted: 'Taken back',
};

export const VIA_WORDS: Record<RequestSummary['via'], string> = {
  page: 'the request page',
  subject: 'the browser’s own key',
  operator: 'entered by an operator',
};

interface ActionWords {
  /** On the button. */
  deed: string;
  /** In the history. */
  done: string;
  /** What taking it means. */
  effect: string;
}

export const ACTION_WORDS: Record<RequestAction, ActionWords> = {
  confirm: { deed: 'Confirm', done: 'Confirmed by mail', effect: '' },
  acknowledge: { deed: 'Acknowledge', done: 'Acknowledged', effect: 'Says that the request came in and is being looked at.' },
  ask_identity: {
    deed: 'Ask for identity',
    done: 'Identity asked for',
    effect: 'For reasonable doubts only. In the United Kingdom the period begins when it has come in.',
  },
  receive_identity: { deed: 'Identity verified', done: 'Identity verified', effect: 'The request goes on.' },
  ask_fee: {
    deed: 'Ask for a fee',
    done: 'Fee asked for',
    effect:
      'Only for a request that is manifestly unfounded or excessive. In the United Kingdom the period begins when it is paid.',
  },
  receive_fee: { deed: 'Fee received', done: 'Fee received', effect: 'The request goes on.' },
  ask_clarification: {
    deed: 'Ask for clarification',
    done: 'Clarification asked for',
    effect: 'In the United Kingdom the period of an access request stands still meanwhile; elsewhere it runs on.',
  },
  receive_clarification: { deed: 'Clarification came', done: 'Clarification came', effect: 'The period runs again.' },
  extend: {
    deed: 'Extend the period',
    done: 'Period extended',
    effect: 'By two further months, for complex or many requests. The reasons must be told within the first month.',
  },
  fulfil: { deed: 'Answer and close', done: 'Answered', effect: '' },
  refuse: {
    deed: 'Refuse',
    done: 'Refused',
    effect: 'The ground is told, with the right to complain to the supervisory authority and to go to court.',
  },
  retract: {
    deed: 'Taken back by the person',
    done: 'Taken back',
    effect: 'Closes the request because the data subject no longer asks.',
  },
};

/** What `fulfil` does by itself, and what is left to do. */
export function fulfilEffect({ kind, subject }: RequestDetails): string {
  const linked = subject !== null;
  switch (kind) {
    case 'access':
    case 'portability':
      return 'Writes down that the answer was given. Send the pack first, in a way that suits its content.';
    case 'erasure':
      return linked
        ? 'Erases the linked subject’s choices at once; an entry in the log says so. This cannot be undone.'
        : 'Erases nothing here: no subject is linked. Writes down that it is done.';
    case 'restriction':
      return linked
        ? 'The linked subject’s data is kept and not used until the restriction is lifted.'
        : 'Restricts nothing here: no subject is linked. Writes down that it is done.';
    case 'direct_marketing_objection':
      return 'Puts the address, as a keyed hash, on the suppression list for every channel.';
    default:
      return 'Writes down that it is done. Doing it in your other systems is yours.';
  }
}

/** What became of a step, sentence by sentence. */
export function doneWords({ erased, kept = [], restricted, suppressed, told }: Done): string[] {
  return [
    ...(erased === undefined ? [] : [`Erased: ${counted(erased, 'recorded choice')}.`]),
    ...kept.map((each) => KEPT[each]),
    ...(restricted ? ['The subject’s data is restricted.'] : []),
    ...(suppressed ? [KEPT.suppression] : []),
    told === null
      ? 'No address is known: tell the data subject yourself.'
      : told
        ? 'The data subject was told by mail.'
        : 'The mail could not be sent: tell the data subject yourself.',
  ];
}
