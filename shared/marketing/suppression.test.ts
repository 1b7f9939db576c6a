import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { CHANNELS } from '../notice/schema.ts';
import { NEVER, possibleActions, REQUEST_STATES } from '../rights/request.ts';
import { normaliseAddress } from './address.ts';
import { suppressionsFrom } from './ending.ts';
import { attestedSaid, channelsOf, eventSaid, HASH, idOf, NEWSLETTER, NOW, RULES } from './said.fixture.ts';
import { screen, stopDirectMarketing, Suppression, suppressionKeyText } from './suppression.ts';

const SINCE = '2026-11-22T12:00:00.000Z';
const entry: Suppression = { key: HASH, ...NEWSLETTER, since: SINCE, reason: 'withdrawal', event: idOf(1) };

describe('the suppression list', () => {
  it('R43 an entry holds key, channel, sender, date, reason and event id, and nothing else', () => {
    expect(Object.keys(Suppression.entries)).toEqual(['key', 'channel', 'sender', 'since', 'reason', 'event']);
    expect(v.is(Suppression, entry)).toBe(true);
    for (const more of [{ email: 'ada@example.org' }, { note: 'rang twice' }, { name: 'Ada' }])
      expect(v.is(Suppression, { ...entry, ...more })).toBe(false);
    expect(v.is(Suppression, { ...entry, key: 'ada@example.org' })).toBe(false);
    expect(v.is(Suppression, { ...entry, event: 'asked by ada@example.org' })).toBe(false);
  });

  it('R44 the text under the key names site, version and kind; the first version is what was always hashed', () => {
    expect(normaliseAddress('email', ' Ada@Example.org ').map((one) => suppressionKeyText('shop', one))).toEqual([
      'shop\n2 email\nada@example.org',
      'shop\nada@example.org',
    ]);
  });

  it('R45 a suppressed address of an import is dropped and reported, whatever the row claims', () => {
    const rows = [
      { line: 2, ...NEWSLETTER, consent: true },
      { line: 3, ...NEWSLETTER, sender: 'other' },
      { line: 4, ...NEWSLETTER, channel: 'sms' as const },
    ];
    const { kept, dropped } = screen(rows, () => [entry]);
    expect(kept.map(({ line }) => line)).toEqual([3, 4]);
    expect(dropped).toEqual([{ row: rows[0], ...NEWSLETTER, since: SINCE, reason: 'withdrawal' }]);
    expect(screen(rows, () => stopDirectMarketing(HASH, SINCE, null)).kept).toEqual([]);
  });

  it('an objection to direct marketing stops every channel of every sender', () => {
    const entries = stopDirectMarketing(HASH, SINCE, idOf(1));
    expect(entries.map(({ channel }) => channel)).toEqual([...CHANNELS]);
    expect(entries.every(({ sender, reason }) => sender === null && reason === 'objection')).toBe(true);
    expect(entries.every((one) => v.is(Suppression, one))).toBe(true);
  });

  it('R42 no state of such an objection has a step that rejects or delays it', () => {
    for (const state of REQUEST_STATES) {
      const possible = possibleActions('direct_marketing_objection', state);
      expect(possible.filter((action) => ['refuse', 'extend', 'ask_identity', 'ask_fee'].includes(action))).toEqual([]);
    }
    expect(NEVER.direct_marketing_objection).toContain('refuse');
  });

  it('a stop of one channel puts that channel on the list, dated with the latest moment at which it can have been said', () => {
    const stop = { method: 'withdraw', channels: channelsOf(NEWSLETTER, 'withdrawn') } as const;
    const said = eventSaid({ number: 1, at: NOW - 60_000, received: { at: NOW, skew: 0 } }, stop);
    expect(suppressionsFrom(said, HASH, RULES)).toEqual([entry]);
    const byLink = attestedSaid(
      { number: 1, at: NOW },
      { medium: 'one_click_unsubscribe', attested: { channels: channelsOf(NEWSLETTER, 'withdrawn') } },
    );
    expect(suppressionsFrom(byLink, HASH, RULES)).toEqual([{ ...entry, reason: 'unsubscribe' }]);
  });

  it('an event that objects, by its act or by a marketing purpose, puts every channel on the list', () => {
    const byAct = eventSaid({ number: 1, at: NOW }, { method: 'object', channels: channelsOf(NEWSLETTER, 'objected') });
    const byPurpose = eventSaid({ number: 1, at: NOW }, { method: 'save_choices', purposes: { marketing: 'objected' } });
    for (const said of [byAct, byPurpose])
      expect(suppressionsFrom(said, HASH, RULES)).toEqual(stopDirectMarketing(HASH, SINCE, idOf(1)));
  });

  it('a box that was left unticked in a form puts nothing on the list', () => {
    const said = eventSaid({ number: 1, at: NOW }, { channels: channelsOf(NEWSLETTER, 'refused') });
    expect(suppressionsFrom(said, HASH, RULES)).toEqual([]);
  });
});
