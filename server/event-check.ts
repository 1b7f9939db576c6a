// Is it an event that this site can store? Everything is checked here, before anything is written; a clock never matters.
// What costs time, the signature above all, is of no site and no state, so that a worker thread can do it (event-checks.ts).
import { hash } from 'node:crypto';

import * as v from 'valibot';

import type { SubjectJwk, Verifier } from '../shared/crypto.ts';
import { ConsentEvent } from '../shared/consent/event.ts';
import { BadJws, EVENT_TYP, keyOfHeader, MAX_JWS, parseJws, thumbprint, verifyJws, type Jws } from '../shared/consent/jws.ts';
import type { ProblemCode } from '../shared/api.ts';
import { issueLine } from './schema-issue.ts';
import type { SiteContext } from './site-context.ts';
import { decodeBase64Url } from './base64url.ts';
import { Recent, sha256, verifier } from './verifier.ts';

/** An event that was checked and may be stored. */
export interface Candidate {
  event: ConsentEvent;
  /** jwsHash */
  hash: string;
  subject: string;
  key: SubjectJwk;
  payload: Uint8Array;
  signature: Uint8Array;
  /** Keeps it from coming back once it is erased. */
  tombstone: string;
}
export interface Rejected {
  /** Null if unreadable. */
  id: string | null;
  code: ProblemCode;
  detail?: string;
}
export type Checked = { candidate: Candidate } | { rejected: Rejected };

const reject = (code: ProblemCode, id: string | null, detail?: string): Checked => ({
  rejected: { code, id, ...(detail === undefined ? {} : { detail }) },
});

/** The id of an event that is refused before its payload was validated, if it has one. */
const idOf = (payload: unknown): string | null => {
  const read = v.safeParse(v.object({ id: ConsentEvent.entries.id }), payload);
  return read.success ? read.output.id : null;
};

const TOMBSTONE = Buffer.from('candour-tombstone\n');
export const tombstoneOf = (subject: string, payload: Uint8Array): string =>
  hash('sha256', Buffer.concat([TOMBSTONE, Buffer.from(subject, 'base64url'), payload]), 'base64url');

/** The first purpose, or marketing sender, that no configuration of the site ever had. */
function unknownPurpose(event: ConsentEvent, site: SiteContext): string | undefined {
  const purpose = Object.keys(event.purposes).find((id) => !site.purposes.has(id));
  if (purpose !== undefined) return purpose;
  for (const [activity, senders] of Object.entries(event.channels ?? {}))
    for (const sender of Object.keys(senders)) if (!site.senders.has(`${activity} ${sender}`)) return `${activity}/${sender}`;
  return undefined;
}

interface KnownSubject {
  key: SubjectJwk;
  thumbprint: string;
}
/** By the header that was read and found canonical: a browser sends the same one with each of its events. */
const subjects = new Recent<KnownSubject>(2000);

function keyOf(header: string): SubjectJwk {
  return subjects.get(header)?.key ?? keyOfHeader(header, EVENT_TYP, decodeBase64Url);
}

/** Of an event whose signature holds: only then is the header worth remembering. */
async function subjectOf(compact: string, key: SubjectJwk): Promise<string> {
  const header = compact.slice(0, compact.indexOf('.'));
  const known = subjects.get(header);
  if (known) return known.thumbprint;
  const subject = await thumbprint(key, sha256);
  subjects.set(header, { key, thumbprint: subject });
  return subject;
}

function parseEnvelope(compact: string): Jws | BadJws {
  try {
    return parseJws(compact, EVENT_TYP, { decode: decodeBase64Url, keyOf });
  } catch (error) {
    if (error instanceof BadJws) return error;
    throw error;
  }
}

/** What is worth telling of an event that holds: the rest can be read from it again. */
export interface Findings {
  hash: string;
  subject: string;
  tombstone: string;
}

/** The candidate of an event that was checked elsewhere: that its parts are strict base64url, and more, has been seen to there. */
export function candidateOf(compact: string, { hash: jwsHash, subject, tombstone }: Findings): Candidate {
  const [header = '', payload = '', signature = ''] = compact.split('.');
  const payloadBytes = Buffer.from(payload, 'base64url');
  const key = subjects.get(header)?.key ?? (JSON.parse(Buffer.from(header, 'base64url').toString()) as { jwk: SubjectJwk }).jwk;
  subjects.set(header, { key, thumbprint: subject });
  return {
    event: JSON.parse(payloadBytes.toString()) as ConsentEvent,
    hash: jwsHash,
    subject,
    key,
    payload: payloadBytes,
    signature: Buffer.from(signature, 'base64url'),
    tombstone,
  };
}

/** Whether the site can ever have asked this. */
export function checkPurposes(checked: Checked, site: SiteContext): Checked {
  if ('rejected' in checked) return checked;
  const unknown = unknownPurpose(checked.candidate.event, site);
  return unknown === undefined ? checked : reject('UNKNOWN_PURPOSE', checked.candidate.event.id, unknown);
}

/** Takes anything; rejects for nothing that the input can cause. `log`: the one that it must be made for. */
export async function checkEvent(input: unknown, log: string, by: Pick<Verifier, 'verifyEs256'> = verifier): Promise<Checked> {
  if (typeof input !== 'string') return reject('BAD_JWS', null, 'not a string');
  if (input.length > MAX_JWS) return reject('TOO_LARGE', null, `longer than ${MAX_JWS} characters`);
  const jws = parseEnvelope(input);
  if (jws instanceof BadJws) return reject('BAD_JWS', null, jws.message);
  const read = v.safeParse(ConsentEvent, jws.payload);
  if (!read.success) {
    const [issue] = read.issues;
    return reject('BAD_JWS', idOf(jws.payload), issueLine(issue, 'the event'));
  }
  const event = read.output;
  if (event.log !== log) return reject('WRONG_LOG', event.id);
  if (!(await verifyJws(jws, by))) return reject('BAD_SIGNATURE', event.id);
  const subject = await subjectOf(input, jws.key);
  return {
    candidate: {
      event,
      hash: hash('sha256', input, 'base64url'),
      subject,
      key: jws.key,
      payload: jws.payloadBytes,
      signature: jws.signature,
      tombstone: tombstoneOf(subject, jws.payloadBytes),
    },
  };
}
