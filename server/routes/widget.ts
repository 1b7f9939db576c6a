import type { Handler } from 'hono';
import * as v from 'valibot';

import { Hash } from '../../shared/consent/event.ts';
import { jurisdictionFor } from '../../shared/site/jurisdiction.ts';
import { compressedResponse, IMMUTABLE, isCurrent, type CompressedBody } from '../compression.ts';
import { askedUnder } from '../jurisdiction.ts';
import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';
import type { SiteContext } from '../site-context.ts';
import type { WidgetFiles } from '../widget-files.ts';
import { pinPaths } from '../widget-pin-paths.ts';
import { pinnedBody, pinnedDetails } from '../widget-pins.ts';

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
  ({ sites, widget, placeHeaders }: ServiceContext): Handler =>
  async (c) => {
    const site = await sites.get((c.req.param('file') ?? '').replace(/\.js$/, ''));
    const { raw } = c.req;
    const { jurisdiction, vary, isShared } = askedUnder(site.configuration, raw.headers, placeHeaders);
    const whole = await widget.script(site, true, jurisdiction);
    const brings = isFirst(raw.headers, site.site.id) || isCurrent(raw, whole);
    const body = brings ? whole : await widget.script(site, false, jurisdiction);
    const response = compressedResponse(raw, body, `${brings && isShared ? 'public' : 'private'}, ${SHORT}`);
    for (const name of vary) response.headers.append('Vary', name);
    return response;
  };

/**
 * `{version}.json`, or `{version}.{language}.json`: the words of the current configuration. A version names its jurisdiction behind a
 * dot. An old one is not found, so that a page never shows words that no longer hold.
 */
export const widgetDetails =
  ({ sites, store, widget }: ServiceContext): Handler =>
  async (c) => {
    const site = await sites.get(c.req.param('site') ?? '');
    const [hash = '', jurisdiction = '', language = ''] = (c.req.param('file') ?? '').replace(/\.json$/, '').split('.');
    const version = `${hash}.${jurisdiction}`;
    const isAskedThere = jurisdictionFor(site.configuration, jurisdiction) === jurisdiction;
    const details = isAskedThere && (await widget.details(site, version, language, jurisdiction));
    return foundForEver(c.req.raw, details || (await pinnedDetails(store, site, version, language)));
  };

function foundForEver(request: Request, body: CompressedBody | null): Response {
  if (!body) throw new ProblemError('NOT_FOUND');
  return compressedResponse(request, body, IMMUTABLE);
}

/** `{site}@{version}.js`: the script of that version, whatever was changed since. */
export const pinnedScript =
  ({ sites, store, widget }: ServiceContext): Handler =>
  async (c) => {
    const [id = '', version = ''] = (c.req.param('pinned') ?? '').replace(/\.js$/, '').split('@');
    const site = await sites.get(id);
    const kept = await pinnedBody(store, site.site, pinPaths.script(version));
    return foundForEver(c.req.raw, kept ?? (await currentScript(widget, site, version)));
  };

/** The one of now, which nobody has pinned. */
async function currentScript(widget: WidgetFiles, site: SiteContext, version: string): Promise<CompressedBody | null> {
  const jurisdiction = version.split('.')[1] ?? '';
  return jurisdictionFor(site.configuration, jurisdiction) === jurisdiction ? widget.unpinned(site, version, jurisdiction) : null;
}

/** A chunk of a script that never changes. */
export const pinnedAsset =
  ({ sites, store, widget }: ServiceContext): Handler =>
  async (c) => {
    const [folder, file] = [c.req.param('folder') ?? '', c.req.param('file') ?? ''];
    const { site } = await sites.get(c.req.param('site') ?? '');
    const now = await widget.asset(folder, file);
    return foundForEver(c.req.raw, now ?? (await pinnedBody(store, site, pinPaths.chunk(folder, file))));
  };

export const widgetAsset =
  ({ widget }: ServiceContext): Handler =>
  async (c) =>
    foundForEver(c.req.raw, await widget.asset(c.req.param('folder') ?? '', c.req.param('file') ?? ''));

/** Of what a build is made that a presentation names. */
export const keptBuild =
  ({ builds }: ServiceContext): Handler =>
  async (c) => {
    const kept = await builds.files(c.req.param('build') ?? '');
    if (!kept) throw new ProblemError('NOT_FOUND');
    return Response.json(kept, { headers: { 'Cache-Control': IMMUTABLE } });
  };

export const keptBuildFile =
  ({ builds }: ServiceContext): Handler =>
  async (c) => {
    const build = v.safeParse(Hash, c.req.param('build'));
    return foundForEver(c.req.raw, build.success ? await builds.file(build.output, c.req.param('file') ?? '') : null);
  };
