// What "Refuse for me" says of what it did.
import type { Refusal } from '../background/refusals.ts';
import { say } from '../words/say.ts';

/** `title`: in a few words; `text`: in a sentence. */
export const outcomeWords = ({ outcome }: Pick<Refusal, 'outcome'>): { title: string; text: string } => ({
  title: say(`refuse.${outcome}`),
  text: say(`refuse.${outcome}.how`),
});

/** After a refusal: whether the platform itself says so. */
export const confirmedWords = ({ outcome, confirmed }: Refusal): string =>
  outcome !== 'refused' || confirmed === null ? '' : say(confirmed ? 'refuse.confirmed' : 'refuse.unconfirmed');
