// The text that is printed for a notice in HTML or Markdown, and where each block of it stands.
import type { RawBlock } from './document.ts';
import { visibleText } from './plain-form.ts';

export interface Printed {
  kind: RawBlock['kind'];
  level: number;
  text: string;
  cell?: RawBlock['cell'];
}

const separator = (before: Printed | undefined, next: Printed): string => {
  if (!before) return '';
  if (before.kind === 'cell' && next.kind === 'cell' && before.cell?.table === next.cell?.table)
    return before.cell?.row === next.cell?.row ? ' | ' : '\n';
  return before.kind === 'item' && next.kind === 'item' ? '\n' : '\n\n';
};

/** Collapses what HTML collapses; line feeds are breaks that the author made. */
export const tidy = (text: string): string =>
  visibleText(text)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();

/** `index` of a block is its place in `printed`. */
export function printBlocks(printed: Printed[]): { text: string; raw: RawBlock[] } {
  const parts: string[] = [];
  const raw: RawBlock[] = [];
  let length = 0;
  const put = (part: string): void => {
    parts.push(part);
    length += part.length;
  };
  printed.forEach((block, index) => {
    put(separator(printed[index - 1], block));
    if (block.kind === 'item') put(`${'  '.repeat(Math.min(block.level, 8) - 1)}- `);
    const start = length;
    put(block.text);
    raw.push({ kind: block.kind, level: block.level, start, end: length, ...(block.cell ? { cell: block.cell } : {}) });
  });
  return { text: parts.join(''), raw };
}
