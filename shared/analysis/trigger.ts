// Matching a trigger in time that is linear in the text, whatever the text. A trigger is written as one regular expression: words,
// and between them gaps such as [^.;]{0,80}. Run as it is written, nested gaps would try every pair of places; here each part is
// looked for on its own, and a gap is a comparison of places.
import { has, requiredOf, type Required } from './required-words.ts';

interface Gap {
  longest: number;
  /** What may not stand in it; null: anything may. */
  excluded: RegExp | null;
}

interface Sequence {
  /** Of each part a text that it matches has one of these words. */
  needs: Required[];
  readonly parts: RegExp[];
  /** gaps[i] stands before parts[i + 1]. */
  gaps: Gap[];
}

const GAP = /^\[\^((?:[^\]\\]|\\.)*)\]\{0,(\d+)\}\??/i;
const SHORTEST_GAP = 8;
// The edge of a word where words have accents, which \b takes for spaces.
const LETTER = '[\\w\\u00c0-\\u024f]';
const EDGE = `(?:(?<!${LETTER})(?=${LETTER})|(?<=${LETTER})(?!${LETTER}))`;
/** Repetitions without an end would make one part quadratic by itself. */
function bounded(source: string): string {
  const accented = /\\u0|[^\0-\x7f]/.test(source);
  const letter = accented ? LETTER : '\\w';
  return (accented ? source.replaceAll('\\b', EDGE) : source)
    .replaceAll('\\w+', `${letter}{1,40}`)
    .replaceAll('\\w*', `${letter}{0,40}`)
    .replaceAll('\\W*', '\\W{0,12}')
    .replaceAll('\\W+', '\\W{1,12}')
    .replaceAll('\\s*', '\\s{0,12}');
}

/** Calls `visit` for each place of the source outside of groups and classes. */
function outermost(source: string, visit: (at: number, mark: string) => void): void {
  let depth = 0;
  for (let at = 0; at < source.length; at += 1) {
    const mark = source[at] as string;
    if (depth === 0) visit(at, mark);
    if (mark === '\\') at += 1;
    else if (mark === '[') while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1;
    else if (mark === '(') depth += 1;
    else if (mark === ')') depth -= 1;
  }
}

function alternativesOf(source: string): string[] {
  const found: string[] = [];
  let from = 0;
  outermost(source, (at, mark) => {
    if (mark !== '|') return;
    found.push(source.slice(from, at));
    from = at + 1;
  });
  return [...found, source.slice(from)];
}

function sequenceOf(source: string, flags: string): Sequence {
  const sources: string[] = [];
  const gaps: Gap[] = [];
  let from = 0;
  outermost(source, (at, mark) => {
    const gap = at < from || mark !== '[' ? null : GAP.exec(source.slice(at));
    if (!gap || Number(gap[2]) < SHORTEST_GAP) return;
    sources.push(source.slice(from, at));
    gaps.push({ longest: Number(gap[2]), excluded: gap[1] === '' ? null : new RegExp(`[${gap[1]}]`, flags) });
    from = at + gap[0].length;
  });
  sources.push(source.slice(from));
  let parts: RegExp[] | undefined;
  return {
    needs: sources.flatMap((part) => requiredOf(part, flags)),
    // Made when a text first has the words: in one notice most rules never run. A gap at an edge says only how near the edge is; here every
    // gap has words on both sides.
    get parts() {
      return (parts ??= sources.map((part) => new RegExp(bounded(part), `${flags.replace('g', '')}g`)));
    },
    gaps,
  };
}

const compiled = new WeakMap<RegExp, Sequence[]>();

/** What is run for a trigger: for the test that checks it. */
export function sequencesOf(trigger: RegExp): Sequence[] {
  const known = compiled.get(trigger);
  if (known) return known;
  const made = alternativesOf(trigger.source).map((source) => sequenceOf(source, trigger.flags));
  compiled.set(trigger, made);
  return made;
}

// A loop of exec, because String.matchAll copies the expression each time.
function endsOf(part: RegExp, text: string): number[] {
  const ends: number[] = [];
  part.lastIndex = 0;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    ends.push(match.index + match[0].length);
    if (match[0] === '') part.lastIndex += 1;
  }
  return ends;
}

/** Of the places where `part` stands, those that a gap reaches from one of `ends`. */
function reachedFrom(ends: readonly number[], { longest, excluded }: Gap, part: RegExp, text: string): number[] {
  const reached: number[] = [];
  let next = 0;
  part.lastIndex = ends[0] ?? 0;
  for (let match = part.exec(text); match; match = part.exec(text)) {
    while (next < ends.length && (ends[next] ?? 0) <= match.index) next += 1;
    // The nearest end leaves the shortest gap: if it does not do, none does.
    const end = ends[next - 1];
    if (end !== undefined && match.index - end <= longest && !excluded?.test(text.slice(end, match.index)))
      reached.push(match.index + match[0].length);
    if (match[0] === '') part.lastIndex += 1;
  }
  return reached;
}

function occurs(sequence: Sequence, text: string): boolean {
  for (const words of sequence.needs) if (!has(words, text)) return false;
  const { parts, gaps } = sequence;
  const [first] = parts;
  if (!first) return false;
  first.lastIndex = 0;
  if (!first.test(text)) return false;
  let ends = gaps.length === 0 ? [0] : endsOf(first, text);
  for (const [index, gap] of gaps.entries()) {
    const part = parts[index + 1];
    if (!part || ends.length === 0) return false;
    ends = reachedFrom(ends, gap, part, text);
  }
  return ends.length > 0;
}

/** As trigger.test(text), in linear time. Triggers have no alternation around a gap and no backreference. */
export const matches = (trigger: RegExp, text: string): boolean => {
  for (const sequence of sequencesOf(trigger)) if (occurs(sequence, text)) return true;
  return false;
};
