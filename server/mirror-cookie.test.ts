// The mirror cookie as the service sets it: only where it reaches the page's cookies, and only what the page wrote of this very choice.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { mirrorName, mirrorValue, shortTerms, type Mirror } from '../shared/consent/mirror.ts';
import { addPeriod, isoDay } from '../shared/notice/period.ts';
import { createTestService, ORIGIN, type TestService } from '../test/support/service.ts';
import { createSubject, type Subject } from '../test/support/subject.ts';
import { createApp } from './app.ts';
import { mirrorSetCookie } from './mirror-cookie.ts';

const PAGES_OWN_HOST = 'https://www.example.org:8443';
const SUB_DOMAIN = 'https://consent.example.org';
const TODAY = isoDay(Date.now());

let service: TestService;
let subject: Subject;
let terms: string;

beforeEach(async () => {
  service = await createTestService();
  terms = (await service.context.sites.get('example')).terms;
  subject = await createSubject({ log: service.site.log, origin: ORIGIN, terms });
});
afterEach(() => service.close());

const mirrorOf = (changes: Partial<Mirror> = {}): Mirror => ({
  ...{ terms: shortTerms(terms), day: TODAY, until: addPeriod(TODAY, 'P3M'), choices: { statistics: 'refused' } },
  ...changes,
});
const cookieOf = (mirror: Mirror): string => `other=1; ${mirrorName('example')}=${mirrorValue(mirror)}; last=2`;

/** What the service would set after taking these events in one request. */
async function setFor(events: string[], mirror: Mirror, publicUrl = PAGES_OWN_HOST, cookieDomain: string | null = null) {
  const sent = { sentAt: new Date().toISOString(), events };
  const answer = await service.send(events);
  const site = await service.context.sites.get('example');
  return mirrorSetCookie(
    publicUrl,
    { ...site, configuration: { ...site.configuration, cookieDomain } },
    { origin: ORIGIN, cookie: cookieOf(mirror), body: JSON.stringify(sent), answer, now: new Date(`${TODAY}T00:00:00Z`) },
  );
}

const daysOf = (setCookie: string | null): number => Number(/Max-Age=(\d+)/.exec(setCookie ?? '')?.[1]) / 86_400;

describe('on the page’s own host', () => {
  it('R18 sets what the page wrote: readable by scripts, Lax, Secure, as long as it says', async () => {
    const { jws } = await subject.next();
    const mirror = mirrorOf();
    const seconds = (Date.parse(mirror.until) - Date.parse(TODAY)) / 1000;
    expect(await setFor([jws], mirror)).toBe(
      `${mirrorName('example')}=${mirrorValue(mirror)}; Path=/; Max-Age=${seconds}; SameSite=Lax; Secure`,
    );
  });

  it('R18 at most as long as a refusal holds', async () => {
    const { jws } = await subject.next();
    const longest = (Date.parse(addPeriod(TODAY, 'P6M')) - Date.parse(TODAY)) / 86_400_000;
    expect(daysOf(await setFor([jws], mirrorOf({ until: addPeriod(TODAY, 'P13M') })))).toBe(longest);
  });

  it('R17 R18 holds nothing of who sent it: two people’s equal choices are one cookie', async () => {
    const other = await createSubject({ log: service.site.log, origin: ORIGIN, terms });
    const cookies = [
      await setFor([(await subject.next()).jws], mirrorOf()),
      await setFor([(await other.next()).jws], mirrorOf()),
    ];
    expect(cookies[0]).not.toBeNull();
    expect(cookies[1]).toBe(cookies[0]);
  });

  it('R18 a choice about one purpose leaves the others as the page has them', async () => {
    const { jws } = await subject.next({ method: 'save_choices', purposes: { statistics: 'given' } });
    const mirror = mirrorOf({ day: addPeriod(TODAY, 'P0D'), choices: { statistics: 'given', advertising: 'refused' } });
    expect(await setFor([jws], mirror)).toContain('advertising:r~statistics:g');
  });
});

describe('R18 sets nothing', () => {
  it.each<[string, Partial<Mirror>]>([
    ['that says something else than the event', { choices: { statistics: 'given' } }],
    ['that leaves out what the event says', { choices: { advertising: 'refused' } }],
    ['of other terms', { terms: 'x'.repeat(16) }],
    ['of a later day than the event', { day: addPeriod(TODAY, 'P1D') }],
    ['that is over', { until: TODAY }],
  ])('%s', async (_, changes) => {
    const { jws } = await subject.next();
    expect(await setFor([jws], mirrorOf(changes))).toBeNull();
  });

  it('after an event that is not the newest of its subject', async () => {
    const old = await subject.next();
    const { jws } = await subject.next();
    await service.send([old.jws, jws]);
    expect(await setFor([old.jws], mirrorOf())).toBeNull();
    expect(await setFor([jws], mirrorOf())).not.toBeNull();
  });

  it('while an earlier event is missing', async () => {
    await subject.next();
    expect(await setFor([(await subject.next()).jws], mirrorOf())).toBeNull();
  });

  it('after an event that was not accepted', async () => {
    const { jws } = await subject.next({ log: 'consent.example/other' });
    expect(await setFor([jws], mirrorOf())).toBeNull();
  });
});

describe('the owner’s domain', () => {
  it.each<[string, string, string | null, string | null]>([
    ['covers page and service', SUB_DOMAIN, 'example.org', 'Domain=example.org'],
    ['covers them with a dot in front', SUB_DOMAIN, '.example.org', 'Domain=example.org'],
    ['does not cover the service', 'https://consent.example', 'example.org', null],
    ['does not cover the page', 'https://consent.example', 'example', null],
    ['is only the end of a label', 'https://consent.badexample.org', 'example.org', null],
    ['is not named', SUB_DOMAIN, null, null],
  ])('R18 %s', async (_, publicUrl, cookieDomain, expected) => {
    const setCookie = await setFor([(await subject.next()).jws], mirrorOf(), publicUrl, cookieDomain);
    if (expected === null) expect(setCookie).toBeNull();
    else expect(setCookie).toContain(`; ${expected}; Secure`);
  });
});

it('R18 the answer carries it, to the exact origin and with credentials, and none where no cookie came', async () => {
  const app = createApp({ ...service.context, publicUrl: PAGES_OWN_HOST });
  const post = async (jws: string, headers: Record<string, string>) =>
    app.request('/v1/sites/example/events', {
      method: 'POST',
      headers: { Origin: ORIGIN, 'Content-Type': 'text/plain', ...headers },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws] }),
    });
  const { jws } = await subject.next();
  const answer = await post(jws, { Cookie: cookieOf(mirrorOf()) });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('set-cookie')).toContain(mirrorValue(mirrorOf()));
  expect(answer.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  expect(answer.headers.get('access-control-allow-credentials')).toBe('true');
  expect((await post(jws, {})).headers.get('set-cookie')).toBeNull();
});
