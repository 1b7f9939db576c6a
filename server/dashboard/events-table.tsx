// Consent events as rows, newest first; each leads to its receipt.
import type { AdminEvent } from '../../shared/api.ts';
import { Choices } from './choice.tsx';
import { siteHref } from './href.ts';
import { proveHref } from './prove-question.ts';
import { useMay } from './session.ts';
import { fullTime, methodWords, pseudonym, shortTime } from './words.ts';

interface EventsTableProps {
  site: string;
  events: readonly AdminEvent[];
  caption: string;
  today: string;
  /** Ids of events that came while the page was open. */
  fresh?: ReadonlySet<string>;
}

/** Explicit roles keep it a table for assistive technology where a narrow window shows its rows as cards. */
export function EventsTable({ site, events, caption, today, fresh }: EventsTableProps) {
  const may = useMay(site);
  return (
    <table class="events" role="table">
      <caption class="hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {['Received', 'Act', 'Choices', 'Subject', 'Log entry', 'Evidence'].map((title) => (
            <th role="columnheader" scope="col" key={title}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {events.map((event) => (
          <tr role="row" key={event.id} data-event={event.id} class={fresh?.has(event.id) ? 'fresh' : undefined}>
            <td role="cell" data-label="Received">
              <time dateTime={event.receivedAt} title={fullTime(event.receivedAt)}>
                {shortTime(event.receivedAt, today)}
              </time>
            </td>
            <td role="cell" data-label="Act">
              {event.byLink ? 'Link in a mail' : event.attested ? 'Entered by the operator' : methodWords(event.method)}
              {event.attested && (
                <>
                  {' '}
                  <abbr
                    class="tag"
                    title="The operator's word: the data subject did not sign it, and it is in no count of choices"
                  >
                    attested
                  </abbr>
                </>
              )}
              {event.gpc && (
                <>
                  {' '}
                  <abbr class="tag" title="Global Privacy Control was on">
                    GPC
                  </abbr>
                </>
              )}
            </td>
            <td role="cell" data-label="Choices">
              <Choices purposes={event.purposes} channels={event.channels} />
            </td>
            <td role="cell" data-label="Subject">
              <code title={`Pseudonym: a key's thumbprint. Choice ${event.seq} of this subject`}>{pseudonym(event.subject)}</code>{' '}
              <span class="note">no. {event.seq}</span>
            </td>
            <td role="cell" data-label="Log entry">
              {event.index}
            </td>
            <td role="cell" data-label="Evidence">
              {may('GET /v1/sites/:site/receipts/:event') && (
                <a href={siteHref(site, 'receipts', event.id, event.subject)}>
                  Check<span class="hidden"> the receipt of log entry {event.index}</span>
                </a>
              )}{' '}
              {may('POST /v1/admin/sites/:site/prove') && (
                <a href={proveHref(site, { event: event.id, subject: event.subject })}>
                  Prove this<span class="hidden">: log entry {event.index}</span>
                </a>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
