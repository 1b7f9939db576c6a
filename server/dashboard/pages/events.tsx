// All events of a site, newest first, each with its receipt and what proves it.
import { useCallback, useState } from 'preact/hooks';

import { isoDay } from '../../../shared/notice/period.ts';
import { EventsTable } from '../events-table.tsx';
import { siteHref } from '../href.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { Pager } from '../parts/pager.tsx';
import type { PageProps } from '../route.ts';
import { service } from '../service.ts';
import { Empty, Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { PAGE } from '../use-live-events.ts';

export function Page({ site }: PageProps) {
  const [trail, setTrail] = useState<number[]>([]);
  const before = trail.at(-1) ?? null;
  const { value, failure, again } = useAnswer(
    useCallback((signal) => service.events(site, before, PAGE, signal), [site, before]),
  );
  const next = value?.next ?? null;
  return (
    <>
      <PageHeader
        title="Events"
        actions={
          <>
            <button type="button" class="button" onClick={() => (trail.length > 0 ? setTrail([]) : again())}>
              Newest
            </button>
            <a class="button" href={siteHref(site, 'prove')}>
              Look one up
            </a>
          </>
        }
      >
        <p>What visitors chose, in the order in which the log recorded it. Each look is written to the audit log.</p>
      </PageHeader>
      {failure && <Failure failure={failure} again={again} />}
      {!value && !failure && <Loading what="the events" />}
      {value && value.events.length === 0 && trail.length === 0 && (
        <Empty title="No event yet">
          <p>Make a choice on the site: it appears here within a few seconds.</p>
        </Empty>
      )}
      {value && (value.events.length > 0 || trail.length > 0) && (
        <section class="panel" aria-label="Events">
          <EventsTable
            site={site}
            events={value.events}
            caption={`Events, page ${trail.length + 1}`}
            today={isoDay(Date.now())}
          />
          <Pager
            label="Pages of events"
            page={trail.length + 1}
            newer={trail.length > 0 ? () => setTrail(trail.slice(0, -1)) : null}
            older={next === null ? null : () => setTrail([...trail, next])}
          />
        </section>
      )}
      <p class="note">Days and times are in UTC. A subject is shown as the first characters of a key’s thumbprint.</p>
    </>
  );
}
