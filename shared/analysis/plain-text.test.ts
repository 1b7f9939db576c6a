// Lines of plain text that somebody wrapped: a sentence goes on in the next line, and no line of it is a heading.
import { describe, expect, it } from 'vitest';

import { analyseDocument } from './analyse.ts';
import { readPlainText } from './plain-text.ts';

const wrapped = (text: string, width: number): string =>
  text
    .split('\n\n')
    .map((paragraph) => paragraph.replace(new RegExp(`(.{1,${width}})(?: |$)`, 'g'), '$1\n').trim())
    .join('\n\n');

const paragraph = (what: string): string =>
  `We look after what the guests of the harbour tell us about their ${what}, we write down when it changes, and we read it again before each summer begins; ` +
  `the processing of the ${what} is necessary for the performance of a contract that a guest has with us, whoever made it for them.`;
const NOTICE = ['boats', 'crews', 'meals', 'berths', 'dogs', 'guests'].map(paragraph).join('\n\n');

describe('plain text', () => {
  it.each([60, 90, 118, 140])('wrapped at %d says the same as in one line', (width) => {
    const source = wrapped(NOTICE, width);
    const document = readPlainText(source);
    expect(document.blocks.map(({ kind }) => kind)).toEqual(Array(6).fill('paragraph'));
    const statements = analyseDocument(document).lawfulBases.map(({ basis, evidence }) => [
      basis,
      evidence.quote.replace(/\s+/g, ' '),
    ]);
    expect(statements).toEqual(
      analyseDocument(readPlainText(NOTICE)).lawfulBases.map(({ basis, evidence }) => [basis, evidence.quote]),
    );
    expect(statements).toHaveLength(6);
  });

  it('of lines that each say something has as many paragraphs', () => {
    const lines = ['boats', 'crews', 'meals', 'berths', 'dogs', 'guests'].map(paragraph).join('\n');
    expect(readPlainText(lines).blocks).toHaveLength(6);
  });

  it('of a list without marks has no headings among its lines', () => {
    const source = `How we may use it

There are several legal reasons. For us the relevant ones are:
Contract - to keep the berth that you booked
Legal obligation - to keep harbour and ferry law
Public task - to look after the old pier
Legitimate interests - to know who is on the water`;
    const document = readPlainText(source);
    expect(document.blocks.filter(({ kind }) => kind === 'heading')).toHaveLength(1);
    expect(analyseDocument(document).lawfulBases.map(({ basis }) => basis)).toEqual([
      'contract',
      'legal_obligation',
      'public_task',
      'legitimate_interests',
    ]);
  });

  it('of a list without marks has an item for each line, whatever its length, each with what introduces the list', () => {
    const source = `What can I ask of the harbour?

You have the right to ask for:

A copy of what we hold about your boat
The correction of what is wrong
That we erase it, where nothing else speaks against it. For example, when the boat is sold, or when you have moved away and nobody moors here any more.

Write to the harbour master.`;
    const document = readPlainText(source);
    expect(document.blocks.map(({ kind }) => kind)).toEqual(['heading', 'paragraph', 'item', 'item', 'item', 'paragraph']);
    expect(document.blocks.slice(2, 5).map(({ leadIn }) => leadIn)).toEqual([1, 1, 1]);
    expect(analyseDocument(document).rights.map(({ right }) => right)).toEqual(['access', 'rectification', 'erasure']);
  });

  it('of lists within a list knows by their marks what introduces what', () => {
    const source = `Privacy at the harbour

These are the grounds that we have:

1. Processing necessary to perform our contract with you:
1.1 Keeping your berth;
1.2 Sending the bill;
2. Processing with your consent:
- When you ask us to show your boat;
3. Processing necessary for our legitimate interests:
a) Counting the boats.`;
    const document = readPlainText(source);
    expect(document.blocks.map(({ leadIn }) => leadIn)).toEqual([null, null, 1, 2, 2, 1, 5, 1, 7]);
    expect(analyseDocument(document).lawfulBases.map(({ basis }) => basis)).toEqual([
      'contract',
      'consent',
      'legitimate_interests',
    ]);
  });

  it('of lines without an empty one between them has no list at the first colon', () => {
    const lines =
      `These are the terms:\n${['boats', 'crews', 'meals', 'berths', 'dogs', 'guests'].map(paragraph).join('\n')}`.repeat(5);
    expect(readPlainText(lines).blocks.filter(({ kind }) => kind === 'item')).toEqual([]);
  });

  it('that names what the law lets companies do states no basis in any sentence of that list', () => {
    const source = `The law sets out reasons for which a company may process data, including:

Consent. In some cases we can process your data with your consent.
Contract. In others we need your data to perform a contract.

We run the ferry.`;
    expect(analyseDocument(readPlainText(source)).lawfulBases).toEqual([]);
  });

  it('whose paragraphs each begin with their purpose keeps the basis of each', () => {
    const source = `How we use your data

To keep the pier safe we use cameras. We do this as part of our legitimate interest.

To plan the next summer we count the boats. This is also part of our legitimate interest.`;
    expect(analyseDocument(readPlainText(source)).lawfulBases.map(({ basis }) => basis)).toEqual([
      'legitimate_interests',
      'legitimate_interests',
    ]);
  });

  it('of a table whose cells have lines of their own keeps each in its row', () => {
    const source = [
      'What we use it for\tOur lawful basis\tWhat else',
      'To plan the ferries\tContract with you',
      'Our legal obligations\tTimetables',
      'To count the boats\tLegitimate interests\tA safe pier',
      'and a clean one',
      'To send the news\tYour consent\tNews',
    ].join('\n');
    const document = readPlainText(source);
    expect(document.tables.map(({ rows }) => rows.map((row) => row.length))).toEqual([[3, 3, 3, 3]]);
    expect(analyseDocument(document).lawfulBases.map(({ basis, activity }) => [basis, activity])).toEqual([
      ['contract', 'to-plan-the-ferries'],
      ['legal_obligation', 'to-plan-the-ferries'],
      ['legitimate_interests', 'to-count-the-boats'],
      ['consent', 'to-send-the-news'],
    ]);
  });

  it('of a list of periods has no heading among its lines', () => {
    const source = `How long we keep it
Bookings and repairs of boats: six years after you left the harbour
Pictures of the gate: 30 days

Your rights

You can ask for a copy of what we hold about you whenever you like, by writing to the harbour master or by coming to the office.`;
    const { retention } = analyseDocument(readPlainText(source));
    expect(retention.map(({ duration }) => duration)).toEqual(['P6Y', 'P30D']);
  });
});
