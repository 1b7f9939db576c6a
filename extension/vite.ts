// How dist/extension/<browser> is built: one manifest each, the same source.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { crx } from '@crxjs/vite-plugin';
import { minifySync, type Plugin, type UserConfig } from 'vite';

import { contentFiles } from './content/vite.ts';
import { manifest, type Browser } from './manifest.ts';
import { refuseFiles } from './refuse/vite.ts';
import { detectionOnly } from './signals/vite.ts';
import { badgeWordsFile } from './words/vite.ts';

const HERE = import.meta.dirname;

const version = (): string => (JSON.parse(readFileSync(join(HERE, '../package.json'), 'utf8')) as { version: string }).version;

/**
 * Takes Preact's one way to turn text into HTML out of the build: nothing here uses it, and what a notice says must stay text whatever
 * anyone writes later. Throws when Preact changed so that there is nothing to take out.
 */
const noHtmlFromText = (): Plugin => ({
  name: 'candour:no-html-from-text',
  transform(code, id) {
    if (!/preact\/dist\/preact\.m?js$/.test(id)) return null;
    const safe = code.replace(/\b\w+\.innerHTML\s*=\s*\w+\.__html/, 'void 0');
    if (safe === code) throw new Error('Preact sets innerHTML in another way than before: look at noHtmlFromText');
    return { code: safe, map: null };
  },
});

/** The TCF library can fetch vendor lists. Here it only reads strings: its one file that makes requests stays out of the build. */
const noRequestsOfOthers = (): Plugin => ({
  name: 'candour:no-requests-of-others',
  load(id) {
    if (!/@iabtechlabtcf\/core\/.*\/Json\.js$/.test(id)) return null;
    return `const never = () => { throw new Error('the extension fetches no vendor list'); };
export class Json { static absCall = never; static post = never; static fetch = never; }`;
  },
});

interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as Node).type === 'string';

function* nodesIn(node: Node): Generator<Node> {
  yield node;
  for (const value of Object.values(node))
    for (const child of Array.isArray(value) ? (value as unknown[]) : [value]) if (isNode(child)) yield* nodesIn(child);
}

/** The arrays that stand behind the trigger of a rule, and those of an `examples` property. */
function exampleArrays(node: Node): Node[] {
  if (node.type === 'CallExpression') {
    const given = node['arguments'] as Node[];
    const trigger = given.findIndex((argument) => argument.type === 'Literal' && 'regex' in argument && argument['regex']);
    return trigger < 0 ? [] : given.slice(trigger + 1, trigger + 3).filter(({ type }) => type === 'ArrayExpression');
  }
  const isExamples = node.type === 'Property' && (node['key'] as Node & { name?: string }).name === 'examples';
  const value = node['value'] as Node;
  if (!isExamples || value.type !== 'ObjectExpression') return [];
  return (value['properties'] as Node[])
    .map((property) => property['value'] as Node)
    .filter(({ type }) => type === 'ArrayExpression');
}

/** Takes the examples of the analysis' rules out of the build: they are its tests, and a third of its words. */
const noExamples = (): Plugin => ({
  name: 'candour:no-examples',
  enforce: 'post',
  transform(code, id) {
    if (!/shared\/analysis\/rules\/[\w-]+\.ts$/.test(id)) return null;
    let text = code;
    const found = [...nodesIn(this.parse(code) as unknown as Node)]
      .flatMap(exampleArrays)
      .sort((one, two) => two.start - one.start);
    for (const { start, end } of found) text = `${text.slice(0, start)}[]${text.slice(end)}`;
    return { code: text, map: null };
  },
});

/** What stands in every page carries no comments there: the code stays as it is written, for whoever reads it. */
const noCommentsInPages = (): Plugin => ({
  name: 'candour:no-comments-in-pages',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      const scripts = Object.values(bundle).filter(({ fileName }) => /^(?:content|page-world)\/.*\.js$/.test(fileName));
      if (scripts.length !== 4) throw new Error(`${scripts.length} content scripts, not the four that are known here`);
      for (const script of scripts) {
        if (script.type !== 'asset') throw new Error(`${script.fileName} is built in another way than before`);
        const kept = { compress: false, mangle: false, codegen: { removeWhitespace: false } };
        script.source = minifySync(script.fileName, String(script.source), kept).code;
      }
    },
  },
});

export const extensionBuild = (browser: Browser): UserConfig => ({
  root: HERE,
  publicDir: false,
  oxc: { jsx: { importSource: 'preact' } },
  build: {
    outDir: join(HERE, '../dist/extension', browser),
    emptyOutDir: true,
    target: 'es2023',
    modulePreload: false,
    // Stores read the source; a reviewer should be able to.
    minify: false,
    // Chromium's manifest names the side panel in a key that the plugin knows; Firefox's sidebar it has to be told.
    rollupOptions: browser === 'firefox' ? { input: { sidepanel: join(HERE, 'sidepanel.html') } } : {},
  },
  plugins: [
    noHtmlFromText(),
    noRequestsOfOthers(),
    noExamples(),
    detectionOnly(),
    contentFiles(),
    refuseFiles(),
    badgeWordsFile(),
    noCommentsInPages(),
    crx({ manifest: manifest(browser, version()), browser }),
  ],
});
