// Exports: a site's consent events as a file, and its records of processing.
import { useCallback, useRef, useState } from 'preact/hooks';
import * as v from 'valibot';

import { isoDay } from '../../../shared/notice/period.ts';
import { keepAnswer } from '../keep.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import type { PageProps } from '../route.ts';
import { ask, service } from '../service.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, InlineFailure, Loading } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { useAnswer } from '../use-answer.ts';
import { useOnline } from '../use-online.ts';
import { count, counted } from '../words.ts';
import './exports.css';

const FORMATS = [
  { id: 'csv', name: 'CSV', what: 'One row a choice, for a spreadsheet. No cell can run as a formula.' },
  { id: 'jsonl', name: 'JSON Lines', what: 'One event a line with the bytes that were signed, for another system.' },
  { id: 'jsonld', name: 'JSON-LD', what: 'Consent records in the terms of ISO/IEC TS 27560 and the Data Privacy Vocabulary.' },
] as const;

const DAY = 86_400_000;
/** Whole days, UTC; '' is open. */
const RANGES: { name: string; days: (now: number) => { from: string; to: string } }[] = [
  { name: 'Everything', days: () => ({ from: '', to: '' }) },
  { name: 'Last 30 days', days: (now) => ({ from: isoDay(now - 29 * DAY), to: isoDay(now) }) },
  { name: 'This month', days: (now) => ({ from: `${isoDay(now).slice(0, 7)}-01`, to: isoDay(now) }) },
  {
    name: 'Last month',
    days: (now) => {
      const last = isoDay(Date.parse(`${isoDay(now).slice(0, 7)}-01`) - DAY);
      return { from: `${last.slice(0, 7)}-01`, to: last };
    },
  },
];

/** As far back as the service counts by day. */
const COUNTED = 400;

/** How many events are in the range; null: not known. */
function useEventCount(site: string, from: string, to: string): number | null {
  const days = useAnswer(useCallback((signal) => service.statistics(site, COUNTED, signal), [site]));
  const sites = useAnswer(useCallback((signal) => service.sites(signal), [site]));
  if (from === '' && to === '') return sites.value?.find((one) => one.site === site)?.events ?? null;
  const counts = days.value?.days;
  if (!counts || (from === '' ? (counts[0]?.events ?? 0) > 0 : from < (counts[0]?.day ?? ''))) return null;
  return counts.filter(({ day }) => day >= from && (to === '' || day <= to)).reduce((sum, { events }) => sum + events, 0);
}

function EventExport({ site }: { site: string }) {
  const [format, setFormat] = useState<(typeof FORMATS)[number]['id']>('csv');
  const [range, setRange] = useState({ from: '', to: '' });
  const online = useOnline();
  const link = useRef<HTMLAnchorElement>(null);
  const { from, to } = range;
  const events = useEventCount(site, from, to);
  const problem = from !== '' && to !== '' && to < from ? 'The last day is before the first.' : null;
  // The browser saves the answer as it comes, whatever its size, and tells nobody here how that went: so it is asked first whether
  // the service is there and the session still holds.
  const download = useAction(async () => {
    await service.session();
    link.current?.click();
  });
  const query = new URLSearchParams({ format, ...(from ? { from } : {}), ...(to ? { to } : {}) });
  return (
    <section class="panel" aria-labelledby="events">
      <h2 id="events">Consent events</h2>
      <p class="note">
        In the order of the log, subjects by pseudonym, without contact details. Each export is written to the audit log.
      </p>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (!problem) void download.run();
        }}
      >
        <fieldset class="options">
          <legend>Format</legend>
          <div class="option-row">
            {FORMATS.map(({ id, name, what }) => (
              <label key={id} class="option">
                <input type="radio" name="format" checked={format === id} onChange={() => setFormat(id)} />
                <span>
                  <strong>{name}</strong>
                  <span class="note">{what}</span>
                </span>
              </label>
            ))}
          </div>
        </fieldset>
        <fieldset class="options">
          <legend>Received</legend>
          <div class="presets">
            {RANGES.map(({ name, days }) => {
              const preset = days(Date.now());
              return (
                <button
                  key={name}
                  type="button"
                  class="button small"
                  aria-pressed={preset.from === from && preset.to === to}
                  onClick={() => setRange(preset)}
                >
                  {name}
                </button>
              );
            })}
          </div>
          <div class="filters">
            <Field label="First day, UTC" optional>
              {(attributes) => (
                <input
                  {...attributes}
                  type="date"
                  value={from}
                  onInput={(event) => setRange({ from: event.currentTarget.value, to })}
                />
              )}
            </Field>
            <Field label="Last day, UTC" optional problem={problem}>
              {(attributes) => (
                <input
                  {...attributes}
                  type="date"
                  value={to}
                  onInput={(event) => setRange({ from, to: event.currentTarget.value })}
                />
              )}
            </Field>
          </div>
        </fieldset>
        <p class="actions">
          <button type="submit" class="button primary" disabled={download.busy || !online || problem !== null}>
            Download {FORMATS.find(({ id }) => id === format)?.name}
          </button>
          <span class="note" role="status">
            {events === null ? '' : events === 0 ? 'No event was received then: the file has none.' : counted(events, 'event')}
          </span>
        </p>
        {download.failure && <InlineFailure failure={download.failure} />}
        <a hidden ref={link} href={`/v1/admin/sites/${encodeURIComponent(site)}/export?${query}`} download>
          File
        </a>
      </form>
    </section>
  );
}

const Stated = v.object({ scope: v.picklist(['activity', 'document', 'not_stated']), values: v.array(v.string()) });
const ProcessingRecords = v.object({
  records: v.array(
    v.object({
      notice: v.string(),
      activity: v.string(),
      title: v.string(),
      purposes: Stated,
      lawfulBases: Stated,
      recipients: Stated,
      erasure: Stated,
    }),
  ),
});
type ProcessingRecord = v.InferOutput<typeof ProcessingRecords>['records'][number];

const Said = ({ scope, values }: v.InferOutput<typeof Stated>) =>
  scope === 'not_stated' ? (
    <span class="note">not stated</span>
  ) : (
    <>
      <ul>
        {values.slice(0, 3).map((value) => (
          <li key={value} dir="auto">
            {value}
          </li>
        ))}
      </ul>
      {values.length > 3 && <span class="note">and {count(values.length - 3)} more</span>}
      {scope === 'document' && <span class="note"> for the whole document</span>}
    </>
  );

const COLUMNS: readonly Column<ProcessingRecord>[] = [
  { title: 'Activity', head: true, cell: ({ title }) => <strong dir="auto">{title}</strong> },
  { title: 'Lawful bases', cell: ({ lawfulBases }) => <Said {...lawfulBases} /> },
  { title: 'Recipients', cell: ({ recipients }) => <Said {...recipients} /> },
  { title: 'Erasure', cell: ({ erasure }) => <Said {...erasure} /> },
];

function Records({ site }: { site: string }) {
  const path = `/v1/admin/sites/${encodeURIComponent(site)}/processing-records`;
  const { value, failure, again } = useAnswer(useCallback((signal) => ask(ProcessingRecords, path, { signal }), [path]));
  const keep = useAction((format: 'csv' | 'json') =>
    keepAnswer(
      `${path}?format=${format}`,
      `${site}-processing-records.${format}`,
      format === 'csv' ? 'text/csv' : 'application/json',
    ),
  );
  return (
    <section class="panel" aria-labelledby="records">
      <h2 id="records">Records of processing (Art. 30)</h2>
      <p class="note">
        What the published notices say of each processing activity. What they do not say is “not stated”: nothing is filled in,
        and nothing personal is in it.
      </p>
      <p class="actions">
        {(['csv', 'json'] as const).map((format) => (
          <button key={format} type="button" class="button" disabled={keep.busy} onClick={() => void keep.run(format)}>
            Download {format.toUpperCase()}
            <span class="hidden"> of the records of processing</span>
          </button>
        ))}
      </p>
      {keep.failure && <InlineFailure failure={keep.failure} />}
      {!value && (failure ? <Failure failure={failure} again={again} /> : <Loading what="the records" />)}
      {value &&
        (value.records.length > 0 ? (
          <details class="fold">
            <summary>
              <h3>{value.records.length === 1 ? 'One activity' : `${count(value.records.length)} activities`}</h3>
            </summary>
            <DataTable
              caption="Records of processing"
              columns={COLUMNS}
              rows={value.records}
              keyOf={({ notice, activity }) => `${notice}/${activity}`}
            />
          </details>
        ) : (
          <Empty title="The published notices have no processing activity" />
        ))}
    </section>
  );
}

export function Page({ site }: PageProps) {
  const may = useMay(site);
  return (
    <>
      <PageHeader title="Exports">
        <p>What the service holds of this site, as files that other systems read.</p>
      </PageHeader>
      {may('GET /v1/admin/sites/:site/export') && <EventExport site={site} />}
      <Records site={site} />
    </>
  );
}
