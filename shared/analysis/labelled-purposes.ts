// "For purposes A and B we rely on our contract, for purposes C to L on our legitimate interests": sentences that state a basis for
// purposes by the letters or numbers under which the notice lists them, and which blocks those are.
import { plainOf, type Block, type NoticeDocument, type Span } from './document.ts';
import type { SectionKinds } from './sections.ts';

/** A purpose of the list: its label, the block it begins with, and those that go on with it. */
export interface LabelledPurpose {
  block: Block;
  blocks: number[];
}

export const LABEL = /^\W{0,3}(?:purpose |zweck |finalit\u00e9 )?\(?([A-Z]|[a-z](?=[.)])|\d{1,2})[.):](?:\)|\s|$)/i;
/** What stands before an item in its line: "2." or "(b)". */
const MARK = /(?:^|\n)[^\S\n]*\(?(\d{1,2}|[a-z])[.):]+[^\S\n]*$/i;

const ONE = String.raw`\(?(?:[A-Z]|\d{1,2}|(?<=\()[a-z])\)?(?![\w'])`;
const TO = String.raw`\s?(?:-|\u2013|to|through|bis|\u00e0)\s?`;
const AND = String.raw`(?:\s?[,;/&]\s?(?:and |or |und |oder |et |ou )?|\s(?:and|or|und|oder|et|ou|sowie|as well as)\s)`;
const RANGE = `${ONE}(?:${TO}${ONE})?`;
const REFERENCE = new RegExp(
  String.raw`\b(?:[Pp]urposes?|[Aa]ctivit(?:y|ies)|[Uu]ses?|[Ii]tems?|[Pp]oints?|[Zz]weck(?:en?|s)?|[Zz]iffern?|[Pp]unkten?|[Nn]ummern?|[Ff]inalit\u00e9s?)(?: (?:listed|described|set out|mentioned|named|numbered|lettered|under|in|at|as|unter|nach|gem\u00e4\u00df|vis\u00e9es?|\u00e0|au|aux|the|points?|items?|letters?|numbers?|paragraphs?|lettres?)){0,4} (${RANGE}(?:${AND}${RANGE}){0,14})`,
  'g',
);
const PARTS = new RegExp(`(${ONE})(?:${TO}(${ONE}))?`, 'g');
/** "point (a) of Article 6(1)". */
const OF_THE_LAW =
  /^\W{0,2} ?(?:of|in|under|from|des|der|von|de|du|l'|lit) ?(?:the |l')?(?:art|section|gdpr|uk gdpr|regulation|schedule|dsgvo|ds-gvo|rgpd|abs)/i;
const FEWEST = 3;
const MOST = 40;

const bare = (label: string): string => label.replace(/[()]/g, '').toLowerCase();
/** "c", "f" → c d e f; "2", "4" → 2 3 4. Empty where the ends do not fit. */
function between(from: string, to: string): string[] {
  const isNumber = /^\d+$/.test(from);
  if (isNumber !== /^\d+$/.test(to)) return [];
  const [first, last] = isNumber ? [Number(from), Number(to)] : [from.charCodeAt(0), to.charCodeAt(0)];
  if (last < first || last - first > MOST) return [];
  return Array.from({ length: last - first + 1 }, (_, step) =>
    isNumber ? String(first + step) : String.fromCharCode(first + step),
  );
}

/** The labels that a sentence names in one place: "purposes A, B and D to F". Null: none, or in more than one place. */
export function labelsNamed(plain: string): string[] | null {
  const [named, another] = [...plain.matchAll(REFERENCE)].filter(
    ({ 0: words, index }) => !OF_THE_LAW.test(plain.slice(index + words.length, index + words.length + 30)),
  );
  if (!named || another) return null;
  const labels = [...(named[1] ?? '').matchAll(PARTS)].flatMap(([, from = '', to]) =>
    to === undefined ? [bare(from)] : between(bare(from), bare(to)),
  );
  return labels.length > 0 ? labels : null;
}

const markBefore = (document: NoticeDocument, block: Block): string | undefined =>
  block.kind === 'item' ? MARK.exec(document.text.slice(Math.max(0, block.start - 12), block.start))?.[1] : undefined;

export type LabelledList = ReadonlyMap<string, LabelledPurpose>;

/** The lists whose entries are labelled in order, three at the least: A, B, C … Items and, under headings, all text belong to the entry above. */
export function labelledLists(document: NoticeDocument, kinds: readonly SectionKinds[]): LabelledList[] {
  const lists: LabelledList[] = [];
  let open: { last: LabelledPurpose; label: string; entries: Map<string, LabelledPurpose> } | null = null;
  const close = (): void => {
    if (open && open.entries.size >= FEWEST) lists.push(open.entries);
    open = null;
  };
  for (const block of document.blocks) {
    if (block.cell) continue;
    const written = LABEL.exec(plainOf(document, block).slice(0, 40))?.[1] ?? markBefore(document, block);
    const label = written === undefined ? null : bare(written);
    const entry = { block, blocks: [block.index] };
    if (open && label !== null && open.last.block.kind === block.kind && between(open.label, label).length === 2) {
      open.entries.set(label, entry);
      [open.label, open.last] = [label, entry];
    } else if (label !== null && (label === 'a' || label === '1') && (!open || open.last.block.kind === block.kind)) {
      close();
      open = { last: entry, label, entries: new Map([[label, entry]]) };
    } else if (open && block.kind === 'heading') {
      if (open.last.block.kind !== 'heading' || block.level < open.last.block.level) close();
    } else if (open && (block.kind === 'item' || open.last.block.kind === 'heading')) open.last.blocks.push(block.index);
  }
  close();
  return [...lists, ...numberedLists(document, kinds)];
}

/** Lists of purposes by the places of their items: HTML and Markdown number them without writing it into the text. */
function numberedLists({ blocks }: NoticeDocument, kinds: readonly SectionKinds[]): LabelledList[] {
  const byIntroduction = new Map<number, Block[]>();
  for (const block of blocks) {
    const { kind, leadIn, section } = block;
    if (kind !== 'item' || leadIn === null || blocks[leadIn]?.kind === 'item' || !kinds[section]?.all.has('purposes')) continue;
    const known = byIntroduction.get(leadIn);
    if (known) known.push(block);
    else byIntroduction.set(leadIn, [block]);
  }
  return [...byIntroduction.values()]
    .filter((items) => items.length >= FEWEST)
    .map((items) => new Map(items.map((block, place) => [String(place + 1), { block, blocks: [block.index] }])));
}

/** The purposes that a sentence names by their labels; null where it names none, two lots of them, or one that no list has. */
export function purposesNamed(
  document: NoticeDocument,
  lists: readonly LabelledList[],
  sentence: Span,
): LabelledPurpose[] | null {
  const labels = labelsNamed(plainOf(document, sentence));
  if (labels === null) return null;
  // The nearest list before the sentence, else the first behind it.
  const starts = (list: LabelledList): number => list.values().next().value?.block.start ?? 0;
  const before = lists.filter((list) => starts(list) < sentence.start).sort((one, other) => starts(other) - starts(one));
  for (const list of new Set([...before, ...lists])) {
    const found = labels.flatMap((label) => list.get(label) ?? []);
    if (found.length === labels.length && !found.some(({ block }) => block.start <= sentence.start && block.end >= sentence.end))
      return found;
  }
  return null;
}
