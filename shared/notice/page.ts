// What a page shows about itself, and what kinds of page that makes it. Facts only: names and kinds of form fields, never
// their values.
import type { FieldKind, PageType } from './schema.ts';

export interface PageField {
  label: string;
  name: string;
  type: string;
  autocomplete: string;
}
export interface PageForm {
  id: string;
  fields: PageField[];
  submit: string;
}
export interface PageFacts {
  url: string;
  title: string;
  headings: string[];
  forms: PageForm[];
  /** schema.org types named by the page's JSON-LD. */
  jsonLdTypes: string[];
  /** Hosts other than the page's own that it loads or would load from. */
  hosts: string[];
}

const BY_AUTOCOMPLETE: Record<string, FieldKind> = {
  name: 'name',
  'given-name': 'name',
  'family-name': 'name',
  email: 'email',
  tel: 'phone',
  organization: 'organisation',
  'street-address': 'address',
  'address-line1': 'address',
  'postal-code': 'address',
  bday: 'date_of_birth',
  username: 'username',
  'current-password': 'current_password',
  'new-password': 'new_password',
  'cc-number': 'payment_card',
  'cc-name': 'payment_card',
};
const BY_TYPE: Record<string, FieldKind> = { email: 'email', tel: 'phone', file: 'file', search: 'search', textarea: 'message' };
const BY_WORDS: [RegExp, FieldKind][] = [
  [/\b(date of birth|dob|birthday)\b/, 'date_of_birth'],
  [/\b(ethnic|ethnicity|race)\b/, 'ethnicity'],
  [/\b(dietary|allerg|medical|health|disabilit)/, 'health'],
  [/\b(e-?mail)\b/, 'email'],
  [/\b(phone|telephone|mobile)\b/, 'phone'],
  [/\b(address|postcode)\b/, 'address'],
  [/\b(company|organisation|organization|school|employer)\b/, 'organisation'],
  [/\b(name)\b/, 'name'],
];

/** A page may name anything, `constructor` too. */
const named = (kinds: Record<string, FieldKind>, name: string): FieldKind | undefined =>
  Object.hasOwn(kinds, name) ? kinds[name] : undefined;

/** What one field asks for: its autocomplete token first, then its type, then its words. */
export function fieldKind(field: PageField): FieldKind {
  const token = field.autocomplete.toLowerCase().split(/\s+/).at(-1) ?? '';
  const exact = named(BY_AUTOCOMPLETE, token) ?? named(BY_TYPE, field.type);
  if (exact) return exact;
  if (field.type === 'password') return 'current_password';
  const words = `${field.label} ${field.name}`.toLowerCase().slice(0, 400);
  const said = BY_WORDS.find(([pattern]) => pattern.test(words))?.[1];
  return said ?? (field.type === 'date' ? 'date' : 'other');
}

const BY_JSON_LD: Record<string, PageType> = {
  JobPosting: 'job_posting',
  Event: 'event',
  Product: 'product',
  Article: 'article',
  NewsArticle: 'article',
  ContactPage: 'contact',
  Course: 'course',
};

function formPageType(form: PageForm): PageType | null {
  const kinds = form.fields.map(fieldKind);
  const only = (...allowed: FieldKind[]) => kinds.length > 0 && kinds.every((kind) => allowed.includes(kind));
  if (kinds.includes('new_password')) return 'account';
  if (kinds.includes('current_password')) return 'sign_in';
  if (only('search')) return 'search';
  if (only('email') || (only('email', 'name') && /subscribe|sign up/i.test(form.submit))) return 'newsletter';
  if (kinds.includes('message') && kinds.includes('email') && !kinds.includes('file')) return 'contact';
  return null;
}

/** The kinds of page that the page's structured data and forms show it to be. */
export function pageTypes(page: PageFacts): PageType[] {
  const types = [
    ...page.jsonLdTypes.map((type) => (Object.hasOwn(BY_JSON_LD, type) ? BY_JSON_LD[type] : null)),
    ...page.forms.map(formPageType),
  ];
  if (/^https?:\/\/[^/]+\/?(?:[?#]|$)/.test(page.url)) types.push('home');
  return [...new Set(types.filter((type) => type !== null && type !== undefined))];
}
