import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from 'vitest';

import { exampleNotice } from '../../test/support/example-notice.ts';
import { fakePlatform, foundAt, json, memoryArea, type NetworkAnswer } from '../../test/support/extension-platform.ts';
import { fetchText, isLocal, MAX_BYTES } from './fetch-json.ts';
import { readNotice } from './notices.ts';

const PAGE = 'https://shop.example/';
const NOTICE = 'https://consent.example/notice.json';

async function read(answer: NetworkAnswer, href = NOTICE, page = PAGE) {
  const { platform, network, requests } = fakePlatform({ url: page });
  network.set(href, answer);
  const view = await readNotice(platform, memoryArea(), foundAt(href), page);
  return { code: view.problem?.code ?? null, notice: view.notice, detail: view.problem?.detail ?? '', requests };
}
const answering = (body: BodyInit | null, init?: ResponseInit): Response => new Response(body, init);

describe('reading a declared notice', () => {
  it.each<[string, NetworkAnswer, string]>([
    ['is no JSON', answering('<!doctype html>'), 'NOT_JSON'],
    ['is no UTF-8', answering(new Uint8Array([0x22, 0xff, 0x22])), 'NOT_JSON'],
    ['is not there', answering('', { status: 404 }), 'BAD_STATUS'],
    ['is something else', json({ hello: 'world' }), 'NOT_A_NOTICE'],
    ['has a property that a notice does not have', json({ ...exampleNotice, script: '<script>' }), 'NOT_A_NOTICE'],
    [
      'pollutes prototypes',
      answering(JSON.stringify(exampleNotice).replace('{', '{"__proto__":{"polluted":1},')),
      'NOT_A_NOTICE',
    ],
    ['has a title longer than any', json({ ...exampleNotice, title: 'x'.repeat(301) }), 'NOT_A_NOTICE'],
    [
      'has more activities than any',
      json({
        ...exampleNotice,
        activities: Array.from({ length: 201 }, (_, i) => ({ id: `a${i}`, title: 'A', lawfulBases: [] })),
        issues: [],
      }),
      'NOT_A_NOTICE',
    ],
    ['is larger than the cap', answering(`"${'x'.repeat(MAX_BYTES)}"`), 'TOO_LARGE'],
    ['never comes', new DOMException('too long', 'TimeoutError'), 'TIMEOUT'],
    ['does not answer', new TypeError('Failed to fetch'), 'NOT_REACHED'],
  ])('R88 names what is wrong with one that %s', async (_, answer, code) => {
    expect(await read(answer)).toMatchObject({ code, notice: null });
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
  });

  it('R88 keeps of ever new addresses of one notice a bounded number', async () => {
    const { platform, network } = fakePlatform({ url: PAGE });
    const area = memoryArea();
    const pointer = { hash: 'A', at: '2026-01-01T00:00:00.000Z' };
    await area.set(Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`declared:${NOTICE}?${i}`, pointer])));
    network.set(NOTICE, json(exampleNotice));
    await readNotice(platform, area, foundAt(NOTICE), PAGE);
    const kept = [...area.items.keys()].filter((key) => key.startsWith('declared:'));
    expect([kept.length, kept.includes(`declared:${NOTICE}`)]).toEqual([201, true]);
  });

  it('refuses another document than the one that its address names', async () => {
    const href = `https://consent.example/v1/notices/${'A'.repeat(43)}`;
    expect((await read(json(exampleNotice), href)).code).toBe('OTHER_HASH');
  });

  it.each([
    ['https://shop.example/', 'http://consent.example/n', 'INSECURE'],
    ['https://shop.example/', 'http://localhost:8787/n', 'LOCAL_ADDRESS'],
    ['https://shop.example/', 'https://192.168.1.1/n', 'LOCAL_ADDRESS'],
    ['http://shop.example/', 'http://[::1]/n', 'LOCAL_ADDRESS'],
    ['http://shop.localhost:8788/', 'http://localhost:8787/n', null],
  ])('from %s asks %s: %s', async (page, href, code) => {
    const found = await read(json(exampleNotice), href, page);
    expect([found.code, found.requests.length]).toEqual([code, code === null ? 1 : 0]);
  });

  it('R87 follows no redirect: nothing is asked of where it leads', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(request.url === '/notice' ? 302 : 200, { location: '/elsewhere' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const asking = fetchText({ fetch, isOnline: () => true }, `${origin}/notice`, `${origin}/`, 'application/json');
    await expect(asking).rejects.toMatchObject({ code: 'REDIRECT' });
    expect(asked).toEqual(['/notice']);
    await new Promise((resolve) => server.close(resolve));
  });

  it.each([
    'localhost',
    'a.localhost',
    '127.0.0.1',
    '10.1.2.3',
    '172.31.0.1',
    '169.254.169.254',
    '[::1]',
    '[fd00::1]',
    'printer',
    'nas.local',
    '100.64.0.1',
  ])('knows %s as an address of one’s own network', (name) => expect(isLocal(name)).toBe(true));
  it.each(['example.org', '172.32.0.1', '8.8.8.8', '[2001:db8::1]', 'localhost.example', '10.example.org'])(
    'knows %s as a public one',
    (name) => expect(isLocal(name)).toBe(false),
  );
});
