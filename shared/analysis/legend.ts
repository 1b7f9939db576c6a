// A key of codes ("A = our contract with you", a table of abbreviations, the lettered list of Article 6(1)) for tables and items that
// say no more than "A and C" or "[b, e]".
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import { LETTERS } from './articles.ts';
import { plainOf, sliceOf, type Block, type NoticeDocument } from './document.ts';
import { mentionsIn } from './mentions.ts';
import { plainForm } from './plain-form.ts';
import type { LanguageRules } from './rules/languages.ts';
import { kindsOfTitle } from './sections.ts';

type Named = Pick<LanguageRules, 'bases' | 'union'>;

export interface Legend {
  codes: ReadonlyMap<string, LawfulBasis>;
  /** The blocks that explain the codes: by index. */
  blocks: ReadonlySet<number>;
}

interface Key {
  codes: Map<string, LawfulBasis>;
  blocks: Set<number>;
}

/** A number in front of a colon numbers a list. */
const EXPLAINED =
  /^\W{0,3}([A-Z]{1,4}\d?|\d{1,2}(?= ?=))\W{0,3}?(?: ?=|:| [-\u2013\u2014] | means | stands for | steht f\u00fcr | bedeutet | signifie | d\u00e9signe ) ?(?=[\w'"(])|^\W{0,3}\[([A-Za-z]{1,3}|\d{1,2})\][ :=\u2013-]{0,3}(?=[\w'"(])/;
const NEXT_ENTRY =
  /(?:[;,.|] ?(?:and |und |et )?| and | und | et )(?=\W{0,2}(?:[A-Z]{1,4}\d?|\d{1,2})\W{0,2}(?: ?=| means | stands for | steht f\u00fcr | bedeutet | signifie | d\u00e9signe ))|;/;
const INTRODUCED =
  /^\W{0,3}(?:key|legend|abbreviations?|codes?|letters?|schl\u00fcssel|legende|abk\u00fcrzungen|l\u00e9gende|abr\u00e9viations)\b[^:=]{0,60}: ?/i;
const LONGEST = 600;
const IN_PARENTHESES = /\([^()]{0,400}\)/g;
/** One code may be anything: an item "A: contract" of a list. */
const FEWEST = 2;
const LONGEST_CELL = 200;
const LONGEST_ITEM = 400;

const entriesOf = (plain: string): string[] => (EXPLAINED.test(plain) ? plain.split(NEXT_ENTRY) : []);
function keySentences(document: NoticeDocument, rules: Named, { codes, blocks }: Key): void {
  for (const block of document.blocks)
    for (const sentence of block.sentences) {
      if (block.kind === 'heading') continue;
      const whole = plainOf(document, sentence).slice(0, LONGEST).replace(INTRODUCED, '');
      // In plain text a key may be the lines of one paragraph.
      const lines = sliceOf(document, sentence).slice(0, LONGEST).split('\n');
      for (const entry of [whole, ...(lines.length > 1 ? lines.map(plainForm) : [])].flatMap(entriesOf)) {
        const [lead, plainCode, bracketed] = EXPLAINED.exec(entry) ?? [];
        const code = plainCode ?? bracketed;
        const [mention] = code === undefined ? [] : mentionsIn(entry.slice(lead?.length), rules);
        if (code === undefined || !mention || codes.has(code)) continue;
        codes.set(code, mention.basis);
        blocks.add(block.index);
      }
    }
}

/** A list of terms: "A" above "you have given your consent". */
const CODE_ALONE = /^\W{0,3}([A-Z]{1,4}\d?|[a-z]|\d{1,2})\W{0,3}$/;
function keyTerms(document: NoticeDocument, rules: Named, { codes, blocks }: Key): void {
  for (const block of document.blocks) {
    const next = document.blocks[block.index + 1];
    if (block.cell || next?.kind !== 'paragraph' || block.end - block.start > LONGEST_TERM) continue;
    const code = CODE_ALONE.exec(plainOf(document, block))?.[1];
    const [mention] = code === undefined ? [] : mentionsIn(plainOf(document, next).slice(0, LONGEST), rules);
    if (code === undefined || !mention || codes.has(code)) continue;
    codes.set(code, mention.basis);
    blocks.add(block.index).add(next.index);
  }
}
const LONGEST_TERM = 12;

/** "performance of a contract (PC), legal obligation (LO)": what follows a name. */
const ABBREVIATED = /^[^.;,()]{0,40}\(["']?([A-Z]{1,4}\d?)["']?\)/;
function keyAbbreviations(document: NoticeDocument, rules: Named, { codes, blocks }: Key): void {
  for (const block of document.blocks)
    for (const sentence of block.kind === 'heading' || block.cell ? [] : block.sentences) {
      const plain = plainOf(document, sentence).slice(0, LONGEST);
      if (!plain.includes('(')) continue;
      const entries = mentionsIn(plain, rules).flatMap(({ basis, end }) => {
        const code = ABBREVIATED.exec(plain.slice(end, end + 60))?.[1];
        return code === undefined ? [] : [{ code, basis }];
      });
      if (entries.length < FEWEST) continue;
      for (const { code, basis } of entries) if (!codes.has(code)) codes.set(code, basis);
      blocks.add(block.index);
    }
}

/** "PC", "LI(…)": the first cell of a row of a key. */
const CODE_CELL = /^\W{0,3}([A-Z]{1,4}\d?)\W{0,2}(?:\([^()]{0,40}\))?\W{0,2}$/;
const MOST_COLUMNS = 3;
const MOST_ROWS = 30;
/** Behind a longer explanation the words are no name. */
const EARLY = 60;

/** Tables whose first column holds codes and whose second says what they mean. Those of other articles explain too, and are no bases. */
function keyTables(document: NoticeDocument, rules: Named, { codes, blocks }: Key): void {
  for (const { rows, headerRows } of document.tables) {
    // A key in two tables: the second may have one row.
    const fewest = blocks.size > 0 ? 1 : FEWEST;
    const text = (cell: number | null | undefined): string =>
      cell === null || cell === undefined ? '' : plainOf(document, document.blocks[cell] as Block).slice(0, LONGEST);
    const body = rows.slice(headerRows, MOST_ROWS);
    const entries = body.flatMap(([first, second]) => {
      const code = CODE_CELL.exec(text(first))?.[1];
      const [mention] = code === undefined ? [] : mentionsIn(text(second), rules);
      return code !== undefined && mention && mention.start < EARLY ? [{ code, basis: mention.basis }] : [];
    });
    const coded = body.filter(([first]) => CODE_CELL.test(text(first))).length;
    if (entries.length === 0 || coded < fewest || coded * 2 < body.length || (rows[0]?.length ?? 0) > MOST_COLUMNS) continue;
    for (const cell of rows.flat()) if (cell !== null) blocks.add(cell);
    const special = rows.slice(0, headerRows).some((row) => row.some((cell) => kindsOfTitle(text(cell)).has('special')));
    for (const { code, basis } of special ? [] : entries) if (!codes.has(code)) codes.set(code, basis);
  }
}

const LETTERED = /^\W{0,3}([a-f])\W{1,2} ?(?=\w)/;
/** "the letter behind each purpose is that of Article 6(1) on which we rely". */
const LETTERS_OF_LAW =
  /\b(?:letters?|buchstaben?|lettres?)\b[^.;]{0,160}\bart(?:icle|ikel)?\.? ?6\b|\bart(?:icle|ikel)?\.? ?6\b[^.;]{0,160}\b(?:letters?|buchstaben?|lettres?)\b[^.;]{0,60}\b(?:brackets?|parenthes[ei]s|behind|next to|after|beside|hinter|klammern?|neben|parenth\u00e8ses|crochets)\b/i;
const SAYS_WHERE =
  /\b(?:brackets?|parenthes[ei]s|behind|next to|after|beside|each|hinter|klammern?|neben|jeweils|parenth\u00e8ses|crochets|chaque)\b/i;
const FEWEST_LETTERS = 3;

/** The list of Article 6(1) with its own letters, or a sentence that says that the letters are those of the article. */
function keyLetters(document: NoticeDocument, rules: Named, { codes, blocks }: Key): void {
  const listed = document.blocks.flatMap((block) => {
    const [first] = block.sentences;
    if (block.kind === 'heading' || block.cell || !first) return [];
    const plain = plainOf(document, first).slice(0, LONGEST);
    const [lead, letter = ''] = LETTERED.exec(plain) ?? [];
    const basis = LETTERS[letter];
    return lead !== undefined && basis && mentionsIn(plain.slice(lead.length), rules)[0]?.basis === basis
      ? [{ letter, basis, index: block.index }]
      : [];
  });
  const told = document.blocks.some(
    (block) =>
      block.kind !== 'heading' &&
      block.sentences.some((sentence) => {
        const plain = plainOf(document, sentence);
        return LETTERS_OF_LAW.test(plain) && SAYS_WHERE.test(plain);
      }),
  );
  const whole = new Set(listed.map(({ letter }) => letter)).size >= FEWEST_LETTERS;
  if (!whole && !told) return;
  for (const { index } of whole ? listed : []) blocks.add(index);
  for (const [letter, basis] of Object.entries(LETTERS)) if (letter.length === 1) codes.set(letter, basis);
}

const isUsed = (document: NoticeDocument, key: Key, block: Block): boolean => {
  const { cell, start, end, index } = block;
  if (block.kind === 'heading' || key.blocks.has(index)) return false;
  const plain = plainOf(document, block);
  if (cell) return cell.column > 0 && end - start < LONGEST_CELL && codesIn(plain, key).length > 0;
  return end - start < LONGEST_ITEM && codesBehind(plain, key).length > 0;
};

export function legendOf(document: NoticeDocument, rules: Named): Legend {
  const keys = [keySentences, keyTerms, keyAbbreviations, keyTables, keyLetters].map((read): Key => {
    const key: Key = { codes: new Map(), blocks: new Set() };
    read(document, rules, key);
    const known =
      new Set(key.codes.values()).size >= FEWEST &&
      document.blocks.filter((block) => isUsed(document, key, block)).length >= FEWEST;
    return known ? key : { codes: new Map(), blocks: new Set() };
  });
  return {
    codes: new Map(keys.flatMap(({ codes }) => [...codes])),
    blocks: new Set(keys.flatMap(({ blocks }) => [...blocks])),
  };
}

const BETWEEN = /\s+(?:and|or|und|oder|et|ou)\s+|[\s,;/&+.]+/;

/** The bases of a cell that holds nothing but codes, and what it says of them in parentheses. */
export function codesIn(plain: string, { codes }: Pick<Legend, 'codes'>): LawfulBasis[] {
  if (codes.size === 0) return [];
  // "(b)" is a code itself.
  const outside = plain.replace(IN_PARENTHESES, (inside) => (inside.length <= LONGEST_LETTER ? inside : ' '));
  const words = outside.split(BETWEEN).filter((word) => /[^\W_]/.test(word));
  const found = words.flatMap((word) => codes.get(word.replace(/^\W+|\W+$/g, '')) ?? []);
  return found.length === words.length ? [...new Set(found)] : [];
}
/** "(b)". */
const LONGEST_LETTER = 3;

const BEHIND =
  / (?:((?:\[[^[\]]{1,30}\] ?){1,4})|\(([^()]{1,30})\)|(?:[-:|] )([A-Z][A-Z\d]{0,4}(?:(?:, ?| and | ?\/ ?| ?\+ ?)[A-Z][A-Z\d]{0,4}){0,4}))\W{0,3}$/;
const TAIL = 60;
const ASIDE = /^([^[\]]{3,200} (?:\[[^[\]]{1,30}\] ?){1,4})(?:[,;\u2013\u2014-] ?)[^[\]]{1,200}$/;
/** "see section 2 (c)", "as in (b)". */
const CITED =
  /\b(?:(?:sections?|articles?|art|regulations?|schedule|paragraphs?|clauses?|part|no|ziffer|absatz|abs|nr|alin\u00e9a) ?\.? ?[\d.()]{0,12}|in|under|of|to|see|points?|und|nach|siehe|voir)$|\u00a7 ?[\d.()]{0,12}$/i;

/** The bases whose codes stand behind what a sentence or item says: "recording of lectures [e]", "Payroll (PC, LO)". */
export function codesBehind(plain: string, legend: Pick<Legend, 'codes'>): LawfulBasis[] {
  if (legend.codes.size === 0) return [];
  // "with a fingerprint [4] - nobody has to".
  const tail = (ASIDE.exec(plain)?.[1] ?? plain).slice(-TAIL);
  const match = BEHIND.exec(tail);
  if (!match || CITED.test(tail.slice(0, match.index))) return [];
  return codesIn(match[1] ?? match[2] ?? match[3] ?? '', legend);
}
