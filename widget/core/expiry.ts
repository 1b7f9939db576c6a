// The day on which a choice ends. shared/notice/period.ts in a quarter of its size, for a configuration that was checked when it
// was stored; expiry.test.ts holds the two against each other.

const count = (period: string, unit: string): number => Number(new RegExp(`(\\d+)${unit}`).exec(period)?.[1] ?? 0);

/** `day` is an ISO date, `period` years, months, weeks and days of ISO 8601. 31 August + P6M is the last day of February. */
export function addPeriod(day: string, period: string): string {
  const date = new Date(day);
  const dayOfMonth = date.getUTCDate();
  date.setUTCMonth(date.getUTCMonth() + count(period, 'Y') * 12 + count(period, 'M') + 1, 0);
  const lastOfMonth = date.getUTCDate();
  date.setUTCDate(Math.min(dayOfMonth, lastOfMonth) + count(period, 'W') * 7 + count(period, 'D'));
  return date.toISOString().slice(0, 10);
}

/** The UTC day. */
export const today = (): string => new Date().toISOString().slice(0, 10);
