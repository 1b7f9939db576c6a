// The deadline of a request in a line: its day, how far it is, and whether the clock stands still.
import { isoDay } from '../../../shared/notice/period.ts';
import type { RequestSummary } from '../../../shared/rights/api.ts';
import { dayDistance, tableDay } from '../words.ts';
import { dueOf } from './due.ts';
import { REQUEST_STATE_WORDS } from './request-words.ts';

export function DueMark({ request }: { request: RequestSummary }) {
  const { state, clock, closedAt } = request;
  const today = isoDay(Date.now());
  const { day, what, urgency } = dueOf(request, today);
  if (urgency === 'closed')
    return (
      <span class="due closed">
        {REQUEST_STATE_WORDS[state]} {closedAt && <time dateTime={closedAt}>{tableDay(closedAt)}</time>}
      </span>
    );
  if (state === 'unconfirmed') return <span class="due waiting">Not begun: the address is not confirmed</span>;
  if (day === null)
    return (
      <span class="due waiting">
        {clock.waitingFor.length > 0 ? `Not begun: waits for ${clock.waitingFor.join(', ')}` : 'Without undue delay'}
      </span>
    );
  const paused = clock.notes.includes('paused');
  return (
    <span class={`due ${urgency}`} data-urgency={urgency}>
      <strong>{urgency === 'overdue' ? 'Overdue' : dayDistance(day, today)}</strong>{' '}
      <time dateTime={day}>
        {what === 'acknowledge' ? 'acknowledge by ' : urgency === 'overdue' ? 'since ' : ''}
        {tableDay(day)}
      </time>{' '}
      {paused && <span class="tag">stands still</span>} {clock.extended && <span class="tag">extended</span>}
    </span>
  );
}
