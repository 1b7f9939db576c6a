// One request: where its clock stands, what can be done now, who asked, and all that happened.
import { useCallback, useState } from 'preact/hooks';

import type { RequestDetails } from '../../../shared/rights/api.ts';
import { CLOCK_NOTES, type ClockNote } from '../../../shared/rights/clock.ts';
import { articleOf, isClosed } from '../../../shared/rights/request.ts';
import { siteHref } from '../href.ts';
import { OperatorName, useOperatorNames } from '../operator-names.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { counted, fullTime, longDay } from '../words.ts';
import { DueMark } from './due-mark.tsx';
import { Packs, SubjectLink, WhoAsked } from './request-person.tsx';
import { Steps } from './request-steps.tsx';
import { ACTION_WORDS, KIND_WORDS, REQUEST_STATE_WORDS, VIA_WORDS } from './request-words.ts';
import { rights } from './requests-api.ts';

const isNote = (note: string): note is ClockNote => note in CLOCK_NOTES;

const Clock = ({ request }: { request: RequestDetails }) => {
  const { clock, regime, receivedAt, via, state } = request;
  const deadline = clock.answer ?? clock.acknowledge;
  return (
    <section class="panel" aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <dl class="facts">
        <div>
          <dt>State</dt>
          <dd>{REQUEST_STATE_WORDS[state]}</dd>
        </div>
        <div>
          <dt>Came in</dt>
          <dd>
            {longDay(receivedAt)}, {VIA_WORDS[via]}
          </dd>
        </div>
        <div>
          <dt>Counted from</dt>
          <dd>{clock.starts ? longDay(clock.starts) : 'not begun'}</dd>
        </div>
        {deadline && deadline.day !== deadline.counted && (
          <div>
            <dt>By the calendar</dt>
            <dd>{longDay(deadline.counted)}</dd>
          </div>
        )}
        {clock.pausedDays > 0 && (
          <div>
            <dt>Stood still</dt>
            <dd>{counted(clock.pausedDays, 'day')}</dd>
          </div>
        )}
        {clock.extendBy && !isClosed(state) && request.actions.includes('extend') && (
          <div>
            <dt>Extend until</dt>
            <dd>{longDay(clock.extendBy)}</dd>
          </div>
        )}
        <div>
          <dt>Rules</dt>
          <dd>{regime === 'uk' ? 'United Kingdom, Art. 12A' : 'European Union, Art. 12(3)'}</dd>
        </div>
      </dl>
      <ul class="clock-notes note">
        {clock.notes.filter(isNote).map((note) => (
          <li key={note}>{CLOCK_NOTES[note]}</li>
        ))}
      </ul>
    </section>
  );
};

function History({ request: { steps, receivedAt, via } }: { request: RequestDetails }) {
  const names = useOperatorNames();
  return (
    <section class="panel" aria-labelledby="history">
      <h2 id="history">History</h2>
      <ol class="history">
        <li>
          <p>
            <strong>Came in</strong> <time dateTime={receivedAt}>{fullTime(receivedAt)}</time>
          </p>
          <p class="note">By {VIA_WORDS[via].replace(/^entered by /, '')}</p>
        </li>
        {steps.map(({ number, action, at, actor, reason }) => (
          <li key={number} data-action={action}>
            <p>
              <strong>{ACTION_WORDS[action].done}</strong> <time dateTime={at}>{fullTime(at)}</time>
            </p>
            {reason && <blockquote dir="auto">{reason}</blockquote>}
            <p class="note">
              By <OperatorName actor={actor} names={names} />
            </p>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function RequestView({ site, id }: { site: string; id: string }) {
  const { value, failure, again } = useAnswer(useCallback((signal) => rights.show(site, id, signal), [site, id]));
  const [changed, setChanged] = useState<RequestDetails | null>(null);
  const request = changed ?? value;
  return (
    <>
      <nav class="back" aria-label="Back">
        <a href={siteHref(site, 'requests')}>Rights requests</a>
      </nav>
      <PageHeader title={request ? KIND_WORDS[request.kind] : 'Request'}>
        <p class="note">
          Request <code>{id}</code>
          {request && ` · ${articleOf(request.kind, request.regime)}`}
        </p>
        {request && (
          <p>
            <DueMark request={request} />
          </p>
        )}
      </PageHeader>
      {failure && !request && <Failure failure={failure} again={again} />}
      {!request && !failure && <Loading what="the request" />}
      {request && (
        <div class="columns request">
          <div>
            <Steps site={site} request={request} changed={setChanged} />
            <History request={request} />
          </div>
          <div>
            <Clock request={request} />
            <WhoAsked site={site} request={request} changed={setChanged} />
            <SubjectLink key={request.subject} site={site} request={request} changed={setChanged} />
            <Packs site={site} request={request} />
          </div>
        </div>
      )}
    </>
  );
}
