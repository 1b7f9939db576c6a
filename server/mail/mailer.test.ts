// Against a real mail server: what it got, and when nobody has the mail yet.
import { afterEach, beforeEach, expect, it } from 'vitest';

import { mailServer, type MailServer } from '../../test/support/mail-server.ts';
import { smtpMailer, type Mailer } from './mailer.ts';

let server: MailServer;
let mailer: Mailer;
beforeEach(async () => {
  server = await mailServer();
  mailer = smtpMailer(server.url, 'https://consent.example');
});
afterEach(async () => {
  mailer.close();
  await server.close();
});

const MAIL = { to: 'pat@example.net', fromName: 'The Shop', subject: 'Hello', text: 'Words.\n' };

it('no server has a mail while its handing over is awaited', async () => {
  let before = -1;
  await mailer.send({ ...MAIL, id: 'one' }, async () => {
    await fetch('data:,').then(() => undefined);
    before = server.received.length;
  });
  expect([before, server.received.length]).toEqual([0, 1]);
  expect(server.received[0]?.text).toContain('Message-ID: <one@consent.example>');
});

it('a mail that may not be handed over reaches no server', async () => {
  await expect(mailer.send(MAIL, () => Promise.reject(new Error('somebody else has it')))).rejects.toThrow('somebody else');
  // The next one waits for the same server.
  await mailer.send({ ...MAIL, subject: 'Second' });
  expect(server.received.map(({ text }) => /^Subject: (.*)$/m.exec(text)?.[1])).toEqual(['Second']);
});

it('sends HTML beside the text, and headers of its own', async () => {
  await mailer.send({ ...MAIL, html: '<p>Words.</p>', headers: { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } });
  const text = server.received[0]?.text ?? '';
  expect(text).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click$/m);
  expect(text).toMatch(/multipart\/alternative/);
  expect(text).toContain('Auto-Submitted: auto-generated');
});
