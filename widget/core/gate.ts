// Holds back what belongs to a purpose until it may run: scripts here, and elements whose address waits in data-src (elements.ts). Later
// ones too. Elements are never copied: changing the type of the very script that the parser saw keeps its nonce and its trust
// (Trusted Types), so no policy is needed.
import type { Elements } from './elements.ts';

/** Owners' places, each named as its chunk: a form's fieldset, a table of stored items. */
export type Place = 'marketing' | 'storage';
const PLACES = '[data-candour=marketing],[data-candour=storage]';

/** Begin when the page is parsed, as without us: they are looked at again then. Modules are of the latter. */
const DEFERRED = '[defer],[data-type]:not([async])';

const purposesOf = (element: HTMLElement): string[] => (element.dataset.purpose ?? '').split(/\s+/).filter(Boolean);

/** What a script or an embed does begins, or ends, with its place in the page. */
function putAgain(element: HTMLElement): void {
  const place = new Comment();
  element.replaceWith(place);
  place.replaceWith(element);
}

export interface Gate {
  /** Looks at everything again, after a choice. */
  sweep(): void;
  /** Looks at everything, and at what is added from now on; `found`: the owner's places for what is ours; `changed` after each change of the page. */
  watch(found: (place: HTMLElement) => void, changed: () => void): void;
  /** Embeds that the visitor has asked for on this page, without a choice about their purposes. */
  once: Set<Element>;
  /** Is it allowed to load? */
  mayOpen(element: HTMLElement): boolean;
  /** Has a script of the purpose run on this page? */
  hasRun(purpose: string): boolean;
  putAgain(element: HTMLElement): void;
  /** There as soon as they are loaded; `sweep` then. */
  elements?: Elements;
}

/** An element of several purposes needs all of them: the strictest rule holds. `needed` is called while the elements are not loaded. */
export function createGate(mayRun: (purpose: string) => boolean, needed: () => void): Gate {
  const once = new Set<Element>();
  const ran = new Set<string>();
  const scripts = new WeakSet<Element>();
  let queue: Promise<unknown> = Promise.resolve();
  const mayOpen = (element: HTMLElement): boolean => {
    const purposes = purposesOf(element);
    return once.has(element) || (purposes.length > 0 && purposes.every(mayRun));
  };

  const runScript = (script: HTMLScriptElement): Promise<unknown> | undefined => {
    if (!script.parentNode || !mayOpen(script)) {
      scripts.delete(script);
      return undefined;
    }
    const waits = script.src && !script.hasAttribute('async');
    // An empty type is that of a script without one.
    script.type = script.dataset.type ?? '';
    script.async = !waits;
    const done = new Promise<unknown>((resolve) => {
      if (!waits) resolve(null);
      for (const type of ['load', 'error']) script.addEventListener(type, resolve);
    });
    for (const purpose of purposesOf(script)) ran.add(purpose);
    putAgain(script);
    return done;
  };

  const consider = (element: HTMLElement): void => {
    if (!element.dataset?.purpose) return;
    if (!(element instanceof HTMLScriptElement)) {
      if (gate.elements) gate.elements.consider(element);
      // A picture that may not load has nothing to wait for; an embed has its placeholder.
      else if (mayOpen(element) || !/IMG|LINK/.test(element.tagName)) needed();
    } else if (
      mayOpen(element) &&
      element.type === 'text/plain' &&
      !scripts.has(element) &&
      !(document.readyState === 'loading' && element.matches(DEFERRED))
    ) {
      scripts.add(element);
      // One after the other, so that an inline script finds what the tag before it loads.
      queue = queue.then(() => runScript(element));
    }
  };

  const look = (root: ParentNode, found?: (place: HTMLElement) => void): void =>
    root.querySelectorAll<HTMLElement>(`[data-purpose],${PLACES}`).forEach((element) => {
      consider(element);
      if (element.dataset.candour) found?.(element);
    });
  const gate: Gate = {
    once,
    mayOpen,
    putAgain,
    hasRun: (purpose) => ran.has(purpose),
    sweep: () => look(document),
    watch(found, changed) {
      new MutationObserver((records) => {
        const changes = new Set<Node | null>(records.map(({ target }) => target));
        // Where something was added, or named later, as frameworks do. Once for all that is inside: a parser adds thousands.
        for (const target of changes)
          if (target?.isConnected && !changes.has(target.parentNode)) {
            consider(target as HTMLElement);
            look(target as HTMLElement, found);
          }
        changed();
      }).observe(document, { childList: true, subtree: true, attributeFilter: ['data-purpose', 'data-src'] });
      look(document, found);
    },
  };
  return gate;
}
