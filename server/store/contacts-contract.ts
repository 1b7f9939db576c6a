// The part of the store contract about contacts and the suppression list, run by each engine.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { stopDirectMarketing, type Suppression } from '../../shared/marketing/suppression.ts';
import type { WebhookType } from '../../shared/webhook.ts';
import { sha256 } from '../verifier.ts';
import type { NewContact } from './contacts.ts';
import type { OpenStore } from './contract.ts';
import type { Site, Store } from './store.ts';

const hash = (text: string): string => toBase64Url(sha256(utf8(text)));
const ID = (n: number): string => n.toString(16).padStart(32, '0');
const EVENT = '01990000-0000-7000-8000-000000000001';
const OTHER = '01990000-0000-7000-8000-000000000002';
const SINCE = '2026-11-22T10:00:00.000Z';

const contact = (n: number, keys: string[], keep = true): NewContact => ({
  id: ID(n),
  kind: 'email',
  keys: keys.map(hash),
  wrapped: utf8(`key ${n}`),
  seal: keep ? ({ wrapped }) => utf8(`address under ${Buffer.from(wrapped).toString()}`) : null,
});
const words = (bytes: Uint8Array | null | undefined): string | null => (bytes ? Buffer.from(bytes).toString() : null);

export function contactsContract(engine: string, open: () => Promise<OpenStore>): void {
  describe(`contacts and suppressions on ${engine}`, () => {
    let opened: OpenStore;
    let store: Store;
    let site: Site;
    let other: Site;
    const publish = (id: string) =>
      store.publish({ id, name: id, log: `consent.example/${id}`, origins: [] }, [
        { hash: hash(id), kind: 'configuration', body: `{"id":"${id}"}`, publishedAt: 1 },
      ]);
    const mention = (n: number, subject: string, event = EVENT) => ({ contact: ID(n), subject: hash(subject), event, at: 5 });

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      [site, other] = [await publish('one'), await publish('two')];
    });
    afterEach(() => opened.destroy());

    it('R44 one address is one contact, by any of its keys, on its own site only', async () => {
      expect(
        await store.contacts.remember(site, [contact(1, ['new', 'old']), contact(2, ['new']), contact(3, ['third'])]),
      ).toEqual([ID(1), ID(1), ID(3)]);
      expect(await store.contacts.remember(site, [contact(4, ['newest', 'new'])]), 'an older version of its key').toEqual([
        ID(1),
      ]);
      expect(await store.contacts.remember(other, [contact(5, ['new'])])).toEqual([ID(5)]);
      expect((await store.contacts.find(site, [hash('new'), hash('third'), hash('none')])).map(({ id }) => id).sort()).toEqual([
        ID(1),
        ID(3),
      ]);
      expect((await store.contacts.after(site, '', 9)).map(({ id }) => id)).toEqual([ID(1), ID(3)]);
      expect((await store.contacts.after(site, ID(1), 9)).map(({ id }) => id)).toEqual([ID(3)]);
      expect(await store.contacts.get(other, ID(1))).toBeNull();
      const stored = await store.contacts.get(site, ID(1));
      expect([words(stored?.sealed), words(stored?.wrapped), stored?.key]).toEqual(['address under key 1', 'key 1', hash('new')]);
    });

    it('keeps the address later where only its keyed hash was kept, under the key that is there', async () => {
      await store.contacts.remember(site, [contact(1, ['new'], false)]);
      expect((await store.contacts.get(site, ID(1)))?.sealed).toBeNull();
      await store.contacts.remember(site, [contact(2, ['new'])]);
      expect(words((await store.contacts.get(site, ID(1)))?.sealed)).toBe('address under key 1');
      expect(await store.contacts.reseal(site, ID(1), utf8('other words'))).toBe(true);
      expect(words((await store.contacts.get(site, ID(1)))?.sealed)).toBe('other words');
      expect(await store.contacts.rewrap(site, ID(1), utf8('another key'), utf8('new key'))).toBe(false);
      expect(await store.contacts.rewrap(site, ID(1), utf8('key 1'), utf8('new key'))).toBe(true);
    });

    it('remembers which events came with it and what was stated, by version', async () => {
      await store.contacts.remember(site, [contact(1, ['a']), contact(2, ['b'])]);
      await store.contacts.mention(site, [mention(1, 'ada'), mention(1, 'ada'), mention(2, 'ada', OTHER)]);
      expect(await store.contacts.mentions(site, [ID(1)])).toEqual([mention(1, 'ada')]);
      expect((await store.contacts.ofSubject(site, hash('ada'))).map(({ id }) => id)).toEqual([ID(1), ID(2)]);
      const state = (text: string) => store.contacts.state(site, { contact: ID(1), at: 1, actor: 'ada', sealed: utf8(text) });
      expect([await state('first'), await state('second')]).toEqual([1, 2]);
      const third = { contact: ID(1), at: 1, actor: 'ada', sealed: utf8('third') };
      expect(await store.contacts.stateAll(site, [third])).toEqual([3]);
      expect(
        (await store.contacts.statements(site, [ID(1), ID(2)])).map(({ number, sealed }) => [number, words(sealed)]),
      ).toEqual([
        [1, 'first'],
        [2, 'second'],
        [3, 'third'],
      ]);
    });

    it('R45 goes with its key, leaves its number, and leaves the list alone', async () => {
      await store.contacts.remember(site, [contact(1, ['a'])]);
      await store.contacts.mention(site, [mention(1, 'ada')]);
      await store.suppressions.add(site, stopDirectMarketing(hash('a'), SINCE, EVENT));
      expect([await store.contacts.erase(site, ID(1), 7), await store.contacts.erase(site, ID(1), 8)]).toEqual([true, false]);
      expect(await store.contacts.get(site, ID(1))).toBeNull();
      expect(await store.contacts.mentions(site, [ID(1)])).toEqual([]);
      expect(await store.contacts.erased(site, '', 9)).toEqual([{ id: ID(1), at: 7 }]);
      expect([await store.contacts.erasedSince(site, 7), await store.contacts.erasedSince(site, 8)]).toEqual([
        [{ id: ID(1), at: 7 }],
        [],
      ]);
      expect(await store.suppressions.of(site, [hash('a')])).toHaveLength(6);
    });

    it('is erased with the last subject that named it, unless something else is known of it', async () => {
      await store.contacts.remember(site, [contact(1, ['a']), contact(2, ['b']), contact(3, ['c'])]);
      await store.contacts.mention(site, [
        ...[1, 2, 3].map((n) => mention(n, 'ada')),
        mention(1, 'own name', OTHER),
        mention(2, 'bob', OTHER),
      ]);
      await store.contacts.state(site, { contact: ID(3), at: 1, actor: 'ada', sealed: utf8('a ground') });
      const forget = (subject: string) =>
        store.write(site, async (transaction) => {
          expect((await transaction.contactsOf([hash(subject)])).length, 'found in the transaction').toBeGreaterThan(0);
          return transaction.forgetContactsOf([hash(subject)], () => hash('own name'), 9);
        });
      expect(await forget('ada')).toBe(1);
      expect((await store.contacts.after(site, '', 9)).map(({ id }) => id)).toEqual([ID(2), ID(3)]);
      expect(await forget('bob')).toBe(1);
    });

    it('R43 a suppression is written with what causes it, or not at all; nobody changes or removes one', async () => {
      const [entry] = stopDirectMarketing(hash('a'), SINCE, EVENT) as [Suppression];
      const write = (fails: boolean) =>
        store.write(site, async (transaction) => {
          const [made] = await transaction.rememberContacts([contact(1, ['a'])], 3);
          await transaction.mention([mention(1, 'ada')]);
          expect((await transaction.contacts([made?.id ?? ''])).map(({ id }) => id)).toEqual([ID(1)]);
          await transaction.suppress([entry]);
          if (fails) throw new Error('refused');
        });
      await expect(write(true)).rejects.toThrow('refused');
      expect(await store.suppressions.of(site, [hash('a')])).toEqual([]);
      await write(false);
      expect(await store.suppressions.of(site, [hash('a')])).toEqual([entry]);
      expect(await store.suppressions.of(other, [hash('a')])).toEqual([]);
    });

    it('keeps each no once, tells what is new with it, and lists them by rising number', async () => {
      const hook = (id: string, types: WebhookType[]) =>
        store.webhooks.addEndpoint(site, { id, url: 'https://a/', types, secret: utf8('s'), state: 'active', createdAt: 1 });
      await hook('told', ['suppression.added']);
      await hook('quiet', ['events.erased']);
      const entries = stopDirectMarketing(hash('a'), SINCE, null);
      const [first] = entries as [Suppression];
      const named: Suppression = { ...first, sender: 'acme', reason: 'withdrawal', event: EVENT };
      expect(await store.suppressions.add(site, [first, first])).toBe(1);
      expect(await store.suppressions.add(site, entries)).toBe(5);
      expect(await store.suppressions.add(site, entries)).toBe(0);
      expect(
        await store.suppressions.add(site, [named, { ...named, since: '2026-11-23T10:00:00.000Z' }]),
        'one of an event',
      ).toBe(1);
      expect(await store.suppressions.add(site, [{ ...first, since: '2026-11-23T10:00:00.000Z' }]), 'a later no').toBe(1);
      const told = async (id: string) =>
        (await store.webhooks.messages(site, id, 0, 9)).map(({ type, subject }) => [type, subject]);
      expect(await told('told')).toEqual(Array.from({ length: 4 }, () => ['suppression.added', hash('a')]));
      expect(await told('quiet')).toEqual([]);
      const all = await store.suppressions.after(site, 0, 99);
      expect(all.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect([await store.suppressions.last(site), await store.suppressions.last(other)]).toEqual([8, 0]);
      expect(await store.suppressions.after(site, 6, 1)).toMatchObject([{ number: 7, sender: 'acme', event: EVENT }]);
    });
  });
}
