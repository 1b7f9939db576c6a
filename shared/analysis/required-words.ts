// Words of which one stands in every text that an expression matches. Looking for a word costs a small part of running the expression,
// and compiling it nothing at all, and most rules have none of their words in most sentences.

/** One of `words` stands in every match; where there are several of these, one of each. `small`: they are looked for in the text in small letters. */
export interface Required {
  words: readonly string[];
  /** Of each word the places of its groups of three letters (placesOf). */
  places: readonly (readonly number[])[];
  small: boolean;
}

/** A shorter one stands in nearly every sentence. */
const SHORTEST = 2;
const MOST = 24;
const MOST_LISTS = 3;
/** Longer ones are no rarer. */
const LONG_ENOUGH = 6;

/** Letters whose capital is one letter, and no other letter's: for these small letters and /i agree. */
const PLAIN = /^[\x20-\x7e\u00a0-\u00b4\u00b6-\u00fe\u25c6\u25c7]$/;
/** Escapes that stand for themselves. */
const ITSELF = /^[^\w]$/;
const CODE = /^\\(?:u([\da-f]{4})|x([\da-f]{2}))/i;
const QUANTIFIER = /^(?:([*?+])|\{(\d+)(?:,\d*)?\})\??/;

type Words = readonly string[] | null;

const shortest = (words: readonly string[]): number => Math.min(LONG_ENOUGH, ...words.map((word) => word.length));
/** The rarer one: longer words first, then fewer of them. */
function better(one: Words, other: Words): Words {
  if (one === null || other === null) return one ?? other;
  const by = shortest(one) - shortest(other) || other.length - one.length;
  return by >= 0 ? one : other;
}

/** Reads one expression from its source. Whatever it does not know requires nothing. */
class Reader {
  private at = 0;
  private depth = 0;
  /** Alternatives outside of groups. */
  private count = 0;
  /** What each thing that stands outside of groups requires. */
  private readonly outermost: (readonly string[])[] = [];
  private readonly source: string;
  constructor(source: string) {
    this.source = source;
  }

  /** One of each list. Where the whole is one of several, all that is known is one list for all. */
  lists(): (readonly string[])[] {
    const words = this.alternatives();
    if (this.count > 1) return words === null ? [] : [words];
    return this.outermost
      .toSorted((one, other) => shortest(other) - shortest(one) || one.length - other.length)
      .slice(0, MOST_LISTS);
  }

  /** Up to the closing parenthesis or the end. */
  alternatives(): Words {
    let all: string[] | null = [];
    for (;;) {
      if (this.depth === 0) this.count += 1;
      const words = this.sequence();
      all = all === null || words === null || all.length + words.length > MOST ? null : [...all, ...words];
      if (this.source[this.at] !== '|') return all;
      this.at += 1;
    }
  }

  private sequence(): Words {
    let best: Words = null;
    let run = '';
    const add = (words: Words): void => {
      best = better(best, words);
      if (words !== null && this.depth === 0) this.outermost.push(words);
    };
    const close = (): void => {
      if (run.length >= SHORTEST) add([run]);
      run = '';
    };
    while (this.at < this.source.length && this.source[this.at] !== '|' && this.source[this.at] !== ')') {
      const item = this.item();
      const { least, repeats } = this.quantifier();
      if (typeof item === 'string') {
        if (item === '') continue;
        if (least > 0) run += item;
        if (least === 0 || repeats) close();
      } else {
        close();
        if (least > 0) add(item);
      }
    }
    close();
    return best;
  }

  /** A letter; '' for what takes no room; else the words of which one is required. */
  private item(): string | Words {
    const mark = this.source[this.at] ?? '';
    if (mark === '(') return this.group();
    if (mark === '[') return this.skipClass();
    if (mark === '\\') return this.escape();
    this.at += 1;
    if (mark === '^' || mark === '$') return '';
    return mark !== '.' && PLAIN.test(mark) ? mark : null;
  }

  private escape(): string | null {
    const rest = this.source.slice(this.at, this.at + 6);
    const code = CODE.exec(rest);
    if (code) {
      this.at += code[0].length;
      const letter = String.fromCharCode(Number.parseInt(code[1] ?? code[2] ?? '', 16));
      return PLAIN.test(letter) ? letter : null;
    }
    const mark = rest[1] ?? '';
    this.at += 2;
    if ((mark === 'p' || mark === 'P' || mark === 'u' || mark === 'k') && /[{<]/.test(this.source[this.at] ?? ''))
      this.at = this.source.indexOf(mark === 'k' ? '>' : '}', this.at) + 1;
    if (mark === 'b' || mark === 'B') return '';
    return ITSELF.test(mark) && PLAIN.test(mark) ? mark : null;
  }

  private skipClass(): null {
    this.at += 1;
    while (this.at < this.source.length && this.source[this.at] !== ']') this.at += this.source[this.at] === '\\' ? 2 : 1;
    this.at += 1;
    return null;
  }

  private group(): string | Words {
    const opening = /^\((?:\?(?:[:=!]|<[=!]|<\w+>))?/.exec(this.source.slice(this.at, this.at + 40))?.[0] ?? '(';
    this.at += opening.length;
    this.depth += 1;
    const words = this.alternatives();
    this.depth -= 1;
    this.at += 1;
    // What looks around takes no room; what it looks for need not be a word of the match.
    return /[=!]$/.test(opening) ? '' : words;
  }

  private quantifier(): { least: number; repeats: boolean } {
    const found = QUANTIFIER.exec(this.source.slice(this.at, this.at + 12));
    if (!found) return { least: 1, repeats: false };
    this.at += found[0].length;
    const least = found[1] === undefined ? Number(found[2]) : found[1] === '+' ? 1 : 0;
    return { least, repeats: true };
  }
}

/** As `required`, of an expression that is not made yet. */
export function requiredOf(source: string, flags: string): Required[] {
  const ignoreCase = flags.includes('i');
  // With both, letters count as equal that small letters keep apart.
  if (ignoreCase && /[uv]/.test(flags)) return [];
  return new Reader(source).lists().map((words) => {
    const each = [...new Set(ignoreCase ? words.map((word) => word.toLowerCase()) : words)];
    return { words: each, places: each.map((word) => placesOf(word.toLowerCase())), small: ignoreCase };
  });
}

const known = new WeakMap<RegExp, Required[]>();

/** Empty: nothing is known to be required. */
export function required(expression: RegExp): readonly Required[] {
  const before = known.get(expression);
  if (before !== undefined) return before;
  const made = requiredOf(expression.source, expression.flags);
  known.set(expression, made);
  return made;
}

// Which groups of three letters a text has, at places that few others share: to look into that takes a small part of a search again.
const PLACES = 4096;
const placeOf = (one: number, two: number, three: number): number =>
  (Math.imul((one << 12) ^ (two << 6) ^ three, 0x9e3779b1) >>> 20) % PLACES;
function placesOf(word: string): number[] {
  const places: number[] = [];
  for (let at = 2; at < word.length; at += 1)
    places.push(placeOf(word.charCodeAt(at - 2), word.charCodeAt(at - 1), word.charCodeAt(at)));
  return places;
}

// Of the text that was asked about last: many rules are asked about one sentence after another.
const taken = new Uint8Array(PLACES);
let [lastText, lastSmall] = ['', ''];
function read(text: string): void {
  [lastText, lastSmall] = [text, text.toLowerCase()];
  taken.fill(0);
  let [one, two] = [lastSmall.charCodeAt(0), lastSmall.charCodeAt(1)];
  for (let at = 2; at < lastSmall.length; at += 1) {
    const three = lastSmall.charCodeAt(at);
    taken[placeOf(one, two, three)] = 1;
    [one, two] = [two, three];
  }
}

export function has({ words, places, small }: Required, text: string): boolean {
  if (text !== lastText) read(text);
  const where = small ? lastSmall : text;
  for (let word = 0; word < words.length; word += 1) {
    let mayStand = true;
    for (const place of places[word] as readonly number[])
      if (taken[place] === 0) {
        mayStand = false;
        break;
      }
    if (mayStand && where.includes(words[word] as string)) return true;
  }
  return false;
}

/** False only where the expression cannot match the text. */
export function mayMatch(expression: RegExp, text: string): boolean {
  for (const needs of required(expression)) if (!has(needs, text)) return false;
  return true;
}
