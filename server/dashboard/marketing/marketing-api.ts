// What the marketing page asks the service. An address is only ever in a body.
import * as v from 'valibot';

import type { Channel } from '../../../shared/notice/schema.ts';
import { ask, posted, send } from '../service.ts';

const Site = v.object({
  configuration: v.object({
    marketing: v.optional(
      v.array(
        v.object({
          activity: v.string(),
          senders: v.array(v.object({ id: v.string(), name: v.string(), doubleOptIn: v.optional(v.boolean(), false) })),
          channels: v.array(v.string()),
        }),
      ),
      [],
    ),
  }),
});

/** A channel of a sender, as the configuration has it. */
export interface Sending {
  channel: Channel;
  sender: string;
  name: string;
  doubleOptIn: boolean;
  /** Of the notice, that its messages belong to. */
  activities: string[];
}

const Notices = v.object({ notices: v.array(v.object({ hash: v.string(), title: v.string(), publishedAt: v.string() })) });
export type Notice = v.InferOutput<typeof Notices>['notices'][number];

/** What this page reads of the answers of shared/marketing/api.ts. */
const Permission = v.object({
  contact: v.nullable(v.string()),
  may: v.boolean(),
  reason: v.optional(v.string()),
  why: v.optional(v.string()),
  since: v.nullable(v.string()),
  proof: v.optional(v.unknown()),
  missing: v.optional(v.array(v.string())),
  bounced: v.optional(v.object({ at: v.string(), status: v.string() })),
});
export type Permission = v.InferOutput<typeof Permission>;

const Suppressions = v.object({
  suppressions: v.array(v.object({ channel: v.string(), sender: v.nullable(v.string()), reason: v.string() })),
  next: v.nullable(v.number()),
});

const Counts = v.object({
  permitted: v.number(),
  reasons: v.record(v.string(), v.number()),
  leftOut: v.record(v.string(), v.number()),
});
export type Counts = v.InferOutput<typeof Counts>;

const admin = (site: string): string => `/v1/admin/sites/${encodeURIComponent(site)}`;
const listPath = (site: string, { channel, sender }: Sending, format: string): string =>
  `${admin(site)}/lists?${new URLSearchParams({ channel, sender, format }).toString()}`;

export const marketing = {
  /** Each once, however many forms ask for it. */
  async sendings(site: string, signal: AbortSignal): Promise<Sending[]> {
    const { configuration } = await ask(Site, admin(site), { signal });
    const all = configuration.marketing.flatMap(({ activity, senders, channels }) =>
      senders.flatMap(({ id, name, doubleOptIn }) =>
        channels.map((channel): Sending => ({
          channel: channel as Channel,
          sender: id,
          name,
          doubleOptIn,
          activities: [activity],
        })),
      ),
    );
    const groups = Map.groupBy(all, ({ sender, channel }) => `${sender} ${channel}`).values();
    return [...groups].flatMap((group) =>
      group[0]
        ? [
            {
              ...group[0],
              doubleOptIn: group.some((one) => one.doubleOptIn),
              activities: [...new Set(group.flatMap(({ activities }) => activities))],
            },
          ]
        : [],
    );
  },
  permission: (site: string, address: string, { channel, sender }: Sending) =>
    ask(Permission, `${admin(site)}/permissions`, posted({ address, channel, sender })),
  counts: (site: string, sending: Sending) => ask(Counts, listPath(site, sending, 'counts')),
  suppressions: (site: string, after: number, signal: AbortSignal) =>
    ask(Suppressions, `${admin(site)}/suppressions?after=${after}`, { signal }),
  notices: async (site: string, signal: AbortSignal) =>
    (await ask(Notices, `/v1/sites/${encodeURIComponent(site)}/notices`, { signal })).notices,
  /** Saved by the browser as it comes. */
  listHref: (site: string, sending: Sending): string => listPath(site, sending, 'csv'),
  /** Tells what the service says about a list, line by line, as it comes. `map`: column to field; `said`: of all rows. */
  async bringIn(
    site: string,
    { channel, sender }: Sending,
    {
      list,
      map,
      said,
      dryRun,
    }: { list: File; map: Readonly<Record<string, string>>; said: Record<string, string>; dryRun: boolean },
    tell: (line: unknown) => void,
  ): Promise<void> {
    const query = new URLSearchParams({ channel, sender, ...said, ...(dryRun ? { dryRun: 'true' } : {}) });
    for (const [column, field] of Object.entries(map)) query.append('map', `${column}=${field}`);
    const answer = await send(`${admin(site)}/lists?${query.toString()}`, {
      method: 'POST',
      body: list,
      headers: { 'content-type': 'text/csv', accept: 'application/x-ndjson' },
    });
    const reader = answer.body?.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    for (let done = false; reader && !done;) {
      const read = await reader.read();
      done = read.done;
      const lines = (rest + (done ? '\n' : decoder.decode(read.value, { stream: true }))).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) if (line) tell(JSON.parse(line));
    }
  },
};
