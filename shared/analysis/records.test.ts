import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { activitiesOnPage } from '../notice/applies.ts';
import { analyseDocument } from './analyse.ts';
import { asNotice } from './as-notice.ts';
import { flattenedTable } from './flattened-table.ts';
import { readPlainText } from './plain-text.ts';

const text = readFileSync(new URL('fixtures/schedule-of-records.txt', import.meta.url), 'utf8');
const document = readPlainText(text);
const analysis = analyseDocument(document);

describe('a schedule of records that lost its lines', () => {
  it('makes an activity of each row about people whom a page may be for, and of nothing else in it', () => {
    expect(analysis.activities.map(({ id }) => id)).toEqual([
      'course-enrolments-including-attendance',
      'volunteer-application-details',
      'member-subscriptions',
    ]);
    const [courses, volunteers] = analysis.activities;
    expect([courses?.retention[0]?.duration, volunteers?.retention[0]?.duration]).toEqual(['P2Y', 'P1Y']);
  });

  it('R76 is found by the page that such people see', () => {
    const { notice, texts } = asNotice(document, analysis, 'Policy');
    const page = {
      url: 'https://millrace.example/x7',
      title: 'Volunteer with us',
      headings: ['Volunteer with us'],
      forms: [{ id: 'f', fields: [{ label: 'Name', name: 'n', type: 'text', autocomplete: '' }], submit: 'Volunteer' }],
      jsonLdTypes: [],
      hosts: [],
    };
    const here = activitiesOnPage(notice, page, () => false, texts).filter(({ applies }) => applies === 'here');
    expect(here.map(({ activity }) => activity)).toEqual(['volunteer-application-details']);
  });
});

describe('a table that lost its lines', () => {
  const rows = ['Send your order', 'Contract', 'Answer complaints', 'Legitimate interests'];

  it('is one where each row keeps the rhythm of the header', () => {
    expect(flattenedTable(['Purpose', 'Lawful basis', ...rows, 'Anything else'])).toEqual({ columns: 2, rows: 3 });
    expect(flattenedTable(['Lawful basis', 'Purpose', 'Contract', 'Send your order', 'Consent', 'Write to you'])).toEqual({
      columns: 2,
      rows: 3,
    });
  });

  it.each([
    ['one row is no table', ['Purpose', 'Lawful basis', 'Send your order', 'Contract']],
    ['a title over it is no column', ['What we use it for', 'Purpose', 'Lawful basis', ...rows]],
    ['no column is about bases', ['Purpose', 'Data', ...rows]],
    ['sentences have no columns', ['Purpose.', 'Our lawful basis is this.', ...rows]],
    ['a row without a basis ends it', ['Purpose', 'Lawful basis', 'Send your order', 'Contract', 'Answer complaints', 'By post']],
  ])('%s', (_, lines) => {
    expect(flattenedTable(lines)).toBeNull();
  });
});
