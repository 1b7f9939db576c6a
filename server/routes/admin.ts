// What the dashboard asks (shared/api.ts has the shapes).
import type { Context, Handler } from 'hono';

import type { AdminEvents, AdminSite, AdminStatistics } from '../../shared/api.ts';
import { BY_SERVICE } from '../../shared/marketing/word.ts';
import { addPeriod, isoDay } from '../../shared/notice/period.ts';
import type { Role } from '../../shared/operator.ts';
import { aboutOf, attestationOf, isAttested } from '../attest/attested-subject.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { eventOf } from '../receipts.ts';
import type { ServiceContext } from '../service-context.ts';
import { masked } from '../masked.ts';
import type { Place } from '../store/history.ts';
import type { LoggedEvent } from '../store/store.ts';

const FRESH = { 'Cache-Control': 'no-store' };

/** Whether the key is for that site. */
const visible = (c: Context, site: string): boolean => [null, site].includes(c.get('operator').site);

export const adminSites =
  ({ store, now }: ServiceContext): Handler =>
  async (c) => {
    const today = isoDay(now().getTime());
    const sites = await Promise.all(
      (await store.sites())
        .filter(({ id }) => visible(c, id))
        .map(async (site): Promise<AdminSite> => {
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

/** A place as one number: how many epochs there were before, and the leaf's index. For the first epoch it is the index. */
const EPOCH = 2 ** 40;
const cursorOf = ({ epoch, index }: Place, epochs: readonly number[]): number => epochs.indexOf(epoch) * EPOCH + index;
function placeOf(cursor: number, epochs: readonly number[]): Place {
  const epoch = epochs[Math.floor(cursor / EPOCH)];
  if (epoch === undefined) throw new ProblemError('BAD_REQUEST', 'before: the log has no such place');
  return { epoch, index: cursor % EPOCH };
}

/** The operator's own word, under whom it is about. */
function attestedEvent(logged: LoggedEvent, role: Role): AdminEvents['events'][number] {
  const { id, method, attested, by } = attestationOf(logged);
  const subject = aboutOf(logged);
  return {
    id,
    subject: role === 'support' ? masked(subject) : subject,
    seq: logged.seq,
    epoch: logged.epoch,
    index: logged.index,
    receivedAt: 'receivedAt' in logged.leaf ? logged.leaf.receivedAt : '',
    method,
    purposes: attested.purposes,
    ...(attested.channels ? { channels: attested.channels } : {}),
    gpc: false,
    attested: true,
    ...(by === BY_SERVICE ? { byLink: true } : {}),
  };
}

function adminEvent(logged: LoggedEvent, role: Role): AdminEvents['events'][number] {
  if (isAttested(logged)) return attestedEvent(logged, role);
  const { id, seq, method, purposes, channels, gpc } = eventOf(logged);
  return {
    id,
    subject: role === 'support' ? masked(logged.subject) : logged.subject,
    seq,
    epoch: logged.epoch,
    index: logged.index,
    receivedAt: 'receivedAt' in logged.leaf ? logged.leaf.receivedAt : '',
    method,
    purposes,
    ...(channels ? { channels } : {}),
    gpc,
  };
}

export const adminEvents =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { store, sites } = service;
    const { site } = await sites.get(c.req.param('site') ?? '');
    const limit = whole(c, 'limit', 50, 1, 200);
    const epochs = await store.history.epochs(site);
    const before = c.req.query('before') ? placeOf(whole(c, 'before', 0, 0, Number.MAX_SAFE_INTEGER), epochs) : null;
    const operator = c.get('operator');
    const which = before === null ? 'newest' : `below ${before.epoch === 0 ? '' : `${before.epoch}/`}${before.index}`;
    await audit(service, operator, 'events.read', { site, object: `${limit} leaves, ${which}` });
    const logged = await store.history.eventsBefore(site, before, limit);
    const last = logged.at(-1);
    const answer: AdminEvents = {
      events: logged.map((one) => adminEvent(one, operator.role)),
      next: logged.length === limit && last ? cursorOf(last, epochs) : null,
    };
    return c.json(answer, 200, FRESH);
  };
