// What a site calls things, for pages that get their ids: its own name, who sends its marketing.
import { createContext } from 'preact';
import * as v from 'valibot';

import { ask } from './service.ts';

const Details = v.object({
  name: v.string(),
  configuration: v.object({
    marketing: v.optional(v.array(v.object({ senders: v.array(v.object({ id: v.string(), name: v.string() })) })), []),
  }),
});

export interface SiteNames {
  name: string;
  /** By id; one that no longer sends is not here. */
  senders: ReadonlyMap<string, string>;
}

export const SiteNamesContext = createContext<SiteNames>({ name: '', senders: new Map() });

export async function siteNames(site: string, signal: AbortSignal): Promise<SiteNames> {
  const { name, configuration } = await ask(Details, `/v1/admin/sites/${encodeURIComponent(site)}`, { signal });
  return {
    name,
    senders: new Map(configuration.marketing.flatMap(({ senders }) => senders.map((each) => [each.id, each.name]))),
  };
}
