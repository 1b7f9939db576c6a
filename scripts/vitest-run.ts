// Runs one vitest project and leaves its JSON report for the counts and for docs/requirements.md.
import { rmSync } from 'node:fs';

import { countsOf, readReport, reportFile, type Counts, type Project } from './reports.ts';
import { run, type Outcome } from './tool.ts';

export interface TestRun extends Outcome {
  counts: Counts;
}

/** @param live true: vitest prints as it goes; false: its output is in the result. */
export async function runTests(project: Project, env: Record<string, string>, live: boolean): Promise<TestRun> {
  const file = reportFile(project);
  rmSync(file, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const outcome = await run('vitest', ['run', '--project', project, ...reporters], { env, live });
  const report = readReport(project);
  const counts = report ? countsOf(report) : { passed: 0, failed: 1, skipped: 0 };
  const hidden = outcome.code !== 0 && counts.failed === 0 ? 1 : 0;
  return { ...outcome, counts: { ...counts, failed: counts.failed + hidden } };
}
