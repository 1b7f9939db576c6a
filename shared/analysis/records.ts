// A schedule of records: a table, often one that lost its lines, whose rows say how long records of a kind are kept. A row about people whom
// a page may be for ("Volunteer details", "Learner records") is an activity where no other part of the document is about them.
import { evenText, foundStem } from '../notice/stems.ts';
import { TOPICS } from '../notice/topics.ts';
import { plainOf, sliceOf, type Block, type NoticeDocument, type Span } from './document.ts';
import { kindsOfTitle } from './sections.ts';

export interface RecordRow extends Span {
  title: string;
  blocks: number[];
}
export interface Schedule extends Span {
  rows: RecordRow[];
}

const FIRST_COLUMN =
  /^(?:type|kind|categor|record|document|file|data|personal data|information|what|art der|datenart|unterlagen|cat\u00e9gorie|type de)/;
const PERIOD =
  /\b(?:\d{1,3}|one|two|three|four|five|six|seven|ten|twelve) ?(?:years?|yrs?|yr|months?|weeks?|days?)\b|^(?:as above|permanent\w*|indefinite\w*|during|for as long as|as long as|until|this varies|varies|for the duration)\b|\b\d{1,3} ?(?:jahre?n?|monate?n?|tage?n?|ans?|mois|jours?)\b/;
const LONGEST_TITLE = 160;
const LONGEST_PERIOD = 400;
/** Blocks without a period after which a schedule has ended. */
const PATIENCE = 6;

/** Index behind the header; null: none begins here. */
function headerEnd(document: NoticeDocument, at: number): number | null {
  const texts = [0, 1, 2, 3]
    .map((i) => document.blocks[at + i])
    .map((block) => (block ? plainOf(document, block).trim().toLowerCase() : ''));
  const [first = '', second = '', third = ''] = texts;
  const isHeader = (text: string): boolean =>
    text.length > 0 && text.length <= 60 && !/[.;,:!?]$/.test(text) && !PERIOD.test(text);
  if (!isHeader(first) || !FIRST_COLUMN.test(first) || !isHeader(second) || !kindsOfTitle(second).has('retention')) return null;
  const hasThird = isHeader(third) && /^(?:reason|why|basis|justification|comment|note|action|grund|motif)/.test(third);
  return at + (hasThird ? 3 : 2);
}

function rowsFrom(document: NoticeDocument, from: number): { rows: RecordRow[]; end: number } {
  const rows: RecordRow[] = [];
  let end = from;
  for (let at = from + 1; at < document.blocks.length && at - end <= PATIENCE; at++) {
    const [title, period] = [document.blocks[at - 1] as Block, document.blocks[at] as Block];
    const isPeriod = period.end - period.start <= LONGEST_PERIOD && PERIOD.test(plainOf(document, period).trim().toLowerCase());
    const text = sliceOf(document, title).trim();
    if (!isPeriod || title.index < end || text.length > LONGEST_TITLE || PERIOD.test(plainOf(document, title).toLowerCase()))
      continue;
    rows.push({ title: text, blocks: [title.index, period.index], start: title.start, end: period.end });
    end = at + 1;
  }
  return { rows, end };
}

/** Schedules that are no tables any more; real tables have their rows. */
export function schedulesOf(document: NoticeDocument): Schedule[] {
  const schedules: Schedule[] = [];
  for (let at = 0; at < document.blocks.length; at++) {
    const from = document.blocks[at]?.cell ? null : headerEnd(document, at);
    if (from === null) continue;
    const { rows, end } = rowsFrom(document, from);
    const last = document.blocks[end - 1];
    if (rows.length < 3 || !last) continue;
    schedules.push({ rows, start: (document.blocks[at] as Block).start, end: last.end });
    at = end - 1;
  }
  return schedules;
}

/** Of people who work there: a page of the site is seldom for them. */
const OF_STAFF =
  /\b(?:personnel|staff|employ\w*|wages?|salar\w*|payroll|tax|pensions?|sick\w*|maternity|paternity|redundan\w*|accidents?|disciplinary|grievances?|medical|lohn\w*|gehalt\w*|personal(?:akten?|unterlagen)|paie)\b/;
/** What a row is about stands before what else it has. */
const ASIDE = /[,;:(]| (?:including|where|kept|such as|einschlie\u00dflich|y compris)\b/;

const topicsIn = (title: string): string[] => {
  const [head = ''] = evenText(title).split(ASIDE);
  if (OF_STAFF.test(head)) return [];
  return TOPICS.filter(({ title: stems, generic }) => !generic && foundStem(stems, head) !== null).map(({ id }) => id);
};

/** Of several rows about the same people the first; none where an activity is about them. */
export function rowsAboutPeople(schedules: readonly Schedule[], titles: readonly string[]): RecordRow[] {
  const known = new Set(titles.flatMap(topicsIn));
  return schedules.flatMap(({ rows }) =>
    rows.filter(({ title }) => {
      const topics = topicsIn(title);
      const isNew = topics.length > 0 && topics.every((topic) => !known.has(topic));
      if (isNew) for (const topic of topics) known.add(topic);
      return isNew;
    }),
  );
}
