// What the pages about data subjects' requests ask of the service (docs/rights.md).
import * as v from 'valibot';

import { paths } from '../../../shared/api.ts';
import { RequestDetails, RequestSummary } from '../../../shared/rights/api.ts';
import { KEPT, type Kept } from '../../../shared/rights/kept.ts';
import type { RequestAction, RequestKind } from '../../../shared/rights/request.ts';
import { keepAnswer } from '../keep.ts';
import { ask, posted, send } from '../service.ts';

const Codes = v.array(v.picklist(Object.keys(KEPT) as Kept[]));

/** What a step did besides being written down. */
const Done = v.object({
  erased: v.optional(v.number()),
  kept: v.optional(Codes),
  restricted: v.optional(v.boolean()),
  suppressed: v.optional(v.boolean()),
  /** Null: no address is known. */
  told: v.nullable(v.boolean()),
});
export type Done = v.InferOutput<typeof Done>;

const Erased = v.object({ erased: v.number(), index: v.nullable(v.number()), requests: v.number(), kept: Codes });
export type Erased = v.InferOutput<typeof Erased>;

const Restriction = v.object({ subject: v.string(), since: v.string(), request: v.nullable(v.string()) });
export type Restriction = v.InferOutput<typeof Restriction>;

export interface NewRequestInput {
  kind: RequestKind;
  received?: string;
  email?: string;
  message?: string;
  subject?: string;
}

const siteOf = (site: string): string => `/v1/admin/sites/${encodeURIComponent(site)}`;
const requestOf = (site: string, id: string): string =>
  `${paths.adminRequests(encodeURIComponent(site))}/${encodeURIComponent(id)}`;
const restrictionOf = (site: string, subject: string): string => `${siteOf(site)}/restrictions/${encodeURIComponent(subject)}`;

/** Each rejects with ServiceFailure. */
export const rights = {
  /** `state`: one of REQUEST_STATES, 'all', or null for those that wait for an answer. The oldest first. */
  list: async (site: string, state: string | null, signal: AbortSignal) => {
    const query = state === null ? '' : `?state=${encodeURIComponent(state)}`;
    const path = `${paths.adminRequests(encodeURIComponent(site))}${query}`;
    return (await ask(v.object({ requests: v.array(RequestSummary) }), path, { signal })).requests;
  },
  show: (site: string, id: string, signal: AbortSignal) => ask(RequestDetails, requestOf(site, id), { signal }),
  enter: (site: string, input: NewRequestInput) =>
    ask(RequestDetails, paths.adminRequests(encodeURIComponent(site)), posted(input)),
  step: (site: string, id: string, action: RequestAction, reason: string) =>
    ask(v.object({ done: Done, request: RequestDetails }), `${requestOf(site, id)}/steps`, posted({ action, reason })),
  link: (site: string, id: string, subject: string | null) =>
    ask(RequestDetails, requestOf(site, id), posted({ subject }, 'PATCH')),
  keepPack: (site: string, id: string, pack: 'access' | 'portability') =>
    keepAnswer(`${requestOf(site, id)}/${pack}`, `${pack}-${id}.zip`, 'application/zip'),
  eraseContact: (site: string, id: string) => send(`${requestOf(site, id)}/contact`, { method: 'DELETE' }),
  restrictions: async (site: string, signal: AbortSignal) =>
    (await ask(v.object({ restrictions: v.array(Restriction) }), `${siteOf(site)}/restrictions`, { signal })).restrictions,
  restrict: (site: string, subject: string) => send(restrictionOf(site, subject), { method: 'POST' }),
  lift: (site: string, subject: string) => send(restrictionOf(site, subject), { method: 'DELETE' }),
  erase: (site: string, subject: string) =>
    ask(Erased, `${siteOf(site)}/subjects/${encodeURIComponent(subject)}`, { method: 'DELETE' }),
};
