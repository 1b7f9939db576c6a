// Where a person reads a fact in the notice itself.
import { safeHref } from '../plain-text.ts';

const SERVICE_ROUTE = /^(.*)\/v1\/(?:notices\/[^/]+|sites\/[^/]+\/notices?(?:\/[^/]+)?)\/?$/;

/** The page of exactly this version at this place where a consent service publishes it, else the declared address. Null for no web address. */
export function noticeLink(href: string, hash: string | null, place: string): string | null {
  const safe = safeHref(href);
  if (!safe) return null;
  const url = new URL(safe);
  const prefix = SERVICE_ROUTE.exec(url.pathname)?.[1];
  if (prefix !== undefined && hash !== null) {
    url.pathname = `${prefix}/v1/notices/${hash}`;
    url.search = '';
  }
  url.hash = place;
  return url.href;
}

const FEW = 10;
const EDGE = 5;
/** Hyphens, commas and ampersands mean something in a text directive. */
const encoded = (words: string): string => encodeURIComponent(words).replaceAll('-', '%2D');

/** A text directive (scroll to text fragment) for a quote: the whole of a short one, else how it begins and ends. */
export function textDirective(quote: string): string {
  const lines = quote
    // Cells of a row stand apart on the page.
    .split(/\n| \| /)
    .map((line) => line.trim().split(/\s+/).filter(Boolean))
    .filter((line) => line.length > 0);
  const [first = []] = lines;
  const last = lines.at(-1) ?? [];
  if (lines.length <= 1 && first.length <= FEW) return `:~:text=${encoded(first.join(' '))}`;
  return `:~:text=${encoded(first.slice(0, EDGE).join(' '))},${encoded(last.slice(-EDGE).join(' '))}`;
}

/** A notice in prose, opened at the sentence. Null for no web address. */
export function proseLink(href: string, quote: string): string | null {
  const safe = safeHref(href);
  if (!safe) return null;
  const [address = safe, fragment] = safe.split('#', 2);
  if (quote.trim() === '') return safe;
  return `${address}#${fragment ?? ''}${textDirective(quote)}`;
}

/** What stands at a place such as "activities/0/lawfulBases/1". */
function factAt(notice: unknown, place: string): { statement?: unknown; evidence?: { quote?: unknown } } | null {
  let at: unknown = notice;
  for (const key of place.split('/')) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return null;
    at = (at as Record<string, unknown>)[key];
  }
  return typeof at === 'object' ? at : null;
}

/** The quote of evidence at a place; empty where there is none. */
export function quoteAt(notice: unknown, place: string): string {
  const quote = factAt(notice, place)?.evidence?.quote;
  return typeof quote === 'string' ? quote : '';
}

/** The same; without evidence the statement itself. */
export function quotedAt(notice: unknown, place: string): string {
  const statement = factAt(notice, place)?.statement;
  return quoteAt(notice, place) || (typeof statement === 'string' ? statement : '');
}
