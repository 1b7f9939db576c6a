// What a page shows about itself, and what kinds of page that makes it. Facts only: names and kinds of form fields, never
// their values.
import type { FieldKind, PageType } from './schema.ts';
import { evenText } from './stems.ts';

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
  /** Consent tools that stand on the page: "IAB TCF", "Cookiebot". */
  signals?: string[] | undefined;
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
  'cc-csc': 'payment_card',
  'cc-exp': 'payment_card',
  'additional-name': 'name',
  nickname: 'name',
  'tel-national': 'phone',
  'address-line2': 'address',
  'address-level2': 'address',
};
const BY_TYPE: Record<string, FieldKind> = { email: 'email', tel: 'phone', file: 'file', search: 'search', textarea: 'message' };
/** A word of at least two letters at its beginning; accents count as letters. */
const words = (list: string): RegExp => new RegExp(`(?<!\\p{L})(?:${list})`, 'u');
const BY_WORDS: [RegExp, FieldKind][] = [
  [
    words(
      'date of birth|dob(?!\\p{L})|birth ?da|geburtsdatum|geboren|date de naissance|naissance|fecha de nacimiento|data di nascita',
    ),
    'date_of_birth',
  ],
  [words('ethnic|race(?!\\p{L})|ethnisch|origine ethnique'), 'ethnicity'],
  [words('dietary|allerg|medical|health|disabilit|nhs number|symptom|gesundheit|behinderung|sant\u00e9|handicap'), 'health'],
  [
    words('card ?number|cardnumber|cvc|cvv|security code|name on card|card ?holder|iban|kartennummer|num\u00e9ro de carte'),
    'payment_card',
  ],
  [words('e-?mail|courriel|adresse mail|correo'), 'email'],
  [words('phone|telephone|mobile|tel(?!\\p{L})|telefon|handy|t\u00e9l\u00e9phone|portable|tel\u00e9fono'), 'phone'],
  [
    words(
      'address|postcode|post code|zip|street|town|city|anschrift|adresse|stra\u00dfe|plz|ort(?!\\p{L})|code postal|ville|rue',
    ),
    'address',
  ],
  [
    words('company|organisation|organization|school|employer|firma|unternehmen|schule|soci\u00e9t\u00e9|entreprise'),
    'organisation',
  ],
  [words('user ?name|login|benutzername|identifiant'), 'username'],
  [
    words('name|forename|surname|first ?name|last ?name|full ?name|vorname|nachname|nom|pr\u00e9nom|nombre|apellido|cognome'),
    'name',
  ],
  [words('message|comment|enquiry|question|nachricht|mitteilung|ihr anliegen|votre demande|mensaje|messaggio'), 'message'],
];

/** A page may name anything, `constructor` too. */
const named = (kinds: Record<string, FieldKind>, name: string): FieldKind | undefined =>
  Object.hasOwn(kinds, name) ? kinds[name] : undefined;

const saidBy = (text: string): FieldKind | undefined =>
  text === '' ? undefined : BY_WORDS.find(([pattern]) => pattern.test(text.slice(0, 400)))?.[1];

/** What one field asks for: its autocomplete token first, then its type, then its words. */
export function fieldKind(field: PageField): FieldKind {
  const token = field.autocomplete.toLowerCase().split(/\s+/).at(-1) ?? '';
  const exact = named(BY_AUTOCOMPLETE, token) ?? named(BY_TYPE, field.type);
  if (exact) return exact;
  if (field.type === 'password') return 'current_password';
  const said =
    saidBy(evenText(field.label)) ?? saidBy(evenText(field.name.replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2').replaceAll('-', ' ')));
  // Only a text box can take a message; a choice about one is none.
  if (said === 'message' && field.type === 'select') return 'other';
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
