// All sites at a glance.
import { useCallback } from 'preact/hooks';

import { isoDay } from '../../../shared/notice/period.ts';
import { siteHref } from '../href.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { service } from '../service.ts';
import { Empty, Failure, Loading, Stale } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { count, fullTime, shortTime } from '../words.ts';
import './sites.css';

const EVERY = 10_000;

export function Page() {
  const {
    value: sites,
    failure,
    again,
  } = useAnswer(
    useCallback((signal) => service.sites(signal), []),
    EVERY,
  );
  const today = isoDay(Date.now());
  return (
    <>
      <PageHeader title="Sites" />
      {failure && (sites ? <Stale failure={failure} again={again} /> : <Failure failure={failure} again={again} />)}
      {!sites && !failure && <Loading what="the sites" />}
      {sites?.length === 0 && (
        <Empty title="No site yet">
          <p>
            Make one on the command line: <code>candour site create NAME --origin URL --notice FILE</code>. It prints the tag to
            embed.
          </p>
        </Empty>
      )}
      <ul class="site-cards">
        {sites?.map((site) => (
          <li class="card" key={site.site}>
            <h2>
              <a href={siteHref(site.site, '')}>
                <bdi>{site.name}</bdi>
              </a>
            </h2>
            <p class="note">{site.origins.join(', ')}</p>
            <p class="today">
              <strong>{count(site.today)}</strong> <span>came in today</span>
            </p>
            <dl class="figures">
              <div>
                <dt>Events kept</dt>
                <dd>{count(site.events)}</dd>
              </div>
              <div>
                <dt>Subjects</dt>
                <dd>{count(site.subjects)}</dd>
              </div>
              <div>
                <dt>Latest</dt>
                <dd>
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
          </li>
        ))}
      </ul>
      {sites && sites.length > 0 && <p class="note">Days and times are in UTC.</p>}
    </>
  );
}
