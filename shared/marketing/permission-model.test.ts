// Whatever happens, in whatever order it arrives: nobody is written to who last said no. The model keeps, by the true order of
// what people did, only who said what last; the code under test sees what arrived.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { CHANNELS, type Channel } from '../notice/schema.ts';
import type { ConfirmedFrom } from './confirmed.ts';
import { suppressionsFrom } from './ending.ts';
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
  NOW,
  RULES,
  SOFT_OPT_IN,
  type EventParts,
} from './said.fixture.ts';
import { screen, stopDirectMarketing, type Sending, type Suppression } from './suppression.ts';
import type { Said } from './word.ts';

const RUNS = Math.max(2000, fc.readConfigureGlobal().numRuns ?? 0);
const SEED = Date.now() & 0x7fffffff;
const MINUTE = 60_000;
const START = NOW - 1000 * MINUTE;
const SENDINGS: Sending[] = (['email', 'sms', 'live_call', 'post'] as const).flatMap((channel) =>
  ['acme', 'partner'].map((sender) => ({ channel, sender })),
);
const nameOf = ({ channel, sender }: Sending): string => `${channel} ${sender}`;

const sending = fc.constantFrom(...SENDINGS);
/** Minutes by which the clock of a browser is wrong, and that it takes until the service has the event. */
const device = fc.record({
  device: fc.constantFrom<'phone' | 'laptop' | 'tablet'>('phone', 'laptop'),
  wrong: fc.constantFrom(0, 0, -500, 500),
  delay: fc.nat({ max: 40 }),
  // Whether the clock was put right before it was sent: then nothing tells how wrong it was.
  corrected: fc.boolean(),
  /** By how many events the copy of the browser's profile is behind that speaks. */
  behind: fc.constantFrom(0, 0, 0, 1, 2),
});
const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('opt_in' as const), sending, on: device, confirmed: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave_unticked' as const), sending, on: device }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('confirm_old' as const), which: fc.nat({ max: 20 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('stop' as const), sending, on: device }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('unsubscribe' as const), sending }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('object_to_all' as const), on: fc.option(device) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('import' as const), sending }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('erase' as const) }) },
  // The sender begins to ask for confirmations, or leaves off.
  { weight: 2, arbitrary: fc.record({ does: fc.constant('switch' as const), channels: fc.subarray([...CHANNELS]) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('stranger' as const), sending, on: device }) },
);
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never;
type Device = typeof device extends fc.Arbitrary<infer One> ? One : never;

class World {
  said: Said[] = [];
  erased: Said[] = [];
  suppressions: Suppression[] = [];
  grounds: Ground[] = [];
  /** Who said what last, by sending; the truth. */
  readonly last = new Map<string, 'yes' | 'no'>();
  objected = false;
  readonly asked: ConfirmedFrom[];
  /** Ids of what was said yes to while a confirmation was asked for, and of which of them it came; the truth. */
  readonly waiting = new Set<string>();
  readonly confirmed = new Set<string>();
  private readonly optIns: { said: Said & { kind: 'event' }; sending: Sending }[] = [];
  private readonly lines = new Map<string, { seq: number; hash: string }[]>();
  private number = 0;
  now = START;
  private erasures = 0;

  constructor(asked: readonly Channel[]) {
    this.asked = [{ from: START, channels: asked }];
  }

  private isAsked(channel: Channel): boolean {
    return this.asked.at(-1)?.channels.includes(channel) ?? false;
  }

  /** One event of a key, as it reaches the service. A yes of a wrong clock keeps it until it is sent. */
  private signed(on: Device, event: Parameters<typeof eventSaid>[1], own = true): Said & { kind: 'event' } {
    const subject = own ? `${on.device} ${this.erasures}` : `stranger ${this.number}`;
    const line = this.lines.get(subject) ?? [];
    const head = line[line.length - 1 - on.behind];
    const receivedAt = this.now + on.delay * MINUTE;
    const grants = event.method === 'form';
    const skew = on.corrected && !grants ? 0 : -on.wrong * MINUTE;
    const parts: EventParts = {
      number: ++this.number,
      subject,
      seq: (head?.seq ?? 0) + 1,
      prev: head?.hash ?? null,
      at: this.now + on.wrong * MINUTE,
      received: { at: receivedAt, skew },
    };
    const said = eventSaid(parts, event);
    this.lines.set(subject, [...line, { seq: parts.seq ?? 1, hash: said.stored.hash }]);
    return said;
  }

  private arrives(said: Said): void {
    this.said.push(said);
    this.suppressions.push(...suppressionsFrom(said, HASH, RULES));
  }

  private saidNo(sendings: readonly Sending[]): void {
    for (const one of sendings) this.last.set(nameOf(one), 'no');
  }

  private confirms({ said, sending: what }: { said: Said & { kind: 'event' }; sending: Sending }): void {
    this.arrives(confirmationOf(said, what, ++this.number, this.now + 50 * MINUTE));
    this.confirmed.add(said.stored.event.id);
  }

  optIn(what: Sending, on: Device, confirmed: boolean): void {
    const said = this.signed(on, { method: 'form', channels: channelsOf(what, 'given') });
    this.arrives(said);
    this.optIns.push({ said, sending: what });
    if (this.isAsked(what.channel)) this.waiting.add(said.stored.event.id);
    this.last.set(nameOf(what), 'yes');
    if (confirmed) this.confirms({ said, sending: what });
  }

  private import(what: Sending): void {
    const claims: Ground[] = [
      { reason: 'soft_opt_in', ...what, since: '2026-05-01', evidence: SOFT_OPT_IN },
      { reason: 'no_pecr_rule', ...what, since: '2026-05-01', evidence: ACTIVITY },
    ];
    // An operator who leaves the check out is held by the fold all the same.
    this.grounds.push(...claims);
    if (this.isAsked(what.channel)) this.waiting.add(idOf(this.number + 1));
    this.arrives(
      attestedSaid(
        { number: ++this.number, at: this.now },
        { medium: 'import', attested: { channels: channelsOf(what, 'given') } },
      ),
    );
  }

  private erase(): void {
    this.erased.push(...this.said);
    this.said = [];
    this.grounds = [];
    this.erasures += 1;
  }

  private object(on: Device | null): void {
    if (on) this.arrives(this.signed(on, { method: 'object', purposes: { marketing: 'objected' } }));
    else this.suppressions.push(...stopDirectMarketing(HASH, new Date(this.now).toISOString(), null));
    this.saidNo(SENDINGS);
    this.objected = true;
  }

  perform(one: Action): void {
    this.now += MINUTE;
    switch (one.does) {
      case 'opt_in':
        return this.optIn(one.sending, one.on, one.confirmed);
      case 'leave_unticked':
        return this.arrives(this.signed(one.on, { method: 'form', channels: channelsOf(one.sending, 'refused') }));
      case 'confirm_old': {
        const optIn = this.optIns[one.which % Math.max(this.optIns.length, 1)];
        return optIn && this.confirms(optIn);
      }
      case 'stop':
        this.arrives(this.signed(one.on, { method: 'withdraw', channels: channelsOf(one.sending, 'withdrawn') }));
        return this.saidNo([one.sending]);
      case 'unsubscribe':
        this.arrives(
          attestedSaid(
            { number: ++this.number, at: this.now },
            { medium: 'one_click_unsubscribe', attested: { channels: channelsOf(one.sending, 'withdrawn') } },
          ),
        );
        return this.saidNo([one.sending]);
      case 'object_to_all':
        return this.object(one.on);
      case 'import':
        return this.import(one.sending);
      case 'erase':
        return this.erase();
      case 'switch':
        return void this.asked.push({ from: this.now, channels: one.channels });
      case 'stranger': {
        const said = this.signed(one.on, { method: 'form', channels: channelsOf(one.sending, 'given') }, false);
        if (this.isAsked(one.sending.channel)) this.waiting.add(said.stored.event.id);
        return this.arrives(said);
      }
    }
  }
}

const worldOf = (actions: readonly Action[], asked: readonly Channel[] = []): World => {
  const world = new World(asked);
  for (const one of actions) world.perform(one);
  return world;
};
const rulesOf = ({ asked }: World): Rules => ({ ...RULES, confirmed: asked });
const contactOf = ({ said, suppressions, grounds }: World): Contact => ({ said, suppressions, grounds });
/** In another order, with some of it twice. */
const disturbed = (contact: Contact, order: readonly number[]): Contact => {
  const shuffle = <T>(list: readonly T[]): T[] =>
    [...list, ...list.filter((_, index) => (order[index % order.length] ?? 0) % 3 === 0)]
      .map((one, index): [number, T] => [(order[(index * 7) % order.length] ?? 0) * 31 + ((index * 17) % 29), one])
      .toSorted(([a], [b]) => a - b)
      .map(([, one]) => one);
  return { said: shuffle(contact.said), suppressions: shuffle(contact.suppressions), grounds: shuffle(contact.grounds) };
};

const actions = fc.array(action, { minLength: 1, maxLength: 14 });
const confirmed = fc.subarray([...CHANNELS]);
const order = fc.array(fc.nat({ max: 97 }), { minLength: 5, maxLength: 20 });

describe('the model of permissions', () => {
  it('nobody is permitted to be written to who last said no, or never confirmed what was to be', () => {
    const seen = { no: 0, permitted: 0, waiting: 0 };
    console.info(`permission model: seed ${SEED}, ${RUNS} runs`);
    fc.assert(
      fc.property(actions, confirmed, order, fc.boolean(), (done, asked, mixed, comeBack) => {
        const world = worldOf(done, asked);
        // What was erased comes in again from somewhere: a backup, a browser that sends late.
        if (comeBack) world.said = [...world.said, ...world.erased];
        const contact = disturbed(contactOf(world), mixed);
        const answersFor = (about: Contact) => SENDINGS.map((one) => permission(about, one, rulesOf(world)));
        const answers = answersFor(contact);
        expect(JSON.stringify(answers)).toBe(JSON.stringify(answersFor(contactOf(world))));
        for (const [index, answer] of answers.entries()) {
          const one = SENDINGS[index] as Sending;
          if (answer.may) seen.permitted += 1;
          if (!answer.may && answer.why === 'unconfirmed') seen.waiting += 1;
          if (answer.may && answer.reason === 'consent') {
            const { id } = answer.proof;
            if (world.waiting.has(id) && !world.confirmed.has(id)) expect.fail(`${nameOf(one)} is permitted unconfirmed`);
          }
          if (world.last.get(nameOf(one)) !== 'no') continue;
          seen.no += 1;
          if (answer.may) expect.fail(`${nameOf(one)} is permitted`);
        }
        if (world.objected) expect(mayProfile(contact, RULES)).toBe(false);
      }),
      { seed: SEED, numRuns: RUNS },
    );
    expect(seen.no, 'the model said no').toBeGreaterThan(RUNS);
    expect(seen.permitted, 'something was permitted').toBeGreaterThan(RUNS / 4);
    expect(seen.waiting, 'something waited').toBeGreaterThan(RUNS / 4);
  });

  it('an import drops and reports every address whose owner last said no', () => {
    fc.assert(
      fc.property(actions, (done) => {
        const world = worldOf(done);
        const { kept, dropped } = screen(SENDINGS, () => world.suppressions);
        expect(kept.filter((one) => world.last.get(nameOf(one)) === 'no')).toEqual([]);
        expect(kept.length + dropped.length).toBe(SENDINGS.length);
      }),
      { seed: SEED, numRuns: RUNS / 4 },
    );
  });

  it('who opts in again and confirms is permitted again, whatever was before', () => {
    fc.assert(
      fc.property(actions, sending, confirmed, order, (done, what, asked, mixed) => {
        const world = worldOf(done, asked);
        // After everything has arrived.
        world.now += 60 * MINUTE;
        world.optIn(what, { device: 'tablet', wrong: 0, delay: 0, corrected: false, behind: 0 }, true);
        expect(permission(disturbed(contactOf(world), mixed), what, rulesOf(world))).toMatchObject({
          may: true,
          reason: 'consent',
        });
      }),
      { seed: SEED, numRuns: RUNS / 4 },
    );
  });
});
