// Our own banner, for the tool that declines: the banner's button is pressed, marked, so that the choice is recorded as made by the
// extension. There is no step that accepts.
import type AutoConsent from '@duckduckgo/autoconsent';

import { CANDOUR } from './said.ts';

type Platform = AutoConsent['rules'][number];

/** The mark that the widget reads on its banner. */
const BY = 'by';
const CLOSED_AFTER = 5000;

const banner = (): HTMLElement | null => document.querySelector<HTMLElement>('candour-banner');
const rejectAll = (): HTMLElement | null =>
  banner()?.shadowRoot?.querySelector<HTMLElement>('button[data-control="reject_all"]') ?? null;

/** The banner goes when the choice is written, not when the button is pressed. */
function closed(): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (went: boolean): void => {
      observer.disconnect();
      clearTimeout(timer);
      resolve(went);
    };
    const look = (): void => {
      if (!banner()) done(true);
    };
    const observer = new MutationObserver(look);
    const timer = setTimeout(() => done(false), CLOSED_AFTER);
    observer.observe(document.documentElement, { childList: true, subtree: true });
    look();
  });
}

async function refuse(): Promise<boolean> {
  const [asking, button] = [banner(), rejectAll()];
  if (!asking || !button) return false;
  asking.dataset[BY] = 'extension';
  button.click();
  return closed();
}

const never = (): Promise<boolean> => Promise.resolve(false);

export const candourBanner: Platform = {
  name: CANDOUR,
  hasSelfTest: false,
  isIntermediate: false,
  isCosmetic: false,
  runContext: { main: true, frame: false },
  checkRunContext: () => window === window.top,
  checkFrameContext: (isTop) => isTop,
  hasMatchingUrlPattern: () => false,
  detectCmp: () => Promise.resolve(banner() !== null),
  detectPopup: () => Promise.resolve(rejectAll() !== null),
  optOut: refuse,
  optIn: never,
  openCmp: never,
  test: never,
};
