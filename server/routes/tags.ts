// Tags with `integrity`: scripts of a site that never change.
import type { Handler } from 'hono';
import * as v from 'valibot';

import { PlaceName } from '../../shared/site/place.ts';
import { jurisdictionFor } from '../../shared/site/jurisdiction.ts';
import { audit } from '../operator.ts';
import { ProblemError } from '../problem.ts';
import { readAs } from '../request-body.ts';
import type { ServiceContext } from '../service-context.ts';
import { pinnedTags, pinWidget } from '../widget-pins.ts';

const FRESH = { 'Cache-Control': 'no-store' };
export const NewTag = v.strictObject({ jurisdiction: v.optional(PlaceName) });

export const getTags =
  (service: ServiceContext): Handler =>
  async (c) => {
    const { site } = await service.sites.get(c.req.param('site') ?? '');
    return c.json({ tags: await pinnedTags(service, site) }, 200, FRESH);
  };

export const postTag =
  (service: ServiceContext): Handler =>
  async (c) => {
    const context = await service.sites.get(c.req.param('site') ?? '');
    const { jurisdiction = jurisdictionFor(context.configuration, 'unknown') } = await readAs(NewTag, c.req.raw, 4096);
    if (jurisdictionFor(context.configuration, jurisdiction) !== jurisdiction)
      throw new ProblemError('BAD_REQUEST', `This site asks nobody by rules of "${jurisdiction}".`);
    await audit(service, c.get('operator'), 'widget.pin', { site: context.site, object: jurisdiction });
    return c.json(await pinWidget(service, context, jurisdiction), 201, FRESH);
  };
