import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { leafBytes, type EventLeaf } from '../../shared/log/leaf.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import { presentation, presentationHash } from '../../test/support/presentation.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { createTestService, ORIGIN, SERVICE_URL, type TestService } from '../../test/support/service.ts';
import { receiptOf } from '../receipts.ts';
import { sha256 } from '../verifier.ts';
import { keptCheckpoint, keptReceipt } from './kept-head.ts';
import { formatLogKeys, logSigner } from './key.ts';
import { verifyLog, type VerifyOptions } from './verify.ts';
import { verifyRemoteLog } from './verify-remote.ts';

let service: TestService;
let subjects: Subject[];

const siteContext = () => service.context.sites.get('example');
const keys = async () => {
  const { site, keys: known } = await siteContext();
  return (await formatLogKeys(site, known)).map(({ key }) => key);
};
const verify = async (options?: VerifyOptions) => verifyLog(service.context.store, (await siteContext()).site, options);
const whats = async (options?: VerifyOptions) =>
  (await verify(options)).findings.map(({ index, what }) => `${index ?? 'log'}: ${what}`);
const fetchApp = (url: string) => Promise.resolve(service.app.request(url.replace(SERVICE_URL, '')));
const outside = async (kept?: Parameters<typeof verifyRemoteLog>[3]) => verifyRemoteLog(fetchApp, SERVICE_URL, 'example', kept);
const post = async (count: number) => {
  for (let i = 0; i < count; i++)
    await service.send([(await (subjects[i % subjects.length] as Subject).next()).jws], { presentations: [presentation] });
};

/** As somebody with the file would: without our triggers. */
function tamper(...statements: string[]): void {
  const database = new Database(service.file);
  const triggers = database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").pluck().all() as string[];
  for (const name of triggers) database.exec(`DROP TRIGGER ${name}`);
  for (const statement of statements) expect(database.prepare(statement).run().changes, statement).toBeGreaterThan(0);
  database.close();
}

beforeEach(async () => {
  service = await createTestService();
  subjects = await Promise.all(
    [1, 2, 3].map(() => createSubject({ log: service.site.log, origin: ORIGIN, presentation: presentationHash })),
  );
  await post(9);
});
afterEach(() => service.close());

describe('a log that nobody touched', () => {
  it('R49 verifies from the database and from outside, with the same root', async () => {
    const here = await verify();
    expect(here).toMatchObject({ size: 9, events: 9, erased: 0, findings: [] });
    expect(await outside()).toEqual(here);
  });

  it('verifies while the service goes on writing and erasing', async () => {
    const { site } = await siteContext();
    const writing = Promise.all([
      post(3),
      service.context.log.erase(site, { subject: (subjects[0] as Subject).id, by: 'subject', at: new Date() }),
    ]);
    const found: string[] = [];
    for (let i = 0; i < 5; i++) found.push(...(await whats()));
    await writing;
    expect(found).toEqual([]);
  });

  it('keeps nothing of an erased event in any of its files', async () => {
    const [erased] = subjects as [Subject];
    const { jws } = await erased.next();
    await service.send([jws], { presentations: [presentation] });
    const { nonce } = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString()) as { nonce: string };
    const inFiles = () => ['', '-wal'].some((end) => readFileSync(`${service.file}${end}`).includes(nonce));
    expect(inFiles()).toBe(true);
    await service.context.log.erase((await siteContext()).site, { subject: erased.id, by: 'subject', at: new Date() });
    expect(inFiles()).toBe(false);
  });

  it('verifies after an erasure', async () => {
    const { site } = await siteContext();
    await service.context.log.erase(site, { subject: (subjects[0] as Subject).id, by: 'controller', at: new Date() });
    await post(1);
    expect(await verify()).toMatchObject({ size: 11, events: 7, erased: 3, findings: [] });
    expect(await outside()).toMatchObject({ size: 11, events: 7, erased: 3, findings: [] });
  });
});

describe('R49 a log that somebody edited', () => {
  it.each<[string, RegExp, ...string[]]>([
    ['a leaf’s time', /^4: the leaf does not have its hash/m, 'UPDATE leaf SET received_at = received_at + 1 WHERE idx = 4'],
    ['a leaf’s event', /^4: the leaf does not have its hash/m, 'UPDATE leaf SET event = zeroblob(32) WHERE idx = 4'],
    [
      'a payload',
      /^4: the event is not the one that its leaf names/m,
      `UPDATE event_body SET payload = CAST(replace(CAST(payload AS TEXT), 'refused', 'given') AS BLOB) WHERE idx = 4`,
    ],
    ['a payload to rubbish', /^4: /m, `UPDATE event_body SET payload = x'ff' WHERE idx = 4`],
    ['a signature', /^4: the event is not the one/m, 'UPDATE event_body SET signature = zeroblob(64) WHERE idx = 4'],
    ['a number', /^4: the event is filed under another number/m, 'UPDATE event_body SET seq = 77 WHERE idx = 4'],
    [
      'a subject’s key',
      /the event is not the one that its leaf names/,
      'UPDATE subject SET x = zeroblob(32) WHERE subject_key = 1',
    ],
    [
      'whose events they are',
      /the event is filed under another data subject/,
      'UPDATE subject SET thumbprint = zeroblob(32) WHERE subject_key = 1',
    ],
    [
      'what was shown',
      /the presentation \S+ is not what was shown/,
      `UPDATE presentation SET body = replace(body, 'box', 'bar')`,
    ],
    [
      'a published document',
      /the configuration \S+ is not what was published/,
      `UPDATE document SET body = body || ' ' WHERE kind = 'configuration'`,
    ],
    [
      'the kind of a leaf to nonsense',
      /^4: the leaf is malformed/m,
      `UPDATE leaf SET kind = 2, body = '{"kind":"erasure"}' WHERE idx = 4`,
    ],
    ['a node', /the node 2\/0 does not have the hash/, 'UPDATE node SET hash = zeroblob(32) WHERE level = 2 AND idx = 0'],
    ['the head', /the head row does not have the root/, 'UPDATE head SET root = zeroblob(32)'],
    ['the size of the head', /there are leaves beyond the head of 7/, 'UPDATE head SET size = 7'],
    ['a signed root', /is not signed by the log's key/, 'UPDATE checkpoint SET root = zeroblob(32) WHERE size = 5'],
  ])('finds %s', async (_, finding, ...statements) => {
    tamper(...statements);
    expect((await whats()).join('\n')).toMatch(finding);
  });

  it('finds an edit whose own hash was set to match', async () => {
    const [stored] = await service.context.store.leaves((await siteContext()).site, 0, 4, 5);
    const original = stored?.leaf as EventLeaf;
    const leaf = { ...original, skew: original.skew + 1000 };
    const database = new Database(service.file);
    database.exec('DROP TRIGGER leaf_no_update');
    database.prepare('UPDATE leaf SET skew = skew + 1000, hash = ? WHERE idx = 4').run(Buffer.from(sha256(leafBytes(leaf))));
    database.close();
    const found = (await whats()).join('\n');
    expect(found).toMatch(/the first 5 leaves do not have the root that was signed/);
    expect((await outside()).findings.map(({ what }) => what)).toEqual([
      'the leaves do not have the root that the service signed',
    ]);
  });
});

describe('R49 a log that somebody shortened', () => {
  it.each<[string, RegExp, ...string[]]>([
    ['a leaf deleted', /^4: the leaf is missing/m, 'DELETE FROM leaf WHERE idx = 4'],
    [
      'an event deleted without an erasure leaf',
      /^4: the event is missing and no erasure leaf names it/m,
      'DELETE FROM event_body WHERE idx = 4',
    ],
    ['all nodes deleted', /the node 1\/0 is missing/, 'DELETE FROM node'],
    [
      'the newest head deleted',
      /the newest signed head is of 8 leaves and the log has 9/,
      'DELETE FROM checkpoint WHERE size = 9',
    ],
  ])('finds %s', async (_, finding, ...statements) => {
    tamper(...statements);
    expect((await whats()).join('\n')).toMatch(finding);
  });

  it('finds rows that changed places', async () => {
    const swap = (table: string) => [
      `UPDATE ${table} SET idx = 100 WHERE idx = 3`,
      `UPDATE ${table} SET idx = 3 WHERE idx = 4`,
      `UPDATE ${table} SET idx = 4 WHERE idx = 100`,
    ];
    tamper(...swap('leaf'), ...swap('event_body'));
    expect((await whats()).join('\n')).toMatch(/the first 4 leaves do not have the root that was signed/);
  });

  it('finds an erased event that came back', async () => {
    const database = new Database(service.file);
    database.exec('CREATE TABLE kept AS SELECT * FROM event_body; CREATE TABLE kept_subject AS SELECT * FROM subject');
    const { site } = await siteContext();
    await service.context.log.erase(site, { subject: (subjects[0] as Subject).id, by: 'subject', at: new Date() });
    database.exec(
      'INSERT OR IGNORE INTO subject SELECT * FROM kept_subject; INSERT INTO event_body SELECT * FROM kept WHERE idx = 0',
    );
    database.close();
    expect((await whats()).join('\n')).toMatch(/^0: the event is there although leaf 9 says that it was erased/m);
  });

  it('R49 finds a head that a key listed as retired has signed, from the database and from outside', async () => {
    const { site } = await siteContext();
    const stranger = generateKeyPairSync('ed25519').privateKey;
    const { publicKey, sign } = logSigner(stranger);
    const head = await service.context.store.head(site);
    const database = new Database(service.file);
    for (const table of ['checkpoint', 'log_key'])
      for (const name of database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?")
        .pluck()
        .all(table) as string[])
        database.exec(`DROP TRIGGER ${name}`);
    database.prepare("INSERT INTO log_key SELECT site_key, 99, ?, 'retired' FROM site").run(Buffer.from(publicKey));
    database
      .prepare('UPDATE checkpoint SET key_number = 99, signature = ? WHERE size = ?')
      .run(Buffer.from(sign(site, head)), head.size);
    database.close();
    expect((await whats()).join('\n')).toMatch(/the newest head is not signed by the active log key/);
    const { folder } = service;
    await service.context.store.close();
    service = await createTestService({ folder });
    expect((await outside()).findings.map(({ what }) => what)).toEqual([
      'the head is not signed by the active key that the service publishes',
    ]);
  });

  it('finds another log key than the service’s', async () => {
    expect((await whats({ publicKey: new Uint8Array(32) })).join('\n')).toMatch(/not the key of CANDOUR_LOG_KEY/);
  });
});

describe('R49 a log that was rolled back', () => {
  let receipt: Receipt;
  let checkpoint: string;

  const kept = async () => {
    const [fromReceipt, fromCheckpoint] = [
      await keptReceipt(JSON.stringify(receipt), service.site.log, await keys()),
      await keptCheckpoint(checkpoint, service.site.log, await keys()),
    ];
    expect([...fromReceipt.findings, ...fromCheckpoint.findings]).toEqual([]);
    return [fromReceipt.head, fromCheckpoint.head].flatMap((head) => head ?? []);
  };
  /** Keeps a copy of the file, goes on, and puts the copy back: what a restored backup does without an epoch. */
  const rollBack = async () => {
    const database = new Database(service.file);
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    await copyFile(service.file, `${service.file}.old`);
    await post(3);
    const context = await siteContext();
    const [logged] = await service.context.store.events(context.site, Number.MAX_SAFE_INTEGER, 1);
    receipt = await receiptOf(service.context.store, context, logged as never, SERVICE_URL);
    checkpoint = await (await service.app.request('/v1/sites/example/log/checkpoint')).text();
    await service.context.store.close();
    await copyFile(`${service.file}.old`, service.file);
    const { folder } = service;
    service = await createTestService({ folder });
  };

  it('is found with a receipt and with an earlier checkpoint, from the database and from outside', async () => {
    await rollBack();
    expect(await whats(), 'by itself it looks well').toEqual([]);
    const heads = await kept();
    expect(heads.map(({ size }) => size)).toEqual([12, 12]);
    const here = await whats({ kept: heads });
    expect(here.filter((what) => /rolled back/.test(what))).toHaveLength(2);
    const there = (await outside(heads)).findings.map(({ what }) => what);
    expect(there.filter((what) => /rolled back/.test(what))).toHaveLength(2);
  });

  it('is found when it grew beyond the kept head again', async () => {
    await rollBack();
    subjects = [await createSubject({ log: service.site.log, origin: ORIGIN, presentation: presentationHash })];
    await post(5);
    expect(await whats()).toEqual([]);
    const heads = await kept();
    expect((await whats({ kept: heads })).join('\n')).toMatch(/the receipt was signed for another tree of 12 leaves/);
    expect((await outside(heads)).findings.map(({ what }) => what).join('\n')).toMatch(
      /another tree of 12 leaves[\s\S]*cannot prove that its log begins with the receipt/,
    );
  });

  it('is not claimed where the log only grew', async () => {
    checkpoint = await (await service.app.request('/v1/sites/example/log/checkpoint')).text();
    await post(4);
    const { head } = await keptCheckpoint(checkpoint, service.site.log, await keys());
    expect(await whats({ kept: head ? [head] : [] })).toEqual([]);
    expect((await outside(head ? [head] : [])).findings).toEqual([]);
  });

  it('is not searched for with a receipt that is none', async () => {
    const { findings } = await keptReceipt('{"v":1}', service.site.log, await keys());
    expect(findings[0]?.what).toMatch(/^the receipt: form/);
    const other = await keptCheckpoint('x\n', service.site.log, await keys());
    expect(other.findings[0]?.what).toMatch(/malformed/);
  });
});
