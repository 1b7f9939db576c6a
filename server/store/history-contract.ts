// The part of the store contract about publications, erased events, the outbox of webhooks and witnesses, run by each engine.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import type { ErasureLeaf, EventLeaf } from '../../shared/log/leaf.ts';
import { appendLeaves } from '../log/append.ts';
import type { LogSigner } from '../log/key.ts';
import { sha256 } from '../verifier.ts';
import type { OpenStore } from './contract.ts';
import type { EventBody, Site, Store } from './store.ts';
import type { WebhookEndpoint } from './webhooks.ts';

const hash = (text: string): string => toBase64Url(sha256(utf8(text)));
const SIGNER: LogSigner = {
  publicKey: new Uint8Array(32).fill(7),
  sign: () => new Uint8Array(64).fill(9),
  withdraw: () => undefined,
};
const AT = '2026-11-22T10:00:00.123Z';
const leafOf = (index: number): EventLeaf => ({ kind: 'event', event: hash(`event ${index}`), receivedAt: AT, skew: 0 });
const bodyOf = (index: number, subject: string, method = 'accept_all'): EventBody => ({
  epoch: 0,
  index,
  subject: hash(subject),
  key: { crv: 'P-256', kty: 'EC', x: hash(`${subject} x`), y: hash(`${subject} y`) },
  id: `019abcde-0000-7000-8000-${String(index).padStart(12, '0')}`,
  seq: index + 1,
  payload: utf8(JSON.stringify({ method })),
  signature: new Uint8Array(64),
});
const endpoint = (id: string, types: WebhookEndpoint['types']): WebhookEndpoint => ({
  id,
  url: 'https://hooks.example/',
  types,
  secret: utf8('sealed'),
  state: 'active',
  createdAt: 1,
});

export function historyContract(engine: string, open: () => Promise<OpenStore>): void {
  describe(`history, webhooks and witnesses on ${engine}`, () => {
    let opened: OpenStore;
    let store: Store;
    let site: Site;

    const publish = (body: string, publishedAt: number, id = 'one') =>
      store.publish({ id, name: id, log: `consent.example/${id}`, origins: [`https://${id}.example`] }, [
        { hash: hash(body), kind: 'configuration', body, publishedAt },
      ]);
    const append = (bodies: EventBody[]) =>
      store.write(site, async (transaction) => {
        const leaves = bodies.map(({ index }) => leafOf(index));
        const seal = await appendLeaves(transaction, site, leaves, SIGNER);
        await transaction.addEvents(bodies);
        return seal();
      });
    const erase = (leaves: number[]) =>
      store.write(site, async (transaction) => {
        const leaf: ErasureLeaf = { kind: 'erasure', leaves, at: AT, by: 'subject' };
        return (await appendLeaves(transaction, site, [leaf], SIGNER))();
      });
    const claim = (now: number, endpoints = ['hook']) =>
      store.webhooks.claim(site, endpoints, { now, until: now + 100 }, 10).then((found) => found.map(({ index }) => index));

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      site = await publish('{"a":1}', 10);
      await store.startLog(site, SIGNER.publicKey, { ...(await store.head(site)), signature: new Uint8Array(64) });
    });
    afterEach(() => opened.destroy());

    it('R56 remembers each time that a version became current, the return of an old one too', async () => {
      await publish('{"a":2}', 20);
      await publish('{"a":2}', 30);
      await publish('{"a":1}', 40);
      await publish('{"b":1}', 50, 'two');
      expect(await store.history.publications(site)).toEqual([
        { kind: 'configuration', hash: hash('{"a":1}'), at: 10 },
        { kind: 'configuration', hash: hash('{"a":2}'), at: 20 },
        { kind: 'configuration', hash: hash('{"a":1}'), at: 40 },
      ]);
    });

    it('finds an event by its id alone, by its place, and in the order of the log', async () => {
      await append([bodyOf(0, 'a'), bodyOf(1, 'b'), { ...bodyOf(2, 'c'), id: bodyOf(0, 'a').id }]);
      const found = await store.history.eventsById(site, bodyOf(0, 'a').id);
      expect(found.map(({ subject }) => subject)).toEqual([hash('a'), hash('c')]);
      expect(await store.history.eventAt(site, { epoch: 0, index: 1 })).toMatchObject({ subject: hash('b'), leaf: leafOf(1) });
      const after = await store.history.eventsAfter(site, { epoch: 0, index: 0 }, 1);
      expect(after.map(({ index }) => index)).toEqual([1]);
      expect(await store.history.eventsAfter(site, { epoch: 1, index: -1 }, 5)).toEqual([]);
    });

    it('R59 says of an erased event which leaf erased it', async () => {
      await append([bodyOf(0, 'a'), bodyOf(1, 'b')]);
      await erase([1]);
      const erased = { epoch: 0, index: 1, erasure: { epoch: 0, index: 2 } };
      expect(await store.history.erasedAt(site, { epoch: 0, index: 1 })).toEqual(erased);
      expect(await store.history.erasedEvent(site, hash('event 1'))).toEqual(erased);
      expect(await store.history.erasedAt(site, { epoch: 0, index: 0 })).toBeNull();
      expect(await store.history.erasedEvent(site, hash('event 0'))).toBeNull();
    });

    it('writes messages with the events, for whom they are, in order for each subject', async () => {
      await store.webhooks.addEndpoint(site, endpoint('hook', ['consent.decided', 'consent.withdrawn', 'events.erased']));
      await store.webhooks.addEndpoint(site, endpoint('quiet', ['consent.withdrawn']));
      await append([bodyOf(0, 'a'), bodyOf(1, 'a', 'withdraw'), bodyOf(2, 'b')]);
      await erase([2]);
      const told = async (id: string) => (await store.webhooks.messages(site, id, 0, 10)).map(({ type }) => type);
      expect(await told('hook')).toEqual(['consent.decided', 'consent.withdrawn', 'consent.decided', 'events.erased']);
      expect(await told('quiet')).toEqual(['consent.withdrawn']);
      const now = Date.now() + 1;
      const [one, two] = await Promise.all([claim(now), claim(now)]);
      expect([...one, ...two].sort(), 'each is lent once, and the later ones of a subject wait').toEqual([0, 2]);
      expect(await claim(now + 50)).toEqual([]);
      const first = (await store.webhooks.messages(site, 'hook', 0, 1))[0];
      if (!first) throw new Error('no message');
      const before = await store.webhooks.waiting(site);
      await store.webhooks.settle(site, { ...first, state: 'delivered', attempts: 1, answer: '200' });
      expect(await store.webhooks.waiting(site)).toBe(before - 1);
      expect(await claim(now + 60)).toEqual([1]);
      const second = (await store.webhooks.messages(site, 'hook', 1, 1))[0];
      if (!second) throw new Error('no second message');
      await store.webhooks.settle(site, {
        ...second,
        state: 'waiting',
        attempts: 1,
        dueAt: now + 365 * 86_400_000,
        answer: '500',
      });
      expect(await claim(now + 61), 'put off by a clock that was a year ahead').toEqual([1]);
      expect(await store.webhooks.replay(site, 'hook', { since: 0, deadOnly: false }, now)).toBe(1);
      expect(await store.webhooks.prune(site, now + 1)).toBe(0);
      expect(await store.webhooks.setEndpointState(site, 'none', 'paused')).toBe(false);
      expect(await store.webhooks.removeEndpoint(site, 'hook')).toBe(true);
      expect(await told('hook')).toEqual([]);
      expect((await store.webhooks.endpoints(site)).map(({ id, types }) => [id, types])).toEqual([
        ['quiet', ['consent.withdrawn']],
      ]);
    });

    it('R30 keeps what is pinned as it was first', async () => {
      const file = (path: string, text: string) => ({ path, contentType: 'text/javascript', brotli: utf8(text) });
      const many = Array.from({ length: 45 }, (_, i) => file(`chunk/${i}`, `${i}`));
      await store.pins.pin(site, [file('script/one', 'first'), ...many], 1);
      await store.pins.pin(site, [file('script/one', 'changed'), file('script/two', 'second')], 2);
      expect(await store.pins.pinned(site, 'script/one')).toEqual(file('script/one', 'first'));
      expect((await store.pins.pinned(site, 'chunk/44'))?.brotli).toEqual(utf8('44'));
      expect(await store.pins.pinned(site, 'script/three')).toBeNull();
      expect(await store.pins.pinnedUnder(site, 'script/')).toEqual([
        { path: 'script/two', at: 2 },
        { path: 'script/one', at: 1 },
      ]);
      const other = await publish('{}', 1, 'other');
      expect(await store.pins.pinned(other, 'script/one')).toBeNull();
    });

    it('R48 keeps the files of a build as they were first', async () => {
      const file = (name: string, text: string) => ({ file: name, sha256: text, brotli: utf8(text) });
      await store.builds.keep('build-one', [file('ui.js', 'first'), file('index.js', 'index')], 1);
      await store.builds.keep('build-one', [file('ui.js', 'changed')], 2);
      await store.builds.keep('build-two', [file('ui.js', 'second')], 3);
      expect(await store.builds.files('build-one')).toEqual([
        { file: 'index.js', sha256: 'index' },
        { file: 'ui.js', sha256: 'first' },
      ]);
      expect(await store.builds.files('build')).toEqual([]);
      expect(await store.builds.file('build-o', 'ui.js')).toEqual(file('ui.js', 'first'));
      expect(await store.builds.file('build-', 'ui.js')).toEqual(file('ui.js', 'second'));
      expect(await store.builds.file('build-two', 'index.js')).toBeNull();
    });

    it('R49 keeps the first cosignature of a witness on a head', async () => {
      const witness = { name: 'w.example/1', url: 'https://w.example', key: 'key' };
      await store.witnesses.addWitness(witness, 1);
      await store.witnesses.addWitness({ ...witness, url: 'https://other.example' }, 2);
      expect(await store.witnesses.witnesses()).toEqual([{ ...witness, url: 'https://other.example' }]);
      await store.witnesses.addCosignature(site, { epoch: 0, size: 5 }, witness.name, 'one');
      await store.witnesses.addCosignature(site, { epoch: 0, size: 5 }, witness.name, 'again');
      await store.witnesses.addCosignature(site, { epoch: 0, size: 9 }, witness.name, 'two');
      expect(await store.witnesses.cosignatures(site, 0, 5)).toEqual(['one']);
      expect(await store.witnesses.firstWitnessed(site, 0, 4)).toBe(5);
      expect(await store.witnesses.firstWitnessed(site, 0, 5)).toBe(9);
      expect(await store.witnesses.firstWitnessed(site, 0, 9)).toBeNull();
      expect(await store.witnesses.newestWitnessed(site, 0)).toBe(9);
      expect(await store.witnesses.newestWitnessed(site, 1)).toBeNull();
      expect(await store.witnesses.removeWitness(witness.name)).toBe(true);
      expect(await store.witnesses.removeWitness(witness.name)).toBe(false);
    });
  });
}
