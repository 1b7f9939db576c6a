// What a page shows about itself: title, headings, forms by their fields (never what is typed into them), structured data
// and the hosts that it loads or holds back.
import type { PageFacts, PageField, PageForm } from '../../shared/notice/page.ts';
import { CAPS } from '../caps.ts';

const cut = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, CAPS.text);

const NOT_ASKED = new Set(['hidden', 'submit', 'button', 'reset', 'image']);
type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

/** A textarea's label may wrap it, and then its text would carry what is typed: only the label's own words are taken. */
function words(label: Element): string {
  const copy = label.cloneNode(true) as Element;
  for (const control of copy.querySelectorAll('input, select, textarea, button, script, style')) control.remove();
  return cut(copy.textContent);
}

function labelOf(control: Control): string {
  const labels = [...(control.labels ?? [])].map(words).filter(Boolean);
  if (labels.length > 0) return cut(labels.join(' '));
  const named = (control.getAttribute('aria-labelledby') ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((id) => control.ownerDocument.getElementById(id))
    .filter((element) => element !== null)
    .map(words);
  return cut(named.join(' ') || control.getAttribute('aria-label') || control.getAttribute('placeholder'));
}

const typeOf = (control: Control): string => {
  const name = control.localName;
  return name === 'input' ? (control.getAttribute('type') ?? 'text').toLowerCase().slice(0, 40) || 'text' : name;
};

const fieldOf = (control: Control): PageField => ({
  label: labelOf(control),
  name: cut(control.getAttribute('name') ?? control.id),
  type: typeOf(control),
  autocomplete: cut(control.getAttribute('autocomplete')),
});

function submitOf(form: HTMLFormElement): string {
  const button = form.querySelector('button[type="submit"], button:not([type]), input[type="submit"]');
  return button?.localName === 'input' ? cut(button.getAttribute('value')) : cut(button?.textContent);
}

function formOf(form: HTMLFormElement, index: number): PageForm {
  const controls = [...form.querySelectorAll<Control>('input, select, textarea')].filter(
    (control) => !NOT_ASKED.has(typeOf(control)),
  );
  return {
    id: cut(form.getAttribute('id') ?? form.getAttribute('name') ?? `form-${index + 1}`),
    fields: controls.slice(0, CAPS.fields).map(fieldOf),
    submit: submitOf(form),
  };
}

function typesIn(value: unknown, found: Set<string>, depth = 0): void {
  if (depth > 6 || found.size >= CAPS.jsonLdTypes || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) return value.slice(0, 100).forEach((item) => typesIn(item, found, depth + 1));
  for (const [key, item] of Object.entries(value)) {
    if (key !== '@type') typesIn(item, found, depth + 1);
    else
      for (const type of [item].flat())
        if (typeof type === 'string') found.add(cut(type.replace(/^https?:\/\/schema\.org\//, '')));
  }
}

function jsonLdTypes(document: Document): string[] {
  const found = new Set<string>();
  for (const script of document.querySelectorAll('script[type="application/ld+json"]')) {
    const text = script.textContent ?? '';
    if (text.length > 200_000) continue;
    try {
      typesIn(JSON.parse(text), found);
    } catch {
      // A page's broken structured data says nothing.
    }
  }
  return [...found].slice(0, CAPS.jsonLdTypes);
}

/** Held ones included: a tag that waits for a choice is still one that the page would load. */
const LOADING = 'script, iframe, img, video, audio, embed, object, source, link[rel~="stylesheet"], link[rel~="preload"]';
const ADDRESSES = ['src', 'data-src', 'href', 'data', 'data-href', 'data-data'];

function hosts(document: Document, own: string): string[] {
  const found = new Set<string>();
  for (const element of document.querySelectorAll(LOADING)) {
    for (const name of ADDRESSES) {
      const address = element.getAttribute(name);
      if (!address || found.size >= CAPS.hosts || !URL.canParse(address, document.baseURI)) continue;
      const url = new URL(address, document.baseURI);
      if (/^https?:$/.test(url.protocol) && url.host !== own) found.add(cut(url.host));
    }
  }
  return [...found];
}

/** The facts of a page as it stands now. Never reads a value. */
export function pageFacts(document: Document, url: string): PageFacts {
  return {
    url: url.slice(0, CAPS.url),
    title: cut(document.title),
    headings: [...document.querySelectorAll('h1, h2, h3')].slice(0, CAPS.headings).map(words).filter(Boolean),
    forms: [...document.querySelectorAll<HTMLFormElement>('form')].slice(0, CAPS.forms).map(formOf),
    jsonLdTypes: jsonLdTypes(document),
    hosts: hosts(document, new URL(url).host),
  };
}
