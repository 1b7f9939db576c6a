// Holds back what belongs to a purpose until it may run: scripts, and elements whose address waits in data-src. Later ones too.
// Elements are never copied: changing the type of the very script that the parser saw keeps its nonce and its trust
// (Trusted Types), so no policy is needed.

const EMBEDS = /^(IFRAME|VIDEO|AUDIO|EMBED|OBJECT)$/;
/** Take no plain address where Trusted Types are enforced; to try would be reported. */
const TRUSTED = /^(OBJECT|EMBED)$/;
/** What an element loads from waits under the same name in data-. */
const LOADS = ['src', 'srcset', 'sizes', 'poster'];
const PARTS = ':is(source,track,img):not([data-purpose])';
const ADDRESS: Record<string, string> = { OBJECT: 'data', LINK: 'href' };

const purposesOf = (element: HTMLElement): string[] => (element.dataset.purpose ?? '').split(/\s+/).filter(Boolean);

function setAddresses(element: HTMLElement, is: boolean, trust: Gate['trust'] = String): void {
  for (const part of [element, ...element.querySelectorAll<HTMLElement>(PARTS)])
    for (const name of LOADS) {
      const value = part.dataset[name];
      const attribute = (name === 'src' && ADDRESS[part.tagName]) || name;
      if (value && is) part.setAttribute(attribute, trust(value));
      else if (value) part.removeAttribute(attribute);
    }
}

/** What a script or an embed does begins, or ends, with its place in the page. */
function putAgain(element: HTMLElement): void {
  const { parentNode, nextSibling } = element;
  element.remove();
  parentNode?.insertBefore(element, nextSibling);
}

export interface Gate {
  /** Looks at everything again, after a choice. */
  sweep(): void;
  /** Calls `found` for every element added from now on, and for those that are there; `changed` after each change of the page. */
  watch(found: (element: Element) => void, changed: () => void): void;
  /** Embeds that the visitor has asked for on this page, without a choice about their purposes. */
  once: Set<Element>;
  /** Is it allowed to load? */
  mayOpen(element: HTMLElement): boolean;
  /** Has it its address? */
  isOpen(element: HTMLElement): boolean;
  /** Makes of an address what Trusted Types ask for; set by embeds.ts. */
  trust?: (url: string) => string;
  /** Has a script of the purpose run on this page? */
  hasRun(purpose: string): boolean;
}

/**
 * An element of several purposes needs all of them: the strictest rule holds. `embed` is told of every embed that is held, again
 * with each look, and of those that are not any more.
 */
export function createGate(mayRun: (purpose: string) => boolean, embed: (element: HTMLElement) => void): Gate {
  const once = new Set<Element>();
  const ran = new Set<string>();
  const scripts = new WeakSet<Element>();
  /** Elements that have their address, and which. */
  const opened = new WeakMap<Element, string>();
  const held = new WeakSet<Element>();
  let queue = Promise.resolve();
  const mayOpen = (element: HTMLElement): boolean => {
    const purposes = purposesOf(element);
    return once.has(element) || (purposes.length > 0 && purposes.every(mayRun));
  };

  const runScript = (script: HTMLScriptElement): Promise<void> | undefined => {
    if (!script.parentNode || !mayOpen(script)) {
      scripts.delete(script);
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
    for (const purpose of purposesOf(script)) ran.add(purpose);
    putAgain(script);
    return done;
  };

  const consider = (element: HTMLElement): void => {
    if (!element.dataset?.purpose) return;
    const open = mayOpen(element) && !(!gate.trust && 'trustedTypes' in window && TRUSTED.test(element.tagName));
    if (element instanceof HTMLScriptElement) {
      if (!open || element.type !== 'text/plain' || scripts.has(element)) return;
      scripts.add(element);
      // One after the other, so that an inline script finds what the tag before it loads.
      queue = queue.then(() => runScript(element));
      return;
    }
    const { src = '' } = element.dataset;
    if (!src && !element.dataset.srcset && !element.querySelector('[data-src],[data-srcset]')) return;
    const isEmbed = EMBEDS.test(element.tagName);
    if (open ? opened.get(element) !== src : opened.delete(element)) {
      setAddresses(element, open, gate.trust);
      if (open) opened.set(element, src);
      // An embed without its address goes on with what it has, until it is taken out.
      else if (isEmbed) putAgain(element);
      if (element instanceof HTMLMediaElement) element.load();
    }
    if (isEmbed && (open ? held.delete(element) : held.add(element))) embed(element);
  };

  const look = (root: ParentNode): void => root.querySelectorAll<HTMLElement>('[data-purpose]').forEach(consider);
  const gate: Gate = {
    once,
    mayOpen,
    isOpen: (element) => !held.has(element),
    hasRun: (purpose) => ran.has(purpose),
    sweep: () => look(document),
    watch(found, changed) {
      const visit = (element: HTMLElement): void => {
        consider(element);
        look(element);
        found(element);
      };
      new MutationObserver((records) => {
        for (const { target, addedNodes } of records) {
          // Named later, as frameworks do.
          consider(target as HTMLElement);
          for (const node of addedNodes) if (node instanceof HTMLElement && node.isConnected) visit(node);
        }
        changed();
      }).observe(document, { childList: true, subtree: true, attributeFilter: ['data-purpose', 'data-src'] });
      visit(document.documentElement);
    },
  };
  return gate;
}
