// The interface's chunk: the banner, and on demand the preference centre, which loads behind the banner.
import type { Method } from '../../shared/consent/event.ts';
import { createDecide, endHere, statesOf } from '../core/decide.ts';
import { setLanguage } from '../core/language.ts';
import { once } from '../core/once.ts';
import { stay } from '../core/stay.ts';
import type { Actor, Screen, Widget } from '../core/widget.ts';
import { within } from '../core/within.ts';
import { createBanner } from './banner.ts';
import { BANNER_STYLE, LAYER_STYLE } from './banner-style.ts';

type CentreChunk = {
  createCentre(widget: Widget, choose: Interface['choose'], askAgain: () => void): () => Promise<void>;
};

type ModalChunk = { showModal(dialog: HTMLDialogElement, putAside: () => void, stays: boolean): void };

export interface Interface {
  /**
   * Makes a choice about these purposes; without a screen of ours the site's own interface asked, and `actor` is who it says has
   * decided. Rejects for a purpose that is not asked about.
   */
  choose(method: Method, on: Readonly<Record<string, boolean>>, screen?: Screen, actor?: Actor): Promise<void>;
  openBanner(): Promise<void>;
  closeBanner(): void;
  /** The page has gone over to another language: an open banner with it. */
  speakAnew(): void;
  /** These purposes ended by a choice in another tab, which may be that everything was erased. */
  followed(ended: readonly string[], asks: () => boolean): Promise<void>;
  /** Resolves when the preference centre is on screen. */
  openCentre(): Promise<void>;
}

/** ms. Rather a box than nothing. */
const MODAL_PATIENCE = 3000;

/** What the site showed is not ours to record. */
const ownInterface = ({ words }: Widget): Screen => ({ language: words().language, layout: 'api', words: [], controls: [] });

/** Nothing of the page stays hidden under the banner: what is focused scrolls clear of it, and so does the end of the page. */
function makeRoom(banner: HTMLElement): () => void {
  const { documentElement: page } = document;
  // Behind the body, where it disturbs no layout of the site's own.
  const space = document.createElement('candour-space');
  space.style.display = 'block';
  const sizes = new ResizeObserver(() => {
    space.style.blockSize = page.style.scrollPaddingBlockEnd = `${banner.offsetHeight + 24}px`;
  });
  page.append(space);
  sizes.observe(banner);
  return () => {
    sizes.disconnect();
    space.remove();
    page.style.scrollPaddingBlockEnd = '';
  };
}

export function openInterface(widget: Widget): Interface {
  let banner: HTMLElement | null = null;
  let giveRoom = (): void => undefined;
  let stopStaying = (): void => undefined;
  let asked = false;
  const decide = createDecide(widget);
  const choose: Interface['choose'] = async (
    method,
    on,
    screen = ownInterface(widget),
    actor = widget.byParent && screen.layout !== 'api' ? 'parent' : 'self',
  ) => {
    await decide({ method, purposes: statesOf(widget, on), screen, actor, vendors: widget.vendors?.(method, screen) });
    // The button said so. What an extension refuses for somebody leads nowhere.
    if (method === 'reject_all' && widget.boot.offer) location.assign(widget.boot.offer);
  };
  const loadCentre = once(async () => (await widget.load<CentreChunk>('centre')).createCentre(widget, choose, askAgain));
  // Never twice on one page (R26).
  const askAgain = (): void => void (asked || ui.openBanner());
  const openCentre = async (): Promise<void> => (await loadCentre())();

  // On its way while the words are; without it the banner is a box, as it is where a page has no place for one that is inline.
  const modal =
    (widget.boot.modal as ModalChunk | undefined) ??
    (widget.boot.layout === 'modal' ? within(widget.load<ModalChunk>('modal'), MODAL_PATIENCE).catch(() => null) : null);
  widget.addStyle(widget.root, LAYER_STYLE);
  const ui: Interface = {
    choose,
    openCentre,
    async followed(ended, asks) {
      if (!(await endHere(widget, ended)) && asks()) askAgain();
    },
    async openBanner() {
      if (banner) return;
      asked = true;
      banner = document.createElement('candour-banner');
      const [details, dialog] = await Promise.all([widget.banner(), modal]);
      // Chosen meanwhile, in another tab.
      if (!banner) return;
      setLanguage(banner, details.words);
      const root = widget.addRoot(banner);
      widget.addStyle(root, LAYER_STYLE + BANNER_STYLE);
      let { layout = 'box' } = widget.boot;
      const own = layout === 'inline' ? document.querySelector('[data-candour=banner]') : null;
      if (layout === 'modal' ? !dialog : !own && layout === 'inline') layout = 'box';
      const shown = createBanner(widget, details, layout, { choose, openCentre });
      root.append(shown);
      const host = banner;
      stopStaying = stay(host, () => {
        // First in the page, so that it is reached within the first tab stops.
        ((own && document.querySelector('[data-candour=banner]')) ?? document.body).prepend(host);
        // Put again, a dialog would not be modal: it stays as one that was put aside.
        if (dialog) (shown as HTMLDialogElement).close();
      });
      const float = (): void => void (giveRoom = makeRoom(shown));
      if (dialog) dialog.showModal(shown as HTMLDialogElement, float, widget.boot.offer !== undefined);
      else if (!own) float();
    },
    speakAnew() {
      if (!banner) return;
      ui.closeBanner();
      ui.openBanner().catch(() => undefined);
    },
    closeBanner() {
      stopStaying();
      // A dialog gives the focus back as it closes.
      banner?.shadowRoot?.querySelector('dialog')?.close();
      banner?.remove();
      banner = null;
      giveRoom();
      giveRoom = () => undefined;
    },
  };
  return ui;
}
