// What the operator says of a list, as the command line and the API take it: every word is text until it is read here.
import * as v from 'valibot';

import { Hash } from '../../../shared/consent/event.ts';
import { REASONS, SUBSCRIBERS } from '../../../shared/marketing/channel.ts';
import { CHANNELS, Slug } from '../../../shared/notice/schema.ts';
import { ImportFileError } from './file-text.ts';
import type { ListFile, ListPlan } from './import-list.ts';

const day = v.pipe(v.string(), v.isoDate('must be a day such as 2026-11-22'));
const evidence = v.pipe(
  v.string(),
  v.maxLength(10_000),
  v.transform((text): unknown => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return null;
    }
  }),
  v.record(v.string(), v.unknown(), 'must be a JSON object such as {"ownSimilarProducts": true}'),
);

const MAPPED = /^(.+)=([^=]+)$/s;
/** `<header, or number of the column>=<field>` */
const mapped = v.pipe(v.string(), v.regex(MAPPED, 'takes <column>=<field>, such as "E-mail (work)=email"'));

export const ListOptions = v.strictObject({
  channel: v.pipe(v.array(v.picklist(CHANNELS)), v.minLength(1, 'names no channel')),
  sender: Slug,
  activity: v.optional(Slug),
  reason: v.optional(v.picklist(REASONS), 'not_stated'),
  evidence: v.optional(evidence, '{}'),
  since: v.optional(day),
  subscriber: v.optional(v.picklist(SUBSCRIBERS), 'unknown'),
  callingCode: v.optional(v.pipe(v.string(), v.regex(/^[1-9]\d{0,3}$/, 'must be digits such as 44'))),
  notice: v.optional(Hash),
  map: v.optional(v.array(mapped), []),
  encoding: v.optional(v.pipe(v.string(), v.maxLength(40))),
  delimiter: v.optional(v.picklist([',', ';', '\t', '|', 'tab'])),
  fromLine: v.optional(v.pipe(v.string(), v.regex(/^\d{1,9}$/, 'must be a line'), v.transform(Number))),
  dryRun: v.optional(v.boolean(), false),
});
export type ListOptions = v.InferInput<typeof ListOptions>;

/** Throws ImportFileError with one line for people. */
export function readListOptions(input: unknown): { plan: ListPlan; file: Omit<ListFile, 'bytes'> } {
  const read = v.safeParse(ListOptions, input);
  if (!read.success) {
    const [issue] = read.issues;
    throw new ImportFileError(`${v.getDotPath(issue) ?? 'the import'}: ${issue.message}`);
  }
  const { channel, delimiter, map, encoding, fromLine, since, callingCode, notice, activity, ...rest } = read.output;
  return {
    plan: {
      ...rest,
      channels: [...new Set(channel)],
      since: since ?? null,
      callingCode: callingCode ?? null,
      notice: notice ?? null,
      activity: activity ?? null,
    },
    file: {
      map: Object.fromEntries(
        map.flatMap((one) => (MAPPED.exec(one) ? [[one.replace(MAPPED, '$1'), one.replace(MAPPED, '$2')]] : [])),
      ),
      encoding: encoding ?? null,
      delimiter: delimiter === 'tab' ? '\t' : (delimiter ?? null),
      fromLine: fromLine ?? 0,
    },
  };
}
