// A notice in prose as facts with evidence. No model, no network, no clock: the same text gives the same facts.
import { bindActivities, type BoundStatement } from './activities.ts';
import { authorityIn } from './authority.ts';
import { contactsIn } from './contacts.ts';
import { controllerIn, type NamedOrganisation } from './controller.ts';
import type { NoticeDocument } from './document.ts';
import { detailsOf, quoteOf, recipientsIn, transfersIn } from './facts.ts';
import { issuesOf } from './issues.ts';
import { kindOf } from './kind.ts';
import { languageOf } from './language.ts';
import { lastUpdatedIn } from './last-updated.ts';
import { lawfulBasesIn } from './lawful-bases.ts';
import type { FoundActivity, FoundBasis, FoundRetention, NoticeAnalysis } from './result.ts';
import { retentionIn, type RetentionStatement } from './retention.ts';
import { rightsIn } from './rights.ts';
import { RULE_LANGUAGES } from './rules/rule.ts';
import { sectionKinds } from './sections.ts';

/** Longer texts are refused with this message; nobody reads notices of that length. In UTF-16 units. */
export const LONGEST_NOTICE = 5 * 1024 * 1024;

export class NoticeTooLong extends Error {
  override name = 'NoticeTooLong';
  constructor() {
    super('the notice is longer than 5 MB; it is not read');
  }
}

const SHORTEST = 120;

const named = (document: NoticeDocument, found: NamedOrganisation | null): NoticeAnalysis['controller'] =>
  found && { name: found.name, evidence: quoteOf(document, found) };

const basisOf = (document: NoticeDocument, { basis, rule, confidence, activity, ...span }: BoundStatement): FoundBasis => ({
  basis,
  scope: activity === null ? 'document' : 'activity',
  activity,
  evidence: quoteOf(document, span),
  rule,
  confidence,
});

const retentionOf = (document: NoticeDocument, { duration, anchor, bound, ...span }: RetentionStatement): FoundRetention => ({
  evidence: quoteOf(document, span),
  duration,
  anchor,
  bound,
});

/**
 * Every fact that the rules find. `language` overrides the one that the text shows. Where no rule reads the language, articles of
 * the law are still found, and `readable` is false.
 */
export function analyseDocument(document: NoticeDocument, language?: string): NoticeAnalysis {
  const written = language ?? languageOf(document.text, document.declaredLanguage);
  const kinds = sectionKinds(document);
  const { activities, bound } = bindActivities(document, kinds, lawfulBasesIn(document, kinds, written));
  const retention = retentionIn(document, kinds);
  const retentionByBlock = new Map<number, FoundRetention[]>();
  for (const statement of retention)
    retentionByBlock.set(statement.block, [...(retentionByBlock.get(statement.block) ?? []), retentionOf(document, statement)]);
  const stated = new Set(bound.map(({ activity }) => activity));
  const found: Omit<NoticeAnalysis, 'issues'> = {
    schema: 1,
    language: written,
    readable: (RULE_LANGUAGES as readonly string[]).includes(written) && document.text.length >= SHORTEST,
    kind: kindOf(document),
    controller: named(document, controllerIn(document, kinds)),
    lawfulBases: bound.map((statement) => basisOf(document, statement)),
    activities: activities.map((activity): FoundActivity => ({
      id: activity.id,
      title: activity.title,
      start: activity.start,
      end: activity.end,
      lawfulBasisStatus: stated.has(activity.id) ? 'stated' : stated.has(null) ? 'document_only' : 'not_stated',
      ...detailsOf(document, kinds, activity),
      retention: [...activity.blocks].flatMap((block) => retentionByBlock.get(block) ?? []),
    })),
    retention: retention.map((statement) => retentionOf(document, statement)),
    rights: rightsIn(document, kinds).map((statement) => ({ right: statement.right, evidence: quoteOf(document, statement) })),
    authority: named(document, authorityIn(document)),
    contacts: contactsIn(document),
    transfers: transfersIn(document, kinds),
    recipients: recipientsIn(document, kinds),
    lastUpdated: lastUpdatedIn(document),
  };
  return { ...found, issues: issuesOf(document, found) };
}
