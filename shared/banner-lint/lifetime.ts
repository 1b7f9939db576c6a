// How long an item of storage stays, read from the words that people are shown: "14 months", "until you close the browser".
import { matchOf, WORDS } from './words.ts';

const NUMBERS: Readonly<Record<string, number>> = {
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  six: 6,
  twelve: 12,
  thirteen: 13,
  ein: 1,
  eine: 1,
  einen: 1,
  zwei: 2,
  drei: 3,
  sechs: 6,
  zwölf: 12,
  dreizehn: 13,
};
/** Days, the longest that a unit can be. */
const DAYS = { day: 1, week: 7, month: 31, year: 366 } as const;
const UNITS = Object.keys(DAYS) as (keyof typeof DAYS)[];

/** In days, at most; 0: until the browser closes; null: the words give none. */
export function lifetimeDays(lifetime: string): number | null {
  for (const { units } of Object.values(WORDS))
    for (const unit of UNITS) {
      const [, number = ''] =
        new RegExp(String.raw`(?<![\p{L}\d])(\d{1,5}|\p{L}{1,9})\s+${units[unit]}(?!\p{L})`, 'iu').exec(lifetime) ?? [];
      const count = /^\d/.test(number) ? Number(number) : NUMBERS[number.toLowerCase()];
      if (count !== undefined) return count * DAYS[unit];
    }
  return matchOf('session', lifetime) === null ? null : 0;
}

/** In days, at most, of a period of ISO 8601. */
export function periodDays(period: string): number {
  const [, years = 0, months = 0, weeks = 0, days = 0] = (
    /^P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?$/.exec(period) ?? []
  ).map((part) => Number(part) || 0);
  return years * DAYS.year + months * DAYS.month + weeks * DAYS.week + days;
}
