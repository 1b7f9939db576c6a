// What one row of a list says, with nothing looked up yet: whose address, for which channels a no, for which a claim, and with which
// evidence. What cannot be read is a problem of a column and never a yes.
import { normaliseAddress, type NormalisedAddress } from '../../../shared/marketing/address.ts';
import {
  ADDRESS_KINDS,
  CHANNEL_FACTS,
  REASONS,
  SUBSCRIBERS,
  type AddressKind,
  type Reason,
  type Subscriber,
} from '../../../shared/marketing/channel.ts';
import { CHANNELS, type Channel } from '../../../shared/notice/schema.ts';
import { booleanOf, isNo, isNoInWords, listStateOf, momentOf } from './cell.ts';
import type { Column } from './columns.ts';
import type { CsvRow, RowProblem } from './csv-file.ts';

/** What the operator says of the whole file; a row's own cells come before it. */
export interface ListFacts {
  /** Which the list is for. */
  channels: readonly Channel[];
  sender: string;
  reason: Reason;
  evidence: Readonly<Record<string, unknown>>;
  /** ISO day; null: the day of the import. */
  since: string | null;
  subscriber: Subscriber;
  callingCode: string | null;
  /** Hash of the notice that was given with each consent; null: none is known. */
  notice: string | null;
}

export interface RowAddress {
  kind: AddressKind;
  typed: string;
  normalised: NormalisedAddress[];
}

export interface RowReading {
  line: number;
  addresses: RowAddress[];
  /** `all`: an objection to direct marketing, by whatever channel. */
  noes: ReadonlySet<Channel> | 'all';
  /** ISO instant, where the row says one. */
  stoppedAt: string | null;
  claims: ReadonlySet<Channel>;
  /** Of which a column that says yes says no: of whoever never said yes it is none, of somebody whom the list had before it is. */
  unclaimed: ReadonlySet<Channel>;
  reason: Reason;
  evidence: Record<string, unknown>;
  since: string | null;
  saidAt: string | null;
  notice: string | null;
  subscriber: Subscriber;
  language: string | null;
  reference: string | null;
}

const YES_OR_NO: ReadonlySet<string> = new Set([
  'collectedDirectly',
  'ownSimilarProducts',
  'refusalInEveryMessage',
  'soleCharitablePurpose',
  'notForOtherOrganisations',
  'listed',
]);

/** `a.b.c` set in a copy. */
function withPlace(
  tree: Readonly<Record<string, unknown>>,
  [first = '', ...rest]: readonly string[],
  value: unknown,
): Record<string, unknown> {
  const under = tree[first];
  const branch = typeof under === 'object' && under !== null ? (under as Record<string, unknown>) : {};
  return { ...tree, [first]: rest.length === 0 ? value : withPlace(branch, rest, value) };
}

class Unreadable extends Error {
  readonly column: string;
  constructor(column: string, problem: string) {
    super(problem);
    this.column = column;
  }
}

const LONGEST_ADDRESS = 1000;
const NO_ADDRESS: Record<AddressKind, string> = {
  email: 'this is no e-mail address such as ada@example.org: no name beside it, no mailto:, no quotes that are not needed',
  phone: 'this is no telephone number',
  handle: 'this is no name to send messages to',
  post: 'this is no postal address',
};

function addressIn({ header, field }: Column, cell: string, { callingCode }: ListFacts): RowAddress {
  const kind = field as AddressKind;
  // As exports write what a spreadsheet would read as a formula.
  const typed = cell.replace(/^'(?=[=+\-@\t\r])/, '');
  const normalised = cell.length > LONGEST_ADDRESS ? [] : normaliseAddress(kind, typed, { callingCode });
  if (normalised.length === 0) throw new Unreadable(header, NO_ADDRESS[kind]);
  return { kind, typed, normalised };
}

const oneOf = <T extends string>(known: readonly T[], { header }: Column, cell: string): T => {
  const text = cell.trim().toLowerCase().replaceAll(/[ -]/g, '_');
  const found = known.find((one) => one === text);
  if (found === undefined) throw new Unreadable(header, `it takes ${known.join(', ')}`);
  return found;
};
const yesOrNo = ({ header }: Column, cell: string): boolean => {
  const said = booleanOf(cell);
  if (said === null) throw new Unreadable(header, 'it takes yes or no');
  return said;
};
const saysNo = ({ header }: Column, cell: string): boolean => {
  const no = isNo(cell);
  if (no === null) throw new Unreadable(header, 'it takes yes or no, or the day of a no');
  return no;
};
const moment = ({ header }: Column, cell: string): string => {
  const at = momentOf(cell);
  if (at === null) throw new Unreadable(header, 'it takes a day or a moment such as 2026-11-22 or 2026-11-22 10:30:00');
  return at;
};

interface Building extends Omit<RowReading, 'noes' | 'claims' | 'unclaimed'> {
  noes: Set<Channel>;
  all: boolean;
  /** What the columns that say yes come to: one no among them is a no. Null: they are empty. Not there: there is no such column. */
  claims: Map<Channel, boolean | null>;
  subscribed: boolean;
}

function take(row: Building, column: Column, cell: string, facts: ListFacts): void {
  const { field } = column;
  const [kind, ...place] = field.split('.');
  if (cell.trim() === '' && kind !== 'yes') return;
  switch (kind) {
    case 'no':
      // Who must not be rung must not be rung by a machine either.
      if (saysNo(column, cell))
        for (const one of place[0] === 'live_call' ? ['live_call', 'auto_call'] : place) row.noes.add(one as Channel);
      return;
    case 'objected':
      if (saysNo(column, cell)) row.all = true;
      return;
    case 'yes': {
      const channel = place[0] as Channel;
      const before = row.claims.get(channel);
      if (cell.trim() === '') return void row.claims.set(channel, before ?? null);
      // Brevo writes 2 for a no.
      const said = cell.trim() === '2' ? false : booleanOf(cell);
      const state = said === null ? listStateOf(cell) : null;
      if (state === 'objected') row.all = true;
      if (state === 'stopped') row.noes.add(channel);
      const yes = said ?? (state === null ? yesOrNo(column, cell) : state === 'subscribed');
      return void row.claims.set(channel, yes && before !== false);
    }
    case 'evidence':
      row.evidence = withPlace(row.evidence, place, YES_OR_NO.has(place.at(-1) ?? '') ? (booleanOf(cell) ?? cell) : cell.trim());
      return;
    case 'state': {
      const state = listStateOf(cell);
      if (state === null)
        throw new Unreadable(column.header, 'a word that says neither yes nor no: map this column or change the word');
      if (state === 'objected') row.all = true;
      if (state === 'stopped') for (const one of facts.channels) row.noes.add(one);
      row.subscribed = state === 'subscribed';
      return;
    }
    case 'stopped_at':
      if (booleanOf(cell) === false) return;
      row.stoppedAt = momentOf(cell);
      for (const one of facts.channels) row.noes.add(one);
      return;
    case 'said_at':
      return void (row.saidAt = moment(column, cell));
    case 'since':
      return void (row.since = moment(column, cell).slice(0, 10));
    case 'reason':
      return void (row.reason = oneOf(REASONS, column, cell));
    case 'subscriber':
      return void (row.subscriber = oneOf(SUBSCRIBERS, column, cell));
    case 'notice':
      if (!/^[\w-]{43}$/.test(cell.trim())) throw new Unreadable(column.header, 'it takes the hash of a notice');
      return void (row.notice = cell.trim());
    case 'language':
      // A wish and no condition: what is no language is left out.
      return void (row.language = /^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*$/.test(cell.trim())
        ? cell.trim().replaceAll('_', '-')
        : null);
    case 'reference':
      return void (row.reference = cell.trim().slice(0, 64));
    case 'ignore': {
      // What nobody has looked at says nothing of the operator's; but a no is a no wherever it stands.
      const { by, heeds } = column;
      if (by === 'operator' || heeds === 'nothing') return;
      const state = heeds === 'all' || booleanOf(cell) === null ? listStateOf(cell) : null;
      if (state === 'stopped' || state === 'objected' || isNoInWords(cell))
        throw new Unreadable(column.header, 'a word that says no, in a column that nobody has named: say what the column is');
      return;
    }
    default:
      row.addresses.push(addressIn(column, cell, facts));
  }
}

const ADDRESSES: ReadonlySet<string> = new Set(ADDRESS_KINDS);

/**
 * A no in one cell counts although another cell of the row cannot be read: such a row comes as a reading with its noes alone, and as
 * a problem too.
 */
export function readRow(
  { line, cells }: CsvRow,
  columns: readonly Column[],
  facts: ListFacts,
): { reading: RowReading | null; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const row: Building = {
    line,
    addresses: [],
    noes: new Set(),
    all: false,
    stoppedAt: null,
    claims: new Map(),
    subscribed: true,
    reason: facts.reason,
    evidence: { ...facts.evidence },
    since: facts.since,
    saidAt: null,
    notice: facts.notice,
    subscriber: facts.subscriber,
    language: null,
    reference: null,
  };
  for (const column of columns)
    try {
      take(row, column, cells[column.index] ?? '', facts);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      problems.push({ line, column: error.column, problem: error.message });
    }
  if (row.addresses.length === 0 && problems.length === 0) {
    const columnsOfAddresses = columns.filter(({ field }) => ADDRESSES.has(field)).map(({ header }) => header);
    problems.push({ line, column: columnsOfAddresses.join(', '), problem: 'the row has no address' });
  }
  if (row.addresses.length === 0) return { reading: null, problems };
  const { all, claims, subscribed, noes, ...rest } = row;
  const reachable = facts.channels.filter((channel) => row.addresses.some(({ kind }) => kind === CHANNEL_FACTS[channel].address));
  const claimed =
    problems.length > 0 || !subscribed ? [] : reachable.filter((channel) => claims.get(channel) ?? !claims.has(channel));
  const unclaimed = new Set([...claims].flatMap(([channel, yes]) => (yes === false && !noes.has(channel) ? [channel] : [])));
  const said = all || problems.length === 0 || noes.size > 0 || unclaimed.size > 0;
  return said
    ? {
        reading: {
          ...rest,
          unclaimed,
          noes: all ? 'all' : noes,
          claims: new Set(all ? [] : claimed.filter((one) => !noes.has(one))),
        },
        problems,
      }
    : { reading: null, problems };
}

/** Which channels reach an address of that kind. */
export const channelsTo = (kind: AddressKind): Channel[] => CHANNELS.filter((channel) => CHANNEL_FACTS[channel].address === kind);
