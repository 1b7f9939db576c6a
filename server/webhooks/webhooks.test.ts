import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readFile } from 'node:fs/promises';

import { pino } from 'pino';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { WebhookDeliveries, type MadeWebhook, type WebhookType } from '../../shared/webhook.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { createSubject } from '../../test/support/subject.ts';
import { issueCredential } from '../credentials.ts';
import type { Site } from '../store/store.ts';
import { isPublic, webhookUrl } from './address.ts';
import { addEndpoint } from './endpoints.ts';
import { secretSeal } from './secret.ts';
import { sender, signature, type Send } from './send.ts';
import { deliverDue, webhookWorker } from './worker.ts';

const SECRET = 'a secret of the service that nobody can guess';
const seal = secretSeal(SECRET);

interface Received {
  headers: IncomingHttpHeaders;
  body: string;
  data: { type: string; data: { subject: string; event?: string; seq?: number } };
}

let service: TestService;
let site: Site;
let receiver: Server;
let url: string;
let received: Received[];
/** What the receiver answers; a number is a status. */
let answer: (message: Received) => number;
let now: Date;

beforeEach(async () => {
  service = await createTestService();
  ({ site } = await service.context.sites.get('example'));
  received = [];
  answer = () => 204;
  now = new Date();
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const message = { headers: request.headers, body, data: JSON.parse(body) as Received['data'] };
      received.push(message);
      response.writeHead(answer(message), { Location: `${url}elsewhere` }).end('ignored');
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
});
afterEach(async () => {
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
  await service.close();
});

const add = (types: WebhookType[] = ['consent.decided', 'consent.withdrawn', 'events.erased'], to = url): Promise<MadeWebhook> =>
  addEndpoint({ store: service.context.store, seal, allowed: ['127.0.0.1'], now }, site, { url: to, types });
const deliver = (send: Send = sender(['127.0.0.1'])) =>
  deliverDue({ store: service.context.store, seal, send, now: () => now, logger: pino({ level: 'silent' }) }, site);
const later = (ms: number): void => void (now = new Date(now.getTime() + ms));
const newSubject = () => createSubject({ log: service.site.log, origin: ORIGIN });
const states = async ({ id }: MadeWebhook) =>
  (await service.context.store.webhooks.messages(site, id, 0, 100)).map(({ state, answer: said }) => [state, said]);

describe('what is told', () => {
  it('tells of choices, withdrawals and erasures, signed as Standard Webhooks says', async () => {
    const endpoint = await add();
    const subject = await newSubject();
    const chosen = await subject.next({ purposes: { statistics: 'given' }, method: 'accept_all' });
    await service.send([chosen.jws, (await subject.next({ method: 'withdraw', purposes: { statistics: 'withdrawn' } })).jws]);
    now = new Date();
    while (await deliver());
    await service.context.log.erase(site, { subject: subject.id, by: 'controller', at: new Date() });
    now = new Date();
    while (await deliver());
    expect(received.map(({ data }) => data.type)).toEqual(['consent.decided', 'consent.withdrawn', 'events.erased']);
    expect(received[0]?.data.data).toMatchObject({
      site: 'example',
      subject: subject.id,
      event: chosen.event.id,
      purposes: { statistics: 'given' },
    });
    expect(received[2]?.data.data).toMatchObject({ subject: subject.id, by: 'controller', leaves: 2 });
    for (const { headers, body } of received) {
      const signed = `${headers['webhook-id'] as string}.${headers['webhook-timestamp'] as string}.${body}`;
      const key = Buffer.from(endpoint.secret.replace('whsec_', ''), 'base64');
      expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
      expect(Math.abs(Number(headers['webhook-timestamp']) - Date.now() / 1000)).toBeLessThan(60);
    }
    expect(new Set(received.map(({ headers }) => headers['webhook-id'])).size).toBe(3);

    // As the operator's guide has a receiver check it.
    const guide = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const [, script = ''] = /```js\n(.*?isFromCandour.*?)```/s.exec(guide) ?? [];
    const { isFromCandour } = (await import(`data:text/javascript,${encodeURIComponent(script)}`)) as {
      isFromCandour(secret: string, headers: IncomingHttpHeaders, body: string, now?: number): boolean;
    };
    const [first] = received;
    if (!first) throw new Error('nothing came');
    const { headers, body } = first;
    expect(isFromCandour(endpoint.secret, headers, body)).toBe(true);
    expect(isFromCandour(endpoint.secret, headers, `${body} `)).toBe(false);
    expect(isFromCandour(endpoint.secret, headers, body, Date.now() + 301_000)).toBe(false);
    expect(isFromCandour(endpoint.secret, { ...headers, 'webhook-signature': 'v1,\u{1f511}' }, body)).toBe(false);
    expect(isFromCandour(endpoint.secret, {}, body)).toBe(false);
  });

  it('signs as the published vector of Standard Webhooks has it', async () => {
    const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    expect(signature(secret, 'msg_p5jXN8AQM9LWM0D4loKWxJek', 1_614_265_330, '{"test": 2432232314}')).toBe(
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    );
  });

  it('tells only of what was asked for, and nobody without a webhook', async () => {
    const withdrawals = await add(['consent.withdrawn']);
    await service.send([(await (await newSubject()).next()).jws]);
    expect(await states(withdrawals)).toEqual([]);
  });

  it('never gives an id or a number again when what was delivered is forgotten', async () => {
    const endpoint = await add();
    const { webhooks } = service.context.store;
    const numbers: number[] = [];
    for (let i = 0; i < 2; i++) {
      await service.send([(await (await newSubject()).next()).jws]);
      now = new Date();
      await deliver();
      numbers.push(...(await webhooks.latest(site, endpoint.id, 1)).map(({ number }) => number));
      await webhooks.prune(site, now.getTime() + 1000);
      expect((await webhooks.latest(site, endpoint.id, 9)).map(({ number }) => number)).toEqual([numbers.at(-1)]);
    }
    expect(new Set(numbers).size).toBe(2);
    const [first, second] = received.map(({ headers }) => headers['webhook-id']);
    expect(first).toContain(`${endpoint.id}.`);
    expect(second).not.toBe(first);
  });

  it('never tells of a choice that was erased before it was sent, and holds no choice itself', async () => {
    const endpoint = await add();
    const subject = await newSubject();
    await service.send([(await subject.next()).jws]);
    await service.context.log.erase(site, { subject: subject.id, by: 'subject', at: new Date() });
    now = new Date();
    while (await deliver());
    expect(received.map(({ data }) => data.type)).toEqual(['events.erased']);
    expect(await states(endpoint)).toEqual([
      ['erased', 'erased before it was sent'],
      ['delivered', '204'],
    ]);
  });
});

describe('suppressions', () => {
  it('R71 each objection to marketing is told, by keyed hash and request, and never with the address', async () => {
    await service.close();
    service = await createTestService({ config: { secret: SECRET } });
    ({ site } = await service.context.sites.get('example'));
    await add(['suppression.added']);
    const { token } = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role: 'dpo' }, new Date());
    const post = async (path: string, body: unknown) => {
      const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
      const answer = await service.app.request(`/v1/admin/sites/example/requests${path}`, {
        method: 'POST',
        headers,
        body: JSON.stringify(body),
      });
      return (await answer.json()) as { id: string };
    };
    const email = 'planted.person@example.net';
    const ids: string[] = [];
    for (let i = 0; i < 2; i++) {
      const { id } = await post('', { kind: 'direct_marketing_objection', email });
      await post(`/${id}/steps`, { action: 'fulfil', reason: '' });
      ids.push(id);
    }
    now = new Date();
    while (await deliver());
    expect(
      received.map(({ data }) => data.type),
      'the second counts too: something may have been allowed in between',
    ).toEqual(['suppression.added', 'suppression.added']);
    expect(received[0]?.data.data).toMatchObject({
      site: 'example',
      address: expect.stringMatching(/^[\w-]{43}$/),
      suppressions: expect.arrayContaining([
        { channel: 'email', sender: null, since: expect.any(String), reason: 'objection' },
        { channel: 'post', sender: null, since: expect.any(String), reason: 'objection' },
      ]),
      requests: expect.arrayContaining(ids),
    });
    expect(received[0]?.body).not.toContain('planted');
  });
});

describe('delivery', () => {
  it('keeps the order of each subject, and lets no subject wait for another', async () => {
    await add();
    const [slow, quick] = [await newSubject(), await newSubject()];
    await service.send([(await slow.next()).jws, (await slow.next()).jws]);
    await service.send([(await quick.next()).jws]);
    answer = ({ data }) => (data.data.subject === slow.id && received.length < 3 ? 503 : 200);
    now = new Date();
    await deliver();
    await deliver();
    expect(
      received.map(({ data }) => [data.data.subject === slow.id, data.data.seq]),
      'the second of the slow one waits',
    ).toEqual(
      expect.arrayContaining([
        [true, 1],
        [false, 1],
      ]),
    );
    expect(received).toHaveLength(2);
    later(6000);
    while (await deliver());
    const ofSlow = received.filter(({ data }) => data.data.subject === slow.id).map(({ data }) => data.data.seq);
    expect(ofSlow).toEqual([1, 1, 2]);
    const [first, again] = received.filter(({ data }) => data.data.seq === 1 && data.data.subject === slow.id);
    expect(again?.headers['webhook-id'], 'the receiver knows it again').toBe(first?.headers['webhook-id']);
    expect(again?.body).toBe(first?.body);
  });

  it('gives up after two days of attempts, and sends again what it is told to', async () => {
    const endpoint = await add();
    await service.send([(await (await newSubject()).next()).jws]);
    answer = () => 500;
    now = new Date();
    let attempts = 0;
    for (; attempts < 30 && (await deliver()) > 0; attempts++) later(36_001_000);
    expect(attempts).toBe(11);
    expect(await states(endpoint)).toEqual([['dead', '500']]);
    answer = () => 200;
    const what = { since: 0, deadOnly: true };
    expect(await service.context.store.webhooks.replay(site, endpoint.id, what, now.getTime())).toBe(1);
    await deliver();
    expect(await states(endpoint)).toEqual([['delivered', '200']]);
  });

  it('loses nothing when the process is killed between sending and noting it: it sends again', async () => {
    const endpoint = await add();
    await service.send([(await (await newSubject()).next()).jws]);
    now = new Date();
    const killed = deliver(() => new Promise(() => undefined));
    // The attempt hangs for ever, as that process is gone; another one looks.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await Promise.race([killed, deliver()]), 'lent to the first').toBe(0);
    later(61_000);
    expect(await deliver()).toBe(1);
    expect(await states(endpoint)).toEqual([['delivered', '204']]);
  });

  it('writes the message in the transaction of the event: where that fails there is none', async () => {
    const endpoint = await add();
    const failing = service.context.store.write(site, async (transaction) => {
      const subject = await newSubject();
      const { event } = await subject.next();
      const body = {
        epoch: 0,
        index: 0,
        subject: subject.id,
        key: subject.key,
        id: event.id,
        seq: 1,
        payload: Buffer.from(JSON.stringify(event)),
        signature: new Uint8Array(64),
      };
      await transaction.appendLeaves(
        [
          {
            index: 0,
            leaf: { kind: 'event', event: 'A'.repeat(43), receivedAt: now.toISOString(), skew: 0 },
            hash: new Uint8Array(32),
          },
        ],
        [],
      );
      await transaction.addEvents([body]);
      throw new Error('no commit');
    });
    await expect(failing).rejects.toThrow('no commit');
    expect(await states(endpoint)).toEqual([]);
  });

  it('runs by itself in the service, and closes when what is under way has ended', async () => {
    const endpoint = await add();
    const options = {
      store: service.context.store,
      seal,
      send: sender(['127.0.0.1']),
      now: () => new Date(),
      logger: pino({ level: 'silent' }),
    };
    await service.send([(await (await newSubject()).next()).jws]);
    const arrived = new Promise<void>((resolve) => {
      answer = () => {
        resolve();
        return 200;
      };
    });
    const worker = webhookWorker(options, 5);
    await arrived;
    await worker.close();
    expect(await states(endpoint)).toEqual([['delivered', '200']]);
  });
});

describe('where it goes', () => {
  it('never goes to a private address, by number or by name, nor where a redirect points', async () => {
    for (const address of [
      '127.0.0.1',
      '10.1.2.3',
      '172.20.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '::1',
      '::ffff:127.0.0.1',
      '::ffff:7f00:1',
      'fd00::1',
      'fe80::1',
      '64:ff9b::7f00:1',
      '2002:7f00:1::',
      '2001:db8::1',
    ])
      expect(isPublic(address), address).toBe(false);
    for (const address of ['93.184.216.34', '2606:2800:220:1::1']) expect(isPublic(address), address).toBe(true);
    for (const wrong of [
      'http://example.org/',
      'https://127.0.0.1/',
      'https://[::1]/',
      'https://user:secret@example.org/',
      'https://2130706433/',
      'ftp://example.org',
      'x',
    ])
      expect(() => webhookUrl(wrong, []), wrong).toThrow();
    expect(webhookUrl('https://example.org/hook?x=1', []).href).toBe('https://example.org/hook?x=1');
    const port = new URL(url).port;
    const outgoing = { url: `https://localhost:${port}/`, secret: 'whsec_AAAA', id: 'x', body: '{}' };
    await expect(sender([])(outgoing, now)).rejects.toThrow('leads to a private address');
    answer = () => 302;
    expect(await sender(['127.0.0.1'])({ ...outgoing, url }, now)).toBe(302);
    expect(received).toHaveLength(1);
  });

  it('keeps the secret sealed, to be opened at its own place only', async () => {
    const endpoint = await add();
    const [stored] = await service.context.store.webhooks.endpoints(site);
    const sealed = stored?.secret ?? new Uint8Array();
    expect(seal.open(sealed, `${site.log} ${endpoint.id}`)).toBe(endpoint.secret);
    expect(() => seal.open(sealed, `${site.log} other`)).toThrow();
    expect(() => secretSeal(`${SECRET}!`).open(sealed, `${site.log} ${endpoint.id}`)).toThrow();
    const files = await Promise.all([service.file, `${service.file}-wal`].map((file) => readFile(file)));
    expect(Buffer.concat(files).includes(endpoint.secret.slice(6))).toBe(false);
  });
});

describe('over HTTP', () => {
  const ask = async (method: string, path: string, body?: unknown) => {
    const { token } = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role: 'owner' }, new Date());
    return service.app.request(`/v1/admin/sites/example/webhooks${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  };

  it('tells how sending went, newest first, and names no data subject', async () => {
    const endpoint = await add(['consent.decided']);
    const subject = await newSubject();
    await service.send([(await subject.next()).jws]);
    now = new Date();
    await deliver();
    answer = () => 500;
    await service.send([(await subject.next()).jws]);
    now = new Date();
    await deliver();
    const response = await ask('GET', `/${endpoint.id}/deliveries`);
    const told = v.parse(WebhookDeliveries, await response.json());
    expect(told.counts).toEqual({ waiting: 1, delivered: 1, dead: 0, erased: 0 });
    expect(told.deliveries.map(({ state, answer: said, attempts, index }) => [state, said, attempts, index])).toEqual([
      ['waiting', '500', 1, 1],
      ['delivered', '204', 1, 0],
    ]);
    expect(told.deliveries.map(({ dueAt }) => dueAt === null)).toEqual([false, true]);
    expect(JSON.stringify(told)).not.toContain(subject.id);
  });

  it('makes, lists, pauses, replays and removes, and says that it cannot without CANDOUR_SECRET', async () => {
    service.context.webhooks.seal = null;
    expect((await ask('POST', '', { url: 'https://example.org/' })).status).toBe(503);
    service.context.webhooks.seal = seal;
    expect((await ask('POST', '', { url: 'https://10.0.0.1/' })).status).toBe(400);
    const made = (await (await ask('POST', '', { url: 'https://example.org/hook' })).json()) as MadeWebhook;
    expect(made.secret).toMatch(/^whsec_/);
    expect(await (await ask('GET', '')).text()).not.toContain(made.secret);
    expect((await ask('PATCH', `/${made.id}`, { state: 'paused' })).status).toBe(204);
    expect(await (await ask('GET', '')).json()).toMatchObject({ webhooks: [{ id: made.id, state: 'paused' }] });
    await service.send([(await (await newSubject()).next()).jws]);
    now = new Date();
    expect(await deliver(), 'what happens meanwhile waits').toBe(0);
    expect(await (await ask('POST', `/${made.id}/replay`, {})).json()).toEqual({ messages: 0 });
    expect(await (await ask('GET', `/${made.id}/deliveries`)).json()).toMatchObject({ counts: { waiting: 1 } });
    expect((await ask('GET', `/${made.id}/deliveries?limit=0`)).status).toBe(400);
    expect((await ask('DELETE', `/${made.id}`)).status).toBe(204);
    expect((await ask('DELETE', `/${made.id}`)).status).toBe(404);
    const entries = await service.context.store.audit.list(site, null, 10);
    expect(entries.map(({ action }) => action)).toContain('webhook.change');
  });
});
