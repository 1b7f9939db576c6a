// What is written to people who made a request: plain text, in the site's name, with nothing in it that they did not send.
import { CLOCK_NOTES } from '../../shared/rights/clock.ts';
import type { RequestSummary } from '../../shared/rights/api.ts';
import { articleOf, REQUEST_KIND_FACTS, type RequestAction, type RequestKind } from '../../shared/rights/request.ts';
import type { Mail } from '../mail/mailer.ts';
import { dateIn } from '../mail/dates.ts';

type Letter = Pick<Mail, 'subject' | 'text'>;

export const CONFIRM_HOURS = 48;

const paragraphs = (...parts: (string | false | null)[]): string => `${parts.filter(Boolean).join('\n\n')}\n`;

/** `link` leads to a page with a button; opening it does nothing. */
export const confirmationLetter = (siteName: string, kind: RequestKind, link: string): Letter => ({
  subject: `Please confirm your request to ${siteName}`,
  text: paragraphs(
    `Somebody, probably you, sent a request to ${siteName} with this e-mail address: "${REQUEST_KIND_FACTS[kind].label}".`,
    `To send it on, open this page and press "Confirm":\n${link}`,
    `The page works for ${CONFIRM_HOURS} hours and once. If it was not you, do nothing: the request and this address are then deleted.`,
  ),
});

const OUTCOME: Partial<Record<RequestAction, string>> = {
  acknowledge: 'We have your request and are dealing with it.',
  ask_identity: 'Before we can answer we need to be sure who is asking.',
  receive_identity: 'Thank you: we know now who is asking.',
  ask_fee: 'There is a fee for this request.',
  receive_fee: 'Thank you: the fee has come in.',
  ask_clarification: 'To find what you ask for we need to know more.',
  receive_clarification: 'Thank you: we know now what you ask for.',
  extend: 'We need two further months for our answer.',
  fulfil: 'Your request has been carried out.',
  refuse: 'We will not do what you asked for.',
  retract: 'Your request has been closed, as you wished.',
};

/** Art. 12(4): whoever is refused learns why, and where to turn to. */
export function stepLetter(
  siteName: string,
  { id, kind, regime, clock }: RequestSummary,
  {
    action,
    reason,
    more = [],
    authority,
  }: { action: RequestAction; reason: string; more?: readonly string[]; authority: string | null },
): Letter {
  const due = clock.answer ?? clock.acknowledge;
  const open = !['fulfil', 'refuse', 'retract'].includes(action);
  const complain = authority ?? 'the data protection authority of your country';
  return {
    subject: `Your request ${id} to ${siteName}`,
    text: paragraphs(
      `This is about your request ${id}: "${REQUEST_KIND_FACTS[kind].label}" (${articleOf(kind, regime)}).`,
      OUTCOME[action] ?? null,
      reason !== '' && `The reason: ${reason}`,
      ...more,
      open &&
        due &&
        `You get our answer by ${dateIn('en', due.day)} at the latest.${due.day === due.counted ? '' : ` ${CLOCK_NOTES.rolled}`}`,
      action === 'refuse' && `You can complain to ${complain}, and you can go to court.`,
    ),
  };
}
