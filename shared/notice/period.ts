// Calendar arithmetic on days, for retention and validity periods. The proleptic Gregorian calendar in UTC; a day of the
// month that does not exist becomes the last one that does: 31 January + P1M is 28 or 29 February. Kept small because the
// widget carries it; period.test.ts holds it against Temporal.
const PERIOD = /^P(?=\d)(?:(\d{1,4})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;
const DAY_MS = 86_400_000;

export const isPeriod = (text: string): boolean => PERIOD.test(text);

/** Of an ISO 8601 period such as P6M. Throws RangeError on anything else. */
export function periodParts(period: string): { years: number; months: number; weeks: number; days: number } {
  if (!isPeriod(period)) throw new RangeError(`not a period of years, months, weeks and days: ${period}`);
  const [, years = 0, months = 0, weeks = 0, days = 0] = (PERIOD.exec(period) ?? []).map(Number).map((n) => n || 0);
  return { years, months, weeks, days };
}

/** `day` and the answer are ISO dates (2026-11-22); `period` is years, months, weeks and days of ISO 8601 (P6M). Throws RangeError on anything else. */
export function addPeriod(day: string, period: string): string {
  const { years, months, weeks, days } = periodParts(period);
  const start = new Date(`${day}T00:00:00Z`);
  if (Number.isNaN(start.getTime()) || start.toISOString().slice(0, 10) !== day) throw new RangeError(`not a date: ${day}`);
  const monthIndex = start.getUTCFullYear() * 12 + start.getUTCMonth() + years * 12 + months;
  const date = new Date(0);
  date.setUTCFullYear(Math.floor(monthIndex / 12), (monthIndex % 12) + 1, 0);
  date.setUTCDate(Math.min(start.getUTCDate(), date.getUTCDate()));
  return isoDay(date.getTime() + (weeks * 7 + days) * DAY_MS);
}

// A browser's clock may say anything; days outside the years 0 to 9999 have no ten-character form.
const [FIRST_MS, LAST_MS] = [-62_167_219_200_000, 253_402_300_799_999];

/** The UTC day of a moment in milliseconds since 1970; before year 0 its first day, after year 9999 its last. */
export const isoDay = (ms: number): string => new Date(Math.min(Math.max(ms, FIRST_MS), LAST_MS)).toISOString().slice(0, 10);
