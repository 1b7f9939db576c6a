import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { formatOf } from './notice-analyse.ts';

const CANDOUR = fileURLToPath(new URL('candour.mjs', import.meta.url));
const NOTICE =
  '# Privacy notice\n\nAcme Ltd is the controller.\n\n## Orders\n\nThis is necessary for the performance of our contract with you.\n';
let folder = '';

interface Outcome {
  code: number;
  out: string;
  error: string;
}

const candour = (args: string[], input?: string): Promise<Outcome> =>
  new Promise((resolve) => {
    const child = execFile(process.execPath, [CANDOUR, 'notice', 'analyse', ...args], (error, out, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, error: stderr }),
    );
    // It may end before it has read everything: that is what some of these tests are about.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input ?? '');
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'analyse-'));
  await writeFile(join(folder, 'notice.md'), NOTICE);
});
afterAll(() => rm(folder, { recursive: true }));

describe('candour notice analyse', () => {
  it('prints facts whose offsets count in the printed text', async () => {
    const file = join(folder, 'notice.md');
    const { out } = await candour([file, '--json']);
    const { out: text } = await candour([file, '--print-text']);
    const analysis = JSON.parse(out) as {
      schema: number;
      lawfulBases: { basis: string; activity: string; evidence: { quote: string; start: number; end: number } }[];
    };
    expect(analysis.schema).toBe(1);
    expect(analysis.lawfulBases).toHaveLength(1);
    const [found] = analysis.lawfulBases;
    expect([found?.basis, found?.activity]).toEqual(['contract', 'orders']);
    expect(text.slice(found?.evidence.start, found?.evidence.end)).toBe(found?.evidence.quote);
  });

  it('reads standard input, and says it in words', async () => {
    const { code, out } = await candour(['-'], NOTICE);
    expect(code).toBe(0);
    expect(out).toContain('Controller: Acme Ltd');
    expect(out).toContain('Orders: stated here');
  });

  it('offsets of plain text count in the file as it is, line ends and all', async () => {
    const file = join(folder, 'notice.txt');
    const source = '\ufeffPrivacy notice\r\n\r\nWe rely on your consent to send the letter.\r\n';
    await writeFile(file, source);
    const { out } = await candour([file, '--json']);
    const { lawfulBases } = JSON.parse(out) as { lawfulBases: { evidence: { quote: string; start: number; end: number } }[] };
    expect(lawfulBases.map(({ evidence }) => source.slice(evidence.start, evidence.end))).toEqual([
      'We rely on your consent to send the letter.',
    ]);
  });

  it('refuses more than 5 MB with one clear line, from a file and from standard input', async () => {
    const file = join(folder, 'long.txt');
    const long = 'We rely on your consent. '.repeat(230_000);
    await writeFile(file, long);
    for (const { code, error } of [await candour([file]), await candour(['-'], long)]) {
      expect(code).toBe(2);
      expect(error.trim()).toMatch(/longer than 5 MB; it is not read$/);
      expect(error.trim().split('\n')).toHaveLength(1);
    }
  });

  it('wrong use is exit 2 with one line', async () => {
    for (const args of [
      [join(folder, 'none.md')],
      [join(folder, 'notice.md'), '--format', 'pdf'],
      [join(folder, 'notice.md'), '--lang', 'English'],
    ]) {
      const { code, error } = await candour(args);
      expect(code).toBe(2);
      expect(error.trim().split('\n')).toHaveLength(1);
    }
  });

  it.each([
    ['-', '<!doctype html><p>We', 'html'],
    ['-', '# Notice\n\nWe', 'markdown'],
    ['-', 'Notice\n\nWe', 'text'],
    ['a.HTM', 'We', 'html'],
    ['a.txt', '# We', 'text'],
  ])('takes %s that begins %j for %s', (file, source, format) => expect(formatOf(file, source)).toBe(format));
});
