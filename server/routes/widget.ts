import type { Handler } from 'hono';

import { compressedResponse, IMMUTABLE } from '../compression.ts';
import { ProblemError } from '../problem.ts';
import type { ServiceContext } from '../service-context.ts';

/** Short, so that a published change reaches pages soon; an ETag makes the check cheap. */
const SHORT = 'public, max-age=300';

export const widgetScript =
  ({ sites, widget }: ServiceContext): Handler =>
  async (c) =>
    compressedResponse(c.req.raw, await widget.script(await sites.get((c.req.param('file') ?? '').replace(/\.js$/, ''))), SHORT);

/** `{configuration}.json`, or `{configuration}.{language}.json`: the words of the current configuration; an old one's hash is not found, so that a page never shows words that no longer hold. */
export const widgetDetails =
  ({ sites, widget }: ServiceContext): Handler =>
  async (c) => {
    const site = await sites.get(c.req.param('site') ?? '');
    const [configuration, language] = (c.req.param('file') ?? '').replace(/\.json$/, '').split('.');
    if (configuration !== site.configurationHash) throw new ProblemError('NOT_FOUND');
    return compressedResponse(c.req.raw, await widget.details(site, language ?? ''), IMMUTABLE);
  };

export const widgetAsset =
  ({ widget }: ServiceContext): Handler =>
  async (c) => {
    const asset = await widget.asset(c.req.param('file') ?? '');
    if (!asset) throw new ProblemError('NOT_FOUND');
    return compressedResponse(c.req.raw, asset, IMMUTABLE);
  };
