// The service as the dashboard sees it, and the dashboard's only fetch. Every answer is parsed before it is used.
import * as v from 'valibot';

import { AdminEvents, AdminSite, AdminStatistics, paths, WellKnown } from '../../shared/api.ts';

/** `signed_out`: sign in again. `unreachable`: no answer. `failed`: an error of the service. `unexpected`: an answer that is none. */
export type FailureKind = 'signed_out' | 'forbidden' | 'missing' | 'unreachable' | 'failed' | 'unexpected';

export class ServiceFailure extends Error {
  override name = 'ServiceFailure';
  readonly kind: FailureKind;
  constructor(kind: FailureKind, message: string, cause?: unknown) {
    super(message, { cause });
    this.kind = kind;
  }
}

const Session = v.object({ name: v.string(), role: v.string() });
export type Session = v.InferOutput<typeof Session>;
const Sites = v.object({ sites: v.array(AdminSite) });

const kindOf = (status: number): FailureKind =>
  status === 401 ? 'signed_out' : status === 403 ? 'forbidden' : status === 404 ? 'missing' : 'failed';

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, {
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'application/json', ...(init.body ? { 'content-type': 'application/json' } : {}) },
    ...init,
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServiceFailure('unreachable', 'The service does not answer.', error);
  });
  if (!response.ok) throw new ServiceFailure(kindOf(response.status), `The service answered ${response.status}.`);
  return response;
}

async function ask<T extends v.GenericSchema>(schema: T, path: string, init?: RequestInit): Promise<v.InferOutput<T>> {
  const response = await send(path, init);
  const body: unknown = await response.json().catch((error: unknown) => {
    throw new ServiceFailure('unexpected', 'The answer is not JSON.', error);
  });
  const read = v.safeParse(schema, body);
  if (!read.success)
    throw new ServiceFailure('unexpected', 'The answer has another form than this dashboard knows.', read.issues);
  return read.output;
}

/** Each rejects with ServiceFailure, or with AbortError where a signal aborts it. */
export const service = {
  session: () => ask(Session, paths.adminSession()),
  /** `token`: one-time sign-in token or API key. */
  signIn: async (token: string): Promise<Session> => {
    await send(paths.adminSession(), { method: 'POST', body: JSON.stringify({ token }) });
    return service.session();
  },
  signOut: async (): Promise<void> => {
    await send(paths.adminSession(), { method: 'DELETE' });
  },
  sites: async (signal?: AbortSignal) => (await ask(Sites, paths.adminSites(), { signal })).sites,
  statistics: (site: string, days: number, signal?: AbortSignal) =>
    ask(AdminStatistics, `${paths.adminStatistics(site)}?days=${days}`, { signal }),
  /** Newest first; `before` is the `next` of the page before. */
  events: (site: string, before: number | null, limit: number, signal?: AbortSignal) =>
    ask(AdminEvents, `${paths.adminEvents(site)}?limit=${limit}${before === null ? '' : `&before=${before}`}`, { signal }),
  /** As it came: verifyReceipt() judges it. */
  receipt: (site: string, event: string, subject: string, signal?: AbortSignal): Promise<unknown> =>
    ask(v.unknown(), `${paths.receipt(site, event)}?subject=${encodeURIComponent(subject)}`, { signal }),
  wellKnown: (signal?: AbortSignal) => ask(WellKnown, paths.wellKnown(), { signal }),
};
