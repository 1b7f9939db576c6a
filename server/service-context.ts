// What the routes are given: everything with a side effect, so that tests can pass their own.
import type { Logger } from 'pino';

import type { LogWriter } from './log/writer.ts';
import type { SiteRegistry } from './site-context.ts';
import type { Store } from './store/store.ts';
import type { WidgetFiles } from './widget-files.ts';

export interface ServiceContext {
  store: Store;
  log: LogWriter;
  sites: SiteRegistry;
  widget: WidgetFiles;
  /** Without a trailing slash. */
  publicUrl: string;
  /** Where the built dashboard is. */
  dashboardFolder: string;
  now: () => Date;
  logger: Logger;
}
