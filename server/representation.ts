// One thing in several forms: which one the request prefers (RFC 9110 section 12.5.1).
import type { Context } from 'hono';
import { accepts } from 'hono/accepts';

export type Form = 'application/json' | 'application/ld+json' | 'text/html';

/** `?as=`: for links, which cannot say what they accept. */
const NAMED = new Map<string, Form>([
  ['html', 'text/html'],
  ['json', 'application/json'],
  ['jsonld', 'application/ld+json'],
]);

/** What asks for nothing in particular gets JSON. */
export const preferredForm = (c: Context): Form =>
  NAMED.get(c.req.query('as') ?? '') ??
  (accepts(c, {
    header: 'Accept',
    supports: ['application/json', 'application/ld+json', 'text/html'],
    default: 'application/json',
  }) as Form);
