// What the API's description says of one route.
import type * as v from 'valibot';

export interface ApiOperation {
  /** A few words; what comes beyond them stands in `description`. */
  summary: string;
  description?: string;
  group:
    | 'Widget'
    | 'Consent'
    | 'Data subject'
    | 'Documents'
    | 'Log'
    | 'Administration'
    | 'Rights'
    | 'Marketing'
    | 'Webhooks'
    | 'Pages'
    | 'Operation';
  /** How it is asked: nothing means that anyone may. */
  by?: 'subject' | 'operator' | 'subject or operator';
  /** Query parameters by name. */
  query?: Record<string, string>;
  body?: { schema: v.GenericSchema; types?: string[] };
  answers: Record<number, { what: string; schema?: v.GenericSchema; types?: string[] }>;
}

export const json = (what: string, schema?: v.GenericSchema): ApiOperation['answers'][number] => ({
  what,
  types: ['application/json'],
  ...(schema ? { schema } : {}),
});
export const NOT_CHANGED = { what: 'What whoever asks has already (`If-None-Match`).' };
export const page = (what: string): ApiOperation['answers'][number] => ({ what, types: ['text/html'] });
