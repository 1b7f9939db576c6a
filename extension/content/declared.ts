// The privacy notices that a page declares (RFC 6903 rel=privacy-policy): as JSON, which can be read here, or as a page
// for people. No address is ever guessed.
import { CAPS } from '../caps.ts';
import type { DeclaredLink } from '../messages.ts';
import { safeHref } from '../plain-text.ts';

export interface DeclaredNotices {
  declared: DeclaredLink[];
  prose: DeclaredLink[];
}

const hasRelation = (element: Element): boolean =>
  (element.getAttribute('rel') ?? '').toLowerCase().split(/\s+/).includes('privacy-policy');

const isJson = (element: Element): boolean =>
  element.localName === 'link' && /^application\/json\s*(;|$)/i.test((element.getAttribute('type') ?? '').trim());

function linkOf(element: Element): DeclaredLink | null {
  const href = safeHref(element.getAttribute('href') ?? '', element.ownerDocument.baseURI);
  if (!href || !element.getAttribute('href')) return null;
  const title = element.getAttribute('title') ?? (element.localName === 'a' ? (element.textContent ?? '') : '');
  return { href, title: title.replace(/\s+/g, ' ').trim().slice(0, CAPS.text) };
}

const unique = (links: (DeclaredLink | null)[], most: number): DeclaredLink[] =>
  [...new Map(links.filter((link) => link !== null).map((link) => [link.href, link])).values()].slice(0, most);

export function declaredNotices(document: Document): DeclaredNotices {
  const found = [...document.querySelectorAll('link[rel][href], a[rel][href]')].filter(hasRelation);
  return {
    declared: unique(found.filter(isJson).map(linkOf), CAPS.declared),
    prose: unique(found.filter((element) => !isJson(element)).map(linkOf), CAPS.prose),
  };
}

/** Calls back when a notice link may have been added to, changed in or taken from the page's head, which the widget does after it starts. */
export function watchDeclared(document: Document, changed: () => void, signal: AbortSignal): void {
  const observer = new MutationObserver((records) => {
    const touchesLink = (nodes: NodeList): boolean => [...nodes].some((node) => node.nodeName === 'LINK');
    if (
      records.some(
        ({ target, addedNodes, removedNodes }) =>
          target.nodeName === 'LINK' || touchesLink(addedNodes) || touchesLink(removedNodes),
      )
    )
      changed();
  });
  observer.observe(document.head, { childList: true, subtree: true, attributes: true, attributeFilter: ['rel', 'href', 'type'] });
  signal.addEventListener('abort', () => observer.disconnect());
}
