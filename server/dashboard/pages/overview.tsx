// One site: what arrives today as it arrives, choices per day and per purpose.
import { useCallback, useContext } from 'preact/hooks';

import type { AdminSite } from '../../../shared/api.ts';
import { isoDay } from '../../../shared/notice/period.ts';
import { ChoiceChart } from '../choice-chart.tsx';
import { EventsTable } from '../events-table.tsx';
import { siteHref } from '../href.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { PurposesTable } from '../purposes-table.tsx';
import type { PageProps } from '../route.ts';
import { service } from '../service.ts';
import { SiteNamesContext } from '../site-names.ts';
import { Empty, Failure, Loading, Stale } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { useKept, useLiveEvents, type LiveEvents } from '../use-live-events.ts';
import { count, counted, fullTime, shortTime } from '../words.ts';
import './overview.css';

const DAYS = 30;

const Figures = ({ site, today }: { site: AdminSite; today: string }) => (
  <dl class="figures tiles">
    <div>
      <dt>Came in today</dt>
      <dd>{count(site.today)}</dd>
    </div>
    <div>
      <dt>Events kept</dt>
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
  const shown = useKept(value);
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

function Today({ site, live, today }: { site: string; live: LiveEvents; today: string }) {
  const arrived = live.events?.events.filter(({ receivedAt }) => receivedAt.startsWith(today)) ?? [];
  return (
    <section class="panel" aria-labelledby="today">
      <h2 id="today">
        Today <span class={live.failure ? 'live off' : 'live'}>{live.failure ? 'not up to date' : 'live'}</span>
      </h2>
      {live.unread > 0 && (
        <p>
          <button type="button" class="button small" onClick={live.again}>
            Show {counted(live.unread, 'newer event')}
          </button>
        </p>
      )}
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
      <p class="more">
        <a href={siteHref(site, 'events')}>All events</a>
      </p>
    </section>
  );
}

export function Page({ site }: PageProps) {
  const live = useLiveEvents(site);
  const { about, events, failure } = live;
  const { name } = useContext(SiteNamesContext);
  const today = isoDay(Date.now());
  return (
    <>
      <PageHeader title={name || site}>
        {about && (
          <p class="note">
            {about.origins.join(', ')} · log <code>{about.log}</code>
          </p>
        )}
      </PageHeader>
      {failure && (events ? <Stale failure={failure} again={live.again} /> : <Failure failure={failure} again={live.again} />)}
      {!events && !failure && <Loading what="the events" />}
      {about && events && <Figures site={about} today={today} />}
      {/* Always there, so that what changes in it is announced. */}
      <p class="hidden" role="status">
        {live.fresh.size > 0 && `${counted(live.fresh.size, 'new event')} since you opened this page`}
      </p>
      {events && (
        <>
          <Today site={site} live={live} today={today} />
          <Statistics site={site} version={live.version} />
          <p class="note">Days and times are in UTC. A subject is shown as the first characters of a key’s thumbprint.</p>
        </>
      )}
    </>
  );
}
