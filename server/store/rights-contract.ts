// The part of the store contract about data subjects' requests and retention, run by each engine.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { sha256 } from '../verifier.ts';
import type { OpenStore } from './contract.ts';
import type { StoredRequest } from './requests.ts';
import type { Site, Store } from './store.ts';

const bytes = (text: string): Uint8Array => sha256(utf8(text));
const hash = (text: string): string => toBase64Url(bytes(text));

const request = (id: string, change: Partial<StoredRequest> = {}): StoredRequest => ({
  id,
  kind: 'access',
  state: 'unconfirmed',
  via: 'page',
  receivedAt: 1000,
  changedAt: 1000,
  closedAt: null,
  subject: null,
  sealed: utf8('sealed'),
  mail: 'due',
  ...change,
});

export function rightsContract(engine: string, open: () => Promise<OpenStore>): void {
  describe(`requests and retention on ${engine}`, () => {
    let opened: OpenStore;
    let store: Store;
    let site: Site;
    let other: Site;
    const publish = (id: string) =>
      store.publish({ id, name: id, log: `consent.example/${id}`, origins: [`https://${id}.example`] }, [
        { hash: hash(id), kind: 'configuration', body: `{"id":"${id}"}`, publishedAt: 1 },
      ]);
    const add = (one: StoredRequest, email: string | null = 'pat', where = site) =>
      store.rights.add(where, one, { wrapped: utf8('wrapped'), lookup: email === null ? null : bytes(email) });
    const step = (from: StoredRequest['state'], to: StoredRequest['state'], at = 2000) =>
      store.rights.step(site, 'one', from, to, { action: 'confirm', at, actor: 'data_subject', sealed: utf8('why') });

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      [site, other] = [await publish('one'), await publish('two')];
    });
    afterEach(() => opened.destroy());

    it('keeps a request as it was given, and finds it by state, subject and address, on its own site only', async () => {
      await add(request('one', { subject: hash('subject') }));
      await add(request('two', { state: 'open', receivedAt: 500, mail: 'none' }), 'sam');
      await add(request('one', { kind: 'erasure' }), 'pat', other);
      expect(await store.rights.get(site, 'one')).toEqual(
        request('one', { subject: hash('subject'), sealed: expect.anything() as Uint8Array }),
      );
      expect(Buffer.from((await store.rights.get(site, 'one'))?.sealed ?? []).toString()).toBe('sealed');
      expect((await store.rights.list(site, {})).map(({ id }) => id)).toEqual(['two', 'one']);
      expect((await store.rights.list(site, { states: ['open'] })).map(({ id }) => id)).toEqual(['two']);
      expect((await store.rights.list(site, { subject: hash('subject') })).map(({ id }) => id)).toEqual(['one']);
      expect((await store.rights.byLookup(site, bytes('pat'))).map(({ kind }) => kind)).toEqual(['access']);
      expect(await store.rights.countByLookup(site, bytes('pat'), 1001)).toBe(0);
      expect(await store.rights.countByLookup(site, bytes('pat'), 1000)).toBe(1);
      expect((await store.rights.mailDue(site, 0, 10)).map(({ id }) => id)).toEqual(['one']);
    });

    it('lets one process send a mail, and another take over when that one never ended', async () => {
      await add(request('one'));
      const claims = [await store.rights.claimMail(site, 'one', 0, 2000), await store.rights.claimMail(site, 'one', 0, 2001)];
      expect([claims, await store.rights.mailDue(site, 2000, 10)]).toEqual([[true, false], []]);
      expect(await store.rights.claimMail(site, 'one', 2001, 9000)).toBe(true);
      await store.rights.mailEnded(site, 'one', 'due');
      expect(await store.rights.mailDue(site, 0, 10)).toHaveLength(1);
      await store.rights.mailEnded(site, 'one', 'sent');
      expect(await store.rights.mailDue(site, 99_000, 10)).toEqual([]);
    });

    it('takes a step once: of two that race, one wins, and steps are numbered', async () => {
      await add(request('one'));
      const won = await Promise.all([step('unconfirmed', 'open'), step('unconfirmed', 'open')]);
      expect(won.sort()).toEqual([false, true]);
      expect(await step('open', 'fulfilled', 3000)).toBe(true);
      expect((await store.rights.steps(site, 'one')).map(({ number, at }) => [number, at])).toEqual([
        [1, 2000],
        [2, 3000],
      ]);
      expect(await store.rights.get(site, 'one')).toMatchObject({ state: 'fulfilled', changedAt: 3000, closedAt: 3000 });
      expect((await store.rights.closedWithKey(site, 3001, 10)).map(({ id }) => id)).toEqual(['one']);
      expect(await store.rights.closedWithKey(site, 3000, 10)).toEqual([]);
    });

    it('takes a token once, within its time, and a newer one replaces it', async () => {
      await add(request('one'));
      await store.rights.setToken(site, 'one', bytes('first'), 5000);
      await store.rights.setToken(site, 'one', bytes('second'), 5000);
      expect(await store.rights.takeToken(site, bytes('first'), 10)).toBeNull();
      expect(await store.rights.takeToken(other, bytes('second'), 10)).toBeNull();
      const both = await Promise.all([
        store.rights.takeToken(site, bytes('second'), 10),
        store.rights.takeToken(site, bytes('second'), 10),
      ]);
      expect(both.filter((id) => id === 'one')).toHaveLength(1);
      await store.rights.setToken(site, 'one', bytes('third'), 5000);
      expect(await store.rights.takeToken(site, bytes('third'), 5000)).toBeNull();
    });

    it('erases who made a request and keeps that it was made', async () => {
      await add(request('one', { state: 'open', subject: hash('subject') }));
      expect(await store.rights.eraseKey(site, 'one')).toBe(true);
      expect(await store.rights.eraseKey(site, 'one')).toBe(false);
      expect(await store.rights.key(site, 'one')).toBeNull();
      expect(await store.rights.get(site, 'one')).toMatchObject({ state: 'open', sealed: null, subject: null });
      expect(await store.rights.byLookup(site, bytes('pat'))).toEqual([]);
      const [erased] = await store.rights.erasedSince(site, 0);
      expect(erased?.id).toBe('one');
      expect(await store.rights.erasedSince(site, (erased?.at ?? 0) + 1)).toEqual([]);
    });

    it('drops what nobody confirmed in time, and nothing else', async () => {
      await add(request('old'));
      await add(request('young', { receivedAt: 5000 }));
      await add(request('open', { state: 'open' }));
      expect(await store.rights.dropUnconfirmed(site, 2000)).toBe(1);
      await store.rights.drop(site, 'open');
      expect((await store.rights.list(site, {})).map(({ id }) => id)).toEqual(['open', 'young']);
      await store.rights.drop(site, 'young');
      expect(await store.rights.key(site, 'young')).toBeNull();
    });

    it('keeps restrictions, each by its first day', async () => {
      const subject = hash('subject');
      await store.rights.restrict(site, { subject, since: 1, request: 'one' });
      await store.rights.restrict(site, { subject, since: 2, request: null });
      expect(await store.rights.restrictions(site)).toEqual([{ subject, since: 1, request: 'one' }]);
      expect([
        await store.rights.lift(other, subject),
        await store.rights.lift(site, subject),
        await store.rights.lift(site, subject),
      ]).toEqual([false, true, false]);
    });

    it('writes a letter down with its step, lends it to one caller, and lets it go with the person', async () => {
      await add(request('one', { state: 'open', via: 'operator', mail: 'none' }));
      const letter = utf8('sealed letter');
      const taken = { action: 'refuse', at: 100, actor: 'ada', sealed: null } as const;
      expect(await store.rights.step(site, 'one', 'unconfirmed', 'refused', taken, letter), 'no step, no letter').toBe(false);
      expect(await store.rights.letters(site, 'due')).toBe(0);
      expect(await store.rights.step(site, 'one', 'open', 'refused', taken, letter)).toBe(true);
      const claim = (now: number, where = site) => store.rights.claimLetters(where, { now, until: now + 10, limit: 5 });
      expect(await claim(99)).toEqual([]);
      expect(await claim(200, other)).toEqual([]);
      const [mine, none] = await Promise.all([claim(100), claim(100)]);
      const [first] = [...mine, ...none];
      if (!first || mine.length + none.length !== 1) throw new Error('lent twice or never');
      expect(first).toMatchObject({ id: 'one', number: 1, attempts: 0 });
      expect(Buffer.from(first.sealed).toString()).toBe('sealed letter');
      await store.rights.letterEnded(site, first, { state: 'due', dueAt: 300 });
      expect([await claim(299), (await claim(300)).map(({ attempts }) => attempts)]).toEqual([[], [1]]);
      await store.rights.letterEnded(site, { ...first, attempts: 1 }, { state: 'due', dueAt: 300 + 365 * 86_400_000 });
      expect(await claim(300), 'put off by a clock that was a year ahead').toHaveLength(1);
      await store.rights.letterEnded(site, { ...first, attempts: 1 }, { state: 'failed', dueAt: 300 });
      expect([await store.rights.letters(site, 'due'), await store.rights.letters(site, 'failed')]).toEqual([0, 1]);
      await store.rights.eraseKey(site, 'one');
      expect(await store.rights.letters(site, 'failed')).toBe(0);
    });

    it('wraps keys anew where they are what they were, and keeps one key for addresses', async () => {
      await add(request('one'));
      const [key] = await store.rights.requestKeys(site);
      expect([key?.id, await store.rights.requestKeys(other)]).toEqual(['one', []]);
      expect(await store.rights.rewrap(site, 'one', utf8('other'), utf8('new'))).toBe(false);
      expect(await store.rights.rewrap(site, 'one', utf8('wrapped'), utf8('new'))).toBe(true);
      expect(Buffer.from((await store.rights.key(site, 'one'))?.wrapped ?? []).toString()).toBe('new');
      expect(await store.rights.keptKey('addresses')).toBeNull();
      for (const sealed of ['first', 'second']) await store.rights.keepKey('addresses', utf8(sealed));
      expect(Buffer.from((await store.rights.keptKey('addresses')) ?? []).toString()).toBe('second');
      await store.webhooks.addEndpoint(site, {
        id: 'h',
        url: 'https://a/',
        types: [],
        secret: utf8('s'),
        state: 'active',
        createdAt: 1,
      });
      await store.webhooks.resealEndpoint(site, 'h', utf8('resealed'));
      expect(Buffer.from((await store.webhooks.endpoints(site))[0]?.secret ?? []).toString()).toBe('resealed');
    });

    it('numbers the runs of the retention engine, site by site', async () => {
      const head = await store.head(site);
      const row = { record: 'choices', rule: 'a rule', at: 1, count: 3, head };
      expect(await store.retention.addRun(site, [row, { ...row, record: 'requests', count: 0 }])).toBe(1);
      expect([await store.retention.addRun(site, [row]), await store.retention.addRun(other, [row])]).toEqual([2, 1]);
      const runs = await store.retention.runs(site, 10);
      expect(runs.map(({ number, record, count }) => [number, record, count])).toEqual([
        [2, 'choices', 3],
        [1, 'choices', 3],
        [1, 'requests', 0],
      ]);
      expect(Buffer.from(runs[0]?.head.root ?? []).equals(Buffer.from(head.root))).toBe(true);
    });
  });
}
