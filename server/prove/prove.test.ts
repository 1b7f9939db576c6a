import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { hashOf } from '../../shared/canonical.ts';
import type { ConsentEvent } from '../../shared/consent/event.ts';
import type { PrivacyNoticeInput } from '../../shared/notice/schema.ts';
import { cookiePolicy, createTestService, ORIGIN, SERVICE_URL, type TestService } from '../../test/support/service.ts';
import { shownNow } from '../../test/support/shown.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { issueCredential } from '../credentials.ts';
import { formatLogKeys } from '../log/key.ts';
import { createSite } from '../sites.ts';
import { verifier } from '../verifier.ts';
import type { Choice, Evidence } from '../../shared/evidence/evidence.ts';
import { embeddedJson, readEvidenceFile } from './evidence-file.ts';
import { evidenceHtml } from './evidence-html.ts';
import { verifyEvidence } from '../../shared/evidence/verify-evidence.ts';

let service: TestService;
let subject: Subject;
let bearer: string;

const at = (moment: string): void => void vi.setSystemTime(new Date(moment));
const withRecipient = (name: string): PrivacyNoticeInput => ({
  ...cookiePolicy,
  version: name,
  activities: cookiePolicy.activities.map((activity) => ({ ...activity, recipients: [{ name }] })),
});
const publish = (notice: PrivacyNoticeInput, configuration?: unknown) =>
  createSite(service.context.store, {
    ...(configuration === undefined ? {} : { configuration }),
    site: 'example',
    name: 'Example',
    origins: [ORIGIN],
    notices: [notice],
    publicUrl: SERVICE_URL,
  });

/** The subject chooses, as a browser would: with what is shown now. */
async function choose(changes: Partial<ConsentEvent>): Promise<ConsentEvent> {
  const { presentation, hash, terms } = await shownNow(await service.context.sites.get('example'));
  const { event, jws } = await subject.next({ presentation: hash, terms, ...changes });
  await service.send([jws], { presentations: [presentation] });
  return event;
}

const ask = (query: Record<string, string>, headers: Record<string, string> = {}) =>
  service.app.request(`/v1/admin/sites/example/prove?${new URLSearchParams(query)}`, {
    headers: { Authorization: `Bearer ${bearer}`, ...headers },
  });
async function prove(query: Record<string, string>): Promise<Evidence> {
  const response = await ask(query);
  expect(response.status).toBe(200);
  return (await response.json()) as Evidence;
}
const choiceOf = (evidence: Evidence, id = 'statistics'): Choice | undefined =>
  evidence.answer.choices.find((choice) => choice.id === id);
const keys = async () => {
  const { site, keys: logKeys } = await service.context.sites.get('example');
  return (await formatLogKeys(site, logKeys)).map(({ key }) => key);
};
const failing = async (evidence: unknown): Promise<string[]> => {
  const { verified, steps } = await verifyEvidence(evidence, await keys(), verifier);
  const fails = steps.filter(({ result }) => result === 'fails').map(({ step }) => step);
  expect(verified).toBe(fails.length > 0 ? 'false' : 'true');
  return fails;
};
const copy = (evidence: Evidence): Evidence => JSON.parse(JSON.stringify(evidence)) as Evidence;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  at('2026-01-10T09:00:00Z');
  service = await createTestService();
  await service.context.sites.get('example');
  bearer = (await issueCredential(service.context.store, 'api_key', { name: 'Ada', role: 'owner' }, new Date())).token;
  subject = await createSubject({ log: service.site.log, origin: ORIGIN });
});
afterEach(async () => {
  vi.useRealTimers();
  await service.close();
});

describe('what held at a moment', () => {
  it('R56 answers as it would have been answered then: events, notices and terms of that time', async () => {
    at('2026-02-01T10:00:00Z');
    const given = await choose({ method: 'accept_all', purposes: { statistics: 'given', advertising: 'refused' } });
    at('2026-03-01T10:00:00Z');
    const withdrawn = await choose({ method: 'withdraw', purposes: { statistics: 'withdrawn', advertising: 'refused' } });
    at('2026-04-01T10:00:00Z');
    await publish(withRecipient('Counter Ltd'));
    at('2026-05-01T10:00:00Z');
    const again = await choose({ method: 'accept_all', purposes: { statistics: 'given', advertising: 'given' } });
    at('2026-06-01T10:00:00Z');
    await publish(cookiePolicy);

    const timeline: [string, string, string | null][] = [];
    for (const day of ['2026-02-15', '2026-03-15', '2026-04-15', '2026-05-15', '2026-06-15']) {
      const choice = choiceOf(await prove({ subject: subject.id, at: day }));
      timeline.push([day, choice?.state ?? '', choice?.event ?? null]);
    }
    expect(timeline).toEqual([
      ['2026-02-15', 'given', given.id],
      ['2026-03-15', 'withdrawn', withdrawn.id],
      ['2026-04-15', 'superseded', withdrawn.id],
      ['2026-05-15', 'given', again.id],
      ['2026-06-15', 'superseded', again.id],
    ]);
    const versions = async (day: string) =>
      (await prove({ subject: subject.id, at: day })).documents
        .filter(({ hash, kind }) => kind === 'cookie_policy' && hash)
        .map(({ document }) => (document as { version: string }).version);
    expect(await versions('2026-02-15')).toEqual(['1']);
    expect((await versions('2026-05-15')).sort()).toEqual(['1', 'Counter Ltd']);
    const expired = choiceOf(await prove({ subject: subject.id, at: '2026-02-15', purpose: 'advertising' }), 'advertising');
    expect(expired).toMatchObject({ state: 'refused', standing: 'shown', demonstrable: true, firstChoice: true });
  });

  it('R56 asked about an event, it answers for the moment when it was received', async () => {
    at('2026-02-01T10:00:00Z');
    const given = await choose({ method: 'accept_all', purposes: { statistics: 'given' } });
    at('2026-03-01T10:00:00Z');
    await choose({ method: 'withdraw', purposes: { statistics: 'withdrawn' } });
    const evidence = await prove({ event: given.id });
    expect(evidence.question).toMatchObject({ subject: subject.id, event: given.id, at: '2026-02-01T10:00:00.000Z' });
    expect(choiceOf(evidence)?.state).toBe('given');
    expect(evidence.events).toHaveLength(1);
    expect((await prove({ leaf: '0' })).question).toMatchObject({ subject: subject.id, event: given.id });
    expect(await failing(evidence)).toEqual([]);
  });

  it('R47 holds the exact words and controls that were shown, and the notice as it was', async () => {
    const event = await choose({ purposes: { statistics: 'refused' } });
    const evidence = await prove({ event: event.id });
    expect(evidence.presentations[0]).toMatchObject({ language: 'en', layout: 'box', controls: [{ name: 'Reject all' }, {}] });
    expect(evidence.documents.map(({ kind }) => kind).sort()).toEqual(['configuration', 'cookie_policy']);
  });

  it('a marketing opt-in neither expires with the cookies nor hangs on their terms', async () => {
    const { configuration } = await service.context.sites.get('example');
    const { site: _site, name: _name, origins: _origins, ...rest } = configuration;
    const marketing = [
      {
        activity: 'adverts',
        label: 'Offers',
        senders: [{ id: 'shop', name: 'Shop' }],
        channels: ['email', 'sms'],
        howToStop: 'Each message has a link.',
      },
    ];
    await publish(cookiePolicy, { ...rest, marketing });
    const channels = { adverts: { shop: { email: 'given' as const, sms: 'refused' as const } } };
    const event = await choose({ method: 'form', purposes: { statistics: 'given' }, channels });
    at('2027-12-01T10:00:00Z');
    await publish(withRecipient('Counter Ltd'), { ...rest, marketing });
    const evidence = await prove({ subject: subject.id });
    expect(choiceOf(evidence)?.state).toBe('superseded');
    expect(choiceOf(evidence, 'adverts/shop/email')).toMatchObject({ state: 'given', until: null, event: event.id });
    const one = await prove({ subject: subject.id, purpose: 'adverts/shop/sms' });
    expect(one.answer.choices.map(({ id, state }) => [id, state])).toEqual([['adverts/shop/sms', 'refused']]);
    expect(await failing(one)).toEqual([]);
  });
});

describe('what cannot be demonstrated', () => {
  it('a restored subject is never a first choice, and says which earlier choice is out of reach', async () => {
    const start = { kind: 'restored' as const, day: '2026-01-02', choices: { statistics: 'given' as const } };
    await choose({ start, presentation: null, purposes: { statistics: 'given' } });
    const restored = await prove({ subject: subject.id });
    expect(choiceOf(restored)).toMatchObject({ state: 'given', standing: 'restored', demonstrable: false, firstChoice: false });
    expect(restored.answer.beginning).toEqual(start);
    at('2026-01-11T10:00:00Z');
    await choose({ purposes: { statistics: 'refused' } });
    const later = choiceOf(await prove({ subject: subject.id }));
    expect(later, 'a choice of its own, and still no first one').toMatchObject({ demonstrable: true, firstChoice: false });
    const page = await (await ask({ subject: subject.id }, { Accept: 'text/html' })).text();
    expect(page).toContain('out of reach');
    expect(page).toContain('2026-01-02');
  });

  it('R54 an import is never shown as demonstrable, whatever it cites', async () => {
    await choose({ method: 'import', purposes: { statistics: 'given' } });
    expect(choiceOf(await prove({ subject: subject.id }))).toMatchObject({ standing: 'import', demonstrable: false });
    const page = await (await ask({ subject: subject.id, as: 'html' })).text();
    expect(page).toContain('Not demonstrable.');
  });

  it('answers nothing about a purpose that there is none of, rather than an empty answer', async () => {
    await choose({ purposes: { statistics: 'given' } });
    for (const purpose of ['statistic', 'adverts/shop/email'])
      expect((await ask({ subject: subject.id, purpose })).status).toBe(404);
    expect(choiceOf(await prove({ subject: subject.id, purpose: 'advertising' }), 'advertising')).toBeDefined();
  });

  it('says what lacks: words that never came, a configuration of nobody, a purpose that was not on screen', async () => {
    const { presentation, terms } = await shownNow(await service.context.sites.get('example'));
    const standing = async (changes: Partial<ConsentEvent>, presentations: (typeof presentation)[] = []) => {
      const person = await createSubject({ log: service.site.log, origin: ORIGIN, terms });
      await service.send([(await person.next({ ...changes })).jws], { presentations });
      return choiceOf(await prove({ subject: person.id }))?.standing;
    };
    const hash = (value: unknown) => hashOf(value, verifier.sha256);
    expect(await standing({})).toBe('words_missing');
    const foreign = { ...presentation, configuration: await hash('nobody') };
    expect(await standing({ presentation: await hash(foreign) }, [foreign])).toBe('not_published');
    const without = { ...presentation, purposes: presentation.purposes.slice(1) };
    expect(await standing({ presentation: await hash(without) }, [without])).toBe('not_shown');
  });
});

describe('what was erased', () => {
  it('R59 says that it was erased, by whom and when, to who holds the receipt or the number of the leaf', async () => {
    const event = await choose({ purposes: { statistics: 'given' } });
    const { site } = await service.context.sites.get('example');
    const path = `/v1/sites/example/receipts/${event.id}`;
    const receipt = await service.app.request(path, {
      headers: { Authorization: await subject.authorise({ method: 'GET', path }) },
    });
    const held: unknown = await receipt.json();
    at('2026-02-20T08:00:00Z');
    await service.context.log.erase(site, { subject: subject.id, by: 'controller', at: new Date() });
    const response = await service.app.request('/v1/admin/sites/example/prove', {
      method: 'POST',
      headers: { Authorization: `Bearer ${bearer}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ receipt: held }),
    });
    expect(response.status).toBe(200);
    const evidence = (await response.json()) as Evidence;
    expect(evidence.events).toEqual([]);
    expect(evidence.erased[0]?.erasure).toMatchObject({ index: 1, leaf: { by: 'controller', at: '2026-02-20T08:00:00.000Z' } });
    expect(await failing(evidence)).toEqual([]);
    expect(await failing((await prove({ leaf: '0' })) as unknown)).toEqual([]);
    expect(await evidenceHtml(evidence)).toMatch(/was erased by the controller on 20 February 2026/);
    expect((await ask({ subject: subject.id })).status).toBe(404);
    const moved = copy(evidence);
    (moved.erased[0] as { erasure: { leaf: { by: string } } }).erasure.leaf.by = 'subject';
    expect(await failing(moved)).toContain('erasure');
  });
});

describe('the evidence file', () => {
  async function example(): Promise<Evidence> {
    await choose({ method: 'accept_all', purposes: { statistics: 'given' } });
    at('2026-01-12T10:00:00Z');
    await choose({ method: 'withdraw', purposes: { statistics: 'withdrawn' } });
    return prove({ subject: subject.id });
  }

  it('R49 names the step that fails for whatever is changed in it', async () => {
    const evidence = await example();
    expect(await failing(evidence)).toEqual([]);
    const changed = async (change: (evidence: Evidence) => void) => {
      const other = copy(evidence);
      change(other);
      return failing(other);
    };
    const first = (e: Evidence) => e.events[0] as Evidence['events'][number];
    expect(await changed((e) => ((choiceOf(e) as Choice).state = 'given'))).toEqual(['answer']);
    expect(await changed((e) => e.events.pop()), 'a withdrawal left out').toEqual(['answer']);
    expect(await changed((e) => (first(e).leaf.receivedAt = '2026-01-01T00:00:00.000Z'))).toContain('inclusion');
    expect(await changed((e) => (first(e).proof = ['A'.repeat(43)]))).toContain('inclusion');
    expect(await changed((e) => (first(e).event = (e.events[1] as { event: string }).event))).toContain('leaf');
    expect(await changed((e) => (first(e).checkpoint = first(e).checkpoint.replace('\n1\n', '\n2\n')))).toContain(
      'checkpoint_signature',
    );
    expect(await changed((e) => (first(e).epoch = 1))).toContain('epoch');
    expect(await changed((e) => ((e.presentations[0] as { language: string }).language = 'fr'))).toContain('presentation');
    expect(await changed((e) => ((e.documents[0] as { document: { name?: string } }).document.name = 'Other'))).toContain('hash');
    expect(await changed((e) => (e.publications = []))).toContain('published');
    expect(await changed((e) => (e.question.subject = 'A'.repeat(43)))).toContain('subject');
    expect(await changed((e) => (e.question.at = '2026-01-11T00:00:00.000Z'))).toContain('received');
    expect(await changed((e) => (e.v = 2 as 1))).toEqual(['form']);
    expect(
      (await verifyEvidence(evidence, ['other+00000000+AA'], verifier)).steps.find(({ result }) => result === 'fails')?.step,
    ).toBe('log_key');
    expect((await verifyEvidence(evidence, null, verifier)).verified).toBe('unchecked');
    for (const rubbish of [null, 1, 'x', [], {}, { ...evidence, events: [{}] }])
      expect((await verifyEvidence(rubbish, null, verifier)).verified).toBe('false');
  });

  it('as a page it carries itself, shows hostile words as text, and needs nothing from elsewhere', async () => {
    const { presentation, terms } = await shownNow(await service.context.sites.get('example'));
    const hostile = {
      ...presentation,
      words: [{ id: 'title', text: '</script><script>alert(1)</script><img src=x onerror=alert(1)>' }],
    };
    const { event, jws } = await subject.next({ terms, presentation: await hashOf(hostile, verifier.sha256) });
    await service.send([jws], { presentations: [hostile] });
    const response = await ask({ event: event.id, as: 'html', download: '' });
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="evidence-example-2026-01-10.html"');
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'; style-src 'sha256-");
    const page = await response.text();
    expect(page).not.toContain('<img src=x');
    expect(page).not.toContain('<script>alert');
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).not.toMatch(/<link rel="stylesheet"|<img|<[^>]* src=/);
    const { evidence, isPage } = readEvidenceFile(page);
    expect(isPage).toBe(true);
    expect(await failing(evidence)).toEqual([]);
    expect(page).toContain(embeddedJson(evidence as Evidence));
  });

  it('is checked offline by the command, which finds a page whose words were changed', async () => {
    const page = await evidenceHtml(await example());
    vi.useRealTimers();
    const folder = await mkdtemp(join(tmpdir(), 'candour-evidence-'));
    const { run } = await import('../cli/program.ts');
    const said: string[] = [];
    const write = vi.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const errors = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    const file = join(folder, 'evidence.html');
    const verify = async (text: string, ...more: string[]) => {
      said.length = 0;
      await writeFile(file, text);
      return run(['log', 'verify', '--evidence', file, ...more]);
    };
    const [key = ''] = await keys();
    expect(await verify(page, '--key', key)).toBe(0);
    expect(said.join('')).toContain('The evidence verifies');
    expect(await verify(page)).toBe(0);
    expect(said.join('')).toContain('fits together');
    expect(await verify(page.replace('>Withdrawn<', '>Given<'))).toBe(1);
    expect(said.join('')).toContain('the page: page: The page does not say what its evidence says');
    expect(await verify(page.replace('"state":"withdrawn"', '"state":"given"'))).toBe(1);
    expect(said.join('')).toContain('the answer: answer:');
    expect(await verify('{'), 'no evidence at all').toBe(2);
    write.mockRestore();
    errors.mockRestore();
    await rm(folder, { recursive: true });
  });
});

describe('who may ask', () => {
  it('writes each proof that is read into the audit log, and refuses who may not', async () => {
    await choose({ purposes: { statistics: 'refused' } });
    await prove({ subject: subject.id });
    const { site } = await service.context.sites.get('example');
    const [entry] = await service.context.store.audit.list(site, null, 10);
    expect(entry).toMatchObject({ action: 'proof.read', object: 'leaf 0' });
    bearer = 'candour_key_x';
    expect((await ask({ subject: subject.id })).status).toBe(401);
  });

  it('says what is wrong with a question', async () => {
    for (const query of [{}, { subject: 'x' }, { subject: subject.id, at: '2026-02-30' }, { leaf: '-1' }, { event: 'x' }])
      expect((await ask(query as Record<string, string>)).status, JSON.stringify(query)).toBe(400);
    expect((await ask({ leaf: '99' })).status).toBe(404);
  });
});
