// Met or open follows from outcomes of tests only.
import { describe, expect, it } from 'vitest';

import type { Report } from './reports.ts';
import { idsOf } from './requirement-ids.ts';
import { readStates, requirementsDocument, statesOf } from './requirements.ts';

const ids = ['R1', 'R2', 'R10', 'L1'];

const report = (...tests: [title: string, status: string, ...ancestors: string[]][]): Report => ({
  numPassedTests: 0,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [
    {
      name: 'a.test.ts',
      status: 'passed',
      assertionResults: tests.map(([title, status, ...ancestorTitles]) => ({ title, status, ancestorTitles })),
    },
  ],
});

describe('states of requirements', () => {
  it('are open without a test', () => {
    expect([...statesOf([report()], new Map(), ids).values()]).toEqual(['open', 'open', 'open', 'open']);
  });

  it('are met for each id that a passed title, or the group around it, begins with', () => {
    const states = statesOf([report(['R1 L1 does', 'passed']), report(['does too', 'passed', 'R10 a group'])], new Map(), ids);
    expect(Object.fromEntries(states)).toEqual({ R1: 'met', R2: 'open', R10: 'met', L1: 'met' });
  });

  it('are open where one test failed, even if the document said met', () => {
    const run = report(['R1 does', 'passed'], ['R1 does it twice', 'failed']);
    expect(statesOf([run], new Map([['R1', 'met']]), ids).get('R1')).toBe('open');
  });

  it('stay what they were where the run could only skip', () => {
    const run = report(['R1 agrees with what is not here', 'skipped'], ['R2 as well', 'pending']);
    const states = statesOf([run], new Map([['R1', 'met']]), ids);
    expect([states.get('R1'), states.get('R2')]).toEqual(['met', 'open']);
  });

  it('survive the document', () => {
    const states = statesOf([report(['R2 does', 'passed'])], new Map(), ids);
    const sections = [{ title: 'All', items: Object.fromEntries(ids.map((id) => [id, `Words of ${id}.`])) }];
    const document = requirementsDocument(sections, states);
    expect(readStates(document)).toEqual(states);
    expect(document).toContain('1 of 4 met.');
  });
});

it.each([
  ['R17 equal choices', ['R17']],
  ['R4 R9 L12 several', ['R4', 'R9', 'L12']],
  ['R4, R9: several', ['R4', 'R9']],
  ['keeps R17 inside', []],
  ['R17', []],
  ['RFC 9162 tree', []],
])('reads the ids of "%s"', (title, found) => {
  expect(idsOf(title)).toEqual(found);
});
