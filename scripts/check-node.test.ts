// The first step of every script, seen from an old Node.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { root } from './tool.ts';

const file = join(root, 'scripts', 'check-node.cjs');

const runAs = (version: string) => {
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '${version}' }); require(${JSON.stringify(file)})`;
  return spawnSync(process.execPath, ['--input-type=commonjs', '-e', pretend], { encoding: 'utf8' });
};

it.each(['22.18.0', '22.20.1', '23.6.0', '24.21.0', '26.0.0'])('lets Node %s pass without a word', (version) => {
  expect(runAs(version)).toMatchObject({ status: 0, stdout: '', stderr: '' });
});

it.each(['0.10.48', '8.17.0', '20.20.2', '22.17.1'])('says in one line what Node %s lacks, and fails', (version) => {
  const { status, stderr } = runAs(version);
  expect(status).toBe(1);
  expect(stderr).toMatch(/^Candour needs Node 22\.18 or later .*\n$/);
});

it('is written in syntax and functions that an old Node has', () => {
  expect(readFileSync(file, 'utf8')).not.toMatch(/=>|\b(?:const|let|class|async|import)\b|`|\?\.|\.\.\./);
});
