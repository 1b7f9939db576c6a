import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { isoDay } from '../../shared/notice/period.ts';
import { PrivacyNotice, type PrivacyNoticeInput, type RetentionRule } from '../../shared/notice/schema.ts';
import { cookiePolicy, createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { verifyLog } from '../log/verify.ts';
import { addRequest, requestNamed, takeStep } from '../rights/register.ts';
import { documentOf } from '../sites.ts';
import { retentionJob } from './job.ts';
import { planRetention, runRetention } from './engine.ts';

const DAY = 86_400_000;
const YEAR = 365.25 * DAY;
const NOW = Date.parse('2034-03-15T12:00:00Z');

const rule = (part: Partial<RetentionRule> & Pick<RetentionRule, 'rule'>): RetentionRule => ({
  statement: 'As the notice says.',
  ...part,
});
const policy: PrivacyNoticeInput = {
  ...cookiePolicy,
  activities: [
    ...cookiePolicy.activities,
    {
      id: 'record',
      title: 'The record of your choice',
      lawfulBases: [],
      retention: [
        rule({ covers: 'on your device', rule: { type: 'after_event', period: 'P6M', bound: 'exact', anchor: 'choice' } }),
        rule({ covers: 'in the service', rule: { type: 'after_event', period: 'P6Y', bound: 'exact', anchor: 'choice' } }),
        rule({ covers: 'at least', rule: { type: 'after_event', period: 'P1Y', bound: 'min', anchor: 'choice' } }),
        rule({ covers: 'as needed', rule: { type: 'criteria', criteria: 'as long as needed' } }),
      ],
    },
  ],
};
const purposes = [
  {
    id: 'statistics',
    kind: 'statistics',
    label: 'Statistics',
    description: 'Counts',
    activity: { notice: 'cookie_policy', activity: 'visit-statistics' },
  },
];

let service: TestService;
let now: number;

async function start(keeping?: unknown): Promise<void> {
  await service?.close();
  service = await createTestService({
    now: () => new Date(now),
    notices: [policy],
    config: { secret: 'a secret that is long enough for a test' },
    configuration: { jurisdiction: 'GB', purposes, ...(keeping === undefined ? {} : { keeping }) },
  });
}
const context = () => service.context.sites.get('example');
const plan = async () => planRetention(service.context, await context());
const run = async () => runRetention(service.context, await context());
const choices = async () => (await plan()).records.find(({ record }) => record === 'choices');
const at = async (years: number, states: ('given' | 'refused' | 'withdrawn' | 'objected')[]): Promise<Subject> => {
  now = NOW - years * YEAR;
  const subject = await createSubject({ log: service.site.log, origin: ORIGIN });
  for (const statistics of states) await service.send([(await subject.next({ purposes: { statistics } })).jws]);
  now = NOW;
  return subject;
};
const events = async (subject: Subject) => (await service.context.store.subjectEvents((await context()).site, subject.id)).length;

beforeEach(() => {
  now = NOW;
});
afterEach(() => service.close());

describe('the retention engine', () => {
  it('R55 a configured rule that the current notice does not state is named, and nothing is purged', async () => {
    await start({ choices: { notice: 'cookie_policy', activity: 'record', covers: 'in the service' } });
    const old = await at(20, ['given']);
    // As a site may have been published before both were held against each other.
    const { site } = await context();
    const without = v.parse(PrivacyNotice, { ...policy, activities: cookiePolicy.activities });
    await service.context.store.publish(site, [await documentOf('cookie_policy', without, now)]);
    const note = (await choices())?.note;
    expect(note).toContain('keeping.choices');
    expect(note).toContain('“in the service” of the activity “record” in the cookie_policy');
    expect(note).not.toContain('does not say');
    await run();
    expect(await events(old)).toBe(1);
  });

  it('R55 without a configured period nothing is purged, and that is said', async () => {
    await start();
    const old = await at(20, ['given']);
    expect(await choices()).toMatchObject({ rule: null, due: 0, note: expect.stringMatching(/nothing is purged/) as string });
    expect(await run()).toMatchObject({ removed: {}, run: null });
    expect(await events(old)).toBe(1);
  });

  it('R58 a dry run finds what a run removes, and changes nothing', async () => {
    await start({ choices: { period: 'P3Y', from: 'end' } });
    const [old, recent] = [await at(5, ['given', 'withdrawn']), await at(2, ['given'])];
    const { site } = await context();
    const before = await service.context.store.head(site);
    expect(await choices()).toMatchObject({ rule: '3 years after choice end', due: 2, kept: {} });
    expect(await service.context.store.head(site)).toEqual(before);
    expect(await run()).toMatchObject({ removed: { choices: 2 }, run: 1 });
    expect([await events(old), await events(recent)]).toEqual([0, 1]);
    expect(await choices()).toMatchObject({ due: 0 });
  });

  it('R58 a run is logged with rule, count and head, without the purged data, and the log still verifies', async () => {
    await start({ choices: { period: 'P3Y' } });
    const subjects = [await at(6, ['given']), await at(5, ['refused', 'refused'])];
    await run();
    const { site } = await context();
    const [logged] = await service.context.store.retention.runs(site, 10);
    const head = await service.context.store.head(site);
    expect(logged).toMatchObject({ number: 1, record: 'choices', rule: '3 years after choice end', count: 3, head });
    for (const { id } of subjects) expect(JSON.stringify(logged)).not.toContain(id);
    const [leaf] = await service.context.store.leaves(site, head.epoch, head.size - 1, head.size);
    expect(leaf?.leaf).toMatchObject({ kind: 'erasure', by: 'retention', leaves: [0, 1, 2] });
    expect(await verifyLog(service.context.store, site)).toMatchObject({ events: 0, erased: 3, findings: [] });
  });

  it('R55 the proof of a choice is kept while the choice holds, and its time begins then', async () => {
    await start({ choices: { period: 'P1Y' } });
    // Given for six months: over a year and a half after it was made, not a year after.
    const [holding, over] = [await at(1.25, ['given']), await at(1.55, ['given'])];
    await run();
    expect([await events(holding), await events(over)]).toEqual([1, 0]);
  });

  it('R57 an objection has no end: what cannot be computed is counted with its reason and kept', async () => {
    await start({ choices: { period: 'P1Y' } });
    const objecting = await at(30, ['objected']);
    expect(await choices()).toMatchObject({ due: 0, kept: { event_not_yet: 1 } });
    await run();
    expect(await events(objecting)).toBe(1);
  });

  it('R57 a rule of a notice governs where the configuration points at it', async () => {
    await start({ choices: { notice: 'cookie_policy', activity: 'record', covers: 'in the service' } });
    const [old, younger] = [await at(6.01, ['given']), await at(5.9, ['given'])];
    const found = await plan();
    expect(found.records[0]).toMatchObject({ rule: 'in the service: 6 years after choice', due: 1 });
    expect(found.notices.filter(({ governs }) => governs === 'choices')).toMatchObject([{ place: 'activities/2/retention/1' }]);
    await run();
    expect([await events(old), await events(younger)]).toEqual([0, 1]);
  });

  it.each(['at least', 'as needed'])('R57 a rule that gives no end (%s) purges nothing and says why', async (covers) => {
    await start({ choices: { notice: 'cookie_policy', activity: 'record', covers } });
    const old = await at(40, ['given']);
    expect(await choices()).toMatchObject({
      due: 0,
      note: expect.stringMatching(/minimum only|criteria and no period/) as string,
    });
    expect(await run()).toMatchObject({ removed: { choices: 0 } });
    expect(await events(old)).toBe(1);
  });

  it('R57 lists every rule of the notices that cannot be computed, with its reason', async () => {
    await start();
    const { notices } = await plan();
    expect(notices.map(({ place, cannotCompute }) => [place, cannotCompute !== null])).toEqual([
      ['activities/0/retention/0', true],
      ['activities/2/retention/0', false],
      ['activities/2/retention/1', false],
      ['activities/2/retention/2', true],
      ['activities/2/retention/3', true],
    ]);
    expect(notices[0]?.cannotCompute).toMatch(/without the event from which it runs/);
  });

  it('keeps what is restricted, and says so', async () => {
    await start({ choices: { period: 'P1Y' } });
    const subject = await at(10, ['given']);
    const { site } = await context();
    await service.context.store.rights.restrict(site, { subject: subject.id, since: now, request: null });
    expect(await choices()).toMatchObject({ due: 0, kept: { restricted: 1 } });
    await run();
    expect(await events(subject)).toBe(1);
  });

  it('does not purge who was active between the plan and the commit', async () => {
    await start({ choices: { period: 'P1Y' } });
    const subject = await at(10, ['given']);
    const { site } = await context();
    const nobody = await service.context.log.purge(site, { subjects: new Map([[subject.id, 2]]), at: new Date(now) });
    expect(nobody).toMatchObject({ erased: 0, index: null });
    expect(await events(subject)).toBe(1);
  });

  it('R71 erases who made a request when its time is over, and keeps that it was made', async () => {
    await start({ requests: { period: 'P3Y' } });
    now = NOW - 4 * YEAR;
    const register = service.context;
    const id = await addRequest(register, await context(), { kind: 'access', via: 'operator', email: 'pat@example.net' });
    const open = await addRequest(register, await context(), { kind: 'access', via: 'operator', email: 'sam@example.net' });
    await takeStep(register, await context(), await requestNamed(register, await context(), id), {
      action: 'fulfil',
      actor: 'test',
    });
    now = NOW;
    expect((await plan()).records).toMatchObject([{ record: 'choices' }, { record: 'requests', due: 1 }]);
    expect(await run()).toMatchObject({ removed: { requests: 1 } });
    const { site } = await context();
    expect(await service.context.store.rights.key(site, id)).toBeNull();
    expect(await service.context.store.rights.get(site, id)).toMatchObject({ state: 'fulfilled', sealed: null });
    expect(await service.context.store.rights.key(site, open)).not.toBeNull();
  });

  it('runs for every site by itself where it was asked to', async () => {
    await start({ choices: { period: 'P3Y' } });
    const old = await at(9, ['given']);
    const job = retentionJob(service.context, { start: false });
    await job.round();
    await job.close();
    expect(await events(old)).toBe(0);
    expect(isoDay(now)).toBe('2034-03-15');
  });

  it('R58 by itself purges nothing where the clock jumped ahead, and goes on when it is right or somebody has run it', async () => {
    await start({ choices: { period: 'P3Y' } });
    const job = retentionJob(service.context, { start: false });
    await job.round();
    const fresh = await at(0, ['given']);
    now = NOW + 60 * YEAR;
    await job.round();
    expect(await events(fresh), 'its three years are not over').toBe(1);
    now = NOW + 2 * DAY;
    await job.round();
    const runs = await service.context.store.retention.runs((await context()).site, 9);
    expect(runs.map((one) => isoDay(one.at))).toEqual(['2034-03-17', '2034-03-15']);
    now = NOW + 4 * YEAR;
    await job.round();
    expect(await events(fresh)).toBe(1);
    await run();
    expect(await events(fresh), 'by hand').toBe(0);
    now += DAY;
    await job.round();
    await job.close();
    expect(await service.context.store.retention.runs((await context()).site, 9)).toHaveLength(4);
  });
});
