// Webhooks of a site: who is told, and sending again.
import type { Context, Handler } from 'hono';
import type * as v from 'valibot';

import { NewWebhook, Replay, WebhookChange, type WebhookDeliveries } from '../../shared/webhook.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { Site } from '../store/store.ts';
import { WebhookUrlError } from '../webhooks/address.ts';
import { addEndpoint, shownDelivery, shownEndpoint } from '../webhooks/endpoints.ts';

const MAX_BODY = 8 * 1024;
const FRESH = { 'Cache-Control': 'no-store' };

const siteOf = async ({ sites }: ServiceContext, c: Context): Promise<Site> => (await sites.get(c.req.param('site') ?? '')).site;

const changed = (service: ServiceContext, c: Context, site: Site, object: string): Promise<void> =>
  audit(service, c.get('operator'), 'webhook.change', { site, object });

async function known(service: ServiceContext, c: Context, site: Site): Promise<string> {
  const id = c.req.param('webhook') ?? '';
  const endpoints = await service.store.webhooks.endpoints(site);
  if (!endpoints.some((endpoint) => endpoint.id === id)) throw new ProblemError('NOT_FOUND', 'There is no such webhook.');
  return id;
}

export const getWebhooks =
  (service: ServiceContext): Handler =>
  async (c) => {
    const endpoints = await service.store.webhooks.endpoints(await siteOf(service, c));
    return c.json({ webhooks: endpoints.map(shownEndpoint) }, 200, FRESH);
  };

export const postWebhook =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { seal, allowed } = service.webhooks;
    if (!seal) throw new ProblemError('UNAVAILABLE', 'CANDOUR_SECRET is not set: a webhook’s secret cannot be kept here.');
    const site = await siteOf(service, c);
    const wanted = await readAs(NewWebhook, c.req.raw, MAX_BODY);
    try {
      await changed(service, c, site, 'new webhook');
      const made = await addEndpoint({ store: service.store, seal, allowed, now: service.now() }, site, wanted);
      return c.json(made, 201, FRESH);
    } catch (error) {
      if (error instanceof WebhookUrlError) throw new ProblemError('BAD_REQUEST', error.message);
      throw error;
    }
  };

export const patchWebhook =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await siteOf(service, c);
    const id = await known(service, c, site);
    const { state } = await readAs(WebhookChange, c.req.raw, MAX_BODY);
    await changed(service, c, site, `${id} ${state}`);
    await service.store.webhooks.setEndpointState(site, id, state);
    return c.body(null, 204);
  };

export const deleteWebhook =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await siteOf(service, c);
    const id = await known(service, c, site);
    await changed(service, c, site, `${id} removed`);
    await service.store.webhooks.removeEndpoint(site, id);
    return c.body(null, 204);
  };

/** No data subject is named: nothing personal is read. */
export const getDeliveries =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await siteOf(service, c);
    const id = await known(service, c, site);
    const limit = Number(c.req.query('limit') ?? 25);
    if (!Number.isInteger(limit) || limit < 1 || limit > 200)
      throw new ProblemError('BAD_REQUEST', 'limit must be from 1 to 200');
    const { webhooks } = service.store;
    const answer: v.InferOutput<typeof WebhookDeliveries> = {
      counts: await webhooks.counts(site, id),
      deliveries: (await webhooks.latest(site, id, limit)).map(shownDelivery),
    };
    return c.json(answer, 200, FRESH);
  };

export const postReplay =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await siteOf(service, c);
    const id = await known(service, c, site);
    const { since, after, deadOnly } = await readAs(Replay, c.req.raw, MAX_BODY);
    await changed(service, c, site, `${id} replayed`);
    const from = since === undefined ? 0 : Date.parse(since);
    const messages = await service.store.webhooks.replay(site, id, { since: from, after, deadOnly }, service.now().getTime());
    return c.json({ messages }, 200, FRESH);
  };
