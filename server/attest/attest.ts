// Puts the operator's word into a site's log: one leaf in a transaction of its own, signed with the log's key.
import { uuidv7 } from 'uuidv7';
import * as v from 'valibot';

import { canonicalJson } from '../../shared/canonical.ts';
import {
  About,
  attestationBytes,
  attestationHeader,
  AttestedChoices,
  MEDIA,
  Reference,
  type Attestation,
  type AttestationReceipt,
  type ProvenAttestation,
} from '../../shared/consent/attestation.ts';
import { ConsentEvent, Hash, Instant } from '../../shared/consent/event.ts';
import type { EventLeaf } from '../../shared/log/leaf.ts';
import { NewContacts } from '../../shared/marketing/api.ts';
import { encodeBase64Url } from '../base64url.ts';
import { appendLeaves } from '../log/append.ts';
import type { LogSigner } from '../log/key.ts';
import { recordAttested, type AttestedAbout } from '../marketing/record-words.ts';
import { ProblemError } from '../problem.ts';
import { provenLeaf } from '../prove/proven-leaf.ts';
import { drawRandom } from '../random-pool.ts';
import type { SiteContext } from '../site-context.ts';
import { countChanges } from '../statistics.ts';
import type { Place } from '../store/history.ts';
import type { EventBody, LoggedEvent, LogKey, Site, SiteTransaction, Store } from '../store/store.ts';
import { sha256 } from '../verifier.ts';
import { attestationJws, attestationOf, attestedSubject } from './attested-subject.ts';

export const NewAttestation = v.pipe(
  v.strictObject({
    /** UUIDv7: the same once more is answered with the first receipt. One is made where none is given. */
    id: v.optional(ConsentEvent.entries.id),
    /** The thumbprint of the data subject's key, where one is known … */
    subject: v.optional(Hash),
    /** … or a number of your own: a case, a form, a customer; never contact details. */
    reference: v.optional(Reference),
    /** When it was said; otherwise now. */
    at: v.optional(Instant),
    medium: v.picklist(MEDIA),
    actor: v.optional(ConsentEvent.entries.actor, 'self'),
    choices: AttestedChoices,
    /** Id of the event of this subject, or of what was attested about them or under this reference, that it follows. */
    follows: v.optional(ConsentEvent.entries.id),
    /** Addresses that it was said with: kept beside it, never in it. */
    contacts: v.optional(NewContacts),
    /** True: of a sender that has e-mail confirmed (double opt-in), a mail asks the address for the confirmation. */
    confirm: v.optional(v.boolean()),
    /** Hash of the notice that was given. */
    notice: v.optional(Hash),
  }),
  v.check(({ subject, reference }) => (subject === undefined) !== (reference === undefined), 'name a subject or a reference'),
);
export type NewAttestation = v.InferOutput<typeof NewAttestation>;

export interface Attested extends Place {
  /** It was there already. */
  duplicate: boolean;
}
export interface AttestationWriter {
  /** Resolves when it is durable, with what it puts onto the suppression list. Throws ProblemError ID_REUSED. */
  add(site: Site, attestation: Attestation, receivedAt: Date, about: AttestedAbout): Promise<Attested>;
  /** Many with one commit and one head, in order. Throws ProblemError ID_REUSED, and then none of them is there. */
  addAll(site: Site, attestations: readonly Attestation[], receivedAt: Date, about: AttestedAbout): Promise<Attested[]>;
}

/** What the caller chose of it: a repetition differs in the nonce, the moment, and perhaps in who sends it. */
const said = ({ nonce: _, at: __, terms: ___, by: ____, ...rest }: Attestation): string => canonicalJson(rest);

interface Added {
  place: Attested;
  entry?: { attestation: Attestation; leaf: EventLeaf; body: EventBody };
}

/** With one that is signed here, the others wait for it; of many, other threads sign. */
const ONE_BY_ONE = 8;

/** In order. */
async function signatures({ attest, attestSoon }: LogSigner, inputs: readonly Uint8Array[]): Promise<Uint8Array[]> {
  if (!attest) throw new Error('this log key signs no attestations');
  if (!attestSoon || inputs.length <= ONE_BY_ONE) return inputs.map((input) => attest(input));
  return Promise.all(inputs.map((input) => attestSoon(input)));
}

/** What is to be written of each, and where what was there already stands. */
async function placed(
  transaction: SiteTransaction,
  site: Site,
  attestations: readonly Attestation[],
  { signer, receivedAt }: { signer: LogSigner; receivedAt: Date },
): Promise<Added[]> {
  const names = attestations.map(({ about }) => attestedSubject(site.log, about));
  const histories = Map.groupBy(await transaction.histories([...new Set(names)]), ({ subject }) => subject);
  const lengths = new Map([...histories].map(([name, history]) => [name, history.length]));
  const known = new Map(
    [...histories.values()].flat().map((one) => {
      const { epoch, index } = one;
      return [`${one.subject} ${one.id}`, { epoch, index, said: () => said(attestationOf(one)) }] as const;
    }),
  );
  signer.check?.(site, transaction.keyNumber);
  let { size } = transaction.head;
  const { epoch } = transaction.head;
  const all = attestations.map((attestation, i) => {
    const subject = names[i] ?? '';
    const first = known.get(`${subject} ${attestation.id}`);
    if (first && first.said() !== said(attestation)) throw new ProblemError('ID_REUSED');
    if (first) return { attestation, subject, place: { epoch: first.epoch, index: first.index, duplicate: true } };
    const place = { epoch, index: size++, duplicate: false };
    known.set(`${subject} ${attestation.id}`, { epoch, index: place.index, said: () => said(attestation) });
    return { attestation, subject, place };
  });
  const fresh = all.filter(({ place }) => !place.duplicate);
  const payloads = fresh.map(({ attestation }) => attestationBytes(attestation));
  const header = attestationHeader(signer.publicKey);
  const inputs = payloads.map((payload) => Buffer.from(`${header}.${encodeBase64Url(payload)}`));
  const signed = await signatures(signer, inputs);
  const entries = fresh.map(({ attestation, subject, place: { index } }, i) => {
    const [payload, input, signature] = [payloads[i], inputs[i], signed[i]] as [Uint8Array, Buffer, Uint8Array];
    // The compact form (joinAttestation), whose first two parts are what was signed.
    const event = encodeBase64Url(sha256(Buffer.concat([input, Buffer.from(`.${encodeBase64Url(signature)}`)])));
    const leaf: EventLeaf = { kind: 'attestation', event, receivedAt: receivedAt.toISOString(), skew: 0 };
    // Nobody has a key for what somebody else attests: the name stands in its place.
    const key = { crv: 'P-256', kty: 'EC', x: subject, y: subject } as const;
    const seq = (lengths.get(subject) ?? 0) + 1;
    lengths.set(subject, seq);
    const body: EventBody = { epoch, index, subject, key, id: attestation.id, seq, payload, signature };
    return { attestation, leaf, body };
  });
  const inOrder = entries.values();
  return all.map(({ place }): Added => {
    const entry = place.duplicate ? undefined : inOrder.next().value;
    return entry ? { place, entry } : { place };
  });
}

export const attestationWriter = (store: Store, signer: LogSigner): AttestationWriter => {
  async function addAll(
    site: Site,
    attestations: readonly Attestation[],
    receivedAt: Date,
    marketing: AttestedAbout,
  ): Promise<Attested[]> {
    let signed = false;
    const write = store.write(site, async (transaction): Promise<Attested[]> => {
      const all = await placed(transaction, site, attestations, { signer, receivedAt });
      const entries = all.flatMap(({ entry }) => entry ?? []);
      if (entries.length > 0) {
        const seal = await appendLeaves(
          transaction,
          site,
          entries.map(({ leaf }) => leaf),
          signer,
        );
        await transaction.addEvents(entries.map(({ body }) => body));
        // No choice of anybody’s is counted: only how much was recorded, and when.
        await transaction.count(countChanges([], [], receivedAt.getTime(), entries.length));
        const words = entries.map(({ attestation, leaf, body }) => ({
          attestation,
          hash: leaf.event,
          name: body.subject,
          at: receivedAt,
        }));
        await recordAttested(transaction, words, marketing);
        signed = true;
        await seal();
      }
      return all.map(({ place }) => place);
    });
    return write.catch((error: unknown) => {
      if (signed) signer.withdraw(site);
      throw error;
    });
  }
  return {
    addAll,
    async add(site, attestation, receivedAt, marketing) {
      const [place] = await addAll(site, [attestation], receivedAt, marketing);
      if (!place) throw new Error('an attestation went nowhere');
      return place;
    },
  };
};

/** Whether it names a purpose, or a marketing sender, that no configuration of the site ever had. */
const namesUnknown = ({ purposes, channels = {} }: AttestedChoices, context: SiteContext): boolean =>
  Object.keys(purposes).some((id) => !context.purposes.has(id)) ||
  Object.entries(channels).some(([activity, senders]) =>
    Object.keys(senders).some((sender) => !context.senders.has(`${activity} ${sender}`)),
  );

const listed = (names: ReadonlySet<string>): string => [...names].map((name) => name.replace(' ', '/')).join(', ') || 'none';

/** What the site asks about, for whoever named something else. */
const choosable = ({ purposes, senders }: SiteContext): string =>
  `The site never asked for that. Its purposes: ${listed(purposes)}; its marketing (activity/sender): ${listed(senders)}.`;

const statesOf = ({ purposes, channels = {} }: AttestedChoices): string[] => [
  ...Object.values(purposes),
  ...Object.values(channels).flatMap((senders) => Object.values(senders).flatMap((one) => Object.values(one))),
];

async function followedBy(store: Store, site: Site, about: About, id: string): Promise<LoggedEvent> {
  const own = about.kind === 'subject' ? await store.event(site, about.subject, id) : null;
  const found = own ?? (await store.event(site, attestedSubject(site.log, about), id));
  if (found?.leaf.kind !== (own ? 'event' : 'attestation'))
    throw new ProblemError('NOT_FOUND', 'Nothing about the subject or reference has the id that this follows.');
  return found;
}

/** Throws ProblemError UNKNOWN_PURPOSE, NOT_FOUND (of what it follows), BAD_REQUEST. `by`: who enters it. */
export async function newAttestation(
  store: Store,
  context: SiteContext,
  wanted: NewAttestation,
  { by, now }: { by: string; now: Date },
): Promise<Attestation> {
  const { site, terms, published } = context;
  const { choices, subject, reference, follows, notice = null } = wanted;
  if (namesUnknown(choices, context)) throw new ProblemError('UNKNOWN_PURPOSE', choosable(context));
  if (notice !== null && !published.some(({ hash }) => hash === notice))
    throw new ProblemError('NOT_FOUND', 'The site never published that notice.');
  const about = v.parse(About, subject === undefined ? { kind: 'reference', reference } : { kind: 'subject', subject });
  const followed = follows === undefined ? null : await followedBy(store, site, about, follows);
  const at = wanted.at ?? now.toISOString();
  if (Date.parse(at) > now.getTime() + 300_000) throw new ProblemError('BAD_REQUEST', 'at is in the future');
  return {
    v: 1,
    id: wanted.id ?? uuidv7(),
    log: site.log,
    about,
    at,
    nonce: drawRandom(16).toString('base64url'),
    medium: wanted.medium,
    actor: wanted.actor,
    attested: choices,
    follows: followed === null ? null : (followed.leaf as EventLeaf).event,
    notice,
    terms,
    by,
    method: statesOf(choices).every((state) => state === 'withdrawn' || state === 'objected') ? 'withdraw' : 'api',
    purposes: {},
  };
}

/** Throws RangeError where the log is damaged. */
export async function provenAttestation(
  store: Store,
  context: Pick<SiteContext, 'site'> & { keys: readonly LogKey[] },
  logged: LoggedEvent,
): Promise<ProvenAttestation> {
  const { site, keys } = context;
  const compact = attestationJws(logged, logged.leaf as EventLeaf, keys);
  if (compact === null) throw new RangeError(`leaf ${logged.epoch}/${logged.index} does not name its attestation`);
  return { attestation: compact, ...((await provenLeaf(store, site, keys, logged)) as Omit<ProvenAttestation, 'attestation'>) };
}

export async function attestationReceipt(
  store: Store,
  context: SiteContext,
  logged: LoggedEvent,
  service: string,
): Promise<AttestationReceipt> {
  const { id, log } = context.site;
  return { v: 1, kind: 'attestation', service, site: id, log, ...(await provenAttestation(store, context, logged)) };
}

/** All that was attested about somebody, oldest first. */
export const attestedAbout = (store: Pick<Store, 'subjectEvents'>, site: Site, about: About): Promise<LoggedEvent[]> =>
  store.subjectEvents(site, attestedSubject(site.log, about));
