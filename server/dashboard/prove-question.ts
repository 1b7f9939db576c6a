// What can be asked of a site's evidence, as it stands in the dashboard's address and as a person pastes it.
import type { Evidence } from '../../shared/evidence/evidence.ts';
import { siteHref } from './href.ts';

/** Whom it is about: exactly one of subject, event (with its subject where that is known), leaf, receipt. */
export interface ProveQuestion {
  subject?: string;
  event?: string;
  /** "<index>" or "<epoch>/<index>". */
  leaf?: string;
  /** Parsed as JSON; never in an address. */
  receipt?: unknown;
  purpose?: string;
  /** Instant or day; left out: when the event was received, or now. */
  at?: string;
}

const IN_ADDRESS = ['event', 'subject', 'leaf', 'purpose', 'at'] as const;

/** Support knows subjects shortened: such a one names nobody. */
const whole = (name: string, value: string): boolean => name !== 'subject' || value.length === 43;

/** `#/sites/shop/prove/event:019a…/purpose:statistics`: the fragment, which never reaches a server. */
export const proveHref = (site: string, question: ProveQuestion): string =>
  siteHref(
    site,
    'prove',
    ...IN_ADDRESS.flatMap((name) => (question[name] && whole(name, question[name]) ? [`${name}:${question[name]}`] : [])),
  );

/** Null: nothing is asked. */
export function questionOf(rest: readonly string[]): ProveQuestion | null {
  const question: ProveQuestion = {};
  for (const part of rest) {
    const name = IN_ADDRESS.find((known) => part.startsWith(`${known}:`));
    if (name) question[name] = part.slice(name.length + 1);
  }
  return question.event || question.subject || question.leaf ? question : null;
}

export type Pasted =
  | { is: 'nothing' }
  | { is: 'unclear'; why: string }
  | { is: 'event' | 'subject' | 'leaf'; value: string }
  | { is: 'receipt'; value: unknown };

/** Tells by its form what a person pasted. */
export function readPasted(text: string): Pasted {
  const value = text.trim();
  if (value === '') return { is: 'nothing' };
  if (value.startsWith('{')) {
    try {
      return { is: 'receipt', value: JSON.parse(value) as unknown };
    } catch {
      return { is: 'unclear', why: 'This begins like a receipt, but a part of it is missing: it cannot be read as JSON.' };
    }
  }
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return { is: 'event', value: value.toLowerCase() };
  if (/^[\w-]{43}$/.test(value)) return { is: 'subject', value };
  if (/^(\d{1,6}\/)?\d{1,15}$/.test(value)) return { is: 'leaf', value };
  return { is: 'unclear', why: 'This is none of them: an event id has 36 characters, a subject 43, a receipt begins with “{”.' };
}

export const PASTED_WORDS: Record<'event' | 'subject' | 'leaf' | 'receipt', string> = {
  event: 'This is the id of an event.',
  subject: 'This is a data subject: the thumbprint of a key.',
  leaf: 'This is the number of an entry in the log.',
  receipt: 'This is a receipt.',
};

/** The question of an evidence file as a URL of the service, which gives the same evidence as a page. */
export function evidencePageUrl({ question, events, erased }: Evidence, download = false): string {
  const { site, subject, event, purpose, at } = question;
  // Who is known by an erased event alone is asked for by its leaf.
  const [gone] = erased;
  const who: [string, string][] =
    gone && (events.length === 0 || subject === null)
      ? [['leaf', `${gone.epoch}/${gone.index}`]]
      : [
          ...(subject === null ? [] : [['subject', subject] as [string, string]]),
          ...(event === null ? [] : [['event', event] as [string, string]]),
        ];
  const query = new URLSearchParams([...who, ...(purpose === null ? [] : [['purpose', purpose]]), ['at', at], ['as', 'html']]);
  return `/v1/admin/sites/${encodeURIComponent(site)}/prove?${query}${download ? '&download' : ''}`;
}

/** As the service names the files. */
export const evidenceFile = ({ question }: Evidence): string => `evidence-${question.site}-${question.at.slice(0, 10)}.json`;

/** How anyone checks the file without the service. `keys`: the ones that the service publishes for that log. */
export const checkCommand = (file: string, keys: readonly string[]): string =>
  ['npx candour log verify --evidence', file, ...keys.map((key) => `--key '${key}'`)].join(' ');
