// What the answer of an evidence file rests on: the events with the words that were shown, and the documents as they were.
import { ConsentEvent } from '../../shared/consent/event.ts';
import { EVENT_TYP, parseJws } from '../../shared/consent/jws.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import { ACTOR_WORDS } from '../../shared/consent/words.ts';
import type { Evidence, ProvenEvent } from '../../shared/evidence/evidence.ts';
import { noticeLines } from '../../shared/notice/render.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';
import * as v from 'valibot';

import { paths } from '../../shared/api.ts';
import { Choices } from './choice.tsx';
import { kindWords } from './notice-words.ts';
import { ShownWords } from './parts/shown-words.tsx';
import { fullTime, methodWords } from './words.ts';

/** Null: it cannot be read, which the check says too. */
function eventOf({ event }: ProvenEvent): ConsentEvent | null {
  try {
    const read = v.safeParse(ConsentEvent, parseJws(event, EVENT_TYP).payload);
    return read.success ? read.output : null;
  } catch {
    return null;
  }
}

interface EventProps {
  one: ProvenEvent;
  presentation: (hash: string) => Presentation | null;
  /** The one that was asked about, or the newest. */
  open: boolean;
}

function EventOfEvidence({ one, presentation, open }: EventProps) {
  const event = eventOf(one);
  if (!event) return <p>The event of log entry {one.index} cannot be read.</p>;
  const shown = event.presentation === null ? null : presentation(event.presentation);
  return (
    <details class="fold" open={open} data-event={event.id}>
      <summary>
        <h3>
          Choice no. {event.seq}: {methodWords(event.method).toLowerCase()}
        </h3>
        <span class="note">{fullTime(one.leaf.receivedAt)}</span>
      </summary>
      <Choices purposes={event.purposes} channels={event.channels} vendors={event.vendors} />
      <dl class="facts">
        <div>
          <dt>Received</dt>
          <dd>{fullTime(one.leaf.receivedAt)}</dd>
        </div>
        <div>
          <dt>Chosen</dt>
          <dd>{fullTime(event.at)}, by the browser’s clock</dd>
        </div>
        <div>
          <dt>By</dt>
          <dd>{ACTOR_WORDS[event.actor]}</dd>
        </div>
        <div>
          <dt>On</dt>
          <dd>{event.origin}</dd>
        </div>
        <div>
          <dt>Global Privacy Control</dt>
          <dd>{event.gpc ? 'on' : 'not on'}</dd>
        </div>
        <div>
          <dt>Event</dt>
          <dd>
            <code>{event.id}</code>
          </dd>
        </div>
        <div>
          <dt>Entry in the log</dt>
          <dd>
            {one.index}
            {one.epoch > 0 && ` of epoch ${one.epoch}`}, proved with{' '}
            {one.proof.length === 1 ? '1 hash' : `${one.proof.length} hashes`}
          </dd>
        </div>
      </dl>
      <h4>What was shown</h4>
      {shown ? (
        <ShownWords presentation={shown} />
      ) : event.presentation === null ? (
        <p>Nothing was shown: this choice was restored or imported, so it does not show what was asked.</p>
      ) : (
        <p>
          What was shown never reached the service. Its hash is <code>{event.presentation}</code>.
        </p>
      )}
    </details>
  );
}

interface EventsProps {
  evidence: Evidence;
  /** By hash. */
  presentations: ReadonlyMap<string, Presentation>;
}

export const EvidenceEvents = ({ evidence: { events, question }, presentations }: EventsProps) => (
  <section class="panel" aria-labelledby="events">
    <h2 id="events">{events.length === 1 ? 'The event' : `The ${events.length} events`}</h2>
    {events.toReversed().map((one, i) => (
      <EventOfEvidence
        key={`${one.epoch}/${one.index}`}
        one={one}
        presentation={(hash) => presentations.get(hash) ?? null}
        open={question.event === null ? i === 0 : eventOf(one)?.id === question.event}
      />
    ))}
  </section>
);

export const EvidenceDocuments = ({ evidence: { documents, answer, publications } }: { evidence: Evidence }) => (
  <section class="panel" aria-labelledby="documents">
    <h2 id="documents">The notice as it was</h2>
    <p class="note">What was published then. What it said is shown by its hash; since when is the service’s word.</p>
    {documents.map(({ hash, kind, document }) => {
      const current = answer.configuration === hash || Object.values(answer.notices).includes(hash);
      const since = publications.findLast((one) => one.hash === hash)?.at;
      const read = kind === 'configuration' ? null : v.safeParse(PrivacyNotice, document);
      const notice = read?.success ? read.output : null;
      return (
        <details class="fold" key={hash} data-document={hash}>
          <summary>
            <h3 lang={notice?.language}>
              <bdi>{notice?.title ?? 'Configuration of the site'}</bdi>
            </h3>
            <span class="tag">{current ? 'current then' : 'cited by an event'}</span>
          </summary>
          <dl class="facts">
            <div>
              <dt>Kind</dt>
              <dd>{kindWords(kind)}</dd>
            </div>
            {since && (
              <div>
                <dt>Published</dt>
                <dd>{fullTime(since)}</dd>
              </div>
            )}
            <div>
              <dt>SHA-256</dt>
              <dd>
                <code>{hash}</code>
              </dd>
            </div>
          </dl>
          {notice ? (
            <>
              <div class="words" lang={notice.language} tabIndex={0} role="region" aria-label={`Text of ${notice.title}`}>
                {noticeLines(notice).map(({ place, level, text }) =>
                  level === 'fact' ? (
                    <p key={place} dir="auto">
                      {text}
                    </p>
                  ) : (
                    <h4 key={place} dir="auto">
                      {text}
                    </h4>
                  ),
                )}
              </div>
              <p>
                <a href={paths.notice(hash)} target="_blank" rel="noreferrer">
                  Open as a page<span class="hidden"> (new tab)</span>
                </a>
              </p>
            </>
          ) : (
            <pre class="proof" tabIndex={0} role="region" aria-label="Configuration">
              {JSON.stringify(document, null, 2)}
            </pre>
          )}
        </details>
      );
    })}
  </section>
);
