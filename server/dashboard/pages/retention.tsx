// Retention: what is over today (a dry run), what is removed, what was removed before, and which rules nobody can compute.
import { useCallback, useState } from 'preact/hooks';
import * as v from 'valibot';

import { paths } from '../../../shared/api.ts';
import { CANNOT_COMPUTE } from '../../../shared/notice/retention.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Confirm } from '../parts/dialog.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import type { PageProps } from '../route.ts';
import { ask } from '../service.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, Loading, Stale } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { capital, count, counted, fullTime, longDay, plain } from '../words.ts';
import './retention.css';

const RecordPlan = v.object({
  record: v.string(),
  rule: v.nullable(v.string()),
  due: v.number(),
  kept: v.record(v.string(), v.number()),
  note: v.nullable(v.string()),
});
type RecordPlan = v.InferOutput<typeof RecordPlan>;
const NoticeRule = v.object({
  notice: v.string(),
  place: v.string(),
  rule: v.string(),
  anchor: v.nullable(v.string()),
  cannotCompute: v.nullable(v.string()),
  governs: v.nullable(v.string()),
});
type NoticeRule = v.InferOutput<typeof NoticeRule>;
const Run = v.object({
  number: v.number(),
  record: v.string(),
  rule: v.string(),
  at: v.string(),
  count: v.number(),
  head: v.object({ epoch: v.number(), size: v.number() }),
});
type Run = v.InferOutput<typeof Run>;
const Plan = v.object({ day: v.string(), records: v.array(RecordPlan), notices: v.array(NoticeRule), runs: v.array(Run) });
const Ran = v.object({ removed: v.record(v.string(), v.number()), run: v.nullable(v.number()) });
type Ran = v.InferOutput<typeof Ran>;

const RECORD_WORDS: Record<string, string> = { choices: 'Recorded choices', requests: 'Contact details of requests' };
const recordWords = (record: string): string => RECORD_WORDS[record] ?? record;
const keptWords = (reason: string): string =>
  reason === 'restricted'
    ? 'Restricted: kept until the restriction is lifted.'
    : (({ ...CANNOT_COMPUTE } as Record<string, string>)[reason] ?? plain(reason));

const RECORDS: Column<RecordPlan>[] = [
  { title: 'What the service keeps', head: true, cell: ({ record }) => <strong>{recordWords(record)}</strong> },
  {
    title: 'Rule',
    kind: 'wide',
    cell: ({ rule, note, kept }) => (
      <>
        {rule ?? <span class="tag warn">no rule</span>}
        {note && <p class="note">{note}</p>}
        {Object.entries(kept).map(([reason, number]) => (
          <p class="note" key={reason}>
            {count(number)} old enough and kept. {keptWords(reason)}
          </p>
        ))}
      </>
    ),
  },
  { title: 'Over today', kind: 'number', cell: ({ due, rule }) => (rule === null ? '–' : count(due)) },
];

const RULES: Column<NoticeRule>[] = [
  {
    title: 'Rule',
    head: true,
    cell: ({ rule, governs }) => (
      <>
        <span dir="auto">{capital(rule)}</span> {governs && <span class="tag">how the service keeps {plain(governs)}</span>}
      </>
    ),
  },
  {
    title: 'Notice',
    cell: ({ notice, place }) => (
      <>
        <span dir="auto">{notice}</span> <code class="note place">{place.replaceAll('/', '/\u200b')}</code>
      </>
    ),
  },
  {
    title: 'Runs from',
    cell: ({ anchor, cannotCompute }) =>
      cannotCompute ? <span class="note">{cannotCompute}</span> : anchor ? plain(anchor) : 'its own day',
  },
];

const RUNS: Column<Run>[] = [
  { title: 'Run', head: true, cell: ({ number }) => `No. ${number}` },
  { title: 'When', cell: ({ at }) => <time dateTime={at}>{fullTime(at)}</time> },
  { title: 'What', cell: ({ record }) => recordWords(record) },
  { title: 'Rule', cell: ({ rule }) => rule },
  { title: 'Removed', kind: 'number', cell: ({ count: removed }) => count(removed) },
  { title: 'Log after', kind: 'number', cell: ({ head }) => counted(head.size, 'entry').replace(/entrys$/, 'entries') },
];

function NoticeRules({ rules }: { rules: readonly NoticeRule[] }) {
  const [can, cannot] = [
    rules.filter((rule) => rule.cannotCompute === null),
    rules.filter((rule) => rule.cannotCompute !== null),
  ];
  const table = (title: string, id: string, some: readonly NoticeRule[], nothing: string) => (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>
        {title} <span class="tag">{count(some.length)}</span>
      </h2>
      {some.length > 0 ? (
        <DataTable caption={title} columns={RULES} rows={some} keyOf={({ notice, place }) => `${notice} ${place}`} />
      ) : (
        <Empty title={nothing} />
      )}
    </section>
  );
  return (
    <>
      <h2 class="part">Rules of the published notices</h2>
      <p class="note">
        They concern the controller’s own systems: the service holds no such data but what is listed above. A rule that cannot be
        computed is said to be so, never guessed.
      </p>
      {table('Can be computed', 'computable', can, 'No rule gives a day')}
      {table('Cannot be computed', 'not-computable', cannot, 'Every rule can be computed')}
    </>
  );
}

export function Page({ site }: PageProps) {
  const may = useMay(site);
  const path = paths.adminRetention(encodeURIComponent(site));
  const { value, failure, again } = useAnswer(useCallback((signal) => ask(Plan, path, { signal }), [path]));
  const [asking, setAsking] = useState(false);
  const [ran, setRan] = useState<Ran | null>(null);
  const due = value?.records.filter(({ due: over }) => over > 0) ?? [];
  const ruled = value?.records.some(({ rule }) => rule !== null) ?? false;
  return (
    <>
      <PageHeader
        title="Retention"
        actions={
          value && (
            <>
              <button type="button" class="button" onClick={again}>
                Dry run again
              </button>
              {may('POST /v1/admin/sites/:site/retention') && ruled && (
                <button type="button" class="button primary" onClick={() => setAsking(true)}>
                  Run now…
                </button>
              )}
            </>
          )
        }
      >
        <p class="note">
          What has run its time, by the rules of the site’s configuration and its notices. What you see is a dry run: looking
          changes nothing.
        </p>
      </PageHeader>
      {failure && (value ? <Stale failure={failure} again={again} /> : <Failure failure={failure} again={again} />)}
      {!value && !failure && <Loading what="the dry run" />}
      <div role="status">
        {ran && (
          <div class="outcome">
            <p>
              <strong>{ran.run === null ? 'Nothing ran: no record has a rule.' : `Run no. ${ran.run} is done.`}</strong>{' '}
              {Object.entries(ran.removed)
                .map(([record, number]) => `${recordWords(record)}: ${count(number)} removed.`)
                .join(' ')}
            </p>
          </div>
        )}
      </div>
      {value && (
        <>
          <section class="panel" aria-labelledby="dry-run">
            <h2 id="dry-run">Dry run of {longDay(value.day)}</h2>
            <DataTable
              caption="What the service keeps of this site"
              columns={RECORDS}
              rows={value.records}
              keyOf={({ record }) => record}
            />
          </section>
          <section class="panel" aria-labelledby="runs">
            <h2 id="runs">Past runs</h2>
            {value.runs.length > 0 ? (
              <DataTable
                caption="Runs, the newest first"
                columns={RUNS}
                rows={value.runs}
                keyOf={({ number, record }) => `${number} ${record}`}
              />
            ) : (
              <Empty title="Nothing has run yet">
                <p>
                  <code>CANDOUR_RETENTION=daily</code> makes the service run once a day.
                </p>
              </Empty>
            )}
          </section>
          <NoticeRules rules={value.notices} />
        </>
      )}
      {asking && (
        <Confirm
          title="Run retention now?"
          deed={due.length > 0 ? 'Remove for good' : 'Run'}
          grave={due.length > 0}
          act={async () => {
            setRan(await ask(Ran, path, { method: 'POST' }));
            again();
          }}
          close={() => setAsking(false)}
        >
          {due.length > 0 ? (
            <>
              <p>This goes, and cannot be brought back:</p>
              <ul class="bullets">
                {due.map(({ record, due: over }) => (
                  <li key={record}>
                    {recordWords(record)}: {count(over)}
                  </li>
                ))}
              </ul>
            </>
          ) : (
            <p>Nothing is over today. The run is written down with a count of none.</p>
          )}
          <p>
            The log keeps the hashes and still verifies. A run leaves the rule, how many went, and the log’s head: nothing of what
            went.
          </p>
        </Confirm>
      )}
    </>
  );
}
