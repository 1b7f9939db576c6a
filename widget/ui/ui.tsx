// The interface's chunk: the banner, and on demand the preference centre, which loads behind the banner so that it is there on the click.
import { render } from 'preact';

import type { Widget } from '../core/widget.ts';
import { Banner } from './banner.tsx';
import { BANNER_STYLE, LAYER_STYLE } from './banner-style.ts';

export interface Interface {
  openBanner(): Promise<void>;
  closeBanner(): void;
  /** Resolves when the preference centre is on screen. */
  openCentre(): Promise<void>;
}

/** Nothing of the page stays hidden under the banner: what is focused scrolls clear of it, and so does the end of the page. */
function makeRoom(banner: HTMLElement): () => void {
  const { documentElement: page } = document;
  // Behind the body, where it disturbs no layout of the site's own.
  const space = document.createElement('candour-space');
  space.style.display = 'block';
  const measure = (): void => {
    const height = `${Math.min(banner.offsetHeight + 32, innerHeight / 2)}px`;
    space.style.blockSize = page.style.scrollPaddingBlockEnd = height;
  };
  page.append(space);
  measure();
  addEventListener('resize', measure);
  return () => {
    removeEventListener('resize', measure);
    space.remove();
    page.style.scrollPaddingBlockEnd = '';
  };
}

export function openInterface(widget: Widget): Interface {
  let banner: HTMLElement | null = null;
  let giveRoom = (): void => undefined;
  const openCentre = async (): Promise<void> => (await import('./centre.tsx')).openCentre(widget);

  widget.addStyle(widget.root, LAYER_STYLE);
  return {
    openCentre,
    async openBanner() {
      if (banner) return;
      banner = document.createElement('candour-banner');
      const details = await widget.details();
      // Chosen meanwhile, in another tab.
      if (!banner) return;
      const root = widget.addRoot(banner);
      widget.addStyle(root, LAYER_STYLE + BANNER_STYLE);
      render(<Banner widget={widget} details={details} choose={() => void openCentre()} />, root);
      // First in the page, so that it is reached within the first tab stops.
      document.body.prepend(banner);
      giveRoom = makeRoom(root.firstElementChild as HTMLElement);
      import('./centre.tsx').catch(() => undefined);
    },
    closeBanner() {
      banner?.remove();
      banner = null;
      giveRoom();
      giveRoom = () => undefined;
    },
  };
}
