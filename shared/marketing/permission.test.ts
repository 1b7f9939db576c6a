import { describe, expect, it } from 'vitest';

import type { ConsentEvent, PurposeState } from '../consent/event.ts';
import { CHANNELS } from '../notice/schema.ts';
import type { Ground } from './ground.ts';
import { mayProfile, permission, type Contact, type Rules } from './permission.ts';
import {
  ACTIVITY,
  attestedSaid,
  channelsOf,
  confirmationOf,
  eventSaid,
  HASH,
  idOf,
  NEWSLETTER,
  NOW,
  RULES,
  SOFT_OPT_IN,
  type EventParts,
} from './said.fixture.ts';
import type { Said } from './word.ts';
import { stopDirectMarketing, type Sending, type Suppression } from './suppression.ts';

const HOUR = 3_600_000;
const may = (contact: Partial<Contact>, rules: Partial<Rules> = {}, sending: Sending = NEWSLETTER) =>
  permission({ said: [], suppressions: [], grounds: [], ...contact }, sending, { ...RULES, ...rules });
const says = (state: PurposeState, parts: Partial<EventParts> = {}, event: Partial<ConsentEvent> = {}) =>
  eventSaid({ number: 1, at: NOW - 5 * HOUR, ...parts }, { channels: channelsOf(NEWSLETTER, state), ...event });
const ground = (more: Partial<Ground> = {}): Ground => ({
  reason: 'soft_opt_in',
  ...NEWSLETTER,
  since: '2026-05-01',
  evidence: SOFT_OPT_IN,
  ...more,
});
const stopped: Suppression = {
  key: HASH,
  ...NEWSLETTER,
  since: new Date(NOW - 4 * HOUR).toISOString(),
  reason: 'unsubscribe',
  event: idOf(90),
};

describe('permission', () => {
  it('without any reason, or with one that is not stated, nothing is permitted', () => {
    expect(may({})).toEqual({ may: false, why: 'not_stated', since: null });
    expect(may({ grounds: [ground({ reason: 'not_stated', evidence: null })] })).toMatchObject({ may: false, why: 'not_stated' });
  });

  it('a consent permits its channel and its sender, since its event and with it as proof', () => {
    const said = [says('given')];
    expect(may({ said })).toEqual({
      may: true,
      reason: 'consent',
      since: new Date(NOW - 5 * HOUR).toISOString(),
      proof: { kind: 'event', id: idOf(1), hash: said[0]?.stored.hash, shown: HASH, confirmation: null },
    });
  });

  it('a confirmation from a mailbox lifts a no of a number only where the same page said it', () => {
    const sms: Sending = { channel: 'sms', sender: 'acme' };
    const mine = { kind: 'reference', reference: 'contact/mine' } as const;
    const no = (about?: typeof mine) =>
      attestedSaid(
        { number: 1, at: NOW - 5 * HOUR },
        { medium: 'server', attested: { channels: channelsOf(sms, 'withdrawn') }, ...(about && { about }) },
      );
    const yes = attestedSaid(
      { number: 2, at: NOW - 4 * HOUR },
      { about: mine, medium: 'server', presentation: HASH, attested: { channels: channelsOf(sms, 'given') } },
    );
    const confirmed = (by: string) =>
      attestedSaid(
        { number: 3, at: NOW - 3 * HOUR },
        { about: mine, by, medium: 'double_opt_in', follows: yes.hash, attested: { channels: channelsOf(sms, 'given') } },
      );
    const confirmation = confirmed('service');
    const answering = ['email'] as const;
    expect(may({ said: [no(), yes, confirmation] }, { answering }, sms)).toMatchObject({ may: false, why: 'ended' });
    expect(may({ said: [no(mine), yes, confirmation] }, { answering }, sms)).toMatchObject({ may: true });
    expect(may({ said: [no(), yes, confirmation] }, { answering: ['sms'] }, sms)).toMatchObject({ may: true });
    expect(
      may({ said: [no(), yes, confirmed('0199-key')] }, { answering: ['sms'] }, sms),
      'an operator who enters the yes and its confirmation',
    ).toMatchObject({ may: false, why: 'ended' });
    expect(may({ said: [yes] }, { answering }, sms), 'said by a link alone').toMatchObject({ may: false, why: 'unconfirmed' });
  });

  it('a consent to one channel of one sender is none to another', () => {
    const said = [says('given')];
    for (const channel of CHANNELS) expect(may({ said }, {}, { channel, sender: 'acme' }).may).toBe(channel === 'email');
    expect(may({ said }, {}, { channel: 'email', sender: 'partner' }).may).toBe(false);
  });

  it('a consent of which nobody knows what was shown is not permitted', () => {
    const byPhone = attestedSaid(
      { number: 2, at: NOW - HOUR },
      { medium: 'telephone', notice: null, attested: { channels: channelsOf(NEWSLETTER, 'given') } },
    );
    expect(may({ said: [byPhone] })).toMatchObject({ may: false, why: 'evidence_missing' });
    expect(may({ said: [says('given', {}, { presentation: null })] })).toMatchObject({ may: false, why: 'evidence_missing' });
  });

  it('a ground permits with all its evidence, and names what is missing without', () => {
    expect(may({ grounds: [ground()] })).toMatchObject({
      may: true,
      reason: 'soft_opt_in',
      since: '2026-05-01',
      proof: SOFT_OPT_IN,
    });
    const { sale: _, ...rest } = SOFT_OPT_IN;
    const answer = may({ grounds: [ground({ evidence: rest })] });
    expect(answer).toMatchObject({ may: false, why: 'evidence_missing' });
    expect(answer).toHaveProperty('missing', [expect.stringMatching(/^sale: /)]);
  });

  it('a consent permits a live call without a look at the register, and an automated one', () => {
    for (const channel of ['live_call', 'auto_call'] as const) {
      const sending = { channel, sender: 'acme' };
      const said = [says('given', {}, { channels: channelsOf(sending, 'given') })];
      expect(may({ said }, {}, sending)).toMatchObject({ may: true, reason: 'consent' });
    }
  });

  it('R39 an opt-out box left unticked is no consent, and ticked it stops the channel', () => {
    expect(may({ said: [says('not_objected')] })).toMatchObject({ may: false, why: 'not_stated' });
    expect(may({ said: [says('not_objected')], grounds: [ground()] })).toMatchObject({ may: true, reason: 'soft_opt_in' });
    expect(may({ said: [says('objected')], grounds: [ground()] })).toMatchObject({ may: false, why: 'ended' });
  });

  it('R46 a refusal by the extension ends a consent; what is given by it, by accepting all or by an import of choices is none', () => {
    for (const method of ['extension', 'accept_all', 'import'] as const)
      expect(may({ said: [says('given', {}, { method })] }), method).toMatchObject({ may: false, why: 'not_stated' });
    const first = says('given');
    const refusal = says('refused', { number: 2, seq: 2, prev: first.stored.hash }, { method: 'extension', gpc: true });
    expect(may({ said: [first, refusal] })).toMatchObject({ may: false, why: 'ended' });
  });

  it('an unticked box takes no consent back, and stands against every other ground', () => {
    const unticked = says('refused', { number: 2, subject: 'T', at: NOW - HOUR });
    expect(may({ said: [says('given'), unticked] })).toMatchObject({ may: true, reason: 'consent' });
    expect(may({ said: [unticked], grounds: [ground()] })).toMatchObject({ may: false, why: 'declined' });
  });

  it('a consent that the sender asks to be confirmed permits nothing before that, and no other ground fills in', () => {
    const asked = { confirmed: [{ from: NOW, channels: ['email'] as const }] };
    const said = says('given');
    expect(may({ said: [said], grounds: [ground()] }, asked)).toMatchObject({ may: false, why: 'unconfirmed' });
    expect(may({ said: [confirmationOf(said, NEWSLETTER, 2, NOW)] }, asked).may).toBe(false);
    expect(may({ said: [said, confirmationOf(said, NEWSLETTER, 2, NOW)] }, asked)).toMatchObject({
      may: true,
      since: new Date(NOW).toISOString(),
      proof: { confirmation: idOf(2) },
    });
  });

  it('what held when a yes was given decides whether it waits: switched off it counts no more than before, switched on no less', () => {
    const always = (...channels: ('email' | 'sms')[]) => ({ from: NOW - 9 * HOUR, channels });
    const since = (hours: number, ...channels: ('email' | 'sms')[]) => ({ from: NOW - hours * HOUR, channels });
    const said = [says('given')];
    const waits = { may: false, why: 'unconfirmed' };
    expect(may({ said }, { confirmed: [always('email'), since(4)] }), 'switched off behind it').toMatchObject(waits);
    expect(may({ said }, { confirmed: [always(), since(6, 'email'), since(4)] }), 'on for a while').toMatchObject(waits);
    expect(may({ said }, { confirmed: [always(), since(4, 'email')] }), 'switched on behind it').toMatchObject({ may: true });
    expect(may({ said }, { confirmed: [always('email'), since(6)] }), 'switched off before it').toMatchObject({ may: true });
    expect(may({ said }, { confirmed: [always('sms'), since(4, 'sms')] }), 'another channel').toMatchObject({ may: true });
    const late = [says('given', { received: { at: NOW, skew: 0 } })];
    expect(may({ said: late }, { confirmed: [always('email'), since(4)] }), 'it came later').toMatchObject(waits);
    expect(may({ said: late }, { confirmed: [always(), since(4, 'email')] }), 'asked when it came').toMatchObject(waits);
    const confirmed = [...said, confirmationOf(said[0] as Said & { kind: 'event' }, NEWSLETTER, 2, NOW)];
    expect(may({ said: confirmed }, { confirmed: [always('email'), since(4)] })).toMatchObject({ may: true });
  });

  it('the order of one key is its numbers, whatever its clock says', () => {
    const first = says('withdrawn', { at: NOW }, { method: 'withdraw' });
    const second = says('given', { number: 2, seq: 2, prev: first.stored.hash, at: NOW - 9 * HOUR });
    expect(may({ said: [second, first] })).toMatchObject({ may: true });
    const third = says('withdrawn', { number: 3, seq: 3, prev: second.stored.hash, at: NOW - 20 * HOUR }, { method: 'withdraw' });
    expect(may({ said: [third, first, second] })).toMatchObject({ may: false, why: 'ended' });
  });

  it('where a key was cloned, a no on either branch holds, also behind a gap', () => {
    const first = says('given');
    const no = says('withdrawn', { number: 2, seq: 2, prev: first.stored.hash }, { method: 'withdraw' });
    const yes = says('given', { number: 3, seq: 3, prev: 'another second event', at: NOW });
    expect(may({ said: [first, no, yes] }).may).toBe(false);
    const later = says('given', { number: 4, seq: 5, prev: 'an event on its way', at: NOW });
    expect(may({ said: [first, no, later] }).may).toBe(true);
  });

  it('R45 only the person lifts a suppression: by confirming what they said later', () => {
    const suppressions = [stopped];
    const typed = says('given', { at: NOW - HOUR });
    const earlier = says('given', { at: NOW - 6 * HOUR });
    const onPaper = attestedSaid({ number: 5, at: NOW }, { attested: { channels: channelsOf(NEWSLETTER, 'given') } });
    const imported = attestedSaid(
      { number: 6, at: NOW },
      { medium: 'import', attested: { channels: channelsOf(NEWSLETTER, 'given') } },
    );
    const parent = says('given', { at: NOW - HOUR }, { actor: 'parent' });
    for (const said of [
      [typed],
      [earlier, confirmationOf(earlier, NEWSLETTER, 2, NOW)],
      [onPaper],
      [imported],
      [parent, confirmationOf(parent, NEWSLETTER, 2, NOW)],
    ])
      expect(may({ said, suppressions, grounds: [ground()] })).toMatchObject({ may: false, why: 'suppressed' });
    expect(may({ said: [typed, confirmationOf(typed, NEWSLETTER, 2, NOW)], suppressions })).toMatchObject({ may: true });
  });

  it('R42 an objection to direct marketing ends every channel, every sender, every ground and profiling', () => {
    const post = ground({ reason: 'no_pecr_rule', channel: 'post', evidence: ACTIVITY });
    const contact: Contact = { said: [says('given')], suppressions: [], grounds: [ground(), post] };
    const objection = says('objected', { number: 2, at: NOW - HOUR, subject: 'T' }, { method: 'object' });
    const sendings = CHANNELS.flatMap((channel) => ['acme', 'partner'].map((sender) => ({ channel, sender })));
    expect(sendings.filter((sending) => may(contact, {}, sending).may)).toHaveLength(2);
    expect(mayProfile(contact, RULES)).toBe(true);
    for (const ended of [
      { ...contact, said: [...contact.said, objection] },
      { ...contact, suppressions: stopDirectMarketing(HASH, new Date(NOW).toISOString(), null) },
    ]) {
      expect(sendings.filter((sending) => may(ended, {}, sending).may)).toEqual([]);
      expect(mayProfile(ended, RULES)).toBe(false);
    }
  });

  it('who objected and later opts in to one channel gets that one, and is still not profiled', () => {
    const suppressions = stopDirectMarketing(HASH, stopped.since, null);
    const later = says('given', { at: NOW - HOUR });
    const said = [later, confirmationOf(later, NEWSLETTER, 2, NOW)];
    const permitted = CHANNELS.filter((channel) => may({ said, suppressions }, {}, { channel, sender: 'acme' }).may);
    expect(permitted).toEqual(['email']);
    expect(mayProfile({ said, suppressions }, RULES)).toBe(false);
  });
});
