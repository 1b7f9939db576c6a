// Whatever a person, strangers and the operator do, in whatever order it arrives and however often: over the real store and the real
// write path, nobody is permitted to be written to who last said no. The model keeps, by the true order, only who said what last. Of
// telephone numbers, typed in every way, it keeps besides of whose number each word surely was: no yes answers for another's.
import fc from 'fast-check';
import { expect } from 'vitest';

import { newAttestation } from '../../server/attest/attest.ts';
import { contactAddress, contactReference, findContact } from '../../server/marketing/contacts.ts';
import { eraseContact } from '../../server/marketing/erase-contact.ts';
import { stateOf } from '../../server/marketing/grounds.ts';
import { objectToMarketing } from '../../server/marketing/objections.ts';
import { permissionsOf } from '../../server/marketing/permissions.ts';
import { eraseSubject } from '../../server/rights/erase.ts';
import { createSite } from '../../server/sites.ts';
import type { PostedContact } from '../../shared/api.ts';
import type { PermissionAnswer } from '../../shared/marketing/api.ts';
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
/** Of one of two people, whose numbers have the same digits within their countries. `typed`: which spelling of their number. */
const call = fc.record({ who: fc.nat({ max: 1 }), typed: fc.nat({ max: 20 }), act: action });
export type Call = typeof call extends fc.Arbitrary<infer One> ? One : never;

/** One way of typing an address. */
interface Typed {
  address: string;
  /** Only the operator can say it beside. */
  callingCode?: string;
  /** Which address that surely is; null: it may be several people's. */
  means: string | null;
}

/** `country`: digits of the site's; null: it has none. The last digits of both people's numbers are the same. */
function typedNumbers(code: string, national: string, country: string | null): Typed[] {
  const number = `+${code}${national}`;
  return [
    ...[number, `+${code} (0)${national}`, `+${code} ${national.slice(0, 4)} ${national.slice(4)}`].map((address) => ({
      address,
      means: number,
    })),
    ...[`0${national}`, national, `00${code}${national}`].map((address) => ({ address, callingCode: code, means: number })),
    { address: `00${code}${national}`, means: country === null ? null : number },
    // Of its own country it may be a number there, or one without its +.
    { address: `${code}${national}`, means: country === null || country === code ? null : `+${country}${code}${national}` },
    // Of a site with another country nobody says it so.
    ...(country === null || country === code
      ? [`0${national}`, national, `0${national.slice(0, 4)} ${national.slice(4)}`].map((address) => ({
          address,
          means: country === null ? null : number,
        }))
      : []),
  ];
}

const softOptIn = (means: string | null) => ({
  sale: { kind: 'sale', reference: `order of ${means ?? 'somebody'}`, on: '2026-05-01' },
  collectedDirectly: true,
  ownSimilarProducts: true,
  refusalAtCollection: { on: '2026-05-01', shown: 'A'.repeat(43) },
  refusalInEveryMessage: true,
});

type ModelChannel = 'email' | 'sms';

interface Seen {
  no: number;
  permitted: number;
  waiting: number;
}

interface Sent {
  jws: string;
  contacts: PostedContact[];
}

/** Of which address each yes surely was, by its id; null: of nobody's in particular. */
type Meant = Map<string, string | null>;

interface Life {
  service: TestService;
  channel: ModelChannel;
  /** At least one of them can be typed into a form. */
  spellings: readonly Typed[];
  /** Of the site; not said: what its configuration says by itself. */
  country?: string | null;
  meant: Meant;
  /** Keys that named an address since one of them was last erased. */
  namedBy: Set<Subject>;
}

/** One person with one address; what they said last to each sender is the truth. */
class Person {
  readonly last = new Map<Sender, 'yes' | 'no'>();
  objected = false;
  /** Ids of what was said yes to while its sender asked for confirmations, and of which of them it came. */
  readonly waiting = new Set<string>();
  readonly confirmed = new Set<string>();
  private readonly life: Life;
  private readonly service: TestService;
  private typed: Typed;
  private readonly devices = new Map<string, Subject>();
  private readonly optIns: { subject: Subject; event: ConsentEvent; sender: Sender }[] = [];
  private readonly sent: Sent[] = [];
  private held: { after: number; sent: Sent }[] = [];

  constructor(life: Life) {
    this.life = life;
    this.service = life.service;
    this.typed = life.spellings[0] as Typed;
  }

  /** How the address is typed from now on. */
  types(spelling: number): void {
    const { spellings } = this.life;
    this.typed = spellings[spelling % spellings.length] as Typed;
  }

  /** In a form nobody names a country beside. */
  private get inForm(): Typed {
    const { spellings } = this.life;
    return this.typed.callingCode === undefined ? this.typed : (spellings.find((one) => one.callingCode === undefined) as Typed);
  }

  private channels(name: Sender, state: PurposeState): NonNullable<ConsentEvent['channels']> {
    return { newsletter: { [name]: { [this.life.channel]: state } } };
  }

  /** For the operator's calls. */
  private get named() {
    const { address, callingCode } = this.typed;
    return { channel: this.life.channel, address, ...(callingCode === undefined ? {} : { callingCode }) };
  }

  private get context() {
    return this.service.context.sites.get('example');
  }

  private async asks(name: Sender): Promise<boolean> {
    // A mail shows who reads a mailbox, and not who holds a telephone.
    if (this.life.channel !== 'email') return false;
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
      configuration: {
        ...MARKETING.configuration,
        ...(this.life.country === undefined ? {} : { callingCode: this.life.country }),
        marketing: [{ ...first, senders }],
      },
      publicUrl: SERVICE_URL,
    });
  }

  private async contact(): Promise<string | null> {
    const { site } = await this.context;
    return (await findContact(this.service.context, site, this.named))?.id ?? null;
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
    const { channel, meant } = this.life;
    for (const name of SENDERS)
      if (event.channels?.['newsletter']?.[name]?.[channel] === 'given' && (await this.asks(name)))
        this.waiting.add(next.event.id);
    const { address: value, means } = this.inForm;
    meant.set(next.event.id, means);
    const contacts = form || !this.life.namedBy.has(subject) ? [{ event: next.event.id, channel, value }] : [];
    // Held back, another event of this browser may come first: then that one must bring the address.
    if (held === 0) this.life.namedBy.add(subject);
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
    const choices = { purposes: {}, channels: this.channels(name, state) };
    const [notice] = known.published;
    const wanted = { ...about, medium, actor: 'self' as const, choices, ...(notice ? { notice: notice.hash } : {}) };
    const attestation = await newAttestation(store, known, wanted, { by: 'model', now: new Date() });
    if (medium === 'import' && (await this.asks(name))) this.waiting.add(attestation.id);
    this.life.meant.set(attestation.id, this.typed.means);
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
    this.life.namedBy.clear();
    if (!browsersToo) return;
    for (const { id: subject } of this.devices.values())
      await eraseSubject(this.service.context, site, { subject, by: 'controller', at: new Date() });
    this.devices.clear();
  }

  private async import(name: Sender): Promise<void> {
    const statement = {
      says: 'ground' as const,
      reason: 'soft_opt_in' as const,
      channel: this.life.channel,
      sender: name,
      since: '2026-05-01',
      evidence: softOptIn(this.typed.means),
    };
    await stateOf(this.service.context, await this.context, { ...this.named, statement }, 'model');
    await this.attest('import', name, 'given', {});
  }

  private async perform(one: Action): Promise<void> {
    switch (one.does) {
      case 'opt_in': {
        const subject = await this.subjectOf(one.on);
        const event = await this.says(
          subject,
          { method: 'form', channels: this.channels(one.sender, 'given') },
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
          { method: 'form', channels: this.channels(one.sender, 'refused') },
          { form: true },
        );
        return;
      case 'confirm_old':
        return this.confirm(one.which);
      case 'stop':
        await this.says(
          await this.subjectOf(one.on),
          { method: 'withdraw', channels: this.channels(one.sender, 'withdrawn') },
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
            channels: this.channels('acme', 'objected'),
          };
          await this.says(await this.subjectOf(one.on), said, { form: false });
        } else
          await objectToMarketing(
            this.service.context,
            await this.context,
            { addresses: [this.named], contacts: [], medium: 'telephone' },
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
        const next = await stranger.next({ method: 'form', purposes: {}, channels: this.channels(one.sender, 'given') });
        if (await this.asks(one.sender)) this.waiting.add(next.event.id);
        const { address: value, means } = this.inForm;
        this.life.meant.set(next.event.id, means);
        return this.deliver({ jws: next.jws, contacts: [{ event: next.event.id, channel: this.life.channel, value }] });
      }
    }
  }

  /** What the service says to each sender now, of each way in which the address can be asked about. */
  private async answers(): Promise<{ answer: PermissionAnswer; means: string | null }[]> {
    const asked = this.life.spellings.flatMap(({ address, callingCode, means }) =>
      SENDERS.map((sender) => ({ means, question: { channel: this.life.channel, sender, address, callingCode } })),
    );
    const questions = asked.map(({ question }) => question);
    const answers = await permissionsOf(this.service.context, await this.context, questions);
    return answers.map((answer, i) => ({ answer, means: asked[i]?.means ?? null }));
  }

  /** Which number whoever rings a contact's address from here rings; null: there is no knowing. */
  private async rung(contact: string): Promise<string | null> {
    const { site } = await this.context;
    const address = (await contactAddress(this.service.context, site, contact))?.address;
    const { spellings } = this.life;
    const typed = spellings.find((one) => one.address === address && one.callingCode === undefined);
    return typed?.means ?? (address?.startsWith('+') ? address : null);
  }

  async arrive(all: boolean): Promise<void> {
    this.held = this.held.map(({ after, sent }) => ({ after: after - 1, sent }));
    const due = this.held.filter(({ after }) => all || after <= 0);
    this.held = this.held.filter((one) => !due.includes(one));
    for (const { sent } of due) await this.deliver(sent);
  }

  /** Throws where somebody is permitted who must not be. `told`: what happened last. */
  private check({ answer, means }: { answer: PermissionAnswer; means: string | null }, told: string, seen: Seen): void {
    if (answer.may) seen.permitted += 1;
    if (answer.may && answer.reason === 'consent') {
      const { id } = answer.proof as { id: string };
      if (this.waiting.has(id) && !this.confirmed.has(id)) expect.fail(`permitted unconfirmed after ${told}`);
    }
    if (!answer.may && answer.why === 'unconfirmed') seen.waiting += 1;
    if (this.last.get(answer.sender as Sender) === 'no') {
      seen.no += 1;
      if (answer.may) expect.fail(`${answer.sender} is permitted after ${told}: ${JSON.stringify(answer)}`);
    }
    if (this.objected && answer.profiling && means !== null) expect.fail(`is profiled after ${told}`);
    if (!answer.may) return;
    const proof = answer.proof as { id?: string; sale?: { reference: string } };
    const of = proof.id === undefined ? proof.sale?.reference : `order of ${this.life.meant.get(proof.id) ?? 'somebody'}`;
    if (means === null || of !== `order of ${means}`)
      expect.fail(
        `${means ?? 'a number of nobody knows where'} is permitted by the ${of} after ${told}: ${JSON.stringify(answer)}`,
      );
  }

  async live(one: Action): Promise<void> {
    await this.perform(one);
  }

  async holds(told: string, seen: Seen): Promise<void> {
    const answers = await this.answers();
    for (const one of answers) this.check(one, told, seen);
    const contacts = new Set(answers.flatMap(({ answer }) => answer.contact ?? []));
    const questions = [...contacts].flatMap((contact) =>
      SENDERS.map((sender) => ({ channel: this.life.channel, sender, contact })),
    );
    for (const answer of await permissionsOf(this.service.context, await this.context, questions)) {
      const means = await this.rung(answer.contact ?? '');
      // Of a contact that may be several people's, only that it is not written to.
      if (answer.may || means !== null) this.check({ answer, means }, `${told}, by the contact`, seen);
    }
  }
}

/** Everybody is asked about behind each step. */
async function lived(people: readonly Person[], done: readonly Call[], seen: Seen): Promise<void> {
  for (const [i, { who, typed, act }] of done.entries()) {
    const person = people[who % people.length] as Person;
    person.types(typed);
    await person.live(act);
    for (const one of people) await one.arrive(i === done.length - 1);
    for (const one of people) await one.holds(`${act.does} (${i + 1} of ${done.length})`, seen);
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
    fc.asyncProperty(actions, (done) => {
      const address = `person-${++people}@example.net`;
      const person = new Person({
        service,
        channel: 'email',
        spellings: [{ address, means: address }],
        meant: new Map(),
        namedBy: new Set(),
      });
      return lived(
        [person],
        done.map((act) => ({ who: 0, typed: 0, act })),
        seen,
      );
    }),
    { seed, numRuns: runs, endOnFailure, examples: lives.map((life) => [life] as [Action[]]) },
  );
  return seen;
}

/**
 * The same of telephone numbers, on a site of that country (the digits of its calling code; null: none is known): `runs` lives of two
 * people each, of +44 and of +33, with the same digits behind that.
 */
export async function holdsForEveryNumber(
  service: TestService,
  country: string | null,
  runs: number,
  seed: number,
  { endOnFailure = false, lives = [] }: { endOnFailure?: boolean; lives?: Call[][] } = {},
): Promise<Seen> {
  const seen = { no: 0, permitted: 0, waiting: 0 };
  console.info(`permissions of telephone numbers on a site of ${country ?? 'no country'}: seed ${seed}, ${runs} runs`);
  const { store } = service.context;
  const site = { site: 'example', origins: [ORIGIN], notices: MARKETING.notices, publicUrl: SERVICE_URL };
  await createSite(store, { ...site, configuration: { ...MARKETING.configuration, callingCode: country } });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { minLength: 2, maxLength: 9 }), (done) => {
      const national = `7${String(++people).padStart(8, '0')}`;
      const both = { meant: new Map(), namedBy: new Set<Subject>() };
      const pair = ['44', '33'].map((code) => {
        const spellings = typedNumbers(code, national, country);
        return new Person({ service, channel: 'sms', spellings, country, ...both });
      });
      return lived(pair, done, seen);
    }),
    { seed, numRuns: runs, endOnFailure, examples: lives.map((life) => [life] as [Call[]]) },
  );
  return seen;
}
