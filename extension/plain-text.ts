// Text that others wrote (a notice, a page, a receipt), made safe to show: it is only ever text, and no invisible
// character may reorder or hide a part of it.

/**
 * Characters that no reader sees and that change how the rest is read: C0 and C1 controls but tab and newline, soft hyphen, Arabic
 * letter mark, zero-width characters, bidi marks, embeddings, overrides and isolates, invisible operators, the byte order mark,
 * interlinear annotations, variation selectors beyond the usual, and tags.
 */
const INVISIBLE =
  // eslint-disable-next-line no-control-regex -- the controls are what it looks for
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B-\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF9-\uFFFB\u{E0000}-\u{E0FFF}]/gu;

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
