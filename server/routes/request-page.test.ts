import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { mailServer, type MailServer } from '../../test/support/mail-server.ts';
import { createTestService, type TestService } from '../../test/support/service.ts';

const SECRET = 'a secret that is long enough for a test';
const EMAIL = 'Pat.Example@example.net';

let mail: MailServer;
let service: TestService;
let now: number;

beforeEach(async () => {
  mail = await mailServer();
  now = Date.now();
  service = await createTestService({ config: { secret: SECRET, smtp: mail.url }, now: () => new Date(now) });
});
afterEach(async () => {
  await service.close();
  await mail.close();
});

const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  service.app.request(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: new URLSearchParams(fields).toString(),
  });
const send = (fields: Record<string, string> = {}) =>
  form('/r/example', { kind: 'access', email: EMAIL, message: '', ...fields });
const site = async () => (await service.context.sites.get('example')).site;
const requests = async () => service.context.store.rights.list(await site(), {});
const token = (text = mail.received.at(-1)?.text ?? ''): string => /\/confirm\/([\w-]{43})\n/.exec(text)?.[1] ?? '';
const sent = async (fields?: Record<string, string>): Promise<Response> => {
  const response = await send(fields);
  await service.context.confirmations?.idle();
  return response;
};

describe('the page on which a visitor sends a request', () => {
  it('works without script, in the name of the site, and sets no cookie', async () => {
    const response = await service.app.request('/r/example');
    const html = await response.text();
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(response.headers.get('Content-Security-Policy')).toContain("form-action 'self'");
    expect(response.headers.get('Set-Cookie')).toBeNull();
    expect(html).toContain('<form class="request" method="post" action="/r/example"');
    expect(html).toContain('Example');
    expect(html).not.toContain('<script');
  });

  it('sends one mail to the address, and the request is in the register only when its link was confirmed', async () => {
    const response = await sent();
    expect([response.status, response.headers.get('Location')]).toEqual([303, '/r/example/sent']);
    expect(mail.received).toMatchObject([{ from: 'privacy@consent.example', to: [EMAIL] }]);
    expect(mail.received[0]?.text).toMatch(/^Subject: Please confirm your request to Example$/m);
    expect(await requests()).toMatchObject([{ state: 'unconfirmed', mail: 'sent' }]);
    const confirmed = await form('/r/example/confirm', { token: token() });
    expect(confirmed.status).toBe(200);
    expect(await confirmed.text()).toMatch(/Your request is with Example[^]*You get an answer by/);
    expect(await requests()).toMatchObject([{ state: 'open', kind: 'access', via: 'page' }]);
  });

  it('does nothing when a mail scanner opens the link, once or often', async () => {
    await sent();
    for (let i = 0; i < 3; i++) {
      const opened = await service.app.request(`/r/example/confirm/${token()}`);
      expect(await opened.text()).toContain('<button class="send" type="submit">Confirm</button>');
    }
    expect(await requests()).toMatchObject([{ state: 'unconfirmed' }]);
    expect((await form('/r/example/confirm', { token: token() })).status).toBe(200);
  });

  it('takes a token once, and not after 48 hours', async () => {
    await sent();
    const first = token();
    expect((await form('/r/example/confirm', { token: first })).status).toBe(200);
    expect((await form('/r/example/confirm', { token: first })).status).toBe(410);
    now += 1000;
    await sent({ kind: 'erasure' });
    now += 48 * 3_600_000 + 1;
    expect((await form('/r/example/confirm', { token: token() })).status).toBe(410);
    expect((await form('/r/example/confirm', { token: 'x'.repeat(43) })).status).toBe(410);
    expect(await requests()).toMatchObject([
      { kind: 'access', state: 'open' },
      { kind: 'erasure', state: 'unconfirmed' },
    ]);
  });

  it('answers the same whether an address is known or not, and before anything is sent', async () => {
    await sent();
    mail.refusing = true;
    const known = await send();
    const unknown = await send({ email: 'nobody@example.net' });
    for (const response of [known, unknown]) {
      expect([response.status, response.headers.get('Location')]).toEqual([303, '/r/example/sent']);
      expect(await response.text()).toBe('');
    }
  });

  it('writes to one address three times a day at most, and drops what is more', async () => {
    for (let i = 0; i < 5; i++) expect((await sent({ email: i % 2 ? EMAIL : ` ${EMAIL.toUpperCase()} ` })).status).toBe(303);
    expect(mail.received).toHaveLength(3);
    expect(await requests()).toHaveLength(3);
  });

  it('tries again what the mail server did not take', async () => {
    mail.refusing = true;
    await sent();
    expect(mail.received).toHaveLength(0);
    expect(await requests()).toMatchObject([{ state: 'unconfirmed', mail: 'due' }]);
    mail.refusing = false;
    service.context.confirmations?.kick();
    await service.context.confirmations?.idle();
    expect((await form('/r/example/confirm', { token: token() })).status).toBe(200);
  });

  it('forgets an address that takes no mail, so that it stands in nobody’s way', async () => {
    mail.refusing = 'for ever';
    await sent();
    expect(await requests()).toEqual([]);
  });

  it('says what is wrong beside the field, keeps what was written, and stores nothing', async () => {
    const response = await send({ kind: 'everything', email: 'nobody', message: '<b>"bold"</b>' });
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain('Choose what you ask for.');
    expect(html).toMatch(/id="email"[^>]*value="nobody"[^>]*aria-invalid="true"[^>]*email-wrong/);
    expect(html).toContain('&lt;b&gt;&quot;bold&quot;&lt;/b&gt;');
    expect(await requests()).toEqual([]);
  });

  it('takes no form that another site sends, and no other type of body', async () => {
    const foreign = await form('/r/example', { kind: 'access', email: EMAIL }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(foreign.status).toBe(403);
    expect((await form('/r/example', { kind: 'access', email: EMAIL }, { 'Content-Type': 'text/plain' })).status).toBe(415);
    expect(await requests()).toEqual([]);
  });

  it('R71 the address is in the database in no readable form, nor in a receipt of the mail', async () => {
    await sent({ message: 'my unmistakable words', reference: 'ref-4711' });
    const id = (await requests())[0]?.id ?? '';
    const database = new Database(service.file);
    database.pragma('wal_checkpoint(TRUNCATE)');
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
    const everything = tables.map((table) =>
      Buffer.from(
        JSON.stringify(database.prepare(`SELECT * FROM "${table}"`).all(), (_, value: unknown) =>
          value !== null && typeof value === 'object' && 'type' in value && value.type === 'Buffer' && 'data' in value
            ? Buffer.from(value.data as number[]).toString('latin1')
            : value,
        ),
      ).toString(),
    );
    database.close();
    for (const text of everything)
      for (const planted of ['example.net', 'Pat.Example', 'pat.example', 'unmistakable', '4711', token()])
        expect(text).not.toContain(planted);
    expect(everything.join('')).toContain(id);
  });

  it('names other ways where no mail is set up', async () => {
    const bare = await createTestService();
    const html = await (await bare.app.request('/r/example')).text();
    expect(html).toContain('cannot take requests at the moment');
    expect(html).not.toContain('<form');
    const refused = await bare.app.request('/r/example', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'kind=access&email=a%40example.net',
    });
    expect(refused.status).toBe(503);
    await bare.close();
  });
});
