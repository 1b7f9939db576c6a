// Everything that the dashboard asks, by name, and how long each answer takes: from the API's own description, so that none is left out.
import { paths } from '../shared/api.ts';
import { ADMIN_OPERATIONS } from '../server/openapi-admin.ts';
import { SITE, type CandourService } from './candour-service.ts';

const TIMES = 5;

export interface KnownEvent {
  id: string;
  subject: string;
}

/** Answers that are files, and those that need more than a site: such as the dashboard asks stand below. */
const OTHERWISE = /\/(export|diff|session|prove|attestations|permissions|lists)$/;

/** `size`: of the log. */
export function dashboardQueries(size: number, { id, subject }: KnownEvent): Map<string, string> {
  const lists = Object.keys(ADMIN_OPERATIONS).flatMap((operation) => {
    const path = /^GET (\S+)$/.exec(operation)?.[1]?.replace(':site', SITE);
    return path && !path.includes(':') && !OTHERWISE.test(path) ? [path] : [];
  });
  const about = encodeURIComponent(subject);
  return new Map([
    ...lists.map((path): [string, string] => [path.replace(/^\/v1\/admin\//, '').replace(`sites/${SITE}/`, 'site: '), path]),
    ['site: statistics of 400 days', `${paths.adminStatistics(SITE)}?days=400`],
    ['site: 200 events of the middle', `${paths.adminEvents(SITE)}?limit=200&before=${Math.floor(size / 2)}`],
    ['site: receipt', `${paths.receipt(SITE, id)}?subject=${about}`],
    ['site: attestations of a subject', `/v1/admin/sites/${SITE}/attestations?subject=${about}`],
    ['site: prove by event', `/v1/admin/sites/${SITE}/prove?event=${id}`],
    ['site: prove by subject', `/v1/admin/sites/${SITE}/prove?subject=${about}`],
  ]);
}

/** The slowest of five answers of each, in ms, after one that is not counted. */
export async function timeDashboard(service: CandourService, queries: Map<string, string>): Promise<Map<string, number>> {
  const slowest = new Map<string, number>();
  for (const [name, path] of queries) {
    const times: number[] = [];
    for (let i = 0; i <= TIMES; i++) {
      const start = performance.now();
      const response = await fetch(`http://127.0.0.1:${service.port}${path}`, {
        headers: { Authorization: `Bearer ${service.key}`, Accept: 'application/json' },
      });
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${path}: ${response.status}`);
      if (i > 0) times.push(performance.now() - start);
    }
    slowest.set(name, Math.max(...times));
  }
  return slowest;
}
