import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { OwnEvents, type AdminStatistics } from '../../shared/api.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { verifyLog } from '../log/verify.ts';

const HISTORY = '/v1/sites/example/me/events';
const OWN = '/v1/sites/example/me';

let service: TestService;
let subject: Subject;
let jws: string[];

beforeEach(async () => {
  service = await createTestService();
  subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  jws = [(await subject.next()).jws, (await subject.next({ purposes: { statistics: 'given' } })).jws];
  await service.send(jws);
});
afterEach(() => service.close());

const ask = (path: string, authorization: string, method = 'GET') =>
  service.app.request(path, { method, headers: { Authorization: authorization, Origin: ORIGIN } });
const erase = async (who = subject) => ask(OWN, await who.authorise({ method: 'DELETE', path: OWN }), 'DELETE');

describe('own history', () => {
  it('is all that the service has, byte for byte, with receipts', async () => {
    const response = await ask(HISTORY, await subject.authorise({ method: 'GET', path: HISTORY }));
    expect(response.status).toBe(200);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    const own = v.parse(OwnEvents, await response.json());
    expect(own.subject).toBe(subject.id);
    expect(own.events.map(({ event }) => event)).toEqual(jws);
    const [first] = (await service.send(jws.slice(0, 1))).results;
    expect(own.events[0]).toMatchObject({ index: 0, checkpoint: first?.checkpoint, proof: first?.proof });
  });

  it('is given to nobody else', async () => {
    const stranger = await createSubject({ log: service.site.log, origin: ORIGIN });
    const own = (await (await ask(HISTORY, await stranger.authorise({ method: 'GET', path: HISTORY }))).json()) as OwnEvents;
    expect(own).toEqual({ subject: stranger.id, events: [] });
    const now = Math.floor(Date.now() / 1000);
    const good = { method: 'GET', path: HISTORY } as const;
    const refused: [string, string][] = [
      ['nothing signed', ''],
      ['another scheme', 'Bearer x'],
      ['no JWS', 'Subject x.y.z'],
      ['another path', await subject.authorise({ ...good, path: OWN })],
      ['another method', await subject.authorise({ ...good, method: 'DELETE' })],
      ['another log', await subject.authorise({ ...good, aud: 'consent.example/other' })],
      ['too old', await subject.authorise({ ...good, iat: now - 301 })],
      ['from the future', await subject.authorise({ ...good, iat: now + 310 })],
      ['an event', `Subject ${jws[0]}`],
      ['a changed signature', (await subject.authorise(good)).replace(/.{10}$/, 'AAAAAAAAAA')],
    ];
    for (const [what, authorization] of refused) {
      const response = await ask(HISTORY, authorization);
      expect(response.status, what).toBe(401);
      const problem = (await response.json()) as { code: string; time: number };
      expect(problem.code, what).toBe('UNAUTHENTICATED');
      expect(Math.abs(problem.time - now), 'the service’s time, to sign again with').toBeLessThan(60);
    }
  });

  it('is given once per signed request', async () => {
    const authorization = await subject.authorise({ method: 'GET', path: HISTORY });
    expect((await ask(HISTORY, authorization)).status).toBe(200);
    expect((await ask(HISTORY, authorization)).status).toBe(401);
  });
});

describe('erasure', () => {
  it('removes every body, says so in the log, and an erased event never comes back', async () => {
    const other = await createSubject({ log: service.site.log, origin: ORIGIN });
    await service.send([(await other.next()).jws]);
    const response = await erase();
    expect(await response.json()).toMatchObject({ erased: 2, index: 3 });
    const { site } = await service.context.sites.get('example');
    const [leaf] = await service.context.store.leaves(site, 0, 3, 4);
    expect(leaf?.leaf).toMatchObject({ kind: 'erasure', leaves: [0, 1], by: 'subject' });
    const answer = await service.send(jws);
    expect(answer.results.map(({ status }) => status)).toEqual(['erased', 'erased']);
    expect(answer).toMatchObject({ have: 2, missing: [] });
    expect(await service.context.store.totals(site)).toMatchObject({ events: 1, subjects: 1 });
    expect(await verifyLog(service.context.store, site)).toMatchObject({ size: 4, events: 1, erased: 2, findings: [] });
  });

  it('takes the subject out of what holds now, and leaves the days as they were', async () => {
    const before = await statistics();
    expect(before.purposes.find(({ id }) => id === 'statistics')).toMatchObject({ given: 1, refused: 0 });
    await erase();
    const after = await statistics();
    expect(after.purposes.find(({ id }) => id === 'statistics')).toMatchObject({ given: 0, refused: 0 });
    expect(after.days).toEqual(before.days);
  });

  it('of nothing is no error', async () => {
    await erase();
    expect(await (await erase()).json()).toEqual({ erased: 0 });
    const { site } = await service.context.sites.get('example');
    expect(await service.context.store.head(site)).toMatchObject({ size: 3 });
  });

  it('lets the same browser begin again', async () => {
    await erase();
    expect((await service.send([(await subject.next()).jws])).results[0]?.status).toBe('accepted');
  });

  async function statistics(): Promise<AdminStatistics> {
    const { issueCredential } = await import('../credentials.ts');
    const { token } = await issueCredential(service.context.store, 'api_key', { name: 'test', role: 'owner' }, new Date());
    const response = await service.app.request('/v1/admin/sites/example/statistics?days=2', {
      headers: { Authorization: `Bearer ${token}` },
    });
    return (await response.json()) as AdminStatistics;
  }
});
