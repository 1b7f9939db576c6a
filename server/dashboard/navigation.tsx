// The frame of a site's pages: which site, and the way between its pages. What the role may not see is not listed.
import type { ComponentChildren } from 'preact';
import { useCallback, useMemo, useState } from 'preact/hooks';

import { siteHref } from './href.ts';
import { SITE_PAGES, type Place } from './route.ts';
import { useMay } from './session.ts';
import { siteNames, SiteNamesContext } from './site-names.ts';
import { useAnswer } from './use-answer.ts';

export function SiteFrame({ place, children }: { place: Place; children: ComponentChildren }) {
  const { site, entry } = place;
  const may = useMay(site);
  const [open, setOpen] = useState(false);
  const { value } = useAnswer(useCallback((signal) => siteNames(site, signal), [site]));
  const names = useMemo(() => value ?? { name: site, senders: new Map<string, string>() }, [value, site]);
  return (
    <>
      <nav class="crumbs" aria-label="Breadcrumb">
        <a href="#/">Sites</a> <span aria-hidden="true">/</span>{' '}
        <a href={siteHref(site, '')} aria-current={entry.slug === '' ? 'page' : undefined}>
          <bdi>{names.name}</bdi>
        </a>
      </nav>
      <div class="site-frame">
        <nav class="site-pages" aria-label="Pages of this site">
          <button
            type="button"
            class="button small"
            aria-expanded={open}
            aria-controls="site-pages"
            onClick={() => setOpen(!open)}
          >
            Menu
          </button>
          <ul id="site-pages" class={open ? 'open' : undefined}>
            {SITE_PAGES.filter(({ listed, needs }) => listed && may(needs)).map(({ slug, title }) => (
              <li key={slug}>
                <a
                  href={siteHref(site, slug)}
                  aria-current={slug === entry.slug ? 'page' : undefined}
                  onClick={() => setOpen(false)}
                >
                  {title}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <div class="site-page">
          <SiteNamesContext.Provider value={names}>{children}</SiteNamesContext.Provider>
        </div>
      </div>
    </>
  );
}
