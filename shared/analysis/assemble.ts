// Sections, lead-ins and sentences, from the bare blocks that a format gives.
import type { Block, NoticeDocument, RawBlock, Section, Table } from './document.ts';
import { plainForm } from './plain-form.ts';
import { kindsOfTitle } from './sections.ts';
import { sentencesOf } from './sentences.ts';

type Parts = Pick<NoticeDocument, 'text' | 'format' | 'declaredLanguage' | 'declaredTitle'> & {
  raw: RawBlock[];
  tables: Table[];
  /** A line feed ends a sentence. */
  lines: boolean;
};

const introduces = (text: string): boolean => /[:：]["')]?\s*$/.test(text);

const isLettered = (text: string, start: number): boolean => /^\(?[a-z]\)\s/.test(text.slice(start, start + 5));

/** The block before a list that introduces it: the item above, or the paragraph or heading right before. */
function leadInOf(block: RawBlock, before: Block[], text: string): number | null {
  const last = before.at(-1);
  if (!last) return null;
  if (block.kind === 'item') {
    if (last.kind === 'item') {
      if (last.level < block.level) return last.index;
      if (last.level === block.level)
        return introduces(text.slice(Math.max(last.start, last.end - 8), last.end)) ? last.index : last.leadIn;
      for (let at = before.length - 1; at >= 0; at -= 1) {
        const each = before[at];
        if (each?.kind !== 'item') break;
        if (each.level <= block.level) return each.level === block.level ? each.leadIn : each.index;
      }
      return null;
    }
    if (last.kind !== 'paragraph') return null;
    // A sentence that explains the item above it stands between two items of one list.
    const above = before.at(-2);
    const explains = above?.kind === 'item' && above.level === block.level && above.leadIn !== null;
    return explains && !introduces(text.slice(Math.max(last.start, last.end - 8), last.end)) ? above.leadIn : last.index;
  }
  // "(a) …" and "(b) …" as paragraphs are one list.
  if (block.kind === 'paragraph' && last.kind === 'paragraph' && [block, last].every(({ start }) => isLettered(text, start)))
    return last.leadIn;
  if (
    block.kind === 'paragraph' &&
    (last.kind === 'paragraph' || last.kind === 'item') &&
    introduces(text.slice(Math.max(last.start, last.end - 8), last.end))
  )
    return last.index;
  return null;
}

const titleOf = (text: string, { start, end }: RawBlock): string =>
  text
    .slice(start, Math.min(end, start + 200))
    .replace(/\s+/g, ' ')
    .trim();

/**
 * Titles that stand over text more than once ("Data use", "Retention") are parts of the sections between which they stand, even
 * where the format gives all headings one level.
 */
function repeatedTitles(raw: readonly RawBlock[], text: string): Set<string> {
  const seen = new Set<string>();
  const repeated = new Set<string>();
  raw.forEach((block, index) => {
    const next = raw[index + 1];
    if (block.kind !== 'heading' || !next || next.kind === 'heading') return;
    const title = titleOf(text, block).toLowerCase();
    if (seen.has(title) && kindsOfTitle(title).size > 0) repeated.add(title);
    seen.add(title);
  });
  return repeated;
}

export function assembleDocument({ raw, text, lines, ...parts }: Parts): NoticeDocument {
  const sections: Section[] = [
    { index: 0, heading: null, title: parts.declaredTitle ?? '', level: 0, parent: null, start: 0, end: text.length },
  ];
  const repeated = repeatedTitles(raw, text);
  const open: number[] = [0];
  const blocks: Block[] = [];
  const close = (index: number, end: number): void => {
    const section = sections[index];
    if (section) section.end = end;
  };
  for (const found of raw) {
    const part = found.kind === 'heading' && repeated.has(titleOf(text, found).toLowerCase());
    const block = part ? { ...found, level: found.level + 0.5 } : found;
    if (block.kind === 'heading') {
      while (open.length > 1 && (sections[open.at(-1) ?? 0]?.level ?? 0) >= block.level) close(open.pop() ?? 0, block.start);
      const parent = open.at(-1) ?? 0;
      open.push(sections.length);
      const title = titleOf(text, block);
      const { start } = block;
      sections.push({
        index: sections.length,
        heading: blocks.length,
        title,
        level: block.level,
        parent,
        start,
        end: text.length,
      });
    }
    blocks.push({
      ...block,
      index: blocks.length,
      section: open.at(-1) ?? 0,
      leadIn: leadInOf(block, blocks, text),
      sentences: sentencesOf(text, block, lines),
    });
  }
  return { ...parts, text, plain: plainForm(text), blocks, sections };
}
