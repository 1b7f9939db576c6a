// The rights that a notice names, each with the sentence that first does.
import type { Right } from '../notice/rights.ts';
import { plainOf, type Block, type NoticeDocument, type Span } from './document.ts';
import { RIGHTS_RULES, SPEAKS_OF_RIGHTS } from './rules/rights.ts';
import { holds } from './rules/rule.ts';
import type { SectionKinds } from './sections.ts';

export interface RightStatement extends Span {
  right: Right;
  rule: string;
}

const QUICK =
  /fix|wrong|\bsee\b|\btake|\bmove|maschinenlesbar|\bart(?:icle|ikel|\.)? ?\d|right|access|correct|rectif|eras|delet|object|complain|withdraw|consent|commissioner|authority|recht|auskunft|berichtig|lösch|wider|beschwer|einschränk|automat|portab|droit|accès|retir|réclam|plainte|oppos|limit|décès|market|inform|copy|export|modif|told|request|portabil|zugreif|zugang|zugriff|korrig|korrekt|ändern|übertrag|transmit|transfer|restrict|suspend|block|damage|compens|prevent|remov|remed|sue/i;
/** Sections that use the words of rights for something else. */
const ELSEWHERE = new Set(['security', 'cookies', 'children', 'changes', 'sharing', 'transfers'] as const);

const introductionOf = (document: NoticeDocument, block: Block): string => {
  const lead = block.leadIn === null ? undefined : document.blocks[block.leadIn];
  return lead ? plainOf(document, lead.sentences.at(-1) ?? lead) : '';
};

/** In the order of the text; each right once. */
export function rightsIn(document: NoticeDocument, kinds: SectionKinds[]): RightStatement[] {
  const found = new Map<Right, RightStatement>();
  for (const block of document.blocks) {
    const around = kinds[block.section]?.all ?? new Set();
    const inRights = around.has('rights');
    const introduced = holds(SPEAKS_OF_RIGHTS, introductionOf(document, block));
    for (const sentence of block.sentences) {
      const plain = plainOf(document, sentence).replaceAll('\n', ' ');
      if (!QUICK.test(plain)) continue;
      const elsewhere = [...around].some((kind) => (ELSEWHERE as ReadonlySet<string>).has(kind));
      const speaks = inRights || (introduced && !elsewhere) || (holds(SPEAKS_OF_RIGHTS, plain) && !elsewhere);
      for (const rule of RIGHTS_RULES) {
        if (found.has(rule.says) || (rule.scope === 'lead-in' && !speaks) || !holds(rule, plain)) continue;
        found.set(rule.says, { ...sentence, right: rule.says, rule: rule.id });
      }
    }
  }
  return [...found.values()].sort((one, other) => one.start - other.start);
}
