// A question as it comes from a request or the command line.
import * as v from 'valibot';

import { ConsentEvent, Hash } from '../../shared/consent/event.ts';
import { issueText } from '../schema-issue.ts';
import type { Asked } from './gather.ts';

/** "2026-11-22", its end in UTC, or an instant with its offset. Null for anything else. */
export function momentOf(text: string): Date | null {
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text);
  if (!day && !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/.test(text)) return null;
  const date = new Date(day ? `${text}T23:59:59.999Z` : text);
  return Number.isNaN(date.getTime()) || (day && date.toISOString().slice(0, 10) !== text) ? null : date;
}

const text = (what: string, max: number) => v.optional(v.pipe(v.string(), v.minLength(1, `${what} is empty`), v.maxLength(max)));

const Parameters = v.pipe(
  v.object({
    subject: v.optional(Hash),
    event: v.optional(ConsentEvent.entries.id),
    leaf: v.optional(
      v.pipe(
        v.string(),
        v.regex(/^(\d{1,10}\/)?\d{1,15}$/, 'must be an index, or <epoch>/<index>'),
        v.transform((place) => {
          const [index = 0, epoch = 0] = place.split('/').reverse().map(Number);
          return { epoch, index };
        }),
      ),
    ),
    receipt: v.optional(v.unknown()),
    /** A purpose's id, or "<activity>/<sender>/<channel>" of a marketing opt-in. */
    purpose: text('purpose', 300),
    at: v.optional(
      v.pipe(
        v.string(),
        v.transform(momentOf),
        v.check((date) => date !== null, 'must be a day such as 2026-11-22 or an instant such as 2026-11-22T10:00:00Z'),
      ),
    ),
  }),
  v.check(
    ({ subject, event, leaf, receipt }) => [event ?? subject, leaf, receipt].filter((given) => given !== undefined).length === 1,
    'name one of: a subject, an event (with its subject where two share the id), a leaf, a receipt',
  ),
);

/** What is wrong with a question; its message is one line for people. */
export class BadQuestion extends Error {
  override name = 'BadQuestion';
}

/** Throws BadQuestion. */
export function readQuestion(input: Record<string, unknown>): Asked {
  const read = v.safeParse(Parameters, input);
  if (!read.success) {
    const [issue] = read.issues;
    const path = v.getDotPath(issue);
    throw new BadQuestion(path ? `${path} ${issueText(issue)}` : issueText(issue));
  }
  const { purpose, at, ...who } = read.output;
  return { ...who, purpose: purpose ?? null, at: at ?? null };
}
