// What the dashboard asks (shared/api.ts has the shapes).
import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import type { AdminEvents, AdminSite, AdminStatistics } from '../../shared/api.ts';
import { addPeriod, isoDay } from '../../shared/notice/period.ts';
import { exchangeToken } from '../credentials.ts';
import { endSession, operatorOf, startSession } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { eventOf } from '../receipts.ts';
import { readBody } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { LoggedEvent } from '../store/store.ts';

const MAX_SIGN_IN = 1024;
const SignIn = v.object({ token: v.pipe(v.string(), v.maxLength(200)) });
const FRESH = { 'Cache-Control': 'no-store' };

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new ProblemError('BAD_REQUEST', 'the body is not JSON');
  }
};

export const signIn =
  (service: ServiceContext): Handler =>
  async (c) => {
    const read = v.safeParse(SignIn, parsed(await readBody(c.req.raw, MAX_SIGN_IN)));
    if (!read.success) throw new ProblemError('BAD_REQUEST', 'send {"token": …}');
    const operator = await exchangeToken(service.store, read.output.token, service.now());
    if (!operator) throw new ProblemError('SIGN_IN', 'This token is unknown, used or out of date.');
    await startSession(service, c, operator);
    return c.json({ name: operator.name, role: operator.role }, 200, FRESH);
  };

export const whoAmI =
  (service: ServiceContext): Handler =>
  async (c) => {
    const operator = await operatorOf(service, c);
    if (!operator) throw new ProblemError('SIGN_IN');
    return c.json({ name: operator.name, role: operator.role }, 200, FRESH);
  };

export const signOut =
  (service: ServiceContext): Handler =>
  async (c) => {
    await endSession(service, c);
    return c.body(null, 204);
  };

export const adminSites =
  ({ store, now }: ServiceContext): Handler =>
  async (c) => {
    const today = isoDay(now().getTime());
    const sites = await Promise.all(
      (await store.sites()).map(async (site): Promise<AdminSite> => {
        const { events, subjects, latestAt } = await store.totals(site);
        const [day] = await store.days(site, today);
        return {
          site: site.id,
          name: site.name,
          log: site.log,
          origins: site.origins,
          events,
          subjects,
          today: day?.events ?? 0,
          latest: latestAt === null ? null : new Date(latestAt).toISOString(),
        };
      }),
    );
    return c.json({ sites }, 200, FRESH);
  };

function whole(c: Context, name: string, otherwise: number, min: number, max: number): number {
  const value = Number(c.req.query(name) ?? otherwise);
  if (!Number.isInteger(value) || value < min || value > max)
    throw new ProblemError('BAD_REQUEST', `${name} must be from ${min} to ${max}`);
  return value;
}

export const adminStatistics =
  ({ store, sites, now }: ServiceContext): Handler =>
  async (c) => {
    const { site, configuration } = await sites.get(c.req.param('site') ?? '');
    const length = whole(c, 'days', 30, 1, 400);
    const today = now().getTime();
    const first = isoDay(today - (length - 1) * 86_400_000);
    const stored = new Map((await store.days(site, first)).map((day) => [day.day, day]));
    const days = Array.from({ length }, (_, i) => addPeriod(first, `P${i}D`)).map(
      (day) => stored.get(day) ?? { day, events: 0, given: 0, refused: 0, withdrawn: 0, objected: 0 },
    );
    const counts = await store.purposeCounts(site);
    const ids = new Set([...configuration.purposes.map(({ id }) => id), ...counts.map(({ purpose }) => purpose)]);
    const purposes = [...ids].map((id) => {
      const count = (state: string) => counts.find((entry) => entry.purpose === id && entry.state === state)?.count ?? 0;
      return {
        id,
        label: configuration.purposes.find((purpose) => purpose.id === id)?.label ?? id,
        given: count('given'),
        refused: count('refused'),
        withdrawn: count('withdrawn'),
        objected: count('objected'),
        notObjected: count('not_objected'),
      };
    });
    const statistics: AdminStatistics = { days, purposes };
    return c.json(statistics, 200, FRESH);
  };

function adminEvent(logged: LoggedEvent): AdminEvents['events'][number] {
  const { id, seq, method, purposes, channels, gpc } = eventOf(logged);
  return {
    id,
    subject: logged.subject,
    seq,
    index: logged.index,
    receivedAt: 'receivedAt' in logged.leaf ? logged.leaf.receivedAt : '',
    method,
    purposes,
    ...(channels ? { channels } : {}),
    gpc,
  };
}

export const adminEvents =
  ({ store, sites }: ServiceContext): Handler =>
  async (c) => {
    const { site } = await sites.get(c.req.param('site') ?? '');
    const limit = whole(c, 'limit', 50, 1, 200);
    const before = c.req.query('before') ? whole(c, 'before', 0, 0, Number.MAX_SAFE_INTEGER) : Number.MAX_SAFE_INTEGER;
    const logged = await store.events(site, before, limit);
    const answer: AdminEvents = {
      events: logged.map(adminEvent),
      next: logged.length === limit ? (logged.at(-1)?.index ?? null) : null,
    };
    return c.json(answer, 200, FRESH);
  };
