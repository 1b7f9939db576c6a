// A site's notices: versions that never change, what changed between two of them, and publishing the next one.
import { useCallback, useState } from 'preact/hooks';

import { paths } from '../../../shared/api.ts';
import { NoticeDiff, NoticeVersions, type NoticeVersion } from '../../../shared/operator.ts';
import type * as v from 'valibot';

import { siteHref } from '../href.ts';
import { Changes } from '../notice-findings.tsx';
import { kindWords } from '../notice-words.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { PublishNotice } from '../publish-notice.tsx';
import type { PageProps } from '../route.ts';
import { ask } from '../service.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { fullTime, longDay } from '../words.ts';

type Version = v.InferOutput<typeof NoticeVersion>;

const nameOf = ({ title, version, publishedAt }: Version): string =>
  `${title}, ${version === null ? '' : `version ${version}, `}published ${longDay(publishedAt)}`;

const columns = (site: string, all: readonly Version[]): readonly Column<Version>[] => [
  {
    title: 'Notice',
    head: true,
    cell: ({ title, language, current }) => (
      <>
        <strong lang={language}>
          <bdi>{title}</bdi>
        </strong>{' '}
        {current && <span class="tag current">current</span>}
      </>
    ),
  },
  {
    title: 'Version',
    cell: ({ version, date }) => (
      <>
        {version ?? 'none given'}
        <br />
        <span class="note">{date ? `dated ${date.length === 10 ? longDay(date) : date}` : 'no date given'}</span>
      </>
    ),
  },
  {
    title: 'Published',
    cell: ({ publishedAt }) => (
      <time dateTime={publishedAt} title={fullTime(publishedAt)}>
        {longDay(publishedAt)}
      </time>
    ),
  },
  {
    title: 'SHA-256',
    cell: ({ hash }) => <code title={hash}>{hash.slice(0, 10)}…</code>,
  },
  {
    title: 'Actions',
    kind: 'actions',
    cell: ({ hash, kind, title, publishedAt }) => {
      const earlier = all.find((one) => one.kind === kind && one.hash !== hash && one.publishedAt <= publishedAt);
      return (
        <>
          <a class="button small" href={paths.notice(hash)} target="_blank" rel="noreferrer">
            Read<span class="hidden"> {title} (opens in a new tab)</span>
          </a>{' '}
          {earlier && (
            <a class="button small" href={siteHref(site, 'notices', 'compare', earlier.hash, hash)}>
              Changes<span class="hidden"> in {title}</span>
            </a>
          )}
        </>
      );
    },
  },
];

function Compare({ site, all, from, to }: { site: string; all: readonly Version[]; from: string; to: string }) {
  const known = all.some(({ hash }) => hash === from) && all.some(({ hash }) => hash === to);
  const { value, failure, again } = useAnswer(
    useCallback(
      (signal) =>
        known && from !== to
          ? ask(NoticeDiff, `/v1/admin/sites/${encodeURIComponent(site)}/notices/diff?from=${from}&to=${to}`, { signal })
          : Promise.resolve(null),
      [site, from, to, known],
    ),
  );
  const choose = (a: string, b: string): void => void (location.hash = siteHref(site, 'notices', 'compare', a, b));
  const options = all.map((one) => (
    <option key={one.hash} value={one.hash}>
      {nameOf(one)}
      {one.current ? ' (current)' : ''}
    </option>
  ));
  return (
    <section class="panel" aria-labelledby="compare">
      <h2 id="compare">What changed</h2>
      <div class="compare">
        <Field label="From" bare>
          {(attributes) => (
            <select {...attributes} value={from} onChange={(event) => choose(event.currentTarget.value, to)}>
              {options}
            </select>
          )}
        </Field>
        <Field label="To" bare>
          {(attributes) => (
            <select {...attributes} value={to} onChange={(event) => choose(from, event.currentTarget.value)}>
              {options}
            </select>
          )}
        </Field>
      </div>
      {!known && <Empty title="The site has published no such version" />}
      {known && from === to && <Empty title="These are the same version" />}
      {failure && <Failure failure={failure} again={again} />}
      {known && from !== to && !value && !failure && <Loading what="the changes" />}
      {value && <Changes changes={value.changes} />}
    </section>
  );
}

function List({ site, all }: { site: string; all: readonly Version[] }) {
  // The newest first, and the one before it of the same kind, if there is one.
  const b = all.find(({ current }) => current) ?? all[0];
  const a = all.find((one) => one !== b && one.kind === b?.kind);
  return (
    <>
      {[...Map.groupBy(all, ({ kind }) => kind)].map(([kind, versions]) => (
        <section class="panel" key={kind} aria-labelledby={`kind-${kind}`}>
          <h2 id={`kind-${kind}`}>{kindWords(kind)}</h2>
          <DataTable
            caption={`Versions: ${kindWords(kind)}`}
            columns={columns(site, all)}
            rows={versions}
            keyOf={({ hash, publishedAt }) => `${hash} ${publishedAt}`}
          />
        </section>
      ))}
      {a && b && (
        <p class="actions">
          <a class="button" href={siteHref(site, 'notices', 'compare', a.hash, b.hash)}>
            Compare any two versions
          </a>
        </p>
      )}
    </>
  );
}

/** `…/notices`, `…/notices/publish`, `…/notices/compare/{from}/{to}` */
export function Page({ site, rest: [view = '', from = '', to = ''] }: PageProps) {
  const may = useMay(site);
  const [published, setPublished] = useState(0);
  const { value, failure, again } = useAnswer(
    useCallback(
      (signal) => ask(NoticeVersions, `/v1/admin/sites/${encodeURIComponent(site)}/notices`, { signal }),
      // Asked again when one was published.
      [site, published],
    ),
  );
  const mayPublish = may('POST /v1/admin/sites/:site/notices');
  const mayCheck = may('POST /v1/admin/sites/:site/notices/check');
  return (
    <>
      {view !== '' && (
        <p class="back">
          <a href={siteHref(site, 'notices')}>All notices</a>
        </p>
      )}
      <PageHeader
        title={
          view === 'publish' ? (mayPublish ? 'Publish a notice' : 'Check a notice') : view === 'compare' ? 'Compare' : 'Notices'
        }
        actions={
          view === '' &&
          mayCheck && (
            <a class="button primary" href={siteHref(site, 'notices', 'publish')}>
              {mayPublish ? 'Publish a version' : 'Check a version'}
            </a>
          )
        }
      >
        {view === '' && (
          <p>What visitors of this site were and are told. A published version never changes: its name is its hash.</p>
        )}
      </PageHeader>
      {view === 'publish' ? (
        <PublishNotice site={site} mayPublish={mayPublish} published={() => setPublished((times) => times + 1)} />
      ) : failure && !value ? (
        <Failure failure={failure} again={again} />
      ) : !value ? (
        <Loading what="the notices" />
      ) : view === 'compare' ? (
        <Compare site={site} all={value.notices} from={from} to={to} />
      ) : value.notices.length === 0 ? (
        <Empty title="No notice is published yet" />
      ) : (
        <List site={site} all={value.notices} />
      )}
    </>
  );
}
