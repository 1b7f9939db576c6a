// Runs the retention engine for every site from time to time, where the operator asked for it (CANDOUR_RETENTION).
import type { Logger } from 'pino';

import type { SiteRegistry } from '../site-context.ts';
import { runRetention, type RetentionSetting } from './engine.ts';

const DAY_MS = 86_400_000;
/** Days since the run before at most: what a clock that jumped ahead would purge, nobody brings back. */
const LONGEST_PAUSE = 40;

export interface RetentionJob {
  /** One round over all sites; never throws. */
  round(): Promise<void>;
  close(): Promise<void>;
}

/** Several processes may run it: what one has removed, the others do not find. */
export function retentionJob(
  setting: RetentionSetting & { sites: SiteRegistry; logger: Logger },
  { every = DAY_MS, start = true } = {},
): RetentionJob {
  const { store, sites, logger } = setting;
  let running: Promise<void> = Promise.resolve();

  async function round(): Promise<void> {
    for (const { id } of await store.sites())
      try {
        const context = await sites.get(id);
        const [last] = await store.retention.runs(context.site, 1);
        const days = last ? Math.floor((setting.now().getTime() - last.at) / DAY_MS) : 0;
        if (days > LONGEST_PAUSE) {
          logger.error({ site: id, days }, 'retention not run: look at the clock, then run it once by hand');
          continue;
        }
        const { removed } = await runRetention(setting, context);
        logger.info({ site: id, removed }, 'retention run');
      } catch (error) {
        logger.error({ site: id, error: (error as Error).message }, 'retention run failed');
      }
  }
  const safely = (): Promise<void> =>
    (running = running
      .then(round)
      .catch((error: unknown) => logger.error({ error: (error as Error).message }, 'retention failed')));
  const timer = start ? setInterval(() => void safely(), every).unref() : null;
  if (start) void safely();
  return {
    round: safely,
    async close() {
      if (timer) clearInterval(timer);
      await running;
    },
  };
}
