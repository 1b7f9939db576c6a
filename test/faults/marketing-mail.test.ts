// SIGKILL between the acknowledgement of an opt-in and the mail that asks for its confirmation.
import { afterAll, beforeAll, expect, it } from 'vitest';

import { parseConfig } from '../../server/config.ts';
import { createSite } from '../../server/sites.ts';
import { openStore } from '../../server/store/open.ts';
import { mailServer, type MailServer } from '../support/mail-server.ts';
import { marketingConfiguration, marketingNotice } from '../support/marketing-site.ts';
import { createWorkplace, PAGE_ORIGIN, type Workplace } from '../support/service-process.ts';
import { createSubject } from '../support/subject.ts';

let mail: MailServer;
let workplace: Workplace;
beforeAll(async () => {
  mail = await mailServer();
  workplace = await createWorkplace();
});
afterAll(async () => {
  await workplace?.close();
  await mail?.close();
});

it('the mail goes out once, from the service that comes after it', async () => {
  const store = await openStore(parseConfig(workplace.env).database);
  const origins = { site: 'shop', origins: [PAGE_ORIGIN], publicUrl: workplace.env['CANDOUR_PUBLIC_URL'] ?? '' };
  const { log } = await createSite(store, { ...origins, notices: [marketingNotice], configuration: marketingConfiguration });
  await store.close();
  const subject = await createSubject({ log, origin: PAGE_ORIGIN });
  const channels = { newsletter: { careful: { email: 'given' as const } } };
  const { event, jws } = await subject.next({ method: 'form', purposes: {}, channels });
  const contacts = [{ event: event.id, channel: 'email', value: 'ada@example.net' }];
  const post = (url: string) =>
    fetch(`${url}/v1/sites/shop/events`, {
      method: 'POST',
      headers: { Origin: PAGE_ORIGIN, 'Content-Type': 'application/json' },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws], contacts }),
    });

  let service = await workplace.start();
  expect((await post(service.url)).status).toBe(200);
  await service.kill();
  expect(mail.received).toEqual([]);

  workplace.env['CANDOUR_SMTP'] = mail.url;
  service = await workplace.start();
  await expect.poll(() => mail.received.map(({ to }) => to)).toEqual([['ada@example.net']]);
  // The browser, which had no answer, sends it again.
  expect((await post(service.url)).status).toBe(200);
  expect((await service.terminate()).code).toBe(0);
  expect(mail.received).toHaveLength(1);
});
