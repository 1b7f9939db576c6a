import type { Handler } from 'hono';

<<<<<<< work
import { jurisdictionFor } from '../../shared/site/jurisdiction.ts';
import { compressedResponse, IMMUTABLE } from '../compression.ts';
import { askedUnder } from '../jurisdiction.ts';
=======
import { compressedResponse, IMMUTABLE, isCurrent } from '../compression.ts';
>>>>>>> new
import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** Short, so that a published change reaches pages soon; an ETag makes the check cheap. */
const SHORT = 'max-age=300';

/** A first visit, as far as a request tells: no choice in a cookie that the service sees, and nothing kept from an earlier one. */
const isFirst = (headers: Headers, site: string): boolean =>
  !headers.has('If-None-Match') && !(headers.get('Cookie') ?? '').includes(`candour_${site}=`);

/**
 * A first visitor gets the banner with it, so that it shows after one request; who has chosen gets the first chunk alone. Either does
 * for anyone. Shared caches keep the longer one only: it is the one that somebody waits for.
 */
export const widgetScript =
<<<<<<< work
  ({ sites, widget, placeHeaders }: ServiceContext): Handler =>
  async (c) => {
    const site = await sites.get((c.req.param('file') ?? '').replace(/\.js$/, ''));
    const { jurisdiction, vary, isShared } = askedUnder(site.configuration, c.req.raw.headers, placeHeaders);
    const body = await widget.script(site, jurisdiction);
    const response = compressedResponse(c.req.raw, body, isShared ? SHORT : SHORT.replace('public', 'private'));
    for (const name of vary) response.headers.append('Vary', name);
    return response;
  };

/** `{configuration}[.{jurisdiction}][.{language}].json`: the words of the current configuration; an old one's hash is not found, so that a page never shows words that no longer hold. */
=======
  ({ sites, widget }: ServiceContext): Handler =>
  async (c) => {
    const site = await sites.get((c.req.param('file') ?? '').replace(/\.js$/, ''));
    const { raw } = c.req;
    const whole = await widget.script(site, true);
    if (isFirst(raw.headers, site.site.id) || isCurrent(raw, whole)) return compressedResponse(raw, whole, `public, ${SHORT}`);
    return compressedResponse(raw, await widget.script(site, false), `private, ${SHORT}`);
  };

/** `{version}.json`, or `{version}.{language}.json`: the words of the current configuration; an old version's are not found, so that a page never shows words that no longer hold. */
>>>>>>> new
export const widgetDetails =
  ({ sites, widget }: ServiceContext): Handler =>
  async (c) => {
    const site = await sites.get(c.req.param('site') ?? '');
<<<<<<< work
    const [configuration, ...rest] = (c.req.param('file') ?? '').replace(/\.json$/, '').split('.');
    const jurisdiction = rest.find((part) => /^([A-Z]{2}|unknown)/.test(part)) ?? site.configuration.jurisdiction;
    const language = rest.find((part) => part !== jurisdiction) ?? '';
    if (configuration !== site.configurationHash || jurisdictionFor(site.configuration, jurisdiction) !== jurisdiction)
      throw new ProblemError('NOT_FOUND');
    return compressedResponse(c.req.raw, await widget.details(site, language, jurisdiction), IMMUTABLE);
=======
    const [version = '', language = ''] = (c.req.param('file') ?? '').replace(/\.json$/, '').split('.');
    const details = await widget.details(site, version, language);
    if (!details) throw new ProblemError('NOT_FOUND');
    return compressedResponse(c.req.raw, details, IMMUTABLE);
>>>>>>> new
  };

export const widgetAsset =
  ({ widget }: ServiceContext): Handler =>
  async (c) => {
    const asset = await widget.asset(c.req.param('folder') ?? '', c.req.param('file') ?? '');
    if (!asset) throw new ProblemError('NOT_FOUND');
    return compressedResponse(c.req.raw, asset, IMMUTABLE);
  };
