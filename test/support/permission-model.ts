// Whatever a person, strangers and the operator do, in whatever order it arrives and however often: over the real store and the real
// write path, nobody is permitted to be written to who last said no. The model keeps, by the true order, only who said what last.
import fc from 'fast-check';
import { expect } from 'vitest';

import { newAttestation } from '../../server/attest/attest.ts';
import { contactReference, findContact } from '../../server/marketing/contacts.ts';
import { eraseContact } from '../../server/marketing/erase-contact.ts';
import { stateOf } from '../../server/marketing/grounds.ts';
import { objectToMarketing } from '../../server/marketing/objections.ts';
import { permissionsOf } from '../../server/marketing/permissions.ts';
import { eraseSubject } from '../../server/rights/erase.ts';
import { createSite } from '../../server/sites.ts';
import type { PostedContact } from '../../shared/api.ts';
import type { MEDIA } from '../../shared/consent/attestation.ts';
import type { ConsentEvent, PurposeState } from '../../shared/consent/event.ts';
import { MARKETING } from './marketing-site.ts';
import { ORIGIN, SERVICE_URL, type TestService } from './service.ts';
import { createSubject, type Subject } from './subject.ts';

const SENDERS = ['acme', 'careful'] as const;
type Sender = (typeof SENDERS)[number];
const sender = fc.constantFrom(...SENDERS);
const device = fc.constantFrom<'phone' | 'laptop'>('phone', 'laptop');
const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      does: fc.constant('opt_in' as const),
      sender,
      on: device,
      held: fc.nat({ max: 4 }),
      confirmed: fc.boolean(),
    }),
  },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('leave_unticked' as const), sender, on: device }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('confirm_old' as const), which: fc.nat({ max: 9 }) }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constant('stop' as const), sender, on: device }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('unsubscribe' as const), sender }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('object' as const), on: fc.option(device) }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('import' as const), sender }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('erase' as const), browsersToo: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('again' as const), which: fc.nat({ max: 30 }) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('stranger' as const), sender }) },
  // The owner publishes another configuration: who asks for confirmations, or that nobody does.
  { weight: 2, arbitrary: fc.record({ does: fc.constant('switch' as const), asking: fc.subarray([...SENDERS]) }) },
);
export type Action = typeof action extends fc.Arbitrary<infer One> ? One : never;
export const actions = fc.array(action, { minLength: 2, maxLength: 9 });

const SOFT_OPT_IN = {
  sale: { kind: 'sale', reference: 'order-17', on: '2026-05-01' },
  collectedDirectly: true,
  ownSimilarProducts: true,
  refusalAtCollection: { on: '2026-05-01', shown: 'A'.repeat(43) },
  refusalInEveryMessage: true,
};

const channels = (name: Sender, state: PurposeState): NonNullable<ConsentEvent['channels']> => ({
  newsletter: { [name]: { email: state } },
});

interface Seen {
  no: number;
  permitted: number;
  waiting: number;
}

interface Sent {
  jws: string;
  contacts: PostedContact[];
}

/** One person with one address; what they said last to each sender is the truth. */
class Person {
  readonly last = new Map<Sender, 'yes' | 'no'>();
  objected = false;
  /** Ids of what was said yes to while its sender asked for confirmations, and of which of them it came. */
  readonly waiting = new Set<string>();
  readonly confirmed = new Set<string>();
  private readonly service: TestService;
  private readonly address: string;
  private readonly devices = new Map<string, Subject>();
  /** Keys that named the address since they were last erased. */
  private readonly named = new Set<Subject>();
  private readonly optIns: { subject: Subject; event: ConsentEvent; sender: Sender }[] = [];
  private readonly sent: Sent[] = [];
  private held: { after: number; sent: Sent }[] = [];

  constructor(service: TestService, address: string) {
    this.service = service;
    this.address = address;
  }

  private get context() {
    return this.service.context.sites.get('example');
  }

  private async asks(name: Sender): Promise<boolean> {
    const { configuration } = await this.context;
    return configuration.marketing.some(({ senders }) => senders.some(({ id, doubleOptIn }) => id === name && doubleOptIn));
  }

  private async publish(asking: readonly Sender[]): Promise<void> {
    const [first] = MARKETING.configuration.marketing;
    const senders = SENDERS.map((id) => ({ id, name: id, doubleOptIn: asking.includes(id) }));
    await createSite(this.service.context.store, {
      site: 'example',
      origins: [ORIGIN],
      notices: MARKETING.notices,
      configuration: { ...MARKETING.configuration, marketing: [{ ...first, senders }] },
      publicUrl: SERVICE_URL,
    });
  }

  private async contact(): Promise<string | null> {
    const { site } = await this.context;
    return (await findContact(this.service.context, site, { channel: 'email', address: this.address }))?.id ?? null;
  }

  private async subjectOf(name: string): Promise<Subject> {
    const known = this.devices.get(name);
    if (known) return known;
    const fresh = await createSubject({ log: this.service.site.log, origin: ORIGIN });
    this.devices.set(name, fresh);
    return fresh;
  }

  private async deliver({ jws, contacts }: Sent): Promise<void> {
    await this.service.send([jws], { contacts });
  }

  /** With the address where a form asks for it, or where nothing else tells whose no it is. */
  private async says(subject: Subject, event: Partial<ConsentEvent>, { form, held = 0 }: { form: boolean; held?: number }) {
    const next = await subject.next({ purposes: {}, ...event });
    for (const name of SENDERS)
      if (event.channels?.['newsletter']?.[name]?.email === 'given' && (await this.asks(name))) this.waiting.add(next.event.id);
    const value = this.address;
    const contacts = form || !this.named.has(subject) ? [{ event: next.event.id, channel: 'email' as const, value }] : [];
    // Held back, another event of this browser may come first: then that one must bring the address.
    if (held === 0) this.named.add(subject);
    const sent = { jws: next.jws, contacts };
    this.sent.push(sent);
    if (held === 0) await this.deliver(sent);
    else this.held.push({ after: held, sent });
    return next.event;
  }

  private async attest(
    medium: (typeof MEDIA)[number],
    name: Sender,
    state: PurposeState,
    more: { subject?: string; follows?: string },
  ): Promise<void> {
    const known = await this.context;
    const id = await this.contact();
    if (id === null) return;
    const about = more.subject === undefined ? { reference: contactReference(id) } : more;
    const { store, attestations } = this.service.context;
    const choices = { purposes: {}, channels: channels(name, state) };
    const [notice] = known.published;
    const wanted = { ...about, medium, actor: 'self' as const, choices, ...(notice ? { notice: notice.hash } : {}) };
    const attestation = await newAttestation(store, known, wanted, { by: 'model', now: new Date() });
    if (medium === 'import' && (await this.asks(name))) this.waiting.add(attestation.id);
    await attestations.add(known.site, attestation, new Date(), { marketing: known.marketing, contacts: [id] });
  }

  private async confirm(which: number): Promise<void> {
    const optIn = this.optIns[which % Math.max(1, this.optIns.length)];
    if (!optIn) return;
    const { site } = await this.context;
    const { subject, event } = optIn;
    // Erased, or still on its way: nothing to confirm.
    if (!(await this.service.context.store.event(site, subject.id, event.id))) return;
    await this.attest('double_opt_in', optIn.sender, 'given', { subject: subject.id, follows: event.id });
    this.confirmed.add(event.id);
  }

  private async erase(browsersToo: boolean): Promise<void> {
    const { site } = await this.context;
    const id = await this.contact();
    if (id !== null) await eraseContact(this.service.context, site, id, new Date());
    this.named.clear();
    if (!browsersToo) return;
    for (const { id: subject } of this.devices.values())
      await eraseSubject(this.service.context, site, { subject, by: 'controller', at: new Date() });
    this.devices.clear();
  }

  private async import(name: Sender): Promise<void> {
    const statement = {
      says: 'ground' as const,
      reason: 'soft_opt_in' as const,
      channel: 'email' as const,
      sender: name,
      since: '2026-05-01',
      evidence: SOFT_OPT_IN,
    };
    await stateOf(this.service.context, await this.context, { address: this.address, channel: 'email', statement }, 'model');
    await this.attest('import', name, 'given', {});
  }

  private async perform(one: Action): Promise<void> {
    switch (one.does) {
      case 'opt_in': {
        const subject = await this.subjectOf(one.on);
        const event = await this.says(
          subject,
          { method: 'form', channels: channels(one.sender, 'given') },
          { form: true, held: one.held > 2 ? one.held - 2 : 0 },
        );
        this.optIns.push({ subject, event, sender: one.sender });
        this.last.set(one.sender, 'yes');
        if (one.confirmed) await this.confirm(this.optIns.length - 1);
        return;
      }
      case 'leave_unticked':
        await this.says(
          await this.subjectOf(one.on),
          { method: 'form', channels: channels(one.sender, 'refused') },
          { form: true },
        );
        return;
      case 'confirm_old':
        return this.confirm(one.which);
      case 'stop':
        await this.says(
          await this.subjectOf(one.on),
          { method: 'withdraw', channels: channels(one.sender, 'withdrawn') },
          { form: false },
        );
        this.last.set(one.sender, 'no');
        return;
      case 'unsubscribe':
        // The link stands in a message: who has none cannot follow it.
        if ((await this.contact()) === null) return;
        await this.attest('one_click_unsubscribe', one.sender, 'withdrawn', {});
        this.last.set(one.sender, 'no');
        return;
      case 'object':
        if (one.on) {
          const said = {
            method: 'object' as const,
            purposes: { offers: 'objected' as const },
            channels: channels('acme', 'objected'),
          };
          await this.says(await this.subjectOf(one.on), said, { form: false });
        } else
          await objectToMarketing(
            this.service.context,
            await this.context,
            { addresses: [{ channel: 'email', address: this.address }], contacts: [], medium: 'telephone' },
            'model',
          );
        for (const name of SENDERS) this.last.set(name, 'no');
        this.objected = true;
        return;
      case 'import':
        return this.import(one.sender);
      case 'erase':
        return this.erase(one.browsersToo);
      case 'again': {
        const sent = this.sent[one.which % Math.max(1, this.sent.length)];
        return sent && this.deliver(sent);
      }
      case 'switch':
        return this.publish(one.asking);
      case 'stranger': {
        const stranger = await createSubject({ log: this.service.site.log, origin: ORIGIN });
        const next = await stranger.next({ method: 'form', purposes: {}, channels: channels(one.sender, 'given') });
        if (await this.asks(one.sender)) this.waiting.add(next.event.id);
        return this.deliver({ jws: next.jws, contacts: [{ event: next.event.id, channel: 'email', value: this.address }] });
      }
    }
  }

  /** What the service says to each sender now. */
  async answers() {
    return permissionsOf(
      this.service.context,
      await this.context,
      SENDERS.map((name) => ({ channel: 'email' as const, sender: name, address: this.address })),
    );
  }

  private async arrive(all: boolean): Promise<void> {
    this.held = this.held.map(({ after, sent }) => ({ after: after - 1, sent }));
    const due = this.held.filter(({ after }) => all || after <= 0);
    this.held = this.held.filter((one) => !due.includes(one));
    for (const { sent } of due) await this.deliver(sent);
  }

  async live(done: readonly Action[], seen: Seen): Promise<void> {
    for (const [i, one] of done.entries()) {
      await this.perform(one);
      await this.arrive(i === done.length - 1);
      for (const answer of await this.answers()) {
        if (answer.may) seen.permitted += 1;
        if (answer.may && answer.reason === 'consent') {
          const { id } = answer.proof as { id: string };
          if (this.waiting.has(id) && !this.confirmed.has(id)) expect.fail(`permitted unconfirmed after ${one.does}`);
        }
        if (!answer.may && answer.why === 'unconfirmed') seen.waiting += 1;
        if (this.last.get(answer.sender as Sender) === 'no') {
          seen.no += 1;
          if (answer.may)
            expect.fail(
              `${answer.sender} is permitted after ${one.does} (${i + 1} of ${done.length}): ${JSON.stringify(answer)}`,
            );
        }
        if (this.objected && answer.profiling) expect.fail(`is profiled after ${one.does}`);
      }
    }
  }
}

let people = 0;

/** `runs` lives, each of a person of their own. Throws what fast-check found. */
export async function holdsForEverybody(
  service: TestService,
  runs: number,
  seed: number,
  /** Of a service that is meant to fail the first failure is enough, and `lives` are lived first. */
  { endOnFailure = false, lives = [] }: { endOnFailure?: boolean; lives?: Action[][] } = {},
): Promise<Seen> {
  const seen = { no: 0, permitted: 0, waiting: 0 };
  console.info(`permissions over the store: seed ${seed}, ${runs} runs`);
  await fc.assert(
    fc.asyncProperty(actions, (done) => new Person(service, `person-${++people}@example.net`).live(done, seen)),
    { seed, numRuns: runs, endOnFailure, examples: lives.map((life) => [life] as [Action[]]) },
  );
  return seen;
}
