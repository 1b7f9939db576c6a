// What the states of purposes are called, ours and those of other platforms.
import { plainText } from '../plain-text.ts';
import { capital, idWords, purposeWords } from '../popup/words.ts';
import { en, type Word } from '../words/en.ts';
import { say } from '../words/say.ts';

/** A state that nobody told us of is shown as it is. */
export function stateWords(state: string): string {
  const id = `state.${state}`;
  return Object.hasOwn(en, id) ? say(id as Word) : idWords(plainText(state));
}

/** Purposes of other platforms are kept by the id of their words, those of our sites by their own. */
export const tidyName = (name: string): string =>
  Object.hasOwn(en, name) && /^(?:tcf\.purpose|consentType|what)\./.test(name) ? capital(say(name as Word)) : purposeWords(name);
