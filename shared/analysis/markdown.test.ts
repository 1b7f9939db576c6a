import { expect, it } from 'vitest';

import { analyseDocument } from './analyse.ts';
import { readMarkdown } from './markdown.ts';

it('a row that a converter broke into lines is one row, and what only looks like one stays as it is', () => {
  const source = `# Privacy at the harbour

| What we use it for | Our lawful basis | What else |
| --- | --- | --- |
| To plan the ferries | Contract with you  
Our legal obligations | Timetables |
| To send the news | Your consent | News |

| this line only begins like a row
and goes on as a paragraph.
`;
  const document = readMarkdown(source);
  expect(document.tables.map(({ rows }) => rows.map((row) => row.length))).toEqual([[3, 3, 3]]);
  expect(analyseDocument(document).lawfulBases.map(({ basis, activity }) => [basis, activity])).toEqual([
    ['contract', 'to-plan-the-ferries'],
    ['legal_obligation', 'to-plan-the-ferries'],
    ['consent', 'to-send-the-news'],
  ]);
  expect(document.text.replace(/\s+/g, ' ')).toContain('| this line only begins like a row and goes on as a paragraph.');
});
