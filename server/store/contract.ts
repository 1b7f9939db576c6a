// What every engine must do: one suite, run by each engine's own test file.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { fromBase64Url, toBase64Url, utf8 } from '../../shared/bytes.ts';
import type { EventLeaf } from '../../shared/log/leaf.ts';
import { appendLeaves } from '../log/append.ts';
import type { LogSigner } from '../log/key.ts';
import { sha256 } from '../verifier.ts';
import { contactsContract } from './contacts-contract.ts';
import { historyContract } from './history-contract.ts';
import { marketingMailContract } from './marketing-mail-contract.ts';
import { rightsContract } from './rights-contract.ts';
import type { EventBody, HistoryEntry, Site, Store } from './store.ts';

const hash = (text: string): string => toBase64Url(sha256(utf8(text)));
const SIGNER: LogSigner = {
  publicKey: new Uint8Array(32).fill(7),
  sign: () => new Uint8Array(64).fill(9),
  withdraw: () => undefined,
};
const RECEIVED = '2026-11-22T10:00:00.123Z';

const leafOf = (name: string): EventLeaf => ({ kind: 'event', event: hash(name), receivedAt: RECEIVED, skew: -12 });
const bodyOf = (index: number, subject: string, seq: number): EventBody => ({
  epoch: 0,
  index,
  subject: hash(subject),
  key: { crv: 'P-256', kty: 'EC', x: hash(`${subject} x`), y: hash(`${subject} y`) },
  id: `019abcde-0000-7000-8000-${String(index).padStart(12, '0')}`,
  seq,
  payload: utf8(`{"purposes":{},"seq":${seq},"text":"é\\u0000"}`),
  signature: new Uint8Array(64).fill(index),
});

export interface OpenStore {
  store: Store;
  /** Closes and opens again on the same data. */
  reopen(): Promise<Store>;
  destroy(): Promise<void>;
}

export function storeContract(engine: string, open: () => Promise<OpenStore>): void {
  rightsContract(engine, open);
  contactsContract(engine, open);
  marketingMailContract(engine, open);
  historyContract(engine, open);
  describe(`the store on ${engine}`, () => {
    let opened: OpenStore;
    let store: Store;
    let site: Site;

    const publish = (id: string, body: string, log = `consent.example/${id}`) =>
      store.publish({ id, name: id, log, origins: [`https://${id}.example`] }, [
        { hash: hash(body), kind: 'configuration', body, publishedAt: 1 },
      ]);
    const start = async (which: Site) =>
      store.startLog(which, SIGNER.publicKey, { ...(await store.head(which)), signature: new Uint8Array(64) });
    const append = (bodies: EventBody[], which = site) =>
      store.write(which, async (transaction) => {
        const seal = await appendLeaves(
          transaction,
          which,
          bodies.map(({ index }) => leafOf(`event ${index}`)),
          SIGNER,
        );
        await transaction.addEvents(bodies);
        return seal();
      });
    const erase = (subject: string, leaves: number[]) =>
      store.write(site, async (transaction) => {
        await transaction.addTombstones([hash(`tombstone of ${subject}`)]);
        const leaf = { kind: 'erasure' as const, leaves, at: RECEIVED, by: 'subject' as const };
        const seal = await appendLeaves(transaction, site, [leaf], SIGNER);
        await transaction.removeSubject(hash(subject));
        return seal();
      });

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      site = await publish('one', '{"a":1}');
      await start(site);
    });
    afterEach(() => opened.destroy());

    it('says that its commits are durable', async () => {
      expect(await store.durability()).toMatchObject({ engine });
      await expect(store.ready()).resolves.toBeUndefined();
    });

    it('keeps the log id of a site for ever, and every version of its documents', async () => {
      const again = await publish('one', '{"a":2}', 'elsewhere.example/one');
      expect(again).toMatchObject({ key: site.key, log: 'consent.example/one' });
      expect(again.revision).toBeGreaterThan(site.revision);
      await publish('one', '{"a":2}');
      const documents = await store.documents(site);
      expect(documents.map(({ body, current }) => [body, current]).sort()).toEqual([
        ['{"a":1}', false],
        ['{"a":2}', true],
      ]);
      expect(await store.document(hash('{"a":1}'), 'configuration')).toMatchObject({ body: '{"a":1}', site: 'one' });
      expect(await store.document(hash('{"a":1}'), 'notice')).toBeNull();
    });

    it('starts a log once', async () => {
      await store.startLog(site, new Uint8Array(32).fill(1), { ...(await store.head(site)), signature: new Uint8Array(64) });
      expect((await store.logKeys(site)).map(({ publicKey }) => [...publicKey])).toEqual([[...SIGNER.publicKey]]);
      expect(await store.checkpoint(site, 0)).toMatchObject({ size: 0, keyNumber: 1 });
    });

    it('gives an event back byte for byte, with its leaf, after it was closed and opened', async () => {
      const body = bodyOf(0, 'subject', 1);
      await append([body]);
      store = await opened.reopen();
      const logged = await store.event(site, body.subject, body.id);
      expect({ ...logged, payload: [...(logged?.payload ?? [])], signature: [...(logged?.signature ?? [])] }).toEqual({
        ...body,
        leaf: leafOf('event 0'),
        payload: [...body.payload],
        signature: [...body.signature],
      });
      expect(await store.subjectEvents(site, body.subject)).toHaveLength(1);
      expect(await store.bodies(site, 0, 0, 10)).toHaveLength(1);
      expect(await store.totals(site)).toMatchObject({ events: 1, subjects: 1 });
    });

    it('keeps nothing of a transaction that fails, not even its head', async () => {
      const failing = store.write(site, async (transaction) => {
        const seal = await appendLeaves(transaction, site, [leafOf('lost')], SIGNER);
        await transaction.addEvents([bodyOf(0, 'subject', 1)]);
        await seal();
        throw new Error('no commit');
      });
      await expect(failing).rejects.toThrow('no commit');
      expect(await store.head(site)).toMatchObject({ size: 0 });
      expect(await store.leaves(site, 0, 0, 10)).toEqual([]);
      expect(await store.totals(site)).toMatchObject({ events: 0, subjects: 0 });
      await expect(append([bodyOf(0, 'subject', 1)])).resolves.toMatchObject({ size: 1 });
    });

    it('keeps the logs of two sites apart', async () => {
      const other = await publish('two', '{"b":1}');
      await start(other);
      await append([bodyOf(0, 'subject', 1)]);
      await append([bodyOf(0, 'subject', 1)], other);
      expect(await store.head(other)).toMatchObject({ size: 1 });
      expect(await store.event(other, hash('stranger'), bodyOf(0, 'x', 1).id)).toBeNull();
    });

    it('remembers the first signed head of each leaf', async () => {
      await append([bodyOf(0, 'a', 1), bodyOf(1, 'b', 1)]);
      await append([bodyOf(2, 'a', 2)]);
      const first = async (index: number) => (await store.firstCheckpoint(site, 0, index))?.size;
      expect([await first(0), await first(1), await first(2), await first(3)]).toEqual([2, 2, 3, undefined]);
      expect((await store.checkpoints(site, 0, { from: 1, limit: 10 })).map(({ size }) => size)).toEqual([2, 3]);
    });

    it('never holds two signed heads of one size', async () => {
      await append([bodyOf(0, 'a', 1)]);
      const again = store.write(site, (transaction) =>
        transaction.setHead({ epoch: 0, size: 1, root: new Uint8Array(32), keyNumber: 1, signature: new Uint8Array(64) }),
      );
      await expect(again).rejects.toThrow();
    });

    it('has each event of a subject once', async () => {
      await append([bodyOf(0, 'a', 1)]);
      await expect(append([{ ...bodyOf(1, 'a', 1), id: bodyOf(0, 'a', 1).id }])).rejects.toThrow();
      expect(await store.head(site)).toMatchObject({ size: 1 });
    });

    it('gives histories by number, whatever the order of arrival', async () => {
      await append([bodyOf(0, 'a', 3), bodyOf(1, 'b', 1), bodyOf(2, 'a', 1)]);
      const histories = await store.write(site, (transaction) => transaction.histories([hash('a')]));
      expect(histories.map(({ seq, hash: event }) => [seq, event])).toEqual([
        [1, hash('event 2')],
        [3, hash('event 0')],
      ]);
    });

    it('gives the histories that are expected as it would without, also once the transaction has changed them', async () => {
      await append([bodyOf(0, 'a', 2), bodyOf(1, 'b', 1), bodyOf(2, 'a', 1)]);
      const seqsOf = (histories: readonly HistoryEntry[]): string[] => histories.map(({ id, seq }) => `${seq} ${id}`).sort();
      const wanted = ['a', 'b', 'never seen'].map(hash);
      const asked = await store.write(site, (transaction) => transaction.histories(wanted));
      expect(asked).toHaveLength(3);
      const added = bodyOf(3, 'b', 2);
      const [first, after, another] = await store.write(
        site,
        async (transaction) => {
          const before = await transaction.histories(wanted);
          const seal = await appendLeaves(transaction, site, [leafOf('event 3')], SIGNER);
          await transaction.addEvents([added]);
          const changed = await transaction.histories(wanted);
          await seal();
          return [before, changed, await transaction.histories([hash('b')])] as const;
        },
        wanted,
      );
      expect(seqsOf(first)).toEqual(seqsOf(asked));
      expect(seqsOf(after)).toEqual([...seqsOf(asked), `${added.seq} ${added.id}`].sort());
      expect(seqsOf(another)).toEqual(seqsOf(after.filter(({ subject }) => subject === hash('b'))));
    });

    it('deletes bodies with the erasure leaf that names them, and keeps leaves and tombstones', async () => {
      await append([bodyOf(0, 'a', 1), bodyOf(1, 'b', 1), bodyOf(2, 'a', 2)]);
      await erase('a', [0, 2]);
      expect((await store.bodies(site, 0, 0, 10)).map(({ index }) => index)).toEqual([1]);
      expect(await store.leaves(site, 0, 0, 10)).toHaveLength(4);
      expect(await store.totals(site)).toMatchObject({ events: 1, subjects: 1 });
      const found = await store.write(site, (transaction) => transaction.findTombstones([hash('tombstone of a'), hash('none')]));
      expect([...found]).toEqual([hash('tombstone of a')]);
      await erase('b', [1]);
      await store.write(site, (transaction) => transaction.addTombstones([hash('tombstone of a'), hash('another')]));
      const made = await store.tombstones.after(site, 0, 9);
      expect(made.map((one) => one.hash)).toEqual(['tombstone of a', 'tombstone of b', 'another'].map(hash));
      expect(await store.tombstones.after(site, made[0]?.number ?? 0, 1)).toEqual([made[1]]);
    });

    it('gives the nodes of the tree, and says which one lacks', async () => {
      await append([bodyOf(0, 'a', 1), bodyOf(1, 'a', 2)]);
      const get = await store.nodes(site, 0, [
        { level: 0, index: 1 },
        { level: 1, index: 0 },
        { level: 1, index: 1 },
      ]);
      expect(get({ level: 1, index: 0 })).toHaveLength(32);
      expect(() => get({ level: 1, index: 1 })).toThrow('1/1');
    });

    it('lists events newest first, a page at a time', async () => {
      await append([bodyOf(0, 'a', 1), bodyOf(1, 'b', 1), bodyOf(2, 'c', 1)]);
      expect((await store.events(site, Number.MAX_SAFE_INTEGER, 2)).map(({ index }) => index)).toEqual([2, 1]);
      expect((await store.events(site, 1, 2)).map(({ index }) => index)).toEqual([0]);
    });

    it('adds up counts', async () => {
      const counts = { events: 1, given: 2, refused: 0, withdrawn: 0, objected: 1 };
      const add = (change: number) =>
        store.write(site, (transaction) =>
          transaction.count({
            day: '2026-11-22',
            counts,
            purposes: [{ purpose: 'statistics', state: 'given', change }],
            latestAt: 5,
          }),
        );
      await add(1);
      await add(1);
      expect(await store.days(site, '2026-11-22')).toEqual([
        { day: '2026-11-22', events: 2, given: 4, refused: 0, withdrawn: 0, objected: 2 },
      ]);
      expect(await store.purposeCounts(site)).toEqual([{ purpose: 'statistics', state: 'given', count: 2 }]);
      await add(-2);
      expect(await store.purposeCounts(site)).toEqual([]);
      expect((await store.totals(site)).latestAt).toBe(5);
    });

    it('keeps a presentation once and gives it to anyone', async () => {
      const presentations = [{ hash: hash('p'), body: '{"p":1}' }];
      for (let i = 0; i < 2; i++) await store.write(site, (transaction) => transaction.addPresentations(presentations));
      expect(await store.presentation(hash('p'))).toBe('{"p":1}');
      expect(await store.presentation(hash('q'))).toBeNull();
    });

    it('takes a request id once, and forgets it when it is out of date', async () => {
      const use = (now: number, until: number) => store.useRequestId(site, 'some-request-id-1', now, until);
      expect([await use(0, 100), await use(1, 100), await use(101, 200)]).toEqual([true, false, true]);
    });

    it('R69 adds to the audit log of a site and to the service’s, newest first, and gives one site nothing of another', async () => {
      const other = await publish('two', '{"b":1}');
      const entry = (id: string) => ({
        id,
        at: 5,
        actor: 'key',
        role: 'dpo' as const,
        action: 'events.read' as const,
        object: null,
      });
      for (const id of ['a', 'b', 'c']) await store.audit.append(site, entry(id));
      await store.audit.append(null, entry('d'));
      const ids = async (...args: Parameters<Store['audit']['list']>) => (await store.audit.list(...args)).map(({ id }) => id);
      expect(await ids(site, null, 2)).toEqual(['c', 'b']);
      expect(await ids(site, 'b', 2)).toEqual(['a']);
      expect(await ids(other, null, 2)).toEqual([]);
      await store.audit.append(site, { ...entry('e'), actor: 'command', action: 'export.run' });
      expect(await ids(site, null, 9, { action: 'events.read' })).toEqual(['c', 'b', 'a']);
      expect(await ids(site, 'c', 1, { action: 'events.read', actor: 'key' })).toEqual(['b']);
      expect(await ids(site, null, 9, { actor: 'command' })).toEqual(['e']);
      expect(await ids(null, null, 9, { action: 'export.run' })).toEqual([]);
      expect(await store.audit.list(null, null, 2)).toEqual([entry('d')]);
      await expect(store.audit.append(site, entry('a'))).rejects.toThrow();
    });

    it('retires the log key for another, once, and signs no size again for it', async () => {
      const fresh = new Uint8Array(32).fill(8);
      for (let i = 0; i < 2; i++) await store.rotateLogKey(site, fresh);
      expect((await store.logKeys(site)).map(({ number, state, publicKey }) => [number, state, publicKey[0]])).toEqual([
        [2, 'active', 8],
        [1, 'retired', 7],
      ]);
      expect((await store.site('one'))?.revision).toBe(site.revision + 1);
      await append([bodyOf(0, 'a', 1)]);
      expect((await store.checkpoints(site, 0, { from: 0, limit: 9 })).map(({ size, keyNumber }) => [size, keyNumber])).toEqual([
        [0, 1],
        [1, 2],
      ]);
    });

    it('lets one of two win a one-time credential', async () => {
      const credential = {
        name: 'n',
        role: 'owner' as const,
        secretHash: fromBase64Url(hash('s')),
        createdAt: 1,
        expiresAt: null,
        site: 'one',
        parent: null,
      };
      await store.addCredential({ ...credential, id: 'once', kind: 'sign_in' });
      expect(await store.credential('api_key', 'once')).toBeNull();
      expect(await store.credential('sign_in', 'once')).toMatchObject({ name: 'n', role: 'owner', expiresAt: null, site: 'one' });
      const won = await Promise.all([store.removeCredential('sign_in', 'once'), store.removeCredential('sign_in', 'once')]);
      expect(won.sort()).toEqual([false, true]);
    });
  });
}
