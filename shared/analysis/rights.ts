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

/** Of sentences elsewhere only those with a word of it are asked about, which is quicker than asking every rule. */
const QUICK =
  /fix|wrong|\bsee\b|\btake|\bmove|maschinenlesbar|\bart(?:icle|ikel|\.)? ?\d|right|access|correct|rectif|eras|delet|object|complain|withdraw|consent|commissioner|authority|recht|auskunft|berichtig|lösch|wider|beschwer|einschränk|automat|portab|droit|accès|retir|réclam|plainte|oppos|limit|décès|market|inform|mind\b|\byes\b|human|person|someone|somebody|staff|pause|freez|frozen|hold|\bbin\b|scrap|wipe|\brid\b|\bport\b|copy|carry|agree|stop|say no|\bico\b|\bdpc\b|happy|satisf|data protection|copy|export|modif|révoqu|retrait|saisir|einwilligung|zustimmung|lodge|told|unsubscribe|opt[- ]?out|preferences|request|portabil|zugreif|zugang|zugriff|korrig|korrekt|ändern|übertrag|transmit|transfer|restrict|suspend|block|damage|compens|prevent|remov|remed|sue/i;
/** Sections that use the words of rights for something else. */
const ELSEWHERE = new Set(['security', 'cookies', 'children', 'changes', 'sharing', 'transfers'] as const);

/** "The right to erasure does not apply to your record": who is told so does not have it. */
const NOT_GIVEN =
  /\brights? (?:to|of)\b[^.;]{0,120}\b(?:do|does|will)(?: not|n't) (?:\w+ )?apply\b(?! (?:if|where|when|in all|to all|in every))/i;

const introductionOf = (document: NoticeDocument, block: Block): string => {
  const lead = block.leadIn === null ? undefined : document.blocks[block.leadIn];
  return lead ? plainOf(document, lead.sentences.at(-1) ?? lead) : '';
};

/** Over the cell, what its column says; before the text of a paragraph, the label that it begins with ("Rights."). */
const aboveOf = (document: NoticeDocument, block: Block): string => {
  const table = block.cell && document.tables[block.cell.table];
  const header = table && block.cell && table.headerRows > 0 ? table.rows[table.headerRows - 1]?.[block.cell.column] : null;
  const head = header === null || header === undefined ? undefined : document.blocks[header];
  if (head) return plainOf(document, head);
  const [first] = block.sentences;
  return first && block.sentences.length > 1 && first.end - first.start < 40 ? plainOf(document, first) : '';
};
const ABOVE_RIGHTS =
  /^\W*(?:what )?you (?:can|may|could)(?: do| ask(?: us)?(?: for| to)?)?\W*$|^\W*(?:your )?rights?(?: you have)?\W*$|^\W*(?:ihre? )?rechte?\W*$|^\W*(?:vos )?droits?\W*$/i;

/** In the order of the text; each right once. */
export function rightsIn(document: NoticeDocument, kinds: SectionKinds[]): RightStatement[] {
  const found = new Map<Right, RightStatement>();
  for (const block of document.blocks) {
    const around = kinds[block.section]?.all ?? new Set();
    const inRights = around.has('rights');
    const introduced = ABOVE_RIGHTS.test(aboveOf(document, block)) || holds(SPEAKS_OF_RIGHTS, introductionOf(document, block));
    for (const sentence of block.sentences) {
      const plain = plainOf(document, sentence).replaceAll('\n', ' ');
      if ((!inRights && !introduced && !QUICK.test(plain)) || NOT_GIVEN.test(plain)) continue;
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
