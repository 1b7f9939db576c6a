// Text that others wrote (a notice, a page, a receipt), made safe to show: it is only ever text, and no invisible
// character may reorder or hide a part of it.

/**
 * Characters that no reader sees and that change how the rest is read. Unicode's default ignorables are zero-width characters, bidi
 * marks, embeddings, overrides and isolates, soft hyphens, fillers, variation selectors and tags; the rest are controls but tab and
 * newline, line and paragraph separators, and interlinear annotations.
 */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|(?![\t\n])\p{Cc}|\p{Zl}|\p{Zp}|[\uFFF9-\uFFFB]/gu;

export const plainText = (text: string): string => text.replace(INVISIBLE, '');

/** The same value with every string in it plain. Own enumerable properties only; the answer shares nothing with the input. */
export function plain<T>(value: T): T {
  if (typeof value === 'string') return plainText(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => plain(item)) as T;
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [plainText(key), plain(item as unknown)])) as T;
}

/** The address as a link may carry it, or null: http and https only, no name and password inside. */
export function safeHref(href: string, base?: string): string | null {
  if (href.length > 2000 || !URL.canParse(href, base)) return null;
  const url = new URL(href, base);
  if (!['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '') return null;
  return url.href;
}
