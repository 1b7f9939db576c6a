// Makes dist/npm out of what tsc has emitted there: a package that depends on nothing here, to be packed or copied.
import { copyFileSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from './tool.ts';

const { version, license } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string; license: string };

const entry = (file: string) => ({ types: `./${file}.d.ts`, default: `./${file}.js` });

const manifest = {
  name: 'candour',
  version,
  description:
    'The Candour consent widget for code that imports its parts: a typed loader, a React binding, and a client for a site’s own server.',
  license,
  type: 'module',
  sideEffects: false,
  exports: {
    './widget': entry('module/load-candour'),
    './react': entry('react/candour-react'),
    './node': entry('node/candour-node'),
  },
  peerDependencies: { react: '>=18' },
  peerDependenciesMeta: { react: { optional: true } },
};

/** Adds what belongs beside the emitted files. */
export function completePackage(folder: string): void {
  // tsc writes the extensions of imports anew in scripts, and leaves them in types.
  for (const file of globSync('**/*.d.ts', { cwd: folder })) {
    const text = readFileSync(join(folder, file), 'utf8');
    writeFileSync(join(folder, file), text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
  }
  writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  copyFileSync(join(root, 'widget/npm/README.md'), join(folder, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}
