// What the routes are given: everything with a side effect, so that tests can pass their own.
import type { Logger } from 'pino';

import type { AttestationWriter } from './attest/attest.ts';
import type { GpcSupport } from './config.ts';
import type { EventChecks } from './event-checks.ts';
import type { PlaceHeaders } from './jurisdiction.ts';
import type { LogWriter } from './log/writer.ts';
import type { Metrics } from './metrics.ts';
import type { RateLimiter } from './rate-limit.ts';
import type { MarketingDesk } from './marketing/desk.ts';
import type { RightsDesk } from './rights/desk.ts';
import type { SiteRegistry } from './site-context.ts';
import type { Store } from './store/store.ts';
import type { WebhookSetting } from './webhooks/endpoints.ts';
import type { WidgetBuilds } from './widget-builds.ts';
import type { WidgetFiles } from './widget-files.ts';

export interface Limits {
  /** Requests of one network to one site; null: as many as it likes. */
  perMinute: number | null;
  /** Who asks is what the operator's own proxy says. */
  trustProxy: boolean;
}

export interface ServiceContext extends RightsDesk, MarketingDesk {
  store: Store;
  log: LogWriter;
  /** Who checks signatures. */
  checks: EventChecks;
  /** What the operator attests, into the same logs. */
  attestations: AttestationWriter;
  sites: SiteRegistry;
  webhooks: WebhookSetting;
  widget: WidgetFiles;
  builds: WidgetBuilds;
  /** Without a trailing slash. */
  publicUrl: string;
  /** Where the built dashboard is. */
  dashboardFolder: string;
  now: () => Date;
  metrics: Metrics;
  limits: Limits;
  limiter: RateLimiter;
  /** Where visitors are, as the operator's own proxy says. */
  placeHeaders: PlaceHeaders;
  /** What the operator affirms about Global Privacy Control; null: nothing. */
  gpc: GpcSupport | null;
  logger: Logger;
}
