import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { parseCheckpoint } from '../../shared/log/checkpoint.ts';
import { findCosignature } from '../../shared/log/cosignature.ts';
import { verifyReceipt, type Receipt } from '../../shared/consent/receipt.ts';
import { presentation, presentationHash } from '../../test/support/presentation.ts';
import { cookiePolicy, ORIGIN } from '../../test/support/service.ts';
import { createSubject, type Subject } from '../../test/support/subject.ts';
import { parseConfig } from '../config.ts';
import { issueCredential } from '../credentials.ts';
import { beginEpoch } from '../log/epochs.ts';
import { logSigner, openLogKey } from '../log/key.ts';
import { startService, type Service } from '../service.ts';
import { createSite } from '../sites.ts';
import { openStore } from '../store/open.ts';
import { verifier } from '../verifier.ts';
import { collect } from './collector.ts';
import { offerCosignatures } from './offer.ts';
import { InconsistentLog, witnessKeyOf, witnessOnce, type WitnessSetting } from './witness.ts';
import { openWitnessState } from './witness-state.ts';

const NAME = 'witness.example/one';
const SITE = 'example';

let folder: string;
const services: Service[] = [];
let setting: WitnessSetting;
let key: string;
let subject: Subject;

async function start(data: string, publicUrl = 'https://consent.example'): Promise<Service> {
  const config = parseConfig(
    {
      CANDOUR_DATABASE: `sqlite:${join(folder, data, 'candour.sqlite')}`,
      CANDOUR_LOG_LEVEL: 'silent',
      CANDOUR_PUBLIC_URL: publicUrl,
    },
    { secretRequired: false },
  );
  const service = await startService({ ...config, port: 0 }, pino({ level: 'silent' }));
  services.push(service);
  return service;
}
async function listening(data: string): Promise<{ service: Service; url: string }> {
  const service = await start(data, '');
  return { service, url: service.url.replace('localhost', '127.0.0.1') };
}

async function choose(url: string, person = subject): Promise<{ id: string }> {
  const { event, jws } = await person.next();
  const response = await fetch(`${url}/v1/sites/${SITE}/events`, {
    method: 'POST',
    headers: { Origin: ORIGIN, 'Content-Type': 'application/json' },
    body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws], presentations: [presentation] }),
  });
  expect(response.status).toBe(200);
  return event;
}
async function withSite(data: string): Promise<{ service: Service; url: string }> {
  const running = await listening(data);
  const made = await createSite(running.service.store, {
    site: SITE,
    origins: [ORIGIN],
    notices: [cookiePolicy],
    publicUrl: 'https://consent.example',
  });
  subject = await createSubject({ log: made.log, origin: ORIGIN, presentation: presentationHash });
  return running;
}
const closeAll = async () => {
  for (const service of services.splice(0)) await service.close();
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'candour-witness-'));
  const state = await openWitnessState(join(folder, 'witness.json'));
  const privateKey = openLogKey(join(folder, 'witness-key.pem'));
  setting = { name: NAME, key: privateKey, state, fetch: (url) => fetch(url), now: () => new Date() };
  key = await witnessKeyOf(NAME, privateKey);
});
afterEach(async () => {
  await closeAll();
  await rm(folder, { recursive: true });
});

describe('a witness', () => {
  it('R49 cosigns heads that follow each other, and remembers them on the disk before it gives them out', async () => {
    const { url } = await withSite('a');
    const sizes: number[] = [];
    for (let i = 0; i < 4; i++) {
      const head = parseCheckpoint(await witnessOnce(setting, { service: url, site: SITE }));
      sizes.push(head.size);
      expect(await findCosignature(head, key, verifier)).toMatchObject({ witness: NAME });
      const kept = await openWitnessState(join(folder, 'witness.json'));
      expect(parseCheckpoint(kept.cosigned(head.origin)?.note ?? '').size).toBe(head.size);
      if (i !== 1) await choose(url);
    }
    expect(sizes, 'the same head again is no fault').toEqual([0, 1, 1, 2]);
  });

  it('refuses loudly a log that was rolled back or shows it another tree, and cosigns nothing', async () => {
    const first = await withSite('a');
    await choose(first.url);
    await witnessOnce(setting, { service: first.url, site: SITE });
    await closeAll();
    await cp(join(folder, 'a'), join(folder, 'b'), { recursive: true });
    const real = await listening('a');
    await choose(real.url);
    await choose(real.url);
    await witnessOnce(setting, { service: real.url, site: SITE });
    const before = await readFile(join(folder, 'witness.json'), 'utf8');

    const forked = await listening('b');
    const watched = { service: forked.url, site: SITE };
    await expect(witnessOnce(setting, watched), 'rolled back').rejects.toThrow(InconsistentLog);
    const stranger = await createSubject({ log: 'consent.example/example', origin: ORIGIN });
    await choose(forked.url, stranger);
    await choose(forked.url, stranger);
    await expect(witnessOnce(setting, watched), 'another tree of that size').rejects.toThrow(/does not follow/);
    await choose(forked.url, stranger);
    await expect(witnessOnce(setting, watched), 'a larger tree with another beginning').rejects.toThrow(/does not follow/);
    expect(await readFile(join(folder, 'witness.json'), 'utf8')).toBe(before);
    await expect(witnessOnce(setting, { service: real.url, site: SITE }), 'the honest log goes on').resolves.toContain(NAME);
  });

  it('refuses a head that is not signed by the log', async () => {
    const { url } = await withSite('a');
    const forging = {
      ...setting,
      fetch: async (asked: string) => {
        const response = await fetch(asked);
        return asked.endsWith('/log/checkpoint') ? new Response((await response.text()).replace(/\n0\n/, '\n1\n')) : response;
      },
    };
    await expect(witnessOnce(forging, { service: url, site: SITE })).rejects.toThrow(/not signed/);
  });
});

describe('R49 a witness, where a backup was restored', () => {
  const told: string[] = [];
  /** A copy of the data as it is, opened as `candour restore` opens it. */
  async function restored(from: string, to: string, later = 0): Promise<{ service: Service; url: string }> {
    await cp(join(folder, from), join(folder, to), { recursive: true });
    return begun(to, later);
  }
  async function begun(data: string, later = 0): Promise<{ service: Service; url: string }> {
    const store = await openStore({ engine: 'sqlite', file: join(folder, data, 'candour.sqlite') });
    const site = await store.site(SITE);
    if (!site) throw new Error('no site');
    const signer = logSigner(openLogKey(join(folder, data, 'log-key.pem')));
    await beginEpoch(store, site, signer, new Date(Date.now() + later));
    await store.close();
    return listening(data);
  }
  const look = (url: string, changes: Partial<WitnessSetting> = {}) =>
    witnessOnce({ ...setting, tell: (what) => void told.push(what), ...changes }, { service: url, site: SITE });

  it('follows the new epoch back to what it cosigned, tells what is gone, and takes no other past and no epoch that ended', async () => {
    const first = await withSite('live');
    await choose(first.url);
    await look(first.url);
    await closeAll();
    await cp(join(folder, 'live'), join(folder, 'early'), { recursive: true });
    const live = await listening('live');
    await choose(live.url);
    await look(live.url);
    await closeAll();
    await cp(join(folder, 'live'), join(folder, 'backup'), { recursive: true });
    const goesOn = await listening('live');
    await choose(goesOn.url);
    await look(goesOn.url);

    const again = await restored('backup', 'again');
    const lying = async (asked: string): Promise<Response> => {
      const answer = await fetch(asked);
      return asked.includes('/log/leaves') ? new Response((await answer.text()).replace('"size":2', '"size":1')) : answer;
    };
    await expect(look(again.url, { fetch: lying }), 'a first leaf of the way').rejects.toThrow(/not in its tree/);
    const note = parseCheckpoint(await look(again.url));
    expect([note.size, Number(note.origin.split('/').at(-1)) > 1000]).toEqual([1, true]);
    expect(told.join()).toMatch(/goes on from 2 leaves of epoch 0; 1 leaf that was cosigned is not in it$/);
    const before = await readFile(join(folder, 'witness.json'), 'utf8');

    await choose(goesOn.url);
    await expect(look(goesOn.url), 'nobody goes on with both').rejects.toThrow(/an epoch that ended/);
    // From before the second choice, and another in its place: the past of this epoch is not the one that was cosigned.
    const forked = await listening('early');
    const stranger = await createSubject({ log: 'consent.example/example', origin: ORIGIN });
    await choose(forked.url, stranger);
    await forked.service.close();
    services.splice(services.indexOf(forked.service), 1);
    const other = await begun('early', 5000);
    await expect(look(other.url)).rejects.toThrow(/that do not begin with the 2 that were cosigned/);
    expect(await readFile(join(folder, 'witness.json'), 'utf8')).toBe(before);

    // A backup of before what was restored last: its epoch goes on from the first one too.
    const third = await restored('backup', 'third', 9000);
    await choose(third.url);
    await look(third.url);
    expect(told.at(-1)).toMatch(/goes on from 2 leaves of epoch 0; 2 leaves that were cosigned are not in it$/);
  });
});

describe('the log’s own side', () => {
  it('R49 collects cosignatures of named witnesses, and heads and receipts carry them', async () => {
    const { service, url } = await withSite('a');
    const event = await choose(url);
    await witnessOnce(setting, { service: url, site: SITE });
    const offered = await offerCosignatures(setting.state, key, 0);
    const witness = { name: NAME, url: `http://127.0.0.1:${offered.port}`, key };
    const site = await service.store.site(SITE);
    if (!site) throw new Error('no site');
    const other = await witnessKeyOf(NAME, openLogKey(join(folder, 'other.pem')));
    expect(await collect(service.store, fetch, site, { ...witness, key: other }), 'not that witness’s key').toBeNull();
    expect(await collect(service.store, fetch, site, witness)).toBe(1);
    offered.close();
    await choose(url);

    const { token } = await issueCredential(service.store, 'api_key', { name: 'Ada', role: 'owner' }, new Date());
    const path = `${url}/v1/sites/${SITE}/receipts/${event.id}?subject=${subject.id}`;
    const receipt = (await (await fetch(path, { headers: { Authorization: `Bearer ${token}` } })).json()) as Receipt;
    const check = await verifyReceipt(receipt, [receipt.logKey], verifier, [key]);
    expect(check.verified).toBe('true');
    expect(check.witnesses?.map(({ name }) => name)).toEqual([NAME]);
    expect((await verifyReceipt(receipt, [receipt.logKey], verifier)).verified, 'who knows no witness still verifies').toBe(
      'true',
    );
    expect((await verifyReceipt(receipt, [receipt.logKey], verifier, [other])).witnesses).toEqual([]);

    const newest = await (await fetch(`${url}/v1/sites/${SITE}/log/checkpoint`)).text();
    const witnessed = await (await fetch(`${url}/v1/sites/${SITE}/log/checkpoint?witnessed=1`)).text();
    expect([parseCheckpoint(newest).size, parseCheckpoint(witnessed).size]).toEqual([2, 1]);
    expect([parseCheckpoint(newest).signatures.length, parseCheckpoint(witnessed).signatures.length]).toEqual([1, 2]);
  });
});
