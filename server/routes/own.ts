// What a data subject can do with the key that signed their events: read their history, erase it.
import type { Handler } from 'hono';

import { checkpointNote } from '../log/key.ts';
import { ownEvents } from '../receipts.ts';
import { eraseSubject } from '../rights/erase.ts';
import type { ServiceContext } from '../service-context.ts';
import { readSubjectRequest } from '../subject-request.ts';

export const getOwnEvents =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await service.sites.get(c.req.param('site') ?? '');
    const { subject } = await readSubjectRequest(service, c, site);
    return c.json(await ownEvents(service.store, site, subject), 200, { 'Cache-Control': 'no-store' });
  };

export const deleteOwn =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const { subject, request } = await readSubjectRequest(service, c, context);
    const { erased, index, checkpoint, kept } = await eraseSubject(service, context.site, {
      subject,
      by: 'subject',
      request,
      at: service.now(),
    });
    const note = checkpoint && (await checkpointNote(context.site, context.keys, checkpoint));
    return c.json({ erased, ...(note ? { index, checkpoint: note, kept } : {}) }, 200, { 'Cache-Control': 'no-store' });
  };
