// Personal data planted in every part of requests to every route of a real service process that logs all it can: searched for in
// its output, its metrics, its answers and its database, where each must not be.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { afterEach, expect, it } from 'vitest';

import { mailServer, type MailServer } from '../test/support/mail-server.ts';
import { createTestService } from '../test/support/service.ts';
import { createWorkplace, PAGE_ORIGIN, type Workplace } from '../test/support/service-process.ts';
import { createSubject } from '../test/support/subject.ts';
import { routes } from './app.ts';
import { parseConfig } from './config.ts';
import { issueCredential } from './credentials.ts';
import { openStore } from './store/open.ts';

const NAME = 'Ada Planted-Lovelace';
const MAIL = 'ada.lovelace@planted.example';
const PHONE = '+447700900123';
const ADDRESS = '203.0.113.77';
const ADDRESS_6 = '2001:db8:ada:1::77';
const BROWSER = 'PlantedBrowser/5.0';
const WORDS = 'I was treated at the planted clinic';
const PAGE = 'https://www.example.org/planted-page?patient=ada';

let workplace: Workplace | undefined;
let mail: MailServer | undefined;
afterEach(async () => {
  await workplace?.close();
  await mail?.close();
  [workplace, mail] = [undefined, undefined];
});

const formsOf = (value: string): string[] => [
  value,
  encodeURIComponent(value),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
  Buffer.from(value).toString('hex'),
];
const found = (text: string, planted: Record<string, string>): string[] =>
  Object.entries(planted)
    .filter(([, value]) => formsOf(value).some((form) => text.toLowerCase().includes(form.toLowerCase())))
    .map(([what]) => what);

it('sees what is planted, in each of its forms', () => {
  for (const form of formsOf(MAIL)) expect(found(`{"x":"${form}"}`, { mail: MAIL, name: NAME })).toEqual(['mail']);
});

it(
  'R52 R71 no address, browser, name, mail address, word or token is in the log, the metrics, a problem or the database',
  { timeout: 180_000 },
  async () => {
    mail = await mailServer();
    workplace = await createWorkplace({
      CANDOUR_LOG_LEVEL: 'trace',
      CANDOUR_SMTP: mail.url,
      CANDOUR_TRUST_PROXY: 'true',
      CANDOUR_RATE_LIMIT: '100000',
    });
    const store = await openStore(parseConfig(workplace.env).database);
    const { token } = await issueCredential(store, 'api_key', { name: 'test', role: 'owner' }, new Date());
    await store.close();
    const service = await workplace.start();
    const { url } = service;
    const subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
    const { jws, event } = await subject.next();
    await service.post([jws]);

    const shape = await createTestService();
    const table = routes(shape.context).map(([method, path]) => ({ method, path }));
    await shape.close();
    const everywhere = {
      'User-Agent': BROWSER,
      'X-Forwarded-For': `198.51.100.9, ${ADDRESS_6}, ${ADDRESS}`,
      Forwarded: `for=${ADDRESS};host=x`,
      'X-Real-IP': ADDRESS,
      Referer: PAGE,
      From: MAIL,
      Cookie: `session=${MAIL}; candour_session=AAAAAAAAAAAA.${'planted'.padEnd(43, 'A')}`,
      'Accept-Language': 'en',
    };
    const fields = Object.fromEntries(
      'sentAt events presentations kind role action expires site name received email subject url types state since origins notices layout token message reference phone'
        .split(' ')
        .map((field) => [field, MAIL]),
    );
    const request = { kind: 'access', email: MAIL, message: `${WORDS}. ${NAME}, ${PHONE}`, reference: '' };
    const signed = async (method: string, path: string) =>
      subject.authorise({ method: method === 'POST' ? 'POST' : method === 'DELETE' ? 'DELETE' : 'GET', path });
    const problems: string[] = [];
    let answered = 0;
    const ask = async (method: string, target: string, headers: Record<string, string>, body?: string): Promise<void> => {
      const response = await fetch(url + target, {
        method,
        headers: { ...everywhere, ...headers },
        redirect: 'manual',
        ...(body && method !== 'GET' ? { body } : {}),
      });
      const text = await response.text();
      answered += 1;
      if (response.status >= 400) problems.push(`${method} ${response.status} ${[...response.headers].join(' ')} ${text}`);
    };
    for (const { method, path } of table) {
      // Erasing and signing out would take away what the others need.
      const fill = (value: string) =>
        path
          .replace(':site', 'example')
          .replace(/:file\{[^}]*\}/, 'example.js')
          .replace(/:\w+/g, encodeURIComponent(value))
          .replace('*', encodeURIComponent(value));
      for (const value of [MAIL, subject.id, event.id]) {
        const target = fill(value);
        const query = `?subject=${subject.id}&before=${MAIL}&q=${encodeURIComponent(NAME)}&token=${token}&format=${MAIL}`;
        const json = { 'Content-Type': 'application/json', Origin: url };
        const erases = method === 'DELETE' && /subjects|\/me$/.test(path);
        await ask(method, target + query, { ...json, Origin: PAGE_ORIGIN }, JSON.stringify(fields));
        if (!erases) await ask(method, target + query, { ...json, Authorization: `Bearer ${token}` }, JSON.stringify(fields));
        await ask(method, target, { ...json, Authorization: `Bearer ${MAIL}` }, `{"broken": "${MAIL}`);
        if (!erases)
          await ask(method, target, { 'Content-Type': 'text/plain', Authorization: await signed(method, target) }, MAIL);
      }
    }
    // And where a person does give their name, by the page and by an operator who types a letter in.
    await ask('POST', '/r/example', { 'Content-Type': 'application/x-www-form-urlencoded' }, `${new URLSearchParams(request)}`);
    const letter = { kind: 'access', email: MAIL, message: `${WORDS}. ${NAME}` };
    await ask(
      'POST',
      '/v1/admin/sites/example/requests',
      { 'Content-Type': 'application/json', Authorization: `Bearer ${token}` },
      JSON.stringify(letter),
    );
    await expect.poll(() => mail?.received.length, { timeout: 30_000 }).toBeGreaterThan(0);
    expect(
      mail.received.some(({ to }) => to.includes(MAIL)),
      'the mail itself goes where it should',
    ).toBe(true);

    const metrics = await (await fetch(`${url}/metrics`)).text();
    const { output } = await service.terminate();
    expect(metrics).toContain('candour_http_request_seconds');
    expect(answered).toBeGreaterThan(800);
    expect(problems.length).toBeGreaterThan(400);
    expect(output.split('\n').length, 'lines of log').toBeGreaterThan(800);
    const secret = token.split('.')[1] ?? '';
    const planted = { NAME, MAIL, PHONE, ADDRESS, ADDRESS_6, BROWSER, WORDS, PAGE, secret };
    const pseudonyms = { subject: subject.id, event: event.id, signature: jws.split('.')[2] ?? '' };
    expect(found(output, { ...planted, ...pseudonyms }), 'in the log').toEqual([]);
    expect(found(metrics, { ...planted, ...pseudonyms }), 'in the metrics').toEqual([]);
    expect(
      problems.filter((text) => found(text, { ...planted, ...pseudonyms }).length > 0),
      'in a problem',
    ).toEqual([]);

    // The database keeps events by their pseudonym; whatever a person wrote is sealed, and nothing of the line is kept.
    const files = (await readdir(workplace.folder)).filter((name) => name.startsWith('candour.sqlite'));
    const kept = (await Promise.all(files.map((name) => readFile(join(workplace?.folder ?? '', name), 'latin1')))).join('');
    expect(kept.includes(event.id) || kept.length > 50_000, 'it is the database').toBe(true);
    expect(found(kept, planted), 'in the database').toEqual([]);
    // Half of an address is one too.
    expect(found(kept, { network: '203.0.113', network6: '2001:db8:ada', agent: 'PlantedBrowser' })).toEqual([]);
  },
);
