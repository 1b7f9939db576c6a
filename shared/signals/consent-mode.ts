// What Google Consent Mode holds after all that the page told it.
import { CONSENT_TYPES, type ConsentModeSignal, type ConsentType, type Grant } from './signals.ts';

export interface ConsentState {
  /** Told for everywhere, before any update; null: no default was told. */
  byDefault: Grant | null;
  /** Now, as Google's script holds it, else as the commands say. */
  now: Grant | null;
}

/** Each of the seven types. Later commands go before earlier ones; a default for some regions only says nothing about this visit. */
export function consentStates(signal: ConsentModeSignal): Record<ConsentType, ConsentState> {
  const last = (command: 'default' | 'update', type: ConsentType): Grant | null =>
    signal.commands.findLast((one) => one.command === command && one.region === null && one.types[type])?.types[type] ?? null;
  const states = CONSENT_TYPES.map((type): [ConsentType, ConsentState] => {
    const byDefault = last('default', type);
    return [type, { byDefault, now: signal.now[type] ?? last('update', type) ?? byDefault }];
  });
  return Object.fromEntries(states) as Record<ConsentType, ConsentState>;
}

/** A tag or an event stood in the queue before the first default. */
export function defaultCameLate({ commands, firstTag, lateByGoogle }: ConsentModeSignal): boolean {
  const first = commands.find(({ command }) => command === 'default');
  return lateByGoogle === true || (first !== undefined && firstTag !== null && firstTag < first.at);
}
