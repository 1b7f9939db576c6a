// What the service tells Prometheus. Labels come from closed lists (routes, status, sites, outcomes): nothing here is about a person.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

import type { Site, Store } from './store/store.ts';

export interface Metrics {
  /** `route` as in the table of routes, never the path that was asked. */
  answered(method: string, route: string, status: number, seconds: number): void;
  event(site: string, outcome: 'accepted' | 'duplicate' | 'erased' | 'rejected'): void;
  limited(kind: 'site' | 'sign_in' | 'permission'): void;
  /** The text that Prometheus reads, and its media type. */
  text(): Promise<{ type: string; body: string }>;
}

/** `ofProcess`: also what Node says of itself (memory, event loop, garbage collection). */
export function serviceMetrics(
  store: Pick<Store, 'sites' | 'head' | 'totals' | 'webhooks' | 'rights' | 'witnesses'>,
  { ofProcess = false } = {},
): Metrics {
  const registry = new Registry();
  const registers = [registry];
  if (ofProcess) collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'candour_http_request_seconds',
    help: 'Time from a request to its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.002, 0.005, 0.01, 0.02, 0.04, 0.08, 0.2, 0.5, 1, 5],
    registers,
  });
  const events = new Counter({
    name: 'candour_events_total',
    help: 'Consent events that were answered, by what became of them.',
    labelNames: ['site', 'outcome'],
    registers,
  });
  const limited = new Counter({
    name: 'candour_rate_limited_total',
    help: 'Requests that were answered with 429.',
    labelNames: ['kind'],
    registers,
  });
  const leaves = new Gauge({ name: 'candour_log_leaves', help: 'Leaves of a log.', labelNames: ['site'], registers });
  const newest = new Gauge({
    name: 'candour_newest_event_timestamp_seconds',
    help: 'When the newest event of a site was received.',
    labelNames: ['site'],
    registers,
  });
  const cosigned = new Gauge({
    name: 'candour_cosigned_leaves',
    help: 'Leaves of the newest head of a log that a witness cosigned.',
    labelNames: ['site'],
    registers,
  });
  const waiting = new Gauge({
    name: 'candour_webhook_messages_waiting',
    help: 'Messages to the webhooks of a site that were not taken yet.',
    labelNames: ['site'],
    registers,
  });
  const letters = new Gauge({
    name: 'candour_letters',
    help: 'Letters about the steps of rights requests that wait (due) or were given up (failed).',
    labelNames: ['site', 'state'],
    registers,
  });

  async function look(site: Site): Promise<void> {
    const { epoch, size } = await store.head(site);
    leaves.set({ site: site.id }, size);
    const { latestAt } = await store.totals(site);
    if (latestAt !== null) newest.set({ site: site.id }, latestAt / 1000);
    const witnessed = await store.witnesses.newestWitnessed(site, epoch);
    if (witnessed !== null) cosigned.set({ site: site.id }, witnessed);
    waiting.set({ site: site.id }, await store.webhooks.waiting(site));
    for (const state of ['due', 'failed'] as const)
      letters.set({ site: site.id, state }, await store.rights.letters(site, state));
  }

  return {
    answered: (method, route, status, seconds) => requests.observe({ method, route, status }, seconds),
    event: (site, outcome) => events.inc({ site, outcome }),
    limited: (kind) => limited.inc({ kind }),
    async text() {
      for (const site of await store.sites()) await look(site);
      return { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
