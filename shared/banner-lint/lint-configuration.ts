// The banner lint over a site configuration: all that shows without a browser.
import { changeFindings } from './change-checks.ts';
import {
  basisFindings,
  consentOrPayFindings,
  controlFindings,
  noticeFindings,
  periodFindings,
  unaskedFindings,
  type CheckedConfiguration,
} from './configuration-checks.ts';
import { findingsOf, type BannerFinding } from './finding.ts';
import { ambiguityFindings, languageFindings, optInFindings, partyFindings, wordingFindings } from './wording-checks.ts';

const CHECKS = [
  periodFindings,
  unaskedFindings,
  basisFindings,
  noticeFindings,
  wordingFindings,
  ambiguityFindings,
  partyFindings,
  optInFindings,
  languageFindings,
  consentOrPayFindings,
];

export interface LintOptions {
  /** The version before this one. */
  before?: CheckedConfiguration;
  /** The rendered page is looked at as well, so what only it can show is left to it. */
  pageIsLookedAt?: boolean;
}

export const lintConfiguration = (
  checked: CheckedConfiguration,
  { before, pageIsLookedAt = false }: LintOptions = {},
): BannerFinding[] =>
  findingsOf([
    ...CHECKS.flatMap((check) => check(checked)),
    ...controlFindings(checked, pageIsLookedAt),
    ...(before ? changeFindings(before, checked) : []),
  ]);
