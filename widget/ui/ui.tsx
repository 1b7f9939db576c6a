// The interface's chunk: opens and closes the banner and the preference centre for the first chunk.
import { render } from 'preact';

import { addRoot, addStyle } from '../core/shadow.ts';
import type { Widget } from '../core/widget.ts';
import { Banner } from './banner.tsx';
import { PreferenceCentre } from './preference-centre.tsx';
import { Receipts } from './receipts.tsx';
import { STYLE } from './style.ts';

export interface Interface {
  openBanner(): Promise<void>;
  closeBanner(): void;
  /** Resolves when the preference centre is on screen. */
  openCentre(): Promise<void>;
}

export function openInterface(widget: Widget): Interface {
  let banner: HTMLElement | null = null;
  let dialog: HTMLDialogElement | null = null;
  let stopClearing = (): void => undefined;
  const page = document.documentElement;
  // Behind the body, where it disturbs no layout of the site's own.
  const space = document.createElement('candour-space');
  space.style.display = 'block';

  const closeCentre = (): void => dialog?.close();
  const openCentre = async (): Promise<void> => {
    if (dialog) return;
    const details = await widget.details();
    const receipts = await widget
      .recorder()
      .then((recorder) => recorder.receipts())
      .catch(() => []);
    if (dialog) return;
    const opened = document.createElement('dialog');
    opened.setAttribute('aria-modal', 'true');
    opened.setAttribute('aria-labelledby', 'centre-title');
    // Esc and whatever else closes it changes nothing (R4).
    opened.addEventListener('close', () => {
      render(null, opened);
      opened.remove();
      dialog = null;
    });
    dialog = opened;
    widget.root.append(opened);
    render(
      <PreferenceCentre widget={widget} details={details} close={closeCentre}>
        <Receipts receipts={receipts} />
      </PreferenceCentre>,
      opened,
    );
    opened.showModal();
    opened.querySelector<HTMLElement>('#centre-title')?.focus();
  };

  addStyle(widget.root, STYLE);
  return {
    openCentre,
    async openBanner() {
      if (banner) return;
      const details = await widget.details();
      banner = document.createElement('candour-banner');
      banner.dataset.layout = widget.boot.layout;
      const root = addRoot(banner);
      addStyle(root, STYLE);
      render(<Banner widget={widget} details={details} choose={() => void openCentre()} />, root);
      // Nothing of the page stays hidden under it: what is focused scrolls clear of it, and the end of the page does too.
      const clear = () => {
        const { bottom, top } = root.querySelector('section')?.getBoundingClientRect() ?? { bottom: 0, top: 0 };
        space.style.blockSize = page.style.scrollPaddingBlockEnd = `${Math.min(bottom - top + 32, innerHeight / 2)}px`;
      };
      // First in the page, so that it is reached within the first tab stops.
      document.body.prepend(banner);
      page.append(space);
      clear();
      addEventListener('resize', clear);
      stopClearing = () => {
        removeEventListener('resize', clear);
        space.remove();
        page.style.scrollPaddingBlockEnd = '';
      };
    },
    closeBanner() {
      if (!banner) return;
      banner.remove();
      banner = null;
      stopClearing();
    },
  };
}
