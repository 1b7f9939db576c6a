// What the operator attests: a choice that reached them without the data subject's key. Never one of the data subject's own.
import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import { Reference } from '../../shared/consent/attestation.ts';
import { Hash } from '../../shared/consent/event.ts';
import { attestationReceipt, attestedAbout, NewAttestation } from '../attest/attest.ts';
import { recordAttestation } from '../attest/record.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';

const MAX_BODY = 16 * 1024;
const FRESH = { 'Cache-Control': 'no-store' };

export const postAttestation =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { store, publicUrl } = service;
    const context = await service.sites.get(c.req.param('site') ?? '');
    const wanted = await readAs(NewAttestation, c.req.raw, MAX_BODY);
    const { logged, duplicate } = await recordAttestation(service, context, wanted, c.get('operator'));
    if (wanted.confirm) service.marketingMails?.kick();
    return c.json(await attestationReceipt(store, context, logged, publicUrl), duplicate ? 200 : 201, FRESH);
  };

function aboutOf(c: Context) {
  const [subject, reference] = [c.req.query('subject'), c.req.query('reference')];
  if (v.is(Hash, subject) && reference === undefined) return { kind: 'subject' as const, subject };
  if (v.is(Reference, reference) && subject === undefined) return { kind: 'reference' as const, reference };
  throw new ProblemError('BAD_REQUEST', 'name ?subject=<thumbprint> or ?reference=<your number>');
}

export const getAttestations =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { store, publicUrl } = service;
    const context = await service.sites.get(c.req.param('site') ?? '');
    const about = aboutOf(c);
    await audit(service, c.get('operator'), 'events.read', { site: context.site, object: 'attestations' });
    const logged = await attestedAbout(store, context.site, about);
    const attestations = await Promise.all(logged.map((one) => attestationReceipt(store, context, one, publicUrl)));
    return c.json({ attestations }, 200, FRESH);
  };
