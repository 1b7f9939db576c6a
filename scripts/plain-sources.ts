// Writes what server/plain-sources.mjs reads: the service's files without their types, each under the hash of the text that it was made
// of, so that none is ever taken for that of another version. Every line and column stays where it was.
// `node --disable-warning=ExperimentalWarning scripts/plain-sources.ts FOLDER`
import { hash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

import { root } from './tool.ts';

const isSource = (file: string): boolean => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.endsWith('.d.ts');

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('plain-sources.ts takes the folder to write to');
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const part of ['server', 'shared'])
  for (const name of readdirSync(join(root, part), { recursive: true, encoding: 'utf8' }).filter(isSource)) {
    const source = readFileSync(join(root, part, name));
    writeFileSync(join(folder, `${hash('sha256', source)}.js`), stripTypeScriptTypes(source.toString()));
  }
