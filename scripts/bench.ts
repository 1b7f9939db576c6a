// `npm run bench`: sizes of the build, and Candour and its peer under the same load. `npm run bench -- volume` lets a log grow.
// The peer is installed in bench/ on the first run; flags go on to the measurement (bench/README.md).
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { budgets, describeMeasure, measure } from './size-budgets.ts';
import { root, run } from './tool.ts';

const [what = 'throughput', ...flags] = process.argv[2]?.startsWith('-')
  ? ['throughput', ...process.argv.slice(2)]
  : process.argv.slice(2);
if (!['throughput', 'volume'].includes(what)) throw new Error(`npm run bench -- throughput|volume, not ${what}`);
const folder = join(root, 'bench');

if (what === 'throughput') {
  console.log('Sizes of the build (Brotli, quality 11):');
  for (const budget of budgets()) console.log(describeMeasure(measure(budget, join(root, 'dist'))));
  console.log('');
  if (!existsSync(join(folder, 'node_modules'))) {
    const { code } = await run('npm', ['ci'], { cwd: folder, live: true });
    if (code !== 0) throw new Error('npm ci in bench/ failed');
  }
}
const { code } = await run(process.execPath, [join(folder, `${what}.ts`), ...flags], { live: true });
process.exitCode = code ?? 1;
