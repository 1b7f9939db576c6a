// A guard that nobody has seen fail is not a guard: each is run here, with its real configuration, on a planted violation and on
// the same files without it. Then the invariants of the repository itself.
import { execFileSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';

import * as v from 'valibot';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { folders, guards } from '../scripts/guards.ts';
import { idsOf, requirements } from '../scripts/requirement-ids.ts';
import { budgets, measure } from '../scripts/size-budgets.ts';
import { root, run } from '../scripts/tool.ts';
import { plantProject, type PlantedProject } from './support/planted-project.ts';

const planted: PlantedProject[] = [];
const plant = (files: Record<string, string>): PlantedProject => {
  const project = plantProject(files);
  planted.push(project);
  return project;
};

// Whole tools run here, on machines that do other things too.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

afterAll(() => {
  for (const project of planted.splice(0)) project.remove();
});

const Cruise = v.object({
  modules: v.array(v.object({ source: v.string() })),
  summary: v.object({
    totalCruised: v.number(),
    ruleSetUsed: v.object({ forbidden: v.array(v.object({ name: v.string() })) }),
    violations: v.array(v.object({ from: v.string(), to: v.string(), rule: v.object({ name: v.string() }) })),
  }),
});

async function cruise(project: Pick<PlantedProject, 'run'>, ...paths: string[]): Promise<v.InferOutput<typeof Cruise>> {
  const { output } = await project.run('depcruise', ['--config', '.dependency-cruiser.mjs', '-T', 'json', ...paths]);
  return v.parse(Cruise, JSON.parse(output));
}

describe('import directions', () => {
  const fine = {
    'shared/notice.ts': "import * as v from 'valibot';\nexport const Notice = v.string();\n",
    'widget/index.ts':
      "import { Notice } from '../shared/notice.ts';\nexport const start = () => [Notice, import('./ui/ui.tsx')];\n",
    'widget/core/decide.ts': 'export const decide = 1;\n',
    'widget/ui/ui.tsx': "import { decide } from '../core/decide.ts';\nexport const ui = decide;\n",
    'server/app.ts': "import type { Notice } from '../shared/notice.ts';\nexport type Served = typeof Notice;\n",
    'server/store/store.ts': 'export interface Store {}\n',
    'server/store/sqlite/engine.ts': "import type { Store } from '../store.ts';\nexport const engine: Store = {};\n",
    'server/dashboard/main.tsx': "import { Notice } from '../../shared/notice.ts';\nexport const main = Notice;\n",
    'extension/content/facts.ts': "import { Notice } from '../../shared/notice.ts';\nexport const facts = Notice;\n",
    'demo/sites.ts': 'export const sites = [];\n',
    'test/harness.ts': "import { ui } from '../widget/ui/ui.tsx';\nexport const harness = ui;\n",
  };

  it('lets pass what the architecture allows, having seen every module', async () => {
    const { modules, summary } = await cruise(plant(fine), ...folders.slice(0, 6));
    expect(summary.violations).toEqual([]);
    expect(modules.map(({ source }) => source)).toEqual(expect.arrayContaining(Object.keys(fine)));
  });

  // Rule, the module that must not import, what it must not import.
  const forbidden: [rule: string, from: string, to: string][] = [
    ['shared-is-pure', 'shared/planted.ts', '../widget/index.ts'],
    ['shared-is-pure', 'shared/planted.ts', 'hono'],
    ['no-node-in-browsers', 'shared/planted.ts', 'node:fs'],
    ['widget-alone', 'widget/core/planted.ts', '../../server/app.ts'],
    ['core-without-interface', 'widget/core/planted.ts', '../ui/ui.tsx'],
    ['idb-in-the-ledger', 'widget/core/planted.ts', 'idb'],
    ['first-chunk-is-small', 'widget/index.ts', './ui/ui.tsx'],
    ['first-chunk-is-small', 'widget/index.ts', 'preact'],
    ['server-alone', 'server/planted.ts', '../widget/index.ts'],
    ['service-without-dashboard', 'server/planted.ts', './dashboard/main.tsx'],
    ['sql-in-the-store', 'server/planted.ts', 'kysely'],
    ['declared-packages', 'server/planted.ts', 'vitest'],
    ['resolvable', 'server/planted.ts', './gone.ts'],
    ['nothing-imports-tests', 'server/planted.ts', '../test/harness.ts'],
    ['engines-behind-the-store', 'server/routes/planted.ts', '../store/sqlite/engine.ts'],
    ['dashboard-talks-http', 'server/dashboard/planted.ts', '../store/store.ts'],
    ['demo-command-sees-demo', 'server/cli/demo.ts', '../../widget/index.ts'],
    ['extension-alone', 'extension/content/planted.ts', '../../widget/index.ts'],
    ['browser-in-one-file', 'extension/content/planted.ts', 'webextension-polyfill'],
    ['demo-alone', 'demo/planted.ts', '../server/app.ts'],
    ['demo-start-sees-service', 'demo/start.ts', '../test/harness.ts'],
    ['no-cycles', 'widget/core/link.ts', './ring.ts'],
  ];

  describe('reports', () => {
    let reported: string[] = [];
    beforeAll(async () => {
      const files: Record<string, string> = { ...fine, 'widget/core/ring.ts': "export { use } from './link.ts';\n" };
      for (const [i, [, from, to]] of forbidden.entries()) {
        files[from] = `import * as planted${i} from '${to}';\nexport const use${i} = planted${i};\n${files[from] ?? ''}`;
      }
      const { summary } = await cruise(plant(files), ...folders.slice(0, 6));
      reported = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    });

    it.each(forbidden)('%s: %s importing %s', (rule, from, to) => {
      const target = to.startsWith('.') ? join(dirname(from), to) : to.replace('node:', '');
      const ofRule = reported.filter((line) => line.startsWith(`${rule}: ${from} → `));
      const isTarget = (line: string): boolean =>
        line.endsWith(` ${target}`) || line.includes(`node_modules/${target}/`) || line.endsWith(` ${to}`);
      expect(ofRule.some(isTarget), reported.join('\n')).toBe(true);
    });

    it('has a planted violation for every rule', async () => {
      const { summary } = await cruise(plant(fine), 'shared');
      const rules = summary.ruleSetUsed.forbidden.map(({ name }) => name);
      expect([...new Set(forbidden.map(([rule]) => rule))].toSorted()).toEqual(rules.toSorted());
    });
  });

  it('sees modules in every folder of this project', async () => {
    const { modules, summary } = await cruise({ run }, ...folders);
    expect(summary.totalCruised).toBeGreaterThan(100);
    for (const folder of folders)
      expect(
        modules.some(({ source }) => source.startsWith(`${folder}/`)),
        folder,
      ).toBe(true);
  });
});

describe('lint', () => {
  const lint = async (files: Record<string, string>): Promise<string> => {
    const { code, output } = await plant(files).run('oxlint', ['-f', 'unix', 'shared', 'widget', 'server']);
    return code === 0 ? '' : output;
  };
  const awaited = "import { rm } from 'node:fs/promises';\n\nexport const clear = async () => {\n  await rm('x');\n};\n";
  const floating = awaited.replace('await ', '');
  // Rule, file, text.
  const wrong: [rule: string, file: string, text: string][] = [
    ['no-floating-promises', 'server/floating.ts', floating],
    ['no-floating-promises', 'server/floating.test.ts', floating],
    ['no-floating-promises', 'widget/floating.ts', "export const send = () => {\n  fetch('/');\n};\n"],
    ['no-misused-promises', 'server/condition.ts', 'const is = async () => true;\nexport const a = () => (is() ? 1 : 2);\n'],
    ['no-explicit-any', 'shared/any.ts', 'export const a = (b: any): unknown => b;\n'],
    ['no-default-export', 'shared/default.ts', 'const a = 1;\nexport default a;\n'],
    ['no-barrel-file', 'shared/barrel.ts', "export * from './default.ts';\n"],
    ['no-restricted-properties', 'shared/clock.ts', 'export const a = () => Date.now();\n'],
    ['no-restricted-globals', 'shared/network.ts', "export const a = () => fetch('/');\n"],
    [
      'no-disabled-tests',
      'shared/off.test.ts',
      "import { expect, it } from 'vitest';\n\nit.skip('x', () => {\n  expect(1).toBe(1);\n});\n",
    ],
  ];

  it('lets pass promises that are awaited', async () => {
    expect(
      await lint({
        'shared/a.ts': 'export const a = 1;\n',
        'widget/a.ts': 'export const a = 1;\n',
        'server/a.ts': awaited,
        'server/a.test.ts': awaited,
      }),
    ).toBe('');
  });

  describe('reports', () => {
    let reported: string[] = [];
    beforeAll(async () => {
      reported = (await lint(Object.fromEntries(wrong.map(([, file, text]) => [file, text])))).split('\n');
    });

    it.each(wrong)('%s in %s', (rule, file) => {
      expect(
        reported.some((line) => line.startsWith(`${file}:`) && line.includes(`(${rule})`)),
        reported.join('\n'),
      ).toBe(true);
    });
  });
});

describe('types, format, unused code, sizes', () => {
  it('types: reports an error in source and in a test, each with its own libraries', async () => {
    const files = {
      'shared/a.ts': 'export const a: number = 1;\n',
      'shared/a.test.ts': "import { a } from './a.ts';\nexport const b: number = a;\n",
    };
    const clean = plant(files);
    expect((await clean.run('tsc', ['-p', 'shared'])).code).toBe(0);
    expect((await clean.run('tsc', ['-p', 'test'])).code).toBe(0);
    const wrong = plant({
      'shared/a.ts': 'export const a: number = document.title;\n',
      'shared/a.test.ts': 'export const b: number = "";\n',
    });
    expect((await wrong.run('tsc', ['-p', 'shared'])).output).toContain("Cannot find name 'document'");
    expect((await wrong.run('tsc', ['-p', 'test'])).output).toContain('shared/a.test.ts(1,14): error TS2322');
  });

  it('format: reports a file that is not as the formatter writes it', async () => {
    const good = plant({ 'shared/a.ts': "export const a = 'b';\n" });
    expect((await good.run('oxfmt', ['--check', 'shared/a.ts'])).code).toBe(0);
    const bad = plant({ 'shared/a.ts': 'export const a  = "b"\n' });
    const { code, output } = await bad.run('oxfmt', ['--check', 'shared/a.ts']);
    expect(code).not.toBe(0);
    expect(output).toContain('shared/a.ts');
  });

  it('unused code: reports a file, an export and a dependency that nothing uses', async () => {
    const project = plant({
      'shared/used.ts': 'export const used = 1;\nexport const plantedExport = 2;\n',
      'shared/planted-file.ts': 'export const nothing = 3;\n',
      'scripts/build.ts': "import { used } from '../shared/used.ts';\nconsole.log(used);\n",
    });
    const { code, output } = await project.run('knip', ['--no-progress', '--reporter', 'compact']);
    expect(code).not.toBe(0);
    expect(output).toContain('plantedExport');
    expect(output).toContain('shared/planted-file.ts');
    expect(output).toMatch(/Unused dependencies[\s\S]*hono/);
    expect(output).not.toMatch(/shared\/used\.ts: used/);
  });

  it('sizes: measure what an entry loads, and report a budget that is exceeded', () => {
    const { folder } = plant({
      'dist/widget/index.js': 'start()',
      'dist/widget/assets/ui-1.js': 'import{b}from"./b-2.js";import("./later-3.js");b()',
      'dist/widget/assets/b-2.js': randomBytes(5000).toString('base64'),
      'dist/widget/assets/later-3.js': randomBytes(50_000).toString('base64'),
    });
    const budget = {
      name: 'planted',
      folder: 'widget',
      entries: ['index.js', 'assets/ui-1.js'],
      follow: 'static' as const,
      limit: 4096,
    };
    const { bytes, files } = measure(budget, join(folder, 'dist'));
    expect(files).toEqual(['assets/b-2.js', 'assets/ui-1.js', 'index.js']);
    expect(bytes).toBeGreaterThan(budget.limit);
    mkdirSync(join(folder, 'dist', 'empty'));
    expect(() => measure({ ...budget, folder: 'empty' }, join(folder, 'dist'))).toThrow();
    writeFileSync(join(folder, 'dist/widget/assets/b-2.js'), 'export const b = () => 1;');
    expect(measure(budget, join(folder, 'dist')).bytes).toBeLessThan(budget.limit);
  });

  it('are all part of npm run check, with a type check for every folder that has settings', () => {
    expect(guards.map(({ command }) => command)).toEqual(expect.arrayContaining(['oxfmt', 'oxlint', 'depcruise', 'knip', 'tsc']));
    const settings = globSync('**/tsconfig.json', { cwd: root, exclude: ['**/node_modules', 'dist'] }).filter(
      // The others build the types of the package, of files that the folders' own settings check.
      (file) => !['tsconfig.json', 'widget/npm/tsconfig.json', 'server/client/tsconfig.json'].includes(file),
    );
    const checked = guards.filter(({ command }) => command === 'tsc').map(({ args }) => `${args[1]}/tsconfig.json`);
    expect(checked.toSorted()).toEqual(settings.toSorted());
    expect(budgets().length).toBeGreaterThan(0);
  });
});

describe('the repository', () => {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    encoding: 'utf8',
  });
  // A file that was deleted and not yet committed is still listed.
  const tracked = listed.split('\0').filter((file) => file !== '' && existsSync(join(root, file)));
  const textOf = (file: string): string => readFileSync(join(root, file), 'utf8');
  const Package = v.object({
    scripts: v.record(v.string(), v.string()),
    dependencies: v.record(v.string(), v.string()),
    devDependencies: v.record(v.string(), v.string()),
    optionalDependencies: v.record(v.string(), v.string()),
  });
  const manifest = v.parse(Package, JSON.parse(textOf('package.json')));

  it('has a lockfile without download addresses that npm 10 installs without a compiler', () => {
    const lock = textOf('package-lock.json');
    expect(lock).not.toContain('"resolved"');
    expect(lock).not.toMatch(/https?:\/\/[^"]*\.tgz/);
    const Lock = v.object({
      packages: v.record(v.string(), v.looseObject({ optionalDependencies: v.optional(v.record(v.string(), v.string()), {}) })),
    });
    const { packages } = v.parse(Lock, JSON.parse(lock));
    expect(packages['node_modules/better-sqlite3'], 'run npm run dependencies').toMatchObject({ gypfile: false });
    // npm 11 and later refuse a lockfile that misses one platform's package.
    const names = new Set(
      Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)),
    );
    const missing = Object.values(packages).flatMap(({ optionalDependencies }) =>
      Object.keys(optionalDependencies).filter((name) => !names.has(name)),
    );
    expect(missing).toEqual([]);
  });

  it('names no package registry', () => {
    const hosts = /registry\.(npmjs|yarnpkg)\.|npm\.pkg\.github|jsr\.io|deb\.debian\.org|pypi\.org/;
    const naming = tracked.filter(
      (file) => !/\.(png|ico|woff2?)$/.test(file) && file !== 'test/architecture.test.ts' && hosts.test(textOf(file)),
    );
    expect(naming).toEqual([]);
  });

  it('checks its Node first in every npm script', () => {
    // npm itself runs `dependencies` after an install, on whatever Node there is.
    const unchecked = Object.entries(manifest.scripts).filter(
      ([, script]) => !script.startsWith('node scripts/check-node.cjs && '),
    );
    expect(unchecked.map(([name]) => name)).toEqual(['dependencies']);
  });

  it('pins every dependency and says in docs/dependencies.md why it is there', () => {
    const all = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies };
    for (const [name, version] of Object.entries(all)) expect(version, name).toMatch(/^\d+\.\d+\.\d+$/);
    const explained = [...textOf('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\|/gm)].map(([, name]) => name);
    expect(explained.toSorted()).toEqual(Object.keys(all).toSorted());
  });

  it('names only ids that exist at the beginning of test titles', () => {
    const known = new Set(requirements().flatMap(({ items }) => Object.keys(items)));
    expect(known.size).toBe(150);
    const titles = globSync('{shared,widget,server,extension,demo,scripts,test}/**/*.test.{ts,tsx}', { cwd: root }).flatMap(
      (file) =>
        [...textOf(file).matchAll(/\b(?:it|test|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])([RL]\d.*?)\1/g)].map(
          ([, , title]) => ({ file, title: title ?? '' }),
        ),
    );
    expect(titles.length).toBeGreaterThan(0);
    const unknown = titles.filter(({ title }) => idsOf(title).length === 0 || idsOf(title).some((id) => !known.has(id)));
    expect(unknown).toEqual([]);
  });
});
