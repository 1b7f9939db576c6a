// Which line of a plain text is a heading.

const NUMBERED = /^(\d{1,2}(\.\d{1,2}){0,3}[.):]?|[A-Z][.)]|[IVX]{1,5}[.)]|§ ?\d+)\s+(?=["'(]?\p{Lu})/u;
const SENTENCE_END = /[.;,!]$/;

/** "4. What we do with your data": numbered, short, not a sentence. */
export const isNumberedHeading = (line: string): boolean =>
  line.length <= 110 && NUMBERED.test(line) && !/[.;,:!]$/.test(line) && line.split(' ').length <= 16;

/** "Records of repairs: six years after the boat was sold". */
const HOW_LONG =
  /: [^:]{0,30}\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|zwei|drei|sechs|sieben|zehn|deux|trois|cinq|dix)\b.{0,12}\b(?:days?|weeks?|months?|years?|tage?n?|wochen|monate?n?|jahre?n?|jours?|semaines?|mois|ans?)\b/i;
const numberDepth = (line: string): number => (/^\d+(\.\d+)*/.exec(line)?.[0].split('.').filter(Boolean).length ?? 1) - 1;

/**
 * The level of the heading that `line` is, or null. `alone`: blank lines around it, or paragraphs are one line each. A heading is
 * short, begins like one and ends without the mark of a sentence.
 */
export function plainHeadingLevel(line: string, alone: boolean): number | null {
  if (line.length > 110 || line.length < 3 || SENTENCE_END.test(line) || line.includes('@') || /https?:|www\./.test(line))
    return null;
  const words = line.split(/\s+/).length;
  if (/^\p{L}[\p{L} -]{1,25}: \S/u.test(line)) return null;
  if (HOW_LONG.test(line)) return null;
  // "Article 6(1)(e) - necessary for our public task": a statement that nobody ended, not the title of what follows.
  if (/^(?:(?:UK )?GDPR )?art(?:icle|\.)? ?\d/i.test(line) && words > 4) return null;
  if (/\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}$/.test(line)) return null;
  if (isNumberedHeading(line)) return 3 + numberDepth(line);
  if (!alone || words > 13 || line.endsWith(':')) return null;
  if (/\p{Lu}{3}/u.test(line) && line === line.toUpperCase()) return 2;
  if (!/^["'(]?[\p{Lu}\d]/u.test(line)) return null;
  return 6;
}
