import type { Context, Handler } from 'hono';

import { ConsentEvent, Hash } from '../../shared/consent/event.ts';
import { receiptJsonLd } from '../../shared/consent/receipt-json-ld.ts';
import { verifyReceipt } from '../../shared/consent/receipt.ts';
import * as v from 'valibot';
import type { Operator } from '../credentials.ts';
import { formatLogKeys } from '../log/key.ts';
import { audit, operatorOf } from '../operator.ts';
import { allows } from '../permissions.ts';
import { PAGE_CSP } from '../pages/page-style.ts';
import { receiptPage } from '../pages/receipt-page.ts';
import { ProblemError } from '../problem.ts';
import { eventOf, receiptOf } from '../receipts.ts';
import { preferredForm } from '../representation.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';
import { shownDetails } from '../shown-details.ts';
import { readSubjectRequest } from '../subject-request.ts';
import { sha256, verifier } from '../verifier.ts';

/** Operators name the subject; a data subject is who signed. */
async function subjectOf(
  service: ServiceContext,
  c: Context,
  site: SiteContext,
): Promise<{ subject: string; operator: Operator | null }> {
  const bySubject = /^Subject /i.test(c.req.header('Authorization') ?? '');
  const operator = bySubject ? null : await operatorOf(service, c);
  if (!operator) return { ...(await readSubjectRequest(service, c, site)), operator };
  if (!allows('GET /v1/sites/:site/receipts/:event', operator, site.site.id))
    throw new ProblemError('FORBIDDEN', 'Your role does not allow this.');
  const named = v.safeParse(Hash, c.req.query('subject'));
  if (!named.success) throw new ProblemError('BAD_REQUEST', 'name the subject: ?subject=<thumbprint>');
  return { subject: named.output, operator };
}

export const getReceipt =
  (service: ServiceContext): Handler =>
  async (c) => {
    const site = await service.sites.get(c.req.param('site') ?? '');
    const { subject, operator } = await subjectOf(service, c, site);
    const id = v.safeParse(ConsentEvent.entries.id, c.req.param('event'));
    const logged = id.success ? await service.store.event(site.site, subject, id.output) : null;
    // What was attested has a receipt of its own kind (routes/attestations.ts).
    if (logged?.leaf.kind !== 'event') throw new ProblemError('NOT_FOUND');
    if (operator) await audit(service, operator, 'receipt.read', { site: site.site, object: `leaf ${logged.index}` });
    const receipt = await receiptOf(service.store, site, logged, service.publicUrl);
    const headers = { 'Cache-Control': 'no-store', Vary: 'Accept' };
    switch (preferredForm(c)) {
      case 'text/html': {
        const keys = (await formatLogKeys(site.site, site.keys)).map(({ key }) => key);
        const check = await verifyReceipt(receipt, keys, verifier);
        return c.html(receiptPage({ receipt, check }), 200, { ...headers, 'Content-Security-Policy': PAGE_CSP });
      }
      case 'application/ld+json': {
        const surroundings = {
          // The page where the choice was made; its "Privacy choices" opens there.
          withdrawal: `${eventOf(logged).origin}/#candour`,
          details: await shownDetails(service.store, site, receipt),
        };
        const document = await receiptJsonLd(receipt, surroundings, sha256);
        return c.body(JSON.stringify(document), 200, { ...headers, 'Content-Type': 'application/ld+json' });
      }
      case 'application/json':
        return c.json(receipt, 200, headers);
    }
  };
