// Keys, notices and the log's key on the command line.
import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { marketingConfiguration, marketingNotice } from '../../test/support/marketing-site.ts';
import { cookiePolicy } from '../../test/support/service.ts';
import { openStore } from '../store/open.ts';
import { run } from './program.ts';

let folder: string;

/** In this process: two dozen commands would otherwise each start Node. candour.test.ts has the command as people run it. */
async function candour(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const take = (to: 'out' | 'err') => (chunk: unknown) => ((written[to] += String(chunk)), true);
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ];
  try {
    return { code: await run(args.map((one) => (one.endsWith('.json') ? join(folder, one) : one))), ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
const file = (name: string, value: unknown) => writeFile(join(folder, name), JSON.stringify(value));
const audited = async () => {
  const store = await openStore({ engine: 'sqlite', file: join(folder, 'x.sqlite') });
  const site = await store.site('example');
  const entries = [...(await store.audit.list(null, null, 50)), ...(await store.audit.list(site, null, 50))];
  await store.close();
  return entries;
};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-operator-'));
  vi.stubEnv('CANDOUR_DATABASE', `sqlite:${join(folder, 'x.sqlite')}`);
  vi.stubEnv('CANDOUR_PUBLIC_URL', 'https://consent.example');
  await file('policy.notice.json', cookiePolicy);
  await file('next.notice.json', {
    ...cookiePolicy,
    version: '2',
    activities: cookiePolicy.activities.map((one) => ({ ...one, retention: [] })),
  });
  await candour('site', 'create', 'example', '--origin', 'https://www.example.org', '--notice', 'policy.notice.json');
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

it('R69 keys have a role, an end and a site, and the audit log is told', async () => {
  const made = await candour('key', 'create', '--role', 'auditor', '--expires', 'P90D', '--site', 'example', '--name', 'Robot');
  expect(made.out).toMatch(/^Key [\w-]{12} \(Robot: auditor, example, until \d{4}-/);
  expect(made.out).toContain('Its secret is shown this once');
  const [, id = ''] = /^Key ([\w-]{12})/.exec(made.out) ?? [];
  expect((await candour('key', 'list')).out).toMatch(new RegExp(`^${id}\tRobot\tauditor\texample\tsince .*\tuntil `, 'm'));
  expect((await candour('key', 'revoke', id)).code).toBe(0);
  expect(await candour('key', 'revoke', '--', '-1w2e3r4t5y6')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no key -1w2e3r4t5y6'),
  });
  expect((await candour('key', 'create', '--role', 'root')).code).toBe(2);
  expect((await candour('key', 'create', '--role', 'dpo', '--expires', '90d')).code).toBe(2);
  expect(await candour('key', 'create', '--site', 'none')).toMatchObject({
    code: 2,
    err: expect.stringContaining('no site none'),
  });
  const told = (await audited()).filter(({ object }) => object === id);
  expect(told.map(({ action, actor }) => [action, actor])).toEqual([
    ['key.revoke', 'command'],
    ['key.create', 'command'],
  ]);
});

it('R74 notices are checked, hashed, compared and published', async () => {
  const linted = await candour('notice', 'lint', 'policy.notice.json');
  expect(linted).toMatchObject({
    code: 0,
    out: expect.stringContaining('warning L55 RETENTION_NO_ANCHOR at activities/0/retention/0'),
  });
  expect((await candour('notice', 'lint', '--strict', 'policy.notice.json')).code).toBe(1);
  expect((await candour('notice', 'lint', '--strict', 'next.notice.json')).code).toBe(0);
  await file('broken.notice.json', { ...cookiePolicy, title: '' });
  expect(await candour('notice', 'lint', 'broken.notice.json')).toMatchObject({
    code: 1,
    out: expect.stringMatching(/broken\.notice\.json: no notice: title: is ""; it takes some text/),
  });
  expect((await candour('notice', 'lint', 'none.json')).code).toBe(2);

  const [hash] = (await candour('notice', 'hash', 'next.notice.json')).out.split(' ');
  expect(hash).toMatch(/^[\w-]{43}$/);
  const changes =
    '~ the document: document: version: 1 → version: 2\n- visit-statistics: retention: at most 1 year (from when is not said)\n';
  expect((await candour('notice', 'diff', 'policy.notice.json', 'next.notice.json')).out).toBe(changes);
  // Where only the wording differs, what it is called is said once.
  await file('reworded.notice.json', { ...cookiePolicy, about: 'Said in other words.' });
  expect((await candour('notice', 'diff', 'policy.notice.json', 'reworded.notice.json')).out).toBe(
    `~ the document: wording: ${cookiePolicy.title}\n`,
  );
  expect(await candour('notice', 'diff', '--exit-code', '--site', 'example', 'next.notice.json')).toMatchObject({
    code: 1,
    out: changes,
  });
  expect((await candour('notice', 'diff', 'next.notice.json')).code).toBe(2);

  const published = await candour('notice', 'publish', '--site', 'example', 'next.notice.json');
  expect(published).toMatchObject({
    code: 0,
    out: expect.stringContaining(`published as https://consent.example/v1/notices/${hash}`),
  });
  expect((await candour('notice', 'diff', '--site', 'example', 'next.notice.json')).out).toBe('Nothing changed.\n');
  expect((await audited()).find(({ action }) => action === 'notice.publish')).toMatchObject({ object: hash, role: 'owner' });
});

it('R49 the log key is rotated by one command, and the log verifies after', async () => {
  const before = await readFile(join(folder, 'log-key.pem'), 'utf8');
  const rotated = await candour('log', 'rotate-key');
  expect(rotated).toMatchObject({ code: 0, out: expect.stringMatching(/^1 log goes by the new key [\w-]{43}\./) });
  expect(await readFile(join(folder, 'log-key.pem'), 'utf8')).not.toBe(before);
  const retired = (await readdir(folder)).find((name) => name.startsWith('log-key.pem.retired-')) ?? '';
  expect(await readFile(join(folder, retired), 'utf8')).toBe(before);
  expect(await candour('log', 'verify', '--site', 'example')).toMatchObject({
    code: 0,
    out: expect.stringContaining('The log verifies.'),
  });
  expect((await audited()).map(({ action }) => action)).toContain('log_key.rotate');
});

describe('making a site', () => {
  const PAGE = ['--origin', 'https://tea.example'];

  it('is refused for an https origin while the service’s own URL is not set, and writes nothing', async () => {
    vi.stubEnv('CANDOUR_PUBLIC_URL', '');
    const refused = await candour('site', 'create', 'tea', ...PAGE, '--notice', 'policy.notice.json');
    expect(refused).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^CANDOUR_PUBLIC_URL is not set; for the origin https:\/\/tea\.example it takes [^\n]+\n$/),
    });
    const local = await candour('site', 'create', 'local', '--origin', 'http://localhost:3000', '--notice', 'policy.notice.json');
    expect(local).toMatchObject({ code: 0, out: expect.stringContaining('log localhost:8787/local') });
    vi.stubEnv('CANDOUR_PUBLIC_URL', 'https://consent.example');
    expect((await candour('site', 'list')).out).not.toContain('tea');
  });

  it('says where it wrote to, what to embed and what a page can name', async () => {
    const notice = await readFile(join(import.meta.dirname, '../../docs/example.notice.json'), 'utf8');
    await writeFile(join(folder, 'example.json'), notice);
    const { code, out } = await candour('site', 'create', 'tea', ...PAGE, '--notice', 'example.json');
    expect(code).toBe(0);
    expect(out).toContain(`Site tea, log consent.example/tea, in ${join(folder, 'x.sqlite')}.`);
    expect(out).toContain('<script src="https://consent.example/w/tea.js"></script>');
    expect(out).toContain('data-purpose takes: statistics');
    expect(out).toContain('data-activity takes: newsletter');
    const shown = await candour('site', 'show', 'tea', '--configuration');
    await file('given-back.json', JSON.parse(shown.out));
    expect(
      (await candour('site', 'create', 'tea', ...PAGE, '--notice', 'example.json', '--config', 'given-back.json')).code,
    ).toBe(0);
    expect((await candour('site', 'show', 'tea', '--configuration')).out).toBe(shown.out);
  });

  it('tells all that is wrong with all its files, each with its name, and publishes nothing', async () => {
    await file('wrong.json', { ...cookiePolicy, title: '', language: 'English' });
    await file('configuration.json', { purposes: [], layot: 'bar' });
    const before = (await audited()).length;
    const { code, out, err } = await candour(
      'site',
      'create',
      'wrong',
      ...PAGE,
      '--notice',
      'wrong.json',
      '--config',
      'configuration.json',
    );
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.slice(folder.length + 1)),
    ).toEqual([
      'wrong.json: title: is ""; it takes some text',
      'wrong.json: language: is "English"; it takes a language tag such as en or en-GB',
      'configuration.json: purposes: is an empty list; it takes at least one',
      'configuration.json: layot: is a key that is not known here; did you mean layout?',
    ]);
    const published = await candour('notice', 'publish', '--site', 'example', 'next.notice.json', 'wrong.json');
    expect({ code: published.code, out: published.out }).toEqual({ code: 2, out: '' });
    expect(published.err.match(/wrong\.json: /g)).toHaveLength(2);
    expect((await audited()).length).toBe(before);
  });

  it('tells fifty things and how many more there are', async () => {
    const activities = Array.from({ length: 60 }, (_, i) => ({ ...cookiePolicy.activities[0], id: `Activity ${i}` }));
    await file('long.json', { ...cookiePolicy, activities });
    const lines = (await candour('notice', 'lint', 'long.json')).out.trim().split('\n');
    expect(lines).toHaveLength(51);
    expect(lines.at(-1)).toBe('… and 10 more');
  });
});

describe('the example notice of the documents', () => {
  it('has nothing to warn of, and asks for what a small shop asks', async () => {
    await writeFile(
      join(folder, 'example.json'),
      await readFile(join(import.meta.dirname, '../../docs/example.notice.json'), 'utf8'),
    );
    expect(await candour('notice', 'lint', '--strict', 'example.json')).toMatchObject({
      code: 0,
      out: expect.stringContaining('nothing found'),
    });
  });
});

describe('candour page check', () => {
  const html = (purpose: string) =>
    `<!doctype html><head><script src="https://consent.example/w/example.js"></script></head>
<iframe data-purpose="${purpose}" data-src="https://video.example/"></iframe>`;
  const page = join(import.meta.dirname, 'none');
  const hosts: (string | undefined)[] = [];
  let served: Server;
  let url: string;
  beforeAll(async () => {
    served = createServer((request, response) => {
      hosts.push(request.headers.host);
      if (request.url !== '/') return void response.writeHead(404).end();
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(html('statistic'));
    }).listen(0, '127.0.0.1');
    await once(served, 'listening');
    url = `http://127.0.0.1:${(served.address() as AddressInfo).port}`;
  });
  afterAll(() => served.close());

  it('ends with 0 for a page that works', async () => {
    await writeFile(join(folder, 'page.html'), html('statistics'));
    const at = ['--site', 'example', '--url', 'https://www.example.org/tea'];
    expect(await candour('page', 'check', join(folder, 'page.html'), ...at)).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^tag: .*\nwaits for statistics: 1 element\n.*nothing stands in the widget’s way\.\n$/),
    });
  });

  it('ends with 1 for what cannot work on a page that it fetched, its origin included', async () => {
    const { code, out } = await candour('page', 'check', url, '--site', 'example');
    expect(code).toBe(1);
    expect(out).toContain('did you mean statistics?');
    expect(out).toContain(`the page’s origin ${url} is not among those of example (https://www.example.org)`);
    const { out: json } = await candour('page', 'check', url, '--site', 'example', '--json');
    expect(JSON.parse(json)).toMatchObject({ site: 'example', held: { statistic: 1 }, findings: expect.any(Array) });
  });

  it('finds a site of the machine itself as browsers do', async () => {
    const local = url.replace('127.0.0.1', 'tea.localhost');
    const { code, out } = await candour('page', 'check', local, '--site', 'example');
    expect(code).toBe(1);
    expect(out).toContain(`the page’s origin ${local} is not among`);
    expect(hosts.at(-1)).toBe(new URL(local).host);
  });

  it.each([
    ['a page that is not there', () => [`${url}/none`], /answered 404/],
    ['a file that is not there', () => [page], /there is no such file/],
    ['an address that nobody answers', () => ['http://127.0.0.1:9/'], /127\.0\.0\.1:9\/: /],
  ])('ends with 2 for %s', async (_, args, words) => {
    const { code, err } = await candour('page', 'check', ...args(), '--site', 'example');
    expect(code).toBe(2);
    expect(err).toMatch(words);
  });
});

it('R69 what the command line changes and what it reads of people is in the audit log, as told by "command"', async () => {
  vi.stubEnv('CANDOUR_SECRET', 'only for tests, and long enough to be taken');
  const at = ['--site', 'example'];
  const subject = ['--subject', 'A'.repeat(43)];
  const added = await candour('webhook', 'add', ...at, '--url', 'https://hooks.example/');
  const [, webhook = ''] = /^Webhook (\S+)/.exec(added.out) ?? [];
  const steps: [string, string[]][] = [
    ['site.change', ['site', 'create', 'example', '--origin', 'https://www.example.org', '--notice', 'policy.notice.json']],
    ['webhook.change', ['webhook', 'pause', ...at, '--webhook', webhook]],
    ['webhook.change', ['webhook', 'resume', ...at, '--webhook', webhook]],
    ['webhook.change', ['webhook', 'replay', ...at, '--webhook', webhook]],
    ['webhook.change', ['webhook', 'remove', ...at, '--webhook', webhook]],
    ['request.change', ['subject', 'restrict', ...at, ...subject]],
    ['request.change', ['subject', 'unrestrict', ...at, ...subject]],
    ['request.change', ['rights', 'new', 'access', ...at, '--email', 'somebody@example.org']],
    ['request.read', ['rights', 'list', ...at]],
    ['export.run', ['events', 'export', ...at]],
    ['retention.run', ['retention', 'run', ...at]],
  ];
  for (const [action, args] of steps) {
    const before = await audited();
    expect((await candour(...args)).code, args.join(' ')).toBe(0);
    const told = (await audited()).filter(({ id }) => !before.some((one) => one.id === id));
    expect(
      told.map((entry) => [entry.action, entry.actor]),
      args.join(' '),
    ).toEqual([[action, 'command']]);
  }
});

it('R45 a list with rows that cannot be read ends with 1 for the script that brings it in, and the others are in', async () => {
  vi.stubEnv('CANDOUR_SECRET', 'only for tests, and long enough to be taken');
  await file('marketing.notice.json', marketingNotice);
  await file('marketing.configuration.json', marketingConfiguration);
  const documents = ['--notice', 'marketing.notice.json', '--config', 'marketing.configuration.json'];
  await candour('site', 'create', 'lists', '--origin', 'https://lists.example', ...documents);
  const bring = async (rows: string) => {
    await writeFile(join(folder, 'list.json'), `Email\n${rows}\n`);
    return candour('marketing', 'import', 'list.json', '--site', 'lists', '--sender', 'acme', '--channel', 'email');
  };
  expect(await bring('ada@example.org')).toMatchObject({ code: 0 });
  const half = await bring('nobody\neve@example.org');
  expect(half).toMatchObject({ code: 1, out: expect.stringContaining('2 rows, up to line 3: 1 new contacts') as string });
  expect(half.err).toContain('1 row or cell could not be read');
  expect(half.err).not.toContain('go on with --from-line');
});

it('R33 R49 an attestation takes the address that it was said with from a file, repeats it nowhere, and its no reaches it', async () => {
  vi.stubEnv('CANDOUR_SECRET', 'only for tests, and long enough to be taken');
  await file('marketing.notice.json', marketingNotice);
  await file('marketing.configuration.json', marketingConfiguration);
  const [origin, config] = ['https://letters.example', 'marketing.configuration.json'];
  const made = await candour(
    ...['site', 'create', 'letters', '--origin', origin, '--notice', 'marketing.notice.json', '--config', config],
  );
  expect(made, made.err).toMatchObject({ code: 0 });
  const [notice = ''] = /[\w-]{43}/.exec((await candour('notice', 'hash', 'marketing.notice.json')).out) ?? [];
  const address = { channel: 'email', address: 'planted.ada@example.org' };
  await file('address.json', [address]);
  await file('lines.json', address);
  await file('wrong.json', [{ channel: 'email', address: 'planted nobody' }]);
  const attest = (...more: string[]) => candour('events', 'attest', '--site', 'letters', '--medium', 'paper', ...more);
  const yes = ['--channel', 'newsletter/acme/email=given', '--notice', notice];
  const may = async (): Promise<unknown> =>
    JSON.parse((await candour('marketing', 'check', 'lines.json', '--site', 'letters', '--sender', 'acme')).out || '{}');

  for (const contacts of ['address.json', 'lines.json']) {
    const answer = await attest('--reference', 'form-1', ...yes, '--contacts', contacts);
    expect(answer, answer.err).toMatchObject({ code: 0, err: '' });
    expect(answer.out).not.toContain('planted');
  }
  expect(await may()).toMatchObject({ may: true, contact: expect.any(String) as string });
  const stopped = await attest('--reference', 'form-1', '--channel', 'newsletter/acme/email=withdrawn');
  expect(stopped, stopped.err).toMatchObject({ code: 0 });
  expect(await may(), 'the address of that case').toMatchObject({ may: false, why: 'ended' });

  const refusals: [string[], RegExp][] = [
    [['--reference', 'form-2', ...yes, '--contacts', 'wrong.json'], /contacts\.0\.address/],
    [['--reference', 'form-2', ...yes, '--contacts', 'policy.notice.json'], /contacts/],
    [['--reference', 'form-2', '--channel', 'nothing/acme/email=given'], /never asked for that\. .*newsletter\/acme/],
    [['--subject', 'A'.repeat(43), ...yes, '--contacts', 'address.json'], /belong to a reference/],
    [['--reference', 'form-2', ...yes, '--contacts', 'address.json', '--confirm'], /CANDOUR_SMTP is not set/],
  ];
  for (const [args, why] of refusals) {
    const refused = await attest(...args);
    expect(refused, args.join(' ')).toMatchObject({ code: 2, out: '' });
    expect(refused.err).toMatch(why);
    expect(refused.err).not.toContain('planted');
  }
});
