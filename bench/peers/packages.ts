// Files of the packages in bench/node_modules, and files that a contestant's set-up has written by hand.
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

import type { ServedFile } from './contestant.ts';

const MODULES = join(import.meta.dirname, '../node_modules');
const TYPES: Record<string, string> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
};

const typeOf = (extension: string): string => {
  const type = TYPES[extension];
  if (!type) throw new Error(`no media type for .${extension}`);
  return type;
};

export const packaged = (path: string): ServedFile => ({
  body: readFileSync(join(MODULES, path)),
  type: typeOf(extname(path).slice(1)),
});

export const ownFile = (text: string, extension: 'js' | 'css'): ServedFile => ({
  body: Buffer.from(text),
  type: typeOf(extension),
});

export const versionOf = (name: string): string =>
  (JSON.parse(readFileSync(join(MODULES, name, 'package.json'), 'utf8')) as { version: string }).version;
