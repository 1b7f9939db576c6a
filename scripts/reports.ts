// What the last test runs left in test-results/: vitest's JSON reports, parsed.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import * as v from 'valibot';

import { root } from './tool.ts';

const Report = v.object({
  numPassedTests: v.number(),
  numFailedTests: v.number(),
  numPendingTests: v.number(),
  numTodoTests: v.number(),
  testResults: v.array(
    v.object({
      name: v.string(),
      status: v.string(),
      message: v.optional(v.string()),
      assertionResults: v.array(v.object({ ancestorTitles: v.array(v.string()), title: v.string(), status: v.string() })),
    }),
  ),
});

export type Report = v.InferOutput<typeof Report>;
export type Project = 'unit' | 'journeys';

export const projects: Project[] = ['unit', 'journeys'];

export const reportFile = (name: string): string => join(root, 'test-results', `${name}.json`);

/** The report of a project's last run, or another of that name; null where there is none. Throws where the file is no report. */
export function readReport(name: string): Report | null {
  const file = reportFile(name);
  return existsSync(file) ? v.parse(Report, JSON.parse(readFileSync(file, 'utf8'))) : null;
}

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** Tests by outcome. A file that could not even be loaded has no test and counts as one failure. */
export function countsOf(report: Report): Counts {
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status !== 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}
