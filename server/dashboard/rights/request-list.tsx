// The register of requests, the most urgent first.
import { useCallback, useState } from 'preact/hooks';

import { paths } from '../../../shared/api.ts';
import type { RequestSummary } from '../../../shared/rights/api.ts';
import { articleOf, REQUEST_KINDS, REQUEST_STATES } from '../../../shared/rights/request.ts';
import { siteHref } from '../href.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { useMay } from '../session.ts';
import { Empty, Failure, Loading, Stale } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { counted, tableDay } from '../words.ts';
import { byUrgency, dueOf } from './due.ts';
import { DueMark } from './due-mark.tsx';
import { KIND_WORDS, REQUEST_STATE_WORDS, VIA_WORDS } from './request-words.ts';
import { rights } from './requests-api.ts';

const columns = (site: string): Column<RequestSummary>[] => [
  {
    title: 'Request',
    head: true,
    cell: ({ id, kind, regime }) => (
      <>
        <a href={siteHref(site, 'requests', id)}>
          {KIND_WORDS[kind]}
          <span class="hidden"> {id}</span>
        </a>{' '}
        <span class="note">{articleOf(kind, regime)}</span>
      </>
    ),
  },
  { title: 'Due', kind: 'wide', cell: (request) => <DueMark request={request} /> },
  { title: 'State', cell: ({ state }) => REQUEST_STATE_WORDS[state] },
  {
    title: 'Came in',
    cell: ({ receivedAt, via }) => (
      <>
        <time dateTime={receivedAt}>{tableDay(receivedAt)}</time> <span class="note via">{VIA_WORDS[via]}</span>
      </>
    ),
  },
  { title: 'Number', cell: ({ id }) => <code class="whole">{id}</code> },
];

function Urgent({ requests }: { requests: readonly RequestSummary[] }) {
  const overdue = requests.filter((request) => dueOf(request).urgency === 'overdue').length;
  const soon = requests.filter((request) => dueOf(request).urgency === 'soon').length;
  if (overdue + soon === 0) return null;
  return (
    <p class={`urgent ${overdue > 0 ? 'overdue' : 'soon'}`} role="status">
      <strong>
        {[
          ...(overdue > 0 ? [`${counted(overdue, 'request')} overdue`] : []),
          ...(soon > 0 ? [`${counted(soon, 'request')} due within a week`] : []),
        ].join(', ')}
      </strong>
    </p>
  );
}

/** `state`: as in rights.list(). */
export function RequestList({ site, state }: { site: string; state: string | null }) {
  const may = useMay(site);
  const [kind, setKind] = useState('');
  const { value, failure, again } = useAnswer(useCallback((signal) => rights.list(site, state, signal), [site, state]));
  const shown = value?.filter((request) => kind === '' || request.kind === kind).sort(byUrgency);
  const newRequest = may('POST /v1/admin/sites/:site/requests') && (
    <a class="button primary" href={siteHref(site, 'requests', 'new')}>
      Enter a request
    </a>
  );
  return (
    <>
      <PageHeader title="Rights requests" actions={newRequest}>
        <p class="note">
          What people asked for under Articles 12 to 22, and by when it must be answered. They send requests on{' '}
          <a href={paths.requestPage(site)} target="_blank" rel="noreferrer">
            this site’s request page<span class="hidden"> (opens in a new tab)</span>
          </a>
          .
        </p>
      </PageHeader>
      <div class="filters">
        <Field label="State" bare>
          {(attributes) => (
            <select
              {...attributes}
              value={state ?? ''}
              onChange={({ currentTarget }) => (location.hash = siteHref(site, 'requests', currentTarget.value))}
            >
              <option value="">Waiting for an answer</option>
              <option value="all">All</option>
              {REQUEST_STATES.map((each) => (
                <option key={each} value={each}>
                  {REQUEST_STATE_WORDS[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Kind" bare>
          {(attributes) => (
            <select {...attributes} value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value)}>
              <option value="">Every kind</option>
              {REQUEST_KINDS.map((each) => (
                <option key={each} value={each}>
                  {KIND_WORDS[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      {failure && (shown ? <Stale failure={failure} again={again} /> : <Failure failure={failure} again={again} />)}
      {!shown && !failure && <Loading what="the requests" />}
      {shown && <Urgent requests={shown} />}
      {shown && (
        <div class="panel">
          {shown.length > 0 ? (
            <DataTable
              caption="Requests, the most urgent first"
              columns={columns(site)}
              rows={shown}
              keyOf={({ id }) => id}
              rowClass={(request) => dueOf(request).urgency}
            />
          ) : (
            <Empty title={state === null && kind === '' ? 'No request waits for an answer' : 'No such request'}>
              <p>
                {state === null && kind === ''
                  ? 'A new one appears here when it is confirmed, or entered by you.'
                  : 'Change the filter above to see others.'}
              </p>
            </Empty>
          )}
        </div>
      )}
    </>
  );
}
