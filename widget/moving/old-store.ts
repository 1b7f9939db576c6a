// What another consent platform left on this device, read without believing it: size-capped, parsed, and only the names that were
// accepted and refused come out. The forms are those of vanilla-cookieconsent 2 and 3, Osano Cookie Consent 3, klaro 0.7 and
// tarteaucitron 1.
import type { ImportedFrom } from '../../shared/consent/event.ts';
import { isNecessary } from './common-names.ts';

export type Platform = ImportedFrom;

export interface OldChoice {
  from: Platform;
  /** The ISO day (UTC) that the platform wrote down; most write none. */
  day: string | null;
  revision: number | null;
  /** Names of categories or services, in lower case. */
  accepted: ReadonlySet<string>;
  refused: ReadonlySet<string>;
  /**
   * What the other names mean: refused where the platform lists only what was accepted; everything has one answer in Osano's; unanswered
   * where it says that some still wait.
   */
  others: 'accepted' | 'refused' | 'unanswered' | null;
}

/** Far more than any of the four writes. */
const LONGEST = 8_192;
const MOST_NAMES = 200;

type Read = Omit<OldChoice, 'from'>;
type Fields = Record<string, unknown>;

const fields = (value: unknown): Fields | null =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;

const names = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [])
    .slice(0, MOST_NAMES)
    .filter((name): name is string => typeof name === 'string' && name !== '' && name.length <= 100)
    .map((name) => name.toLowerCase());

const parsed = (text: string): Fields | null => {
  try {
    return fields(JSON.parse(text));
  } catch {
    return null;
  }
};

/** Null for what is no date. A day of the future is no day on which somebody chose. */
function dayOf(value: unknown, today: string): string | null {
  const time = typeof value === 'string' && value.length < 40 ? Date.parse(value) : NaN;
  if (Number.isNaN(time)) return null;
  const day = new Date(time).toISOString().slice(0, 10);
  return day <= today ? day : null;
}

/** {"categories": [accepted], "services": {each category: [accepted]} (3), "lastConsentTimestamp" (3) or "last_consent_update" (2)} */
function vanilla(text: string, today: string): Read | null {
  const value = parsed(text);
  if (!value || !Array.isArray(value['categories'])) return null;
  const services = fields(value['services']);
  const accepted = [
    ...names(value['categories']),
    ...Object.entries(services ?? {}).flatMap(([category, ones]) => (isNecessary(category.toLowerCase()) ? [] : names(ones))),
  ];
  // Version 3 names every category that there was; version 2 only those that were accepted.
  const offered = services && names(Object.keys(services));
  const { lastConsentTimestamp, consentTimestamp, last_consent_update: update, consent_date: date, revision } = value;
  return {
    day: dayOf(lastConsentTimestamp ?? consentTimestamp ?? update ?? date, today),
    revision: typeof revision === 'number' ? revision : null,
    accepted: new Set(accepted),
    refused: new Set(offered?.filter((name) => !accepted.includes(name))),
    others: offered ? null : 'refused',
  };
}

/** One word for everything. "dismiss" closed a notice, which is no answer. */
function osano(text: string): Read | null {
  if (text !== 'allow' && text !== 'deny') return null;
  const others = text === 'allow' ? 'accepted' : 'refused';
  return { day: null, revision: null, accepted: new Set(), refused: new Set(), others };
}

const answers = (said: [string, unknown][]): Read | null => {
  const all = (answer: unknown): string[] => names(said.filter(([, one]) => one === answer).map(([name]) => name));
  const [accepted, refused] = [all(true), all(false)];
  if (accepted.length + refused.length === 0) return null;
  const others = all('wait').length > 0 ? 'unanswered' : null;
  return { day: null, revision: null, accepted: new Set(accepted), refused: new Set(refused), others };
};

/** {"service": true} */
const klaro = (text: string): Read | null => answers(Object.entries(parsed(text) ?? {}));

/** !service=true!service=false!service=wait */
const tarteaucitron = (text: string): Read | null =>
  answers(
    text
      .split('!')
      .slice(0, MOST_NAMES)
      .map((pair): [string, unknown] => {
        const [name = '', answer] = pair.split('=');
        return [name, answer === 'true' || (answer === 'false' ? false : answer)];
      }),
  );

const READERS: Record<Platform, (text: string, today: string) => Read | null> = {
  'vanilla-cookieconsent': vanilla,
  osano,
  klaro,
  tarteaucitron,
};

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

/** Null for what is too long, or not of that platform's form. `text` as it stands in the cookie or in local storage. */
export function readOldChoice(from: Platform, text: string, today: string): OldChoice | null {
  if (text.length > LONGEST) return null;
  const read = READERS[from](text.startsWith('%') || text.includes('%22') ? decoded(text) : text, today);
  return read && { from, ...read };
}
