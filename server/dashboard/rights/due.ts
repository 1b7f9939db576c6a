// By when a request is due, as the list and the request itself show it.
import { isoDay } from '../../../shared/notice/period.ts';
import type { RequestSummary } from '../../../shared/rights/api.ts';
import { isClosed } from '../../../shared/rights/request.ts';

export type Urgency = 'overdue' | 'soon' | 'running' | 'waiting' | 'closed';

export interface Due {
  /** Last day, ISO; null: none is set. */
  day: string | null;
  /** What that day is for. */
  what: 'answer' | 'acknowledge';
  urgency: Urgency;
}

const SOON_DAYS = 7;
const DAY_MS = 86_400_000;

export function dueOf({ state, clock }: Pick<RequestSummary, 'state' | 'clock'>, today = isoDay(Date.now())): Due {
  const deadline = clock.answer ?? clock.acknowledge;
  const due = { day: deadline?.day ?? null, what: clock.answer ? ('answer' as const) : ('acknowledge' as const) };
  if (isClosed(state)) return { ...due, urgency: 'closed' };
  if (state === 'unconfirmed' || due.day === null) return { ...due, urgency: 'waiting' };
  const days = (Date.parse(due.day) - Date.parse(today)) / DAY_MS;
  return { ...due, urgency: days < 0 ? 'overdue' : days <= SOON_DAYS ? 'soon' : 'running' };
}

/** Most urgent first; what is closed last, the newest of those first. */
export function byUrgency(one: RequestSummary, other: RequestSummary): number {
  const [closed, otherClosed] = [one, other].map(({ state }) => Number(isClosed(state))) as [number, number];
  if (closed !== otherClosed) return closed - otherClosed;
  if (closed) return (other.closedAt ?? '').localeCompare(one.closedAt ?? '');
  return (dueOf(one).day ?? '9').localeCompare(dueOf(other).day ?? '9') || one.receivedAt.localeCompare(other.receivedAt);
}
