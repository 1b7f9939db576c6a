// The date of a notice, as the notice gives it.
import { plainOf, type NoticeDocument } from './document.ts';
import type { Quote } from './result.ts';

const MONTHS: Record<string, number> = Object.fromEntries(
  [
    'january jan januar jänner janvier',
    'february feb februar février',
    'march mar märz mars',
    'april apr avril',
    'may mai',
    'june jun juni juin',
    'july jul juli juillet',
    'august aug août',
    'september sept sep septembre',
    'october oct oktober octobre',
    'november nov novembre',
    'december dec dezember décembre',
  ].flatMap((names, index) => names.split(' ').map((name) => [name, index + 1] as const)),
);
const MONTH = Object.keys(MONTHS)
  .sort((one, other) => other.length - one.length)
  .join('|');
const DATES: readonly (readonly [RegExp, (parts: string[]) => (number | undefined)[]])[] = [
  [/\b(\d{4})-(\d{2})-(\d{2})/, ([y, m, d]) => [Number(y), Number(m), Number(d)]],
  [
    new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th|er)?\\.? (?:of |de )?(${MONTH})\\.?,? (\\d{4})`, 'i'),
    ([d, m, y]) => [Number(y), MONTHS[(m ?? '').toLowerCase()], Number(d)],
  ],
  [
    new RegExp(`\\b(${MONTH})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})`, 'i'),
    ([m, d, y]) => [Number(y), MONTHS[(m ?? '').toLowerCase()], Number(d)],
  ],
  [new RegExp(`\\b(${MONTH})\\.?,? (\\d{4})`, 'i'), ([m, y]) => [Number(y), MONTHS[(m ?? '').toLowerCase()]]],
  [/\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b/, ([d, m, y]) => [Number(y), Number(m), Number(d)]],
];
const SAYS_DATE =
  /\b(?:last|recently|most recently)? ?(?:updated?|modified|revised|reviewed|amended|changed)\b|\beffective\b|\bversion\b|\bdated?\b|\bin force\b|\bpublished\b|\bstand\b|\bzuletzt\b|\bg\u00fcltig\b|\bmise \u00e0 jour\b|\ben vigueur\b|\bderni\u00e8re\b|\blast reviewed\b|\baktualisier|\bge\u00e4ndert\b|\bletzte \u00e4nderung|\bfassung\b/i;
/** Said of the notice itself: what names an Act or where it was published gives the date of that. */
const OF_NOTICE =
  /\b(?:updated?|modified|revised|effective|version|reviewed|stand|mise \u00e0 jour|policy|notice|dated?|zuletzt|aktualisier\w*|ge\u00e4ndert|letzte \u00e4nderung\w*|fassung)\b/i;
const OF_ACT = /\b(?:bgbl|\w*gesetz(?:es)?|\w*verordnung)\b/i;

const isoOf = ([year, month, day]: (number | undefined)[]): string | null => {
  if (year === undefined || month === undefined || year < 1995 || year > 2100 || month < 1 || month > 12) return null;
  const date = `${year}-${String(month).padStart(2, '0')}`;
  return day === undefined || day < 1 || day > 31 ? date : `${date}-${String(day).padStart(2, '0')}`;
};

/** The time stamp that a publishing system puts beside the title. */
function stampIn({ text }: NoticeDocument): { date: string; evidence: Quote } | null {
  const match = /(?<!\d)(20\d\d-[01]\d-[0-3]\d)T\d\d:\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?/.exec(text.slice(0, 600));
  if (!match) return null;
  const [quote, date = ''] = match;
  return { date, evidence: { quote, start: match.index, end: match.index + quote.length } };
}

/** The latest of the dates that a short statement gives; null where none is given. */
export function lastUpdatedIn(document: NoticeDocument): { date: string; evidence: Quote } | null {
  let best: { date: string; evidence: Quote } | null = null;
  for (const block of document.blocks)
    for (const { start, end } of block.sentences) {
      const own = plainOf(document, { start, end });
      const before = document.blocks[block.index - 1];
      // "Last updated" as a heading or a label of its own, the date below it.
      const headed = own.length < 40 && before && before.end - before.start < 60 ? `${plainOf(document, before)}: ` : '';
      const plain = headed + own;
      if (plain.length > 260 || !/\d{4}/.test(own) || !SAYS_DATE.test(plain)) continue;
      for (const [form, parts] of DATES) {
        const match = form.exec(plain);
        const date = match && isoOf(parts(match.slice(1)));
        if (!date) continue;
        const near = OF_NOTICE.test(plain) && !OF_ACT.test(plain);
        if (near && (!best || date > best.date))
          best = { date, evidence: { quote: document.text.slice(start, end), start, end } };
        break;
      }
    }
  return best ?? stampIn(document);
}
