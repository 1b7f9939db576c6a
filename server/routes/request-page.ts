// The pages on which a visitor sends and confirms a request (/r/{site}).
import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import { paths } from '../../shared/api.ts';
import { RequestForm } from '../../shared/rights/api.ts';
import {
  confirmedPage,
  confirmPage,
  FORM_FIELDS,
  notConfirmedPage,
  REQUEST_CSP,
  requestPage,
  requestSentPage,
  type FormField,
  type RequestPageInput,
} from '../pages/request-page.ts';
import { ProblemError } from '../problem.ts';
import { confirm } from '../rights/confirmation.ts';
import { addRequest, summaryOf } from '../rights/register.ts';
import type { ServiceContext } from '../service-context.ts';
import { firstNotice, type SiteContext } from '../site-context.ts';
import { fromHere, readForm } from './page-form.ts';

const MAX_FORM = 32 * 1024;
const TOKEN = /^[\w-]{43}$/;

const WRONG: Record<FormField, string> = {
  kind: 'Choose what you ask for.',
  email: 'Enter an e-mail address such as name@example.org.',
  message: 'This is too long: at most 4,000 characters.',
  reference: 'This is too long: at most 100 characters.',
};

const page = (c: Context, html: string, status: 200 | 410 | 422 = 200): Response =>
  c.html(html, status, { 'Content-Security-Policy': REQUEST_CSP, 'Cache-Control': 'no-store' });

const siteOf = ({ sites }: ServiceContext, c: Context): Promise<SiteContext> => sites.get(c.req.param('site') ?? '');

function pageInput({ vault, confirmations }: ServiceContext, context: SiteContext): RequestPageInput {
  const first = firstNotice(context);
  return {
    site: context.site.id,
    siteName: context.site.name,
    noticeHref: first ? paths.currentNotice(context.site.id) : null,
    contacts: first ? [...(first.notice.dpo?.contacts ?? []), ...first.notice.controller.contacts] : [],
    takes: vault !== null && confirmations !== null,
  };
}

export const getRequestPage =
  (service: ServiceContext): Handler =>
  async (c) =>
    page(c, requestPage(pageInput(service, await siteOf(service, c))));

export const postRequest =
  (service: ServiceContext): Handler =>
  async (c) => {
    fromHere(c);
    const context = await siteOf(service, c);
    const input = pageInput(service, context);
    const sent = await readForm(c, MAX_FORM);
    if (!service.confirmations) throw new ProblemError('UNAVAILABLE', 'Sending mail is not set up here.');
    const form = v.safeParse(RequestForm, sent);
    if (!form.success) {
      const fields = form.issues.map((issue) => v.getDotPath(issue));
      const wrong = Object.fromEntries(
        FORM_FIELDS.filter((field) => fields.includes(field)).map((field) => [field, WRONG[field]]),
      );
      return page(c, requestPage({ ...input, values: sent, wrong }), 422);
    }
    await addRequest(service, context, { ...form.output, via: 'page' });
    service.confirmations.kick();
    return c.redirect(`/r/${context.site.id}/sent`, 303);
  };

export const getSent =
  (service: ServiceContext): Handler =>
  async (c) =>
    page(c, requestSentPage((await siteOf(service, c)).site.name));

export const getConfirm =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { site } = await siteOf(service, c);
    const token = c.req.param('token') ?? '';
    if (!TOKEN.test(token)) throw new ProblemError('NOT_FOUND');
    return page(c, confirmPage(site.id, site.name, token));
  };

export const postConfirm =
  (service: ServiceContext): Handler =>
  async (c) => {
    fromHere(c);
    const context = await siteOf(service, c);
    const { token = '' } = await readForm(c, MAX_FORM);
    const request = TOKEN.test(token) ? await confirm(service, context, token) : null;
    if (!request) return page(c, notConfirmedPage(context.site.id, context.site.name), 410);
    return page(c, confirmedPage(context.site.name, await summaryOf(service, context, request)));
  };
