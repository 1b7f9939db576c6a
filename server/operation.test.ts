// Operating: what metrics, logs and answers tell, and that none of it is about a person.
import { Writable } from 'node:stream';

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createTestService, ORIGIN, SERVICE_URL, type TestService } from '../test/support/service.ts';
import { createSubject } from '../test/support/subject.ts';
import { createApp, routes } from './app.ts';
import { issueCredential } from './credentials.ts';
import { errorFields } from './observation.ts';

let service: TestService;
let app: ReturnType<typeof createApp>;
let logged: string[];

beforeEach(async () => {
  service = await createTestService();
  logged = [];
  const stream = new Writable({ write: (chunk: Buffer, _, done) => (logged.push(chunk.toString()), done()) });
  service.context.logger = pino({ level: 'trace' }, stream);
  app = createApp(service.context);
});
afterEach(() => service.close());

const visitor = () => createSubject({ log: service.site.log, origin: ORIGIN });
const metrics = async () => (await app.request('/metrics')).text();

describe('metrics', () => {
  it('count answers by route and status, and events by what became of them', async () => {
    const { jws } = await (await visitor()).next();
    for (let i = 0; i < 2; i++)
      await app.request('/v1/sites/example/events', {
        method: 'POST',
        headers: { Origin: ORIGIN, 'Content-Type': 'application/json' },
        body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws, 'x'] }),
      });
    const text = await metrics();
    expect(text).toContain('candour_events_total{site="example",outcome="accepted"} 1');
    expect(text).toContain('candour_events_total{site="example",outcome="duplicate"} 1');
    expect(text).toContain('candour_events_total{site="example",outcome="rejected"} 2');
    expect(text).toContain('candour_http_request_seconds_count{method="POST",route="/v1/sites/:site/events",status="200"} 2');
    expect(text).toContain('candour_log_leaves{site="example"} 1');
    expect(text).toContain('candour_webhook_messages_waiting{site="example"} 0');
    expect(text).toContain('candour_letters{site="example",state="failed"} 0');
    expect(text).toMatch(/candour_newest_event_timestamp_seconds\{site="example"\} \d+/);
    expect((await app.request('/metrics')).headers.get('Content-Type')).toMatch(/^text\/plain; version=/);
  });

  it('have one series for all paths and methods that nothing answers', async () => {
    for (const path of ['/a', '/b/c', '/wp-login.php', '/v1/nothing']) await app.request(path);
    await app.request('/a', { method: 'BREW' });
    const unknown = (await metrics())
      .split('\n')
      .filter((line) => line.startsWith('candour_http_request_seconds_count') && / route="none"|route="none"/.test(line));
    expect(unknown).toEqual([
      'candour_http_request_seconds_count{method="GET",route="none",status="404"} 4',
      'candour_http_request_seconds_count{method="other",route="none",status="404"} 1',
    ]);
  });

  it('are not given to who comes through the proxy', async () => {
    // Whether CANDOUR_TRUST_PROXY is set or was forgotten.
    for (const trustProxy of [true, false]) {
      app = createApp({ ...service.context, limits: { perMinute: null, trustProxy } });
      expect((await app.request('/metrics', { headers: { 'X-Forwarded-For': '192.0.2.1' } })).status).toBe(404);
      expect((await app.request('/metrics')).status).toBe(200);
    }
  });
});

describe('logs', () => {
  it('say method, route, status and time of each request', async () => {
    await app.request('/v1/sites/example/notice?as=html');
    const line = JSON.parse(logged.at(-1) ?? '') as Record<string, unknown>;
    expect(line).toMatchObject({ method: 'GET', route: '/v1/sites/:site/notice', status: 200, msg: 'answered' });
    expect(Object.keys(line).sort()).toEqual(['hostname', 'level', 'method', 'ms', 'msg', 'pid', 'route', 'status', 'time']);
  });

  it('say of a failure what it is and where, and its message only where nobody else wrote it', () => {
    const thrown = (work: () => unknown) => {
      try {
        return work();
      } catch (error) {
        return JSON.stringify(errorFields(error));
      }
    };
    const parsing = thrown(() => JSON.parse('ada@example.org'));
    expect(parsing).toMatch(/SyntaxError.*operation\.test\.ts/);
    expect(parsing).not.toContain('ada@');
    const coded = (code: string, message: string) => errorFields(Object.assign(new Error(message), { code }));
    expect(coded('SQLITE_FULL', 'database or disk is full')).toMatchObject({ message: 'database or disk is full' });
    expect(coded('53100', 'could not extend file')).toMatchObject({ message: 'could not extend file' });
    expect(coded('22P02', 'invalid input syntax: "ada@example.org"')).not.toHaveProperty('message');
  });
});

describe('gpc.json', () => {
  it('R73 is there only where the operator affirms it, and says what they affirm', async () => {
    expect((await app.request('/.well-known/gpc.json')).status).toBe(404);
    app = createApp({ ...service.context, gpc: { gpc: true, lastUpdate: '2026-11-22' } });
    const answer = await app.request('/.well-known/gpc.json');
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/json/);
    expect(await answer.json()).toEqual({ gpc: true, lastUpdate: '2026-11-22' });
  });
});

describe('personal data', () => {
  it(
    'R52 R71 planted in every part of a request to every route shows in no log, no metric and no problem',
    { timeout: 180_000 },
    async () => {
      const subject = await visitor();
      const { jws, event } = await subject.next();
      const { token } = await issueCredential(
        service.context.store,
        'api_key',
        { name: 'Ada Lovelace', role: 'owner' },
        new Date(),
      );
      const planted = {
        mail: 'ada.lovelace@planted.example',
        phone: '+44 7700 900123',
        address: '203.0.113.77',
        browser: 'PlantedBrowser/5.0 (Ada)',
        subject: subject.id,
        event: event.id,
        secret: token.split('.')[1] ?? '',
        jws: jws.split('.')[2] ?? '',
        name: 'Ada Lovelace',
      };
      const body = JSON.stringify({
        sentAt: new Date().toISOString(),
        events: [jws, planted.mail],
        contacts: [{ event: event.id, channel: 'email', value: planted.mail }],
        token: planted.mail,
        subject: planted.subject,
        email: planted.mail,
        phone: planted.phone,
        name: planted.name,
      });
      // The same in every field that a schema knows, where it does not belong.
      const misplaced = JSON.stringify(
        Object.fromEntries(
          'sentAt events presentations kind role action expires site name received email subject url types state since origins notices layout'
            .split(' ')
            .map((field) => [field, planted.mail]),
        ),
      );
      const problems: string[] = [];
      const authorisations = [
        `Bearer ${token}`,
        `Subject ${jws}`,
        `Bearer ${planted.mail}`,
        await subject.authorise({ method: 'GET', path: '/v1/sites/example/me/events' }),
        `Bearer ${token}`,
        `Bearer ${token}`,
      ];
      // What reads personal data out to somebody who may have it is no problem answer.
      const read = async (response: Response) => {
        if (response.status >= 400)
          problems.push(`${response.status} ${[...response.headers].join(' ')} ${await response.text()}`);
      };
      for (const [method, path] of routes(service.context)) {
        const filled = path
          .replace(':site', 'example')
          .replace(/:event\b[^/]*/, planted.event)
          .replace(/:\w+(\{[^}]*\})?/g, encodeURIComponent(planted.mail))
          .replace('*', encodeURIComponent(planted.mail));
        for (const [i, authorisation] of authorisations.entries())
          await read(
            await app.request(
              `${filled}?subject=${i === 2 ? planted.subject : planted.mail}&before=${planted.mail}&q=${planted.mail}`,
              {
                method,
                headers: {
                  Authorization: authorisation,
                  Origin: i % 2 ? ORIGIN : SERVICE_URL,
                  'Content-Type': i === 3 ? planted.mail : 'application/json',
                  'User-Agent': planted.browser,
                  'X-Forwarded-For': planted.address,
                  Referer: `https://www.example.org/?mail=${planted.mail}`,
                  Cookie: `candour_session=${planted.secret}`,
                  Accept: i === 1 ? 'text/html' : '*/*',
                },
                ...(method === 'GET' ? {} : { body: [body, body, body.slice(0, -3), body, misplaced, misplaced][i] ?? body }),
              },
            ),
          );
      }
      // And where things go wrong inside.
      service.context.store.site = () => Promise.reject(new Error(`no ${planted.mail}`));
      await read(await service.app.request(`/v1/sites/${planted.mail}/notice`));
      await read(await app.request(`/v1/sites/example/notice`));
      const metricsText = await service.context.metrics.text();
      expect(problems.length).toBeGreaterThan(40);
      expect(logged.length).toBeGreaterThan(80);
      expect(logged.join('')).toContain('"failed"');
      for (const [what, value] of Object.entries(planted)) {
        for (const form of [value, encodeURIComponent(value)]) {
          expect(
            logged.filter((line) => line.includes(form)),
            `${what} in the log`,
          ).toEqual([]);
          expect(
            problems.filter((answer) => answer.includes(form)),
            `${what} in a problem`,
          ).toEqual([]);
          expect(metricsText.body.includes(form), `${what} in the metrics`).toBe(false);
        }
      }
    },
  );
});
