// The pages about messages (/m/{site}): confirm, stop, and somebody's own page. What they do is asked by a button alone, never by
// opening a link; what a link holds stands in no query, and in no address that a form is sent to.
import type { Context, Handler } from 'hono';
import * as v from 'valibot';

import { Slug, CHANNELS } from '../../shared/notice/schema.ts';
import { paths } from '../../shared/api.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import { normaliseAddress } from '../../shared/marketing/address.ts';
import { ownChoices, shownChoice } from '../marketing/choices.ts';
import { isToken } from '../marketing/confirming.ts';
import type { StopLink } from '../marketing/links.ts';
import { orderOwnPage } from '../marketing/order-own-page.ts';
import { kindsOf, senderNameOf, type Kind } from '../marketing/offers.ts';
import { confirmOptIn, stopEverything, stopMessages, wantMessages } from '../marketing/own-words.ts';
import { permissionsOf } from '../marketing/permissions.ts';
import { acceptedLanguage, speaks, speech } from '../marketing/words/words.ts';
import { choicesPage, type ChoicesPage } from '../pages/choices-page.ts';
import {
  askPage,
  brokenLinkPage,
  confirmOptInPage,
  linkSentPage,
  optInConfirmedPage,
  optInGonePage,
  stoppedPage,
  stopPage,
  type MessagePage,
  type Named,
} from '../pages/message-page.ts';
import { REQUEST_CSP } from '../pages/request-page.ts';
import { ProblemError } from '../problem.ts';
import { addressOf, takeTurn } from '../rate-limit.ts';
import { readBody } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';
import { fromHere, readForm } from './page-form.ts';

const MAX_FORM = 8 * 1024;

const page = (c: Context, html: string, status: 200 | 404 | 410 | 422 = 200): Response =>
  c.html(html, status, {
    'Content-Security-Policy': REQUEST_CSP,
    'Cache-Control': 'no-store',
    'X-Robots-Tag': 'noindex, nofollow',
    Vary: 'Accept-Language',
  });

const siteOf = ({ sites }: ServiceContext, c: Context): Promise<SiteContext> => sites.get(c.req.param('site') ?? '');

/** Chosen on the page, else what the browser asks for, else the site's own, else English. */
function pageOf(c: Context, { site, configuration }: SiteContext, chosen?: string): MessagePage {
  const wanted = chosen ?? c.req.query('lang');
  const language =
    wanted !== undefined && speaks(wanted)
      ? wanted
      : (acceptedLanguage(c.req.header('Accept-Language')) ?? configuration.languages.find(speaks));
  return { site: site.id, siteName: site.name, speech: speech(language) };
}

const opened = <K extends 'stop' | 'choices'>({ links, now }: ServiceContext, { site }: SiteContext, kind: K, text = '') =>
  links?.open(site.id, kind, text, now().getTime()) ?? null;

export const getMessages =
  (service: ServiceContext): Handler =>
  async (c) =>
    page(c, askPage(pageOf(c, await siteOf(service, c)), { takes: service.marketingMails !== null }));

export const postMessages =
  (service: ServiceContext): Handler =>
  async (c) => {
    fromHere(c);
    const context = await siteOf(service, c);
    const { email = '', lang } = await readForm(c, MAX_FORM);
    const own = pageOf(c, context, lang);
    if (!service.marketingMails) throw new ProblemError('UNAVAILABLE', 'Sending mail is not set up here.');
    if (email.length > 254 || normaliseAddress('email', email).length === 0)
      return page(c, askPage(own, { takes: true, wrong: true, typed: email.slice(0, 254) }), 422);
    await orderOwnPage(service, context, email, own.speech.code);
    service.marketingMails.kick();
    return c.redirect(`${paths.messages(context.site.id)}/sent?lang=${own.speech.code}`, 303);
  };

export const getLinkSent =
  (service: ServiceContext): Handler =>
  async (c) =>
    page(c, linkSentPage(pageOf(c, await siteOf(service, c))));

/** Asks nobody about the token: the same page for each. */
export const getConfirmOptIn =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const token = c.req.param('token') ?? '';
    const own = pageOf(c, context);
    return isToken(token) ? page(c, confirmOptInPage(own, token)) : page(c, brokenLinkPage(own), 404);
  };

/**
 * Of what was confirmed, that which does not come all the same: they stopped it after they had ticked it. Of other addresses than the
 * mailbox nothing is told.
 */
async function endedOf(service: ServiceContext, context: SiteContext, contact: string, kinds: readonly Kind[]): Promise<Kind[]> {
  const here = kinds.filter(({ channel }) => CHANNEL_FACTS[channel].address === 'email');
  const answers = await permissionsOf(
    service,
    context,
    here.map(({ channel, sender }) => ({ channel, sender, contact })),
  );
  return here.filter((_, i) => ['ended', 'suppressed'].includes(answers[i]?.why ?? ''));
}

export const postConfirmOptIn =
  (service: ServiceContext): Handler =>
  async (c) => {
    fromHere(c);
    const context = await siteOf(service, c);
    const { token = '', lang } = await readForm(c, MAX_FORM);
    const own = pageOf(c, context, lang);
    const mail = isToken(token) && service.vault ? await confirmOptIn(service, context, token) : null;
    if (!mail) return page(c, optInGonePage(own), 410);
    const confirmed = kindsOf(context).filter(({ sender, channel, offers }) =>
      offers.some(({ activity }) => mail.asked[activity]?.[sender]?.[channel] !== undefined),
    );
    const ended = await endedOf(service, context, mail.contact, confirmed);
    const begins = confirmed.filter((kind) => !ended.includes(kind));
    return page(c, ended.length > 0 && begins.length === 0 ? stoppedPage(own, ended) : optInConfirmedPage(own, begins));
  };

const sendersOf = (context: SiteContext, { channel, senders }: StopLink): readonly string[] =>
  senders.length > 0 ? senders : kindsOf(context).flatMap((one) => (one.channel === channel ? [one.sender] : []));

const stoppedBy = (context: SiteContext, link: StopLink): Named[] =>
  sendersOf(context, link).map((sender) => ({ channel: link.channel, senderName: senderNameOf(context, sender) }));

/** What the link asks for, of the senders that there are. */
const meantBy = (context: SiteContext, link: StopLink) => ({
  ...link,
  senders: sendersOf(context, link),
  address: CHANNEL_FACTS[link.channel].address,
});

export const getStop =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const own = pageOf(c, context);
    const text = c.req.param('link') ?? '';
    const link = opened(service, context, 'stop', text);
    if (!link) return page(c, brokenLinkPage(own), 404);
    return page(c, stopPage(own, text, stoppedBy(context, link)));
  };

/** What RFC 8058 has a mailbox provider send: `List-Unsubscribe=One-Click`, as either kind of form, however its library writes that. */
const ONE_CLICK = [
  /(?:^|&)List(?:-|%2D)Unsubscribe=One(?:-|%2D)Click(?:&|\s*$)/i,
  /\bname="?List-Unsubscribe(?![\w-])[^\r\n]*\r?\n(?:[^\r\n]+\r?\n)*\r?\n[ \t]*One-Click[ \t]*\r?\n/i,
];

/** RFC 8058: no cookie, no page in between, no redirect; done when it is answered. */
export const postOneClick =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const link = opened(service, context, 'stop', c.req.param('link'));
    if (!link) {
      // Mailbox providers send for many people from one network: only who guesses is counted.
      takeTurn(service, 'site', context.site.id, addressOf(c, service.limits.trustProxy));
      throw new ProblemError('NOT_FOUND', 'That is no link to stop messages.');
    }
    const body = await readBody(c.req.raw, MAX_FORM);
    if (!ONE_CLICK.some((form) => form.test(body))) throw new ProblemError('BAD_REQUEST', 'send List-Unsubscribe=One-Click');
    await stopMessages(service, context, meantBy(context, link), 'one_click_unsubscribe');
    return c.text('Stopped.\n', 200, { 'Cache-Control': 'no-store' });
  };

export const postStop =
  (service: ServiceContext): Handler =>
  async (c) => {
    fromHere(c);
    const context = await siteOf(service, c);
    const { link: text, act, lang } = await readForm(c, MAX_FORM);
    const own = pageOf(c, context, lang);
    const link = opened(service, context, 'stop', text);
    if (!link) return page(c, brokenLinkPage(own), 410);
    const about = meantBy(context, link);
    if (act === 'object') {
      await stopEverything(service, context, about);
      return page(c, stoppedPage(own, null));
    }
    await stopMessages(service, context, about, 'server');
    return page(c, stoppedPage(own, stoppedBy(context, link)));
  };

async function ownPage(
  service: ServiceContext,
  context: SiteContext,
  own: MessagePage,
  { link, key, until, done }: { link: string; key: string; until: number; done: ChoicesPage['done'] },
) {
  const { person, ...known } = await ownChoices(service, context, key, service.marketingMails !== null);
  const siteLanguage = context.configuration.languages[0] ?? 'en';
  // It ends with the day: told is the last one on which it works.
  const whole: ChoicesPage = { ...own, ...known, siteLanguage, link, until: until - 1, done };
  return { person, whole };
}

export const getChoices =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await siteOf(service, c);
    const own = pageOf(c, context);
    const text = c.req.param('link') ?? '';
    const link = opened(service, context, 'choices', text);
    if (!link) return page(c, brokenLinkPage(own), 404);
    const { whole } = await ownPage(service, context, own, { ...link, link: text, done: null });
    return page(c, choicesPage(whole));
  };

const OneAct = v.variant('act', [
  v.object({ act: v.literal('object') }),
  v.object({ act: v.picklist(['stop', 'start']), sender: Slug, channel: v.picklist(CHANNELS) }),
]);

export const postChoices =
  (service: ServiceContext): Handler =>
  async (c) => {
    fromHere(c);
    const context = await siteOf(service, c);
    const form = await readForm(c, MAX_FORM);
    const own = pageOf(c, context, form.lang);
    const { link: text = '' } = form;
    const link = opened(service, context, 'choices', text);
    if (!link) return page(c, brokenLinkPage(own), 410);
    const read = v.safeParse(OneAct, form);
    if (!read.success) throw new ProblemError('BAD_REQUEST', 'the form is not that of the page');
    const about = { ...link, link: text };
    const { person, whole } = await ownPage(service, context, own, { ...about, done: null });
    const act = read.output;
    if (act.act === 'object') {
      await stopEverything(service, context, link);
      return page(c, choicesPage((await ownPage(service, context, own, { ...about, done: { act: 'object' } })).whole));
    }
    const what = whole.choices.find(({ sender, channel }) => sender === act.sender && channel === act.channel);
    if (!what) throw new ProblemError('NOT_FOUND', 'The site does not offer that.');
    if (act.act === 'stop')
      await stopMessages(service, context, { ...link, channel: what.channel, senders: [what.sender] }, 'server');
    else if (!person || !what.canStart) throw new ProblemError('BAD_REQUEST', 'it cannot be asked for here');
    // Pressed twice, or on a page that was open before: it is said once.
    else if (what.state !== 'on' && what.state !== 'waiting') {
      await wantMessages(service, context, person, what, await shownChoice(context, whole, what));
      service.marketingMails?.kick();
    }
    const done = act.act === 'start' && what.state === 'on' ? null : { act: act.act, what };
    return page(c, choicesPage((await ownPage(service, context, own, { ...about, done })).whole));
  };
