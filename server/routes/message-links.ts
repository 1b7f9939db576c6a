// For the site's own mailer: links that stop messages, and word of addresses that take none.
import type { Handler } from 'hono';

import { paths } from '../../shared/api.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import { NewBounces, NewMessageLinks, type MessageLinks } from '../../shared/marketing/mail-api.ts';
import { deliveryReports, recordBounces } from '../marketing/bounces.ts';
import { addressKeys, vaultOf } from '../marketing/contacts.ts';
import { isSender } from '../marketing/grounds.ts';
import { unsubscribeHeaders } from '../marketing/mail-letters.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs, readBody } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';

const MAX_BODY = 4 * 1024 * 1024;
const FRESH = { 'Cache-Control': 'no-store' };
const DAY_MS = 86_400_000;
/** How long the link to somebody's own page works. */
const CHOICES_DAYS = 90;

export const postMessageLinks =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const wanted = await readAs(NewMessageLinks, c.req.raw, MAX_BODY);
    const vault = vaultOf(service);
    const { links, publicUrl } = service;
    if (!links) throw new ProblemError('UNAVAILABLE', 'CANDOUR_SECRET is not set: no link can be made here');
    const { site } = context;
    await audit(service, c.get('operator'), 'links.issue', { site, object: `${wanted.links.length} links` });
    const until = service.now().getTime() + CHOICES_DAYS * DAY_MS;
    const made: MessageLinks['links'] = wanted.links.map(({ address, channel, sender, callingCode }) => {
      if (!isSender(context, sender)) return { problem: 'UNKNOWN_SENDER' };
      const [key] = addressKeys(vault, site, { channel, address, callingCode: callingCode ?? null });
      if (key === undefined) return { problem: 'NO_ADDRESS' };
      const stop =
        publicUrl + paths.stopMessages(site.id, links.seal(site.id, { kind: 'stop', key, channel, senders: [sender] }));
      const own = links.seal(site.id, { kind: 'choices', key, until, address: CHANNEL_FACTS[channel].address });
      const choices = publicUrl + paths.messageChoices(site.id, own);
      const choicesUntil = new Date(until).toISOString().slice(0, 10);
      return { stop, choices, choicesUntil, headers: channel === 'email' ? unsubscribeHeaders(stop) : {} };
    });
    return c.json({ links: made } satisfies MessageLinks, 200, FRESH);
  };

/** JSON, or a delivery status notification as a mail server wrote it. */
export const postBounces =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const isReport = /^(message|multipart)\//i.test(c.req.header('Content-Type') ?? '');
    const reports = isReport
      ? deliveryReports(await readBody(c.req.raw, MAX_BODY))
      : (await readAs(NewBounces, c.req.raw, MAX_BODY)).bounces;
    if (isReport && reports.length === 0) throw new ProblemError('BAD_REQUEST', 'no delivery status notification (RFC 3464)');
    await audit(service, c.get('operator'), 'contact.change', { site: context.site, object: `${reports.length} bounces` });
    return c.json(await recordBounces(service, context, reports), 200, FRESH);
  };
