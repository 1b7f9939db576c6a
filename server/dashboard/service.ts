// The service as the dashboard sees it, and the dashboard's only fetch. Every answer is parsed before it is used. What one page
// alone asks stands beside that page.
import * as v from 'valibot';

import { AdminEvents, AdminSite, AdminStatistics, paths, WellKnown } from '../../shared/api.ts';
import { SignedIn } from '../../shared/operator.ts';

/**
 * `signed_out`: sign in again. `refused`: asked for something that cannot be, `detail` says why. `busy`: too many requests.
 * `unreachable`: no answer. `failed`: an error of the service. `unexpected`: an answer that is none.
 */
export type FailureKind = 'signed_out' | 'forbidden' | 'missing' | 'refused' | 'busy' | 'unreachable' | 'failed' | 'unexpected';

export class ServiceFailure extends Error {
  override name = 'ServiceFailure';
  readonly kind: FailureKind;
  /** Code of the problem (shared/api.ts PROBLEMS), where the service gave one. */
  readonly code: string | null;
  /** What the service says about it. */
  readonly detail: string | null;
  constructor(
    kind: FailureKind,
    message: string,
    { cause, code = null, detail = null }: { cause?: unknown; code?: string | null; detail?: string | null } = {},
  ) {
    super(message, { cause });
    this.kind = kind;
    this.code = code;
    this.detail = detail;
  }
}

/** What was thrown, as a failure that can be shown. */
export const failureOf = (error: unknown): ServiceFailure =>
  error instanceof ServiceFailure ? error : new ServiceFailure('unexpected', 'Something failed in this page.', { cause: error });

export type Session = v.InferOutput<typeof SignedIn>;
const Sites = v.object({ sites: v.array(AdminSite) });
const Problem = v.object({ title: v.string(), code: v.optional(v.string()), detail: v.optional(v.string()) });

const KINDS: Record<number, FailureKind> = { 401: 'signed_out', 403: 'forbidden', 404: 'missing', 429: 'busy' };
const kindOf = (status: number): FailureKind => KINDS[status] ?? (status < 500 ? 'refused' : 'failed');

async function problemOf(response: Response): Promise<ServiceFailure> {
  const read = v.safeParse(Problem, await response.json().catch(() => null));
  const { title = null, code = null, detail = null } = read.success ? read.output : {};
  return new ServiceFailure(kindOf(response.status), `The service answered ${response.status}.`, {
    code,
    detail: detail ?? title,
  });
}

/** Resolves with an answer of 2xx; rejects with ServiceFailure, or with AbortError where the signal aborts it. */
export async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(path, {
    credentials: 'same-origin',
    cache: 'no-store',
    headers: { accept: 'application/json', ...(init.body ? { 'content-type': 'application/json' } : {}) },
    ...init,
  }).catch((error: unknown) => {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ServiceFailure('unreachable', 'The service does not answer.', { cause: error });
  });
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** As `send`, and the answer's body as the schema has it. */
export async function ask<T extends v.GenericSchema>(schema: T, path: string, init?: RequestInit): Promise<v.InferOutput<T>> {
  const response = await send(path, init);
  const body: unknown = await response.json().catch((error: unknown) => {
    throw new ServiceFailure('unexpected', 'The answer is not JSON.', { cause: error });
  });
  const read = v.safeParse(schema, body);
  if (!read.success)
    throw new ServiceFailure('unexpected', 'The answer has another form than this dashboard knows.', { cause: read.issues });
  return read.output;
}

/** `ask(Shape, path, posted(body))`. */
export const posted = (body: unknown, method: 'POST' | 'PATCH' = 'POST'): RequestInit => ({ method, body: JSON.stringify(body) });

/** Each rejects with ServiceFailure, or with AbortError where a signal aborts it. */
export const service = {
  session: () => ask(SignedIn, paths.adminSession()),
  /** `token`: one-time sign-in token or API key. */
  signIn: async (token: string): Promise<Session> => {
    await send(paths.adminSession(), posted({ token }));
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
