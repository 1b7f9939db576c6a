// docs/requirements.md: a line per requirement, met or open by the titles of tests that ran and passed (never typed).
// `--write` writes it from the last runs' reports; without, it is compared with them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { projects, readReport, type Report } from './reports.ts';
import { root } from './tool.ts';
import { idsOf, requirements, type RequirementSection } from './requirement-ids.ts';

const file = join(root, 'docs', 'requirements.md');

type State = 'met' | 'open';
export type States = Map<string, State>;

/**
 * What a run shows of each id: `met` where a test of it passed and none failed, `open` where one failed or none is there.
 * Where tests of an id were only skipped, the run says nothing, and `before` stays.
 */
export function statesOf(reports: Report[], before: States, ids: string[]): States {
  const outcomes = new Map<string, Set<string>>(ids.map((id) => [id, new Set()]));
  for (const { testResults } of reports) {
    for (const { assertionResults } of testResults) {
      for (const { ancestorTitles, title, status } of assertionResults) {
        for (const id of [...ancestorTitles, title].flatMap(idsOf)) outcomes.get(id)?.add(status);
      }
    }
  }
  const stateOf = (id: string, seen: Set<string>): State => {
    if (seen.has('failed')) return 'open';
    if (seen.has('passed')) return 'met';
    return seen.size > 0 ? (before.get(id) ?? 'open') : 'open';
  };
  return new Map([...outcomes].map(([id, seen]) => [id, stateOf(id, seen)]));
}

const LINE = /^\| ([RL]\d+) \| (met|open) \|/gm;

/** The states that a written docs/requirements.md holds. */
export const readStates = (markdown: string): States =>
  new Map([...markdown.matchAll(LINE)].map(([, id, state]) => [id as string, state as State]));

/** The whole document. */
export function requirementsDocument(sections: RequirementSection[], states: States): string {
  const met = [...states.values()].filter((state) => state === 'met').length;
  const table = ({ title, items }: RequirementSection): string =>
    [
      `## ${title}`,
      '',
      '| id | state | requirement |',
      '| --- | --- | --- |',
      ...Object.entries(items).map(([id, words]) => `| ${id} | ${states.get(id) ?? 'open'} | ${words} |`),
      '',
    ].join('\n');
  return [
    '# Requirements',
    '',
    '<!-- Written by "npm run requirements" from the tests of the last "npm test". Do not edit: the words are in docs/requirements.json. -->',
    '',
    'What Candour has to do (R) and what the lint of banners and notices has to find (L). A line is **met** where at least one test whose',
    'title begins with its id ran and passed and none failed, in the last full run of the tests; else it is **open**. A line that is met',
    'is met as far as its tests go: read them to see how far that is (`git grep "R17 "`).',
    '',
    `${met} of ${states.size} met.`,
    '',
    ...sections.map(table),
  ].join('\n');
}

/** Lines in which two documents differ in what they say of an id. */
function differences(written: States, shown: States): string[] {
  return [...shown]
    .filter(([id, state]) => written.get(id) !== state)
    .map(([id, state]) => `  ${id}: the tests say ${state}, the document ${written.get(id) ?? 'nothing'}`);
}

function main(write: boolean): number {
  const reports = projects.map(readReport);
  if (reports.some((report) => report === null)) {
    console.error('There is no report of a full run in test-results/: run npm test first.');
    return 1;
  }
  const written = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const sections = requirements();
  const ids = sections.flatMap(({ items }) => Object.keys(items));
  const states = statesOf(
    reports.filter((report) => report !== null),
    readStates(written),
    ids,
  );
  const expected = requirementsDocument(sections, states);
  if (written === expected) {
    console.log('docs/requirements.md says what the tests showed');
    return 0;
  }
  if (write) {
    writeFileSync(file, expected);
    console.log('docs/requirements.md written');
    return 0;
  }
  console.error(
    [
      'docs/requirements.md does not say what this run showed:',
      ...differences(readStates(written), states),
      'Run npm run requirements and commit the result.',
    ].join('\n'),
  );
  return 1;
}

if (import.meta.main) process.exitCode = main(process.argv.includes('--write'));
