// The mirror cookie `candour_SITE`: the choices, the short terms, the day and the expiry day. No id, no number, no time:
// equal choices on one day give equal cookies (R17). No imports, because the widget's first chunk carries it.

export type MirrorState = 'given' | 'refused' | 'withdrawn' | 'objected' | 'not_objected';
export interface Mirror {
  /** The first 16 characters of `terms`. */
  terms: string;
  /** ISO days, UTC. */
  day: string;
  until: string;
  choices: Record<string, MirrorState>;
}

/** Each by its first letter. */
export const STATES: readonly MirrorState[] = ['given', 'refused', 'withdrawn', 'objected', 'not_objected'];
const FORM = /^1\.([\w-]{16})\.(\d{4}-\d\d-\d\d)\.(\d{4}-\d\d-\d\d)\.((?:[a-z0-9-]{1,64}:[grwon](?:~|$))*)$/;

export const mirrorName = (site: string): string => `candour_${site}`;
export const pendingName = (site: string): string => `candour_${site}_pending`;

export const mirrorValue = (mirror: Mirror): string =>
  `1.${mirror.terms}.${mirror.day}.${mirror.until}.${Object.keys(mirror.choices)
    .sort()
    .map((id) => `${id}:${mirror.choices[id]?.[0]}`)
    .join('~')}`;

/** Null for anything that is not exactly such a value. */
export function readMirror(value: string | undefined): Mirror | null {
  const [, terms = '', day = '', until = '', choices = ''] = FORM.exec(value ?? '') ?? [];
  // A day that there is not would end whatever counts from it.
  if (!Date.parse(day)) return null;
  return {
    terms,
    day,
    until,
    choices: Object.fromEntries(
      choices
        .split('~')
        .filter(Boolean)
        .map((entry) => [entry.slice(0, -2), STATES.find(([letter]) => letter === entry.at(-1)) as MirrorState]),
    ),
  };
}

/** The form of `terms` that the mirror cookie holds. */
export const shortTerms = (terms: string): string => terms.slice(0, 16);
