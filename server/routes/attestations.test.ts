import { generateKeyPairSync, sign } from 'node:crypto';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uuidv7 } from 'uuidv7';

import type { AdminEvents, AdminSite, AdminStatistics, OwnEvents } from '../../shared/api.ts';
import { toBase64Url } from '../../shared/bytes.ts';
import {
  attestationInput,
  joinAttestation,
  parseAttestation,
  verifyAttestation,
  type AttestationReceipt,
} from '../../shared/consent/attestation.ts';
import type { PermissionAnswer } from '../../shared/marketing/api.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import type { Evidence } from '../../shared/evidence/evidence.ts';
import { verifyEvidence } from '../../shared/evidence/verify-evidence.ts';
import type { Role } from '../../shared/operator.ts';
import { mailServer, type MailServer } from '../../test/support/mail-server.ts';
import { MARKETING } from '../../test/support/marketing-site.ts';
import { createTestService, ORIGIN, type TestService } from '../../test/support/service.ts';
import { shownNow } from '../../test/support/shown.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { issueCredential } from '../credentials.ts';
import { keptReceipt } from '../log/kept-head.ts';
import { rotateLogKey } from '../log/rotate-key.ts';
import { verifyLog } from '../log/verify.ts';
import { evidenceHtml } from '../prove/evidence-html.ts';
import { eraseSubject } from '../rights/erase.ts';
import { verifier } from '../verifier.ts';

let service: TestService;
let subject: Subject;
const ADMIN = '/v1/admin/sites/example';

const ask = async (method: string, path: string, body?: unknown, role: Role = 'owner') => {
  const { token } = await issueCredential(service.context.store, 'api_key', { name: 'Ada', role }, new Date());
  return service.app.request(path, {
    method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', Accept: 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
};
const attest = async (body: object, role?: Role): Promise<AttestationReceipt> => {
  const answer = await ask('POST', `${ADMIN}/attestations`, { medium: 'telephone', ...body }, role);
  if (answer.status !== 201) throw new Error(`${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as AttestationReceipt;
};
const keys = async () => {
  const known = (await (await service.app.request('/.well-known/candour.json')).json()) as {
    logs: { keys: { key: string }[] }[];
  };
  return known.logs.flatMap((log) => log.keys.map(({ key }) => key));
};
const choose = async (purposes: Record<string, 'given' | 'refused'>) => {
  const { presentation, hash, terms } = await shownNow(await service.context.sites.get('example'));
  const next = await subject.next({ presentation: hash, terms, purposes });
  await service.send([next.jws], { presentations: [presentation] });
  return next;
};
const siteOf = async () => (await service.context.sites.get('example')).site;
const findings = async () => (await verifyLog(service.context.store, await siteOf())).findings.map(({ what }) => what);

beforeEach(async () => {
  service = await createTestService();
  subject = await createSubject({ log: service.site.log, origin: ORIGIN });
});
afterEach(() => service.close());

describe('an attested event', () => {
  it('R49 is a leaf with a receipt that verifies offline, signed with the log’s key and by nobody else', async () => {
    const event = await choose({ statistics: 'given' });
    const receipt = await attest({
      subject: subject.id,
      choices: { purposes: { statistics: 'withdrawn' } },
      follows: event.event.id,
    });
    expect(receipt).toMatchObject({ kind: 'attestation', index: 1, leaf: { kind: 'attestation' } });
    const { attestation } = parseAttestation(receipt.attestation);
    expect(attestation).toMatchObject({ follows: event.hash, medium: 'telephone', method: 'withdraw', purposes: {} });
    const check = (one: AttestationReceipt, known: readonly string[] | null) =>
      verifyAttestation(one, service.site.log, known, verifier).then(({ verified, steps }) => [
        verified,
        steps.filter(({ result }) => result === 'fails').map(({ step }) => step),
      ]);
    expect(await check(receipt, await keys())).toEqual(['true', []]);
    expect(await check(receipt, null)).toEqual(['unchecked', []]);
    expect((await verifyReceipt(receipt, await keys(), verifier)).verified, 'never a receipt of a choice').toBe('false');

    const kept = async (one: object) => keptReceipt(JSON.stringify(one), service.site.log, await keys());
    expect(await kept(receipt), 'shows a log that was rolled back').toMatchObject({ head: { size: 2 }, findings: [] });
    expect(await kept({ ...receipt, index: 0 })).toMatchObject({
      head: null,
      findings: [{ what: 'the receipt: inclusion: does not hold' }],
    });
    const proof = await ask('POST', `${ADMIN}/prove`, { receipt });
    expect(proof.status).toBe(200);
    expect(((await proof.json()) as Evidence).attested).toMatchObject([{ attestation: receipt.attestation }]);
    const odd = await ask('POST', `${ADMIN}/prove`, { receipt: { ...receipt, index: 0 } });
    expect([odd.status, await odd.json()]).toMatchObject([404, { detail: expect.stringContaining('no such event') as string }]);

    const other = generateKeyPairSync('ed25519');
    const raw = Buffer.from(other.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
    const payload = Buffer.from(JSON.stringify(attestation));
    const forged = joinAttestation(raw, payload, sign(null, attestationInput(raw, payload), other.privateKey));
    expect(await check({ ...receipt, attestation: forged }, await keys())).toEqual(['false', ['leaf', 'log_key']]);
    const changed = receipt.attestation.replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A'));
    expect((await check({ ...receipt, attestation: changed }, await keys()))[0]).toBe('false');
    expect(await findings()).toEqual([]);
  });

  it('R56 is never a choice of the subject: not in what holds, not in their events, not in the counts', async () => {
    await choose({ statistics: 'given', advertising: 'refused' });
    const before = {
      statistics: (await (await ask('GET', `${ADMIN}/statistics`)).json()) as AdminStatistics,
      prove: (await (await ask('GET', `${ADMIN}/prove?subject=${subject.id}`)).json()) as Evidence,
    };
    const { sites: earlier } = (await (await ask('GET', '/v1/admin/sites')).json()) as { sites: AdminSite[] };
    const chosenAt = Date.parse(earlier[0]?.latest ?? '');
    await attest({ subject: subject.id, choices: { purposes: { statistics: 'withdrawn', advertising: 'given' } } });
    await attest({ reference: 'case-2026/17', choices: { purposes: { statistics: 'given' } } });
    const { days, purposes } = before.statistics;
    const counted = days.map((day, i) => (i === days.length - 1 ? { ...day, events: day.events + 2 } : day));
    expect(await (await ask('GET', `${ADMIN}/statistics`)).json()).toEqual({ days: counted, purposes });
    const { sites } = (await (await ask('GET', '/v1/admin/sites')).json()) as { sites: AdminSite[] };
    expect(sites[0]).toMatchObject({ events: 3, today: 3 });
    expect(Date.parse(sites[0]?.latest ?? ''), 'when the last one was entered').toBeGreaterThan(chosenAt);
    const evidence = (await (await ask('GET', `${ADMIN}/prove?subject=${subject.id}`)).json()) as Evidence;
    expect(evidence.answer).toEqual(before.prove.answer);
    expect([evidence.events.length, evidence.attested?.length]).toEqual([1, 1]);
    expect((await verifyEvidence(evidence, await keys(), verifier)).verified).toBe('true');
    expect(await evidenceHtml(evidence)).toContain('The data subject did not sign it');
    const lying = structuredClone(evidence);
    if (lying.attested?.[0]) lying.attested[0].leaf.skew = 5;
    expect((await verifyEvidence(lying, await keys(), verifier)).verified).toBe('false');
    const stranger = { ...evidence, question: { ...evidence.question, subject: 'A'.repeat(43) }, events: [] };
    const { steps } = await verifyEvidence(stranger, await keys(), verifier);
    expect(steps).toContainEqual(
      expect.objectContaining({ step: 'subject', result: 'fails', why: 'It is about somebody else.' }),
    );
    // The browser goes on as if nothing had been: no number is taken, no fork is seen.
    const next = await subject.next({ purposes: { statistics: 'refused' } });
    expect(await service.send([next.jws])).toMatchObject({ have: 2, missing: [], fork: false });
  });

  describe('with the address that it was said with', () => {
    const address = 'planted.ada@example.org';
    const contacts = [{ channel: 'email', address }];
    const given = { purposes: {}, channels: { newsletter: { careful: { email: 'given' } } } };
    let mail: MailServer;
    const permission = async (): Promise<PermissionAnswer> =>
      (await (
        await ask('POST', `${ADMIN}/permissions`, { channel: 'email', sender: 'careful', address })
      ).json()) as PermissionAnswer;
    beforeEach(async () => {
      await service.close();
      mail = await mailServer();
      service = await createTestService({
        ...MARKETING,
        config: { secret: 'only for tests, and long enough to be taken', smtp: mail.url },
      });
    });
    afterEach(() => mail.close());

    it('R33 R49 a yes on paper to a sender with double opt-in is confirmed from its mailbox, or by what the operator has of that', async () => {
      const notice = (await service.context.sites.get('example')).published[0]?.hash;
      const id = '01990000-0000-7000-8000-000000000001';
      const wanted = { id, reference: 'form-17', medium: 'paper', choices: given, notice, contacts };
      const { attestation } = await attest(wanted);
      expect(Buffer.from(attestation.split('.')[1] ?? '', 'base64url').toString()).not.toContain('planted');
      expect(await permission()).toMatchObject({ may: false, why: 'unconfirmed' });
      await service.context.marketingMails?.idle();
      expect(mail.received, 'nobody is asked unless it is said').toEqual([]);
      const repeated = (more: object) => ask('POST', `${ADMIN}/attestations`, { ...wanted, ...more });
      expect((await repeated({})).status).toBe(200);
      expect((await repeated({ contacts: [{ channel: 'email', address: 'somebody.else@example.org' }] })).status).toBe(409);
      expect((await repeated({ id: undefined, contacts: [{ channel: 'email', address: 'nobody' }] })).status).toBe(400);
      // The tool that keeps the paper forms had it confirmed itself.
      const confirmation = { medium: 'double_opt_in', choices: given, notice, follows: id };
      expect((await ask('POST', `${ADMIN}/attestations`, { ...confirmation, reference: 'form-18' })).status).toBe(404);
      await attest({ ...confirmation, reference: 'form-17' });
      expect(await permission()).toMatchObject({ may: true, reason: 'consent', proof: { kind: 'attestation', id } });
      // They object: no word of the operator's brings that back, confirmed or not.
      await ask('POST', `${ADMIN}/objections`, { addresses: contacts, medium: 'telephone' });
      const again = '01990000-0000-7000-8000-000000000002';
      await attest({ ...wanted, id: again, reference: 'form-19' });
      await attest({ ...confirmation, follows: again, reference: 'form-19' });
      expect(await permission()).toMatchObject({ may: false, why: 'ended' });
      expect(await findings()).toEqual([]);
    });

    it('R33 asks by mail where that is wished', async () => {
      const notice = (await service.context.sites.get('example')).published[0]?.hash;
      await attest({ reference: 'form-17', medium: 'in_person', choices: given, notice, contacts, confirm: true });
      await service.context.marketingMails?.idle();
      expect(mail.received.map(({ to }) => to)).toEqual([[address]]);
      const link = /\/m\/example\/confirm\/([\w-]{43})/.exec(mail.received[0]?.text ?? '')?.[1] ?? '';
      const confirmed = await service.app.request('/m/example/confirm', {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ token: link }).toString(),
      });
      expect(confirmed.status).toBe(200);
      expect(await permission()).toMatchObject({ may: true, reason: 'consent' });
    });
  });

  it('is shown as the operator’s word in the list, in the subject’s own history, in exports and by its number', async () => {
    await choose({ statistics: 'given' });
    const receipt = await attest({ subject: subject.id, choices: { purposes: { statistics: 'withdrawn' } } }, 'ingest');
    await attest({ reference: 'case-17', choices: { purposes: { statistics: 'refused' } } });
    const { id } = parseAttestation(receipt.attestation).attestation;
    const { events } = (await (await ask('GET', `${ADMIN}/events`)).json()) as AdminEvents;
    expect(events.map(({ attested = false, subject: who, purposes }) => [attested, who === subject.id, purposes])).toEqual([
      [true, false, { statistics: 'refused' }],
      [true, true, { statistics: 'withdrawn' }],
      [false, true, { statistics: 'given' }],
    ]);
    const path = '/v1/sites/example/me/events';
    const authorisation = await subject.authorise({ method: 'GET', path });
    const own = (await (
      await service.app.request(path, { headers: { Origin: ORIGIN, Authorization: authorisation } })
    ).json()) as OwnEvents;
    expect([own.events.length, own.attested?.map(({ attestation }) => attestation)]).toEqual([1, [receipt.attestation]]);
    for (const about of [`subject=${subject.id}`, 'reference=case-17'])
      expect(
        ((await (await ask('GET', `${ADMIN}/attestations?${about}`)).json()) as { attestations: unknown[] }).attestations.length,
      ).toBe(1);
    expect((await ask('GET', `${ADMIN}/attestations`)).status).toBe(400);
    const byId = (await (await ask('GET', `${ADMIN}/prove?event=${id}`)).json()) as Evidence;
    expect([byId.question.subject, byId.attested?.length]).toEqual([subject.id, 1]);
    expect((await verifyEvidence(byId, await keys(), verifier)).verified).toBe('true');
    expect((await ask('GET', `/v1/sites/example/receipts/${id}?subject=${subject.id}`)).status).toBe(404);

    const file = async (format: string) => (await ask('GET', `${ADMIN}/export?format=${format}`)).text();
    const lines = (await file('jsonl'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { attested?: boolean; jws: string });
    expect(lines.map(({ attested = false }) => attested)).toEqual([false, true, true]);
    expect(lines[1]?.jws).toBe(receipt.attestation);
    expect(
      (await file('csv'))
        .trim()
        .split('\r\n')
        .map((row) => row.split(',').at(-1)),
    ).toEqual(['attested', 'false', 'true', 'true']);
    const graph = (JSON.parse(await file('jsonld')) as { '@graph': Record<string, unknown>[] })['@graph'];
    expect(graph.map((node) => node['candour:attested'] ?? false)).toEqual([false, true, true]);
    const proof = graph[1]?.['candour:proof'] as AttestationReceipt;
    expect((await verifyAttestation(proof, service.site.log, await keys(), verifier)).verified).toBe('true');
  });

  it('R59 goes with the subject’s erasure and is named by a leaf; the tree still verifies', async () => {
    await choose({ statistics: 'given' });
    await attest({ subject: subject.id, choices: { purposes: { statistics: 'withdrawn' } } });
    await attest({ reference: 'case-17', choices: { purposes: { statistics: 'refused' } } });
    const { store, log } = service.context;
    const erased = await eraseSubject({ store, log }, await siteOf(), { subject: subject.id, by: 'controller', at: new Date() });
    expect(erased).toMatchObject({ erased: 2, kept: expect.arrayContaining(['log']) });
    expect(await findings()).toEqual([]);
    const answer = await (await ask('GET', `${ADMIN}/attestations?subject=${subject.id}`)).json();
    expect(answer).toEqual({ attestations: [] });
    expect((await store.totals(await siteOf())).events).toBe(1);
    const statistics = (await (await ask('GET', `${ADMIN}/statistics`)).json()) as { purposes: { given: number }[] };
    expect(statistics.purposes.map(({ given }) => given)).toEqual([0, 0]);
  });

  it('is the same when it is sent again, is refused when another takes its id, and survives a key rotation', async () => {
    const body = { id: uuidv7(), subject: subject.id, medium: 'paper', choices: { purposes: { statistics: 'given' } } };
    const first = await ask('POST', `${ADMIN}/attestations`, body);
    const again = await ask('POST', `${ADMIN}/attestations`, body);
    expect([first.status, again.status]).toEqual([201, 200]);
    const receipt = (await first.json()) as AttestationReceipt;
    expect(await again.json()).toEqual(receipt);
    const other = await ask('POST', `${ADMIN}/attestations`, { ...body, medium: 'email' });
    expect([other.status, ((await other.json()) as { code: string }).code]).toEqual([409, 'ID_REUSED']);
    await rotateLogKey(service.context.store, service.logKeyFile, new Date());
    const second = await attest({ subject: subject.id, choices: { purposes: { statistics: 'withdrawn' } } });
    for (const one of [receipt, second])
      expect((await verifyAttestation(one, service.site.log, await keys(), verifier)).verified).toBe('true');
    expect(toBase64Url(parseAttestation(second.attestation).publicKey)).not.toBe(
      toBase64Url(parseAttestation(receipt.attestation).publicKey),
    );
    expect(await findings()).toEqual([]);
  });

  it('R71 takes no contact details, no unknown purpose, and no choice of the future', async () => {
    const choices = { purposes: { statistics: 'given' } };
    for (const [body, status] of [
      [{ reference: 'pat@example.net', choices }, 400],
      [{ reference: '+44 7700 900123', choices }, 400],
      [{ reference: '07700900123', choices }, 400],
      [{ choices }, 400],
      [{ reference: 'x', subject: subject.id, choices }, 400],
      [{ reference: 'x', choices: {} }, 400],
      [{ reference: 'x', choices: { purposes: { unheard: 'given' } } }, 422],
      [{ reference: 'x', choices, at: '2999-01-01T00:00:00.000Z' }, 400],
      [{ subject: subject.id, choices, follows: uuidv7() }, 404],
      [{ reference: 'x', choices, notice: 'A'.repeat(43) }, 404],
    ] as const)
      expect((await ask('POST', `${ADMIN}/attestations`, { medium: 'paper', ...body })).status, JSON.stringify(body)).toBe(
        status,
      );
    for (const role of ['auditor', 'support'] as const)
      expect((await ask('POST', `${ADMIN}/attestations`, { medium: 'paper', reference: 'x', choices }, role)).status).toBe(403);
    expect((await service.context.store.head(await siteOf())).size).toBe(0);
  });

  it('is written by many at once without a number taken twice', async () => {
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        i % 2 === 0
          ? attest({ reference: `case-${i}`, choices: { purposes: { statistics: 'given' } } })
          : createSubject({ log: service.site.log, origin: ORIGIN }).then(async (one) => service.send([(await one.next()).jws])),
      ),
    );
    expect(made).toHaveLength(12);
    expect((await service.context.store.head(await siteOf())).size).toBe(12);
    expect(await findings()).toEqual([]);
  });
});
