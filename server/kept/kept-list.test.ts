// A backup from before somebody said no, or was erased, is restored: the kept list puts both back.
import { appendFile, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { pino } from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { MARKETING } from '../../test/support/marketing-site.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { createSubject } from '../../test/support/subject.ts';
import { checkEvent } from '../event-check.ts';
import { logSigner, openLogKey } from '../log/key.ts';
import { verifyLog } from '../log/verify.ts';
import { logWriter } from '../log/writer.ts';
import { backupDatabase } from '../store/backup.ts';
import { sqliteStore } from '../store/sqlite/store.ts';
import { findContact } from '../marketing/contacts.ts';
import { eraseContact } from '../marketing/erase-contact.ts';
import { stopMessages } from '../marketing/own-words.ts';
import { keepAgain } from './keep-again.ts';
import { followedAttestations, followedLog, followedStore } from './followed.ts';
import { KeptListError, readKept } from './kept-lines.ts';
import { keptList } from './kept-list.ts';
import { permissionsOf } from '../marketing/permissions.ts';

const logger = pino({ level: 'silent' });
const channels = (state: 'given' | 'withdrawn') => ({ newsletter: { acme: { email: state } } });
let service: TestService;
let kept: string;

async function optIn(address: string) {
  const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  const { event, jws } = await subject.next({ method: 'form', purposes: {}, channels: channels('given') });
  await service.send([jws], { contacts: [{ event: event.id, channel: 'email', value: address }] });
  return subject;
}

beforeEach(async () => {
  service = await createTestService({ ...MARKETING, config: { secret: 'only for tests, and long enough to be taken' } });
  kept = join(service.folder, 'kept.jsonl');
});
afterEach(() => service.close());

it('R43 R45 R59 a restored backup forgets no suppression and no erasure: of a contact, of events, of who made a request', async () => {
  const context = await service.context.sites.get('example');
  const { site } = context;
  const { store, log } = service.context;
  const [stays, goes] = ['stays@example.net', 'goes@example.net'];
  const gone = await createSubject({ log: site.log, origin: ORIGIN });
  const said = { method: 'form', purposes: {}, channels: channels('given') } as const;
  await service.send([(await gone.next(said)).jws, (await gone.next(said)).jws]);
  await store.rights.add(
    site,
    {
      id: 'one',
      kind: 'access',
      state: 'refused',
      via: 'operator',
      receivedAt: 1,
      changedAt: 2,
      closedAt: 2,
      subject: null,
      sealed: new Uint8Array([1]),
      mail: 'none',
    },
    { wrapped: new Uint8Array([1]), lookup: null },
  );
  const subject = await optIn(stays);
  await optIn(goes);
  const backup = join(service.folder, 'backup.sqlite');
  await backupDatabase({ engine: 'sqlite', file: service.file }, backup);
  const list = keptList({ store: service.context.store, file: kept, logger }, { start: false });
  await list.catchUp();
  await service.send([(await subject.next({ method: 'withdraw', purposes: {}, channels: channels('withdrawn') })).jws]);
  const erased = await findContact(service.context, site, { channel: 'email', address: goes });
  await eraseContact(service.context, site, erased?.id ?? '', new Date());
  expect(await log.erase(site, { subject: gone.id, by: 'subject', at: new Date() })).toMatchObject({ erased: 2 });
  await store.rights.eraseKey(site, 'one');
  await list.catchUp();
  await list.catchUp();
  await list.close();
  expect((await stat(kept)).mode & 0o077).toBe(0);
  expect(await readFile(kept, 'utf8')).not.toContain('@');
  expect((await readFile(kept, 'utf8')).split('\n')).toHaveLength(5);
  await keptList({ store: service.context.store, file: kept, logger }, { start: false }).close();
  expect((await readFile(kept, 'utf8')).split('\n'), 'another process has nothing to add').toHaveLength(5);

  const restored = sqliteStore({ file: backup, now: Date.now, migrate: false });
  const desk = { ...service.context, store: restored };
  const may = async (address: string) => (await permissionsOf(desk, context, [{ channel: 'email', sender: 'acme', address }]))[0];
  expect(await may(stays), 'the backup is from before').toMatchObject({ may: true });
  expect(await may(goes)).toMatchObject({ may: true });
  // The machine stopped in the middle of a line.
  await appendFile(kept, '\n{"site":"exam');
  expect(await restored.subjectEvents(site, gone.id)).toHaveLength(2);
  const writing = { store: restored, log: logWriter(restored, logSigner(openLogKey(service.logKeyFile))) };
  const nothing = { suppressions: 0, contacts: 0, requests: 0, events: 0, restrictions: 0, missing: [] };
  const done = { ...nothing, suppressions: 1, contacts: 1, requests: 1, events: 2 };
  expect(await keepAgain(writing, kept, new Date())).toEqual(done);
  expect(await keepAgain(writing, kept, new Date()), 'again').toEqual(nothing);
  expect(await restored.subjectEvents(site, gone.id)).toEqual([]);
  expect(await restored.rights.key(site, 'one')).toBeNull();
  expect(await verifyLog(restored, site)).toMatchObject({ erased: 2, findings: [] });
  expect(await may(stays)).toMatchObject({ may: false, why: 'suppressed' });
  expect(await may(goes)).toMatchObject({ may: false, contact: null });
  expect(await findContact(desk, site, { channel: 'email', address: goes }), 'its key is gone again').toBeNull();

  const again = keptList({ store: restored, file: kept, logger }, { start: false });
  await restored.suppressions.add(site, [
    { key: 'A'.repeat(43), channel: 'sms', sender: null, since: '2026-11-22T10:00:00.000Z', reason: 'import', event: null },
  ]);
  await again.close();
  const lines = [];
  for await (const line of readKept(kept)) lines.push(line);
  expect(lines, 'what comes after a torn line can be read').toContainEqual(
    expect.objectContaining({ suppression: expect.objectContaining({ channel: 'sms' }) as object }),
  );
  await restored.close();
});

it('R41 R45 who stops messages through a link is in it before they are told', async () => {
  await optIn('ada@example.net');
  const { store, attestations, vault } = service.context;
  const context = await service.context.sites.get('example');
  const list = keptList({ store, file: kept, logger }, { start: false });
  const desk = { ...service.context, attestations: followedAttestations(attestations, list) };
  const [key = ''] = vault?.keys('example', [{ version: 2, kind: 'email', text: 'ada@example.net' }]) ?? [];
  await stopMessages(desk, context, { key, address: 'email', channel: 'email', senders: ['acme'] }, 'one_click_unsubscribe');
  expect(await readFile(kept, 'utf8')).toContain('"suppression"');
  await list.close();
});

it('R43 R59 what was erased and is there again goes, and what its subject did since stays', async () => {
  const { site } = await service.context.sites.get('example');
  const { store, log } = service.context;
  const subject = await createSubject({ log: site.log, origin: ORIGIN });
  const said = { method: 'form', purposes: {}, channels: channels('given') } as const;
  const [old, late] = [await subject.next(said), await subject.next(said)];
  await service.send([old.jws]);
  const backup = join(service.folder, 'backup.sqlite');
  await backupDatabase({ engine: 'sqlite', file: service.file }, backup);
  const list = keptList({ store, file: kept, logger }, { start: false });
  await followedLog(log, list).erase(site, { subject: subject.id, by: 'subject', at: new Date() });
  expect(await readFile(kept, 'utf8'), 'before anybody is told').toContain('tombstones');
  await list.close();

  // Somebody put the backup back without the list, and the service ran like that for a while.
  const restored = sqliteStore({ file: backup, now: Date.now, migrate: false });
  const writing = { store: restored, log: logWriter(restored, logSigner(openLogKey(service.logKeyFile))) };
  const checked = await checkEvent(late.jws, site.log);
  if (!('candidate' in checked)) throw new Error('refused');
  const at = { receivedAt: new Date(), skew: 0, presentations: new Map(), contacts: new Map() };
  await writing.log.addEvents(site, { ...at, candidates: [checked.candidate], marketing: { purposes: [] }, confirming: null });
  expect(await keepAgain(writing, kept, new Date())).toMatchObject({ events: 1 });
  expect((await restored.subjectEvents(site, subject.id)).map(({ id }) => id)).toEqual([late.event.id]);
  expect((await restored.totals(site)).subjects).toBe(1);
  expect(await verifyLog(restored, site)).toMatchObject({ erased: 1, findings: [] });
  await restored.close();
});

it('R57 restrictions are put back and lifted again, and requests that only people can bring are named', async () => {
  const { site } = await service.context.sites.get('example');
  const { store } = service.context;
  const [early, later, lifted] = ['A', 'E', 'I'].map((letter) => letter.repeat(43)) as [string, string, string];
  const request = (id: string, sealed = new Uint8Array([1])) => ({
    ...({
      id,
      kind: 'access',
      state: 'open',
      via: 'operator',
      receivedAt: 1_000,
      changedAt: Date.now(),
      closedAt: null,
    } as const),
    ...({ subject: null, sealed, mail: 'none' } as const),
  });
  const key = { wrapped: new Uint8Array([1]), lookup: null };
  await store.rights.restrict(site, { subject: early, since: 1, request: null });
  await store.rights.restrict(site, { subject: lifted, since: 2, request: null });
  await store.rights.add(site, request('before'), key);
  const list = keptList({ store, file: kept, logger }, { start: false });
  const followed = followedStore(store, list);
  await list.catchUp();
  const backup = join(service.folder, 'backup.sqlite');
  await backupDatabase({ engine: 'sqlite', file: service.file }, backup);
  await followed.rights.restrict(site, { subject: later, since: 3, request: null });
  await followed.rights.lift(site, lifted);
  await followed.rights.add(site, request('missing'), key);
  await followed.rights.add(site, request('erased'), key);
  await followed.rights.eraseKey(site, 'erased');
  await followed.rights.add(site, { ...request('spam'), state: 'unconfirmed', via: 'page' }, key);
  const step = { action: 'fulfil', at: Date.now(), actor: 'ada', sealed: null } as const;
  await followed.rights.step(site, 'before', 'open', 'fulfilled', step);
  await list.close();

  const restored = sqliteStore({ file: backup, now: Date.now, migrate: false });
  const writing = { store: restored, log: logWriter(restored, logSigner(openLogKey(service.logKeyFile))) };
  const { restrictions, missing } = await keepAgain(writing, kept, new Date());
  expect(restrictions).toBe(2);
  expect((await restored.rights.restrictions(site)).map(({ subject, since }) => [subject, since])).toEqual([
    [early, 1],
    [later, 3],
  ]);
  expect(missing.map(({ id, state, site: of }) => [of, id, state]).sort()).toEqual([
    ['example', 'before', 'fulfilled'],
    ['example', 'missing', 'open'],
  ]);
  await restored.close();
});

it('what a clock that was ahead dated does not hide what comes after it', async () => {
  const { site } = await service.context.sites.get('example');
  const { contacts } = service.context.store;
  const idOf = async (address: string) => (await findContact(service.context, site, { channel: 'email', address }))?.id ?? '';
  for (const name of ['ahead', 'after']) await optIn(`${name}@example.net`);
  const ids = [await idOf('ahead@example.net'), await idOf('after@example.net')] as const;
  const list = keptList({ store: service.context.store, file: kept, logger }, { start: false });
  await contacts.erase(site, ids[0], Date.now() + 365 * 86_400_000);
  await list.catchUp();
  await contacts.erase(site, ids[1], Date.now());
  await list.close();
  const lines = [];
  for await (const line of readKept(kept)) if ('erased' in line) lines.push(line.erased);
  expect(lines.sort()).toEqual([...ids].sort());
});

it('an erasure that was committed behind a later one is kept too', async () => {
  const { site } = await service.context.sites.get('example');
  const { contacts } = service.context.store;
  const idOf = async (address: string) => (await findContact(service.context, site, { channel: 'email', address }))?.id ?? '';
  await optIn('slow@example.net');
  await optIn('quick@example.net');
  const [slow, quick] = [await idOf('slow@example.net'), await idOf('quick@example.net')];
  const list = keptList({ store: service.context.store, file: kept, logger }, { start: false });
  const at = Date.now();
  await contacts.erase(site, quick, at);
  await list.catchUp();
  await contacts.erase(site, slow, at - 20);
  await list.close();
  const lines = [];
  for await (const line of readKept(kept)) if ('erased' in line) lines.push(line.erased);
  expect(lines).toEqual([quick, slow]);
});

it('a file that is another is refused', async () => {
  await writeFile(kept, 'name,address\nada,x\n');
  await expect(keepAgain(service.context, kept, new Date())).rejects.toThrow(KeptListError);
});
