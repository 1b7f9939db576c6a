// The day on which a choice ends. shared/notice/period.ts in a quarter of its size, for periods that the service took apart;
// expiry.test.ts holds the two against each other.
import type { Lasting } from '../../shared/site/boot.ts';

/** `day` is an ISO date. 31 August and six months is the last day of February. */
export function addLasting(day: string, [months, days]: Lasting): string {
  const date = new Date(day);
  const dayOfMonth = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + months + 1, 0);
  date.setUTCDate(Math.min(dayOfMonth, date.getUTCDate()) + days);
  return date.toISOString().slice(0, 10);
}

/** The UTC day. */
export const today = (): string => new Date().toISOString().slice(0, 10);
