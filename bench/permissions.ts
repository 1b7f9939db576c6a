// How long the bulk check of 100,000 addresses takes, and in how much memory: `node bench/permissions.ts`, or with `sms` of telephone
// numbers, which are looked up under more keys. Of the addresses half are known, of which each third has a ground with its evidence and
// each fifth said no. SQLite, over the route, read to its end.
import { randomUUID } from 'node:crypto';

import { issueCredential } from '../server/credentials.ts';
import { newContact } from '../server/marketing/contacts.ts';
import { sealStatement } from '../server/marketing/statements.ts';
import { stopDirectMarketing } from '../shared/marketing/suppression.ts';
import { MARKETING } from '../test/support/marketing-site.ts';
import { createTestService } from '../test/support/service.ts';

const LINES = 100_000;
const PART = 1000;
const EVIDENCE = {
  sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' },
  collectedDirectly: true,
  ownSimilarProducts: true,
  refusalAtCollection: { on: '2026-05-01', shown: 'A'.repeat(43) },
  refusalInEveryMessage: true,
};
const service = await createTestService({ ...MARKETING, config: { secret: randomUUID() + randomUUID() } });
const { store, vault } = service.context;
const { site } = await service.context.sites.get('example');
if (!vault) throw new Error('no secret');

const channel = process.argv[2] === 'sms' ? ('sms' as const) : ('email' as const);
const addresses = Array.from({ length: LINES }, (_, i) =>
  channel === 'sms' ? `+44${7_700_000_000 + i}` : `person.${i}@example.net`,
);
for (let at = 0; at < LINES / 2; at += PART) {
  const made = addresses.slice(at, at + PART).flatMap((address) => newContact(vault, site, { channel, address }) ?? []);
  await store.contacts.remember(site, made);
  const statement = {
    says: 'ground' as const,
    reason: 'soft_opt_in' as const,
    channel,
    sender: 'acme',
    since: '2026-05-01',
    evidence: EVIDENCE,
  };
  const contacts = await store.contacts.find(
    site,
    made.flatMap(({ keys }) => keys[0] ?? []),
  );
  await store.contacts.stateAll(
    site,
    contacts
      .filter((_, i) => i % 3 === 0)
      .map((contact) => ({ contact: contact.id, at: 1, actor: 'bench', sealed: sealStatement(vault, site, contact, statement) })),
  );
  const noes = made
    .filter((_, i) => i % 5 === 0)
    .flatMap(({ keys: [key = ''] }) => stopDirectMarketing(key, '2026-11-22T10:00:00.000Z', null));
  await store.suppressions.add(site, noes);
}

const { token } = await issueCredential(store, 'api_key', { name: 'bench', role: 'ingest' }, new Date());
const body = addresses.map((address) => JSON.stringify({ address })).join('\n');
let peak = 0;
const watch = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
const before = process.memoryUsage().rss;
const [start, processor] = [performance.now(), process.cpuUsage()];
const answer = await service.app.request(`/v1/admin/sites/example/permissions/check?channel=${channel}&sender=acme`, {
  method: 'POST',
  headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/x-ndjson' },
  body,
});
let [lines, permitted, first] = [0, 0, 0];
const decoder = new TextDecoder();
for await (const piece of answer.body as ReadableStream<Uint8Array>) {
  first ||= performance.now() - start;
  const text = decoder.decode(piece, { stream: true });
  lines += text.split('\n').length - 1;
  permitted += text.split('"may":true').length - 1;
}
const seconds = (performance.now() - start) / 1000;
clearInterval(watch);
const { user, system } = process.cpuUsage(processor);
const ofProcessor = Math.round(lines / ((user + system) / 1e6));
const mebibytes = (bytes: number): string => `${Math.round(bytes / 1048576)} MiB`;
console.log(
  `${lines} lines, ${permitted} permitted: ${seconds.toFixed(1)} s, ${Math.round(lines / seconds)} a second, ${ofProcessor} for each second of the processor`,
);
console.log(`first answer after ${Math.round(first)} ms; memory ${mebibytes(before)} before, at most ${mebibytes(peak)}`);
await service.close();
