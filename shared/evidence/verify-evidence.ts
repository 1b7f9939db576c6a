// Checks an evidence file without asking anybody: every hash, signature and proof in it, and that its answer follows from it.
import * as v from 'valibot';

import { fromBase64Url, toBase64Url } from '../bytes.ts';
import { canonicalJson, hashOf } from '../canonical.ts';
import {
  attestedNameBytes,
  parseAttestation,
  verifyAttestation,
  type AttestationStep,
  type ProvenAttestation,
} from '../consent/attestation.ts';
import { ConsentEvent } from '../consent/event.ts';
import { BadJws, EVENT_TYP, jwsHash, parseJws, thumbprint } from '../consent/jws.ts';
import { verifyReceipt } from '../consent/receipt.ts';
import type { StoredEvent } from '../consent/status.ts';
import type { Verifier } from '../crypto.ts';
import { parseCheckpoint, parseLogKey, verifyCheckpoint } from '../log/checkpoint.ts';
import { leafBytes, type Leaf } from '../log/leaf.ts';
import { verifyInclusion } from '../log/proof.ts';
import { PrivacyNotice } from '../notice/schema.ts';
import { SiteConfiguration } from '../site/configuration.ts';
import type { Presentation } from '../consent/presentation.ts';
import { answerOf } from './answer.ts';
import { Evidence, type ErasedEvent, type ProvenEvent } from './evidence.ts';

export interface EvidenceStep {
  /** What was checked: "event 019a…", "notice Ab…", "the answer". */
  about: string;
  step: string;
  result: 'holds' | 'fails' | 'unchecked';
  why: string;
}

export interface EvidenceCheck {
  /** `unchecked`: everything fits together, but the log's keys were not compared with the service's. */
  verified: 'true' | 'false' | 'unchecked';
  steps: EvidenceStep[];
  evidence: Evidence | null;
}

/** What a changed file makes the checks throw. */
const FAULTS = [SyntaxError, TypeError, RangeError, BadJws, v.ValiError];

const check = async (about: string, step: string, holds: string, fails: string, run: () => Promise<boolean>) => {
  const result = await run().catch((error: unknown) => {
    if (FAULTS.some((fault) => error instanceof fault)) return false;
    throw error;
  });
  return { about, step, result: result ? 'holds' : 'fails', why: result ? holds : fails } as EvidenceStep;
};

interface Proven {
  index: number;
  epoch: number;
  leaf: Leaf;
  proof: string[];
  checkpoint: string;
  logKey: string;
}

/** Is the leaf in the log that the file is about, under a head that the named key signed? */
async function leafIsLogged({ leaf, index, epoch, proof, checkpoint, logKey }: Proven, log: string, verifier: Verifier) {
  const head = parseCheckpoint(checkpoint);
  return (
    head.origin === `${log}/${epoch}` &&
    (await parseLogKey(logKey, verifier.sha256)).name === log &&
    (await verifyCheckpoint(head, logKey, verifier)) &&
    verifyInclusion(
      await verifier.sha256(leafBytes(leaf)),
      index,
      head.size,
      proof.map(fromBase64Url),
      head.root,
      verifier.sha256,
    )
  );
}

/** By the hash that it has, not the one that its leaf claims: events that claim to follow themselves would have no end. */
async function readEvent(one: ProvenEvent, { sha256 }: Verifier): Promise<StoredEvent | null> {
  try {
    const event = v.parse(ConsentEvent, parseJws(one.event, EVENT_TYP).payload);
    const hash = await jwsHash(one.event, sha256);
    return { event, hash, received: { at: Date.parse(one.leaf.receivedAt), skew: one.leaf.skew } };
  } catch (error) {
    if (error instanceof BadJws || error instanceof v.ValiError) return null;
    throw error;
  }
}

async function eventSteps(
  { question, made }: Evidence,
  one: ProvenEvent,
  presentations: ReadonlyMap<string, Presentation>,
  verifier: Verifier,
): Promise<EvidenceStep[]> {
  const event = (await readEvent(one, verifier))?.event ?? null;
  const about = event ? `event ${event.id}` : `the event of leaf ${one.epoch}/${one.index}`;
  const presentation = event?.presentation ? (presentations.get(event.presentation) ?? null) : null;
  const receipt = { v: 1, service: made.service, site: question.site, log: question.log, presentation, ...one };
  const { steps } = await verifyReceipt(receipt, null, verifier);
  return [
    ...steps
      .filter(({ step }) => step !== 'log_key')
      .map((step): EvidenceStep =>
        step.step === 'presentation' && event?.presentation && !presentation
          ? {
              about,
              step: 'presentation',
              result: 'unchecked',
              why: 'What was shown never reached the service: it is not in the file.',
            }
          : { about, ...step },
      ),
    await check(
      about,
      'subject',
      'It is a choice of this subject.',
      'It is not a choice of the subject that the file names.',
      async () => Promise.resolve((await thumbprint(parseJws(one.event, EVENT_TYP).key, verifier.sha256)) === question.subject),
    ),
    await check(about, 'received', 'It was received by then.', 'It was received after the moment that was asked about.', () =>
      Promise.resolve(Date.parse(one.leaf.receivedAt) <= Date.parse(question.at)),
    ),
    await check(
      about,
      'epoch',
      "It stands in the epoch that the log's head names.",
      "It stands in another epoch than the log's head names.",
      () => Promise.resolve(parseCheckpoint(one.checkpoint).origin === `${question.log}/${one.epoch}`),
    ),
  ];
}

async function erasedSteps({ question }: Evidence, one: ErasedEvent, verifier: Verifier): Promise<EvidenceStep[]> {
  const about = `erased leaf ${one.epoch}/${one.index}`;
  const { erasure } = one;
  return [
    await check(
      about,
      'inclusion',
      'The log recorded an event here.',
      'The proof does not lead from this leaf to a signed head of the log.',
      () => leafIsLogged(one, question.log, verifier),
    ),
    await check(
      about,
      'erasure',
      'A leaf of the log says that it was erased.',
      'The erasure is no leaf of the log, or names another one.',
      async () =>
        (erasure.leaf.epoch ?? erasure.epoch) === one.epoch &&
        erasure.leaf.leaves.includes(one.index) &&
        (await leafIsLogged(erasure, question.log, verifier)),
    ),
  ];
}

function attestedId(compact: string): string | null {
  try {
    return parseAttestation(compact).attestation.id;
  } catch (error) {
    if (FAULTS.some((fault) => error instanceof fault)) return null;
    throw error;
  }
}

const ATTESTED_WORDS: Record<AttestationStep['step'], [holds: string, fails: string]> = {
  form: ['The attestation is complete.', 'This is no attestation, or a part of it is malformed.'],
  signature: ["The operator's word is signed and unchanged.", "The operator's word was changed after it was signed."],
  log: ['It was made for this log.', 'It was made for another log.'],
  leaf: ['The log recorded exactly this.', 'The log recorded something else.'],
  inclusion: ['The proof leads to the signed head of the log.', 'The proof does not lead to the signed head of the log.'],
  checkpoint_signature: ["The head is signed by the log's key.", "The head is not signed by the log's key."],
  log_key: ['It is signed by keys that the service publishes.', "It is signed by a key that is none of the service's."],
};

/** The operator's word: that it is theirs, that it stands in the log, and that it is about this person. */
async function attestedSteps(
  { question }: Evidence,
  one: ProvenAttestation,
  serviceKeys: readonly string[] | null,
  verifier: Verifier,
): Promise<EvidenceStep[]> {
  const about = `attestation of leaf ${one.epoch}/${one.index}`;
  const { steps } = await verifyAttestation(one, question.log, serviceKeys, verifier);
  return [
    ...steps.map(({ step, result }): EvidenceStep => ({
      about,
      step,
      result,
      why:
        result === 'unchecked'
          ? 'Its key was not compared with the ones that the service publishes.'
          : ATTESTED_WORDS[step][result === 'holds' ? 0 : 1],
    })),
    await check(about, 'subject', 'It is about whom the question is about.', 'It is about somebody else.', async () => {
      const { attestation } = parseAttestation(one.attestation);
      const name = toBase64Url(await verifier.sha256(attestedNameBytes(attestation.log, attestation.about)));
      const subject = attestation.about.kind === 'subject' ? attestation.about.subject : null;
      return question.subject === subject || question.subject === name;
    }),
    await check(about, 'received', 'It was received by then.', 'It was received after the moment that was asked about.', () =>
      Promise.resolve(Date.parse(one.leaf.receivedAt) <= Date.parse(question.at)),
    ),
  ];
}

async function documentSteps({ documents, publications, question }: Evidence, verifier: Verifier): Promise<EvidenceStep[]> {
  const steps: EvidenceStep[] = [];
  for (const { hash, kind, document } of documents) {
    const about = `${kind === 'configuration' ? 'configuration' : 'notice'} ${hash}`;
    steps.push(
      await check(about, 'hash', 'It is what its hash names.', 'It is not what its hash names: it was changed.', async () => {
        const read = v.parse(v.union([SiteConfiguration, PrivacyNotice]), document);
        const own = 'kind' in read ? read.kind : 'configuration';
        return own === kind && (await hashOf(document, verifier.sha256)) === hash;
      }),
      await check(about, 'published', 'The site published it.', `The file does not say that ${question.site} published it.`, () =>
        Promise.resolve(publications.some((one) => one.hash === hash && one.kind === kind)),
      ),
    );
  }
  return steps;
}

async function answerStep(
  { answer, question, publications, documents }: Evidence,
  stored: readonly (StoredEvent | null)[],
  presentations: ReadonlyMap<string, Presentation>,
  verifier: Verifier,
): Promise<EvidenceStep> {
  const fails = 'The answer does not follow from the events and documents of the file: one of them was changed or left out.';
  return check('the answer', 'answer', 'The answer follows from the events and documents of the file.', fails, async () => {
    const material = {
      events: stored.filter((event) => event !== null),
      publications,
      documents: new Map(documents.map(({ hash, document }) => [hash, document])),
      presentations,
    };
    const again = await answerOf(material, question.purpose, Date.parse(question.at), verifier.sha256);
    return canonicalJson(again) === canonicalJson(answer);
  });
}

/** An event that was received after the moment asked about is not in the file. */
const askedStep = (ids: readonly (string | null | undefined)[], id: string): EvidenceStep =>
  ids.includes(id)
    ? { about: 'the question', step: 'event', result: 'holds', why: 'The event that was asked about is here.' }
    : {
        about: 'the question',
        step: 'event',
        result: 'unchecked',
        why: 'The event that was asked about is not here: it came after the moment asked about, or was left out.',
      };

function keyStep(keys: readonly string[], serviceKeys: readonly string[] | null): EvidenceStep {
  const step = { about: 'the log', step: 'log_key' };
  if (serviceKeys === null)
    return { ...step, result: 'unchecked', why: "The log's key was not compared with the ones that the service publishes." };
  const known = keys.every((key) => serviceKeys.includes(key));
  return known
    ? { ...step, result: 'holds', why: "The log's key is one that the service publishes." }
    : { ...step, result: 'fails', why: "The log's key is none of the service's keys." };
}

/** Takes anything; throws for nothing that the input can cause. `serviceKeys`: C2SP verifier keys; null: nobody was asked. */
export async function verifyEvidence(
  input: unknown,
  serviceKeys: readonly string[] | null,
  verifier: Verifier,
): Promise<EvidenceCheck> {
  const read = v.safeParse(Evidence, input);
  if (!read.success) {
    const [issue] = read.issues;
    const why = `This is no evidence file: ${v.getDotPath(issue) ?? 'the whole'}: ${issue.message}`;
    return { verified: 'false', steps: [{ about: 'the file', step: 'form', result: 'fails', why }], evidence: null };
  }
  const evidence = read.output;
  const { events, erased, attested = [], question } = evidence;
  const presentations = new Map<string, Presentation>();
  for (const presentation of evidence.presentations) presentations.set(await hashOf(presentation, verifier.sha256), presentation);
  const steps: EvidenceStep[] = [{ about: 'the file', step: 'form', result: 'holds', why: 'The file is complete.' }];
  for (const one of events) steps.push(...(await eventSteps(evidence, one, presentations, verifier)));
  const stored = await Promise.all(events.map((one) => readEvent(one, verifier)));
  const cited = new Set(stored.map((one) => one?.event.presentation));
  for (const hash of presentations.keys())
    if (!cited.has(hash))
      steps.push({
        about: `presentation ${hash}`,
        step: 'presentation',
        result: 'fails',
        why: 'No event of the file refers to it: it was changed.',
      });
  for (const one of erased) steps.push(...(await erasedSteps(evidence, one, verifier)));
  for (const one of attested) steps.push(...(await attestedSteps(evidence, one, serviceKeys, verifier)));
  steps.push(...(await documentSteps(evidence, verifier)));
  const ids = [...stored.map((one) => one?.event.id), ...attested.map(({ attestation }) => attestedId(attestation))];
  if (question.event !== null && erased.length === 0) steps.push(askedStep(ids, question.event));
  steps.push(await answerStep(evidence, stored, presentations, verifier));
  const proven = [...events, ...attested, ...erased, ...erased.map(({ erasure }) => erasure)];
  steps.push(keyStep([...new Set(proven.map(({ logKey }) => logKey))], serviceKeys));
  const fails = steps.some(({ result }) => result === 'fails');
  return { verified: fails ? 'false' : serviceKeys === null ? 'unchecked' : 'true', steps, evidence };
}
