// A list of contacts from a mail tool or a spreadsheet: first what would happen, then bringing it in.
import { useState } from 'preact/hooks';

import { Field } from '../parts/field.tsx';
import { InlineFailure } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { count, plain } from '../words.ts';
import { channelWords } from './answer-words.ts';
import { marketing, type Sending } from './marketing-api.ts';

interface Report {
  rows: number;
  contacts: { new: number; known: number };
  claims: Record<string, number>;
  dropped: Record<string, number>;
  problems: number;
}
interface Outcome {
  tried: boolean;
  report: Report | null;
  /** Line by line, the first of them. */
  problems: { line: number; problem: string }[];
  failed: string | null;
}

const field = (line: unknown, name: string): unknown => (Object(line) as Record<string, unknown>)[name];
const total = (counts: Record<string, number>): number => Object.values(counts).reduce((sum, many) => sum + many, 0);
const told = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, many]) => `${count(many)} ${plain(name)}`)
    .join(', ');

function outcomeOf(lines: readonly unknown[], tried: boolean): Outcome {
  const report = lines.map((line) => field(line, 'report')).find((one) => one !== undefined) as Report | undefined;
  const failed = lines.map((line) => field(line, 'failed')).find((one) => one !== undefined);
  const problems = lines.flatMap((line) => (field(line, 'problem') as Outcome['problems'][number] | undefined) ?? []);
  return {
    tried,
    report: report ?? null,
    problems: problems.slice(0, 20),
    failed: typeof failed === 'string' ? failed : null,
  };
}

const Told = ({ outcome: { tried, report, problems, failed } }: { outcome: Outcome }) => (
  <>
    {failed && <p class="problem">{failed}</p>}
    {report && (
      <>
        <p>
          <strong>{tried ? 'Nothing was changed yet.' : 'The list is in.'}</strong> {count(report.rows)} rows:{' '}
          {count(report.contacts.new)} new contacts, {count(report.contacts.known)} known, {count(report.problems)} not readable.
        </p>
        {total(report.claims) > 0 && <p>By reason: {told(report.claims)}.</p>}
        <p>
          {total(report.dropped) === 0
            ? 'Nobody on it stands on the suppression list.'
            : `Left out, as they said no: ${count(total(report.dropped))}.`}
        </p>
      </>
    )}
    {problems.length > 0 && (
      <ul class="bullets">
        {problems.map(({ line, problem }) => (
          <li key={`${line} ${problem}`}>
            Line {line}: {problem}
          </li>
        ))}
      </ul>
    )}
  </>
);

export function ListImport({ site, sendings }: { site: string; sendings: readonly Sending[] }) {
  const [chosen, setChosen] = useState(0);
  const [list, setList] = useState<File | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const sending = sendings[chosen];
  const bring = useAction(async (dryRun: boolean) => {
    if (!sending || !list) return;
    setOutcome(null);
    setOutcome(outcomeOf(await marketing.bringIn(site, sending, list, dryRun), dryRun));
  });
  const ready = outcome?.tried === true && outcome.report !== null;
  return (
    <section class="panel" aria-labelledby="bring-in">
      <h2 id="bring-in">Bring in a list</h2>
      <p class="note">
        As a mail tool or a spreadsheet saves it; reasons and evidence by the command line. Who said no is left out.
      </p>
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
                onChange={({ currentTarget }) => (setChosen(Number(currentTarget.value)), setOutcome(null))}
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
                onChange={({ currentTarget }) => (setList(currentTarget.files?.[0] ?? null), setOutcome(null))}
              />
            )}
          </Field>
        </div>
        <button type="submit" class="button" disabled={!list || bring.busy}>
          {bring.busy ? 'Reading…' : ready ? 'Bring it in' : 'Try it'}
        </button>
      </form>
      {bring.failure && <InlineFailure failure={bring.failure} />}
      <div role="status">{outcome && <Told outcome={outcome} />}</div>
    </section>
  );
}
