// The retention statements of a notice: a period with the event it runs from where the text says it, or a criterion.
import { plainOf, type Block, type NoticeDocument, type Span } from './document.ts';
import { periodsIn, type Period } from './periods.ts';
import { RETENTION_RULES, type RetentionSays } from './rules/retention.ts';
import { holds } from './rules/rule.ts';
import { kindsOfTitle, type Kinds, type SectionKinds } from './sections.ts';

export interface RetentionStatement extends Span {
  /** P7Y, or null where only a criterion is given. */
  duration: string | null;
  /** The event it runs from: "last-contact". */
  anchor: string | null;
  bound: 'exact' | 'min' | 'max';
  block: number;
}

const says = (kind: RetentionSays, text: string): boolean =>
  RETENTION_RULES.some((rule) => rule.says === kind && holds(rule, text));

const ANCHOR =
  /\b(?:after|from|following|since|of|beginning|upon|nach|ab|seit|\u00e0 compter d[eu']|apr\u00e8s|suivant)\b (?:the |your |our |a |an |their |its |der |die |das |dem |ihrer |ihrem |la |le |l'|votre |notre |you |it |he |she |they |date of |end of (?=(?:the|your) \w)|(?:receiv|receipt)\w* of ){0,4}([\p{L}][\p{L} '-]{2,60})/iu;
const STOP_WORDS =
  /\b(?:with|and|or|unless|in|for|to|which|that|when|if|by|we|you|und|oder|et|ou|sauf|avec|concerning|concernant|der|des|du|de la|as|on|at|from|is|are|was|were|has|have)\b.*$/i;

function anchorIn(plain: string, [period]: Period[]): string | null {
  const tail = period ? plain.slice(period.end, period.end + 120) : '';
  const words = ANCHOR.exec(tail)?.[1]
    ?.replace(STOP_WORDS, '')
    .trim()
    .split(/\s+/)
    .slice(0, 4)
    .join('-')
    .toLowerCase()
    .replace(/[^\p{L}-]/gu, '');
  if (words) return words;
  const before = period ? plain.slice(Math.max(0, period.start - 40), period.start) : '';
  return /([\p{L} ]{3,30}?) ?\+ ?$/u.exec(before)?.[1]?.trim().toLowerCase().replace(/\s+/g, '-') || null;
}

function statement(document: NoticeDocument, span: Span, block: Block): RetentionStatement {
  const plain = plainOf(document, span);
  const periods = periodsIn(plain);
  const before = periods[0] ? plain.slice(Math.max(0, periods[0].start - 30), periods[0].start) : plain;
  return {
    ...span,
    duration: periods[0]?.iso ?? null,
    anchor: anchorIn(plain, periods),
    bound: says('bound-min', before) ? 'min' : says('bound-max', before) ? 'max' : 'exact',
    block: block.index,
  };
}

/** "…, call recordings for two years and CVs for one": behind a period, another thing with a period of its own. */
const NEXT_THING =
  /^[^,;.]{0,60}?(?:, and |, |; | and | und | et )(?!(?:for|after|from|then|thereafter|until|up|a|another|f\u00fcr|dann|pour|puis)\b)[\p{L}][\p{L}\u2019' -]{2,60} (?:for|after|within|f\u00fcr|nach|pendant|pour) (?:(?:up to|at least|a maximum of|a period of|bis zu) )?$/iu;
const JOINS = /, and |, |; | and | und | et /iu;

/** "… and wills indefinitely": as good as a period. */
const WITHOUT_END = /\b(?:indefinitely|permanently|unbefristet|dauerhaft|ind\u00e9finiment)\b/gi;
const THING_BEFORE = /^[^,;.]{0,60}?(?:, and |, |; | and | und | et )[\p{L}][\p{L}\u2019' -]{2,60} $/iu;

/** A sentence that says of several things how long each is kept, in its parts; any other as it is. */
function partsOf(document: NoticeDocument, sentence: Span): Span[] {
  const plain = plainOf(document, sentence);
  const endless = [...plain.matchAll(WITHOUT_END)].map(({ index, 0: word }) => ({
    start: index,
    end: index + word.length,
    endless: true,
  }));
  const periods = [...periodsIn(plain).map((period) => ({ ...period, endless: false })), ...endless].sort(
    (one, other) => one.start - other.start,
  );
  const starts = [0];
  periods.slice(1).forEach((period, index) => {
    const from = periods[index]?.end ?? 0;
    const between = plain.slice(from, period.start);
    const join = (period.endless ? THING_BEFORE : NEXT_THING).test(between) ? JOINS.exec(between) : null;
    if (join) starts.push(from + join.index + join[0].length);
  });
  return starts.map((start, index) => ({
    start: sentence.start + start,
    end:
      index + 1 < starts.length
        ? sentence.start + plain.slice(0, starts[index + 1]).replace(/(?:,? ?(?:and|und|et)|[,;])? *$/i, '').length
        : sentence.end,
  }));
}

const introductionOf = (document: NoticeDocument, block: Block): string => {
  const lead = block.leadIn === null ? undefined : document.blocks[block.leadIn];
  return lead ? plainOf(document, lead.sentences.at(-1) ?? lead) : '';
};

const columnKinds = (document: NoticeDocument, block: Block): Kinds => {
  const table = block.cell && document.tables[block.cell.table];
  const header = table && block.cell && table.headerRows > 0 ? table.rows[table.headerRows - 1]?.[block.cell.column] : null;
  const head = header === null || header === undefined ? undefined : document.blocks[header];
  return head ? kindsOfTitle(plainOf(document, head)) : new Set();
};

/** "Keeping it." before the text of a paragraph is a heading to it. */
function runInKinds(document: NoticeDocument, block: Block): Kinds {
  const [first] = block.sentences;
  if (block.kind !== 'paragraph' || !first || block.sentences.length < 2 || first.end - first.start > 40) return new Set();
  const label = plainOf(document, first);
  return /^[^,]{4,40}[.:]\W*$/.test(label) ? kindsOfTitle(label) : new Set();
}

/** "CVs:" on the line above belongs to "leaving date + 7 years". */
function withLabel(document: NoticeDocument, span: Span, block: Block): Span {
  const lead = block.leadIn === null ? undefined : document.blocks[block.leadIn];
  const labels =
    lead &&
    lead.index === block.index - 1 &&
    lead.end - lead.start < 160 &&
    block.kind === 'paragraph' &&
    span.end - span.start < 120;
  return labels && /:\s*$/.test(plainOf(document, lead)) ? { start: lead.start, end: span.end } : span;
}

const PRINCIPLES = new Set(['definitions', 'rights', 'security', 'children'] as const);
const LONE_PERIOD =
  /^\W*(?:(?:at least|up to|minimum(?: of)?|maximum(?: of)?|after|for|approximately|about|mindestens|maximal|bis zu|nach)\s+)?\S+(?: \(\w+\))?[- ](?:full )?(?:years?|yrs?|months?|weeks?|days?|jahre?|monate?|tage?|wochen?|ans?|mois|jours?)\b/i;
/** The organisation itself says that it keeps. */
const EXPLICIT =
  /\bwe(?:'ll| will| may| shall| do| can)?(?: only| also| then)? (?:keep|retain|hold|store)\b|\b(?:is|are|be|been) (?:only )?(?:kept|retained|stored|held)\b|\bretains\b|\bremains? (?:with us|stored|on (?:file|our))\b/i;
const KEPT = /dur\u00e9e de vie|\b(?:kept|keep|retain\w*|held|gespeichert|aufbewahr\w*|conserv\w*)\b/i;
const FROM_HEADING =
  /^\W*(?:only |just |usually |normally )?(?:(?:for )?(?:as|so) long as|until|for the (?:duration|length|life|lifetime)|while|no longer than|nur so lange|solange|bis (?:zu|sie)|jusqu'|tant que|pendant)\b/i;
/** "Subscriptions: 2 years after they end." */
const OF_WHAT = /^[^.:?!]{3,40}: /;
const RUNS_FROM = /\b(?:after|from|following|since|nach|ab|apr\u00e8s|\u00e0 compter)\b|\+/i;

/** "Five years." behind what it is said of, "Accident files: five years." */
const WHOLLY_A_PERIOD =
  /^(?:[^.:]{0,50}\b(?:records?|files?|logs?|letters|photos|photographs|footage|recordings|documents|messages|accounts|invoices|correspondence|daten|akten|unterlagen|rechnungen|protokolle|aufnahmen|dossiers|factures|journaux): ?)?(?:at least |up to |mindestens |bis zu )?(?:one|two|three|four|five|six|seven|eight|ten|twelve|ein|zwei|drei|vier|f\u00fcnf|sechs|sieben|acht|zehn|zw\u00f6lf|un|deux|trois|quatre|cinq|six|dix|douze|\d{1,2}) (?:years?|months?|weeks?|days?|jahre?|monate?|wochen|tage|ans?|mois|semaines?|jours?)\W*$/i;

/** "Six months after you join, we ask you": what happens then, not how long something is kept. */
const HAPPENS_THEN =
  /^[^,]{5,80}, (?:we|you|our|a|an|the|they)\b[^.]{0,60}\b(?:ask|invite|contact|write to|send|call|offer|ring)\b/i;

function isRetention(plain: string, block: Block, around: Kinds, intro: string): boolean {
  if (/\?\s*$/.test(plain) || says('not', plain)) return false;
  const principles = [...around].some((kind) => (PRINCIPLES as ReadonlySet<string>).has(kind)) && !around.has('retention');
  const periods = periodsIn(plain);
  const keeps = says('keeps', plain);
  const introduced = says('keeps', intro) && !says('not', intro);
  const aside = says('aside', plain);
  if (periods.length > 0) {
    if (keeps) return !principles || KEPT.test(plain);
    if (principles || aside || HAPPENS_THEN.test(plain)) return false;
    if (introduced || (around.has('retention') && plain.length < 300)) return true;
    if (block.kind !== 'cell' && WHOLLY_A_PERIOD.test(plain)) return true;
    const lone = plain.replace(OF_WHAT, '');
    return plain.length < 120 && (LONE_PERIOD.test(lone) || /\+ ?\d/.test(plain)) && RUNS_FROM.test(lone);
  }
  if (
    aside &&
    !(says('limit', plain) && (EXPLICIT.test(plain) || !/\b(?:you (?:can|may|could|might)|ask us|request)\b/i.test(plain)))
  )
    return false;
  if (principles && !(says('limit', plain) && EXPLICIT.test(plain) && !around.has('definitions'))) return false;
  if (keeps && says('criterion', plain)) return true;
  // "Mailing list: until you leave it" where all is about how long.
  if (
    around.has('retention') &&
    !aside &&
    plain.length < 120 &&
    /^[^.:]{3,60}: ?(?:until|(?:for )?(?:as|so) long as|while|(?:the )?end of)\b/i.test(plain)
  )
    return true;
  // "For as long as your account is open." under "How long we keep it".
  if (around.has('retention') && !aside && FROM_HEADING.test(plain)) return true;
  return introduced && block.kind === 'item' && says('criterion', plain);
}

/** "How long? Six years.": what the sentence before asks, where it asks how long. */
function asked(document: NoticeDocument, { sentences }: Block, index: number): Kinds | null {
  const before = sentences[index - 1];
  if (!before || before.end - before.start > 40) return null;
  const question = plainOf(document, before);
  const kinds = /\?\W*$/.test(question) ? kindsOfTitle(question) : null;
  return kinds?.has('retention') ? kinds : null;
}

const QUICK =
  /hour|minute|stund|\u00fcberspiel|befrist|dauernd|tenu|gard|\bterme\b|stay|\btime\b|same|remain|maintain|for life|overwr|bewahr|verbleib|keep|kept|retain|retention|stor|hold|held|delet|eras|destr|remov|anonym|archiv|preserv|dispos|purg|expir|year|month|week|fortnight|\bgoes?\b|gone|day|yr|long|until|lifetime|unidentif|wipe|shred|during|aufbewahr|speicher|lösch|jahr|monat|tag|woche|solange|jusqu|conserv|supprim|sauvegard|effac|stock|durée|\bans?\b|mois|jour|temps|dauer|duration|indefinit/i;

/** "See the lender's notice": a cell that says nothing itself. */
const ELSEWHERE = /^\W*(?:see|n\/a|not applicable)\b/i;

/** In the order of the text. */
export function retentionIn(document: NoticeDocument, kinds: SectionKinds[]): RetentionStatement[] {
  const found: RetentionStatement[] = [];
  for (const block of document.blocks) {
    const ran = runInKinds(document, block);
    const around = ran.size > 0 ? ran : (kinds[block.section]?.all ?? new Set());
    if (block.kind === 'heading') {
      const plain = plainOf(document, block);
      if (LONE_PERIOD.test(plain) && periodsIn(plain).length > 0 && plain.split(' ').length < 20 && document.format === 'text')
        found.push(statement(document, block, block));
      continue;
    }
    const inColumn = block.cell ? columnKinds(document, block) : null;
    const table = block.cell && document.tables[block.cell.table];
    if (table && block.cell && block.cell.row < table.headerRows) continue;
    const own: Span[] = [];
    block.sentences.forEach((sentence, index) => {
      const plain = plainOf(document, sentence).replaceAll('\n', ' ');
      const intro = index === 0 ? introductionOf(document, block) : '';
      if (QUICK.test(plain) && isRetention(plain, block, asked(document, block, index) ?? around, intro))
        own.push(...partsOf(document, sentence));
    });
    if (
      own.length === 0 &&
      inColumn?.has('retention') &&
      block.end - block.start < 400 &&
      !ELSEWHERE.test(plainOf(document, block))
    )
      own.push({ start: block.start, end: block.end });
    found.push(...own.map((span) => statement(document, withLabel(document, span, block), block)));
  }
  return found;
}
