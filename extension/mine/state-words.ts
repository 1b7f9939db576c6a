// What the states of purposes are called, ours and those of other platforms.
import { STATE_WORDS } from '../../shared/consent/words.ts';
import { idWords } from '../popup/words.ts';
import { plainText } from '../plain-text.ts';

const OTHERS: Record<string, string> = {
  consent: 'Consent',
  legitimate_interest: 'Legitimate interest',
  granted: 'Granted',
  denied: 'Denied',
};

export const stateWords = (state: string): string =>
  Object.hasOwn(STATE_WORDS, state)
    ? STATE_WORDS[state as keyof typeof STATE_WORDS]
    : (OTHERS[state] ?? idWords(plainText(state)));

export const tidyName = (name: string): string => idWords(plainText(name));
