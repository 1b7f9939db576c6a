// The register of requests: how one gets in, what can happen to it, and what is known of it with its clock.
import { randomBytes } from 'node:crypto';

import * as v from 'valibot';

import { toBase64Url } from '../../shared/bytes.ts';
import { normaliseAddress } from '../../shared/marketing/address.ts';
import { isoDay } from '../../shared/notice/period.ts';
import type { RequestDetails, RequestSummary } from '../../shared/rights/api.ts';
import { requestClock, type ClockInput } from '../../shared/rights/clock.ts';
import {
  NEEDS_REASON,
  NEVER,
  nextState,
  possibleActions,
  type RequestAction,
  type RequestKind,
  type RequestState,
} from '../../shared/rights/request.ts';
import { ProblemError } from '../problem.ts';
import type { SiteContext } from '../site-context.ts';
import type { RequestStep, StoredRequest } from '../store/requests.ts';
import type { Site, Store } from '../store/store.ts';
import type { ContactVault } from './contact-vault.ts';
import { regimeOf, workingDays } from './working-days.ts';

export interface Register {
  store: Store;
  /** Null without CANDOUR_SECRET: nothing that names a person can be taken then. */
  vault: ContactVault | null;
  now: () => Date;
}

export interface NewRequestInput {
  kind: RequestKind;
  via: StoredRequest['via'];
  email?: string | undefined;
  message?: string;
  reference?: string;
  subject?: string | undefined;
  /** ISO day, where it came in before it was entered. */
  received?: string | undefined;
}

const Contact = v.object({ email: v.nullable(v.string()), message: v.string(), reference: v.string() });
export type Contact = v.InferOutput<typeof Contact>;

const LETTERS = '23456789abcdefghjkmnpqrstuvwxyz';
/** Easy to read aloud: 12 of 31 letters and digits. It identifies, it opens nothing. */
const makeId = (): string =>
  [...randomBytes(12)]
    .map((byte) => LETTERS[byte % LETTERS.length])
    .join('')
    .replace(/(.{4})(.{4})(.{4})/, '$1-$2-$3');

export const placeOf = (site: Pick<Site, 'id'>, id: string): string => `${site.id}/${id}`;

function vaultOf({ vault }: Register): ContactVault {
  if (!vault) throw new ProblemError('UNAVAILABLE', 'CANDOUR_SECRET is not set: requests cannot be taken here');
  return vault;
}

/** Where the day begins first, it is that much ahead of UTC. */
const MOST_AHEAD_MS = 14 * 3_600_000;

/** ms since 1970: noon of the day. Throws ProblemError BAD_REQUEST for one that has begun nowhere yet. */
function momentOf(received: string, now: number): number {
  if (received > isoDay(now + MOST_AHEAD_MS)) throw new ProblemError('BAD_REQUEST', 'received is a day that is still to come');
  return Date.parse(`${received}T12:00:00Z`);
}

/** One from the page waits for its confirmation; the others are open at once. Gives its id. Throws ProblemError BAD_REQUEST. */
export async function addRequest(register: Register, { site }: SiteContext, input: NewRequestInput): Promise<string> {
  const vault = vaultOf(register);
  const id = makeId();
  const place = placeOf(site, id);
  const wrapped = vault.makeKey(place);
  const contact: Contact = { email: input.email ?? null, message: input.message ?? '', reference: input.reference ?? '' };
  const at = register.now().getTime();
  await register.store.rights.add(
    site,
    {
      id,
      kind: input.kind,
      state: input.via === 'page' ? 'unconfirmed' : 'open',
      via: input.via,
      receivedAt: input.received === undefined ? at : momentOf(input.received, at),
      changedAt: at,
      closedAt: null,
      subject: input.subject ?? null,
      sealed: vault.seal(wrapped, place, JSON.stringify(contact)),
      mail: input.via === 'page' ? 'due' : 'none',
    },
    { wrapped, lookup: input.email === undefined ? null : vault.lookup(site.id, input.email) },
  );
  return id;
}

/** Throws ProblemError NOT_FOUND. */
export async function requestNamed({ store }: Register, { site }: SiteContext, id: string): Promise<StoredRequest> {
  const request = await store.rights.get(site, id);
  if (!request) throw new ProblemError('NOT_FOUND', 'there is no such request');
  return request;
}

/** Null where the person was erased. */
export async function contactOf(
  register: Register,
  { site }: SiteContext,
  { id, sealed }: StoredRequest,
): Promise<Contact | null> {
  const key = await register.store.rights.key(site, id);
  if (!key || !sealed) return null;
  return v.parse(Contact, JSON.parse(vaultOf(register).open(key.wrapped, placeOf(site, id), sealed)));
}

/** All keys under which the address of a request may stand on the suppression list or at a contact; empty: none is known. */
export async function addressKeysOf(register: Register, context: SiteContext, request: StoredRequest): Promise<string[]> {
  const stored = (await register.store.rights.key(context.site, request.id))?.lookup;
  const email = (await contactOf(register, context, request))?.email ?? null;
  const made = email === null ? [] : (register.vault?.keys(context.site.id, normaliseAddress('email', email)) ?? []);
  return [...new Set([...made, ...(stored ? [toBase64Url(stored)] : [])])];
}

/** Where the action leads. Throws ProblemError REQUEST_STATE for what cannot be done now, BAD_REQUEST without a reason that is needed. */
export function checkStep({ kind, state }: StoredRequest, action: RequestAction, reason: string): RequestState {
  const to = nextState(kind, state, action);
  if (to === null) {
    const possible = possibleActions(kind, state).join(', ') || 'nothing: it is closed';
    const why = NEVER[kind].includes(action) ? 'never done with a request of this kind' : `possible now: ${possible}`;
    throw new ProblemError('REQUEST_STATE', why);
  }
  if (NEEDS_REASON.includes(action) && reason === '')
    throw new ProblemError('BAD_REQUEST', `${action} needs a reason: it is told to the data subject`);
  return to;
}

/** Throws as checkStep does, and REQUEST_STATE where somebody else was quicker. */
export async function takeStep(
  register: Register,
  { site }: SiteContext,
  request: StoredRequest,
  {
    action,
    actor,
    reason = '',
    letter = null,
  }: { action: RequestAction; actor: string; reason?: string; letter?: string | null },
): Promise<void> {
  const to = checkStep(request, action, reason);
  const key = reason === '' && letter === null ? null : await register.store.rights.key(site, request.id);
  const seal = (text: string) => (key ? vaultOf(register).seal(key.wrapped, placeOf(site, request.id), text) : null);
  const sealed = reason === '' ? null : seal(reason);
  const step = { action, at: register.now().getTime(), actor, sealed };
  const sealedLetter = letter === null ? null : seal(letter);
  if (!(await register.store.rights.step(site, request.id, request.state, to, step, sealedLetter)))
    throw new ProblemError('REQUEST_STATE', 'somebody else changed it meanwhile');
}

/** A confirmation by mail is the identity that was asked for: it starts the clock where the law says so, and only there. */
function clockSteps(request: StoredRequest, steps: readonly RequestStep[], regime: ClockInput['regime']): ClockInput['steps'] {
  const taken = steps.map(({ action, at }) => ({ action, day: isoDay(at) }));
  const identified = regime === 'uk' && request.via === 'page' && !NEVER[request.kind].includes('ask_identity');
  if (!identified) return taken;
  return [
    { action: 'ask_identity', day: isoDay(request.receivedAt) },
    ...taken.map(({ action, day }) => ({ action: action === 'confirm' ? ('receive_identity' as const) : action, day })),
  ];
}

async function summary(register: Register, context: SiteContext, request: StoredRequest, steps: readonly RequestStep[]) {
  const { jurisdiction } = context.configuration;
  const regime = regimeOf(jurisdiction);
  const clock = requestClock({
    regime,
    kind: request.kind,
    received: isoDay(request.receivedAt),
    steps: clockSteps(request, steps, regime),
    today: isoDay(request.closedAt ?? register.now().getTime()),
    isWorkingDay: await workingDays(jurisdiction),
  });
  const answer: RequestSummary = {
    id: request.id,
    kind: request.kind,
    state: request.state,
    via: request.via,
    receivedAt: new Date(request.receivedAt).toISOString(),
    closedAt: request.closedAt === null ? null : new Date(request.closedAt).toISOString(),
    subject: request.subject,
    regime,
    clock,
    actions: possibleActions(request.kind, request.state).filter((action) => action !== 'confirm'),
  };
  return answer;
}

/** Without anything that names a person. */
export async function summaryOf(register: Register, context: SiteContext, request: StoredRequest): Promise<RequestSummary> {
  return summary(register, context, request, await register.store.rights.steps(context.site, request.id));
}

export async function detailsOf(register: Register, context: SiteContext, request: StoredRequest): Promise<RequestDetails> {
  const { site } = context;
  const steps = await register.store.rights.steps(site, request.id);
  const key = await register.store.rights.key(site, request.id);
  const open = (sealed: Uint8Array | null): string | null =>
    sealed && key ? vaultOf(register).open(key.wrapped, placeOf(site, request.id), sealed) : null;
  return {
    ...(await summary(register, context, request, steps)),
    contact: await contactOf(register, context, request),
    steps: steps.map(({ number, action, at, actor, sealed }) => ({
      number,
      action,
      at: new Date(at).toISOString(),
      actor,
      reason: open(sealed),
    })),
  };
}
