import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';

import type { EventResult } from '../../shared/api.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { cookiePolicy } from '../support/service.ts';
import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { createSubject, type Subject } from '../support/subject.ts';

let cluster: Cluster;
let folder: string;
let files = 0;
let workplace: Workplace;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-restore-'));
  cluster = await startPostgres();
});
afterAll(async () => {
  await cluster?.destroy();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => workplace?.close());

/** An empty place for a database, as CANDOUR_DATABASE names it. */
const places: [string, () => Promise<string>][] = [
  ['sqlite', () => Promise.resolve(`sqlite:${join(folder, `${++files}`, 'candour.sqlite')}`)],
  ['postgres', () => cluster.createDatabase()],
];

describe.each(places)('backup and restore on %s', (engine, emptyPlace) => {
  const jws = async (subject: Subject) => (await subject.next()).jws;
  const first = async (service: ServiceProcess, event: string): Promise<EventResult | undefined> =>
    (await service.post([event])).results[0];
  const receipt = async (service: ServiceProcess, subject: Subject, id: string): Promise<Response> => {
    const path = `/v1/sites/example/receipts/${id}`;
    const authorization = await subject.authorise({ method: 'GET', path });
    return fetch(`${service.url}${path}`, { headers: { Authorization: authorization, Origin: PAGE_ORIGIN } });
  };
  const eraseAll = async (service: ServiceProcess, subject: Subject): Promise<void> => {
    const path = '/v1/sites/example/me';
    const headers = { Authorization: await subject.authorise({ method: 'DELETE', path }), Origin: PAGE_ORIGIN };
    const answer = await fetch(`${service.url}${path}`, { method: 'DELETE', headers });
    expect(answer.status, await answer.text()).toBe(200);
  };
  /** With a kept list; two visitors' events are recorded, and then backed up. */
  async function backedUp() {
    workplace = await createWorkplace({ CANDOUR_DATABASE: await emptyPlace() });
    workplace.env['CANDOUR_KEPT_LIST'] = join(workplace.folder, 'kept.jsonl');
    const service = await workplace.start();
    const [goes, stays] = [
      await createSubject({ log: workplace.log, origin: PAGE_ORIGIN }),
      await createSubject({ log: workplace.log, origin: PAGE_ORIGIN }),
    ];
    const [gone, kept] = [await jws(goes), await jws(stays)];
    for (const event of [gone, kept]) expect(await first(service, event)).toMatchObject({ status: 'accepted' });
    const file = join(workplace.folder, 'the.backup');
    expect(await workplace.run('backup', file)).toMatchObject({ code: 0 });
    return { service, goes, stays, gone, kept, file };
  }

  it('R49 a backup made under load restores to a log that verifies, in a new epoch; what it lacks heals when it is sent again', async () => {
    workplace = await createWorkplace({ CANDOUR_DATABASE: await emptyPlace() });
    let service = await workplace.start();
    const [early, late] = [
      await createSubject({ log: workplace.log, origin: PAGE_ORIGIN }),
      await createSubject({ log: workplace.log, origin: PAGE_ORIGIN }),
    ];
    const kept = [await jws(early), await jws(early), await jws(early)];
    const acknowledged: (EventResult | undefined)[] = [];
    for (const event of kept) acknowledged.push(await first(service, event));

    // While others write.
    const noise = (async () => {
      const subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
      for (let i = 0; i < 20; i++) await service.post([await jws(subject)]);
    })();
    const file = join(workplace.folder, 'the.backup');
    expect(await workplace.run('backup', file)).toMatchObject({ code: 0 });
    await noise;
    expect((await stat(file)).mode & 0o077, 'for the owner’s eyes alone').toBe(0);
    expect(await workplace.run('backup', file), 'overwrites nothing').toMatchObject({ code: 2 });

    // What is recorded after the backup is lost with the database.
    const lost = [await jws(late), await jws(late)];
    const lostReceipts: (EventResult | undefined)[] = [];
    for (const event of lost) lostReceipts.push(await first(service, event));
    const oldHead = await (await fetch(`${service.url}/v1/sites/example/log/checkpoint`)).text();
    await service.kill();

    expect(await workplace.run('restore', file), 'not over a database that is there').toMatchObject({ code: 2 });
    workplace.env['CANDOUR_DATABASE'] = await emptyPlace();
    const restored = await workplace.run('restore', file);
    expect(restored, restored.output).toMatchObject({ code: 0 });
    const [, epoch = ''] = /: epoch (\d+) begins/.exec(restored.output) ?? [];
    expect(Number(epoch), 'of the moment').toBeGreaterThan(1000);

    service = await workplace.start();
    const head = await (await fetch(`${service.url}/v1/sites/example/log/checkpoint`)).text();
    expect([oldHead.split('\n')[0], head.split('\n').slice(0, 2)]).toEqual([
      `${workplace.log}/0`,
      [`${workplace.log}/${epoch}`, '1'],
    ]);
    for (const [i, event] of kept.entries())
      expect(await first(service, event), 'the first receipt, of the old tree').toEqual({
        ...acknowledged[i],
        status: 'duplicate',
      });
    for (const event of lost) {
      const again = await first(service, event);
      expect(again).toMatchObject({ status: 'accepted' });
      expect(again && 'checkpoint' in again ? again.checkpoint?.split('\n')[0] : '').toBe(`${workplace.log}/${epoch}`);
    }
    expect((await receipt(service, early, acknowledged[0]?.id ?? '')).status).toBe(200);
    expect((await receipt(service, late, lostReceipts[0]?.id ?? '')).status).toBe(200);

    const leaves = await fetch(`${service.url}/v1/sites/example/log/leaves?epoch=0`);
    expect(((await leaves.json()) as { size: number }).size).toBeGreaterThanOrEqual(3);
    for (const where of [[], ['--url', service.url]]) {
      const verified = await workplace.run('log', 'verify', '--site', 'example', ...where);
      expect(verified, verified.output).toMatchObject({ code: 0 });
      expect(verified.output).toContain(`epoch ${epoch}: 3 leaves`);
    }

    // An erasure reaches both epochs.
    await service.post([await jws(early)]);
    await eraseAll(service, early);
    expect(await first(service, kept[0] ?? '')).toMatchObject({ status: 'erased' });
    for (const where of [[], ['--url', service.url]]) {
      const verified = await workplace.run('log', 'verify', '--site', 'example', ...where);
      expect(verified, verified.output).toMatchObject({ code: 0 });
      expect(verified.output).toContain('4 erased');
    }
    expect(service.started).toMatchObject({ engine });
  });

  it('R59 who was erased after the backup is erased in what is restored, and what they sent does not come back', async () => {
    const { goes, gone: before, kept, file, ...begun } = await backedUp();
    let { service } = begun;
    const behind = await jws(goes);
    expect(await first(service, behind)).toMatchObject({ status: 'accepted' });
    await eraseAll(service, goes);
    await service.terminate();

    workplace.env['CANDOUR_DATABASE'] = await emptyPlace();
    const restored = await workplace.run('restore', file);
    expect(restored, restored.output).toMatchObject({ code: 0 });
    expect(restored.output).toContain('erased again: 1 events, 0 contacts, 0 requests');
    const again = await workplace.run('restore', '--in-place');
    expect(again.output, 'nothing twice').toContain('erased again: 0 events');
    service = await workplace.start();
    expect(await first(service, before), 'it was in the backup').toMatchObject({ status: 'erased' });
    expect(await first(service, behind), 'it came after it').toMatchObject({ status: 'erased' });
    expect(await first(service, kept)).toMatchObject({ status: 'duplicate' });
    const verified = await workplace.run('log', 'verify', '--site', 'example');
    expect(verified, verified.output).toMatchObject({ code: 0 });
    expect(verified.output).toContain('1 erased');
  });

  it('R49 R59 one backup restored twice: no size is signed twice, what was sent in between comes again, nobody erased comes back', async () => {
    const { goes, stays, gone, file, ...begun } = await backedUp();
    let { service } = begun;
    await service.terminate();
    const seen = new Map<string, string>();
    const see = async (): Promise<string> => {
      const [origin = '', size = '', root = ''] = (
        await (await fetch(`${service.url}/v1/sites/example/log/checkpoint`)).text()
      ).split('\n');
      const before = seen.get(`${origin} ${size}`);
      expect(before ?? root, `${origin} of ${size} leaves`).toBe(root);
      seen.set(`${origin} ${size}`, root);
      return origin;
    };
    const origins: string[] = [];
    const [between] = [await jws(stays)];
    for (const round of [1, 2]) {
      workplace.env['CANDOUR_DATABASE'] = await emptyPlace();
      const restored = await workplace.run('restore', file);
      expect(restored, restored.output).toMatchObject({ code: 0 });
      service = await workplace.start();
      origins.push(await see());
      if (round > 1) expect(await first(service, gone), `round ${round}`).toMatchObject({ status: 'erased' });
      expect(await first(service, between), 'the backup never had it').toMatchObject({ status: 'accepted' });
      await see();
      if (round === 1) {
        await eraseAll(service, goes);
      }
      for (let i = 0; i < round; i++) await service.post([await jws(stays)]);
      await see();
      // Killed: what is told is in the list already.
      await service.kill();
    }
    expect(new Set(origins).size).toBe(2);
    const verified = await workplace.run('log', 'verify', '--site', 'example');
    expect(verified, verified.output).toMatchObject({ code: 0 });
  });

  it('a copy cannot be served before its restore has come to its end, nor a log that it has as not begun go on as before', async () => {
    workplace = await createWorkplace({ CANDOUR_DATABASE: await emptyPlace() });
    workplace.env['CANDOUR_KEPT_LIST'] = join(workplace.folder, 'kept.jsonl');
    const file = join(workplace.folder, 'the.backup');
    expect(await workplace.run('backup', file)).toMatchObject({ code: 0 });
    await (await workplace.start()).terminate();
    await writeFile(workplace.env['CANDOUR_KEPT_LIST'], 'a,b\nc,d\n');
    workplace.env['CANDOUR_DATABASE'] = await emptyPlace();
    const failed = await workplace.run('restore', file);
    expect(failed.output).toContain('is no kept list');
    expect(failed.code).toBe(2);
    const refused = await workplace.run('serve');
    expect(refused.output).toContain('run candour restore --in-place');
    expect(refused.code).toBe(2);
    await rm(workplace.env['CANDOUR_KEPT_LIST']);
    expect(await workplace.run('restore', '--in-place')).toMatchObject({ code: 0 });
    const service = await workplace.start();
    const head = await (await fetch(`${service.url}/v1/sites/example/log/checkpoint`)).text();
    expect(head.split('\n')[0], 'its empty first epoch may have been signed further').not.toBe(`${workplace.log}/0`);
    const notice = join(workplace.folder, 'late.notice.json');
    await writeFile(notice, JSON.stringify(cookiePolicy));
    const made = await workplace.run('site', 'create', 'late', '--origin', PAGE_ORIGIN, '--notice', notice);
    expect(made, made.output).toMatchObject({ code: 0 });
    const late = await (await fetch(`${service.url}/v1/sites/late/log/checkpoint`)).text();
    expect(late.split('\n')[0], 'there may have been a site of that name').toMatch(/\/late\/[1-9]\d+$/);
  });

  it('a backup that was edited begins no epoch', async () => {
    workplace = await createWorkplace({ CANDOUR_DATABASE: await emptyPlace() });
    const service = await workplace.start();
    const subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
    await service.post([await jws(subject)]);
    await service.post([await jws(subject)]);
    await service.kill();
    await damage(engine, workplace.env['CANDOUR_DATABASE'] ?? '');
    const found = await workplace.run('restore', '--in-place');
    expect(found, found.output).toMatchObject({ code: 1 });
    expect(found.output).toContain('the leaf does not have its hash');
    expect((await workplace.run('log', 'verify', '--site', 'example')).output).toContain('epoch 0');
    const despite = await workplace.run('restore', '--in-place', '--despite-findings');
    expect(despite.output).toMatch(/epoch \d+ begins/);
    expect((await workplace.run('log', 'verify', '--site', 'example')).output).toContain('in epoch 0: the leaf does not');
  });

  it('is refused without the key of the logs', async () => {
    workplace = await createWorkplace({ CANDOUR_DATABASE: await emptyPlace() });
    const refused = await workplace.run('restore', '--in-place');
    expect(refused.output).toContain('a restore needs the key of the logs');
    expect(refused.code).toBe(2);
  });
});

async function damage(engine: string, database: string): Promise<void> {
  const statement = 'UPDATE leaf SET skew = skew + 1 WHERE idx = 0';
  if (engine === 'sqlite') {
    const { default: Database } = await import('better-sqlite3');
    const opened = new Database(database.replace('sqlite:', ''));
    opened.exec(`DROP TRIGGER leaf_no_update; ${statement}`);
    opened.close();
  } else await cluster.run(database.split('/').at(-1) ?? '', 'DROP TRIGGER leaf_append_only ON leaf', statement);
}
