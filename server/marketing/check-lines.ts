// The bulk check: lines of addresses in, a line for each out, some hundreds at a time. No answer repeats an address: the line's number
// and the caller's own name for it say which one it is.
import { setImmediate } from 'node:timers/promises';

import * as v from 'valibot';

import { MAX_LINES, PermissionLine, type PermissionAnswer } from '../../shared/marketing/api.ts';
import { CHANNELS, type Channel } from '../../shared/notice/schema.ts';
import { ProblemError } from '../problem.ts';
import { issueLine } from '../schema-issue.ts';
import type { SiteContext } from '../site-context.ts';
import { isSender } from './grounds.ts';
import { isProblem, openCsv } from './import/csv-file.ts';
import { permissionsOf, type PermissionsDesk } from './permissions.ts';

/** What holds for lines that do not say it themselves. */
export interface LineDefaults {
  channel?: Channel | undefined;
  sender?: string | undefined;
  callingCode?: string | undefined;
}

/** `line`: from 1, as an editor counts them. */
export type ReadLine = { line: number; input: PermissionLine } | { line: number; problem: string };
export type CheckedLine = { line: number; ref?: string } & (PermissionAnswer | { problem: string });

/** Read, checked and answered together. */
const AT_ONCE = 250;

function lineOf(line: number, value: unknown): ReadLine {
  const read = v.safeParse(PermissionLine, value);
  return read.success ? { line, input: read.output } : { line, problem: issueLine(read.issues[0]) };
}

/** One JSON object a line; empty lines are passed over. */
export function* jsonLines(text: string): Generator<ReadLine> {
  let [line, start] = [0, 0];
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const each = text.slice(start, end < 0 ? text.length : end);
    start = end < 0 ? text.length : end + 1;
    line++;
    if (each.trim() === '') continue;
    try {
      yield lineOf(line, JSON.parse(each));
    } catch {
      yield { line, problem: 'is not JSON' };
    }
  }
}

/** With a header: address, and where they are wanted channel, sender, callingCode, ref. Throws ImportFileError. */
export async function csvLines(text: string): Promise<AsyncGenerator<ReadLine>> {
  const file = await openCsv(
    (async function* () {
      yield text;
    })(),
  );
  const columns = file.headed ? file.header : ['address'];
  if (!columns.includes('address')) throw new ProblemError('BAD_REQUEST', 'the header has no column named address');
  return (async function* () {
    for await (const row of file.rows) {
      if (isProblem(row)) yield { line: row.line, problem: row.problem };
      else yield lineOf(row.line, Object.fromEntries(columns.flatMap((name, i) => (row.cells[i] ? [[name, row.cells[i]]] : []))));
    }
  })();
}

/** Throws ProblemError BAD_REQUEST for a default that is none. */
export function lineDefaults(
  context: SiteContext,
  { channel, sender, callingCode }: Record<string, string | undefined>,
): LineDefaults {
  if (channel !== undefined && !v.is(v.picklist(CHANNELS), channel))
    throw new ProblemError('BAD_REQUEST', `channel takes ${CHANNELS.join(', ')}`);
  if (sender !== undefined && !isSender(context, sender)) throw new ProblemError('BAD_REQUEST', 'the site never had that sender');
  if (callingCode !== undefined && !/^[1-9]\d{0,3}$/.test(callingCode))
    throw new ProblemError('BAD_REQUEST', 'callingCode takes digits such as 44');
  return { channel: channel as Channel | undefined, sender, callingCode };
}

async function answered(
  desk: PermissionsDesk,
  context: SiteContext,
  lines: readonly ReadLine[],
  defaults: LineDefaults,
): Promise<CheckedLine[]> {
  const asked = lines.map((one) => {
    if ('problem' in one) return one;
    const { address, ref, ...own } = one.input;
    const { channel = defaults.channel, sender = defaults.sender, callingCode = defaults.callingCode } = own;
    const named = { line: one.line, ...(ref === undefined ? {} : { ref }) };
    if (channel === undefined || sender === undefined) return { ...named, problem: 'channel and sender are said nowhere' };
    if (!isSender(context, sender)) return { ...named, problem: 'the site never had that sender' };
    return { ...named, question: { channel, sender, address, callingCode } };
  });
  const answers = (
    await permissionsOf(
      desk,
      context,
      asked.flatMap((one) => ('question' in one ? [one.question] : [])),
    )
  ).values();
  return asked.map((one): CheckedLine => {
    if (!('question' in one)) return one;
    const { question: _, ...named } = one;
    return { ...named, ...(answers.next().value as PermissionAnswer) };
  });
}

/** In order. Behind 100,000 lines it stops, with a last line that says so. */
export async function* checkLines(
  desk: PermissionsDesk,
  context: SiteContext,
  lines: Iterable<ReadLine> | AsyncIterable<ReadLine>,
  defaults: LineDefaults,
): AsyncGenerator<CheckedLine> {
  let [batch, count]: [ReadLine[], number] = [[], 0];
  for await (const line of lines) {
    if (++count > MAX_LINES) {
      yield* await answered(desk, context, batch, defaults);
      yield { line: line.line, problem: `only ${MAX_LINES} lines are taken at once: from here on nothing was checked` };
      return;
    }
    batch.push(line);
    if (batch.length < AT_ONCE) continue;
    yield* await answered(desk, context, batch, defaults);
    batch = [];
    // SQLite answers without ever waiting: events of visitors come in between.
    await setImmediate();
  }
  yield* await answered(desk, context, batch, defaults);
}
