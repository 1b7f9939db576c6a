// The widget as it is now, to be kept for ever: for a tag with `integrity`, which a later configuration or build must not change.
import { createHash } from 'node:crypto';

import * as v from 'valibot';

import { languageFor } from '../shared/site/words.ts';
import { compress, decompress, type CompressedBody } from './compression.ts';
import { ProblemError } from './problem.ts';
import type { SiteContext } from './site-context.ts';
import type { PinnedFile } from './store/pins.ts';
import type { Site, Store } from './store/store.ts';
import { pinnedTag } from './sites.ts';
import type { WidgetFiles } from './widget-files.ts';
import { Recent } from './verifier.ts';
import { pinPaths } from './widget-pin-paths.ts';

export const PinnedTag = v.object({
  /** Of the site's script: 12 characters, a dot, the jurisdiction. */
  version: v.string(),
  /** `sha384-…`, as the tag has it. */
  integrity: v.string(),
  /** What to put into each page. */
  tag: v.string(),
  /** ISO instant. */
  pinnedAt: v.string(),
});
export type PinnedTag = v.InferOutput<typeof PinnedTag>;
export const PinnedTags = v.object({ tags: v.array(PinnedTag) });

const integrityOf = (body: Uint8Array): string => `sha384-${createHash('sha384').update(body).digest('base64')}`;

type Pinning = { store: Store; widget: WidgetFiles; publicUrl: string; now: () => Date };

/** Keeps the script of now for visitors of a jurisdiction, and all that it loads. Does nothing where it is kept already. */
export async function pinWidget(
  { store, widget, publicUrl, now }: Pinning,
  site: SiteContext,
  jurisdiction: string,
): Promise<PinnedTag> {
  const { version, files } = await widget.pinned(site, jurisdiction);
  const kept = await Promise.all(
    files.map(async ({ path, contentType, text }): Promise<PinnedFile> => ({
      path,
      contentType,
      brotli: (await compress(text, contentType)).br,
    })),
  );
  await store.pins.pin(site.site, kept, now().getTime());
  const tag = (await pinnedTags({ store, publicUrl }, site.site)).find((one) => one.version === version);
  if (!tag) throw new ProblemError('UNAVAILABLE', 'what was pinned is not there');
  return tag;
}

/** Newest first. */
export async function pinnedTags({ store, publicUrl }: Pick<Pinning, 'store' | 'publicUrl'>, site: Site): Promise<PinnedTag[]> {
  const scripts = await store.pins.pinnedUnder(site, pinPaths.script(''));
  return Promise.all(
    scripts.map(async ({ path, at }) => {
      const version = path.slice(pinPaths.script('').length);
      const body = await pinnedBody(store, site, path);
      const integrity = integrityOf(body?.identity ?? new Uint8Array());
      return { version, integrity, tag: pinnedTag(publicUrl, site.id, version, integrity), pinnedAt: new Date(at).toISOString() };
    }),
  );
}

/** Bodies that are kept in memory, at the most: a site's script is asked for with every page. */
const MOST = 100;
const inMemory = new WeakMap<Store, Recent<CompressedBody>>();

/** Null for what was never pinned. What is, never changes. */
export async function pinnedBody(store: Store, site: Site, path: string): Promise<CompressedBody | null> {
  const bodies = inMemory.get(store) ?? new Recent<CompressedBody>(MOST);
  inMemory.set(store, bodies);
  const key = `${site.key} ${path}`;
  const known = bodies.get(key);
  if (known) return known;
  const file = await store.pins.pinned(site, path);
  if (!file) return null;
  const body = await decompress(file.brotli, file.contentType);
  bodies.set(key, body);
  return body;
}

/** In the language of a page, else in the site's own. */
export async function pinnedDetails(
  store: Store,
  { site, configuration }: SiteContext,
  version: string,
  language: string,
): Promise<CompressedBody | null> {
  const start = pinPaths.details(version, '');
  const languages = (await store.pins.pinnedUnder(site, start)).map(({ path }) => path.slice(start.length));
  return pinnedBody(store, site, start + languageFor(language || (configuration.languages[0] ?? 'en'), languages));
}
