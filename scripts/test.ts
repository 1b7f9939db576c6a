// `npm test`: everything. The fast checks, the build, the browsers, the journeys, the size budgets and docs/requirements.md.
// A part that fails does not keep the others from running, except that journeys need the build and the browsers.
import { check } from './check.ts';
import { closingLine, sum } from './closing-line.ts';
import type { Counts } from './reports.ts';
import { run } from './tool.ts';
import { runTests } from './vitest-run.ts';

async function part(name: string, command: string, args: string[]): Promise<Counts> {
  console.log(`\n── ${name} ──`);
  const { code } = await run(command, args, { live: true });
  return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 };
}

/** What the journeys need. The browsers come over the network, while the checks take the processors. */
const needed = [
  { name: 'browsers', command: 'node', args: ['test/support/provision.ts'] },
  { name: 'build', command: 'node', args: ['scripts/build.ts'] },
];

const parts: Counts[] = [];

console.log('── checks, browsers and build ──');
const { counts, failed } = await check(needed);
parts.push(counts);
if (!needed.some(({ name }) => failed.includes(name))) {
  console.log('\n── journeys ──');
  parts.push((await runTests('journeys', {}, true)).counts);
  parts.push(await part('size budgets', 'node', ['scripts/size-budgets.ts']));
  parts.push(await part('requirements', 'node', ['scripts/requirements.ts']));
} else {
  console.error('\nThe journeys did not run: the build or the browsers are missing.');
  parts.push({ passed: 0, failed: 1, skipped: 0 });
}

const total = sum(...parts);
console.log(`\n${closingLine(total)}`);
process.exitCode = total.failed === 0 ? 0 : 1;
