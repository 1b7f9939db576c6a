// `npm run test:long`: what a check has no time for. The property tests with many more cases, the faults with ten times the rounds,
// the fuzzing of the public routes at its full length. It ends by itself; how long the faults take depends on the disk and the
// start of a process: about a quarter of an hour on two cores that nobody else uses.
//   --faults, --properties, --pages or --widget: only those.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';

import { closingLine, sum } from './closing-line.ts';
import type { Counts } from './reports.ts';
import { root } from './tool.ts';
import { runTests } from './vitest-run.ts';

/** A line of what the faults report (test/faults/report.ts writes it). */
interface Measured {
  fault: string;
  figures: Record<string, number | string>;
}

const CASES = '5000';
const ROUNDS = process.env['CANDOUR_FAULT_ROUNDS'] ?? '200';
/** s that the database is away. */
const OUTAGE = '60';
const REQUESTS = '100000';

async function properties(): Promise<Counts> {
  console.log(`Each property is tried on ${CASES} cases that no run has seen (fast-check prints the seed of one that fails).`);
  return (await runTests('unit', { CANDOUR_PROPERTY_CASES: CASES }, true)).counts;
}

/** A table for people; each fault has its own figures. */
function printMeasured(file: string): void {
  const measured = existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Measured)
    : [];
  const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB`;
  console.log(`\n${new Date().toISOString()}, Node ${process.version}, ${platform()} ${release()}, ${machine}`);
  console.table(Object.fromEntries(measured.map(({ fault, figures }) => [fault, figures])));
}

async function faults(): Promise<Counts> {
  console.log(`\nEach kill is tried ${ROUNDS} times at moments drawn from the seed that is printed.`);
  const file = join(root, 'test-results', 'faults.jsonl');
  rmSync(file, { force: true });
  const env = {
    CANDOUR_FAULT_ROUNDS: ROUNDS,
    CANDOUR_FAULT_OUTAGE: OUTAGE,
    CANDOUR_FAULT_REPORT: file,
    CANDOUR_FUZZ_REQUESTS: REQUESTS,
  };
  const { counts } = await runTests('journeys', env, true, 'test/faults');
  printMeasured(file);
  return counts;
}

async function pages(): Promise<Counts> {
  console.log('\nThe banner lint looks at every page that it has.');
  return (await runTests('journeys', { CANDOUR_PAGES: 'all' }, true, 'test/browsers/banner-lint')).counts;
}

/** Runs of the model over the widget's core, and sequences in each browser's own IndexedDB. */
const MODEL_RUNS = '5000';
const SEQUENCES = '200';

async function widget(): Promise<Counts> {
  console.log(
    `\nThe conformance suite: every case in both browsers, ${MODEL_RUNS} runs of the model, ${SEQUENCES} sequences in each browser.`,
  );
  const env = { CANDOUR_LOSSLESS: 'all', CANDOUR_LOSSLESS_RUNS: MODEL_RUNS, CANDOUR_LOSSLESS_SEQUENCES: SEQUENCES };
  return (await runTests('journeys', env, true, 'test/faults/widget')).counts;
}

const asked = process.argv.slice(2);
const parts = [
  { name: '--properties', run: properties },
  { name: '--faults', run: faults },
  { name: '--pages', run: pages },
  { name: '--widget', run: widget },
].filter(({ name }) => asked.length === 0 || asked.includes(name));
if (parts.length < asked.length) {
  console.error(`test:long takes --faults, --properties, --pages or --widget and got ${asked.join(' ')}`);
  process.exit(2);
}
const counts: Counts[] = [];
for (const { run } of parts) counts.push(await run());
const total = sum(...counts);
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
