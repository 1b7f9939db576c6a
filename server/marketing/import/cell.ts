// What a cell of a list says: yes or no, a moment, a state. What it says is never repeated in a problem: it may be anybody's data.

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const TRUE = words('1 true t yes y x on ja j oui o si sí wahr vrai optedin tak ano igen kyllä da jah jā taip ναι да так');
const FALSE = words('0 false f no n off nein non falsch faux - n/a null none nej nee nei nie ne nem ei nē não nao όχι не нет ні');

/** Without blanks, marks and capitals, in whatever script. */
export const plainWord = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Null: neither. An empty cell is a no. */
export function booleanOf(cell: string): boolean | null {
  const text = cell.trim().toLowerCase();
  if (text === '' || FALSE.has(text)) return false;
  return TRUE.has(text) ? true : null;
}

const NO_IN_WORDS = words('no false nein non nej nee nei nie ne falsch faux não nao όχι не нет');
/** A no in a word, of whatever list's language. A number is none: 0 is a time zone, too. */
export const isNoInWords = (cell: string): boolean => NO_IN_WORDS.has(cell.trim().toLowerCase());

/** A cell of a column that says no: whether it does, in words or by the day on which it was said. Null: it cannot be told. */
export function isNo(cell: string): boolean | null {
  const said = booleanOf(cell);
  if (said !== null) return said;
  // Whichever day it is.
  if (/^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}\b/.test(cell.trim()) || momentOf(cell) !== null) return true;
  const state = listStateOf(cell);
  return state === 'stopped' || state === 'objected' ? true : state === 'subscribed' ? false : null;
}

/** What a list's own word for a state comes to: `objected` ends all marketing, `stopped` the channels of the list. */
export type ListState = 'subscribed' | 'stopped' | 'objected' | 'neither';
const STATES: readonly [ListState, ReadonlySet<string>][] = [
  ['subscribed', words('subscribed active optedin optin confirmed yes true 1 allow allowed accepted subscriber')],
  [
    'stopped',
    words(
      'unsubscribed optedout optout suppressed blacklisted blocklisted complained complaint spam spamcomplaint abuse stopped withdrawn refused declined blocked no false 0 unsub rejected removed donotallow disallow disallowed abgemeldet abbestellt ausgetragen widerrufen gesperrt desinscrit desabonne baja disiscritto uitgeschreven afgemeld afmeldt avmeldt wypisany',
    ),
  ],
  ['objected', words('objected donotcontact dnc objection never')],
  [
    'neither',
    words(
      'cleaned bounced hardbounced neversubscribed inactive unconfirmed pending nonsubscribed notsubscribed transactional archived unknown none new',
    ),
  ],
];
/** Null: a word that is not known, which must not be taken for a yes. An empty cell says nothing. */
export function listStateOf(cell: string): ListState | null {
  const text = plainWord(cell);
  if (text === '') return cell.trim() === '' ? 'neither' : null;
  return STATES.find(([, known]) => known.has(text))?.[0] ?? null;
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const two = (text: string): string => text.padStart(2, '0');

/** ISO day of what is written with its parts in one order only; null: none, or 01/02/2026, which is two days. */
function dayOf(text: string): string | null {
  const iso = /^\d{4}-\d{2}-\d{2}$/.exec(text);
  if (iso) return text;
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted) return `${dotted[3]}-${two(dotted[2] ?? '')}-${two(dotted[1] ?? '')}`;
  const named = /^(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ](\d{4})$/.exec(text);
  const month = MONTHS.indexOf(named?.[2]?.toLowerCase() ?? '') + 1;
  if (named && month > 0) return `${named[3]}-${two(String(month))}-${two(named[1] ?? '')}`;
  const [, a = '', b = '', year = ''] = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(text) ?? [];
  if (Number(a) > 12) return `${year}-${two(b)}-${two(a)}`;
  if (Number(b) > 12 || (a !== '' && a === b)) return `${year}-${two(a)}-${two(b)}`;
  return null;
}

const MOMENT = /^(.+?)(?:[T ](\d{1,2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;

/** ISO instant; UTC where no zone is said. Null: no moment that can mean one thing only (01/02/2026 is read two ways, 31/12/2026 is not). */
export function momentOf(cell: string): string | null {
  const [, date = '', time = '00:00', seconds = ':00', zone = 'Z'] = MOMENT.exec(cell.trim()) ?? [];
  const day = dayOf(date);
  if (day === null) return null;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = Date.parse(`${day}T${time.padStart(5, '0')}${seconds.slice(0, 7)}${offset}`);
  if (Number.isNaN(at)) return null;
  // The platform rolls 31 February over to March.
  const same = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(same) || new Date(same).toISOString().slice(0, 10) !== day ? null : new Date(at).toISOString();
}
