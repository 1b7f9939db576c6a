// Changing a site's settings: the service is asked first what the change would do, and where visitors would be asked again, the
// person at the dashboard is asked too.
import { useState } from 'preact/hooks';
import * as v from 'valibot';

import { AdminSiteDetails } from '../../shared/operator.ts';
import { ask, posted, type ServiceFailure } from './service.ts';
import { useAction } from './use-action.ts';

export type SiteDetails = v.InferOutput<typeof AdminSiteDetails>;
export interface SiteChangeInput {
  name?: string;
  origins?: string[];
  /** Parts of the configuration, each in the place of the one that holds now. */
  configuration?: Record<string, unknown>;
}

const Planned = v.object({ configurationHash: v.string(), asksAgain: v.boolean() });
const Changed = v.object({ ...AdminSiteDetails.entries, asksAgain: v.boolean() });

export const sitePath = (site: string): string => `/v1/admin/sites/${encodeURIComponent(site)}`;

export interface SiteSaving {
  /** Resolves with true where it was saved; false where it failed or waits for `confirm`. */
  save: (change: SiteChangeInput) => Promise<boolean>;
  busy: boolean;
  failure: ServiceFailure | null;
  /** A change that asks visitors again waits here for a word. */
  waiting: SiteChangeInput | null;
  confirm: () => Promise<void>;
  cancel: () => void;
  /** Of the last change that was saved; null: none yet. */
  asked: boolean | null;
}

export function useSiteChange(site: string, saved: (details: SiteDetails) => void): SiteSaving {
  const [waiting, setWaiting] = useState<SiteChangeInput | null>(null);
  const [asked, setAsked] = useState<boolean | null>(null);
  const patch = async (change: SiteChangeInput): Promise<void> => {
    const { asksAgain, ...details } = await ask(Changed, sitePath(site), posted(change, 'PATCH'));
    setAsked(asksAgain);
    saved(details);
  };
  const action = useAction(async (change: SiteChangeInput) => {
    setAsked(null);
    const { asksAgain } = await ask(Planned, `${sitePath(site)}/check`, posted(change));
    if (asksAgain) setWaiting(change);
    else await patch(change);
    return asksAgain;
  });
  return {
    save: action.run,
    busy: action.busy,
    failure: action.failure,
    waiting,
    confirm: async () => {
      if (waiting) await patch(waiting);
    },
    cancel: () => setWaiting(null),
    asked,
  };
}
