// The privacy notices that a page names itself: rel=privacy-policy (RFC 6903) on links and in the Link header, and structured data.
// As JSON they can be read as facts; others are pages for people. No address is ever guessed.
import { CAPS } from '../caps.ts';
import type { DeclaredLink, NamedLink } from '../messages.ts';
import { safeHref } from '../plain-text.ts';
import { all, baseOf, headOf } from './dom.ts';

export interface DeclaredNotices {
  declared: DeclaredLink[];
  named: NamedLink[];
}

const hasRelation = (element: Element): boolean =>
  (element.getAttribute('rel') ?? '').toLowerCase().split(/\s+/).includes('privacy-policy');
const JSON_TYPE = /^application\/json\s*(;|$)/i;
const isJson = (element: Element): boolean =>
  element.localName === 'link' && JSON_TYPE.test((element.getAttribute('type') ?? '').trim());

function linkOf(element: Element): DeclaredLink | null {
  const href = safeHref(element.getAttribute('href') ?? '', baseOf(element));
  if (!href || !element.getAttribute('href')) return null;
  const title = element.getAttribute('title') ?? (element.localName === 'a' ? (element.textContent ?? '') : '');
  return { href, title: title.replace(/\s+/g, ' ').trim().slice(0, CAPS.text) };
}

/** Of two with one address the first. */
function unique<T extends DeclaredLink>(links: readonly (T | null)[], most: number): T[] {
  const seen = new Set<string>();
  return links
    .filter((link): link is T => {
      if (link === null || seen.has(link.href)) return false;
      seen.add(link.href);
      return true;
    })
    .slice(0, most);
}

/** `policies`: what the page's structured data names as its privacy policy. */
export function declaredNotices(document: Document, policies: readonly string[] = []): DeclaredNotices {
  const found = [...all(document, 'link[rel][href], a[rel][href]')].filter(hasRelation);
  const named = found
    .filter((element) => !isJson(element))
    .map((element): NamedLink | null => {
      const link = linkOf(element);
      return link && { ...link, by: 'rel' };
    });
  const structured = policies.map((policy): NamedLink | null => {
    const href = safeHref(policy, baseOf(document));
    return href === null ? null : { href, title: '', by: 'json_ld' };
  });
  return {
    declared: unique(found.filter(isJson).map(linkOf), CAPS.declared),
    named: unique([...named, ...structured], CAPS.named),
  };
}

const LINK = /<([^>]{1,2000})>((?:\s*;\s*[\w!#$&+^`|~*-]+(?:\s*=\s*(?:"[^"]*"|[^",;\s]+))?)*)/g;

/** The notices of a Link header (RFC 8288), addresses taken relative to `base`. */
export function linkHeaderNotices(header: string, base: string): DeclaredNotices {
  const found: DeclaredNotices = { declared: [], named: [] };
  for (const [, address = '', parameters = ''] of header.slice(0, 8000).matchAll(LINK)) {
    const of = (name: string): string => new RegExp(`;\\s*${name}\\s*=\\s*"?([^";]*)`, 'i').exec(parameters)?.[1] ?? '';
    const href = safeHref(address, base);
    if (!href || !of('rel').toLowerCase().split(/\s+/).includes('privacy-policy')) continue;
    const title = of('title').slice(0, CAPS.text);
    if (JSON_TYPE.test(of('type').trim())) found.declared.push({ href, title });
    else found.named.push({ href, title, by: 'link_header' });
  }
  return { declared: unique(found.declared, CAPS.declared), named: unique(found.named, CAPS.named) };
}

/**
 * What the page's own response said in its Link header, from the browser's cache and from nowhere else: no request is made. Nothing
 * where the response was not kept, or where a worker of the page would answer.
 */
export async function cachedLinkHeader(document: Document): Promise<DeclaredNotices> {
  const none = { declared: [], named: [] };
  if (navigator.serviceWorker?.controller) return none;
  try {
    const { href } = new URL(document.URL);
    const response = await fetch(href.replace(/#.*/, ''), {
      cache: 'only-if-cached',
      mode: 'same-origin',
      credentials: 'same-origin',
      signal: AbortSignal.timeout(500),
    });
    const header = response.headers.get('link');
    void response.body?.cancel().catch(() => undefined);
    return header === null ? none : linkHeaderNotices(header, href);
  } catch {
    return none;
  }
}

/**
 * Calls back when a notice link may have been added to, changed in or taken from the page's head, which the widget does after it starts.
 * Gives what stops it.
 */
export function watchDeclared(document: Document, changed: () => void): () => void {
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
  const head = headOf(document);
  if (head)
    observer.observe(head, { childList: true, subtree: true, attributes: true, attributeFilter: ['rel', 'href', 'type'] });
  return () => observer.disconnect();
}
