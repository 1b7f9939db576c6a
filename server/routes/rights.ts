// Data subjects' requests, as the operator's people deal with them. Every look at one and every step is in the audit log.
import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import { Hash } from '../../shared/consent/event.ts';
import { NewRequest, NewStep } from '../../shared/rights/api.ts';
import { REQUEST_STATES, type RequestState } from '../../shared/rights/request.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readBody } from '../request-body.ts';
import { accessPack } from '../rights/access-pack.ts';
import { act } from '../rights/carry-out.ts';
import { eraseSubject } from '../rights/erase.ts';
import { accessPackZip, portabilityPackZip } from '../rights/pack-files.ts';
import { portabilityPack } from '../rights/portability-pack.ts';
import { addRequest, detailsOf, requestNamed, summaryOf } from '../rights/register.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';
import { parseBody, zipAnswer } from './own-requests.ts';

const MAX_BODY = 32 * 1024;
const FRESH = { 'Cache-Control': 'no-store' };

const siteOf = ({ sites }: ServiceContext, c: Context): Promise<SiteContext> => sites.get(c.req.param('site') ?? '');
const named = async (service: ServiceContext, c: Context, context: SiteContext) =>
  requestNamed(service, context, c.req.param('request') ?? '');
const body = async <S extends v.GenericSchema>(c: Context, schema: S) => parseBody(schema, await readBody(c.req.raw, MAX_BODY));

function subjectOf(c: Context): string {
  const subject = c.req.param('subject') ?? '';
  if (!v.is(Hash, subject))
    throw new ProblemError('BAD_REQUEST', 'a subject is named by its thumbprint: 43 base64url characters');
  return subject;
}

/** `?state=` one of them; without it those that are not closed. The oldest first. */
export const listRequests =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const state = c.req.query('state');
    if (state !== undefined && state !== 'all' && !v.is(v.picklist(REQUEST_STATES), state))
      throw new ProblemError('BAD_REQUEST', `state takes all, ${REQUEST_STATES.join(', ')}`);
    const open = REQUEST_STATES.filter((each) => each === 'open' || each.startsWith('awaiting_'));
    const states = state === undefined ? open : state === 'all' ? REQUEST_STATES : [state as RequestState];
    await audit(service, c.get('operator'), 'request.read', { site: context.site });
    const found = await service.store.rights.list(context.site, { states });
    return c.json({ requests: await Promise.all(found.map((request) => summaryOf(service, context, request))) }, 200, FRESH);
  };

/** One that came another way: by letter, by telephone. */
export const postRequestOfOperator =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const input = await body(c, NewRequest);
    await audit(service, c.get('operator'), 'request.change', { site: context.site, object: `new ${input.kind}` });
    const id = await addRequest(service, context, { ...input, via: 'operator' });
    return c.json(await detailsOf(service, context, await requestNamed(service, context, id)), 201, FRESH);
  };

/** "a…@example.org" for whoever may know that there is an address, and not which. */
const masked = (email: string | null): string | null => email && `${email.slice(0, 1)}…${email.slice(email.lastIndexOf('@'))}`;

export const showRequest =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const request = await named(service, c, context);
    const operator = c.get('operator');
    await audit(service, operator, 'request.read', { site: context.site, object: request.id });
    const details = await detailsOf(service, context, request);
    if (operator.role !== 'support' || !details.contact) return c.json(details, 200, FRESH);
    const contact = { email: masked(details.contact.email), message: '', reference: '' };
    return c.json({ ...details, contact, steps: details.steps.map((step) => ({ ...step, reason: null })) }, 200, FRESH);
  };

export const postStep =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const request = await named(service, c, context);
    const { action, reason } = await body(c, NewStep);
    const operator = c.get('operator');
    await audit(service, operator, 'request.change', { site: context.site, object: `${request.id} ${action}` });
    const done = await act(service, context, request, { action, actor: operator.actor, reason });
    return c.json({ done, request: await detailsOf(service, context, await named(service, c, context)) }, 200, FRESH);
  };

const Link = v.strictObject({ subject: v.nullable(Hash) });

/** Which browser's choices the request is about: from a receipt, or whatever shows it. */
export const patchRequest =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const request = await named(service, c, context);
    const { subject } = await body(c, Link);
    await audit(service, c.get('operator'), 'request.change', { site: context.site, object: `${request.id} subject` });
    await service.store.rights.setSubject(context.site, request.id, subject);
    return c.json(await detailsOf(service, context, await named(service, c, context)), 200, FRESH);
  };

export const requestPack =
  (service: ServiceContext, pack: 'access' | 'portability'): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const request = await named(service, c, context);
    await audit(service, c.get('operator'), 'request.read', { site: context.site, object: `${request.id} ${pack} pack` });
    const { subject } = request;
    if (pack === 'access') return zipAnswer(c, accessPackZip(await accessPack(service, context, { subject, request })));
    if (subject === null) throw new ProblemError('REQUEST_STATE', 'say first which subject the request is about');
    return zipAnswer(c, portabilityPackZip(await portabilityPack(service, context, subject)));
  };

/** Erases who made the request; that it was made stays. */
export const deleteContact =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const request = await named(service, c, context);
    await audit(service, c.get('operator'), 'request.change', { site: context.site, object: `${request.id} contact erased` });
    return c.json({ erased: await service.store.rights.eraseKey(context.site, request.id) }, 200, FRESH);
  };

export const deleteSubject =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const subject = subjectOf(c);
    await audit(service, c.get('operator'), 'subject.erase', { site: context.site });
    if ((await service.store.rights.restrictions(context.site)).some((one) => one.subject === subject))
      throw new ProblemError(
        'REQUEST_STATE',
        'the subject’s data is restricted: lift the restriction first, if they agree (Art. 18(2))',
      );
    const { erased, index, contacts, requests, kept } = await eraseSubject(service, context.site, {
      subject,
      by: 'controller',
      at: service.now(),
    });
    return c.json({ erased, index, contacts, requests, kept }, 200, FRESH);
  };

export const restrictions =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { site } = await siteOf(service, c);
    await audit(service, c.get('operator'), 'request.read', { site, object: 'restrictions' });
    const found = await service.store.rights.restrictions(site);
    return c.json({ restrictions: found.map((one) => ({ ...one, since: new Date(one.since).toISOString() })) }, 200, FRESH);
  };

export const postRestriction =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { site } = await siteOf(service, c);
    const subject = subjectOf(c);
    await audit(service, c.get('operator'), 'request.change', { site, object: 'restriction' });
    await service.store.rights.restrict(site, { subject, since: service.now().getTime(), request: null });
    return c.body(null, 204);
  };

export const deleteRestriction =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { site } = await siteOf(service, c);
    const subject = subjectOf(c);
    await audit(service, c.get('operator'), 'request.change', { site, object: 'restriction lifted' });
    return c.json({ lifted: await service.store.rights.lift(site, subject) }, 200, FRESH);
  };
