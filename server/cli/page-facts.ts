// The facts of a page from its HTML, where there is no document to ask: what extension/content/facts.ts reads in a browser. Names
// and kinds of fields, never their values.
import { Parser } from 'htmlparser2';

import { loadedFrom } from '../../shared/notice/loaded-from.ts';
import { askTogether } from '../../shared/notice/loose-fields.ts';
import type { PageFacts, PageField, PageForm } from '../../shared/notice/page.ts';

const MOST = { headings: 40, forms: 20, fields: 60, types: 40, hosts: 80, text: 300, json: 200_000 };
const cut = (text: string): string => text.replace(/\s+/g, ' ').trim().slice(0, MOST.text);
const NOT_ASKED = new Set(['hidden', 'submit', 'button', 'reset', 'image']);
const LOADING = new Set(['script', 'iframe', 'img', 'video', 'audio', 'embed', 'object', 'source', 'link']);
const ADDRESSES = ['src', 'data-src', 'href', 'data', 'data-href', 'data-data'];

interface OpenField extends PageField {
  id: string;
  labelledBy: string;
  fallback: string;
}
interface OpenForm {
  id: string;
  fields: OpenField[];
  submit: string | null;
}

/** Types named anywhere in a piece of structured data. */
export function jsonLdTypesIn(value: unknown, found: Set<string>, depth = 0): void {
  if (depth > 6 || found.size >= MOST.types || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) return value.slice(0, 100).forEach((item) => jsonLdTypesIn(item, found, depth + 1));
  for (const [key, item] of Object.entries(value)) {
    if (key !== '@type') jsonLdTypesIn(item, found, depth + 1);
    else
      for (const type of [item].flat())
        if (typeof type === 'string') found.add(cut(type.replace(/^https?:\/\/schema\.org\//, '')));
  }
}

class Reader {
  title: string | null = null;
  base: string;
  readonly headings: string[] = [];
  readonly forms: OpenForm[] = [];
  readonly types = new Set<string>();
  readonly hosts = new Set<string>();
  private readonly labels = new Map<string, string>();
  private readonly texts = new Map<string, string>();
  private readonly own: string;
  private form: OpenForm | null = null;
  /** What stands in no form. */
  private readonly loose: OpenForm = { id: '', fields: [], submit: null };
  private collecting: { tag: string; text: string; done: (text: string) => void; skip: number }[] = [];
  private quiet = 0;
  private inLabel: { text: string; fields: OpenField[]; for: string }[] = [];

  constructor(url: string) {
    this.base = url;
    this.own = new URL(url).host;
  }

  private collect(tag: string, done: (text: string) => void): void {
    this.collecting.push({ tag, text: '', done, skip: this.quiet });
  }

  open(tag: string, attributes: Record<string, string>): void {
    const { id = '', type = '', name = '' } = attributes;
    if (tag === 'base' && attributes['href'] && URL.canParse(attributes['href'], this.base))
      this.base = new URL(attributes['href'], this.base).href;
    if (
      (LOADING.has(tag) || ('data-src' in attributes && tag !== 'a')) &&
      (tag !== 'link' || /\b(?:stylesheet|preload)\b/i.test(attributes['rel'] ?? ''))
    )
      this.address(attributes);
    if (tag === 'title' && this.title === null && this.quiet === 0) this.collect(tag, (text) => (this.title = cut(text)));
    if (/^h[1-3]$/.test(tag))
      this.collect(tag, (text) => text && this.headings.length < MOST.headings && this.headings.push(cut(text)));
    if (tag === 'script' && type.toLowerCase() === 'application/ld+json') this.collect(tag, (text) => this.json(text));
    if (tag === 'script' || tag === 'style' || tag === 'svg' || tag === 'template' || tag === 'noscript') this.quiet += 1;
    if (tag === 'form' && this.forms.length < MOST.forms) {
      this.form = { id: cut(id || name || `form-${this.forms.length + 1}`), fields: [], submit: null };
      this.forms.push(this.form);
    }
    if (tag === 'label') {
      this.inLabel.push({ text: '', fields: [], for: attributes['for'] ?? '' });
    } else if (id && tag !== 'input' && tag !== 'select' && tag !== 'textarea' && this.texts.size < 500)
      this.collect(`#${tag}`, (text) => this.texts.set(id, cut(text)));
    if (tag === 'input' || tag === 'select' || tag === 'textarea') this.field(tag, attributes);
    if (tag === 'textarea' || tag === 'select') this.quiet += 1;
    const { form } = this;
    if (tag === 'button' && form && form.submit === null && (type === '' || type.toLowerCase() === 'submit')) {
      form.submit = '';
      this.collect(tag, (text) => (form.submit = cut(text)));
    }
    if (tag === 'button' && !form) this.collect(tag, (text) => (this.loose.submit = cut(text)));
    if (tag === 'input' && type.toLowerCase() === 'submit' && form && form.submit === null)
      form.submit = cut(attributes['value'] ?? '');
  }

  text(text: string): void {
    for (const each of this.collecting)
      if (each.tag === 'script' || this.quiet === 0) if (each.text.length < MOST.json) each.text += text;
    if (this.quiet === 0) for (const label of this.inLabel) label.text += text;
  }

  close(tag: string): void {
    if (
      (tag === 'script' ||
        tag === 'style' ||
        tag === 'svg' ||
        tag === 'template' ||
        tag === 'noscript' ||
        tag === 'textarea' ||
        tag === 'select') &&
      this.quiet > 0
    )
      this.quiet -= 1;
    for (let at = this.collecting.length - 1; at >= 0; at -= 1) {
      const each = this.collecting[at];
      if (each?.tag !== tag && each?.tag !== `#${tag}`) continue;
      this.collecting.splice(at, 1);
      each.done(each.text.trim());
      if (each.tag === `#${tag}`) continue;
      break;
    }
    if (tag === 'label') {
      const label = this.inLabel.pop();
      if (label?.for) this.labels.set(label.for, cut(`${this.labels.get(label.for) ?? ''} ${label.text}`));
      for (const field of label?.fields ?? []) field.label = cut(`${field.label} ${label?.text ?? ''}`);
    }
    if (tag === 'form') this.form = null;
  }

  private field(tag: string, attributes: Record<string, string>): void {
    const type = tag === 'input' ? (attributes['type'] ?? 'text').toLowerCase().slice(0, 40) || 'text' : tag;
    if (NOT_ASKED.has(type)) return;
    const field: OpenField = {
      label: '',
      name: cut(attributes['name'] ?? attributes['id'] ?? ''),
      type,
      autocomplete: cut(attributes['autocomplete'] ?? ''),
      id: attributes['id'] ?? '',
      labelledBy: attributes['aria-labelledby'] ?? '',
      fallback: attributes['aria-label'] ?? attributes['placeholder'] ?? '',
    };
    const { fields } = this.form ?? this.loose;
    if (fields.length < MOST.fields) fields.push(field);
    this.inLabel.at(-1)?.fields.push(field);
  }

  private address(attributes: Record<string, string>): void {
    for (const name of ADDRESSES) {
      const address = attributes[name];
      if (!address || this.hosts.size >= MOST.hosts || !URL.canParse(address, this.base)) continue;
      const from = loadedFrom(new URL(address, this.base), this.own);
      if (from) this.hosts.add(cut(from));
    }
  }

  private json(text: string): void {
    try {
      jsonLdTypesIn(JSON.parse(text), this.types);
    } catch {
      // A page's broken structured data says nothing.
    }
  }

  private named(field: OpenField): string {
    const label = field.label || this.labels.get(field.id);
    if (label) return label;
    const by = field.labelledBy
      .split(/\s+/)
      .filter(Boolean)
      .map((id) => this.texts.get(id) ?? '');
    return cut(by.join(' ').trim() || field.fallback);
  }

  facts(url: string): PageFacts {
    if (this.forms.length < MOST.forms && askTogether(this.loose.fields.map(({ type }) => type)))
      this.forms.push({ ...this.loose, id: `form-${this.forms.length + 1}` });
    return {
      url,
      title: this.title ?? '',
      headings: this.headings,
      forms: this.forms.map(({ id, fields, submit }): PageForm => ({
        id,
        submit: submit ?? '',
        fields: fields.map((field) => ({
          label: this.named(field),
          name: field.name,
          type: field.type,
          autocomplete: field.autocomplete,
        })),
      })),
      jsonLdTypes: [...this.types].slice(0, MOST.types),
      hosts: [...this.hosts],
    };
  }
}

const CHUNK = 16_384;

/** Never throws for any HTML; throws TypeError where `url` is none. */
export function pageFactsOf(html: string, url: string): PageFacts {
  const reader = new Reader(url);
  let depth = 0;
  const parser = new Parser(
    {
      onopentag: (tag, attributes) => {
        depth += 1;
        reader.open(tag, attributes);
      },
      onclosetag: (tag) => {
        depth -= 1;
        reader.close(tag);
      },
      ontext: (text) => reader.text(text),
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  for (let at = 0; at < html.length && depth < 3000; at += CHUNK) parser.write(html.slice(at, at + CHUNK));
  parser.end();
  return reader.facts(url);
}
