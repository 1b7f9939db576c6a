// The lawful bases that a notice states, each with the sentence that says so and where it binds.
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import { isOfTheUnion } from './articles.ts';
import { basisColumns, cellKinds, cellStatements, isAboutOthers, lettersOfColumn } from './basis-cells.ts';
import { framed, type BasisStatement, type Reading } from './basis-statement.ts';
import { plainOf, TERM_LEVEL, type Block, type NoticeDocument, type Section } from './document.ts';
import { blocksUnderBases } from './introduced-bases.ts';
import { labelsNamed } from './labelled-purposes.ts';
import { codesBehind, legendOf } from './legend.ts';
import { mentionsIn, type Mention } from './mentions.ts';
import { NAMED, type Frame } from './rules/frame.ts';
import { rulesFor } from './rules/languages.ts';
import { holds } from './rules/rule.ts';
import type { SectionKind } from './rules/section.ts';
import type { Kinds, SectionKinds } from './sections.ts';

const STRONG = 0.85;
/** So sure a statement is one of its own, whatever stands beside it. */
const STANDS = 0.79;
/**
 * Where such a section speaks of something else than why data are used, it does so of these bases: of when a computer may decide
 * (Article 22), of parents' consent, and of what one may complain of.
 */
const SPOKEN_OF: Partial<Record<SectionKind, ReadonlySet<LawfulBasis>>> = {
  automated: new Set(['contract', 'consent', 'legal_obligation']),
  children: new Set(['consent']),
  complaints: new Set(['consent', 'contract', 'legitimate_interests']),
};

/** A frame about how a sentence begins: what introduces an item stands before it, and does not change that. */
const BEGINS = /^\W*\p{Lu}/u;
const isAnchored = ({ trigger }: Frame): boolean => trigger.source.startsWith('^');

/** `text` begins with the introduction, `alone` without it. */
function frameOf(
  text: string,
  alone: string,
  { basis, byArticle }: Mention,
  words: string,
  inside: Kinds,
  frames: readonly Frame[],
): Frame | undefined {
  return frames.find(
    (frame) =>
      (frame.for === undefined || frame.for.includes(basis)) &&
      // Article 6 by its number is no condition of Article 9.
      !(byArticle && (frame.says === 'special' || frame.byWord === true)) &&
      (byArticle || frame.byNumber !== true) &&
      (frame.named === undefined || frame.named.test(words)) &&
      (frame.atLeast === undefined || (text.match(/[\u25c6\u25c7]/g)?.length ?? 0) >= frame.atLeast) &&
      !(frame.outsideBases && inside.has('basis')) &&
      !frame.outside?.some((kind) => inside.has(kind) && !inside.has('basis') && SPOKEN_OF[kind]?.has(basis) !== false) &&
      (holds(frame, text) ||
        (frame.says === 'right' && alone !== text && isAnchored(frame) && BEGINS.test(alone) && holds(frame, alone))),
  );
}

const sentenceAt = (document: NoticeDocument, block: Block, at: number): string => {
  const span = block.sentences.at(at);
  return span ? plainOf(document, span).replaceAll('\n', ' ') : '';
};

/** "The law allows it only for a proper reason. The reasons why we may process data are:": what the law lets everybody do. */
const MAY =
  /\b(?:why|for which|in which|when|where) (?:we|an organi[sz]ation|organi[sz]ations) (?:may|can|might|could|are allowed to)\b/i;
const isGeneral = (text: string, frames: readonly Frame[]): boolean =>
  text !== '' && frames.find((frame) => frame.for === undefined && holds(frame, `${text} ${NAMED}`))?.says === 'general';

/** "These include:". */
const ANAPHORA = /^\W*(?:these|they|those)(?: (?:reasons|bases|grounds|conditions))? (?:are|include)\b[^.]{0,40}:\s*$/i;

/** Terms are headings of their own: what introduces a list of them stands before the first. */
function beforeTerms({ sections, blocks }: NoticeDocument, { section }: Block): Block | undefined {
  const { level, parent } = sections[section] as Section;
  if (level !== TERM_LEVEL || parent === null) return undefined;
  let at = sections[section]?.heading ?? 0;
  while (at > 0 && blocks[at]?.section !== parent) at -= 1;
  const lead = blocks[at];
  return lead && lead.kind !== 'heading' ? lead : undefined;
}

/** What introduces the block, as the beginning of its sentence; empty where that states a basis by itself. */
function introduction(reading: Reading, block: Block, stating: ReadonlySet<number>): string {
  const { document, rules } = reading;
  const lead = block.leadIn === null ? beforeTerms(document, block) : document.blocks[block.leadIn];
  if (!lead || stating.has(lead.index)) return '';
  const text = sentenceAt(document, lead, -1);
  const before = sentenceAt(document, lead, -2);
  const law = (MAY.test(text) || ANAPHORA.test(text)) && isGeneral(before, rules.frames) ? `${before} ` : '';
  // What stands over a list of terms is no beginning of their sentences, but what the law says holds for all of them.
  if (block.leadIn === null && law === '' && !isGeneral(text, rules.frames)) return '';
  const above =
    lead.kind === 'item' && lead.leadIn !== null && /[:\u2013-]\s*$/.test(text) ? introduction(reading, lead, stating) : '';
  return `${above}${law}${framed(text, mentionsIn(text, rules), null, '')} `.slice(-600);
}

/** "Legitimate interest." as a sentence of its own. */
const ALONE = /^\W{0,4}(?:(?:our|your|the|a|unser|ihre|notre|votre|(?:uk |eu )?gdpr|dsgvo)\W{1,3})?\W{0,4}$/i;
const STARTS = 60;
/** "We have a legitimate interest in:": what stands under it are interests, a duty that is kept among them. */
const OPENS_INTERESTS = /(?:\binterests?\b|\binteressen?\b|\bint\u00e9r\u00eats?\b)[^.:;]{0,40}:\s*$/i;
const LONGEST_CONTINUATION = 90;
/** "Legal basis: consent. If you have bought before, …". */
const NEXT_CASE = /^(?:if|for|where|when|otherwise|in (?:the )?other|in all other)\b/i;
const LONGEST_CASE = 220;
/** No sentence that people write names more. */
const MOST_MENTIONS = 16;
/** "Weekly picks: consent, given when you join": in a section about bases what stands behind the colon is the basis of what stands before it. */
const BEHIND_PURPOSE =
  /^[^.:;?!\u25c6\u25c7]{3,220}(?:: ?| [\u2013\u2014-] ?)(?:(?:our|your|the|an?|unsere?|ihre?|die|notre|votre|le|[\w-]+'s?) ){0,2}$/i;
const LABELS = /^ ?(?:\([^()]{0,80}\) ?)?(?::|[\u2013\u2014-](?= ))/;
/** "Newsletter" in a section about bases, and "Consent - we write only to those who ask": the name of the basis labels what follows. */
const labels = (mention: Mention, plain: string, { all }: SectionKinds, under: boolean): boolean =>
  (under || all.has('basis')) &&
  !all.has('rights') &&
  !all.has('special') &&
  mention.start <= 6 &&
  LABELS.test(plain.slice(mention.end));
const LONGEST_LABELLED = 100;
const EXPLAINS = ['rights', 'special', 'definitions', 'sharing', 'transfers', 'retention', 'automated'] as const;
/** "Cameras film the gate. Legitimate interests: a safe hall.": behind what is done, the basis and what it is in. */
const labelsItself = (mention: Mention, plain: string, { all }: SectionKinds): boolean =>
  mention.start === 0 &&
  !mention.byArticle &&
  mention.basis !== 'consent' &&
  plain.length < LONGEST_LABELLED &&
  /^ ?:/.test(plain.slice(mention.end)) &&
  !EXPLAINS.some((kind) => all.has(kind));
const behindPurpose = (mention: Mention, mentions: readonly Mention[], plain: string, { own }: SectionKinds): boolean =>
  own.has('basis') && !own.has('rights') && mentions[0] === mention && BEHIND_PURPOSE.test(plain.slice(0, mention.start));

function bareStatement(mention: Mention, plain: string, kinds: SectionKinds, block: Block): boolean {
  const inside = kinds.own.has('basis') || (kinds.all.has('basis') && kinds.own.size === 0);
  if (!inside || kinds.own.has('rights') || kinds.own.has('special')) return false;
  const words = plain.split(/\s+/).length;
  return mention.start <= (block.kind === 'item' ? STARTS : STARTS / 2) || words <= 14;
}

/** "What we use your data for, and for how long": a section about both speaks of use. */
const aboutUse = ({ own, all }: SectionKinds): Kinds =>
  own.has('purposes') && own.has('retention') ? new Set([...all].filter((kind) => kind !== 'retention')) : all;

const OPENS = /:\s*$/;
function sentenceStatements(reading: Reading, block: Block, stating: ReadonlySet<number>): BasisStatement[] {
  const { document, rules, kinds } = reading;
  const around = kinds[block.section] ?? { own: new Set(), all: new Set() };
  const inside = aboutUse(around);
  if (around.all.has('general')) return [];
  const lead = block.leadIn !== null && stating.has(block.leadIn) ? document.blocks[block.leadIn] : undefined;
  const isInterest = lead !== undefined && OPENS_INTERESTS.test(sentenceAt(document, lead, -1));
  // "Legal basis: public task. For the optional bin: contract."
  let labelled = false;
  // "We may use data only if there is a reason, e.g.:" and a line for each.
  let opened = '';
  // Asked for where a sentence names a basis, which few do.
  let [known, isKnown]: [string?, boolean?] = [];
  const led = (): string => (known ??= introduction(reading, block, stating));
  const isLedByLaw = (): boolean => (isKnown ??= isGeneral(led().trimEnd(), rules.frames));
  return block.sentences.flatMap((sentence, index) => {
    const plain = plainOf(document, sentence).replaceAll('\n', ' ');
    const listed = opened;
    if (document.format === 'text')
      opened = OPENS.test(plain)
        ? `${framed(plain, mentionsIn(plain, rules), null, '')} `.slice(-400)
        : /[.!?]\s*$/.test(plain)
          ? ''
          : opened;
    const coded = around.all.has('rights') ? [] : codesBehind(plain, reading.legend);
    const place = block.kind === 'item' ? ('item' as const) : ('sentence' as const);
    if (coded.length > 0)
      return coded.map((basis) => ({ ...sentence, basis, rule: 'code/legend', confidence: 0.92, block: block.index, place }));
    if (!rules.names.test(plain)) return [];
    const mentions = mentionsIn(plain, rules).slice(0, MOST_MENTIONS);
    return mentions.flatMap((mention): BasisStatement[] => {
      const intro = index === 0 || isLedByLaw() ? led() : listed;
      const text = framed(plain, mentions, mention, intro);
      const frame = frameOf(
        text,
        text.slice(intro.length),
        mention,
        plain.slice(mention.start, mention.end),
        inside,
        rules.frames,
      );
      const found = { ...sentence, basis: mention.basis, block: block.index, place };
      const behind = block.kind === 'item' && behindPurpose(mention, mentions, plain, around);
      if (frame && !(behind && frame.says === 'general')) {
        if (frame.id.startsWith('basis-label')) labelled = true;
        return frame.says === 'applied' ? [{ ...found, rule: `${frame.id}/${mention.rule}`, confidence: frame.confidence }] : [];
      }
      if (ALONE.test(plain.slice(0, mention.start)) && ALONE.test(plain.slice(mention.end)) && !around.own.has('rights'))
        return [{ ...found, rule: `alone/${mention.rule}`, confidence: 0.86 }];
      if (index > 0 && labelsItself(mention, plain, around))
        return [{ ...found, rule: `label/${mention.rule}`, confidence: 0.8 }];
      if (index === 0 && labels(mention, plain, around, reading.under.has(block.index)))
        return [{ ...found, rule: `label/${mention.rule}`, confidence: 0.86 }];
      if (behind) return [{ ...found, rule: `behind-purpose/${mention.rule}`, confidence: 0.86 }];
      if (
        (labelled && plain.length < (NEXT_CASE.test(plain) ? LONGEST_CASE : LONGEST_CONTINUATION)) ||
        (index === 0 && !isInterest && bareStatement(mention, plain, around, block))
      )
        return [{ ...found, rule: `section/${mention.rule}`, confidence: 0.75 }];
      return [];
    });
  });
}

/** One statement of a basis in a block, and for the purposes that it names by their labels: the surest, the first of equals. */
function oncePerBlock(statements: BasisStatement[], document: NoticeDocument): BasisStatement[] {
  const best = new Map<string, BasisStatement>();
  for (const statement of statements) {
    const key = `${statement.basis} ${labelsNamed(plainOf(document, statement))?.join() ?? ''}`;
    const known = best.get(key);
    if (!known || statement.confidence > known.confidence) best.set(key, statement);
  }
  return [...best.values()].sort((one, other) => one.start - other.start);
}

/** "To keep the games fair. We …": paragraphs and items that each begin with their purpose. */
const hasHeadline = (block: Block | undefined): boolean => {
  const [first] = block?.sentences ?? [];
  return (
    (block?.kind === 'paragraph' || block?.kind === 'item') &&
    block.sentences.length > 1 &&
    first !== undefined &&
    first.end - first.start <= 70
  );
};
/** "Statistics cookies: …": an item that begins with its own subject. */
const OWN_SUBJECT = /^[^.:;?!]{3,90}:\s/;
/** "To send you offers we …": paragraphs that each begin with what is done. */
const PURPOSE_FIRST = /^\W*(?:to (?!this|that|these|the|us|you|do so)[a-z]+ \w|in order to |um \w|zur? \w|pour |afin de )/i;
const NEAR = 1;
/** A weak statement beside a strong one of the same basis explains it. `statements` in the order of the text. */
const withoutEchoes = (statements: BasisStatement[], document: NoticeDocument): BasisStatement[] => {
  const { blocks } = document;
  const hasSubject = (block: Block | undefined): boolean =>
    block?.kind === 'item' && OWN_SUBJECT.test(plainOf(document, block).slice(0, 100));
  const hasPurpose = (block: Block | undefined): boolean =>
    (block?.kind === 'paragraph' || block?.kind === 'item') && PURPOSE_FIRST.test(plainOf(document, block).slice(0, 60));
  const echoes = (weak: BasisStatement, other: BasisStatement): boolean =>
    other.basis === weak.basis &&
    (other.confidence >= STRONG || other.start < weak.start) &&
    blocks[other.block]?.section === blocks[weak.block]?.section &&
    !(
      other.block !== weak.block &&
      [hasHeadline, hasSubject, hasPurpose].some((own) => own(blocks[other.block]) && own(blocks[weak.block]))
    );
  return statements.filter((weak, index) => {
    if (weak.confidence >= STANDS) return true;
    for (const step of [-1, 1])
      for (let at = index + step; ; at += step) {
        const other = statements[at];
        if (!other || Math.abs(other.block - weak.block) > NEAR) break;
        if (echoes(weak, other)) return false;
      }
    return true;
  });
};

const SAYS_BASES = /\b(?:bas[ei]s|grounds?)\b|rechtsgrund|rechtliche grund|\bbases?\b|fondement/i;
/** "Processing needed to meet our legal obligations". */
const NEEDED = /\b(?:necessary|needed|required) (?:for|to|in)\b/i;
/** "To fulfil our contract with you", as a heading. */
const NAMES_WHY = /^\W*(?:\d[\d.]*\W+)?(?:to|for|with|when|where|because|if|on|in|as|by|under|through)\b[\w', ]{0,34}$/i;
const MOST_HEADING = 80;
/** Fewer bases than these may each be the title of something else. */
const SIBLINGS = 3;
/** Sections whose headings each name a basis, three of them at the least: they say why, whatever stands over them. By their parent. */
function sectionsOfBases({ document, rules }: Reading): Set<number> {
  const named = new Map<number, Set<LawfulBasis>>();
  for (const { heading, parent } of document.sections) {
    const block = heading === null ? undefined : document.blocks[heading];
    if (!block || parent === null) continue;
    const plain = plainOf(document, block);
    if (plain.length > MOST_HEADING || /\?\s*$/.test(plain)) continue;
    const [mention] = mentionsIn(plain, rules);
    if (!mention || mention.byArticle || !NAMES_WHY.test(plain.slice(0, mention.start))) continue;
    const known = named.get(parent);
    if (known) known.add(mention.basis);
    else named.set(parent, new Set([mention.basis]));
  }
  return new Set([...named].flatMap(([parent, bases]) => (bases.size >= SIBLINGS ? parent : [])));
}

/** What stands under a heading, where each item begins with its own purpose: their blocks. Empty where there is anything else. */
function purposesUnder({ blocks }: NoticeDocument, heading: Block): number[] {
  const under = blocks.slice(heading.index + 1, heading.index + 1 + MOST_PURPOSES);
  const last = under.findIndex(({ section }) => section !== heading.section);
  const own = last === -1 ? under : under.slice(0, last);
  return own.every((block) => block.kind === 'item' && hasHeadline(block)) ? own.map(({ index }) => index) : [];
}
const MOST_PURPOSES = 30;

/** Headings that name a basis inside a section about bases: what follows says for what. Not where the section says so itself. */
function headingStatements(reading: Reading, statements: readonly BasisStatement[]): BasisStatement[] {
  const { document, kinds, rules } = reading;
  const ofBases = sectionsOfBases(reading);
  const stated = new Set(statements.map(({ basis, block }) => `${basis} ${document.blocks[block]?.section}`));
  return document.sections.flatMap((section): BasisStatement[] => {
    const heading = section.heading === null ? undefined : document.blocks[section.heading];
    const above = section.parent === null ? undefined : kinds[section.parent];
    const isAmong = section.parent !== null && ofBases.has(section.parent);
    if (
      !heading ||
      !above ||
      (!isAmong && (!above.own.has('basis') || !SAYS_BASES.test(document.sections[section.parent ?? 0]?.title ?? ''))) ||
      above.own.has('rights') ||
      above.own.has('general') ||
      above.own.has('definitions') ||
      kinds[section.index]?.own.has('rights')
    )
      return [];
    const plain = plainOf(document, heading);
    const [mention] = mentionsIn(plain, rules);
    const before = plain.slice(0, mention?.start);
    const early =
      mention && (mention.start <= 12 || (mention.start <= STARTS && NEEDED.test(before)) || (isAmong && NAMES_WHY.test(before)));
    if (!mention || !early || plain.length > MOST_HEADING || /\?\s*$/.test(plain)) return [];
    const inside = stated.has(`${mention.basis} ${section.index}`);
    const next = document.blocks[heading.index + 1];
    if (inside || !next || next.kind === 'heading') return [];
    if (isGeneral(introduction(reading, next, new Set()).trimEnd(), rules.frames)) return [];
    const end = next.sentences[0]?.end ?? heading.end;
    const found = { basis: mention.basis, rule: `heading/${mention.rule}`, confidence: 0.8 };
    const purposes = isAmong ? purposesUnder(document, heading) : [];
    if (purposes.length > 1)
      return purposes.map((block) => ({ ...found, start: heading.start, end: heading.end, block, place: 'item' }));
    return [{ ...found, start: heading.start, end, block: next.index, place: 'sentence' }];
  });
}

const FEWEST_SIBLINGS = 2;
/** Items that begin with the name of a basis, in a list whose other items state two at the least: they state theirs. */
function siblingStatements({ document, rules, kinds }: Reading, statements: readonly BasisStatement[]): BasisStatement[] {
  const lists = new Map<number, Set<LawfulBasis>>();
  const stating = new Set(statements.map(({ block }) => block));
  for (const { block: index, basis } of statements) {
    const { kind, leadIn } = document.blocks[index] as Block;
    if (kind === 'item' && leadIn !== null) lists.set(leadIn, (lists.get(leadIn) ?? new Set()).add(basis));
  }
  return document.blocks.flatMap((block): BasisStatement[] => {
    const known = block.kind === 'item' && block.leadIn !== null ? lists.get(block.leadIn) : undefined;
    const [first] = block.sentences;
    if (!known || known.size < FEWEST_SIBLINGS || stating.has(block.index) || !first) return [];
    const plain = plainOf(document, first).replaceAll('\n', ' ');
    const mentions = mentionsIn(plain, rules).slice(0, MOST_MENTIONS);
    const [mention] = mentions;
    if (!mention || mention.start > EARLY || known.has(mention.basis)) return [];
    const text = framed(plain, mentions, mention, '');
    const verdict = frameOf(
      text,
      text,
      mention,
      plain.slice(mention.start, mention.end),
      kinds[block.section]?.all ?? new Set(),
      rules.frames,
    );
    if (verdict && verdict.says !== 'applied') return [];
    return [
      { ...first, basis: mention.basis, rule: `sibling/${mention.rule}`, confidence: 0.74, block: block.index, place: 'item' },
    ];
  });
}
/** In units of text: so much may stand before the name, "To comply with a". */
const EARLY = 24;

/** In the order of the text. */
export function lawfulBasesIn(document: NoticeDocument, kinds: SectionKinds[], language: string): BasisStatement[] {
  const rules = { ...rulesFor(language), union: isOfTheUnion(document.plain) };
  const reading: Reading = { document, kinds, rules, legend: legendOf(document, rules), under: blocksUnderBases(document) };
  const columns = basisColumns(reading);
  const statements: BasisStatement[] = [];
  const stating = new Set<number>();
  for (const block of document.blocks) {
    if (block.kind === 'heading' || reading.legend.blocks.has(block.index)) continue;
    const table = block.cell ? document.tables[block.cell.table] : undefined;
    let found: BasisStatement[];
    if (block.cell && table) {
      const holding = columns[block.cell.table] ?? new Set();
      const rowHead = block.cell.column > 0 ? table.rows[block.cell.row]?.[0] : null;
      if (block.cell.row < table.headerRows) found = [];
      else if (holding.has(block.cell.column) || cellKinds(document, rowHead).has('basis'))
        found = cellStatements(reading, block, lettersOfColumn(document, table, block.cell.column, rules.union));
      else
        found =
          holding.size > 0 || isAboutOthers(document, table)
            ? []
            : oncePerBlock(sentenceStatements(reading, block, stating), document);
    } else found = oncePerBlock(sentenceStatements(reading, block, stating), document);
    if (found.length > 0) stating.add(block.index);
    statements.push(...found);
  }
  return withoutEchoes(
    [...statements, ...siblingStatements(reading, statements), ...headingStatements(reading, statements)].sort(
      (one, other) => one.start - other.start,
    ),
    document,
  );
}
