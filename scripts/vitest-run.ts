// Runs one vitest project and leaves its JSON report for the counts and for docs/requirements.md.
import { rmSync } from 'node:fs';

import { countsOf, readReport, reportFile, type Counts, type Project } from './reports.ts';
import { run, type Outcome } from './tool.ts';

export interface TestRun extends Outcome {
  counts: Counts;
}

/**
 * @param live true: vitest prints as it goes; false: its output is in the result.
 * @param folder only its tests; their report is their own, and no part of the project's.
 */
export async function runTests(project: Project, env: Record<string, string>, live: boolean, folder?: string): Promise<TestRun> {
  const name = folder === undefined ? project : `${project}-${folder.replaceAll('/', '-')}`;
  const file = reportFile(name);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const outcome = await run('vitest', ['run', '--project', `${project}*`, ...reporters, ...(folder ? [folder] : [])], {
    env,
    live,
  });
  const report = readReport(name);
  const counts = report ? countsOf(report) : { passed: 0, failed: 1, skipped: 0 };
  const hidden = outcome.code !== 0 && counts.failed === 0 ? 1 : 0;
  return { ...outcome, counts: { ...counts, failed: counts.failed + hidden } };
}
