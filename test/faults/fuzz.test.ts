// Spoilt requests to every public route of a real service process: never a failure, never a crash, never another site's data.
import { afterAll, beforeAll, expect, it } from 'vitest';

import { routes } from '../../server/app.ts';
import { writeRequest } from '../support/fuzz-mutations.ts';
import { exchange } from '../support/fuzz-wire.ts';
import { fuzzWorld, PLANTED_ORIGIN, type FuzzWorld } from '../support/fuzz-world.ts';
import { createTestService } from '../support/service.ts';
import { PAGE_ORIGIN } from '../support/service-process.ts';
import { createSubject } from '../support/subject.ts';
import { chance } from './chance.ts';
import { report } from './report.ts';

const REQUESTS = Number(process.env['CANDOUR_FUZZ_REQUESTS'] ?? 2_000);
const AT_ONCE = 96;

let world: FuzzWorld;
beforeAll(async () => {
  world = await fuzzWorld();
});
afterAll(() => world?.close());

/** About the first site alone: what names the other in its path may speak of it. */
const ABOUT_EXAMPLE = /^(?:\/v1\/sites\/example|\/w\/example|\/r\/example)\b/;
const STACK = /\bat (?:async )?[\w.<> ]*\(?(?:file:|node:|\/)[^\s)]*:\d+:\d+|node_modules|\/server\/[\w/-]+\.ts/;

/** What an answer must never be; null: nothing is wrong with it. */
function wrongWith(target: string, sent: string, answer: string, ended: boolean): string | null {
  if (!ended) return 'the connection was not ended';
  const statuses = [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
  const failed = statuses.find((status) => status >= 500 && status !== 503);
  if (failed) return `it was ${failed}`;
  if (statuses.includes(503) && !/^retry-after: /im.test(answer)) return 'it was 503 without Retry-After';
  if (STACK.test(answer)) return 'it shows where the code is';
  if (/^content-type: text\/html/im.test(answer) && answer.includes('<fuzz')) return 'it repeats what was sent as HTML';
  const foreign = ABOUT_EXAMPLE.test(target) && world.markers.find((marker) => answer.includes(marker) && !sent.includes(marker));
  return foreign ? `it tells of the other site: ${foreign}` : null;
}

it('begins with an honest request of every public route', async () => {
  const service = await createTestService();
  const table = routes(service.context).map(([method, path]) => `${method} ${path}`);
  await service.close();
  const open = table.filter((route) => !/ \/v1\/admin\/(?!session)/.test(route));
  expect(open.filter((route) => !world.routes.includes(route))).toEqual([]);
  expect(world.routes.filter((route) => !table.includes(route))).toEqual([]);
});

it('sees a failure, a stack, another site’s data and repeated markup where they are', () => {
  const judge = (answer: string, sent = '', target = '/v1/sites/example/notice') => wrongWith(target, sent, answer, true);
  expect(judge('HTTP/1.1 200 OK\r\n\r\n{}')).toBeNull();
  expect(judge('HTTP/1.1 200 OK\r\n\r\n{}\nHTTP/1.1 500 Internal Server Error')).toContain('500');
  expect(judge('HTTP/1.1 503 Service Unavailable\r\n\r\n')).toContain('Retry-After');
  expect(judge('HTTP/1.1 400 Bad Request\r\n\r\nat read (file:///srv/candour/server/app.ts:1:2)')).toContain('code');
  expect(judge('HTTP/1.1 200 OK\r\n\r\nWelcome to the Zanzibarium')).toContain('other site');
  expect(judge(`HTTP/1.1 200 OK\r\n\r\n${world.markers.at(-1)}`, world.markers.at(-1))).toBeNull();
  expect(judge('HTTP/1.1 200 OK\r\n\r\nWelcome to the Zanzibarium', '', '/v1/sites/planted/notice')).toBeNull();
  expect(judge('HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"><fuzz>')).toContain('HTML');
});

it(
  `${REQUESTS} spoilt requests: never a 5xx, never a crash, never another site’s data, no stack, and the logs verify`,
  { timeout: 60_000 + REQUESTS * 20 },
  async () => {
    const { seed } = chance();
    console.log(`fuzz seed ${seed}: CANDOUR_FAULT_SEED=${seed} sends the same again`);
    const port = Number(new URL(world.service.url).port);
    const statuses = new Map<string, number>();
    const findings: string[] = [];
    const start = performance.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: AT_ONCE }, async () => {
        while (next < REQUESTS && findings.length < 20) {
          const number = next++;
          const request = await world.request(chance(seed + number));
          const bytes = writeRequest(request);
          const { answer, ended } = await exchange(port, bytes);
          const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none';
          statuses.set(status, (statuses.get(status) ?? 0) + 1);
          const wrong = wrongWith(request.target, bytes.toString('latin1'), answer, ended);
          if (wrong)
            findings.push(
              `request ${number}: ${wrong}\n${bytes.subarray(0, 1_500).toString('latin1')}\n---\n${answer.slice(0, 800)}`,
            );
        }
      }),
    );
    const seconds = (performance.now() - start) / 1000;
    expect(findings.join('\n======\n')).toBe('');
    const figures = Object.fromEntries([...statuses].sort(([a], [b]) => a.localeCompare(b)));
    report('hostile requests', { requests: REQUESTS, seed, seconds: Math.round(seconds), ...figures });
    expect(statuses.get('200') ?? 0, 'some were left whole').toBeGreaterThan(REQUESTS / 20);
    expect(statuses.get('400') ?? 0).toBeGreaterThan(REQUESTS / 20);

    expect(statuses.get('none') ?? 0, 'CONNECT, and what was reset before it was read').toBeLessThan(REQUESTS / 20);

    // It is the process that was started, it serves both sites as before, and both logs hold.
    for (const [site, origin] of [
      ['example', PAGE_ORIGIN],
      ['planted', PLANTED_ORIGIN],
    ] as const) {
      const subject = await createSubject({ log: world.workplace.log.replace('example', site), origin });
      const { jws } = await subject.next();
      const answer = await fetch(`${world.service.url}/v1/sites/${site}/events`, {
        method: 'POST',
        headers: { Origin: origin, 'Content-Type': 'application/json' },
        body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] }),
      });
      expect(await answer.json()).toMatchObject({ results: [{ status: 'accepted' }] });
      const { code, output } = await world.workplace.run('log', 'verify', '--site', site);
      expect([code, output]).toEqual([0, expect.stringContaining('The log verifies.')]);
    }
    const { output } = await world.service.terminate();
    expect(output.split('\n').filter((line) => /"level":(50|60)|Error/.test(line))).toEqual([]);
  },
);
