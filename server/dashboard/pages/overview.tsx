// One site: what arrives today as it arrives, choices per day and per purpose, and every event with its receipt.
import { useCallback, useEffect, useState } from 'preact/hooks';

import type { AdminEvents, AdminSite } from '../../../shared/api.ts';
import { isoDay } from '../../../shared/notice/period.ts';
import { ChoiceChart } from '../choice-chart.tsx';
import { EventsTable } from '../events-table.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { PurposesTable } from '../purposes-table.tsx';
import type { PageProps } from '../route.ts';
import { service } from '../service.ts';
import { Empty, Failure, Loading, Stale } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { PAGE, useLiveEvents } from '../use-live-events.ts';
import { count, counted, fullTime, shortTime } from '../words.ts';
import './overview.css';

const DAYS = 30;

const Figures = ({ site, today }: { site: AdminSite; today: string }) => (
  <dl class="figures tiles">
    <div>
      <dt>Events today</dt>
      <dd>{count(site.today)}</dd>
    </div>
    <div>
      <dt>Events in all</dt>
      <dd>{count(site.events)}</dd>
    </div>
    <div>
      <dt>Data subjects</dt>
      <dd>{count(site.subjects)}</dd>
    </div>
    <div>
      <dt>Latest</dt>
      <dd class="when">
        {site.latest ? (
          <time dateTime={site.latest} title={fullTime(site.latest)}>
            {shortTime(site.latest, today)}
          </time>
        ) : (
          'none yet'
        )}
      </dd>
    </div>
  </dl>
);

function Statistics({ site, version }: { site: string; version: string }) {
  // `version` is a reason to ask again, not a part of the question.
  const { value, failure, again } = useAnswer(useCallback((signal) => service.statistics(site, DAYS, signal), [site, version]));
  const [last, setLast] = useState(value);
  useEffect(() => {
    if (value) setLast(value);
  }, [value]);
  const shown = value ?? last;
  if (!shown) return failure ? <Failure failure={failure} again={again} /> : <Loading what="the statistics" />;
  return (
    <div class="columns">
      <section class="panel" aria-labelledby="per-day">
        <h2 id="per-day">Choices per day</h2>
        {shown.days.some(({ events }) => events > 0) ? (
          <ChoiceChart days={shown.days} />
        ) : (
          <Empty title={`No choice in the last ${DAYS} days`} />
        )}
      </section>
      <section class="panel" aria-labelledby="per-purpose">
        <h2 id="per-purpose">What holds per purpose</h2>
        <p class="note">The newest choice of each subject.</p>
        {shown.purposes.length > 0 ? <PurposesTable purposes={shown.purposes} /> : <Empty title="No purpose is asked for" />}
      </section>
    </div>
  );
}

/** Older pages; the newest one is live and above. */
function OlderEvents({ site, first, today }: { site: string; first: AdminEvents; today: string }) {
  const [trail, setTrail] = useState<number[]>([]);
  const before = trail.at(-1) ?? null;
  const { value, failure, again } = useAnswer<AdminEvents | null>(
    useCallback(
      (signal) => (before === null ? Promise.resolve(null) : service.events(site, before, PAGE, signal)),
      [site, before],
    ),
  );
  const page = before === null ? first : value;
  return (
    <section class="panel" aria-labelledby="all-events">
      <h2 id="all-events">All events</h2>
      {!page && (failure ? <Failure failure={failure} again={again} /> : <Loading what="older events" />)}
      {page && <EventsTable site={site} events={page.events} caption={`Events, page ${trail.length + 1}`} today={today} />}
      <nav class="pager" aria-label="Pages of events">
        <button type="button" class="button" disabled={trail.length === 0} onClick={() => setTrail(trail.slice(0, -1))}>
          Newer
        </button>
        <span role="status">Page {trail.length + 1}</span>
        <button
          type="button"
          class="button"
          disabled={!page || page.next === null}
          onClick={() => page && page.next !== null && setTrail([...trail, page.next])}
        >
          Older
        </button>
      </nav>
    </section>
  );
}

export function Page({ site }: PageProps) {
  const live = useLiveEvents(site);
  const sites = useAnswer(useCallback((signal) => service.sites(signal), [live.version]));
  const [about, setAbout] = useState<AdminSite | null>(null);
  const found = sites.value?.find((candidate) => candidate.site === site);
  useEffect(() => {
    if (found) setAbout(found);
  }, [found]);

  const today = isoDay(Date.now());
  const arrived = live.value?.events.filter(({ receivedAt }) => receivedAt.startsWith(today)) ?? [];
  return (
    <>
      <PageHeader title={about?.name ?? site}>
        {about && (
          <p class="note">
            {about.origins.join(', ')} · log <code>{about.log}</code>
          </p>
        )}
      </PageHeader>
      {live.failure &&
        (live.value ? (
          <Stale failure={live.failure} again={live.again} />
        ) : (
          <Failure failure={live.failure} again={live.again} />
        ))}
      {!live.value && !live.failure && <Loading what="the events" />}
      {about && live.value && <Figures site={about} today={today} />}
      {/* Always there, so that what changes in it is announced. */}
      <p class="hidden" role="status">
        {live.fresh.size > 0 && `${counted(live.fresh.size, 'new event')} since you opened this page`}
      </p>
      {live.value && (
        <>
          <section class="panel" aria-labelledby="today">
            <h2 id="today">
              Today <span class={live.failure ? 'live off' : 'live'}>{live.failure ? 'not up to date' : 'live'}</span>
            </h2>
            {arrived.length > 0 ? (
              <EventsTable
                site={site}
                events={arrived.slice(0, 10)}
                caption="Events of today, newest first"
                today={today}
                fresh={live.fresh}
              />
            ) : (
              <Empty title="No event today yet">
                <p>Make a choice on the site: it appears here within a few seconds.</p>
              </Empty>
            )}
          </section>
          <Statistics site={site} version={live.version} />
          {live.value.events.length > 0 && <OlderEvents site={site} first={live.value} today={today} />}
          <p class="note">Days and times are in UTC. A subject is shown as the first characters of a key’s thumbprint.</p>
        </>
      )}
    </>
  );
}
