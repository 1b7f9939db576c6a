// The part of the store contract about mails about messages, run by each engine.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { sha256 } from '../verifier.ts';
import type { OpenStore } from './contract.ts';
import type { ChoicesMail, ConfirmationMail } from './marketing-mail.ts';
import type { Site, Store } from './store.ts';

const bytes = (text: string): Uint8Array => sha256(utf8(text));
const hash = (text: string): string => toBase64Url(bytes(text));

const confirmation = (id: string, change: Partial<ConfirmationMail> = {}): ConfirmationMail => ({
  kind: 'confirmation',
  id,
  key: hash('pat'),
  language: 'en',
  createdAt: 1000,
  until: 9000,
  token: bytes(`token of ${id}`),
  contact: 'a contact',
  subject: hash('subject'),
  event: hash('event'),
  asked: { newsletter: { shop: { email: 'given' } } },
  ...change,
});
const choices = (id: string): ChoicesMail => ({
  kind: 'choices',
  id,
  key: hash('pat'),
  language: 'de',
  createdAt: 1001,
  until: 5000,
  wrapped: utf8('wrapped'),
  sealed: utf8('sealed'),
});

export function marketingMailContract(engine: string, open: () => Promise<OpenStore>): void {
  describe(`mails about messages on ${engine}`, () => {
    let opened: OpenStore;
    let store: Store;
    let site: Site;
    let other: Site;
    const publish = (id: string) =>
      store.publish({ id, name: id, log: `consent.example/${id}`, origins: [`https://${id}.example`] }, [
        { hash: hash(id), kind: 'configuration', body: `{"id":"${id}"}`, publishedAt: 1 },
      ]);
    const add = (mail: ConfirmationMail, where = site) =>
      store.write(where, (transaction) => transaction.addConfirmationMail(mail));
    const claim = (now: number, until = now + 100) => store.marketingMail.claim(site, { now, until, limit: 10 });

    beforeEach(async () => {
      opened = await open();
      store = opened.store;
      [site, other] = [await publish('one'), await publish('two')];
    });
    afterEach(() => opened.destroy());

    it('keeps a mail as it was given, once, on its own site only', async () => {
      await add(confirmation('a'));
      await add(confirmation('a', { createdAt: 5, contact: 'another' }));
      await store.marketingMail.add(site, choices('b'));
      await add(confirmation('a', { contact: 'of the other site' }), other);
      const claimed = await claim(2000);
      expect(claimed.map((mail) => [mail.id, mail.kind, mail.attempts])).toEqual([
        ['a', 'confirmation', 0],
        ['b', 'choices', 0],
      ]);
      const [first] = claimed;
      expect(first).toMatchObject({ ...confirmation('a'), token: expect.anything() as Uint8Array });
      expect(await store.marketingMail.waiting(site)).toBe(2);
      await store.marketingMail.ended(site, 'b', { state: 'dropped' });
      expect(await store.marketingMail.statesOf(site, ['a', 'b', 'c'])).toEqual(
        new Map([
          ['a', 'sending'],
          ['b', 'dropped'],
        ]),
      );
      expect(await store.marketingMail.statesOf(other, ['a', 'b'])).toEqual(new Map([['a', 'due']]));
    });

    it('is gone with the transaction that it was written in', async () => {
      const broken = store.write(site, async (transaction) => {
        await transaction.addConfirmationMail(confirmation('a'));
        throw new Error('no commit');
      });
      await expect(broken).rejects.toThrow('no commit');
      expect(await claim(2000)).toEqual([]);
    });

    it('is lent to one process, and to another when that one never handed it over; what was handed is sent by nobody again', async () => {
      await add(confirmation('a'));
      const both = await Promise.all([claim(2000), claim(2000)]);
      expect(both.flat()).toHaveLength(1);
      expect([await claim(2099), (await claim(2100, 2300)).length]).toEqual([[], 1]);
      expect(await store.marketingMail.handed(site, 'a', 2100), 'the first lost it').toBe(false);
      expect(await store.marketingMail.handed(other, 'a', 2300)).toBe(false);
      expect(await store.marketingMail.handed(site, 'a', 2300)).toBe(true);
      expect([await claim(9_000_000), await store.marketingMail.waiting(site)]).toEqual([[], 0]);
    });

    it('waits for its next attempt, counts those that failed, and forgets the address at its end', async () => {
      const pat = { key: hash('pat'), kind: 'choices' as const };
      await store.marketingMail.add(site, choices('b'));
      await claim(2000);
      await store.marketingMail.ended(site, 'b', { state: 'due', dueAt: 3000 });
      expect(await claim(2999)).toEqual([]);
      expect(await claim(3000)).toMatchObject([{ id: 'b', attempts: 1 }]);
      expect(await store.marketingMail.sentSince(site, pat, 0)).toBe(0);
      await store.marketingMail.ended(site, 'b', { state: 'sent' });
      expect(await store.marketingMail.sentSince(site, pat, 1001)).toBe(1);
      expect(await store.marketingMail.sentSince(site, pat, 1002)).toBe(0);
      expect(await store.marketingMail.sentSince(site, { ...pat, kind: 'confirmation' }, 0), 'another kind').toBe(0);
      expect(await store.marketingMail.sentSince(other, pat, 0)).toBe(0);
      expect([await store.marketingMail.purge(site, 5000), await store.marketingMail.purge(site, 5001)]).toEqual([0, 1]);
    });

    it('a token is used once, in its time, on its own site', async () => {
      const { token } = confirmation('a');
      await add(confirmation('a'));
      const use = (where: Site, now: number) => store.write(where, (transaction) => transaction.useMailToken(token, now));
      expect([await use(other, 2000), await use(site, 9000)]).toEqual([null, null]);
      expect(await store.marketingMail.byToken(site, token, 8999)).toMatchObject({ id: 'a', event: hash('event') });
      const used = await Promise.all([use(site, 2000), use(site, 2000)]);
      expect(used.filter((mail) => mail?.contact === 'a contact')).toHaveLength(1);
      expect(await store.marketingMail.byToken(site, token, 3000)).toBeNull();
    });

    it('what mails hold of a contact goes with it, and so does what they were to confirm of a browser; the address is not written to more often', async () => {
      const contact = 'c'.repeat(32);
      const kept = 'd'.repeat(32);
      const made = { kind: 'email' as const, wrapped: utf8('key'), seal: () => utf8('address') };
      await store.contacts.remember(site, [
        { id: contact, keys: [hash('pat')], ...made },
        { id: kept, keys: [hash('kim')], ...made },
      ]);
      await add(confirmation('a', { contact, createdAt: 999 }));
      await store.marketingMail.add(site, choices('b'));
      await add(confirmation('k', { contact: kept, key: hash('kim'), token: bytes('k') }));
      await store.marketingMail.bounce(site, { key: hash('pat'), at: 1, status: '5.1.1' });
      await claim(999, 9999);
      await store.marketingMail.handed(site, 'a', 9999);
      await store.contacts.erase(site, contact, 2000);
      expect(await store.marketingMail.byToken(site, confirmation('a').token, 2000)).toBeNull();
      expect(await store.marketingMail.bouncesOf(site, [hash('pat')])).toEqual([]);
      expect(await store.marketingMail.statesOf(site, ['a', 'b', 'k'])).toEqual(
        new Map([
          ['a', 'handed'],
          ['b', 'dropped'],
          ['k', 'due'],
        ]),
      );
      expect(await store.marketingMail.sentSince(site, { key: hash('pat'), kind: 'confirmation' }, 0)).toBe(1);

      const [event, subject] = ['01990000-0000-7000-8000-000000000001', hash('subject')];
      await store.contacts.mention(site, [{ contact: kept, subject, event, at: 1 }]);
      await store.contacts.state(site, { contact: kept, at: 1, actor: 'key', sealed: utf8('a statement') });
      await store.write(site, (transaction) => transaction.forgetContactsOf([subject], () => subject, 3000));
      expect(await store.contacts.get(site, kept)).not.toBeNull();
      expect(await store.marketingMail.byToken(site, bytes('k'), 3000)).toBeNull();
    });

    it('knows which addresses take no mail, by the newest report', async () => {
      await store.marketingMail.bounce(site, { key: hash('pat'), at: 1, status: '5.1.1' });
      await store.marketingMail.bounce(site, { key: hash('pat'), at: 2, status: '5.2.1' });
      const bounced = { key: hash('pat'), at: 2, status: '5.2.1' };
      expect(await store.marketingMail.bouncesOf(site, [hash('pat'), hash('ada')])).toEqual([bounced]);
      expect(await store.marketingMail.bouncesOf(site, [])).toEqual([]);
      expect(await store.marketingMail.bouncesOf(other, [hash('pat')])).toEqual([]);
    });
  });
}
