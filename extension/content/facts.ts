// What a page shows about itself: title, headings, forms by their fields (never what is typed into them), structured data
// and the hosts that it loads or holds back.
import { loadedFrom } from '../../shared/notice/loaded-from.ts';
import { askTogether } from '../../shared/notice/loose-fields.ts';
import type { PageFacts, PageField, PageForm } from '../../shared/notice/page.ts';
import { CAPS } from '../caps.ts';
import {
  all,
  attribute,
  baseOf,
  before,
  byClass,
  byName,
  byTag,
  copyOf,
  elementById,
  one,
  parentOf,
  titleOf,
  treesOf,
} from './dom.ts';

const cut = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim().slice(0, CAPS.text);

const NOT_ASKED = new Set(['hidden', 'submit', 'button', 'reset', 'image']);
/** What a script made a text box of, too. */
const EDITED = '[contenteditable=""], [contenteditable="true"], [role="textbox"]';
const CONTROLS = `input, select, textarea, ${EDITED}`;

/** Labels by the control that they are for: asking each control for its labels would walk the whole page each time. */
const labelsById = (tree: ParentNode): Map<string, Element[]> =>
  Map.groupBy(all(tree, 'label[for]'), (label) => label.getAttribute('for') ?? '');

/** A textarea's label may wrap it, and then its text would carry what is typed: only the label's own words are taken. */
function words(label: Element): string {
  if (!label.firstElementChild) return cut(label.textContent);
  const copy = copyOf(label);
  for (const control of copy.querySelectorAll(`${CONTROLS}, button, script, style`)) control.remove();
  return cut(copy.textContent);
}

/** The words right before a box that has none of its own: in the same row, or in the cell before. */
function wordsBefore(control: Element): string {
  const around = parentOf(control);
  const alone = around && !before(control) && all(around, CONTROLS).length === 1 ? before(around) : null;
  const told = before(control) ?? alone;
  return !told || told.matches(`${CONTROLS}, button, script, style, form`) || one(told, CONTROLS) ? '' : words(told).slice(0, 80);
}

function labelOf(control: Element, byId: ReadonlyMap<string, Element[]>): string {
  const around = control.closest('label');
  const labels = [...new Set([...(around ? [around] : []), ...((control.id && byId.get(control.id)) || [])])]
    .map(words)
    .filter(Boolean);
  if (labels.length > 0) return cut(labels.join(' '));
  const named = (control.getAttribute('aria-labelledby') ?? '')
    .split(/\s+/)
    .filter(Boolean)
    .map((id) => elementById(control.ownerDocument, id))
    .filter((element) => element !== null)
    .map(words);
  const own = ['aria-label', 'placeholder', 'aria-placeholder', 'data-placeholder'].map((name) => control.getAttribute(name));
  return cut(named.join(' ') || own.find(Boolean) || wordsBefore(control));
}

const typeOf = (control: Element): string => {
  const name = control.localName;
  if (name === 'input') return (control.getAttribute('type') ?? 'text').toLowerCase().slice(0, 40) || 'text';
  return name === 'select' ? name : 'textarea';
};

const fieldOf = (control: Element, byId: ReadonlyMap<string, Element[]>): PageField => ({
  label: labelOf(control, byId),
  name: cut(control.getAttribute('name') ?? control.id),
  type: typeOf(control),
  autocomplete: cut(control.getAttribute('autocomplete')),
});

function submitOf(form: ParentNode): string {
  const button =
    one(form, 'button[type="submit"], button:not([type]), input[type="submit"]') ??
    [...all(form, 'button, input[type="button"], [role="button"]')].at(-1);
  return button?.localName === 'input'
    ? cut(button.getAttribute('value'))
    : cut(button?.textContent || button?.getAttribute('aria-label'));
}

/** What holds a form that a script made without the element. */
const HOLDS = '[role="form"], [role="search"], dialog, [role="dialog"], footer, header, nav, aside, article, main, body';

/** The forms of one tree, then what asks like one and is none. A page may have any number of boxes: each is looked at once. */
function formsOf(tree: ParentNode): PageForm[] {
  const forms = [...all(tree, 'form')];
  // Of two with one id the first has it.
  const formById = new Map(forms.toReversed().map((form) => [attribute(form, 'id') ?? '', form]));
  formById.delete('');
  const holderOf = (control: Element): ParentNode =>
    control.closest('form') ?? formById.get(control.getAttribute('form') ?? '') ?? control.closest(HOLDS) ?? tree;
  const isForm = new Set<ParentNode>(forms);
  const asking = [...all(tree, CONTROLS)].filter((control) => !NOT_ASKED.has(typeOf(control)));
  const held = Map.groupBy(asking, holderOf);
  const others = [...held].flatMap(([holder, controls]) =>
    !isForm.has(holder) && askTogether(controls.map(typeOf)) ? [holder] : [],
  );
  const byId = labelsById(tree);
  return [...forms, ...others].slice(0, CAPS.forms).map((holder) => ({
    id: cut(holder instanceof Element ? (attribute(holder, 'id') ?? attribute(holder, 'name')) : ''),
    fields: (held.get(holder) ?? []).slice(0, CAPS.fields).map((control) => fieldOf(control, byId)),
    submit: submitOf(holder),
  }));
}

/** Keys under which structured data names a privacy notice; editorial principles only where their address says so. */
const POLICY_KEY = /^(?:https?:\/\/schema\.org\/)?(?:privacyPolicy|privacyPolicyUrl|privacyNotice|publishingPrinciples)$/i;

export interface StructuredData {
  types: string[];
  /** Addresses as the page wrote them. */
  policies: string[];
}

function addressesIn(key: string, value: unknown, into: Set<string>): void {
  for (const item of [value].flat().slice(0, 5)) {
    const named = item as { url?: unknown; '@id'?: unknown } | null;
    const address = typeof item === 'string' ? item : (named?.url ?? named?.['@id']);
    if (
      typeof address === 'string' &&
      into.size < CAPS.named &&
      (/^privacy/i.test(key) || /privacy|datenschutz|confiden/i.test(address))
    )
      into.add(address.slice(0, CAPS.url));
  }
}

function dataIn(value: unknown, types: Set<string>, policies: Set<string>, depth = 0): void {
  if (depth > 6 || types.size >= CAPS.jsonLdTypes || value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) return value.slice(0, 100).forEach((item) => dataIn(item, types, policies, depth + 1));
  for (const [key, item] of Object.entries(value)) {
    if (POLICY_KEY.test(key)) addressesIn(key.replace(/^.*\//, ''), item, policies);
    if (key !== '@type') dataIn(item, types, policies, depth + 1);
    else
      for (const type of [item].flat())
        if (typeof type === 'string') types.add(cut(type.replace(/^https?:\/\/schema\.org\//, '')));
  }
}

export function structuredData(document: Document): StructuredData {
  const types = new Set<string>();
  const policies = new Set<string>();
  for (const script of all(document, 'script[type="application/ld+json"]')) {
    const text = script.textContent ?? '';
    if (text.length > 200_000) continue;
    try {
      dataIn(JSON.parse(text), types, policies);
    } catch {
      // A page's broken structured data says nothing.
    }
  }
  for (const item of all(document, '[itemtype]')) types.add(cut((item.getAttribute('itemtype') ?? '').replace(/^.*\//, '')));
  for (const link of all(document, '[itemprop="privacyPolicy"][href]')) policies.add(link.getAttribute('href') ?? '');
  return { types: [...types].filter(Boolean).slice(0, CAPS.jsonLdTypes), policies: [...policies] };
}

/** Consent tools by what they leave in a page: an id, a class, a name, a tag. Only that they are there; what they were told is not looked at. */
const SIGNALS: readonly [kind: 'id' | 'class' | 'name' | 'tag', value: string, tool: string][] = [
  ['name', '__tcfapiLocator', 'IAB TCF'],
  ['name', '__gppLocator', 'IAB GPP'],
  ['tag', 'candour-banner', 'Candour'],
  ['tag', 'candour-choices', 'Candour'],
  ['id', 'onetrust-consent-sdk', 'OneTrust'],
  ['id', 'CybotCookiebotDialog', 'Cookiebot'],
  ['id', 'usercentrics-root', 'Usercentrics'],
  ['id', 'usercentrics-cmp-ui', 'Usercentrics'],
  ['id', 'didomi-host', 'Didomi'],
  ['id', 'cc-main', 'CookieConsent'],
  ['id', 'cmplz-cookiebanner-container', 'Complianz'],
  ['id', 'tarteaucitronRoot', 'tarteaucitron'],
  ['class', 'klaro', 'Klaro'],
  ['class', 'cky-consent-container', 'CookieYes'],
];

/** By the ways that need no walk through the page. */
function signals(document: Document): string[] {
  const stands = {
    id: (value: string) => elementById(document, value) !== null,
    class: (value: string) => byClass(document, value).length > 0,
    name: (value: string) => byName(document, value).length > 0,
    tag: (value: string) => byTag(document, value).length > 0,
  };
  return [...new Set(SIGNALS.filter(([kind, value]) => stands[kind](value)).map(([, , tool]) => tool))];
}

/** Held ones included: a tag that waits for a choice is still one that the page would load. */
const LOADING =
  'script, iframe, img, video, audio, embed, object, source, [data-src]:not(a), link[rel~="stylesheet"], link[rel~="preload"]';
const ADDRESSES = ['src', 'data-src', 'href', 'data', 'data-href', 'data-data'];

function hosts(document: Document, own: string): string[] {
  const found = new Set<string>();
  const base = baseOf(document);
  for (const element of all(document, LOADING)) {
    for (const name of ADDRESSES) {
      const address = element.getAttribute(name);
      if (!address || found.size >= CAPS.hosts || !URL.canParse(address, base)) continue;
      const from = loadedFrom(new URL(address, base), own);
      if (from) found.add(cut(from));
    }
  }
  return [...found];
}

function firstHeading(document: Document): string[] {
  const first = one(document, 'h1, h2, h3');
  const said = first && words(first);
  return said ? [said] : headingsOf(document).slice(0, 1);
}

/** What tells a notice from any other page: its title and, where that is asked for, the first heading that says something. The rest is empty. */
export function briefFacts(document: Document, url: string, withHeading: (title: string) => boolean): PageFacts {
  const title = cut(titleOf(document));
  return {
    url: url.slice(0, CAPS.url),
    title,
    headings: withHeading(title) ? firstHeading(document) : [],
    forms: [],
    jsonLdTypes: [],
    hosts: [],
    signals: [],
  };
}

const headingsOf = (document: Document): string[] =>
  [...all(document, 'h1, h2, h3')].slice(0, CAPS.headings).map(words).filter(Boolean);

/** The facts of a page as it stands now. Never reads a value. */
export function pageFacts(document: Document, url: string, { types } = structuredData(document)): PageFacts {
  const forms = treesOf(document).flatMap(formsOf).slice(0, CAPS.forms);
  return {
    url: url.slice(0, CAPS.url),
    title: cut(titleOf(document)),
    headings: headingsOf(document),
    forms: forms.map((form, index) => ({ ...form, id: form.id || `form-${index + 1}` })),
    jsonLdTypes: types,
    hosts: hosts(document, new URL(url).host),
    signals: signals(document),
  };
}
