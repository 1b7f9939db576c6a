// On which days people work where a site is: deadlines that end on another day move on (shared/rights/clock.ts).
import type { Regime } from '../../shared/rights/clock.ts';

export type WorkingDays = (day: string) => boolean;

const isWeekend = (day: string): boolean => [0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** The United Kingdom's nations differ; England's days are the fewest, so that no deadline is shown later than it is anywhere. */
const REGION: Record<string, [country: string, state?: string]> = { GB: ['GB', 'ENG'], UK: ['GB', 'ENG'] };

/** Where the place is not known more closely than "EU", only weekends are free of work: again the earlier day. */
export async function workingDays(jurisdiction: string): Promise<WorkingDays> {
  const place = jurisdiction.split('-')[0] ?? '';
  if (!/^[A-Z]{2}$/.test(place) || place === 'EU') return (day) => !isWeekend(day);
  // Loaded when a deadline is asked for: it brings every country's rules along.
  const { default: Holidays } = await import('date-holidays');
  const [country, state] = REGION[place] ?? [place];
  const calendar = state === undefined ? new Holidays(country) : new Holidays(country, state);
  const years = new Map<string, Set<string>>();
  const free = (year: string): Set<string> => {
    const known = years.get(year);
    if (known) return known;
    const days = calendar.getHolidays(Number(year)).flatMap(({ type, date }) => (type === 'public' ? [date.slice(0, 10)] : []));
    years.set(year, new Set(days));
    return years.get(year) ?? new Set();
  };
  return (day) => !isWeekend(day) && !free(day.slice(0, 4)).has(day);
}

/** Which law's clock counts. A place that is not known gets the clock without pauses: it never ends later. */
export const regimeOf = (jurisdiction: string): Regime => (/^(GB|UK)\b/.test(jurisdiction) ? 'uk' : 'eu');
