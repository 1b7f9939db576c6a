// The interface's chunk: the banner, and on demand the preference centre, which loads behind the banner.
import type { Method } from '../../shared/consent/event.ts';
import { createDecide, statesOf } from '../core/decide.ts';
import { setLanguage } from '../core/language.ts';
import { once } from '../core/once.ts';
import type { Screen, Widget } from '../core/widget.ts';
import { createBanner } from './banner.ts';
import { BANNER_STYLE, LAYER_STYLE } from './banner-style.ts';

type CentreChunk = { createCentre(widget: Widget, choose: Interface['choose']): () => Promise<void> };

export interface Interface {
  /** Makes a choice about these purposes; without a screen of ours the site's own interface asked. Rejects for a purpose that is not asked about. */
  choose(method: Method, on: Readonly<Record<string, boolean>>, screen?: Screen): Promise<void>;
  openBanner(): Promise<void>;
  closeBanner(): void;
  /** Resolves when the preference centre is on screen. */
  openCentre(): Promise<void>;
}

/** What the site showed is not ours to record. */
const ownInterface = ({ words }: Widget): Screen => ({ language: words().language, layout: 'api', words: [], controls: [] });

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
  const decide = createDecide(widget);
  const choose: Interface['choose'] = async (method, on, screen = ownInterface(widget)) =>
    decide({ method, purposes: statesOf(widget, on), screen });
  const loadCentre = once(async () => (await widget.load<CentreChunk>('centre')).createCentre(widget, choose));
  const openCentre = async (): Promise<void> => (await loadCentre())();

  widget.addStyle(widget.root, LAYER_STYLE);
  return {
    choose,
    openCentre,
    async openBanner() {
      if (banner) return;
      banner = document.createElement('candour-banner');
      const details = await widget.banner();
      // Chosen meanwhile, in another tab.
      if (!banner) return;
      setLanguage(banner, details.words);
      const root = widget.addRoot(banner);
      widget.addStyle(root, LAYER_STYLE + BANNER_STYLE);
      root.append(createBanner(widget, details, { choose, openCentre }));
      // First in the page, so that it is reached within the first tab stops.
      document.body.prepend(banner);
      giveRoom = makeRoom(root.firstElementChild as HTMLElement);
    },
    closeBanner() {
      banner?.remove();
      banner = null;
      giveRoom();
      giveRoom = () => undefined;
    },
  };
}
