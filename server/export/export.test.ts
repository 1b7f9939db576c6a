import { existsSync, readFileSync } from 'node:fs';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import type { WellKnown } from '../../shared/api.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import { CANDOUR_TERMS, DPV_TERMS, PREFIXES } from '../../shared/notice/dpv.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { shownNow } from '../../test/support/shown.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { issueCredential } from '../credentials.ts';
import { verifier } from '../verifier.ts';
import { csvRows } from './export-csv.ts';
import { exportEvents, type EventFormat } from './export-events.ts';

const PINNED = new URL('../../../shared/data/dpv-2.3-terms.tsv', import.meta.url);

let service: TestService;
let subject: Subject;
let bearer: string;
let sent: string[];

async function send(count: number): Promise<void> {
  const { presentation, hash, terms } = await shownNow(await service.context.sites.get('example'));
  for (let i = 0; i < count; i++) {
    const { jws } = await subject.next({ presentation: hash, terms, purposes: { statistics: 'given', advertising: 'refused' } });
    await service.send([jws], { presentations: [presentation] });
    sent.push(jws);
  }
}
const get = (path: string) =>
  service.app.request(`/v1/admin/sites/example/${path}`, { headers: { Authorization: `Bearer ${bearer}` } });
const source = async (page?: number) => ({
  store: service.context.store,
  context: await service.context.sites.get('example'),
  service: service.context.publicUrl,
  ...(page === undefined ? {} : { page }),
});
async function whole(format: EventFormat, page?: number): Promise<string> {
  let text = '';
  for await (const piece of exportEvents(format, await source(page))) text += piece;
  return text;
}
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { index: number; jws: string });

beforeEach(async () => {
  service = await createTestService();
  sent = [];
  bearer = (await issueCredential(service.context.store, 'api_key', { name: 'Ada', role: 'owner' }, new Date())).token;
  subject = await createSubject({ log: service.site.log, origin: ORIGIN });
});
afterEach(() => service.close());

describe('the export of events', () => {
  it('gives every event byte for byte, in the order of the log, whatever the size of a page', async () => {
    await send(5);
    for (const page of [1, 2, 5, 500])
      expect(
        lines(await whole('jsonl', page)).map(({ jws }) => jws),
        `${page}`,
      ).toEqual(sent);
    const response = await get('export?format=jsonl');
    expect(response.headers.get('Content-Type')).toBe('application/jsonl; charset=utf-8');
    expect(lines(await response.text()).map(({ jws }) => jws)).toEqual(sent);
  });

  it('lets others be served between its pages, however fast its reader is', async () => {
    await send(3);
    let [served, seen] = [0, 0];
    const serve = (): void => void setImmediate(() => (served += 1));
    serve();
    for await (const piece of exportEvents('jsonl', await source(1))) {
      expect(served, `before page ${seen}`).toBeGreaterThanOrEqual(seen);
      serve();
      seen += lines(piece).length;
    }
    expect(seen).toBe(3);
  });

  it('reads a page at a time, ends where the log ended when it began, and leaves out what was erased', async () => {
    await send(4);
    const limits: number[] = [];
    const from = await source(2);
    const history = {
      ...from.store.history,
      eventsAfter: (...input: Parameters<typeof from.store.history.eventsAfter>) => {
        limits.push(input[2]);
        return from.store.history.eventsAfter(...input);
      },
    };
    const pieces = exportEvents('jsonl', { ...from, store: { ...from.store, history } });
    const first = await pieces.next();
    expect(lines(String(first.value))).toHaveLength(2);
    expect(limits, 'nothing is read ahead').toEqual([2]);
    await send(1);
    const rest: string[] = [];
    for await (const piece of pieces) rest.push(piece);
    expect(lines(rest.join('')).map(({ index }) => index)).toEqual([2, 3]);
    const { site } = from.context;
    await service.context.log.erase(site, { subject: subject.id, by: 'subject', at: new Date() });
    expect(await whole('jsonl')).toBe('');
    expect(await whole('jsonld')).toMatch(/"@graph":\[\n\]\}\n$/);
  });

  it('R60 is CSV as RFC 4180 has it, one row a choice', async () => {
    await send(1);
    const rows = (await whole('csv')).split('\r\n');
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(/^epoch,index,received_at,chosen_at,subject,event,number,/);
    // Of 64 keys one begins like a formula.
    const cell = `'?${subject.id}`;
    expect(rows[2]).toMatch(new RegExp(`^0,0,.*,${cell},.*,purpose,statistics,,,given,${ORIGIN},false,new,`));
    const response = await get('export?format=csv');
    expect(response.headers.get('Content-Disposition')).toBe('attachment; filename="example-events.csv"');
  });

  it('R60 no cell can be read as a formula', () => {
    for (const cell of ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])
      expect(csvRows([[cell]]).replace(/^"/, '')[0], JSON.stringify(cell)).toBe("'");
    expect(csvRows([['a,b', 'say "x"', 'two\r\nlines', 'ü']])).toBe('"a,b","say ""x""","two\r\nlines",ü\r\n');
    // Where a semicolon parts cells, nothing behind one begins a cell.
    expect(csvRows([['x;=1+1', 'a|b', 'a\tb']])).toBe('"x;=1+1","a|b","a\tb"\r\n');
  });

  it('is JSON-LD whose every term exists', async () => {
    await send(2);
    const document = JSON.parse(await whole('jsonld', 1)) as { '@graph': Record<string, unknown>[] };
    expect(document['@graph']).toHaveLength(2);
    expect(document['@graph'][0]).toMatchObject({ '@type': 'dpv:ConsentRecord', 'candour:proof': { index: 0, event: sent[0] } });
    const { presentation } = await shownNow(await service.context.sites.get('example'));
    const published = (await (await service.app.request('/.well-known/candour.json')).json()) as WellKnown;
    for (const record of document['@graph']) {
      const receipt = { ...(record['candour:proof'] as object), presentation };
      const keys = published.logs.flatMap((log) => log.keys.map(({ key }) => key));
      expect((await verifyReceipt(receipt, keys, verifier)).steps.filter(({ result }) => result !== 'holds')).toEqual([]);
    }
    const used = new Set<string>();
    const walk = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(walk);
      if (!value || typeof value !== 'object') return;
      for (const [key, child] of Object.entries(value)) {
        if (key === 'candour:proof') continue;
        if (!key.startsWith('@')) used.add(key);
        if (key === '@type' || key === '@id') [child].flat().forEach((name) => used.add(String(name)));
        walk(child);
      }
    };
    walk(document['@graph']);
    const names = [...used].filter((name) => /^(dpv|pd|legal-gb|candour):/.test(name));
    const listed: string[] = [...DPV_TERMS, ...Object.keys(CANDOUR_TERMS)];
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !listed.includes(name))).toEqual([]);
    if (!existsSync(PINNED)) return;
    const pinned = readFileSync(PINNED, 'utf8');
    const iri = (name: string) => name.replace(/^([a-z-]+):/, (_, prefix: keyof typeof PREFIXES) => PREFIXES[prefix]);
    expect(names.filter((name) => !name.startsWith('candour:') && !pinned.includes(iri(name)))).toEqual([]);
  });

  it('is of whole days, UTC, by when the service received an event', async () => {
    const day = (shift: number) => new Date(Date.now() + shift * 86_400_000).toISOString().slice(0, 10);
    await send(2);
    const count = async (range: string) => lines(await (await get(`export?format=jsonl&${range}`)).text()).length;
    expect(await count(`from=${day(-1)}&to=${day(1)}`)).toBe(2);
    expect(await count(`from=${day(-1)}`)).toBe(2);
    expect((await (await get(`export?from=${day(2)}`)).text()).trim()).toBe('');
    expect((await (await get(`export?to=${day(-2)}`)).text()).trim()).toBe('');
    for (const range of ['from=yesterday', 'from=2026-02-30', 'from=2026-11-22&to=2026-11-21'])
      expect((await get(`export?${range}`)).status).toBe(400);
  });

  it('refuses a format that it does not have, and tells the audit log', async () => {
    expect((await get('export?format=xml')).status).toBe(400);
    await (await get('export?format=csv')).text();
    const { site } = await service.context.sites.get('example');
    expect((await service.context.store.audit.list(site, null, 5))[0]).toMatchObject({
      action: 'export.run',
      object: 'events as csv',
    });
  });
});

describe('records of processing', () => {
  it('R67 have every point of Art. 30(1)(a)-(g), or say that it is not stated', async () => {
    const { records } = (await (await get('processing-records')).json()) as { records: Record<string, unknown>[] };
    expect(records.map(({ activity }) => activity)).toEqual(['visit-statistics', 'adverts']);
    expect(records[0]).toMatchObject({
      controller: { scope: 'document', values: ['Example Limited'] },
      representative: { scope: 'not_stated', values: [] },
      dataProtectionOfficer: { scope: 'not_stated' },
      purposes: { scope: 'activity', values: ['counting visits'] },
      dataSubjects: { scope: 'not_stated' },
      personalData: { scope: 'not_stated' },
      recipients: { scope: 'not_stated' },
      transfers: { scope: 'not_stated' },
      erasure: { scope: 'activity', values: ['Counts are kept for a year.'] },
      security: { scope: 'not_stated' },
    });
    expect(records[1]).toMatchObject({ erasure: { scope: 'not_stated' } });
    const [heading = '', first = ''] = (await (await get('processing-records?format=csv')).text()).split('\r\n');
    for (const point of ['(a)', '(b)', '(c)', '(d)', '(e)', '(f)', '(g)']) expect(heading).toContain(point);
    expect(first).toContain('not stated');
    expect(first).toContain('Counts are kept for a year.');
    expect((await get('processing-records?format=xml')).status).toBe(400);
  });
});
