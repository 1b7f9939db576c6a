// Numbers, times and codes as the dashboard writes them. Times are UTC, as the service counts its days.
import { METHODS, PURPOSE_STATES, type Method, type PurposeState } from '../../shared/consent/event.ts';
import { METHOD_WORDS, STATE_WORDS } from '../../shared/consent/words.ts';

const NUMBER = new Intl.NumberFormat('en-GB');
const TIME = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });
const FULL = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'medium', timeZone: 'UTC' });
const LONG_DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const TABLE_DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeZone: 'UTC' });
const RELATIVE = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

const valid = (instant: string): Date | null => {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? null : date;
};

export const count = (value: number): string => NUMBER.format(value);
export const counted = (value: number, one: string): string => `${count(value)} ${one}${value === 1 ? '' : 's'}`;

/** "14:03:22", and with its day where that is not `today` (an ISO day). */
export function shortTime(instant: string, today: string): string {
  const date = valid(instant);
  if (!date) return instant;
  return instant.startsWith(today) ? TIME.format(date) : `${DAY.format(date)}, ${TIME.format(date)}`;
}
export const fullTime = (instant: string): string => {
  const date = valid(instant);
  return date ? `${FULL.format(date)} UTC` : instant;
};
export const dayWords = (day: string): string => {
  const date = valid(`${day}T00:00:00Z`);
  return date ? DAY.format(date) : day;
};
/** "22 Nov 2026" of an ISO day or instant, for tables. */
export const tableDay = (instant: string): string => {
  const date = valid(instant);
  return date ? TABLE_DAY.format(date) : instant;
};

/** "22 November 2026" of an ISO day or instant. */
export const longDay = (instant: string): string => {
  const date = valid(instant);
  return date ? LONG_DAY.format(date) : instant;
};

const DAY_MS = 86_400_000;
/** How far an ISO day is from another: "in 3 days", "today", "2 days ago". */
export const dayDistance = (day: string, today: string): string => {
  const days = Math.round((Date.parse(day) - Date.parse(today)) / DAY_MS);
  return Number.isNaN(days) ? day : RELATIVE.format(days, 'day');
};

/** A subject is a key's thumbprint; eight characters tell two apart at a glance. */
export const pseudonym = (subject: string): string => subject.slice(0, 8);

const isMethod = (method: string): method is Method => (METHODS as readonly string[]).includes(method);
export const methodWords = (method: string): string => (isMethod(method) ? METHOD_WORDS[method] : method);

export const isState = (state: string): state is PurposeState => (PURPOSE_STATES as readonly string[]).includes(state);
export const stateWords = (state: string): string => (isState(state) ? STATE_WORDS[state] : state);

export const capital = (words: string): string => words.slice(0, 1).toUpperCase() + words.slice(1);
export const plain = (slug: string): string => slug.replaceAll(/[-_]/g, ' ');
