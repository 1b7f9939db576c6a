// Markup of the service's pages: hono/html escapes every value, and nothing here goes around it.
import { html, type raw } from 'hono/html';

export type Markup = ReturnType<typeof raw>;
export type MarkupValue = string | number | false | null | undefined | Markup | readonly MarkupValue[];

/** A piece of HTML; values are escaped unless they are such a piece themselves. */
export function markup(strings: TemplateStringsArray, ...values: MarkupValue[]): Markup {
  const made = html(strings, ...values);
  // Only promised values make a promise, and MarkupValue has none.
  if (made instanceof Promise) throw new TypeError('a page is made of values, not of promises');
  return made;
}

// Embeddings, overrides and isolates can make a text read as another one than it is; so can other control characters.
const MISLEADING = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Text that others wrote, fit to be shown: each misleading character becomes U+FFFD, so that no offset moves (R88). */
export const shown = (text: string): string => text.replace(MISLEADING, '\ufffd');
