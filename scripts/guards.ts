// The guards of `npm run check`, as data: each is one command over the whole tree.
// test/architecture.test.ts runs the same commands on planted violations.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './tool.ts';

export interface Guard {
  name: string;
  command: string;
  args: string[];
}

/** The folders whose modules are checked for the direction of their imports. */
export const folders = ['shared', 'widget', 'server', 'extension', 'demo', 'test', 'scripts'];

const references = (): string[] => {
  const { references: list } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8')) as {
    references: { path: string }[];
  };
  return list.map(({ path }) => path.replace(/^\.\//, ''));
};

/** One type check for what has the same libraries, so that a folder only sees what it may: the service's with demo and scripts, the tests' with bench. */
const types: Guard[] = references().map((folder) => ({
  name: `types of ${folder}`,
  command: 'tsc',
  args: [
    ...['-p', folder, '--pretty', 'false'],
    ...['--incremental', '--tsBuildInfoFile', `node_modules/.cache/tsc/${folder.replaceAll('/', '-')}.tsbuildinfo`],
  ],
}));

export const format: Guard = {
  name: 'format',
  command: 'oxfmt',
  args: ['--list-different', '.'],
};
export const lint: Guard = { name: 'lint', command: 'oxlint', args: [...folders, 'vite.config.ts'] };
export const imports: Guard = {
  name: 'imports',
  command: 'depcruise',
  args: ['--config', '.dependency-cruiser.mjs', ...folders],
};
export const unused: Guard = { name: 'unused code', command: 'knip', args: ['--no-progress'] };

export const guards: Guard[] = [format, lint, imports, unused, ...types];
