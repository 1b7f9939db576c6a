// What the operator attests: a choice that reached them without the data subject's key. Never one of the data subject's own.
import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import { Reference, type Attestation } from '../../shared/consent/attestation.ts';
import { Hash } from '../../shared/consent/event.ts';
import { attestationReceipt, attestedAbout, newAttestation, NewAttestation } from '../attest/attest.ts';
import { attestedSubject } from '../attest/attested-subject.ts';
import { confirmingOf, type Confirming } from '../marketing/confirming.ts';
import { newContacts, sameContacts, vaultOf } from '../marketing/contacts.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';

const MAX_BODY = 16 * 1024;
const FRESH = { 'Cache-Control': 'no-store' };

/** Whoever what it follows, or ends, was about: the addresses of the same case. Of a browser they are found by its key. */
async function followedContacts({ store }: ServiceContext, { site }: SiteContext, { about, follows, method }: Attestation) {
  if (about.kind === 'subject' || (follows === null && method !== 'withdraw')) return [];
  return (await store.contacts.ofSubject(site, attestedSubject(site.log, about))).map(({ id }) => id);
}

function confirmingFor({ links, mailer }: ServiceContext, context: SiteContext): Confirming {
  if (!links || !mailer) throw new ProblemError('UNAVAILABLE', 'CANDOUR_SMTP is not set: no mail can ask for a confirmation');
  return confirmingOf(links, context);
}

export const postAttestation =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { store, publicUrl } = service;
    const context = await service.sites.get(c.req.param('site') ?? '');
    const wanted = await readAs(NewAttestation, c.req.raw, MAX_BODY);
    const operator = c.get('operator');
    const now = service.now();
    const attestation = await newAttestation(store, context, wanted, { by: operator.actor, now });
    await audit(service, operator, 'attestation.create', { site: context.site, object: attestation.id });
    const { site, marketing } = context;
    // A mention under a case's name says nothing of what that browser signs: its next no would not reach the address.
    if (wanted.contacts && attestation.about.kind === 'subject')
      throw new ProblemError('BAD_REQUEST', 'contacts belong to a reference of your own, not to a subject; nothing was recorded');
    const addresses = wanted.contacts ? newContacts(vaultOf(service), site, wanted.contacts) : [];
    const confirming = wanted.confirm ? confirmingFor(service, context) : null;
    const { duplicate, ...place } = await service.attestations.add(site, attestation, now, {
      ...{ marketing, addresses, confirming },
      contacts: await followedContacts(service, context, attestation),
    });
    if (duplicate && addresses.length > 0) await sameContacts(service, site, attestation.id, addresses);
    if (confirming) service.marketingMails?.kick();
    const logged = await store.history.eventAt(context.site, place);
    if (!logged) throw new ProblemError('NOT_FOUND', 'It was erased.');
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
