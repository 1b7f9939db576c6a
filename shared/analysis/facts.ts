// What a notice says of an activity besides its basis: data, purposes, recipients, marketing; and what it says once for all.
import type { Activity } from './activities.ts';
import { plainOf, sliceOf, type Block, type NoticeDocument, type Span } from './document.ts';
import { mayMatch } from './required-words.ts';
import type { FoundMarketing, Quote } from './result.ts';
import { DATA_CATEGORIES, FACT_RULES, type FactSays } from './rules/facts.ts';
import { holds } from './rules/rule.ts';
import { kindsOfTitle, type Kinds, type SectionKinds } from './sections.ts';
import type { SectionKind } from './rules/section.ts';

export const quoteOf = (document: NoticeDocument, { start, end }: Span): Quote => ({
  quote: document.text.slice(start, end),
  start,
  end,
});

const says = (kind: FactSays, plain: string): boolean => FACT_RULES.some((rule) => rule.says === kind && holds(rule, plain));

const LABEL = /^\W*([\p{L}][\p{L} '/()-]{2,50}?)\s*:\s*/u;
/** What a block is about: its column's header, its own label, else its section. */
export function topicOf(document: NoticeDocument, kinds: SectionKinds[], block: Block): Kinds {
  if (block.cell) {
    const table = document.tables[block.cell.table];
    const header = table && table.headerRows > 0 ? table.rows[table.headerRows - 1]?.[block.cell.column] : null;
    const head = header === null || header === undefined ? undefined : document.blocks[header];
    return head ? kindsOfTitle(plainOf(document, head)) : new Set();
  }
  const label = LABEL.exec(plainOf(document, block).slice(0, 80))?.[1];
  const own = label === undefined ? new Set<SectionKind>() : kindsOfTitle(label);
  return own.size > 0 ? own : (kinds[block.section]?.own ?? new Set());
}

const MOST = 24;
const listed = (text: string): string[] =>
  text
    .replace(LABEL, '')
    .split(/\n|;|,(?! (?:Inc|Ltd|LLC))/)
    .map((part) => part.replace(/^[\W_]+|[\s.,;]+$/g, '').trim())
    .filter((part) => part.length > 1 && part.length <= 140);

const USED_TO =
  /\b(?:use[ds]?|process\w*|collect\w*|need(?:ed)?|keep|necessary)\b[^.;:]{0,140}? (?:in order to|so that we can|to|for the purposes? of|for) ([^.;:]{8,160})/i;
/** "We keep it for six years", "for as long as": how long, not what for. */
const HOW_LONG =
  /^(?:as|so|only as|no|not) long(?:er)?\b|^(?:(?:a|an|about|around|approximately|another|a further|only|up to|at least|at most|more than|no (?:more|longer) than|not (?:more|longer) than|a (?:maximum|minimum|period|total) of) )?(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|eighteen|twenty|several|a few|some)(?: \(\d{1,3}\))? (?:full |further |calendar |working |business |tax |financial )?(?:hours?|days?|weeks?|months?|years?)\b/i;

interface Details {
  purposes: string[];
  dataCategories: string[];
  recipients: string[];
  marketing: FoundMarketing | null;
}

export function detailsOf(document: NoticeDocument, kinds: SectionKinds[], activity: Activity): Details {
  const purposes = new Set<string>();
  const recipients = new Set<string>();
  const data = new Set<string>();
  let marketing = says('marketing', activity.title);
  let stop: Quote | null = null;
  for (const index of activity.blocks) {
    const block = document.blocks[index];
    if (!block || block.kind === 'heading') continue;
    const topic = topicOf(document, kinds, block);
    const plain = plainOf(document, block);
    for (const { trigger, says: category } of DATA_CATEGORIES)
      if (mayMatch(trigger, plain) && trigger.test(plain)) data.add(category);
    if (topic.has('sharing') && (block.kind !== 'paragraph' || LABEL.test(plain)))
      for (const name of listed(sliceOf(document, block))) recipients.add(name);
    if (topic.has('purposes') && (block.kind === 'cell' || LABEL.test(plain)))
      purposes.add(sliceOf(document, block).replace(LABEL, '').replace(/\s+/g, ' ').slice(0, 200));
    for (const sentence of block.sentences) {
      const words = plainOf(document, sentence);
      const purpose = USED_TO.exec(words)?.[1];
      if (purpose !== undefined && !HOW_LONG.test(purpose) && purposes.size < MOST)
        purposes.add(purpose.replace(/\s+/g, ' ').trim());
      if (says('marketing', words)) marketing = true;
      if (stop === null && says('marketing-stop', words)) stop = quoteOf(document, sentence);
    }
  }
  if (purposes.size === 0 && activity.from !== 'section') purposes.add(activity.title);
  return {
    purposes: [...purposes].slice(0, MOST),
    dataCategories: [...data],
    recipients: [...recipients].slice(0, MOST),
    marketing: marketing ? { stop } : null,
  };
}

export function transfersIn(document: NoticeDocument, kinds: SectionKinds[]): { evidence: Quote }[] {
  const found: { evidence: Quote }[] = [];
  for (const block of document.blocks) {
    if (block.kind === 'heading' || kinds[block.section]?.all.has('rights') || kinds[block.section]?.all.has('definitions'))
      continue;
    for (const sentence of block.sentences)
      if (found.length < 60 && says('transfer', plainOf(document, sentence)))
        found.push({ evidence: quoteOf(document, sentence) });
  }
  return found;
}

/** Items of sections and lists about sharing. */
export function recipientsIn(document: NoticeDocument, kinds: SectionKinds[]): { name: string; evidence: Quote }[] {
  return document.blocks
    .filter((block) => block.kind === 'item' && kinds[block.section]?.own.has('sharing') && block.end - block.start <= 400)
    .slice(0, 60)
    .map((block) => {
      const [first] = block.sentences;
      const span = first ?? block;
      return {
        name: sliceOf(document, span)
          .replace(/^[\W_]+|[\s.,;:]+$/g, '')
          .slice(0, 160),
        evidence: quoteOf(document, span),
      };
    });
}
