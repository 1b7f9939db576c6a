import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { EventsAnswer, MAX_BODY, MAX_HISTORY, MAX_HISTORY_OF_NOES } from '../../shared/api.ts';
import { hashOf } from '../../shared/canonical.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import * as v from 'valibot';
import { presentation, presentationHash } from '../../test/support/presentation.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { formatLogKeys } from '../log/key.ts';
import { sha256, verifier } from '../verifier.ts';

let service: TestService;
let subject: Subject;

beforeEach(async () => {
  service = await createTestService();
  subject = await createSubject({ log: service.site.log, origin: ORIGIN });
});
afterEach(() => service.close());

const newSubject = () => createSubject({ log: service.site.log, origin: ORIGIN });
const leaves = async () => (await service.context.store.head((await service.context.sites.get('example')).site)).size;
const flip = (text: string, at: number) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);

describe('an accepted event', () => {
  it('R49 gets a receipt that verifies against the published key', async () => {
    const citing = await createSubject({
      log: service.site.log,
      origin: ORIGIN,
      presentation: presentationHash,
    });
    const { jws, event } = await citing.next();
    const answer = await service.send([jws], { presentations: [presentation] });
    expect(v.parse(EventsAnswer, answer)).toMatchObject({ have: 1, missing: [], fork: false, need: [] });
    const [result] = answer.results;
    expect(result).toMatchObject({ id: event.id, status: 'accepted', index: 0 });
    const { site, keys } = await service.context.sites.get('example');
    const [logKey] = (await formatLogKeys(site, keys)).map(({ key }) => key);
    const receipt = {
      v: 1,
      service: 'https://consent.example',
      site: 'example',
      log: site.log,
      event: jws,
      presentation,
      logKey,
      ...result,
    };
    const check = await verifyReceipt(receipt, [logKey ?? ''], verifier);
    expect(check.steps.filter((step) => step.result !== 'holds')).toEqual([]);
    expect(check.verified).toBe('true');
  });

  it('R50 is one row however often it is sent, and always gets its first receipt', async () => {
    const { jws } = await subject.next();
    const [first] = (await service.send([jws])).results;
    for (let i = 0; i < 3; i++) await service.send([(await (await newSubject()).next()).jws]);
    const before = await leaves();
    const [again] = (await service.send([jws])).results;
    expect(again).toEqual({ ...first, status: 'duplicate' });
    const thousand = await Promise.all(Array.from({ length: 25 }, () => service.send(Array.from({ length: 40 }, () => jws))));
    expect(thousand.flatMap(({ results }) => results).every((result) => result.checkpoint === first?.checkpoint)).toBe(true);
    expect(await leaves()).toBe(before);
  });

  it('is one row when the first copies arrive at the same time', async () => {
    const { jws } = await subject.next();
    const answers = await Promise.all(Array.from({ length: 5 }, () => service.send([jws])));
    const statuses = answers.map(({ results }) => results[0]?.status).sort();
    expect(statuses).toEqual(['accepted', 'duplicate', 'duplicate', 'duplicate', 'duplicate']);
    expect(new Set(answers.map(({ results }) => JSON.stringify({ ...results[0], status: '' }))).size).toBe(1);
    expect(await leaves()).toBe(1);
  });

  it('R50 is stored whatever the clocks say, and the difference is kept', async () => {
    const year = 365 * 86_400_000;
    for (const off of [-year, year]) {
      const at = new Date(Date.now() + off).toISOString();
      const { jws } = await (await newSubject()).next({ at });
      const [result] = (await service.send([jws], { sentAt: at })).results;
      expect(result?.status).toBe('accepted');
      expect(Math.abs((result?.leaf?.skew ?? 0) + off)).toBeLessThan(60_000);
    }
  });

  it('tells which numbers of the subject are missing, and heals when they come', async () => {
    const events = [await subject.next(), await subject.next(), await subject.next(), await subject.next()].map(({ jws }) => jws);
    expect(await service.send([events[0], events[3]])).toMatchObject({ have: 1, missing: [2, 3], fork: false });
    expect(await service.send([events[2]])).toMatchObject({ have: 1, missing: [2] });
    expect(await service.send([events[1]])).toMatchObject({ have: 4, missing: [], fork: false });
  });

  it('says fork where two events follow one', async () => {
    const first = await subject.next();
    const [one, other] = [
      await subject.next({ seq: 2, prev: first.hash }),
      await subject.next({ seq: 2, prev: first.hash, method: 'accept_all' }),
    ];
    expect(await service.send([first.jws, one.jws])).toMatchObject({ fork: false });
    expect(await service.send([other.jws])).toMatchObject({ fork: true, have: 2 });
  });

  it('is refused for good where the log has as many of the subject as it takes of one, but for a no, and nobody else is', async () => {
    const history: string[] = [];
    while (history.length < MAX_HISTORY) history.push((await subject.next()).jws);
    for (let at = 0; at < history.length; at += 40) await service.send(history.slice(at, at + 40));
    const full = { status: 'rejected', problem: { code: 'SUBJECT_FULL' } };
    const yes = { method: 'accept_all', purposes: { statistics: 'given', advertising: 'given' } } as const;
    const half = { method: 'save_choices', purposes: { statistics: 'given', advertising: 'refused' } } as const;
    for (const choice of [yes, half])
      expect((await service.send([(await subject.next(choice)).jws])).results).toMatchObject([full]);
    expect((await service.send([history[0] ?? ''])).results).toMatchObject([{ status: 'duplicate', index: 0 }]);
    expect((await service.send([(await (await newSubject()).next()).jws])).results).toMatchObject([{ status: 'accepted' }]);
    expect(await leaves()).toBe(MAX_HISTORY + 1);
    // A no is heard all the same, and holds; but nobody fills the log with noes.
    const no = { method: 'withdraw', purposes: { statistics: 'withdrawn', advertising: 'withdrawn' } } as const;
    expect((await service.send([(await subject.next(no)).jws])).results).toMatchObject([{ status: 'accepted' }]);
    const noes: string[] = [];
    while (noes.length < MAX_HISTORY) noes.push((await subject.next(no)).jws);
    const answers = [];
    for (let at = 0; at < noes.length; at += 40) answers.push(...(await service.send(noes.slice(at, at + 40))).results);
    expect(answers.filter(({ status }) => status === 'accepted')).toHaveLength(MAX_HISTORY_OF_NOES - MAX_HISTORY - 1);
    expect(answers.at(-1)).toMatchObject(full);
  }, 180_000);

  it('shares one commit and one signed head with what arrives at the same time', async () => {
    const events = await Promise.all(Array.from({ length: 30 }, async () => (await (await newSubject()).next()).jws));
    const answers = await Promise.all(events.map((jws) => service.send([jws])));
    expect(new Set(answers.map(({ results }) => results[0]?.checkpoint)).size).toBeLessThan(10);
    expect(new Set(answers.map(({ results }) => results[0]?.index)).size).toBe(30);
  });
});

describe('a presentation', () => {
  it('that has no canonical form spoils nothing of the rest of the batch', async () => {
    const { jws } = await subject.next({ presentation: presentationHash });
    const broken = JSON.parse('{"text": "\\ud800", "id": "title"}') as { id: string; text: string };
    const answer = await service.send([jws], { presentations: [{ ...presentation, words: [broken] }, presentation] });
    expect(answer).toMatchObject({ results: [{ status: 'accepted' }], need: [] });
  });

  it('is asked for until it comes with an event that cites it', async () => {
    const hash = presentationHash;
    const { jws } = await subject.next({ presentation: hash });
    expect((await service.send([jws])).need).toEqual([hash]);
    const stranger = await (await newSubject()).next();
    await service.send([stranger.jws], { presentations: [presentation] });
    expect((await service.app.request(`/v1/presentations/${hash}`)).status).toBe(404);
    expect((await service.send([jws], { presentations: [presentation] })).need).toEqual([]);
    const shown = await service.app.request(`/v1/presentations/${hash}`);
    expect(shown.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(await shown.json()).toEqual(presentation);
  });

  it('is not taken beyond 16 KiB', async () => {
    const words = Array.from({ length: 10 }, (_, i) => ({ id: `w${i}`, text: 'x'.repeat(2000) }));
    const large = { ...presentation, words };
    const hash = await hashOf(large, sha256);
    const { jws } = await subject.next({ presentation: hash });
    expect((await service.send([jws], { presentations: [large] })).need).toEqual([hash]);
  });
});

describe('a rejected event', () => {
  const codeOf = async (jws: unknown, good: string) => {
    const { results } = await service.send([jws, good]);
    expect(results[1]?.status, 'the rest of the batch is kept').toMatch(/accepted|duplicate/);
    return results[0]?.problem?.code;
  };

  it('has a code of its own and does not spoil the batch', async () => {
    const good = (await subject.next()).jws;
    const { event } = await subject.next();
    expect(await codeOf('no.jws', good)).toBe('BAD_JWS');
    expect(await codeOf(17, good)).toBe('BAD_JWS');
    expect(await codeOf(await subject.sign({ ...event, surprise: 1 }), good)).toBe('BAD_JWS');
    const [header = '', payload = '', signature = ''] = (await subject.next()).jws.split('.');
    expect(await codeOf(`${header}.${payload}.${flip(signature, 5)}`, good)).toBe('BAD_SIGNATURE');
    expect(await codeOf(await subject.sign({ ...event, log: 'consent.example/other' }), good)).toBe('WRONG_LOG');
    expect(await codeOf(await subject.sign({ ...event, purposes: { surprise: 'given' } }), good)).toBe('UNKNOWN_PURPOSE');
    expect(await codeOf(await subject.sign({ ...event, channels: { news: { us: { email: 'given' } } } }), good)).toBe(
      'UNKNOWN_PURPOSE',
    );
    expect(await codeOf(`${header}.${'A'.repeat(9000)}.${signature}`, good)).toBe('TOO_LARGE');
    expect(await leaves()).toBe(1);
  });

  it('is the second of two events with one id, and the first keeps its receipt', async () => {
    const { event, jws } = await subject.next();
    const [first] = (await service.send([jws])).results;
    const other = await subject.sign({ ...event, method: 'accept_all', purposes: { statistics: 'given' } });
    expect(await codeOf(other, jws)).toBe('ID_REUSED');
    expect((await service.send([jws])).results[0]).toEqual({ ...first, status: 'duplicate' });
    // The same payload signed again is the same event, not another.
    expect((await service.send([await subject.sign(event)])).results[0]).toEqual({ ...first, status: 'duplicate' });
    const stranger = await (await newSubject()).next({ id: event.id });
    expect((await service.send([stranger.jws])).results[0]?.status).toBe('accepted');
  });
});

describe('a request that is wrong as a whole', () => {
  const problemOf = async (response: Response) => {
    expect(response.headers.get('Content-Type')).toBe('application/problem+json');
    return [response.status, ((await response.json()) as { code: string }).code];
  };

  it('from a foreign or no origin is refused before its body is read', async () => {
    let read = false;
    const body = new ReadableStream(
      {
        pull(controller) {
          read = true;
          controller.enqueue(new TextEncoder().encode('{}'));
          controller.close();
        },
      },
      { highWaterMark: 0 },
    );
    const init = {
      method: 'POST',
      headers: { Origin: 'https://elsewhere.example', 'Content-Type': 'application/json' },
      body,
      duplex: 'half',
    };
    expect(await problemOf(await service.app.request('/v1/sites/example/events', init))).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
    expect(read).toBe(false);
    const none = await service.app.request('/v1/sites/example/events', { method: 'POST', body: '{}' });
    expect(await problemOf(none)).toEqual([403, 'ORIGIN_NOT_ALLOWED']);
  });

  it('is refused with its own code', async () => {
    const { jws } = await subject.next();
    expect(await problemOf(await service.post([jws], {}, { 'Content-Type': 'application/xml' }))).toEqual([
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ]);
    expect(await problemOf(await service.post(Array.from({ length: 41 }, () => jws)))).toEqual([413, 'TOO_MANY_EVENTS']);
    expect(await problemOf(await service.post(['x'.repeat(1_000_000)]))).toEqual([413, 'BODY_TOO_LARGE']);
    expect(await problemOf(await service.post([]))).toEqual([400, 'BAD_REQUEST']);
    const other = await (await newSubject()).next();
    expect(await problemOf(await service.post([jws, other.jws]))).toEqual([400, 'SUBJECTS_MIXED']);
    const unknown = await service.app.request('/v1/sites/nobody/events', {
      method: 'POST',
      headers: { Origin: ORIGIN },
      body: '{}',
    });
    expect(await problemOf(unknown)).toEqual([404, 'UNKNOWN_SITE']);
    expect(await problemOf(await service.app.request('/v1/sites/example/events'))).toEqual([405, 'METHOD_NOT_ALLOWED']);
    expect(await leaves()).toBe(0);
  });

  it('is stopped at 128 KiB even where it does not say how long it is', async () => {
    let sent = 0;
    const body = new ReadableStream({
      pull(controller) {
        sent += 16_384;
        controller.enqueue(new Uint8Array(16_384).fill(0x20));
      },
    });
    const init = { method: 'POST', headers: { Origin: ORIGIN, 'Content-Type': 'text/plain' }, body, duplex: 'half' };
    expect(await problemOf(await service.app.request('/v1/sites/example/events', init))).toEqual([413, 'BODY_TOO_LARGE']);
    expect(sent).toBeLessThan(MAX_BODY * 2);
  });
});

describe('other origins', () => {
  it('of the site may post, after a preflight or without one', async () => {
    const preflight = await service.app.request('/v1/sites/example/events', {
      method: 'OPTIONS',
      headers: { Origin: ORIGIN, 'Access-Control-Request-Method': 'POST' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    const posted = await service.post([(await subject.next()).jws], {}, { 'Content-Type': 'text/plain;charset=UTF-8' });
    expect(posted.headers.get('Access-Control-Allow-Origin')).toBe(ORIGIN);
    const problem = await service.post([], {});
    expect(problem.headers.get('Access-Control-Allow-Origin'), 'a page can read what was wrong').toBe(ORIGIN);
    const foreign = await service.app.request('/v1/sites/example/events', {
      method: 'OPTIONS',
      headers: { Origin: 'https://elsewhere.example' },
    });
    expect([foreign.status, foreign.headers.get('Access-Control-Allow-Origin')]).toEqual([403, null]);
  });
});
