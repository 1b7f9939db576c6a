// Lengths of time in words: "7 years", "two (2) years", "24-month", "drei Monate", "un an". ISO 8601 periods of one unit.
const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(?:years?|yrs?|jahre?[ns]?|ans?|ann\u00e9es?)$/i, 'Y'],
  [/^(?:months?|monate?[ns]?|mois)$/i, 'M'],
  [/^(?:weeks?|wochen?|semaines?)$/i, 'W'],
  [/^(?:days?|tage?[ns]?|jours?)$/i, 'D'],
  [/^fortnights?$/i, 'F'],
  [/^(?:hours?|stunden?|heures?)$/i, 'H'],
];
const NUMBERS: Record<string, number> = Object.fromEntries(
  (
    'a:1 an:1 one:1 two:2 three:3 four:4 five:5 six:6 seven:7 eight:8 nine:9 ten:10 eleven:11 twelve:12 thirteen:13 fourteen:14 fifteen:15 eighteen:18 twenty:20 twenty-four:24 twenty-five:25 thirty:30 thirty-six:36 forty:40 fifty:50 sixty:60 ninety:90 hundred:100 ' +
    'ein:1 eine:1 einem:1 einen:1 eines:1 einer:1 zwei:2 drei:3 vier:4 f\u00fcnf:5 sechs:6 sieben:7 acht:8 neun:9 zehn:10 zw\u00f6lf:12 dreizehn:13 vierzehn:14 drei\u00dfig:30 un:1 une:1 deux:2 trois:3 quatre:4 cinq:5 sept:7 huit:8 neuf:9 dix:10 douze:12 treize:13 quinze:15 vingt:20 trente:30'
  )
    .split(' ')
    .map((pair) => {
      const [word = '', value] = pair.split(':');
      return [word, Number(value)];
    }),
);
const WORDS = Object.keys(NUMBERS)
  .sort((one, other) => other.length - one.length)
  .join('|');
const PERIOD = new RegExp(
  `(?<![\\p{L}\\d.,])(\\d{1,3}|${WORDS})(?: ?\\(\\w{1,12}\\))?(?:[- ](?:(?:full |calendar |further |additional |weitere[nr]? |volle[nr]? |kalender|financial |tax |complete |consecutive |whole |academic |working ){1,2})?)?(years?|yrs?|months?|weeks?|fortnights?|days?|hours?|jahre?[ns]?|monate?[ns]?|wochen?|tage?[ns]?|stunden?|ans?|ann\u00e9es?|mois|semaines?|jours?|heures?)(?![\\p{L}])`,
  'giu',
);

export interface Period {
  /** P7Y, PT72H. */
  iso: string;
  start: number;
  end: number;
}

/** In the order of the text. */
export function periodsIn(plain: string): Period[] {
  return [...plain.matchAll(PERIOD)].flatMap((match) => {
    const [whole, count = '', unit = ''] = match;
    const value = NUMBERS[count.toLowerCase()] ?? Number(count);
    const letter = UNITS.find(([form]) => form.test(unit))?.[1];
    // "1,200 a month", "twice a year": how much or how often.
    if (/^an?$/i.test(count) && /(?:\d|\b(?:twice|times)) $/i.test(plain.slice(Math.max(0, match.index - 8), match.index)))
      return [];
    if (!Number.isFinite(value) || value === 0 || letter === undefined) return [];
    if (letter === 'F') return [{ iso: `P${2 * value}W`, start: match.index, end: match.index + whole.length }];
    return [{ iso: letter === 'H' ? `PT${value}H` : `P${value}${letter}`, start: match.index, end: match.index + whole.length }];
  });
}
