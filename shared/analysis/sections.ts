// What each section of a document is about, itself and through the sections around it.
import type { NoticeDocument } from './document.ts';
import { plainForm } from './plain-form.ts';
import { holds } from './rules/rule.ts';
import { SECTIONS, type SectionKind } from './rules/section.ts';

export type Kinds = ReadonlySet<SectionKind>;

const LONGEST_TITLE = 160;
// The header of a column is asked for once for each of its cells.
const known = new Map<string, Kinds>();
const MOST_KNOWN = 1000;

/** Also used for the headers of table columns and for labels. */
export function kindsOfTitle(title: string): Kinds {
  const plain = plainForm(title.slice(0, LONGEST_TITLE));
  const seen = known.get(plain);
  if (seen) return seen;
  const kinds = new Set(SECTIONS.filter((rule) => holds(rule, plain)).map(({ says }) => says));
  if (known.size > MOST_KNOWN) known.clear();
  known.set(plain, kinds);
  return kinds;
}

export interface SectionKinds {
  own: Kinds;
  /** Its own and those of the sections it is in, the document's title left out. */
  all: Kinds;
}

/** By section index. */
export function sectionKinds({ sections }: NoticeDocument): SectionKinds[] {
  const found: SectionKinds[] = [];
  for (const { title, parent, level, index } of sections) {
    const own = index === 0 || isDocumentTitle(title) ? new Set<SectionKind>() : kindsOfTitle(title);
    const above = parent === null || level === 0 ? undefined : found[parent]?.all;
    found.push({ own, all: above && own.size === 0 ? above : new Set([...own, ...(above ?? [])]) });
  }
  return found;
}

const DOCUMENT_TITLE =
  /\b(?:privacy|cookies?|data protection|data processing)(?: \w+){0,3} (?:notice|policy|statement|information)\b|datenschutz(?:erkl\u00e4rung|hinweise?|bestimmung|information|richtlinie)|politique de (?:confidentialit|protection|vie)|charte de|protection des donn\u00e9es/i;
export const isDocumentTitle = (title: string): boolean => title.length <= 120 && DOCUMENT_TITLE.test(plainForm(title));
