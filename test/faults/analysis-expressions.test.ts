// The regular expressions of the analysis, as they are run, before a tool that looks for catastrophic backtracking.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { parseSync } from '@swc/core';
import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';

import { sequencesOf } from '../../shared/analysis/trigger.ts';

const FOLDER = fileURLToPath(new URL('../../shared/analysis/', import.meta.url));
const sources = readdirSync(FOLDER, { recursive: true })
  .map(String)
  .filter((file) => file.endsWith('.ts') && !/\.(?:test|fixture)\.ts$/.test(file));
/** Rules whose triggers are run part by part; the others are run as they are written. */
const BY_PARTS = /^rules[/\\](?:frames|retention|rights|facts|section)/;

/** ms for one expression: what is not decided by then is not known to be bad. The long run takes five times as much. */
const TIME = process.env['CANDOUR_FAULT_REPORT'] === undefined ? 300 : 1500;

interface Literal {
  pattern: string;
  flags: string;
  file: string;
}

function literalsIn(node: unknown, file: string, into: Literal[]): void {
  if (typeof node !== 'object' || node === null) return;
  if ('type' in node && node.type === 'RegExpLiteral') into.push({ ...(node as unknown as Literal), file });
  for (const child of Object.values(node)) literalsIn(child, file, into);
}

function expressions(): { source: string; flags: string; file: string }[] {
  const literals: Literal[] = [];
  for (const file of sources)
    literalsIn(parseSync(readFileSync(FOLDER + file, 'utf8'), { syntax: 'typescript', target: 'es2024' }), file, literals);
  return literals.flatMap(({ pattern, flags, file }) =>
    BY_PARTS.test(file)
      ? sequencesOf(new RegExp(pattern, flags)).flatMap(({ parts }) =>
          parts.map((part) => ({ source: part.source, flags: flags.replace('g', ''), file })),
        )
      : [{ source: pattern, flags, file }],
  );
}

describe('regular expressions', () => {
  const all = expressions();

  it('are found in the sources', () => {
    expect(all.length).toBeGreaterThan(500);
  });

  // Exponential is what bounded input cannot bound: every text that a rule sees has at most some 1,800 units (sentences.ts).
  it('none backtracks exponentially', { timeout: 300_000 }, () => {
    const repeated = all.filter(({ source }) => /[*+}]\??[^()]*\)[*+{]|\)[*+]/.test(source));
    expect(repeated.length).toBeGreaterThan(20);
    const bad = repeated.filter(({ source, flags }) => {
      const found = checkSync(source, flags, { timeout: TIME, checker: 'auto' });
      return found.status === 'vulnerable' && found.complexity.type === 'exponential';
    });
    expect(bad).toEqual([]);
    expect(checkSync('^(a+)+$', '').status).toBe('vulnerable');
  });
});
