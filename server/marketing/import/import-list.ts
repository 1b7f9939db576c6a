// Brings a list of contacts in, a few hundred rows at a time. A no in the list goes onto the suppression list before anything else; a
// yes is believed only with the evidence that docs/marketing.md names, and never for somebody who is on the suppression list. Done
// twice, it does nothing the second time: it can be run again where it broke off.
import { createHash } from 'node:crypto';
import { setImmediate as othersFirst } from 'node:timers/promises';

import { CHANNEL_FACTS, type Reason } from '../../../shared/marketing/channel.ts';
import type { PermissionAnswer } from '../../../shared/marketing/api.ts';
import { groundProblems, type Ground } from '../../../shared/marketing/ground.ts';
import { screen, stopDirectMarketing, type Suppression } from '../../../shared/marketing/suppression.ts';
import { CHANNELS, type Channel } from '../../../shared/notice/schema.ts';
import { isoDay } from '../../../shared/notice/period.ts';
import { newAttestation, type AttestationWriter } from '../../attest/attest.ts';
import { regimeOf } from '../../rights/working-days.ts';
import type { SiteContext } from '../../site-context.ts';
import type { StoredContact } from '../../store/contacts.ts';
import type { Store } from '../../store/store.ts';
import { permissionsOf } from '../permissions.ts';
import {
  askedKeys,
  contactReference,
  contactUnder,
  LACKS_COUNTRY,
  vaultOf,
  type AskedKeys,
  type ContactBook,
} from '../contacts.ts';
import { DELIMITER_WORDS, isProblem, openCsv, type CsvRow, type RowProblem } from './csv-file.ts';
import { mapColumns, mayBeSaidAt, type Column } from './columns.ts';
import { fileText, ImportFileError } from './file-text.ts';
import { count, PREVIEWED, type ImportListener, type ImportReport } from './import-report.ts';
import { maskedAddress } from './masked-address.ts';
import { stateGrounds, type GroundOf } from './stated-grounds.ts';
import { channelsTo, readRow, type ListFacts, type RowAddress, type RowReading } from './reading.ts';

export interface ImportInto extends ContactBook {
  store: Store;
  attestations: AttestationWriter;
  context: SiteContext;
  /** Id of the operator's key, or "command". */
  by: string;
}

export interface ListFile {
  bytes: AsyncIterable<Uint8Array>;
  encoding?: string | null;
  delimiter?: string | null;
  /** Header, or number of the column, to field. */
  map?: Readonly<Record<string, string>>;
  /** Rows of earlier lines were done before. */
  fromLine?: number;
}

export interface ListPlan extends ListFacts {
  /** The notice's activity that a consent is for. */
  activity: string | null;
  dryRun: boolean;
}

interface ReadPlan extends ListPlan {
  /** Headers of columns that may say when they said yes, and are not read. */
  perhapsSaidAt: readonly string[];
}

const BATCH = 500;
/** Characters that are held together. */
const HELD = 2_000_000;
/** What a cell costs besides its characters. */
const CELL = 32;

/** One address of one row. */
interface Entry {
  reading: RowReading;
  address: RowAddress;
  keys: AskedKeys;
  /** The channels of its kind that the row says no to. */
  noes: Channel[];
  claims: Channel[];
  unclaimed: Channel[];
}

/** What a claim comes to. */
type Claim =
  | { becomes: 'consent'; channel: Channel }
  | { becomes: Exclude<Reason, 'consent' | 'not_stated'>; channel: Channel; ground: Ground }
  | { becomes: 'not_stated'; channel: Channel; missing: string[] };

function entriesOf(into: ImportInto, readings: readonly RowReading[], { callingCode }: ListPlan): Entry[] {
  const vault = vaultOf(into);
  const { site } = into.context;
  return readings.flatMap((reading) =>
    reading.addresses.map((address): Entry => {
      const reached = channelsTo(address.kind);
      return {
        reading,
        address,
        keys: askedKeys(vault, site, { kind: address.kind, address: address.typed, callingCode }, address.normalised),
        noes:
          reading.noes === 'all'
            ? [...CHANNELS]
            : reached.filter((channel) => reading.noes !== 'all' && reading.noes.has(channel)),
        claims: reached.filter((channel) => reading.claims.has(channel)),
        unclaimed: reading.noes === 'all' ? [] : reached.filter((channel) => reading.unclaimed.has(channel)),
      };
    }),
  );
}

/** Of the very address, newest first. */
const keysOfOne = ({ keys: { own, earlier } }: Pick<Entry, 'keys'>): string[] => [...own, ...earlier];

/** Whether the operator's word alone is what permits it: no event, and nothing that was confirmed from the address. */
const isOperators = ({ reason, proof }: PermissionAnswer): boolean => {
  const { kind, confirmation } = (proof ?? {}) as { kind?: unknown; confirmation?: unknown };
  return reason !== 'consent' || (kind === 'attestation' && confirmation === null);
};

/** What a column that says yes says no to, though it is permitted here: who stopped it since, at the list's own tool. */
async function unclaimedOf(into: ImportInto, entries: readonly Entry[], { sender }: ListPlan) {
  const asked = entries.filter(({ unclaimed }) => unclaimed.length > 0);
  if (asked.length === 0) return [];
  const keys = asked.flatMap(keysOfOne);
  const contacts = new Map((await into.store.contacts.find(into.context.site, keys)).map(({ key, id }) => [key, id]));
  const known = asked.flatMap((entry) => {
    const contact = keysOfOne(entry).flatMap((key) => contacts.get(key) ?? [])[0];
    return contact === undefined ? [] : entry.unclaimed.map((channel) => ({ entry, channel, contact }));
  });
  const answers = await permissionsOf(
    into,
    into.context,
    known.map(({ channel, contact }) => ({ channel, sender, contact })),
  );
  return known.flatMap(({ entry, channel }, i) => {
    const answer = answers[i];
    return answer?.may === true ? [{ entry, channel, ends: isOperators(answer) }] : [];
  });
}

/** Suppressions by each of the addresses' keys, and the last word that came with a contact of theirs. */
async function knownOf({ store, context: { site } }: ImportInto, entries: readonly Entry[]) {
  const keys = [...new Set(entries.flatMap(keysOfOne))];
  const all = [...new Set([...keys, ...entries.flatMap((entry) => entry.keys.possible)])];
  const byKey = Map.groupBy(await store.suppressions.of(site, all), ({ key }) => key);
  const contacts = new Map((await store.contacts.find(site, keys)).map((contact) => [contact.key, contact]));
  const stopping = new Set(entries.filter(({ noes }) => noes.length > 0).flatMap(keysOfOne));
  const asked = [...contacts.values()].filter(({ key }) => stopping.has(key)).map(({ id }) => id);
  const spoken = new Map<string, number>();
  for (const { contact, at } of await store.contacts.mentions(site, asked))
    spoken.set(contact, Math.max(at, spoken.get(contact) ?? 0));
  const contactsOf = (entry: Entry): StoredContact[] => keysOfOne(entry).flatMap((key) => contacts.get(key) ?? []);
  const under = (own: readonly string[]): Suppression[] => own.flatMap((key) => byKey.get(key) ?? []);
  return {
    isContact: (entry: Entry): boolean => contactsOf(entry).length > 0,
    /** Under the very address, and under whatever else it may have been meant by. */
    suppressionsOf: ({ keys: { own } }: Entry): Suppression[] => under(own),
    allSuppressionsOf: (entry: Entry): Suppression[] => under([...keysOfOne(entry), ...entry.keys.possible]),
    /** ms; 0: nothing was said from the address. */
    spokeAt: (entry: Entry): number => Math.max(0, ...contactsOf(entry).map(({ id }) => spoken.get(id) ?? 0)),
  };
}
type Known = Awaited<ReturnType<typeof knownOf>>;

/** ms by which a no can be later than the list says: a day without its hour, by a clock of another place. */
const UNSURE = 38 * 3_600_000;

/** What a no in the list adds. One that was there before, and that nothing can have lifted since, is the same no. */
function stopsOf(entry: Entry, plan: ListPlan, { known, now }: { known: Known; now: Date }): Suppression[] {
  const [key = ''] = entry.keys.own;
  const stoppedAt = entry.reading.stoppedAt === null ? Infinity : Date.parse(entry.reading.stoppedAt) + UNSURE;
  const isThere = (one: Suppression): boolean =>
    known.suppressionsOf(entry).some((before) => {
      const since = Date.parse(before.since);
      const covered = before.channel === one.channel && (before.sender === null || before.sender === one.sender);
      return covered && (since >= stoppedAt || known.spokeAt(entry) <= since);
    });
  const since = now.toISOString();
  const wanted =
    entry.reading.noes === 'all'
      ? stopDirectMarketing(key, since, null)
      : entry.noes.map((channel): Suppression => ({ key, channel, sender: plan.sender, since, reason: 'import', event: null }));
  return wanted.filter((one) => !isThere(one));
}

const isGround = (reason: Reason): reason is Exclude<Reason, 'consent' | 'not_stated'> =>
  reason !== 'consent' && reason !== 'not_stated';

/** What a consent needs besides the operator's word, as "place: what". */
function consentProblems({ saidAt, notice }: RowReading, plan: ReadPlan, { context, now }: ImportInto): string[] {
  const perhaps =
    plan.perhapsSaidAt.length > 0 ? `; it may stand in a column that is not read: ${plan.perhapsSaidAt.join(', ')}` : '';
  return [
    ...(saidAt === null
      ? [`said_at: when it was said is not known${perhaps}`]
      : Date.parse(saidAt) > now().getTime()
        ? ['said_at: is still to come']
        : []),
    ...(notice === null
      ? ['notice: what was given to read is not known']
      : context.published.some(({ hash }) => hash === notice)
        ? []
        : ['notice: the site never published it']),
    ...(plan.activity === null
      ? ['activity: which messages it is for is not named']
      : context.senders.has(`${plan.activity} ${plan.sender}`)
        ? []
        : ['activity: no opt-in of the site has this activity and sender']),
  ];
}

function claimOf(entry: Entry, channel: Channel, plan: ReadPlan, into: ImportInto): Claim {
  const { reason, evidence, since, subscriber } = entry.reading;
  const unsure = entry.keys.sure ? [] : [LACKS_COUNTRY];
  if (reason === 'consent') {
    const missing = [...consentProblems(entry.reading, plan, into), ...unsure];
    return missing.length === 0 ? { becomes: 'consent', channel } : { becomes: 'not_stated', channel, missing };
  }
  if (!isGround(reason)) return { becomes: 'not_stated', channel, missing: [] };
  const today = isoDay(into.now().getTime());
  const ground: Ground = { reason, channel, sender: plan.sender, since: since ?? today, evidence };
  const regime = regimeOf(into.context.configuration.jurisdiction) === 'uk' ? 'uk' : 'other';
  const missing = [...groundProblems(ground, { subscriber, regime, today }), ...unsure];
  return missing.length === 0 ? { becomes: reason, channel, ground } : { becomes: 'not_stated', channel, missing };
}

/** UUIDv7 made of what it is about: the same row brought again is the same attestation. */
function attestationId(at: string, ...about: string[]): string {
  const time = Math.max(0, Date.parse(at)).toString(16).padStart(12, '0');
  const hash = createHash('sha256').update(about.join('\n')).digest('hex');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hash.slice(0, 3)}-8${hash.slice(3, 6)}-${hash.slice(6, 18)}`;
}

async function attestConsents(
  into: ImportInto,
  plan: ListPlan,
  consents: readonly { contact: string; reading: RowReading; channels: Channel[] }[],
): Promise<void> {
  const { store, context, by } = into;
  const now = into.now();
  const attestations = await Promise.all(
    consents.map(({ contact, reading, channels }) => {
      const at = reading.saidAt ?? now.toISOString();
      const states = Object.fromEntries(channels.map((channel) => [channel, 'given' as const]));
      const choices = { purposes: {}, channels: { [plan.activity ?? '']: { [plan.sender]: states } } };
      const id = attestationId(at, contact, plan.activity ?? '', plan.sender, channels.join(), reading.notice ?? '');
      const wanted = { id, reference: contactReference(contact), at, medium: 'import', actor: 'self', choices } as const;
      return newAttestation(
        store,
        context,
        { ...wanted, ...(reading.notice === null ? {} : { notice: reading.notice }) },
        { by, now },
      );
    }),
  );
  if (attestations.length > 0) await into.attestations.addAll(context.site, attestations, now, { marketing: context.marketing });
}

interface Batch {
  rows: readonly (CsvRow | RowProblem)[];
  line: number;
}

/** Lasts for one import. */
class ListImport {
  readonly #into: ImportInto;
  readonly #plan: ReadPlan;
  readonly #columns: readonly Column[];
  readonly #listener: ImportListener;
  readonly report: ImportReport;

  constructor(into: ImportInto, plan: ReadPlan, columns: readonly Column[], listener: ImportListener, report: ImportReport) {
    this.#into = into;
    this.#plan = plan;
    this.#columns = columns;
    this.#listener = listener;
    this.report = report;
  }

  async #problem(problem: RowProblem): Promise<void> {
    this.report.problems += 1;
    await this.#listener.problem?.(problem);
  }

  async #readings(rows: Batch['rows']): Promise<RowReading[]> {
    const readings: RowReading[] = [];
    for (const row of rows) {
      this.report.rows += 1;
      if (isProblem(row)) {
        await this.#problem(row);
        continue;
      }
      const { reading, problems } = readRow(row, this.#columns, this.#plan);
      for (const problem of problems) await this.#problem(problem);
      if (reading) readings.push(reading);
    }
    return readings;
  }

  /** Gives the noes of these rows by key, the dry ones too, so that a row's own no holds against another row's yes. */
  async #stop(entries: readonly Entry[], known: Known): Promise<Map<string, Suppression[]>> {
    const now = this.#into.now();
    const stops: Suppression[] = [];
    for (const entry of entries) {
      if (entry.noes.length === 0) continue;
      const fresh = stopsOf(entry, this.#plan, { known, now });
      const name = ({ key, channel, sender }: Suppression): string => `${key} ${channel} ${sender}`;
      const added = fresh.filter((one) => !stops.some((other) => other.key === one.key && name(other) === name(one)));
      this.report.stopped[added.length > 0 ? 'new' : 'known'] += 1;
      stops.push(...added);
    }
    if (!this.#plan.dryRun && stops.length > 0) await this.#into.store.suppressions.add(this.#into.context.site, stops);
    return Map.groupBy(stops, ({ key }) => key);
  }

  /** The claims that stay once the suppression list was asked. */
  async #screened(entry: Entry, suppressions: readonly Suppression[]): Promise<Claim[]> {
    const { sender } = this.#plan;
    const rows = entry.claims.map((channel) => ({ channel, sender }));
    const { kept, dropped } = screen(rows, () => suppressions);
    for (const { channel, since, reason } of dropped) {
      count(this.report.dropped, reason);
      await this.#listener.dropped?.({ line: entry.reading.line, channel, sender, since, reason });
    }
    return kept.map(({ channel }) => claimOf(entry, channel, this.#plan, this.#into));
  }

  #told(entry: Entry, claims: readonly Claim[]): void {
    for (const claim of claims) {
      count(this.report.claims, claim.becomes);
      if (claim.becomes === 'not_stated') for (const what of claim.missing) count(this.report.missing, what);
    }
    if (this.report.preview.length >= PREVIEWED) return;
    const { address, reading, noes } = entry;
    const became = [
      ...(reading.noes === 'all' ? [] : noes.map((channel) => ({ channel, becomes: 'suppressed' }))),
      ...(reading.noes === 'all' ? CHANNELS.filter((one) => CHANNEL_FACTS[one].address === address.kind) : []).map((channel) => ({
        channel,
        becomes: 'suppressed',
      })),
      ...claims.map(({ channel, becomes }) => ({ channel, becomes: becomes as string })),
      ...entry.claims
        .filter((channel) => !claims.some((one) => one.channel === channel))
        .map((channel) => ({ channel, becomes: 'dropped' })),
    ];
    this.report.preview.push({ line: reading.line, address: maskedAddress(address.kind, address.typed), channels: became });
  }

  async #write(kept: readonly { entry: Entry; claims: readonly Claim[] }[]): Promise<void> {
    const vault = vaultOf(this.#into);
    const { store, context, by } = this.#into;
    const made = kept.map(({ entry: { address, keys, reading } }) => {
      const { kind, typed, normalised } = address;
      const text = normalised[0]?.text ?? typed;
      return contactUnder(vault, context.site, { kind, keys: keys.own, address: typed, text, language: reading.language });
    });
    const ids = await store.contacts.remember(context.site, made);
    const grounds: GroundOf[] = [];
    const consents: { contact: string; reading: RowReading; channels: Channel[] }[] = [];
    for (const [i, { entry, claims }] of kept.entries()) {
      const contact = ids[i];
      if (contact === undefined) continue;
      const channels = claims.filter(({ becomes }) => becomes === 'consent').map(({ channel }) => channel);
      if (channels.length > 0) consents.push({ contact, reading: entry.reading, channels });
      for (const claim of claims)
        if ('ground' in claim) grounds.push({ contact, ground: claim.ground, subscriber: entry.reading.subscriber });
    }
    const keys = kept.flatMap(({ entry }) => entry.keys.own);
    await stateGrounds(this.#into, context.site, grounds, { keys, actor: by });
    await attestConsents(this.#into, this.#plan, consents);
  }

  async take({ rows, line }: Batch): Promise<void> {
    const entries = entriesOf(this.#into, await this.#readings(rows), this.#plan);
    for (const { entry, channel, ends } of await unclaimedOf(this.#into, entries, this.#plan)) {
      const own = 'the list says no to what is permitted here by their own word: that stays, unless you map the column as a no';
      if (ends) entry.noes.push(channel);
      else await this.#problem({ line: entry.reading.line, column: null, problem: own });
    }
    const known = await knownOf(this.#into, entries);
    const stopped = await this.#stop(entries, known);
    const kept: { entry: Entry; claims: Claim[] }[] = [];
    const seen = new Set<string>();
    for (const entry of entries) {
      const keys = [...keysOfOne(entry), ...entry.keys.possible];
      const suppressions = [...known.allSuppressionsOf(entry), ...keys.flatMap((key) => stopped.get(key) ?? [])];
      const claims = await this.#screened(entry, suppressions);
      this.#told(entry, claims);
      if (claims.length === 0) continue;
      const [key = ''] = entry.keys.own;
      this.report.contacts[known.isContact(entry) || seen.has(key) ? 'known' : 'new'] += 1;
      seen.add(key);
      kept.push({ entry, claims });
    }
    if (!this.#plan.dryRun && kept.length > 0) await this.#write(kept);
    this.report.line = line;
    // SQLite answers at once: without this, nobody else would be served until the end.
    await othersFirst();
    await this.#listener.progress?.(this.report);
  }
}

/** Throws ImportFileError for a file that is none, ProblemError UNAVAILABLE without CANDOUR_SECRET. */
export async function importList(
  into: ImportInto,
  file: ListFile,
  plan: ListPlan,
  listener: ImportListener = {},
): Promise<ImportReport> {
  vaultOf(into);
  const text = fileText(file.bytes, file.encoding ?? null);
  const csv = await openCsv(text.pieces, file.delimiter ?? null);
  // Also of a list whose columns are not understood: whoever maps them has to know them.
  await listener.header?.(csv.header);
  const columns = mapColumns(csv.header, file.map, csv.sample);
  const report: ImportReport = {
    dryRun: plan.dryRun,
    encoding: text.encoding(),
    delimiter: DELIMITER_WORDS[csv.delimiter] ?? csv.delimiter,
    columns: columns.map(({ header, field, by }) => ({ header, field, by })),
    rows: 0,
    line: 0,
    contacts: { new: 0, known: 0 },
    claims: {},
    missing: {},
    stopped: { new: 0, known: 0 },
    dropped: {},
    problems: 0,
    preview: [],
  };
  const callingCode = plan.callingCode ?? into.context.site.callingCode ?? null;
  const list = new ListImport(into, { ...plan, callingCode, perhapsSaidAt: mayBeSaidAt(columns) }, columns, listener, report);
  let rows: (CsvRow | RowProblem)[] = [];
  let held = 0;
  const flush = async (): Promise<void> => {
    const line = rows.at(-1)?.line;
    if (line !== undefined) await list.take({ rows, line });
    [rows, held] = [[], 0];
    report.encoding = text.encoding();
  };
  try {
    for await (const row of csv.rows) {
      if (row.line < (file.fromLine ?? 0)) continue;
      rows.push(row);
      if (!isProblem(row)) for (const cell of row.cells) held += cell.length + CELL;
      if (rows.length >= BATCH || held >= HELD) await flush();
    }
  } catch (error) {
    // What was read before holds, and is done.
    if (error instanceof ImportFileError) await flush();
    throw error;
  }
  await flush();
  return report;
}
