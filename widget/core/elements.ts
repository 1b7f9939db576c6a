// Elements whose address waits in data-src: images, frames, films and what else loads something by itself. Scripts are the gate's own
// (gate.ts); this loads where a page has such an element that may run, or that needs a placeholder.
import type { Gate } from './gate.ts';

const EMBEDS = /^(IFRAME|VIDEO|AUDIO|EMBED|OBJECT)$/;
/** Take no plain address where Trusted Types are enforced; to try would be reported. */
const TRUSTED = /^(OBJECT|EMBED)$/;
/** What an element loads from waits under the same name in data-. */
const LOADS = ['src', 'srcset', 'sizes', 'poster'];
const PARTS = ':is(source,track,img):not([data-purpose])';
const ADDRESS: Record<string, string> = { OBJECT: 'data', LINK: 'href' };

/** One at work. */
export interface Elements {
  /** Opens or holds what its purposes let, or don't. */
  consider(element: HTMLElement): void;
  /** Has it its address? */
  isOpen(element: HTMLElement): boolean;
  /** Makes of an address what Trusted Types ask for; set by embeds.ts. */
  trust?: (url: string) => string;
}

/** Opened, it would run in the page itself; what cleans strangers' markup looks for it in src, and lets every data- attribute pass. */
function isScript(address: string): boolean {
  try {
    return new URL(address, document.baseURI).protocol === 'javascript:';
  } catch {
    return false;
  }
}

function setAddresses(element: HTMLElement, is: boolean, trust: Elements['trust'] = String): void {
  for (const part of [element, ...element.querySelectorAll<HTMLElement>(PARTS)])
    for (const name of LOADS) {
      const value = part.dataset[name];
      const attribute = (name === 'src' && ADDRESS[part.tagName]) || name;
      if (value && is) part.setAttribute(attribute, trust(value));
      else if (value) part.removeAttribute(attribute);
    }
}

/** `embed` is told of every embed that is held, again with each look, and of those that are not any more. */
export function createElements(
  { mayOpen, putAgain }: Pick<Gate, 'mayOpen' | 'putAgain'>,
  embed: (element: HTMLElement) => void,
): Elements {
  /** Elements that have their address, and which. */
  const opened = new WeakMap<Element, string>();
  const held = new WeakSet<Element>();
  const elements: Elements = {
    isOpen: (element) => !held.has(element),
    consider(element) {
      const { tagName, dataset } = element;
      const { src = '' } = dataset;
      const never = isScript(src);
      const open = !never && mayOpen(element) && !(!elements.trust && 'trustedTypes' in window && TRUSTED.test(tagName));
      if (!src && !dataset.srcset && !element.querySelector('[data-src],[data-srcset]')) return;
      const isEmbed = EMBEDS.test(tagName);
      if (open ? opened.get(element) !== src : opened.delete(element)) {
        setAddresses(element, open, elements.trust);
        if (open) opened.set(element, src);
        // An embed without its address goes on with what it has, until it is taken out; an object that gets its address out of sight
        // never asks for it in Chromium, until it is put in.
        if (isEmbed && (!open || (tagName === 'OBJECT' && held.has(element)))) putAgain(element);
        if (element instanceof HTMLMediaElement) element.load();
      }
      if (isEmbed && !never && (open ? held.delete(element) : held.add(element))) embed(element);
    },
  };
  return elements;
}
