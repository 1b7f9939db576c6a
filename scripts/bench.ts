// `npm run bench`: sizes of the build, and Candour and its peer under the same load. `npm run bench -- volume` lets a log grow,
// `npm run bench -- widget` sets the banner beside others.
// The peers are installed in bench/ when they are missing; flags go on to the measurement (bench/README.md).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describeMeasure, measureAll } from './size-budgets.ts';
import { root, run } from './tool.ts';

const [what = 'throughput', ...flags] = process.argv[2]?.startsWith('-')
  ? ['throughput', ...process.argv.slice(2)]
  : process.argv.slice(2);
if (!['throughput', 'volume', 'widget', 'lossless'].includes(what))
  throw new Error(`npm run bench -- throughput|volume|widget|lossless, not ${what}`);
const folder = join(root, 'bench');

if (what === 'throughput') {
  console.log('Sizes of the build (Brotli, quality 11):');
  for (const each of await measureAll(join(root, 'dist'))) console.log(describeMeasure(each));
  console.log('');
}
const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
  dependencies: Record<string, string>;
};
if (what !== 'volume' && !Object.keys(dependencies).every((name) => existsSync(join(folder, 'node_modules', name)))) {
  const { code } = await run('npm', ['ci'], { cwd: folder, live: true });
  if (code !== 0) throw new Error('npm ci in bench/ failed');
}
const { code } = await run(process.execPath, [join(folder, `${what}.ts`), ...flags], { live: true });
process.exitCode = code ?? 1;
