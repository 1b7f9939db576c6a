// What a cell of a list says: yes or no, a moment, a state. What it says is never repeated in a problem: it may be anybody's data.

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const TRUE = words('1 true t yes y x on ja j oui o si sí wahr vrai optedin');
const FALSE = words('0 false f no n off nein non falsch faux - n/a null none');

/** Null: neither. An empty cell is a no. */
export function booleanOf(cell: string): boolean | null {
  const text = cell.trim().toLowerCase();
  if (text === '' || FALSE.has(text)) return false;
  return TRUE.has(text) ? true : null;
}

/** What a list's own word for a state comes to: `objected` ends all marketing, `stopped` the channels of the list. */
export type ListState = 'subscribed' | 'stopped' | 'objected' | 'neither';
const STATES: readonly [ListState, ReadonlySet<string>][] = [
  ['subscribed', words('subscribed active optedin optin confirmed yes true 1 allowed accepted subscriber')],
  [
    'stopped',
    words(
      'unsubscribed optedout optout suppressed blacklisted blocklisted complained complaint spam spamcomplaint abuse stopped withdrawn refused declined blocked no false 0 unsub rejected removed',
    ),
  ],
  ['objected', words('objected donotcontact dnc objection never')],
  [
    'neither',
    words(
      'cleaned bounced hardbounced inactive unconfirmed pending nonsubscribed notsubscribed transactional archived unknown none new',
    ),
  ],
];
/** Null: a word that is not known, which must not be taken for a yes. An empty cell says nothing. */
export function listStateOf(cell: string): ListState | null {
  const text = cell.toLowerCase().replace(/[^a-z0-9]/g, '');
  if (text === '') return cell.trim() === '' ? 'neither' : null;
  return STATES.find(([, known]) => known.has(text))?.[0] ?? null;
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?\s*(Z|UTC|[+-]\d{2}:?\d{2})?)?$/;

/** ISO instant; UTC where no zone is said. Null: no moment that can mean one thing only (31/12/2026 is read two ways). */
export function momentOf(cell: string): string | null {
  const [, day, time = '00:00', seconds = ':00', zone = 'Z'] = MOMENT.exec(cell.trim()) ?? [];
  if (day === undefined) return null;
  const offset = zone === 'UTC' ? 'Z' : zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  const at = Date.parse(`${day}T${time}${seconds.slice(0, 7)}${offset}`);
  // The platform rolls 31 February over to March.
  if (Number.isNaN(at) || new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) !== day) return null;
  return new Date(at).toISOString();
}
