// The processing activities of a notice: rows of its tables, sections of its own, blocks that begin with "Purpose:", items and
// paragraphs that name a purpose with its basis. And which statement of a basis belongs to which of them.
import { plainOf, sliceOf, TERM_LEVEL, type Block, type NoticeDocument, type Span } from './document.ts';
import type { BasisStatement } from './basis-statement.ts';
import { LABEL, labelledLists, purposesNamed, type LabelledPurpose } from './labelled-purposes.ts';
import { plainForm } from './plain-form.ts';
import { rowsAboutPeople, schedulesOf, type Schedule } from './records.ts';
import { rowsReferringTo } from './references.ts';
import type { SectionKind } from './rules/section.ts';
import { kindsOfTitle, isDocumentTitle, type Kinds, type SectionKinds } from './sections.ts';

export interface Activity extends Span {
  id: string;
  title: string;
  /** Blocks that speak of it. */
  blocks: Set<number>;
  /** From how close a unit it was made; the closer one takes a block. */
  from: 'row' | 'item' | 'label' | 'paragraph' | 'section';
}

export interface BoundStatement extends BasisStatement {
  activity: string | null;
}

/** Sections with these say something about activities; they are none. */
const ASPECTS = new Set(
  'basis rights sharing transfers retention definitions security children changes contact controller complaints collection purposes source special automated contents'.split(
    ' ',
  ),
);
const USES =
  /\b(?:we|us|our|personal (?:data|information)|your (?:data|information|details|name|email)|collect\w*|process\w*|use[ds]?)\b|\bwir\b|\bdaten\b|\bverarbeit|\bnous\b|\bdonn\u00e9es\b|\btrait(?:e|er|\u00e9e?s?|ement)(?!\p{L})/iu;
const PURPOSE_LABEL =
  /^\W*(?:purposes?(?: of (?:the )?processing)?|processing activity|activity|zwecke?(?: der (?:daten)?verarbeitung)?|finalit\u00e9s?(?: du traitement)?) ?:\s*/i;
const LONGEST_TITLE = 120;

const short = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= LONGEST_TITLE ? line : `${line.slice(0, line.lastIndexOf(' ', LONGEST_TITLE) || LONGEST_TITLE)}…`;
};

const slug = (title: string): string =>
  title
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[\d-]+(?=[a-z])|^-+|-+$/g, '')
    .split('-')
    .slice(0, 7)
    .join('-') || 'activity';

const isAspect = (kinds: Kinds): boolean =>
  [...kinds].some((kind) => ASPECTS.has(kind)) && !kinds.has('cookies') && !kinds.has('marketing');

/** An item that begins with the name of a basis is about that basis, not an activity. */
const NAMES_BASIS =
  /^\W*(?:\(?\w\)\W+)?(?:your |our |the |explicit )?(?:consent|contract|legal|legitimate|vital|public|performance|compliance|einwilligung|vertrag|berechtigte|rechtliche|gesetzliche|consentement|exécution|intérêt|obligation|art)/i;

/** As an item begins that says what for. */
const NAMES_PURPOSE = /^\W*(?:in order to|to|for|so that|zur?|um|für|pour|afin d['e])\b/i;

class Activities {
  readonly list: Activity[] = [];
  private readonly ids = new Map<string, number>();

  add(whole: string, span: Span, blocks: Iterable<number>, from: Activity['from']): Activity {
    const title = whole.slice(0, 4 * LONGEST_TITLE);
    const base = slug(title);
    const times = (this.ids.get(base) ?? 0) + 1;
    this.ids.set(base, times);
    const activity = {
      id: times === 1 ? base : `${base}-${times}`,
      title: short(title),
      start: span.start,
      end: span.end,
      blocks: new Set(blocks),
      from,
    };
    this.list.push(activity);
    return activity;
  }
}

const headerKinds = (document: NoticeDocument, table: number): Kinds[] => {
  const { rows, headerRows } = document.tables[table] ?? { rows: [], headerRows: 0 };
  return (rows[Math.max(0, headerRows - 1)] ?? []).map((cell) => {
    const block = cell === null ? undefined : document.blocks[cell];
    return block && headerRows > 0 ? kindsOfTitle(plainOf(document, block)) : new Set();
  });
};

/** A list of the companies that data goes to says what each is for; that is no activity of its own. */
function isOfRecipients(document: NoticeDocument, table: number, sections: SectionKinds[]): boolean {
  const cell = document.tables[table]?.rows.flat().find((each) => each !== null);
  const own = cell === undefined || cell === null ? undefined : sections[document.blocks[cell]?.section ?? 0]?.own;
  return own !== undefined && own.has('sharing') && !own.has('purposes') && !own.has('basis');
}

/** A table whose rows are activities has a column of bases, found or by its header, or one of purposes. */
function rowsOf(
  document: NoticeDocument,
  sections: SectionKinds[],
  statements: readonly BasisStatement[],
  into: Activities,
): void {
  const stating = new Set(
    statements.filter(({ place }) => place === 'cell').map(({ block }) => document.blocks[block]?.cell?.table),
  );
  document.tables.forEach((table, index) => {
    const kinds = headerKinds(document, index);
    if (!stating.has(index) && !kinds.some((kind) => kind.has('basis') || kind.has('purposes'))) return;
    if (!stating.has(index) && (kinds[0]?.has('sharing') || isOfRecipients(document, index, sections))) return;
    const purpose = kinds.findIndex((kind) => kind.has('purposes') && !kind.has('basis'));
    const basis = kinds.findIndex((kind) => kind.has('basis'));
    for (const [rowIndex, row] of table.rows.entries()) {
      if (rowIndex < table.headerRows) continue;
      const column = purpose >= 0 ? purpose : basis === 0 ? 1 : 0;
      const cells = row.flatMap((cell) => (cell === null ? [] : [document.blocks[cell] as Block]));
      const title = row[column] === null || row[column] === undefined ? cells[0] : document.blocks[row[column]];
      const [first] = cells;
      const last = cells.at(-1);
      if (!title || !first || !last || cells.length < 2) continue;
      const [line = ''] = sliceOf(document, title).split('\n');
      into.add(
        line,
        { start: first.start, end: last.end },
        cells.map((cell) => cell.index),
        'row',
      );
    }
  });
}

/** "Purpose: … Legal basis: …": from one such label to the next, or to the next heading. */
function labelledOf(document: NoticeDocument, kinds: SectionKinds[], into: Activities): void {
  const labels = new Map<number, number>();
  for (const block of document.blocks)
    if (block.kind !== 'cell' && PURPOSE_LABEL.test(plainOf(document, block)))
      labels.set(block.section, (labels.get(block.section) ?? 0) + 1);
  let open: Activity | null = null;
  for (const block of document.blocks) {
    if (block.kind === 'heading') open = null;
    const plain = plainOf(document, block);
    // One label in a section with a name of its own speaks of that section.
    const alone =
      labels.get(block.section) === 1 &&
      block.section > 0 &&
      !isAspect(kinds[block.section]?.own ?? new Set()) &&
      !isDocumentTitle(document.sections[block.section]?.title ?? '');
    const label = block.kind === 'cell' || alone ? null : PURPOSE_LABEL.exec(plain);
    if (label && plain.length > label[0].length + 3) {
      const [line = ''] = sliceOf(document, block).slice(label[0].length).split('\n');
      open = into.add(line, block, [block.index], 'label');
    } else if (open && block.kind !== 'cell') {
      open.blocks.add(block.index);
      open.end = block.end;
    }
  }
}

const NEVER = new Set([
  'rights',
  'definitions',
  'contact',
  'complaints',
  'controller',
  'contents',
  'changes',
  'transfers',
  'security',
]);

/**
 * A heading that names an occasion or the people whom it is about is an activity, whatever else its words are: "When you contact us",
 * "People who make a complaint". Not one that tells how to do something with the notice itself.
 */
const OCCASION =
  /\b(?:when|if|where|whenever) (?:you|someone|people|a \w+|an \w+) (?:\w+ )?(?:contact|write|call|phone|visit|order|buy|purchase|register|sign|subscribe|apply|create|use|book|join|donate|attend|enquire|inquire|make|complete|fill|submit|send|email|e-mail|comment|enter|participate|take|browse|download|pay|become|work|volunteer|open|chat|get in touch|come|stay|shop|place|ask)s?\b|\b(?:people|individuals?|persons|visitors?|customers?|users?|applicants?|candidates|members?|those|anyone|donors?|supporters|volunteers?|suppliers?|enquirers|patients?|pupils|students|parents|guests|subscribers|complainants|learners|delegates|attendees|participants|journalists|alumni|tenants|landlords|investors|shareholders|governors|trustees|speakers|witnesses|callers) (?:who|that|applying|making|visiting|attending|using|of our|to our|on our|in|and)\b|^\W*(?:individuals|visitors?) to\b|\b(?:contact|enquiry|feedback|complaints?|web|online) forms?\b|^\W*(?:\d[\d.)]* *)?(?:contacting us|enquiries|complaints|handling complaints|(?:feedback|comments|compliments|suggestions|enquiries|concerns) (?:and|&|or) complaints|complaints (?:and|&|or) (?:feedback|comments|compliments|suggestions|enquiries|concerns)|customer (?:enquiries|support|service))\W*$|\bwhen (?:visiting|using|browsing|contacting|ordering|buying|booking|renting|hiring|registering|subscribing|joining|becoming|applying|signing|donating|attending|calling|writing|shopping)\b|\b(?:on|through|via|by) our (?:web ?site|site|app|apps|software|shop|platform|forum)\b|kontaktformular|kontaktaufnahme|\bbeim (?:besuch|aufruf)\b|\bbei (?:der|einer) (?:anmeldung|registrierung|bestellung|bewerbung|buchung)\b|\blors de\b|\bwenn sie\b|\blorsque vous\b|\bsi vous\b|formulaires? de contact/;
const OF_THE_NOTICE =
  /\b(?:rights?|this (?:notice|policy)|more information|questions? about|do not (?:provide|want)|don't (?:provide|want)|fail to|concerns?|unhappy|dissatisfied|to complain|how to|under (?:1[3-8]|the age)|access to|copy of|child(?:ren)?)\b/;
const isOccasion = (title: string): boolean => {
  const plain = plainForm(title).toLowerCase();
  return OCCASION.test(plain) && !OF_THE_NOTICE.test(plain);
};
/** Told apart from the ways to write to somebody about the notice by stating a basis. */
const ALSO_ACTIVITIES = new Set(['contact', 'complaints', 'security', 'children', 'automated']);

/** For each section the nearest section around it, itself included, that is an activity of its own; null: none. */
function sectionsOf(
  document: NoticeDocument,
  kinds: SectionKinds[],
  taken: ReadonlySet<number>,
  stating: ReadonlySet<number>,
  schedules: readonly Schedule[],
  reasons: ReadonlySet<number>,
  into: Activities,
): void {
  const { sections, blocks } = document;
  // What looks like a heading there is a cell.
  const isCell = ({ start }: Span): boolean => schedules.some((one) => start >= one.start && start < one.end);
  const basesIn = new Set([...stating].map((block) => blocks[block]?.section));
  const named = sections.map(({ index, level, title }) => {
    const span = sections[index] as Span;
    if (index === 0 || level === TERM_LEVEL || isDocumentTitle(title) || isCell(span) || reasons.has(span.start)) return false;
    const { own, all } = kinds[index] ?? { own: new Set<SectionKind>(), all: new Set<SectionKind>() };
    if (isOccasion(title) && !all.has('rights') && !all.has('definitions') && !all.has('contents')) return true;
    if (basesIn.has(index) && own.size > 0 && [...own].every((kind) => ALSO_ACTIVITIES.has(kind))) return true;
    return !isAspect(own) && ![...all].some((kind) => NEVER.has(kind));
  });
  // Aspects and terms of a section belong to it.
  const holder: (number | null)[] = [];
  for (const { index, parent } of sections)
    holder.push(named[index] ? index : parent === null || parent === index ? null : (holder[parent] ?? null));
  const held = new Map<number, number[]>();
  for (const block of blocks) {
    const section = block.kind === 'heading' || taken.has(block.index) ? null : (holder[block.section] ?? null);
    if (section === null || (kinds[block.section]?.own.has('rights') ?? false)) continue;
    const list = held.get(section);
    if (list) list.push(block.index);
    else held.set(section, [block.index]);
  }
  for (const [index, own] of held) {
    const section = sections[index];
    if (!section) continue;
    const uses = own.some((block) => stating.has(block) || USES.test(plainOf(document, blocks[block] as Block)));
    if (!uses && !isOccasion(section.title)) continue;
    into.add(section.title.replace(/^[\d.)\s]+(?=\p{L})/u, ''), section, own, 'section');
  }
}

/** Sections that list what is done, and those that list on which occasions something is. */
const LISTS_PURPOSES = new Set(['purposes']);
const LISTS_OCCASIONS = new Set(['purposes', 'collection', 'source']);
const MOST_ITEMS = 30;
const LONGEST_ITEM = 400;
/** An occasion is named first. */
const OPENING = 60;
/** A list of people or occasions alone says nothing of what is done. */
const SAYS_WHAT =
  /\b(?:we|wir|nous)\b|verarbeite|gespeichert|erfasst|erhoben|\b(?:is|are|will be) (?:collected|processed|used|stored|recorded)\b|\btrait\u00e9/i;
/** Up to where an item has said what it is about. */
const CLAUSE = /^.{3,}?(?=[,;:.(\u2013\u2014]|$)/;

/**
 * Items of a list of purposes ("How we use your data": "to process your order") and items and paragraphs that name an occasion ("When
 * you contact us, we ..."), where they belong to no activity yet. A long list is one of details.
 */
function itemsOf(document: NoticeDocument, kinds: SectionKinds[], into: Activities): void {
  const taken = new Set(into.list.flatMap(({ blocks }) => [...blocks]));
  const bySection = new Map<number, Block[]>();
  for (const block of document.blocks) {
    const own = kinds[block.section]?.own ?? new Set<SectionKind>();
    if ((block.kind !== 'item' && block.kind !== 'paragraph') || block.level > 1 || taken.has(block.index)) continue;
    if (own.size === 0 || [...own].some((kind) => !LISTS_OCCASIONS.has(kind)) || block.end - block.start > LONGEST_ITEM) continue;
    const text = sliceOf(document, block);
    const [clause = text] = CLAUSE.exec(text) ?? [];
    const lists = block.kind === 'item' && [...own].some((kind) => LISTS_PURPOSES.has(kind)) && NAMES_PURPOSE.test(text);
    if (!lists && !(isOccasion(clause.slice(0, OPENING)) && SAYS_WHAT.test(text))) continue;
    bySection.set(block.section, [...(bySection.get(block.section) ?? []), block]);
  }
  for (const blocks of bySection.values())
    if (blocks.length <= MOST_ITEMS)
      for (const block of blocks) {
        const text = sliceOf(document, block);
        const [clause = text] = CLAUSE.exec(text) ?? [];
        into.add(clause, block, [block.index], 'item');
      }
}

const TITLE_END = /\s*(?:[:–—]|\s-\s)\s*/;
/** What stands before a colon may be "Email" or "Purpose". */
const SHORTEST_LABEL = 12;
/** "Your account. We process …": a few words with a full stop, then a sentence. */
const SHORT_HEAD = /^([^.!?:]{3,70})\.\s+(?=\p{Lu})/u;
const SAYS = /\b(?:we|our|is|are|was|will|may|can|must|wir|ist|sind|werden|nous|est|sont)\b/i;
const titleOfItem = (text: string): string => {
  const head = SHORT_HEAD.exec(text)?.[1];
  if (head !== undefined && !SAYS.test(head)) return head;
  const [before = text, rest] = text.split(TITLE_END, 2);
  return rest !== undefined && before.length >= 3 && before.length <= 140 ? before : text;
};

/**
 * The activities, and each statement with the one that it belongs to; null: the whole document. Order of binding: row, item,
 * label, paragraph, section, document.
 */
export function bindActivities(
  document: NoticeDocument,
  kinds: SectionKinds[],
  statements: readonly BasisStatement[],
): { activities: Activity[]; bound: BoundStatement[] } {
  const made = new Activities();
  rowsOf(document, kinds, statements, made);
  labelledOf(document, kinds, made);
  const schedules = schedulesOf(document);
  // Headings that say why, over items that each say what for.
  const reasons = new Set(
    statements.flatMap(({ rule, place, start }) => (rule.startsWith('heading/') && place === 'item' ? start : [])),
  );
  sectionsOf(
    document,
    kinds,
    new Set(made.list.flatMap(({ blocks }) => [...blocks])),
    new Set(statements.map(({ block }) => block)),
    schedules,
    reasons,
    made,
  );
  const titles = made.list.map(({ title }) => title);
  for (const row of rowsAboutPeople(schedules, titles)) made.add(row.title, row, row.blocks, 'row');
  const holders = new Map<number, Activity>();
  for (const from of ['section', 'label', 'row'] as const)
    for (const activity of made.list.filter((each) => each.from === from))
      for (const block of activity.blocks) holders.set(block, activity);
  const perSentence = new Map<number, Set<string>>();
  for (const { start, basis } of statements) perSentence.set(start, (perSentence.get(start) ?? new Set()).add(basis));
  const referred = rowsReferringTo(document, statements);
  const lists = labelledLists(document, kinds);
  /** The activity that begins with an entry of a labelled list: its row or section, or a new one. */
  const activityOf = ({ block, blocks }: LabelledPurpose): Activity => {
    const known = holders.get(block.index) ?? made.list.find(({ start }) => start === block.start);
    if (known?.start === block.start) return known;
    const activity = made.add(titleOfItem(sliceOf(document, block).replace(LABEL, '')), block, blocks, 'item');
    for (const index of blocks) holders.set(index, activity);
    return activity;
  };
  const bindTo = (statement: BasisStatement, title: string, from: Activity['from']): BoundStatement => {
    const block = document.blocks[statement.block] as Block;
    const activity = made.add(title, block, [block.index], from);
    holders.set(block.index, activity);
    return { ...statement, activity: activity.id };
  };
  const bound = statements.flatMap((statement): BoundStatement | BoundStatement[] => {
    const purposes = purposesNamed(document, lists, statement);
    if (purposes) return purposes.map((purpose) => ({ ...statement, activity: activityOf(purpose).id }));
    const rows = referred.get(statement)?.flatMap((cell) => holders.get(cell) ?? []);
    if (rows && rows.length > 0) return rows.map(({ id }) => ({ ...statement, activity: id }));
    const block = document.blocks[statement.block] as Block;
    const holder = holders.get(block.index);
    const own = kinds[block.section]?.own ?? new Set();
    const general = (perSentence.get(statement.start)?.size ?? 0) >= 3 || own.has('definitions');
    if (holder && !(general && holder.from === 'section' && own.has('basis'))) return { ...statement, activity: holder.id };
    const text = sliceOf(document, block);
    const [first] = block.sentences;
    // The heading says why, the item what for.
    if (block.kind === 'item' && reasons.has(statement.start) && first)
      return bindTo(statement, sliceOf(document, first), 'item');
    const ofPurposes = (own.has('purposes') || own.has('collection') || own.has('marketing')) && !own.has('basis');
    if (block.kind === 'item' && !general) {
      const title = titleOfItem(text);
      const isSentence = text.startsWith(`${title}.`);
      if (
        title !== text &&
        (isSentence || title.length > SHORTEST_LABEL) &&
        !kindsOfTitle(title).has('basis') &&
        !NAMES_BASIS.test(plainForm(title))
      ) {
        return bindTo(statement, title, 'item');
      }
      if (!ofPurposes || !NAMES_PURPOSE.test(text)) return { ...statement, activity: null };
    }
    if ((block.kind === 'paragraph' || block.kind === 'item') && !general && ofPurposes)
      return bindTo(statement, first ? sliceOf(document, first) : text, 'paragraph');
    return { ...statement, activity: null };
  });
  itemsOf(document, kinds, made);
  return { activities: made.list.sort((one, other) => one.start - other.start), bound };
}
