// A list of contacts from a mail tool or a spreadsheet: what its columns are, what would happen, then bringing it in.
import { useState } from 'preact/hooks';

import { DataTable } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { InlineFailure } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { capital, count, plain } from '../words.ts';
import { ALL_CHANNELS, channelWords } from './answer-words.ts';
import { evidenceWords, lackWords, NO_REASON, Reason, reasonFields, reasonQuery, type ListReason } from './list-reason.tsx';
import { marketing, type Sending } from './marketing-api.ts';

/** As server/marketing/import/import-report.ts writes it. */
interface Report {
  columns: { header: string; field: string }[];
  rows: number;
  contacts: { new: number; known: number };
  claims: Record<string, number>;
  /** Why a claim permits nothing, and how often. */
  missing: Record<string, number>;
  dropped: Record<string, number>;
  problems: number;
  preview: { line: number; address: string; channels: { channel: string; becomes: string }[] }[];
}
interface Outcome {
  tried: boolean;
  header: string[];
  rows: number;
  report: Report | null;
  /** Line by line, the first of them. */
  told: { line: number; words: string }[];
  failed: string | null;
}
/** One of them, as the service says it. */
interface Line {
  header?: string[];
  progress?: { rows: number };
  problem?: { line: number; problem: string };
  dropped?: { line: number; channel: string; reason: string };
  report?: Report;
  failed?: string;
}

/** Of server/marketing/import/columns.ts. */
const FIELDS = [
  ...'ignore email phone handle post reference language state said_at stopped_at objected reason since subscriber'.split(' '),
  ...['no', 'yes'].flatMap((said) => ALL_CHANNELS.map((channel) => `${said}.${channel}`)),
];
const fieldWords = (field: string): string =>
  field === ''
    ? 'By its name'
    : field.startsWith('evidence.')
      ? evidenceWords(field)
      : capital(plain(field.replace('.', ' to ')));
const MOST_TOLD = 20;

const total = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, many) => sum + many, 0);
const tallied = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, many]) => `${count(many)} ${plain(name)}`)
    .join(', ');

function after(before: Outcome, line: Line): Outcome {
  const { header, progress, problem, dropped, report, failed } = line;
  const told = problem
    ? { line: problem.line, words: problem.problem }
    : dropped && { line: dropped.line, words: `Left out of ${channelWords(dropped.channel)}: ${plain(dropped.reason)}` };
  return {
    ...before,
    header: header ?? before.header,
    rows: progress?.rows ?? before.rows,
    report: report ?? before.report,
    failed: failed ?? before.failed,
    told: told && before.told.length < MOST_TOLD ? [...before.told, told] : before.told,
  };
}

const Told = ({ outcome: { tried, report, told, failed } }: { outcome: Outcome }) => (
  <>
    {failed && <p class="problem">{capital(failed)}</p>}
    {report && (
      <>
        <p>
          <strong>{tried ? 'Nothing was changed yet.' : 'The list is in.'}</strong> {count(report.rows)} rows:{' '}
          {count(report.contacts.new)} new contacts, {count(report.contacts.known)} known, {count(report.problems)} not readable.
        </p>
        {total(report.claims) > 0 && <p>By reason: {tallied(report.claims)}.</p>}
        {total(report.missing) > 0 && (
          <>
            <p>What is missing, and in how many rows:</p>
            <ul class="bullets">
              {Object.entries(report.missing).map(([what, many]) => (
                <li key={what}>
                  {lackWords(what)} ({count(many)})
                </li>
              ))}
            </ul>
          </>
        )}
        <p>
          {total(report.dropped) === 0
            ? 'Nobody on it stands on the suppression list.'
            : `Left out, as they said no: ${count(total(report.dropped))}.`}
        </p>
        {tried && report.preview.length > 0 && (
          <DataTable
            caption="First rows"
            columns={[
              { title: 'Line', head: true, cell: ({ line }) => count(line) },
              { title: 'Address', cell: ({ address }) => <bdi>{address}</bdi> },
              {
                title: 'Becomes',
                cell: ({ channels }) =>
                  channels.map(({ channel, becomes }) => `${channelWords(channel)}: ${plain(becomes)}`).join(', ') || '–',
              },
            ]}
            rows={report.preview}
            keyOf={({ line, address }) => `${line} ${address}`}
          />
        )}
      </>
    )}
    {told.length > 0 && (
      <ul class="bullets">
        {told.map(({ line, words }) => (
          <li key={`${line} ${words}`}>
            Line {count(line)}: {words}
          </li>
        ))}
      </ul>
    )}
  </>
);

export function ListImport({ site, sendings }: { site: string; sendings: readonly Sending[] }) {
  const [chosen, setChosen] = useState(0);
  const [list, setList] = useState<File | null>(null);
  const [map, setMap] = useState<Record<string, string>>({});
  /** Of what is under way, or was done last; not of another list or another mapping. */
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  /** The columns stay to be seen while their mapping changes. */
  const [columns, setColumns] = useState<Report['columns']>([]);
  const [said, setSaid] = useState<ListReason>(NO_REASON);
  const sending = sendings[chosen];
  const bring = useAction(async (dryRun: boolean) => {
    if (!sending || !list) return;
    let now: Outcome = { tried: dryRun, header: [], rows: 0, report: null, told: [], failed: null };
    setOutcome(now);
    await marketing.bringIn(site, sending, { list, map, said: reasonQuery(said), dryRun }, (line) =>
      setOutcome((now = after(now, line as Line))),
    );
    setColumns(now.report?.columns ?? now.header.map((header) => ({ header, field: '' })));
  });
  const ready = !bring.busy && outcome?.tried === true && outcome.report !== null;
  return (
    <section class="panel" aria-labelledby="bring-in">
      <h2 id="bring-in">Bring in a list</h2>
      <p class="note">As a mail tool or a spreadsheet saves it. Who said no is left out, and who says no in it is stopped.</p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void bring.run(!ready);
        }}
      >
        <div class="filters">
          <Field label="For">
            {(attributes) => (
              <select
                {...attributes}
                value={chosen}
                onChange={({ currentTarget }) => (setChosen(Number(currentTarget.value)), setSaid(NO_REASON), setOutcome(null))}
              >
                {sendings.map(({ channel, name }, i) => (
                  <option key={i} value={i}>
                    {channelWords(channel)} from {name}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="List">
            {(attributes) => (
              <input
                {...attributes}
                type="file"
                accept=".csv,.tsv,.txt,text/csv"
                onChange={({ currentTarget }) => {
                  setList(currentTarget.files?.[0] ?? null);
                  setMap({});
                  setColumns([]);
                  setOutcome(null);
                }}
              />
            )}
          </Field>
        </div>
        {sending && <Reason site={site} sending={sending} said={said} say={(now) => (setSaid(now), setOutcome(null))} />}
        {columns.length > 0 && (
          <fieldset class="options" disabled={bring.busy}>
            <legend>What its columns are</legend>
            <div class="filters">
              {columns.map(({ header, field }) => (
                <Field key={header} label={header} bare>
                  {(attributes) => (
                    <select
                      {...attributes}
                      value={map[header] ?? field}
                      onChange={({ currentTarget: { value } }) => {
                        const { [header]: _, ...others } = map;
                        setMap(value === '' ? others : { ...others, [header]: value });
                        setOutcome(null);
                      }}
                    >
                      {[...new Set([...FIELDS, ...reasonFields(said), field, map[header] ?? field])].map((one) => (
                        <option key={one} value={one}>
                          {fieldWords(one)}
                        </option>
                      ))}
                    </select>
                  )}
                </Field>
              ))}
            </div>
          </fieldset>
        )}
        <p class="actions">
          <button type="submit" class="button" disabled={!list || bring.busy}>
            {bring.busy ? `Reading… ${count(outcome?.rows ?? 0)}` : ready ? 'Bring it in' : 'Try it'}
          </button>
        </p>
      </form>
      {bring.failure && <InlineFailure failure={bring.failure} />}
      <div role="status">{outcome && <Told outcome={outcome} />}</div>
    </section>
  );
}
