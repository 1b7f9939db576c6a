// An attested event: a choice that reached the operator without the data subject's key (on paper, by telephone, by an import), put
// into the log as the service's own word. It is signed with the log's key, never with the subject's, and no fold over a subject's
// events takes it for their own choice.
import * as v from 'valibot';

import { fromBase64Url, toBase64Url, utf8, utf8Text } from '../bytes.ts';
import { canonicalJson } from '../canonical.ts';
import type { Verifier } from '../crypto.ts';
import { parseCheckpoint, parseLogKey, verifyCheckpoint } from '../log/checkpoint.ts';
import { EventLeaf, leafBytes } from '../log/leaf.ts';
import { verifyInclusion } from '../log/proof.ts';
import { CHANNELS, Slug } from '../notice/schema.ts';
import { ConsentEvent, Hash, Instant, LogId, PURPOSE_STATES } from './event.ts';
import { BadJws, jwsHash, MAX_JWS } from './jws.ts';

export const ATTESTATION_TYP = 'candour-attestation+jws';

/** How it reached the operator. */
export const MEDIA = [
  'paper',
  'telephone',
  'in_person',
  'email',
  'double_opt_in',
  'one_click_unsubscribe',
  'import',
  'server',
] as const;

const states = v.pipe(
  v.record(Slug, v.picklist(PURPOSE_STATES)),
  v.check((value) => Object.keys(value).length <= 64, 'has more than 64 entries'),
);
export const AttestedChoices = v.pipe(
  v.strictObject({
    purposes: v.optional(states, {}),
    /** activity -> sender -> channel -> state */
    channels: v.optional(v.record(Slug, v.record(Slug, v.record(v.picklist(CHANNELS), v.picklist(PURPOSE_STATES))))),
  }),
  v.check(
    ({ purposes, channels = {} }) => Object.keys(purposes).length > 0 || Object.keys(channels).length > 0,
    'names no purpose and no channel',
  ),
);
export type AttestedChoices = v.InferOutput<typeof AttestedChoices>;

/** The operator's own name for somebody whom the service does not know by a key: a number of theirs, never contact details. */
export const Reference = v.pipe(
  v.string(),
  v.regex(/^[A-Za-z0-9][A-Za-z0-9._:/-]{0,63}$/, 'must be a number or name of your own such as case-2026/17, and no contact'),
  v.check((text) => !/\d{7,}/.test(text.replace(/[ ./:-]/g, '')) || /[A-Za-z]/.test(text), 'looks like a telephone number'),
);
export const About = v.variant('kind', [
  v.strictObject({ kind: v.literal('subject'), subject: Hash }),
  v.strictObject({ kind: v.literal('reference'), reference: Reference }),
]);
export type About = v.InferOutput<typeof About>;

export const Attestation = v.strictObject({
  v: v.literal(1),
  id: ConsentEvent.entries.id,
  log: LogId,
  about: About,
  /** When it was said, by the operator's word. */
  at: Instant,
  nonce: ConsentEvent.entries.nonce,
  medium: v.picklist(MEDIA),
  /** Who said it. */
  actor: ConsentEvent.entries.actor,
  attested: AttestedChoices,
  /** jwsHash of the event that it follows; null: of none. */
  follows: v.nullable(Hash),
  /** The notice that was given; null: none is named. */
  notice: v.nullable(Hash),
  /** Hash of what the service itself showed, where it was said on one of its own pages. */
  presentation: v.optional(Hash),
  /** The site's terms when it was entered. */
  terms: Hash,
  /** Id of the operator's key that entered it, or "command". */
  by: v.pipe(v.string(), v.maxLength(100)),
  /** For those who sort events: whether it only takes something back. */
  method: v.picklist(['api', 'withdraw']),
  /** Always empty: what folds over a subject's events finds nothing here. */
  purposes: v.strictObject({}),
});
export type Attestation = v.InferOutput<typeof Attestation>;

const headerFor = (publicKey: string): string =>
  toBase64Url(utf8(canonicalJson({ alg: 'EdDSA', jwk: { crv: 'Ed25519', kty: 'OKP', x: publicKey }, typ: ATTESTATION_TYP })));

/** An import signs a million with one key. */
const headers = new WeakMap<Uint8Array, string>();
/** The first part of the compact form. `publicKey`: Ed25519, 32 bytes. */
export function attestationHeader(publicKey: Uint8Array): string {
  const known = headers.get(publicKey) ?? headerFor(toBase64Url(publicKey));
  headers.set(publicKey, known);
  return known;
}

/** The compact form from its parts. `publicKey`: Ed25519, 32 bytes. */
export const joinAttestation = (publicKey: Uint8Array, payload: Uint8Array, signature: Uint8Array): string =>
  `${attestationHeader(publicKey)}.${toBase64Url(payload)}.${toBase64Url(signature)}`;

export const attestationBytes = (attestation: Attestation): Uint8Array => utf8(canonicalJson(attestation));

/** What is signed. */
export const attestationInput = (publicKey: Uint8Array, payload: Uint8Array): Uint8Array<ArrayBuffer> =>
  utf8(`${attestationHeader(publicKey)}.${toBase64Url(payload)}`);

export interface ParsedAttestation {
  attestation: Attestation;
  /** Ed25519, 32 bytes. */
  publicKey: Uint8Array;
  signature: Uint8Array;
  signingInput: Uint8Array;
}

/** Takes the compact form apart. Throws BadJws, ValiError; verifies nothing. */
export function parseAttestation(compact: string): ParsedAttestation {
  const [header = '', payload = '', signature = '', ...rest] = compact.split('.');
  if (compact.length > MAX_JWS || rest.length > 0) throw new BadJws('not three parts of a bounded length');
  try {
    const read = v.safeParse(
      v.object({ jwk: v.object({ x: v.string() }) }),
      JSON.parse(utf8Text(fromBase64Url(header))) as unknown,
    );
    const x = read.success ? read.output.jwk.x : '';
    const publicKey = fromBase64Url(x);
    if (publicKey.length !== 32 || headerFor(x) !== header)
      throw new BadJws(`its header is not exactly alg EdDSA, jwk and typ ${ATTESTATION_TYP} in canonical form`);
    return {
      attestation: v.parse(Attestation, JSON.parse(utf8Text(fromBase64Url(payload)))),
      publicKey,
      signature: fromBase64Url(signature),
      signingInput: utf8(`${header}.${payload}`),
    };
  } catch (cause) {
    if (cause instanceof BadJws || cause instanceof v.ValiError) throw cause;
    throw new BadJws('not base64url of UTF-8 JSON', { cause });
  }
}

/** What is hashed for the name that attestations about somebody stand under in the store: no key has it for a thumbprint. */
export const attestedNameBytes = (log: string, about: About): Uint8Array =>
  utf8(`candour-attested\n${log}\n${about.kind}\n${about.kind === 'subject' ? about.subject : about.reference}`);

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
/** A leaf with its proof under a signed head. */
export const ProvenAttestation = v.object({
  attestation: v.pipe(v.string(), v.maxLength(MAX_JWS)),
  epoch: count,
  index: count,
  leaf: EventLeaf,
  /** Inclusion proof, nearest sibling first. */
  proof: v.pipe(v.array(Hash), v.maxLength(64)),
  /** C2SP signed note. */
  checkpoint: v.pipe(v.string(), v.maxLength(8192)),
  /** C2SP verifier key that signed the head. */
  logKey: v.pipe(v.string(), v.maxLength(500)),
});
export type ProvenAttestation = v.InferOutput<typeof ProvenAttestation>;
export const AttestationReceipt = v.object({
  v: v.literal(1),
  /** Sets it apart from a receipt of a choice that was signed by the data subject. */
  kind: v.literal('attestation'),
  service: v.pipe(v.string(), v.maxLength(500)),
  site: v.string(),
  log: LogId,
  ...ProvenAttestation.entries,
});
export type AttestationReceipt = v.InferOutput<typeof AttestationReceipt>;

export interface AttestationStep {
  step: 'form' | 'signature' | 'log' | 'leaf' | 'inclusion' | 'checkpoint_signature' | 'log_key';
  result: 'holds' | 'fails' | 'unchecked';
}

const FAULTS = [SyntaxError, RangeError, TypeError, BadJws, v.ValiError];
const tidy = async (check: () => Promise<boolean>): Promise<boolean> =>
  check().catch((error: unknown) => {
    if (FAULTS.some((fault) => error instanceof fault)) return false;
    throw error;
  });

/** Checks one step by step. `serviceKeys`: log keys that the service publishes; null: nobody was asked. */
export async function verifyAttestation(
  { attestation: compact, epoch, index, leaf, proof, checkpoint, logKey }: ProvenAttestation,
  log: string,
  serviceKeys: readonly string[] | null,
  verifier: Verifier,
): Promise<{ verified: 'true' | 'false' | 'unchecked'; steps: AttestationStep[] }> {
  const steps: AttestationStep[] = [];
  const step = async (name: AttestationStep['step'], check: () => Promise<boolean>): Promise<void> =>
    void steps.push({ step: name, result: (await tidy(check)) ? 'holds' : 'fails' });
  await step('form', () => Promise.resolve(parseAttestation(compact) !== null && leaf.kind === 'attestation'));
  await step('signature', () => {
    const { publicKey, signingInput, signature } = parseAttestation(compact);
    return verifier.verifyEd25519(publicKey, signingInput, signature);
  });
  await step('log', async () => {
    const named = (await parseLogKey(logKey, verifier.sha256)).name;
    return (
      parseAttestation(compact).attestation.log === log &&
      named === log &&
      parseCheckpoint(checkpoint).origin === `${log}/${epoch}`
    );
  });
  await step('leaf', async () => leaf.event === (await jwsHash(compact, verifier.sha256)));
  await step('inclusion', async () => {
    const head = parseCheckpoint(checkpoint);
    const hash = await verifier.sha256(leafBytes(leaf));
    return verifyInclusion(hash, index, head.size, proof.map(fromBase64Url), head.root, verifier.sha256);
  });
  await step('checkpoint_signature', () => verifyCheckpoint(parseCheckpoint(checkpoint), logKey, verifier));
  if (serviceKeys === null) steps.push({ step: 'log_key', result: 'unchecked' });
  else
    await step('log_key', async () => {
      const { publicKey } = parseAttestation(compact);
      const known = await Promise.all(serviceKeys.map(async (key) => (await parseLogKey(key, verifier.sha256)).publicKey));
      return serviceKeys.includes(logKey) && known.some((key) => toBase64Url(key) === toBase64Url(publicKey));
    });
  const fails = steps.some(({ result }) => result === 'fails');
  return { verified: fails ? 'false' : serviceKeys === null ? 'unchecked' : 'true', steps };
}
