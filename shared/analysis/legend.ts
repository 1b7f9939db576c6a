// A key of codes ("A = our contract with you", "LI: legitimate interests") for tables whose cells say no more than "A and C".
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import { plainOf, type NoticeDocument } from './document.ts';
import { mentionsIn } from './mentions.ts';
import type { BasisRule } from './rules/bases-en.ts';

export interface Legend {
  codes: ReadonlyMap<string, LawfulBasis>;
  /** The blocks that explain the codes: by index. */
  blocks: ReadonlySet<number>;
}

/** A number in front of a colon numbers a list. */
const EXPLAINED = /^\W{0,3}([A-Z]{1,4}\d?|\d{1,2}(?= ?=))\W{0,3}?(?: ?=|:| - | means | stands for ) ?(?=[\w'"(])/;
const NEXT_ENTRY = /[;,.|] ?(?=\W{0,2}(?:[A-Z]{1,4}\d?|\d{1,2}) ?=)|;/;
const LONGEST = 600;
const IN_PARENTHESES = /\([^()]{0,400}\)/g;
/** One code may be anything: an item "A: contract" of a list. */
const FEWEST = 2;
const LONGEST_CELL = 200;

export function legendOf(document: NoticeDocument, bases: readonly BasisRule[]): Legend {
  const codes = new Map<string, LawfulBasis>();
  const blocks = new Set<number>();
  for (const block of document.blocks)
    for (const sentence of block.sentences) {
      const plain = plainOf(document, sentence).slice(0, LONGEST);
      if (block.kind === 'heading' || !EXPLAINED.test(plain)) continue;
      for (const entry of plain.split(NEXT_ENTRY)) {
        const [lead, code] = EXPLAINED.exec(entry) ?? [];
        const [mention] = code === undefined ? [] : mentionsIn(entry.slice(lead?.length), bases);
        if (code === undefined || !mention || codes.has(code)) continue;
        codes.set(code, mention.basis);
        blocks.add(block.index);
      }
    }
  const used = document.blocks.filter(
    ({ cell, start, end }) =>
      cell && cell.column > 0 && end - start < LONGEST_CELL && codesIn(plainOf(document, { start, end }), { codes }).length > 0,
  );
  return new Set(codes.values()).size < FEWEST || used.length < FEWEST
    ? { codes: new Map(), blocks: new Set() }
    : { codes, blocks };
}

const BETWEEN = /\s+(?:and|or|und|oder|et|ou)\s+|[\s,;/&+.]+/;

/** The bases of a cell that holds nothing but codes, and what it says of them in parentheses. */
export function codesIn(plain: string, { codes }: Pick<Legend, 'codes'>): LawfulBasis[] {
  if (codes.size === 0) return [];
  const words = plain
    .replace(IN_PARENTHESES, ' ')
    .split(BETWEEN)
    .filter((word) => word !== '');
  const found = words.flatMap((word) => codes.get(word.replace(/^\W+|\W+$/g, '')) ?? []);
  return found.length === words.length ? [...new Set(found)] : [];
}
