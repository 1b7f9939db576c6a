// Holds back what belongs to a purpose until it may run: scripts, and elements whose address waits in data-src. Later ones too.
// Elements are never copied: changing the type of the very script that the parser saw keeps its nonce and its trust
// (Trusted Types), so no policy is needed.
import { showPlaceholder } from './placeholder.ts';

const EMBEDS = /^(IFRAME|VIDEO|AUDIO|EMBED|OBJECT)$/;
const ADDRESS: Record<string, string> = { OBJECT: 'data', LINK: 'href' };

const purposesOf = (element: HTMLElement): string[] => (element.dataset.purpose ?? '').split(/\s+/).filter(Boolean);

export interface Gate {
  /** Looks at everything again, after a choice. */
  sweep(): void;
  /** Calls the listener for every element added from now on, and for those that are there. */
  watch(found: (element: Element) => void): void;
}

/** An element of several purposes needs all of them: the strictest rule holds. */
export function createGate(mayRun: (purpose: string) => boolean, give: (element: HTMLElement, purposes: string[]) => void): Gate {
  const taken = new WeakSet<Element>();
  let queue = Promise.resolve();
  const open = (element: HTMLElement): boolean => {
    const purposes = purposesOf(element);
    return purposes.length > 0 && purposes.every(mayRun);
  };

  const runScript = (script: HTMLScriptElement): Promise<void> | undefined => {
    const { parentNode, nextSibling } = script;
    if (!parentNode || !open(script)) {
      taken.delete(script);
      return undefined;
    }
    const waits = script.src !== '' && !script.hasAttribute('async');
    if (script.dataset.type) script.type = script.dataset.type;
    else script.removeAttribute('type');
    script.async = !waits;
    const done = new Promise<void>((resolve) => {
      if (!waits) resolve();
      for (const type of ['load', 'error']) script.addEventListener(type, () => resolve());
    });
    script.remove();
    parentNode.insertBefore(script, nextSibling);
    return done;
  };

  const consider = (element: HTMLElement): void => {
    const isOpen = open(element);
    if (element instanceof HTMLScriptElement) {
      if (!isOpen || element.type !== 'text/plain' || taken.has(element)) return;
      taken.add(element);
      // One after the other, so that an inline script finds what the tag before it loads.
      queue = queue.then(() => runScript(element));
      return;
    }
    const address = element.dataset.src;
    if (!address) return;
    const attribute = ADDRESS[element.tagName] ?? 'src';
    if (isOpen && !taken.has(element)) {
      taken.add(element);
      showPlaceholder(element, null);
      element.setAttribute(attribute, address);
    } else if (!isOpen) {
      if (taken.delete(element)) {
        element.removeAttribute(attribute);
        // What plays goes on playing until it is told to load what it has now: nothing.
        if (element instanceof HTMLMediaElement) {
          element.pause();
          element.load();
        }
      }
      if (EMBEDS.test(element.tagName)) showPlaceholder(element, () => give(element, purposesOf(element)));
    }
  };

  const held = (root: ParentNode): void => root.querySelectorAll<HTMLElement>('[data-purpose]').forEach(consider);
  return {
    sweep: () => held(document),
    watch(found) {
      const visit = (element: HTMLElement): void => {
        if (element.dataset?.purpose) consider(element);
        held(element);
        found(element);
      };
      new MutationObserver((records) => {
        for (const { addedNodes } of records)
          for (const node of addedNodes) if (node instanceof HTMLElement && node.isConnected) visit(node);
      }).observe(document, { childList: true, subtree: true });
      visit(document.documentElement);
    },
  };
}
