// Who cosigns the heads of this service's logs (C2SP tlog-cosignature): anybody reads it in /.well-known/candour.json.
import type { Handler } from 'hono';

import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import { NewWitness, readWitness, siteWitnesses, WitnessInputError } from '../witness/named-witnesses.ts';

const MAX_BODY = 8 * 1024;
const FRESH = { 'Cache-Control': 'no-store' };

export const getWitnesses =
  ({ store }: ServiceContext): Handler =>
  async (c) =>
    c.json({ witnesses: await store.witnesses.witnesses() }, 200, FRESH);

export const getSiteWitnesses =
  ({ store, sites }: ServiceContext): Handler =>
  async (c) => {
    const { site } = await sites.get(c.req.param('site') ?? '');
    return c.json(await siteWitnesses(store, site), 200, FRESH);
  };

/** Replaces the one of that name. */
export const postWitness =
  (service: ServiceContext): Handler =>
  async (c) => {
    const wanted = await readAs(NewWitness, c.req.raw, MAX_BODY);
    const witness = await readWitness(wanted, service.webhooks.allowed).catch((error: unknown) => {
      throw error instanceof WitnessInputError ? new ProblemError('BAD_REQUEST', error.message) : error;
    });
    await audit(service, c.get('operator'), 'witness.change', { object: witness.name });
    await service.store.witnesses.addWitness(witness, service.now().getTime());
    return c.json(witness, 201, FRESH);
  };

/** It is asked no more; what it cosigned stays. */
export const deleteWitness =
  (service: ServiceContext): Handler =>
  async (c) => {
    const name = c.req.param('witness') ?? '';
    if (!(await service.store.witnesses.witnesses()).some((witness) => witness.name === name))
      throw new ProblemError('NOT_FOUND', 'There is no such witness.');
    await audit(service, c.get('operator'), 'witness.change', { object: `${name} removed` });
    await service.store.witnesses.removeWitness(name);
    return c.body(null, 204);
  };
