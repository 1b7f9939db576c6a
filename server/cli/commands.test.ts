// What holds for every command alike: help, wrong use, files that cannot be read, databases that do not answer.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';

import { cookiePolicy } from '../../test/support/service.ts';
import { SERVICE_VERSION } from '../service-version.ts';
import { commandsOf, EXAMPLES } from './examples.ts';
import { createProgram, run } from './program.ts';

let folder: string;

async function candour(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const take = (to: 'out' | 'err') => (chunk: unknown) => ((written[to] += String(chunk)), true);
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ];
  try {
    return { code: await run(args), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

const commands = commandsOf(await createProgram());
const names = commands.map(({ words }) => words);
/** Those that do something themselves. */
const leaves = commands.filter(({ command }) => command.commands.length === 0).map(({ words }) => words);

const SUBJECT = 'A'.repeat(43);
const site = ['--site', 'example'];
/** One use of each command that works on the database, complete as far as its words go. */
const ON_DATABASE: Record<string, string[]> = {
  migrate: [],
  backup: ['new-backup'],
  'site create': ['example', '--origin', 'https://www.example.org', '--notice', 'policy.notice.json'],
  'site list': [],
  'site show': ['example'],
  'site pin': ['example'],
  'page check': ['page.html', ...site],
  'notice publish': ['policy.notice.json', ...site],
  'notice diff': ['policy.notice.json', ...site],
  'key create': [],
  'key list': [],
  'key revoke': ['none'],
  'log verify': site,
  'log rotate-key': [],
  prove: [...site, '--subject', SUBJECT],
  'events attest': [...site, '--medium', 'paper', '--reference', 'case-1', '--purpose', 'statistics=given'],
  'events export': site,
  'secret rotate': [],
  'processing export': site,
  'marketing import': ['list.csv', ...site, '--sender', 'example', '--channel', 'email'],
  'marketing check': ['list.jsonl', ...site],
  'marketing state': ['list.jsonl', ...site],
  'marketing object': ['list.jsonl', ...site, '--medium', 'telephone'],
  'marketing export': [...site, '--sender', 'example', '--channel', 'email'],
  'webhook add': [...site, '--url', 'https://hooks.example/'],
  'webhook list': site,
  'webhook messages': [...site, '--webhook', 'none'],
  'webhook pause': [...site, '--webhook', 'none'],
  'webhook resume': [...site, '--webhook', 'none'],
  'webhook remove': [...site, '--webhook', 'none'],
  'webhook replay': [...site, '--webhook', 'none'],
  'witness list': [],
  'witness remove': ['none.example/w'],
  'subject erase': [...site, '--subject', SUBJECT],
  'subject restrict': [...site, '--subject', SUBJECT],
  'subject unrestrict': [...site, '--subject', SUBJECT],
  'rights list': site,
  'rights show': ['none', ...site],
  'rights new': ['access', ...site],
  'rights step': ['none', 'complete', ...site],
  'rights link': ['none', SUBJECT, ...site],
  'rights pack': ['none', ...site],
  'rights forget': ['none', ...site],
  'retention run': site,
  'retention log': site,
};
/** Those that need no database, a key of another service first, or run until they are stopped. */
const OTHERS = [
  'serve',
  'demo',
  'restore',
  'banner lint',
  'notice lint',
  'notice hash',
  'notice analyse',
  'notice applies',
  'marketing lint',
  'witness run',
  'witness add',
];

/** Each command that reads a file that it is given. */
const READS: string[][] = [
  ['site', 'create', 'x', '--origin', 'https://x.example', '--notice', 'FILE'],
  ['site', 'create', 'x', '--origin', 'https://x.example', '--notice', 'policy.notice.json', '--config', 'FILE'],
  ['page', 'check', 'FILE', ...site],
  ['banner', 'lint', 'FILE'],
  ['notice', 'lint', 'FILE'],
  ['notice', 'hash', 'FILE'],
  ['notice', 'publish', 'FILE', ...site],
  ['notice', 'diff', 'policy.notice.json', 'FILE'],
  ['log', 'verify', ...site, '--receipt', 'FILE'],
  ['log', 'verify', ...site, '--checkpoint', 'FILE'],
  ['log', 'verify', '--evidence', 'FILE'],
  ['prove', ...site, '--receipt', 'FILE'],
  ['events', 'attest', ...site, '--medium', 'paper', '--reference', 'case-1', '--contacts', 'FILE'],
  ['marketing', 'lint', 'FILE'],
  ['marketing', 'import', 'FILE', ...site, '--sender', 'example', '--channel', 'email'],
  ['restore', 'FILE'],
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-commands-'));
  vi.spyOn(process, 'cwd').mockReturnValue(folder);
  await writeFile(join(folder, 'policy.notice.json'), JSON.stringify(cookiePolicy));
  await writeFile(join(folder, 'page.html'), '<!doctype html>');
  useSqlite();
  expect((await candour(...withFiles(['site', 'create', ...(ON_DATABASE['site create'] ?? [])]))).code).toBe(0);
});
beforeEach(() => useSqlite());
afterAll(async () => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

function useSqlite(): void {
  vi.stubEnv('CANDOUR_DATABASE', `sqlite:${join(folder, 'x.sqlite')}`);
  vi.stubEnv('CANDOUR_PUBLIC_URL', 'https://consent.example');
  vi.stubEnv('CANDOUR_LOG_KEY', join(folder, 'log-key.pem'));
  vi.stubEnv('CANDOUR_SECRET', 'only for tests, and long enough to be taken');
  vi.stubEnv('CANDOUR_SECRET_PREVIOUS', 'the one before, and long enough to be taken');
}
const withFiles = (args: readonly string[], file = 'none.json'): string[] =>
  args.map((one) => (one === 'FILE' ? join(folder, file) : /\.(json|html)$|^new-backup$/.test(one) ? join(folder, one) : one));
/** One line of plain words. */
const ONE_LINE = /^(?!.*(?:\bat \S+:\d|node:internal))[^\n]{5,400}\n$/;

describe('every command', () => {
  it('is known to these tests', () => {
    expect(leaves.length).toBeGreaterThan(30);
    expect(leaves.filter((words) => !(words in ON_DATABASE) && !OTHERS.includes(words))).toEqual([]);
    expect([...Object.keys(ON_DATABASE), ...OTHERS].filter((words) => !names.includes(words))).toEqual([]);
  });

  it.each(['', ...names])('explains itself: candour %s --help', async (words) => {
    const { code, out, err } = await candour(...words.split(' ').filter(Boolean), '--help');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(new RegExp(`^Usage: candour ?${words}`));
    if (words !== '') expect(out).toMatch(/\nExamples?:\n {2}candour /);
  });

  it.each(leaves)('ends with 2 at an option that it does not know: candour %s --nonsense', async (words) => {
    const { code, out, err } = await candour(...words.split(' '), ...withFiles(ON_DATABASE[words] ?? []), '--nonsense');
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(words in ON_DATABASE ? /^error: unknown option '--nonsense'/ : /^error: (unknown|required) option '/);
  });

  it.each(names.filter((words) => !leaves.includes(words)))(
    'ends with 2 at a subcommand that is none: candour %s nonsense',
    async (words) => {
      expect((await candour(...words.split(' '), 'nonsense')).code).toBe(2);
    },
  );

  it.each(Object.entries(EXAMPLES))('has examples that it would take: %s', (words, lines) => {
    expect(names).toContain(words);
    for (const line of lines) {
      const typed = (line.split(' > ')[0] ?? '').replaceAll(/"[^"]*"/g, 'TEXT').split(' ');
      const found = commands.filter(({ words: name }) => ` ${typed.join(' ')} `.startsWith(` ${name} `)).at(-1);
      expect(` ${line} `, 'is an example of the command').toContain(` ${words} `);
      const known = found?.command.options.map(({ long }) => long) ?? [];
      for (const option of typed.filter((one) => one.startsWith('--'))) expect(known, line).toContain(option);
      for (const option of found?.command.options.filter(
        ({ mandatory, defaultValue }) => mandatory && defaultValue === undefined,
      ) ?? [])
        expect(typed, line).toContain(option.long);
      const least = found?.command.registeredArguments.filter(({ required }) => required).length ?? 0;
      const given = typed
        .slice(found?.words.split(' ').length)
        .filter((one, i, all) => !one.startsWith('--') && !all[i - 1]?.startsWith('--'));
      expect(given.length, line).toBeGreaterThanOrEqual(least);
    }
  });
});

it.each(['--version', '-V'])('says which it is, and reads no command for it: candour %s', async (asked) => {
  expect((await createProgram(asked)).commands).toEqual([]);
  expect(await candour(asked)).toEqual({ code: 0, out: `${SERVICE_VERSION}\n`, err: '' });
});

it.each(READS.map((args) => [args.join(' '), args] as const))(
  'a file that cannot be read ends with 2 and its name: candour %s',
  async (_, args) => {
    expect(await candour(...withFiles(args))).toEqual({
      code: 2,
      out: '',
      err: expect.stringMatching(ONE_LINE) as string,
    });
    expect((await candour(...withFiles(args))).err).toContain('none.json');
  },
);

describe('a database that cannot be reached ends with 2 and one line', () => {
  it.each(Object.entries(ON_DATABASE))('candour %s, PostgreSQL', async (words, args) => {
    vi.stubEnv('CANDOUR_DATABASE', 'postgres://candour:hunter2@127.0.0.1:1/candour');
    const { code, err } = await candour(...words.split(' '), ...withFiles(args));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(ONE_LINE) as string });
    expect(err).not.toContain('hunter2');
  });

  it.each(Object.entries(ON_DATABASE))('candour %s, a file that is no database', async (words, args) => {
    await writeFile(join(folder, 'no.sqlite'), 'this is no database at all, only a text of some length\n'.repeat(100));
    vi.stubEnv('CANDOUR_DATABASE', `sqlite:${join(folder, 'no.sqlite')}`);
    const { code, err } = await candour(...words.split(' '), ...withFiles(args));
    expect({ code, err }).toEqual({ code: 2, err: expect.stringMatching(ONE_LINE) as string });
  });
});
