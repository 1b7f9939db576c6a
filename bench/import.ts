// How fast a list of contacts with the evidence of their consent comes in, and in how much memory: `node bench/import.ts [rows]`.
// A tenth of the addresses is on the suppression list, a hundredth of the rows is damaged. SQLite in a temporary folder; the list is
// made while it is read. `--ground`: with grounds (soft opt-in) instead of consents; `--bare`: without any evidence;
// `--verify`: and the log is verified behind it; `--export`: and whoever may be written to is exported as CSV, over the route.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

import { issueCredential } from '../server/credentials.ts';
import { addressKeys } from '../server/marketing/contacts.ts';
import { importList } from '../server/marketing/import/import-list.ts';
import { verifyLog } from '../server/log/verify.ts';
import { MARKETING } from '../test/support/marketing-site.ts';
import { createTestService } from '../test/support/service.ts';

const rows = Number(process.argv.find((word) => /^\d+$/.test(word)) ?? 1_000_000);
const grounds = process.argv.includes('--ground');
const bare = process.argv.includes('--bare');
/** Bytes that the kernel was given for the disk; where it does not say, none. */
const written = (): number => {
  try {
    return Number(/^write_bytes: (\d+)$/m.exec(readFileSync('/proc/self/io', 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
};
const service = await createTestService({ ...MARKETING, config: { secret: randomUUID() + randomUUID() } });
const { store, vault } = service.context;
const context = await service.context.sites.get('example');
const { site } = context;
if (!vault) throw new Error('no secret');
const notice = context.published[0]?.hash ?? '';
const addressOf = (i: number): string => `person.${i}@example.net`;

for (let at = 0; at < rows; at += 10_000) {
  const keys = Array.from({ length: Math.min(1000, Math.ceil((rows - at) / 10)) }, (_, i) =>
    addressKeys(vault, site, { channel: 'email', address: addressOf(at + 10 * i) }),
  );
  const since = '2026-06-01T00:00:00.000Z';
  await store.suppressions.add(
    site,
    keys.map(([key = '']) => ({ key, channel: 'email', sender: 'acme', since, reason: 'unsubscribe', event: null })),
  );
}

async function* list(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('email,OPTIN_TIME\n');
  for (let at = 0; at < rows; at += 1000)
    yield Buffer.from(
      Array.from({ length: Math.min(1000, rows - at) }, (_, i) =>
        (at + i) % 100 === 99 ? 'no address,2026-05-01\n' : `${addressOf(at + i)},2026-05-01T10:00:00Z\n`,
      ).join(''),
    );
}

const mebibytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MiB`;
let peak = 0;
const [start, processor, before, disk] = [performance.now(), process.cpuUsage(), process.memoryUsage().rss, written()];
let last = { rows: 0, at: start };
const evidence = {
  sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' },
  collectedDirectly: true,
  ownSimilarProducts: true,
  refusalAtCollection: { on: '2026-05-01', shown: 'A'.repeat(43) },
  refusalInEveryMessage: true,
};
const report = await importList(
  { ...service.context, context, by: 'bench' },
  { bytes: list() },
  {
    channels: ['email'],
    sender: 'acme',
    activity: 'newsletter',
    reason: bare ? 'not_stated' : grounds ? 'soft_opt_in' : 'consent',
    evidence: grounds ? evidence : {},
    since: '2026-05-01',
    subscriber: 'unknown',
    callingCode: null,
    notice: grounds || bare ? null : notice,
    dryRun: false,
  },
  {
    progress({ rows: done }) {
      peak = Math.max(peak, process.memoryUsage().rss);
      if (done - last.rows < rows / 10) return;
      const now = performance.now();
      console.log(
        `${done} rows: ${Math.round((done - last.rows) / ((now - last.at) / 1000))} rows/s, ${mebibytes(peak)} at most`,
      );
      last = { rows: done, at: now };
    },
  },
);
const seconds = (performance.now() - start) / 1000;
const { user, system } = process.cpuUsage(processor);
console.log(
  `${report.rows} rows in ${seconds.toFixed(0)} s: ${Math.round(report.rows / seconds)} rows/s, ` +
    `${Math.round(report.rows / ((user + system) / 1e6))} rows for each second of the processor`,
);
console.log(`memory ${mebibytes(before)} before, at most ${mebibytes(peak)}; ${mebibytes(written() - disk)} written to disk`);
console.log(
  JSON.stringify({ claims: report.claims, missing: report.missing, dropped: report.dropped, problems: report.problems }),
);
const { size } = await store.head(site);
console.log(`${size} leaves in the log`);
if (process.argv.includes('--verify')) console.log('the log has', (await verifyLog(store, site)).findings.length, 'faults');
if (process.argv.includes('--export')) {
  const { token } = await issueCredential(store, 'api_key', { name: 'bench', role: 'owner' }, new Date());
  const headers = { Authorization: `Bearer ${token}` };
  const began = performance.now();
  const answer = await service.app.request('/v1/admin/sites/example/lists?channel=email&sender=acme', { headers });
  const resting = process.memoryUsage().rss;
  let [lines, most] = [-1, resting];
  for await (const piece of answer.body as ReadableStream<Uint8Array>) {
    for (const byte of piece) if (byte === 10) lines += 1;
    most = Math.max(most, process.memoryUsage().rss);
  }
  const took = (performance.now() - began) / 1000;
  console.log(
    `${lines} exported as CSV in ${took.toFixed(0)} s: ${Math.round(lines / took)}/s; memory ${mebibytes(resting)} before, at most ${mebibytes(most)}`,
  );
}
await service.close();
