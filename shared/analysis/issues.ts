// Facts about the text that a reader may want to know, by the codes of shared/notice/issues.ts. Never a verdict.
import type { IssueCode } from '../notice/issues.ts';
import type { NoticeDocument } from './document.ts';
import { REPLACED_LAW } from './replaced-law.ts';
import type { NoticeAnalysis } from './result.ts';
import type { Rule } from './rules/rule.ts';
import { holds } from './rules/rule.ts';

type Found = Omit<NoticeAnalysis, 'issues'>;

const text = (code: IssueCode, trigger: RegExp, match: string[], not: string[], negators: RegExp[] = []): Rule<IssueCode> => ({
  id: `issue-${code.toLowerCase().replaceAll('_', '-')}`,
  says: code,
  scope: 'sentence',
  trigger,
  negators,
  examples: { match, not },
});

export const ISSUE_RULES: readonly Rule<IssueCode>[] = [
  text(
    'LAW_REPEALED',
    new RegExp(REPLACED_LAW.map(({ trigger }) => trigger.source).join('|'), 'i'),
    ['under the Data Protection Act 1998'],
    ['under the Data Protection Act 2018'],
  ),
  text(
    'TRANSFER_RULE_OUTDATED',
    /\bprivacy shield\b[^.]{0,80}\b(?:certif|participat|compl)|\bfifteen eu member states\b/i,
    ['is certified under the Privacy Shield and complies with it'],
    ['the Data Privacy Framework'],
  ),
  text(
    'CONSENT_BUNDLED',
    /\b(?:tick|check|click)\w*\b[^.]{0,60}\b(?:read and (?:agree|accept)|agree to (?:this|the|our) (?:privacy|terms))|\bby (?:using|accessing|visiting)[^.]{0,80}\byou (?:\w+ ){0,2}(?:consent|agree)\b/i,
    ['By using this site you consent to this policy.'],
    ['You may tick a box for the newsletter.'],
  ),
  text('CONTACT_HIDDEN', /\[email.protected\]|\[email us\]\(#\)/i, ['Write to [email protected].'], ['Write to us.']),
  text(
    'RETENTION_CRITERIA_ONLY',
    /\bcriteria (?:used|we use|for determining)\b[^.]{0,80}\b(?:retention|how long|period)/i,
    ['The criteria used to determine the retention period are these.'],
    ['We keep it for a year.'],
  ),
  text('COMPLAINT_ROUTE_OUTDATED', /\bArticle 77\b/i, ['under Article 77'], ['under Article 15']),
  text(
    'CONTRACT_NOT_WITH_SUBJECT',
    /\bcontract\b[^.]{0,60}\b(?:with|between)\b[^.]{0,50}\byour (?:employer|organi[sz]ation|company|school)\b/i,
    ['the contract between us and your employer'],
    ['our contract with you'],
  ),
];

const isUk = (found: Found): boolean => found.authority?.name === "Information Commissioner's Office";

export function issuesOf(document: NoticeDocument, found: Found): IssueCode[] {
  const issues = new Set<IssueCode>();
  const stated = found.lawfulBases.length > 0;
  if (found.readable) {
    if (found.activities.some(({ lawfulBasisStatus }) => lawfulBasisStatus === 'not_stated') || !stated)
      issues.add('BASIS_MISSING');
    if (found.activities.some(({ lawfulBasisStatus }) => lawfulBasisStatus === 'document_only'))
      issues.add('BASIS_PREAMBLE_ONLY');
    if (found.lastUpdated === null) issues.add('DATE_MISSING');
    if (found.retention.length === 0) issues.add('RETENTION_MISSING');
    else if (found.retention.every(({ duration }) => duration === null)) issues.add('RETENTION_CRITERIA_ONLY');
    if (found.retention.some(({ duration, anchor }) => duration !== null && anchor === null)) issues.add('RETENTION_NO_ANCHOR');
    const complains = found.rights.some(({ right }) => right === 'complaint');
    if (!complains && found.authority === null) issues.add('COMPLAINT_ROUTE_MISSING');
    if (complains && found.authority === null) issues.add('AUTHORITY_NOT_NAMED');
    if (found.controller === null) issues.add('CONTROLLER_NOT_IDENTIFIED');
    if (found.activities.some(({ marketing }) => marketing !== null && marketing.stop === null))
      issues.add('MARKETING_STOP_MISSING');
  }
  if (found.kind === 'internal_policy') issues.add('NOT_A_NOTICE');
  for (const { sentences } of document.blocks)
    for (const { start, end } of sentences) {
      const plain = document.plain.slice(start, end);
      for (const rule of ISSUE_RULES)
        if (!issues.has(rule.says) && holds(rule, plain) && (rule.says !== 'COMPLAINT_ROUTE_OUTDATED' || isUk(found)))
          issues.add(rule.says);
    }
  return [...issues];
}
