// Letters against a real mail server that is down, comes back, or refuses for ever.
import { readFile } from 'node:fs/promises';

import { afterEach, beforeEach, expect, it } from 'vitest';

import type { RequestDetails } from '../../shared/rights/api.ts';
import { mailServer, type MailServer } from '../../test/support/mail-server.ts';
import { createTestService, type TestService } from '../../test/support/service.ts';
import { issueCredential } from '../credentials.ts';
import { sendLetters } from './letter-outbox.ts';

const SECRET = 'a secret that is long enough for a test';
const EMAIL = 'pat@example.net';
let mail: MailServer;
let service: TestService;
let offset = 0;
const now = (): Date => new Date(Date.now() + offset);

beforeEach(async () => {
  offset = 0;
  mail = await mailServer();
  service = await createTestService({ config: { secret: SECRET, smtp: mail.url }, now });
});
afterEach(async () => {
  await service.close();
  await mail.close();
});

const post = async (path: string, body: unknown) => {
  const { token } = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role: 'dpo' }, new Date());
  const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
  const answer = await service.app.request(`/v1/admin/sites/example/requests${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  });
  return (await answer.json()) as RequestDetails & { done: { told: boolean } };
};
const made = async () => (await post('', { kind: 'access', email: EMAIL })).id;
const refuse = (id: string) => post(`/${id}/steps`, { action: 'refuse', reason: 'a planted reason' });
const context = () => service.context.sites.get('example');
async function deliver() {
  const { mailer } = service.context;
  if (!mailer) throw new Error('no mailer');
  return sendLetters({ ...service.context, now, mailer }, await context());
}
const waiting = async (state: 'due' | 'failed' = 'due') => service.context.store.rights.letters((await context()).site, state);

it('a letter that the mail server does not take waits, sealed, and goes out once when it does', async () => {
  mail.refusing = true;
  const id = await made();
  expect((await refuse(id)).done.told).toBe(false);
  await service.context.confirmations?.idle();
  expect([mail.received.length, await waiting()]).toEqual([0, 1]);
  const files = await Promise.all([service.file, `${service.file}-wal`].map((file) => readFile(file)));
  expect(Buffer.concat(files).includes('a planted reason')).toBe(false);
  mail.refusing = false;
  expect(await deliver(), 'not before its time').toEqual({ sent: 0, failed: 0 });
  offset += 61_000;
  expect(await deliver()).toEqual({ sent: 1, failed: 0 });
  expect(await deliver()).toEqual({ sent: 0, failed: 0 });
  expect(await waiting()).toBe(0);
  expect(mail.received.map(({ to }) => to)).toEqual([[EMAIL]]);
  expect(mail.received[0]?.text).toContain('The reason: a planted reason');
});

it('a letter outlives the process that wrote it down: the next one sends it by itself', async () => {
  mail.refusing = true;
  await refuse(await made());
  await service.context.confirmations?.close();
  const { folder } = service;
  await service.context.store.close();
  mail.refusing = false;
  offset += 61_000;
  service = await createTestService({ folder, config: { secret: SECRET, smtp: mail.url }, now });
  const { confirmations } = service.context;
  confirmations?.kick();
  await confirmations?.idle();
  // The service's own clock is not the test's: what is due by it goes; the rest by hand.
  await deliver();
  expect(mail.received).toHaveLength(1);
});

it('is tried for two days and then given up; refused for good it is given up at once', async () => {
  mail.refusing = true;
  await refuse(await made());
  let attempts = 1;
  while ((await waiting()) > 0 && attempts < 50) {
    offset += 86_400_001;
    attempts += (await deliver()).failed;
  }
  expect([attempts, await waiting('failed')]).toEqual([9, 1]);
  mail.refusing = 'for ever';
  await refuse(await made());
  expect([await waiting(), await waiting('failed')]).toEqual([0, 2]);
});

it('R59 goes with the person who is forgotten', async () => {
  mail.refusing = true;
  const id = await made();
  await refuse(id);
  await service.context.store.rights.eraseKey((await context()).site, id);
  expect(await waiting()).toBe(0);
  mail.refusing = false;
  offset += 61_000;
  expect(await deliver()).toEqual({ sent: 0, failed: 0 });
});
