// How fast a notice is read: 40 KB and 1 MB of prose, on one core. `node bench/analysis.ts`.
import { readdirSync, readFileSync } from 'node:fs';

import { analyseDocument } from '../shared/analysis/analyse.ts';
import { readMarkdown } from '../shared/analysis/markdown.ts';

const FOLDER = new URL('../shared/analysis/fixtures/', import.meta.url);
const prose = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.md') && !/-(?:de|fr)\.md$/.test(file))
  .map((file) => readFileSync(new URL(file, FOLDER), 'utf8'))
  .join('\n\n');

// Notices give far more room to each statement than the fixtures do: three quarters of ordinary sentences come between.
const FILLER =
  'We look after what you tell us and we write down when it changes. Our staff have been trained for this and are happy to help. '.repeat(
    6,
  );
function notice(length: number): string {
  const paragraphs = prose.split('\n\n');
  let text = '';
  for (let at = 0; text.length < length; at += 1)
    text += `${paragraphs[at % paragraphs.length] ?? ''}\n\n${at % 2 === 0 ? `${FILLER}\n\n` : ''}`;
  return text.slice(0, length);
}

const median = (values: number[]): number => values.sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? 0;

console.log('length      first ms   median ms   bases');
for (const [length, runs] of [
  [40_000, 25],
  [250_000, 9],
  [1_000_000, 5],
] as const) {
  const source = notice(length);
  const times: number[] = [];
  let bases = 0;
  for (let run = 0; run < runs; run += 1) {
    // Time of the processor: a machine that does other things beside is no slower at reading.
    const start = process.cpuUsage();
    bases = analyseDocument(readMarkdown(source)).lawfulBases.length;
    const { user, system } = process.cpuUsage(start);
    times.push((user + system) / 1000);
  }
  const [first = 0] = times;
  console.log(
    `${String(length).padEnd(10)} ${first.toFixed(0).padStart(9)} ${median(times).toFixed(1).padStart(11)} ${String(bases).padStart(7)}`,
  );
}
