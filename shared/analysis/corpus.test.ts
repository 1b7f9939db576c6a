// The rules against annotated notices of others, where the corpus is present: the goals of what a notice states.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { beforeAll, describe, expect, it } from 'vitest';

import { analyseDocument } from './analyse.ts';
import { readMarkdown } from './markdown.ts';
import { readPlainText } from './plain-text.ts';

const CORPUS = fileURLToPath(new URL('../../../shared/corpus/', import.meta.url));
const present = existsSync(CORPUS);

interface Measure {
  micro: { p: number; r: number; f1: number };
}
interface Score {
  fields: Record<string, Measure>;
  traps: number;
  mentions: number;
}
type ScoreDirs = (predictionOf: (id: string) => unknown, gold: string) => Score;

const analysisOf = (id: string): ReturnType<typeof analyseDocument> => {
  const file = readdirSync(`${CORPUS}notices`).find((name) => name.startsWith(`${id}.`)) ?? '';
  const source = readFileSync(`${CORPUS}notices/${file}`, 'utf8');
  return analyseDocument(file.endsWith('.md') ? readMarkdown(source) : readPlainText(source));
};

describe.runIf(present)('the corpus (runs only where it is present)', () => {
  let score: Score;
  beforeAll(async () => {
    const { scoreDirs } = (await import(`${CORPUS}score.mjs`)) as { scoreDirs: ScoreDirs };
    score = scoreDirs((id) => {
      const { lawfulBases, rights, controller, authority, retention } = analysisOf(id);
      return {
        bases: lawfulBases.map(({ basis, evidence }) => ({ basis, quote: evidence.quote })),
        rights: rights.map(({ right }) => right),
        controller: controller?.name ?? null,
        authority: authority?.name ?? null,
        retention: retention.map(({ evidence }) => ({ quote: evidence.quote })),
      };
    }, `${CORPUS}gold`);
  }, 60_000);

  it.each([
    ['bases', 0.9],
    ['rights', 0.9],
    ['controller', 0.9],
    ['authority', 0.9],
    ['retention', 0.85],
  ])('F1 of %s is at least %d', (field, goal) => {
    expect(score.fields[field]?.micro.f1).toBeGreaterThanOrEqual(goal);
  });

  it('at most three in a hundred hard negatives are taken for statements', () => {
    expect(score.mentions).toBeGreaterThan(100);
    expect(score.traps / score.mentions).toBeLessThanOrEqual(0.03);
  });
});
