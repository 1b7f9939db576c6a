// The facts found in a notice in prose, in the form in which a declared notice has them, so that one interface shows both. What the
// text leaves open stays empty; nothing is added.
import type { Contact, LawfulBasisStatement, PrivacyNotice, ProcessingActivity, RetentionRule } from '../notice/schema.ts';
import type { NoticeDocument } from './document.ts';
import type { FoundBasis, FoundContact, FoundRetention, NoticeAnalysis, Quote } from './result.ts';
import { issueWords } from '../notice/issues.ts';
import { replacedLaw } from './replaced-law.ts';

const LABEL = 300;
const TEXT = 4000;
const EXCERPT = 4000;

const statement = (evidence: Quote): { statement: string; evidence: Quote } => ({
  statement: evidence.quote.replace(/\s+/g, ' ').trim().slice(0, TEXT),
  evidence,
});

const basisOf = ({ basis, evidence }: FoundBasis): LawfulBasisStatement => ({ basis, ...statement(evidence) });

function retentionOf({ evidence, duration, anchor, bound }: FoundRetention): RetentionRule {
  const said = statement(evidence);
  if (duration === null) return { ...said, rule: { type: 'criteria', criteria: said.statement } };
  return {
    ...said,
    rule: anchor === null ? { type: 'fixed', period: duration, bound } : { type: 'after_event', period: duration, bound, anchor },
  };
}

const contactOf = ({ kind, value, role }: FoundContact): Contact => ({ kind, value: value.slice(0, LABEL), role });

const MARKETING = /\b(?:marketing|newsletter|promot)|werb|prospection/i;

export interface ProseNotice {
  notice: PrivacyNotice;
  /** What the notice says of each activity, by its index: for finding the pages that it is about. */
  texts: string[];
}

/** `title`: what to call the document where it does not say. */
/**
 * The law that a notice in German or French names by the name that it has in that language. In English one text often names two, and the
 * authority tells more.
 */
function regimesOf({ plain }: NoticeDocument, language: string): string[] {
  const [name] = (language === 'de' || language === 'fr' ? /\b(?:DSGVO|DS-GVO|RGPD)\b/.exec(plain) : null) ?? [];
  return name === undefined ? [] : [name];
}

type Activity = NoticeAnalysis['activities'][number];
/** Issues that are of some activities: which those are. */
const OF_ACTIVITIES: Partial<Record<NoticeAnalysis['issues'][number], (activity: Activity) => boolean>> = {
  BASIS_MISSING: ({ lawfulBasisStatus }) => lawfulBasisStatus === 'not_stated',
  BASIS_PREAMBLE_ONLY: ({ lawfulBasisStatus }) => lawfulBasisStatus === 'document_only',
  MARKETING_STOP_MISSING: ({ marketing }) => marketing !== null && marketing.stop === null,
};
const MOST_NAMED = 5;

/** Which activities it is about, where it is about some: "no basis stated" of one is not said of the whole text. */
function issueStatement(code: NoticeAnalysis['issues'][number], { activities }: NoticeAnalysis): string {
  const { title } = issueWords(code);
  const isOf = OF_ACTIVITIES[code];
  const named = isOf ? activities.filter(isOf).map((activity) => `\u201c${activity.title.slice(0, 80)}\u201d`) : [];
  if (named.length === 0) return title;
  const more = named.length > MOST_NAMED ? ` and ${named.length - MOST_NAMED} more` : '';
  return `${title}: ${named.slice(0, MOST_NAMED).join(', ')}${more}`;
}

export function asNotice(document: NoticeDocument, analysis: NoticeAnalysis, title: string): ProseNotice {
  const heading = document.sections.find(({ index, level }) => index > 0 && level === 1)?.title;
  const contacts = analysis.contacts;
  const activities = analysis.activities.slice(0, 200).map((activity): ProcessingActivity => ({
    id: activity.id,
    title: activity.title.slice(0, LABEL),
    dataCategories: activity.dataCategories.map((name) => ({ name })),
    purposes: activity.purposes.map((text) => ({
      text: text.slice(0, LABEL),
      kind: MARKETING.test(text) ? 'marketing' : 'other',
    })),
    lawfulBases: analysis.lawfulBases.filter((each) => each.activity === activity.id).map(basisOf),
    recipients: activity.recipients.map((name) => ({ name: name.slice(0, LABEL) })),
    transfers: [],
    retention: activity.retention.map(retentionOf),
    marketing:
      activity.marketing === null
        ? null
        : {
            channels: [],
            howToStop: activity.marketing.stop ? [activity.marketing.stop.quote.slice(0, LABEL)] : [],
            statement: activity.marketing.stop?.quote ?? activity.title,
            ...(activity.marketing.stop ? { evidence: activity.marketing.stop } : {}),
          },
    devicePermissions: [],
    appliesTo: { urls: [], pageTypes: [], fields: [] },
  }));
  const dpo = contacts.filter(({ role }) => role === 'dpo');
  const notice: PrivacyNotice = {
    schema: 1,
    kind: analysis.kind,
    title: (heading ?? document.declaredTitle ?? title).slice(0, LABEL) || title,
    language: analysis.language,
    version: null,
    date: analysis.lastUpdated?.date ?? null,
    regimes: regimesOf(document, analysis.language),
    controller: {
      name: analysis.controller?.name ?? '',
      legalName: null,
      aliases: [],
      contacts: contacts.filter(({ role }) => role === 'controller' || role === 'team').map(contactOf),
      ...statement(analysis.controller?.evidence ?? { quote: '', start: 0, end: 0 }),
    },
    dpo:
      dpo.length === 0
        ? null
        : { role: 'Data protection officer', contacts: dpo.map(contactOf), statement: dpo[0]?.evidence.quote ?? '' },
    documentBases: analysis.lawfulBases.filter(({ scope }) => scope === 'document').map(basisOf),
    rights: analysis.rights.map(({ right, evidence }) => ({ right, ...statement(evidence), formats: [] })),
    authority: analysis.authority && {
      name: analysis.authority.name,
      contacts: contacts.filter(({ role }) => role === 'authority').map(contactOf),
      ...statement(analysis.authority.evidence),
    },
    complaints: [],
    transfers: analysis.transfers.map(({ evidence }) => ({ to: '', mechanism: null, ...statement(evidence) })),
    recipients: analysis.recipients.map(({ name }) => ({ name: name.slice(0, LABEL) })),
    retention: analysis.retention.map(retentionOf),
    linkedDocuments: [],
    activities,
    issues: analysis.issues.flatMap((code) =>
      (code === 'LAW_REPEALED' ? replacedLaw(document.plain) : [issueStatement(code, analysis)]).map((statement) => ({
        code,
        statement,
      })),
    ),
  };
  const texts = analysis.activities
    .slice(0, 200)
    .map(({ start, end }) => document.text.slice(start, Math.min(end, start + EXCERPT)));
  return { notice, texts };
}
