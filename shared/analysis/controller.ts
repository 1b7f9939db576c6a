// Which organisation answers for the processing, as the notice says it.
import { plainOf, sliceOf, type NoticeDocument, type Span } from './document.ts';
import { isAudience, isOrganisationName, nameAfter, nameBefore } from './organisation-name.ts';
import { mayMatch } from './required-words.ts';
import { plainForm } from './plain-form.ts';
import { CONTROLLER_RULES, LEGAL_FORM } from './rules/controller.ts';
import { everywhere } from './rules/rule.ts';
import type { SectionKinds } from './sections.ts';

export interface NamedOrganisation extends Span {
  name: string;
  rule: string;
}

interface Candidate extends NamedOrganisation {
  weight: number;
}

const QUICK =
  /controller|leaflet|booklet|verarbeitung durch|behalf of|verantwortlich|responsable|responsible|\bwe\b|\bour\b|\bus\b|operated|owned|provided|run by|published|posted|name ?:|\bis (?:a|an|the)\b|cookies|polic|notice|statement|"|committed|©|copyright|\(c\)|respects?|takes|values|collects?|process|uses|needs|édit|exploit|société|tablissement public|mutuelle|syndicat mixte|collectivité|association|company name|trading|t\/a|doing business|understands|recogni|officer|SARL|SAS/i;
const EARLY = 6000;
/** Before this a company that is named at all is likely the one that speaks. */
const FIRST = 1500;
const LATE = 3000;
/** A sentence about those who work for the controller. */
const OTHERS =
  /\b(?:processors?|(?:service|payment|hosting) providers?|hosted|on our behalf|we use|auftragsverarbeit\w*|dienstleister|sous-traitants?|prestataires?)\b/i;
/** Of other companies a notice says further down what they do. */
/** Where a company is named that others' data goes to. */
const GOES_TO = /\b(?:stor(?:es?|ed)|hosted|held|sent|sends|transferred)\b[^.]{0,60}\b(?:at|by|on|with|to|in)\b/i;
/** Where a company sits, between its name and what it is: "Acme Ltd, 3 High Street, Leeds, is the controller". */
const ADDRESS =
  /(?:,| of(?= (?:\d|[\p{Lu}][\p{L}'-]+ (?:hall|house|street|road|square|place|lane|avenue)\b)))(?=[^;:]{0,100}\b(?:\d{1,5}|hall|house|street|road|square|place|lane|offices?|rue|quai|avenue|boulevard)\b)[^;:]{0,120}$/iu;
const OTHERS_TITLE = /\bhosting|\bhoster|analytic|analyse|provider|anbieter|\bplug-?ins?\b|content delivery/i;
const EARLY_ONLY = new Set([
  'controller-is-a-kind-en',
  'controller-respects-en',
  'controller-is-a-en',
  'controller-title-en',
  'controller-notice-of-en',
]);

/** The controller is named early, at the end, or where the headings say so. */
const nearEdges = ({ text }: NoticeDocument, { start }: Span): boolean => start < EARLY || start > text.length - LATE;
const TELLS = new Set(['controller', 'contact', 'complaints'] as const);

function candidatesIn(document: NoticeDocument, kinds: SectionKinds[]): Candidate[] {
  const found: Candidate[] = [];
  const add = (name: string | null, weight: number, rule: string, around: Span): void => {
    if (name === null) return;
    const early = around.start < EARLY ? 1 : 0;
    found.push({ name, weight: weight + (LEGAL_FORM.test(name) ? 3 : 0) + early, rule, ...around });
  };
  const next = CONTROLLER_RULES.filter(({ says }) => says === 'next');
  const inline = CONTROLLER_RULES.filter(({ says }) => says !== 'next');
  document.blocks.forEach((block, index) => {
    const plain = plainOf(document, block);
    for (const rule of next) {
      if (
        plain.length > 140 ||
        !mayMatch(rule.trigger, plain) ||
        !rule.trigger.test(plain) ||
        rule.negators?.some((negator) => negator.test(plain))
      )
        continue;
      const following = document.blocks[index + 1];
      if (following && (block.kind === 'heading' || block.kind === 'cell' || /:\s*$/.test(plain))) {
        const line = firstLine(document, following);
        const name = SAYS_ITSELF.test(line) ? null : nameAfter(line);
        if (name && (line.length < 120 || LEGAL_FORM.test(name))) add(name, rule.weight, rule.id, following);
      }
    }
    const telling = [...(kinds[block.section]?.all ?? [])].some((kind) => (TELLS as ReadonlySet<string>).has(kind));
    if (!telling && !nearEdges(document, block) && !/controller|verantwortlich|responsable/i.test(plain)) return;
    const elsewhere = OTHERS_TITLE.test(document.sections[block.section]?.title ?? '');
    for (const sentence of block.sentences) {
      const text = document.plain.slice(sentence.start, Math.min(sentence.end, sentence.start + 600));
      if ((sentence.start < FIRST || telling) && found.length < 400 && !elsewhere && !OTHERS.test(text) && !GOES_TO.test(text))
        add(companyIn(text.slice(0, 300)), 2, 'company', sentence);
      if (!QUICK.test(text)) continue;
      for (const rule of inline) {
        if (OTHERS.test(text) && rule.weight < 9) continue;
        if (EARLY_ONLY.has(rule.id) && sentence.start > FIRST * 2) continue;
        if (rule.says === 'after' && LEFT_OPEN.test(text) && rule.trigger.test(`${text.trimEnd()} `)) {
          const line = block.sentences[block.sentences.indexOf(sentence) + 1];
          const following = line ?? document.blocks[index + 1];
          const name = following ? nameAfter(firstLine(document, following)) : null;
          // "Responsible is:", and a company on the line behind it; a person may stand there for many reasons.
          if (following && name && (!line || LEGAL_FORM.test(name))) add(name, rule.weight, rule.id, following);
        }
        if (rule.says === 'before') {
          if (!mayMatch(rule.trigger, text)) continue;
          let tries = 0;
          for (const match of text.matchAll(everywhere(rule.trigger))) {
            if ((tries += 1) > 4) break;
            if (rule.negators?.some((negator) => negator.test(match[0]))) continue;
            const before = text.slice(0, match.index).replace(WITH_OTHERS, '').replace(CALLED, ' ').replace(SITUATED, '');
            const behind = text.slice(match.index + match[0].length);
            const weight = rule.weight - (isOfPart(before, match[0], behind) ? OF_PART : 0);
            add(nameOf(before.replace(ADDRESS, '')) ?? nameOf(before), weight, rule.id, sentence);
          }
        } else {
          const name = nameBehind(text, rule.trigger);
          const ofPart = name !== null && rule.id === 'controller-operated-en' && isOperatedBeside(text);
          add(name, rule.weight - (ofPart ? OF_PART : 0), rule.id, sentence);
        }
      }
    }
  });
  return found;
}

/** In plain text a line may end anywhere. */
const firstLine = (document: NoticeDocument, span: Span): string =>
  document.format === 'text' ? plainOf(document, span) : plainForm(sliceOf(document, span).split('\n', 1)[0] ?? '');

/** "Responsible is the", and the name in the lines behind. */
const LEFT_OPEN = /(?::|\b(?:ist|sind)(?: die| der| das)?)\s*$/i;
/** A line under "Who is responsible?" that begins with that word itself: the other rules read it. */
const SAYS_ITSELF = /^\W*(?:(?:the|der|die|le|la|the data|our) )?(?:verantwortlich|data controller|controller|responsable)/i;

/** "… Trust and its subsidiary … Ltd": the first of them is who speaks. */
const WITH_OTHERS =
  /,? (?:and|together with) (?:its|our|their) (?:[\w-]+ ){0,3}(?:subsidiar|affiliat|trading|group|branch)[\s\S]{0,200}$/;

/** "We, at the Marsh Medical Centre situated at Marsh Court, 3 High Street, are". */
const SITUATED = /,? (?:situated|located) (?:at|in) [\s\S]{0,200}$/;

/** 'Acme Ltd ("Acme", "we"), 3 High Street': what it is called says nothing of where it sits. */
const CALLED = / ?\([^()]{0,90}"[^()]{0,90}\)/g;

/** "Our trading subsidiary, Acme Shops Ltd, is a controller for its customers"; "Acme Holidays Ltd is an independent controller of your package". */
const SUBSIDIARY =
  /\b(?:our|its|their|the [\w-]+'s) (?:[\w-]+ ){0,3}(?:subsidiar(?:y|ies)|(?:associated|sister) (?:business|company|companies)|trading (?:arm|company))\b/i;
const ONLY_WHERE = /^[\W\d]*(?:where|when|if|for|flights|orders|bookings)\b(?![^.]{0,40}\bthe purposes\b)/i;
const ONLY_FOR =
  /^(?: of| for| as regards| in respect of| in relation to| when| where)\b(?![^.;]{0,60}\b(?:data|information|processing|website|site|app|purposes?|notice|policy|services?|you)\b)/i;
/** "Flights with such a code are operated by". */
const OPERATED_PART = /^[\W\d]*(?:flights?|trains?|routes?|orders|bookings|payments?|some|certain|other|where|when|if)\b/i;
/** "Mailpost is a message sending service provided by Mailpost Inc.". */
const SERVICE_OF_OTHERS =
  /^\W*[\p{Lu}][^.]{1,50} is an? (?:[\w-]+ ){0,10}(?:services?|tools?|plug-?in|widget|network|software|platform|program(?:me)?)\b[^.]{0,60}\b(?:provided|offered|run|operated|owned|managed) by\b/u;
const isOperatedBeside = (text: string): boolean => OPERATED_PART.test(text) || SERVICE_OF_OTHERS.test(text);
const OF_PART = 7;
/** Whether the sentence speaks of who answers for a part: a subsidiary, a kind of booking. */
const isOfPart = (before: string, match: string, behind: string): boolean =>
  SUBSIDIARY.test(before) || (ONLY_WHERE.test(before) && /\bindependent\b/i.test(match)) || ONLY_FOR.test(behind);

const COMPANY =
  /\b(?:Ltd|Limited|LLC|LLP|PLC|plc|Inc|Corp|CIC|CIO|DAC|CLG|NV|N\.V|SpA|S\.p\.A|A\/S|ASA|Oyj|GmbH|gGmbH|AG|e\.V|SAS|SARL|AB|Oy|ApS|BV|B\.V)\b\.?/g;
/** The last name with a legal form in a text; an address may stand behind it. */
function companyIn(text: string): string | null {
  const form = [...text.matchAll(COMPANY)].at(-1);
  return form ? nameBefore(text.slice(0, form.index + form[0].length)) : null;
}

/** "La direction du numérique (DINUM)": a name in small letters is known by what stands behind it. */
const ACRONYM = /\(([A-Z][A-Z\d-]{2,11})\)\s*$/;
/** The name right before, unless an address stands between it and a company. */
/** In French the form stands first: "la SAS Les Vergers, au capital de". */
const FORM_FIRST = /\b(?:SARL|SASU?|EURL|SELARL|SCOP|SCIC)\b (?=[\p{Lu}\d])/u;
/** "La société Les Vergers du Lac, SAS au capital de": the article is part of the name, the form behind it is not. */
const COMPANY_FR =
  /\b(?:soci\u00e9t\u00e9|association|entreprise|coop\u00e9rative|fondation|mutuelle) ((?:Les?|La|L') ?[\p{Lu}][^,;:()\n]{2,60}?)(?:, ?(?:SARL|SASU?|EURL|SA|SCOP|SCIC))?\W*$/u;
/** "Le Centre hospitalier du Val, 12 avenue des Tilleuls, est": public bodies whose names go on in small letters. */
const BODY_FR =
  /^(?:Le |La |L')?(?=(?:Centre hospitalier|Communaut\u00e9 de communes|Communaut\u00e9 d'agglom\u00e9ration|Conseil d\u00e9partemental|Conseil r\u00e9gional|Office de tourisme|Caisse d'allocations|Maison d\u00e9partementale) )/;
function nameOf(before: string): string | null {
  const french = COMPANY_FR.exec(before.slice(-160))?.[1];
  if (french) return french;
  const body = BODY_FR.exec(before.slice(-300));
  if (body) return nameAfter(before.slice(-300).slice(body.index + body[0].length));
  const first = FORM_FIRST.exec(before.slice(-300));
  const behind = first && nameAfter(before.slice(-300).slice(first.index));
  if (behind) return behind;
  const near = nameBefore(before);
  if (near !== null && LEGAL_FORM.test(near)) return near;
  return companyIn(before.slice(-180)) ?? near ?? ACRONYM.exec(before)?.[1] ?? null;
}

const NAME_START = /(?:^|[\s:("'])(?=[\p{Lu}\d])/gu;
/** Rules that end where the name begins are tried at each place where a name can begin. */
function nameBehind(text: string, trigger: RegExp): string | null {
  if (!mayMatch(trigger, text)) return null;
  let tries = 0;
  for (const { 0: gap, index } of text.matchAll(NAME_START)) {
    const at = index + gap.length;
    tries += 1;
    if (tries > 14) return null;
    if (at > 0 && trigger.test(text.slice(Math.max(0, at - 220), at))) {
      const name = nameAfter(text.slice(at));
      if (name) return name;
    }
  }
  return null;
}

const key = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N} ]/gu, '')
    .replace(/\s+/g, ' ')
    .trim();

/** "Acme" where the text elsewhere says "Acme Trading Ltd". */
function withLegalForm(name: string, plain: string): string {
  if (LEGAL_FORM.test(name)) return name;
  let at = plain.indexOf(name);
  for (let tries = 0; at >= 0 && tries < 60; tries += 1, at = plain.indexOf(name, at + 1)) {
    const longer = nameAfter(plain.slice(at, at + 120));
    if (
      longer &&
      longer !== name &&
      longer.startsWith(`${name} `) &&
      /\b(?:Ltd|Limited|LLC|Inc|Corp|Corporation|PLC|plc|LLP|CIC|CIO|GmbH|gGmbH|AG|SE|UG|KG|OHG|GbR|e\.V|SAS|SARL|SA|AB|Oy|ASA|AS|ApS|BV|B\.V|NV)\b\.?$/.test(
        longer,
      )
    )
      return longer;
  }
  return name;
}

const TITLE_PARTS = /\s+[|\u2013\u2014\u00b7:-]+\s+/;
const ABOUT = /privacy|polic|notice|data protection|gdpr|cookies?|statement|datenschutz|confidentialit|home|legal/i;
/** The name that the page's title gives, where the text has it too. */
function titleIn({ declaredTitle, text }: NoticeDocument): NamedOrganisation | null {
  for (const part of (declaredTitle ?? '').split(TITLE_PARTS)) {
    const name = ABOUT.test(part) ? null : nameAfter(part);
    const start = name === null ? -1 : text.indexOf(name);
    if (name !== null && start >= 0) return { name, rule: 'title', start, end: start + name.length };
  }
  return null;
}

const KIND_OF_PLACE =
  /(?:[\p{Lu}][\p{L}'\u2019.&-]*,? (?:(?:of|and|for|the|&) )?){1,7}(?:School|Academy|College|University|Council|Trust|Surgery|Practice|Charity|Church|Hospital|Hospice|Association|Society|Federation|Nursery|Clinic|Foundation|Club)\b(?<!\bCode of Practice)/gu;
/** Where no sentence says whose the notice is: the school, council or practice that it names first, or again and again. */
function placeIn({ plain, text }: NoticeDocument): NamedOrganisation | null {
  const seen = new Map<string, { times: number; start: number; end: number }>();
  for (const { 0: match, index } of plain.slice(0, 200_000).matchAll(KIND_OF_PLACE)) {
    const name = nameAfter(match);
    const start = name === null ? -1 : plain.indexOf(name, index);
    if (name === null || start < 0 || isAudience(name) || OTHERS.test(plain.slice(Math.max(0, start - 80), start))) continue;
    const known = seen.get(key(name));
    if (known) known.times += 1;
    else seen.set(key(name), { times: 1, start, end: start + name.length });
  }
  const [best] = [...seen.values()].sort((one, other) => other.times - one.times || one.start - other.start);
  if (!best || (best.times < 3 && best.start > FIRST)) return null;
  const { start, end } = best;
  return { name: text.slice(start, end), rule: 'place', start, end };
}

/** Where no organisation is named: the site that the notice says it is for. */
function siteIn({ plain, text }: NoticeDocument): NamedOrganisation | null {
  const match =
    /\b(?:policy|notice|statement|page)\b[^.]{0,60}\b(?:covers|applies to|of|for|how) (?:the (?:website|site) )?(?:https?:\/\/)?(?:www\.)?([a-z\d-]{2,40}\.[a-z]{2,12})\b/i.exec(
      plain.slice(0, EARLY),
    );
  if (!match) return null;
  const end = match.index + match[0].length;
  const start = end - (match[1] ?? '').length;
  return { name: text.slice(start, end), rule: 'site', start, end };
}

/** The likeliest name; several ways of saying the same add up. */
export function controllerIn(document: NoticeDocument, kinds: SectionKinds[]): NamedOrganisation | null {
  const totals = new Map<string, { total: number; best: Candidate }>();
  for (const candidate of candidatesIn(document, kinds)) {
    if (!isOrganisationName(candidate.name) || isAudience(candidate.name)) continue;
    const known = totals.get(key(candidate.name));
    if (!known) totals.set(key(candidate.name), { total: candidate.weight, best: candidate });
    else {
      // The strongest counts whole, wherever it stands.
      const weaker = Math.min(candidate.weight, known.best.weight);
      known.total += Math.max(0, candidate.weight - known.best.weight) + weaker * 0.25;
      if (candidate.weight > known.best.weight) known.best = candidate;
    }
  }
  const ranked = [...totals.values()].sort((one, other) => other.total - one.total);
  const best = ranked[0]?.best;
  if (!best) return titleIn(document) ?? placeIn(document) ?? siteIn(document);
  const { rule, start, end } = best;
  return { name: withLegalForm(best.name, document.plain), rule, start, end };
}
