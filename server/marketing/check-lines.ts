// The bulk check: lines of addresses in, a line for each out, some hundreds at a time, while more still come in. No answer repeats an
// address: the line's number and the caller's own name for it say which one it is.
import { setImmediate } from 'node:timers/promises';

import * as v from 'valibot';

import { utf8Text } from '../../shared/bytes.ts';
import { MAX_LINES, PermissionLine, type PermissionAnswer } from '../../shared/marketing/api.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import { CHANNELS, type Channel } from '../../shared/notice/schema.ts';
import { ProblemError } from '../problem.ts';
import { issueLine } from '../schema-issue.ts';
import type { SiteContext } from '../site-context.ts';
import { isSender } from './grounds.ts';
import { columnOf } from './import/columns.ts';
import { isProblem, openCsv } from './import/csv-file.ts';
import { fileText, ImportFileError } from './import/file-text.ts';
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
const AT_ONCE = 500;

function lineOf(line: number, value: unknown): ReadLine {
  const read = v.safeParse(PermissionLine, value);
  return read.success ? { line, input: read.output } : { line, problem: issueLine(read.issues[0]) };
}

/** Bytes: of one line, so that none of them fills the memory. The longest address is a thousand characters. */
const LONGEST_LINE = 16_384;
const NEWLINE = 0x0a;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');

function readJson(line: number, bytes: Uint8Array): ReadLine | null {
  if (bytes.length > LONGEST_LINE) return { line, problem: `is longer than ${LONGEST_LINE} bytes` };
  let text: string;
  try {
    text = utf8Text(bytes);
  } catch {
    return { line, problem: 'is not UTF-8' };
  }
  if (text.trim() === '') return null;
  try {
    return lineOf(line, JSON.parse(text));
  } catch {
    return { line, problem: 'is not JSON' };
  }
}

async function* linesOf(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let rest = Buffer.alloc(0);
  for await (const piece of bytes) {
    const all = Buffer.concat([rest, piece]);
    let start = 0;
    for (let end = all.indexOf(NEWLINE); end >= 0; end = all.indexOf(NEWLINE, start)) {
      yield all.subarray(start, end);
      start = end + 1;
    }
    // Of one that is too long its beginning is enough.
    rest = Buffer.from(all.subarray(start, start + LONGEST_LINE + 1));
  }
  yield rest;
}

/** Empty lines that are passed over before others have their turn. */
const EMPTY_AT_ONCE = 2000;

/** One JSON object a line; empty lines are passed over. Behind as many of them as lines are taken at once, it throws ImportFileError. */
export async function* jsonLines(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<ReadLine> {
  let [line, empty] = [0, 0];
  for await (const each of linesOf(bytes)) {
    const marked = ++line === 1 && BYTE_ORDER_MARK.equals(each.subarray(0, BYTE_ORDER_MARK.length));
    const read = readJson(line, marked ? each.subarray(BYTE_ORDER_MARK.length) : each);
    if (read) yield read;
    else if (++empty > MAX_LINES) throw new ImportFileError(`there are more than ${MAX_LINES} empty lines`);
    else if (empty % EMPTY_AT_ONCE === 0) await setImmediate();
  }
}

/** Names of what is taken of each column; null: it is passed over. Throws ProblemError BAD_REQUEST where no column is an address. */
function namesOf(header: readonly string[], channel: Channel | undefined): readonly (string | null)[] {
  if (header.includes('address')) return header;
  // A list as a mail tool wrote it: its other columns are its own.
  const column = channel === undefined ? null : columnOf(header, CHANNEL_FACTS[channel].address);
  if (column === null)
    throw new ProblemError(
      'BAD_REQUEST',
      'the header has no column named address, nor one that is known to hold what the channel goes to',
    );
  return header.map((_, i) => (i === column ? 'address' : null));
}

/**
 * With a header: address, and where they are wanted channel, sender, callingCode, ref; or a list as it was exported, of which the one
 * column is taken that holds what `channel` goes to. Throws ImportFileError, ProblemError BAD_REQUEST, as soon as the header is there.
 */
export async function csvLines(bytes: AsyncIterable<Uint8Array>, { channel }: LineDefaults): Promise<AsyncGenerator<ReadLine>> {
  const file = await openCsv(fileText(bytes).pieces);
  const columns = file.headed ? namesOf(file.header, channel) : ['address'];
  return (async function* () {
    for await (const row of file.rows) {
      if (isProblem(row)) yield { line: row.line, problem: row.problem };
      else
        yield lineOf(
          row.line,
          Object.fromEntries(columns.flatMap((name, i) => (name !== null && row.cells[i] ? [[name, row.cells[i]]] : []))),
        );
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

/** In order. Behind 100,000 lines, and where reading fails, it stops with a last line that says so. */
export async function* checkLines(
  desk: PermissionsDesk,
  context: SiteContext,
  lines: AsyncIterable<ReadLine>,
  defaults: LineDefaults,
): AsyncGenerator<CheckedLine> {
  let [batch, count, last]: [ReadLine[], number, number] = [[], 0, 0];
  let end: CheckedLine | null = null;
  try {
    for await (const line of lines) {
      last = line.line;
      if (++count > MAX_LINES) {
        end = { line: last, problem: `only ${MAX_LINES} lines are taken at once: from here on nothing was checked` };
        break;
      }
      batch.push(line);
      if (batch.length < AT_ONCE) continue;
      yield* await answered(desk, context, batch, defaults);
      batch = [];
      // SQLite answers without ever waiting: events of visitors come in between.
      await setImmediate();
    }
  } catch (error) {
    if (!(error instanceof ImportFileError || error instanceof ProblemError)) throw error;
    end = { line: last + 1, problem: `${error.message}: from here on nothing was checked` };
  }
  yield* await answered(desk, context, batch, defaults);
  if (end) yield end;
}
