// The clock of Article 12 GDPR (and 12A UK GDPR): by when a request must be answered. Pure; days are ISO days, months follow
// the calendar (notice/period.ts). Where the law can be counted in two ways, the one that ends earlier is used.
import { addPeriod } from '../notice/period.ts';
import type { RequestAction, RequestKind } from './request.ts';

/** UK: Art. 12A starts late and pauses. EU: no pause in the law, so none is counted. */
export const REGIMES = ['uk', 'eu'] as const;
export type Regime = (typeof REGIMES)[number];

export const CLOCK_NOTES = {
  longest: 'The answer is due without undue delay; the day shown is the last one.',
  at_once: 'Direct marketing ends at once (Art. 21(3)); the day shown is the last one for saying so.',
  no_period: 'The law sets no period in days: without undue delay.',
  waiting: 'The period has not begun: what was asked for has not come in (Art. 12A UK GDPR).',
  paused: 'The period stands still until the clarification comes in (Art. 12A UK GDPR).',
  no_pause: 'Something was asked for; this regime has no statutory pause, so the period runs on.',
  rolled: 'The last day is no working day; the next working day counts.',
  extended: 'Two further months, told with their reasons within the first.',
  extension_late: 'An extension was told after the first month and does not count.',
  complaint_uk: 'Acknowledged within 30 days, the day of receipt counted as the first; the outcome follows without undue delay.',
} as const;
export type ClockNote = keyof typeof CLOCK_NOTES;

export interface Deadline {
  day: string;
  /** The day by the calendar alone, before it moved to a working day. */
  counted: string;
}

export interface ClockInput {
  regime: Regime;
  kind: RequestKind;
  /** When the request came in. */
  received: string;
  /** In order. */
  steps: readonly { action: RequestAction; day: string }[];
  today: string;
  isWorkingDay: (day: string) => boolean;
}

export interface Clock {
  /** Null while the period has not begun. */
  starts: string | null;
  waitingFor: ('identity' | 'fee' | 'clarification')[];
  /** Days that do not count. */
  pausedDays: number;
  extended: boolean;
  /** Last day on which an extension may be told; null where there is none. */
  extendBy: string | null;
  acknowledge: Deadline | null;
  /** Null: no period in days, or not begun. While paused: as if the pause ended today. */
  answer: Deadline | null;
  notes: ClockNote[];
}

const DAY_MS = 86_400_000;
/** Whole days from one ISO day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
const latest = (...days: string[]): string => days.reduce((a, b) => (a > b ? a : b));
const addDays = (day: string, days: number): string => addPeriod(day, `P${days}D`);

/** No country has twenty days without work in a row. */
const MAX_ROLL = 20;

function rolled(counted: string, isWorkingDay: (day: string) => boolean): Deadline {
  for (let days = 0; days <= MAX_ROLL; days++) {
    const day = addDays(counted, days);
    if (isWorkingDay(day)) return { day, counted };
  }
  return { day: counted, counted };
}

/** Each time something was asked for, and when it came in. */
function waits(steps: ClockInput['steps'], what: 'identity' | 'fee' | 'clarification'): { from: string; to: string | null }[] {
  const found: { from: string; to: string | null }[] = [];
  for (const { action, day } of steps) {
    const open = found.at(-1);
    if (action === `ask_${what}` && (!open || open.to !== null)) found.push({ from: day, to: null });
    if (action === `receive_${what}` && open?.to === null) open.to = day;
  }
  return found;
}

const EMPTY: Clock = {
  starts: null,
  waitingFor: [],
  pausedDays: 0,
  extended: false,
  extendBy: null,
  acknowledge: null,
  answer: null,
  notes: [],
};

function complaintClock({ regime, received, steps }: ClockInput): Clock {
  // Once it is acknowledged, only the outcome is left, and the law sets no day for it.
  const acknowledged = steps.some(({ action }) => action === 'acknowledge');
  if (regime === 'eu' || acknowledged) return { ...EMPTY, starts: received, notes: ['no_period'] };
  const counted = addDays(received, 29);
  return { ...EMPTY, starts: received, acknowledge: { day: counted, counted }, notes: ['complaint_uk'] };
}

/** Throws RangeError for a day that is none. */
export function requestClock(input: ClockInput): Clock {
  const { regime, kind, received, steps, today, isWorkingDay } = input;
  if (kind === 'complaint') return complaintClock(input);
  if (kind === 'withdrawal') return { ...EMPTY, starts: received, notes: ['no_period'] };

  const before = (['identity', 'fee'] as const).map((what) => ({ what, waits: waits(steps, what) }));
  const pauses = waits(steps, 'clarification');
  const open = before.filter((each) => each.waits.at(-1)?.to === null).map(({ what }) => what);
  const clarifying = pauses.at(-1)?.to === null;
  const waitingFor = [...open, ...(clarifying ? (['clarification'] as const) : [])];
  const notes: ClockNote[] = [kind === 'direct_marketing_objection' ? 'at_once' : 'longest'];
  const anythingAsked = pauses.length > 0 || before.some((each) => each.waits.length > 0);
  if (regime === 'eu' && anythingAsked) notes.push('no_pause');
  if (regime === 'uk' && open.length > 0) return { ...EMPTY, waitingFor, notes: [...notes, 'waiting'] };

  const answered = before.flatMap((each) => each.waits.flatMap(({ to }) => to ?? []));
  const starts = regime === 'uk' ? latest(received, ...answered) : received;
  // Only an access request can be unclear in this sense (Art. 12A UK GDPR).
  const counted = regime === 'uk' && kind === 'access' ? pauses : [];
  if (regime === 'uk' && kind !== 'access' && pauses.length > 0) notes.push('no_pause');
  const pausedDays = counted.reduce(
    (sum, { from, to }) => sum + Math.max(0, daysBetween(latest(from, starts), latest(to ?? today, starts))),
    0,
  );
  if (counted.at(-1)?.to === null) notes.push('paused');

  const month = addPeriod(starts, 'P1M');
  const extendBy = addDays(month, pausedDays);
  const told = steps.find(({ action }) => action === 'extend')?.day;
  const extended = told !== undefined && told <= extendBy;
  if (told !== undefined) notes.push(extended ? 'extended' : 'extension_late');
  const answer = rolled(addDays(extended ? addPeriod(month, 'P2M') : month, pausedDays), isWorkingDay);
  if (answer.day !== answer.counted) notes.push('rolled');
  return { starts, waitingFor, pausedDays, extended, extendBy: extended ? null : extendBy, acknowledge: null, answer, notes };
}
