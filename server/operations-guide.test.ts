// The operator's guide and the files to deploy with name settings, commands and metrics that exist, and all of them.
import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { ROLES } from '../shared/operator.ts';
import { serviceMetrics } from './metrics.ts';
import { parseConfig } from './config.ts';
import { defaultWords, SETTINGS, settingsHelp, type Setting } from './settings.ts';
import type { Store } from './store/store.ts';

const read = (path: string): string => readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
const guide = read('docs/operations.md');
const deploying = ['Dockerfile', 'compose.yaml', 'candour.service', 'postgres-roles.sh']
  .map((name) => read(`deploy/${name}`))
  .join('\n');
const variables = (text: string): string[] =>
  [...new Set([...text.matchAll(/\bCANDOUR_[A-Z_]+[A-Z]/g)].map(([name]) => name))].sort();

/** Each variable that the service asks its environment for. */
function asked(): string[] {
  const names = new Set<string>();
  const environment = new Proxy({} as Record<string, string | undefined>, {
    get: (_, name) => (names.add(String(name)), undefined),
  });
  parseConfig(environment, { secretRequired: false });
  return [...names].sort();
}

/** Read by the store, which looks for PostgreSQL's programs itself. */
const READ_ELSEWHERE = 'CANDOUR_PG_BIN';
const settings: readonly Setting[] = SETTINGS;

it('every setting that the service reads is in the one table, and nothing else is', () => {
  expect(asked()).toEqual(
    settings
      .map(({ name }) => name)
      .filter((name) => name !== READ_ELSEWHERE)
      .sort(),
  );
});

it('the guide’s rows are those of the table: name, default, meaning', () => {
  const rows = [...guide.matchAll(/^\| (`CANDOUR_.*) \|$/gm)].map(([, row = '']) => row.split('|').map((cell) => cell.trim()));
  expect(rows).toEqual(settings.map((setting) => [`\`${setting.name}\``, defaultWords(setting), setting.what]));
});

it('the help of serve lists every setting with its default', () => {
  for (const { name, value } of settings) {
    const line = settingsHelp()
      .split('\n')
      .find((each) => each.startsWith(`  ${name} `) || each === `  ${name}`);
    expect(line, name).toContain(value === null ? name : `(default: ${value})`);
  }
});

it('the README names settings that exist, and the ports that are true', () => {
  const readme = read('README.md');
  const names: string[] = settings.map(({ name }) => name);
  expect(variables(readme).length).toBeGreaterThan(3);
  expect(variables(readme).filter((name) => !names.includes(name))).toEqual([]);
  for (const name of ['CANDOUR_PORT', 'CANDOUR_DEMO_PORT'])
    expect(readme, name).toContain(settings.find((setting) => setting.name === name)?.value);
});

it('guide and deployment name no setting that does not exist', () => {
  // Passwords that compose.yaml and its script hand to the database.
  const ofCompose = ['CANDOUR_OWNER_PASSWORD', 'CANDOUR_SERVICE_PASSWORD'];
  const known = [...asked(), READ_ELSEWHERE, ...ofCompose];
  expect(variables(`${guide}\n${deploying}`).filter((name) => !known.includes(name))).toEqual([]);
});

it('the guide names metrics that exist, and every role', async () => {
  const store = { sites: async () => [] } as unknown as Store;
  const { body } = await serviceMetrics(store, { ofProcess: true }).text();
  const named = [...guide.matchAll(/`((?:candour|process|nodejs)_[a-z0-9_]+)`/g)].map(([, name = '']) => name);
  expect(named.length).toBeGreaterThan(5);
  for (const name of named) expect(body, name).toContain(`# TYPE ${name} `);
  for (const role of ROLES) expect(guide).toContain(`| \`${role}\` `);
});

it('the image runs as another user than root, and nothing of a secret stands in a file', () => {
  expect(deploying).toMatch(/^USER node$/m);
  expect(deploying).not.toMatch(/PASSWORD(=|: )(?!\$|…|:)\S/);
});
