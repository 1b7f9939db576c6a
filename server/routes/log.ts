// The log as anyone may read it: signed heads, proofs, leaves.
import type { Context, Handler } from 'hono';

import { consistencyProof, inclusionProofs } from '../log/receipts.ts';
import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';
import { witnessedNote } from '../witness/witnessed-head.ts';

/** Most leaves in one answer. */
const MAX_LEAVES = 1000;

function count(c: Context, name: string, otherwise?: number): number {
  const text = c.req.query(name);
  if (text === undefined && otherwise !== undefined) return otherwise;
  if (text === undefined || !/^(0|[1-9]\d{0,14})$/.test(text))
    throw new ProblemError('BAD_REQUEST', `${name} must be a whole number`);
  return Number(text);
}

async function place(
  { sites, store }: ServiceContext,
  c: Context,
): Promise<{ context: SiteContext; epoch: number; size: number; isCurrent: boolean }> {
  const context = await sites.get(c.req.param('site') ?? '');
  const head = await store.head(context.site);
  const epoch = count(c, 'epoch', head.epoch);
  if (epoch === head.epoch) return { context, epoch, size: head.size, isCurrent: true };
  // An epoch that ended was signed a last time as it was.
  const last = epoch < head.epoch ? await store.checkpoint(context.site, epoch) : null;
  if (!last) throw new ProblemError('NOT_FOUND', 'the log has no such epoch');
  return { context, epoch, size: last.size, isCurrent: false };
}

function within(value: number, from: number, to: number, name: string): number {
  if (value < from || value > to) throw new ProblemError('BAD_REQUEST', `${name} must be from ${from} to ${to}`);
  return value;
}

export const logCheckpoint =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { context, epoch } = await place(service, c);
    const { store } = service;
    // `?witnessed=1`: the newest head that a witness cosigned, which is seldom the newest.
    const size = c.req.query('witnessed') === undefined ? undefined : await store.witnesses.newestWitnessed(context.site, epoch);
    const stored = size === null ? null : await store.checkpoint(context.site, epoch, size);
    if (!stored) throw new ProblemError('NOT_FOUND');
    const note = await witnessedNote(store, context.site, context.keys, stored);
    // Right after a rotation the new key stands by the head with a line of its own. The service signs nothing here: a head that
    // somebody put into the database is not made true by being asked for.
    const own = await store.witnesses.successions(context.site, epoch, stored.size);
    return c.text(note + own.join(''), 200, { 'Cache-Control': 'no-cache' });
  };

export const logInclusion =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { context, epoch, size: head } = await place(service, c);
    const size = within(count(c, 'size', head), 1, Math.max(1, head), 'size');
    const index = within(count(c, 'index'), 0, Math.min(size, head) - 1, 'index');
    const proof = (await inclusionProofs(service.store, context.site, epoch, [index], size)).get(index);
    return c.json({ epoch, index, size, proof });
  };

export const logConsistency =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { context, epoch, size } = await place(service, c);
    const to = within(count(c, 'to', size), 1, size, 'to');
    const from = within(count(c, 'from'), 1, to, 'from');
    return c.json({ epoch, from, to, proof: await consistencyProof(service.store, context.site, epoch, from, to) });
  };

export const logLeaves =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { context, epoch, size } = await place(service, c);
    const start = within(count(c, 'start', 0), 0, size, 'start');
    const end = Math.min(within(count(c, 'end', size), start, size, 'end'), start + MAX_LEAVES);
    const leaves = await service.store.leaves(context.site, epoch, start, end);
    return c.json({ epoch, start, end, size, leaves: leaves.map(({ leaf }) => leaf) });
  };
