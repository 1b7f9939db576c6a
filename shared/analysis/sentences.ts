// Sentences of a block, by their places. Abbreviations are data; Intl.Segmenter does not know them and differs by browser.
import type { Span } from './document.ts';

// Lower case, without the final dot.
const ABBREVIATIONS = new Set(
  (
    'e.g i.e etc no nos art arts reg regs sec sect para paras approx inc ltd co corp llc plc dr mr mrs ms st vs cf ref tel dept est fig vol pp p.o ' +
    'abs uabs unterabs buchst halbs abschn nr bzw z.b d.h u.a usw ggf evtl vgl lit s.o i.d.r i.s.d i.s.v i.v.m gem sog inkl str z.t o.ä u.u bspw dgl ff satz ziff ' +
    'al par lett ex mme mlle m.m cad c.-à-d boul av bd'
  ).split(' '),
);
// One letter before the dot: an initial or "a." in a list, unless it ends a longer abbreviation like "U.S.".
const END = /[.!?…](?=["')\]]*(\s|$))|[;](?=\s)|\n/g;
/** "3. März": the dot of a day, not of a sentence. */
const MONTH_AFTER_DAY = /^\s+(?:januar|jänner|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\b/i;
const CLOSING = /["')\]»”’]/;
/** A sentence that nobody ends is cut, so that no rule ever reads more than this at once. */
export const LONGEST_SENTENCE = 1200;

function isAbbreviation(text: string, dot: number): boolean {
  const from = Math.max(0, dot - 12);
  const before = /[\p{L}\p{M}.-]+$/u.exec(text.slice(from, dot))?.[0].toLowerCase() ?? '';
  if (/^\p{L}$/u.test(before)) return true;
  return ABBREVIATIONS.has(before);
}

const continues = (rest: string): boolean => /^\s*[\p{Ll}\d(,;:]/u.test(rest);

function cut(span: Span, text: string): Span[] {
  const pieces: Span[] = [];
  let { start } = span;
  while (span.end - start > LONGEST_SENTENCE) {
    const space = text.lastIndexOf(' ', start + LONGEST_SENTENCE);
    const end = space > start ? space : start + LONGEST_SENTENCE;
    pieces.push({ start, end });
    start = end;
  }
  return [...pieces, { start, end: span.end }];
}

function trimmed({ start, end }: Span, text: string): Span | null {
  let from = start;
  let to = end;
  while (from < to && /[\s*•·▪◦‣⁃●○■□►▶▸▹→⇒➔➜➢➤»✓✔❖◆|]/.test(text[from] ?? '')) from += 1;
  while (to > from && /\s/.test(text[to - 1] ?? '')) to -= 1;
  return to > from ? { start: from, end: to } : null;
}

/**
 * The sentences of text.slice(block.start, block.end), in order, without the space around them. `lines`: a line feed ends a
 * sentence (a break that the author made), otherwise it is a space.
 */
export function sentencesOf(text: string, block: Span, lines: boolean): Span[] {
  const found: Span[] = [];
  const body = text.slice(block.start, block.end);
  let from = 0;
  const push = (to: number): void => {
    const span = trimmed({ start: block.start + from, end: block.start + to }, text);
    if (span) found.push(...cut(span, text));
    from = to;
  };
  for (const { 0: mark, index } of body.matchAll(END)) {
    if (index < from) continue;
    if (mark === '\n') {
      if (lines) push(index + 1);
      continue;
    }
    if (mark === ';') {
      continue;
    }
    let end = index + 1;
    while (CLOSING.test(body[end] ?? '')) end += 1;
    // "lit. c." at the end of a line that its author ended.
    const ended = /\s\p{Ll}\.\n\s*\p{Lu}/u.test(body.slice(Math.max(0, index - 2), index + 4));
    if (mark === '.' && !ended && (isAbbreviation(body, index) || /^\s*\d+$/.test(body.slice(from, index)))) continue;
    if (mark === '.' && continues(body.slice(end, end + 8)) && !/^\s*\(/.test(body.slice(end, end + 8))) {
      // "Version 2. 3 years": a digit may begin a sentence; a small letter does not.
      if (!/^\s+\d/.test(body.slice(end, end + 8)) || /\d/.test(body[index - 1] ?? '')) continue;
    }
    if (
      mark === '.' &&
      /\b\d{1,2}$/.test(body.slice(Math.max(0, index - 3), index)) &&
      MONTH_AFTER_DAY.test(body.slice(end, end + 14))
    )
      continue;
    push(end);
  }
  push(body.length);
  return found;
}
