// `npm run check`: every guard and the unit tests, two at a time; what failed is printed whole at the end.
import { guards, type Guard } from './guards.ts';
import { closingLine } from './closing-line.ts';
import type { Counts } from './reports.ts';
import { runTests } from './vitest-run.ts';
import { run } from './tool.ts';

interface Task {
  name: string;
  work: () => Promise<{ counts: Counts; output: string }>;
}

/** One command, which passes or fails as a whole. */
const taskOf = ({ name, command, args }: Guard): Task => ({
  name,
  work: async () => {
    const { code, output } = await run(command, args);
    return { counts: { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: 0 }, output };
  },
});

const unitTests: Task = { name: 'unit and architecture tests', work: () => runTests('unit', {}, false) };

/**
 * Runs all guards, the unit tests and `more`; prints a line for each and, after them, the whole output of what failed.
 * `failed`: the names of those.
 */
export async function check(more: readonly Guard[] = []): Promise<{ counts: Counts; failed: string[] }> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0 };
  const failures = new Map<string, string>();
  // The tests take longest: they go first, and the guards share the other core.
  const waiting = [unitTests, ...[...more, ...guards].map(taskOf)];
  const worker = async (): Promise<void> => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      const started = performance.now();
      const { counts, output } = await task.work();
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      console.log(`${counts.failed === 0 ? 'ok    ' : 'FAILED'} ${task.name} (${seconds} s)`);
      if (counts.failed > 0) failures.set(task.name, output.trim());
      total.passed += counts.passed;
      total.failed += counts.failed;
      total.skipped += counts.skipped;
    }
  };
  await Promise.all([worker(), worker()]);
  for (const [name, output] of failures) console.error(`\n── ${name} ──\n${output}`);
  return { counts: total, failed: [...failures.keys()] };
}

if (import.meta.main) {
  const { counts } = await check();
  console.log(`\n${closingLine(counts)}`);
  process.exitCode = counts.failed === 0 ? 0 : 1;
}
