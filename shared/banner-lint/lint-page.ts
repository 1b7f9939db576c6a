// The banner lint over what a browser saw of a page.
import {
  boxFindings,
  clickFindings,
  durationFindings,
  grantFindings,
  storageFindings,
  tagFindings,
  wayFindings,
  type Declared,
} from './behaviour-checks.ts';
import { findingsOf, type BannerFinding } from './finding.ts';
import { answerFindings, prominenceFindings, structureFindings, textFindings, toggleFindings } from './layer-checks.ts';
import type { PageDescription } from './page-description.ts';

const CHECKS = [
  answerFindings,
  prominenceFindings,
  toggleFindings,
  textFindings,
  structureFindings,
  clickFindings,
  grantFindings,
  boxFindings,
  durationFindings,
  wayFindings,
  tagFindings,
];

/** `declared`: what the site says that it stores; null: that is not known, so only what is known of others can be told. */
export const lintPage = (page: PageDescription, declared: Declared | null = null): BannerFinding[] =>
  findingsOf([...CHECKS.flatMap((check) => check(page)), ...storageFindings(page, declared)]);
