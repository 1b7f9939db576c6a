// @vitest-environment happy-dom
// Hostile pages and notices, in one table: what each brings, and what must come of it. After every case: nothing of it has run, no
// prototype is changed, no address was asked but those that the case allows, nothing took long, and what stands on screen is text.
import { cleanup, render, waitFor } from '@testing-library/preact';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { exampleNotice } from '../test/support/example-notice.ts';
import { fakePlatform, json, pageAt, TAB, type NetworkAnswer } from '../test/support/extension-platform.ts';
import { createBackground } from './background/background.ts';
import { declaredNotices, linkHeaderNotices } from './content/declared.ts';
import { pageFacts, structuredData } from './content/facts.ts';
import { pageLinks } from './content/links.ts';
import { PageSeen, type TabView } from './messages.ts';
import { App } from './popup/app.tsx';
import type { Client } from './popup/client.ts';

const PAGE = 'https://shop.example/page';
const NOTICE = 'https://shop.example/privacy';
const DATA = 'https://shop.example/notice.json';
const SCRIPT =
  '<script>globalThis.pwned = 1</script><img src=x onerror="globalThis.pwned = 1"><svg onload="globalThis.pwned = 1">';
const INVISIBLE = '\u202E\u2066\u200B\u200D\u2060\uFEFF\u00AD\u{E0041}\u115F';
const PROSE = `<!doctype html><html lang="en"><title>Privacy notice</title><main><h1>Privacy notice</h1><p>Thimble Limited is the controller of your
personal data. This notice tells you what we do with your data and why we do it, and whom to ask about it.</p><h2>Newsletter</h2><p>We use your email
address to send our newsletter. Our legal basis is your consent, which you may withdraw at any time.</p><h2>Your rights</h2><p>You have the right to
access your data, to have it erased and to complain to the Information Commissioner's Office.</p></main></html>`;
const LINKED = `<footer><a href="${NOTICE}">Privacy notice</a></footer>`;

interface World extends ReturnType<typeof fakePlatform> {
  view: TabView;
  shown: Element;
  seen: PageSeen | null;
}

interface Case {
  /** HTML of the page. */
  page?: string;
  /** What the notice's address answers. */
  notice?: NetworkAnswer;
  /** What the declared notice's address answers. */
  data?: NetworkAnswer;
  receipts?: unknown;
  /** Sent to the background as if a content script had. */
  message?: unknown;
  url?: string;
  /** Addresses that may be asked. */
  asks?: string[];
  holds?: (world: World) => void | Promise<void>;
}

const answer = (body: BodyInit | null, type = 'text/html; charset=utf-8', headers: Record<string, string> = {}): Response =>
  new Response(body, { headers: { 'content-type': type, ...headers } });
const problem =
  (code: string) =>
  ({ view }: World): void => {
    expect(view).toMatchObject({ state: 'found', notices: [{ problem: { code }, notice: null }] });
  };
const nothingFound = ({ view }: World): void => expect(view.state).toBe('none');
const shows =
  (...texts: string[]) =>
  ({ shown }: World): void => {
    for (const text of texts) expect(shown.textContent).toContain(text);
  };

const withData = (change: object): Pick<Case, 'page' | 'data'> => ({
  page: `<link rel="privacy-policy" type="application/json" href="${DATA}">`,
  data: json({ ...structuredClone(exampleNotice), ...change }),
});
const nested = (depth: number, open: string, close: string): string => open.repeat(depth) + close.repeat(depth);

/** A body that never ends, as far as anybody reads it. */
const endless = (piece: string) => (): Response => {
  const bytes = new TextEncoder().encode(piece);
  return answer(new ReadableStream({ pull: (controller) => controller.enqueue(bytes) }));
};

const CASES: Record<string, Case> = {
  // Pages.
  'script and HTML in title, headings, labels and buttons': {
    page: `<title>&lt;script&gt;pwned = 1&lt;/script&gt;</title><h1>${SCRIPT}</h1><form id="<b>"><label>&lt;img onerror=x&gt;<input name="<i>"></label><button>${SCRIPT}</button></form>`,
    holds: ({ seen }) => expect(seen?.page.title).toBe('<script>pwned = 1</script>'),
  },
  'script and HTML in the words of a link': {
    page: `<footer><a href="${NOTICE}">Privacy &lt;img src=x onerror=pwned=1&gt; notice</a></footer>`,
    notice: answer(PROSE),
    asks: [NOTICE],
  },
  'bidi and zero-width text in title and links': {
    page: `<title>${INVISIBLE}Shop</title><footer><a href="${NOTICE}">Privacy ${INVISIBLE}notice</a></footer>`,
    notice: answer(PROSE.replaceAll('Newsletter', `News${INVISIBLE}letter`)),
    asks: [NOTICE],
    holds: shows('Thimble Limited'),
  },
  ...Object.fromEntries(
    [
      'javascript:globalThis.pwned=1',
      'data:text/html,<script>pwned=1</script>',
      'vbscript:x',
      'blob:https://shop.example/1',
      'file:///etc/passwd',
      'chrome-extension://abc/popup.html',
      'view-source:https://shop.example/',
      'https://user:secret@shop.example/privacy',
      'https://[bad',
      `https://shop.example/${'x'.repeat(3000)}`,
    ].map((href): [string, Case] => [
      `a notice behind ${href.slice(0, 40)}`,
      {
        page: `<link rel="privacy-policy" href="${href}"><footer><a rel="privacy-policy" href="${href}">Privacy notice</a></footer>`,
        holds: nothingFound,
      },
    ]),
  ),
  'a lookalike host, shown as what it is': {
    page: `<footer><a href="https://\u0435x\u0430mple.com/privacy">Privacy notice</a></footer>`,
    asks: [new URL('https://\u0435x\u0430mple.com/privacy').href],
    holds: ({ shown }) => {
      expect(shown.innerHTML).toContain('xn--');
      expect(shown.textContent).not.toContain('\u0435x\u0430mple');
    },
  },
  'a base address of another kind': {
    page: `<base href="javascript:pwned=1//"><footer><a href="x">Privacy notice</a></footer>`,
    holds: nothingFound,
  },
  'elements named like the document’s own functions': {
    page: `<title>Own</title><img name="querySelectorAll"><img name="title"><form name="links"></form><form name="documentElement"></form><form><input name="getAttribute"><input name="querySelectorAll"><input name="querySelector"><input name="parentElement"><input name="localName"><a href="${NOTICE}">Privacy notice</a></form>`,
    notice: answer(PROSE),
    asks: [NOTICE],
    holds: ({ seen }) => expect(seen?.page.forms).toHaveLength(3),
  },
  'two thousand links': {
    page: `<footer>${'<a href="/privacy-x">Privacy notice</a>'.repeat(1000)}${`<a href="${NOTICE}">Privacy</a>`.repeat(1000)}</footer>`,
    notice: answer(PROSE),
    asks: [NOTICE, 'https://shop.example/privacy-x'],
  },
  'thirty forms of eighty fields': {
    page: `<form>${'<input name="a" autocomplete="email">'.repeat(80)}</form>`.repeat(30),
    holds: ({ seen }) => {
      expect(seen?.page.forms).toHaveLength(20);
      expect(seen?.page.forms[0]?.fields).toHaveLength(60);
    },
  },
  'a label of a megabyte': {
    page: `<form><label>${'x'.repeat(1e6)}<input></label></form>`,
    holds: ({ seen }) => expect(seen?.page.forms[0]?.fields[0]?.label.length).toBe(300),
  },
  'what is typed stays in its field': {
    page: `<form><label>Name <textarea>secret typed words</textarea></label><input value="secret typed words"><select><option selected>secret typed words</select></form>`,
    holds: ({ seen }) => expect(JSON.stringify(seen)).not.toContain('secret typed'),
  },
  'JSON-LD that goes in circles by its ids': {
    page: `<script type="application/ld+json">{"@id":"a","@type":"Thing","b":{"@id":"b","a":{"@id":"a","b":{"@id":"b"}}}}</script>`,
    holds: ({ seen }) => expect(seen?.page.jsonLdTypes).toEqual(['Thing']),
  },
  'JSON-LD a hundred thousand levels deep': {
    page: `<script type="application/ld+json">${nested(90_000, '[', ']')}</script>`,
    holds: nothingFound,
  },
  'JSON-LD that writes to prototypes': {
    page: `<script type="application/ld+json">{"__proto__":{"polluted":1,"@type":"X"},"constructor":{"prototype":{"polluted":1}},"privacyPolicy":"javascript:pwned=1"}</script>`,
    holds: nothingFound,
  },
  'JSON-LD of ten thousand policies': {
    page: `<script type="application/ld+json">${JSON.stringify(Array.from({ length: 2000 }, (_, i) => ({ '@type': `T${i}`, privacyPolicy: `https://shop.example/privacy${i}` })))}</script>`,
    asks: Array.from({ length: 2000 }, (_, i) => `https://shop.example/privacy${i}`),
    holds: ({ seen, requests }) => {
      expect(seen?.named.length).toBeLessThanOrEqual(8);
      expect(requests.length).toBeLessThanOrEqual(8);
    },
  },
  'broken JSON-LD': { page: `<script type="application/ld+json">{"@type":</script>`, holds: nothingFound },
  'many declared notices': {
    page: Array.from(
      { length: 500 },
      (_, i) => `<link rel="privacy-policy" type="application/json" href="https://shop.example/n${i}">`,
    ).join(''),
    asks: Array.from({ length: 500 }, (_, i) => `https://shop.example/n${i}`),
    // Twice: what failed is asked for again when the popup opens again.
    holds: ({ requests }) => expect(requests.length).toBeLessThanOrEqual(16),
  },
  'a public page that points into your network': {
    page: `<link rel="privacy-policy" type="application/json" href="http://192.168.1.1/admin?reboot=1">`,
    holds: problem('LOCAL_ADDRESS'),
  },
  'and at this machine by other names': {
    page: [
      'http://localhost:631/',
      'http://[::1]/',
      'http://[::ffff:10.0.0.1]/',
      'http://0x7f.1/',
      'http://2130706433/',
      'http://router/',
      'http://nas.local/',
      'http://127.0.0.1.:80/',
    ]
      .map((href) => `<link rel="privacy-policy" type="application/json" href="${href}">`)
      .join(''),
  },

  // Notices in prose.
  'script and HTML everywhere in a notice': {
    page: LINKED,
    notice: answer(
      PROSE.replaceAll(/(Thimble|Newsletter|address|newsletter)/g, `$1 ${SCRIPT} &lt;script&gt;pwned=1&lt;/script&gt;`),
    ),
    asks: [NOTICE],
    holds: ({ view }) => expect(view.state).toBe('found'),
  },
  'a notice of fifty megabytes': {
    page: LINKED,
    notice: () => endless('x'.repeat(1 << 20))(),
    asks: [NOTICE],
    holds: problem('TOO_LARGE'),
  },
  'a notice of two megabytes of the same words': {
    page: LINKED,
    notice: () => answer(`<p>privacy ${'your data '.repeat(200_000)}</p>`),
    asks: [NOTICE],
  },
  'a notice that redirects without end': {
    page: LINKED,
    notice: new TypeError('Failed to fetch: too many redirects'),
    asks: [NOTICE],
    holds: problem('NOT_REACHED'),
  },
  'a notice that redirects into your network': {
    page: LINKED,
    notice: () => Object.defineProperty(answer(PROSE), 'url', { value: 'http://10.0.0.1/' }),
    asks: [NOTICE],
    holds: problem('LOCAL_ADDRESS'),
  },
  'a notice that drips': {
    page: LINKED,
    notice: () =>
      answer(new ReadableStream({ start: (controller) => controller.error(new DOMException('late', 'TimeoutError')) })),
    asks: [NOTICE],
    holds: problem('TIMEOUT'),
  },
  'a notice that is a PDF, by its type': {
    page: LINKED,
    notice: answer('%PDF-1.7', 'application/pdf'),
    asks: [NOTICE],
    holds: problem('PDF'),
  },
  'a notice that is a PDF, and says that it is HTML': {
    page: LINKED,
    notice: answer('%PDF-1.7 privacy'),
    asks: [NOTICE],
    holds: problem('PDF'),
  },
  'a notice that is a zip': {
    page: LINKED,
    notice: answer('PK\u0003\u0004', 'application/zip'),
    asks: [NOTICE],
    holds: problem('NOT_TEXT'),
  },
  'a zip that says that it is HTML': {
    page: LINKED,
    notice: answer(new Uint8Array(4000).map((_, i) => (i * 37) % 256)),
    asks: [NOTICE],
  },
  'a notice in UTF-16 without saying so': {
    page: LINKED,
    notice: answer(new Uint8Array(Buffer.from(PROSE, 'utf16le'))),
    asks: [NOTICE],
  },
  'a notice in an encoding that is none': {
    page: LINKED,
    notice: answer(PROSE, 'text/html; charset=utf-9000'),
    asks: [NOTICE],
    holds: shows('Thimble Limited'),
  },
  'a notice of broken UTF-8': {
    page: LINKED,
    notice: answer(new Uint8Array([...new TextEncoder().encode(PROSE), 0xff, 0xfe, 0xc0])),
    asks: [NOTICE],
    holds: shows('Thimble Limited'),
  },
  'a notice ten thousand elements deep': {
    page: LINKED,
    notice: answer(`${nested(10_000, '<div>', '</div>')}${PROSE}`),
    asks: [NOTICE],
  },
  'a notice of a hundred thousand open lists': {
    page: LINKED,
    notice: answer(`${PROSE}${'<ul><li>'.repeat(20_000)}`),
    asks: [NOTICE],
  },
  'a notice of one endless tag': { page: LINKED, notice: answer(`${PROSE}<p ${'a="'.repeat(200_000)}`), asks: [NOTICE] },
  'a notice of entities': {
    page: LINKED,
    notice: answer(`${PROSE}<p>${'&lt;script&gt;&#x202e;&#0;'.repeat(20_000)}</p>`),
    asks: [NOTICE],
  },
  'a notice that is one sentence of four hundred kilobytes': {
    page: LINKED,
    notice: answer(`<p>privacy: our legal basis is ${'your consent and '.repeat(24_000)}.</p>`),
    asks: [NOTICE],
  },
  'a notice whose headings are other sites’ addresses': {
    page: LINKED,
    notice: answer(PROSE.replace('Newsletter', '<a href="javascript:pwned=1">https://bank.example</a>')),
    asks: [NOTICE],
  },

  // Declared notices.
  'script and HTML in every field of a declared notice': {
    ...withData({ title: SCRIPT, controller: { ...exampleNotice.controller, name: `${SCRIPT}Ltd` } }),
    asks: [DATA],
    holds: shows('<img src=x onerror='),
  },
  'invisible characters in a declared notice': {
    ...withData({
      title: `Pri${INVISIBLE}vacy at Example`,
      controller: { ...exampleNotice.controller, name: `E${INVISIBLE}vil` },
    }),
    asks: [DATA],
    holds: shows('Privacy at Example', 'Evil'),
  },
  'a declared notice that writes to prototypes': {
    page: `<link rel="privacy-policy" type="application/json" href="${DATA}">`,
    data: answer(
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},${JSON.stringify(exampleNotice).slice(1)}`,
      'application/json',
    ),
    asks: [DATA],
  },
  'a declared notice of a hundred thousand brackets': {
    page: `<link rel="privacy-policy" type="application/json" href="${DATA}">`,
    data: answer(nested(100_000, '[', ']'), 'application/json'),
    asks: [DATA],
    holds: problem('NOT_A_NOTICE'),
  },
  'a declared notice that is HTML': {
    page: `<link rel="privacy-policy" type="application/json" href="${DATA}">`,
    data: answer(PROSE),
    asks: [DATA],
    holds: problem('NOT_JSON'),
  },
  'a declared notice of another hash than its address says': {
    page: `<link rel="privacy-policy" type="application/json" href="https://shop.example/v1/notices/${'A'.repeat(43)}">`,
    data: json(exampleNotice),
    asks: [`https://shop.example/v1/notices/${'A'.repeat(43)}`],
    holds: ({ view }) => expect(view).toMatchObject({ notices: [{ notice: null }] }),
  },

  // Messages, receipts, addresses.
  ...Object.fromEntries(
    Object.entries({
      nothing: null,
      text: 'page_seen',
      'another type': { type: 'view_stored' },
      'a settings message': { type: 'set_always', always: true },
      'a page of another origin': pageAt('https://bank.example/', ['https://bank.example/n.json']),
      'fields that nobody asked for': { ...pageAt(PAGE), more: 1 },
      'its own __proto__': JSON.parse(`{"type":"page_seen","__proto__":{"polluted":1}}`) as unknown,
      'a million links': {
        ...pageAt(PAGE),
        links: Array.from({ length: 100_000 }, () => ({ href: NOTICE, text: 'x', region: 'footer' })),
      },
      'a javascript: link': { ...pageAt(PAGE), declared: [{ href: 'javascript:pwned=1', title: '' }] },
    }).map(([name, message]): [string, Case] => [
      `a forged message: ${name}`,
      {
        message,
        holds: ({ areas, requests }) => {
          expect([...areas.device.items.keys()]).toEqual([]);
          expect(requests).toEqual([]);
        },
      },
    ]),
  ),
  ...Object.fromEntries(
    Object.entries({
      'that is HTML': { state: 'given', receipts: [SCRIPT], left: 0 },
      'of ten thousand': { state: 'given', receipts: Array.from({ length: 10_000 }, () => '{}'), left: 0 },
      'with a service behind javascript:': {
        state: 'given',
        receipts: [JSON.stringify({ v: 1, service: 'javascript:pwned=1', site: 'x' })],
        left: 0,
      },
      'that writes to prototypes': { state: 'given', receipts: ['{"__proto__":{"polluted":1},"v":1}'], left: 0 },
      'of a hundred thousand brackets': { state: 'given', receipts: [nested(20_000, '[', ']')], left: 0 },
      'whose count is below nothing': { state: 'given', receipts: [], left: -1 },
      'that is no list': { state: 'given', receipts: { length: 5 }, left: 0 },
    }).map(([name, receipts]): [string, Case] => [
      `a spoofed receipt ${name}`,
      {
        receipts,
        holds: ({ shown, areas }) => {
          expect(shown.querySelector('[data-verified="true"], [data-verified="unchecked"]')).toBeNull();
          expect([...areas.device.items.keys()].filter((key) => key.startsWith('pin:'))).toEqual([]);
        },
      },
    ]),
  ),
  'a Link header of brackets and quotes': {
    holds: () => {
      expect(linkHeaderNotices(`<${'<'.repeat(4000)}${';a="'.repeat(1000)}`, PAGE)).toEqual({ declared: [], named: [] });
      expect(linkHeaderNotices(`<javascript:pwned=1>; rel=privacy-policy, <data:,x>; rel="privacy-policy"`, PAGE).named).toEqual(
        [],
      );
    },
  },
  'an address with script in its query': {
    url: 'https://shop.example/?<script>pwned=1</script>#"><img onerror=x>',
    page: '<h1>x</h1>',
  },
};

const client = (background: ReturnType<typeof createBackground>): Client => ({
  ask: background.answer,
  watchTab: () => () => undefined,
  allowPages: () => Promise.resolve(true),
  openBeside: () => Promise.resolve(true),
  openOptions: () => Promise.resolve(),
  watchMine: () => () => undefined,
});

/** The page as the content script tells of it. */
function seenOf(html: string, url: string): unknown {
  const parsed = new DOMParser().parseFromString(
    `<!doctype html><html lang="en"><head>${html.includes('<base') ? '' : `<base href="${PAGE}">`}</head><body>${html}</body></html>`,
    'text/html',
  );
  const data = structuredData(parsed);
  return {
    ...pageAt(url),
    page: pageFacts(parsed, url, data),
    ...declaredNotices(parsed, data.policies),
    links: pageLinks(parsed),
  };
}

const prototypes = (): string[] =>
  [Object, Array, String, Function, Promise, Map].map(({ prototype }) => Object.getOwnPropertyNames(prototype).join());

function expectOnlyText(shown: Element): void {
  expect(shown.querySelector('script, iframe, object, embed, img, base, meta, link, form[action]')).toBeNull();
  for (const element of shown.querySelectorAll('*'))
    for (const { name, value } of element.attributes) {
      expect(name).not.toMatch(/^on|^srcdoc$|^formaction$/);
      if (name === 'href') expect(value).toMatch(/^(?:https?:\/\/|#|mailto:)/);
    }
  expect(shown.textContent).not.toMatch(/[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD\u115F]|[\u{E0000}-\u{E007F}]/u);
}

describe('hostile pages and notices', () => {
  let before: string[];
  beforeEach(() => {
    before = prototypes();
  });
  afterEach(() => {
    cleanup();
    delete (globalThis as { pwned?: unknown }).pwned;
  });

  it('are forty at least', () => expect(Object.keys(CASES).length).toBeGreaterThanOrEqual(40));

  it.each(Object.entries(CASES))('R88 %s', async (_name, one) => {
    const began = performance.now();
    const url = one.url ?? PAGE;
    const told = seenOf(one.page ?? '', url);
    const read = v.safeParse(PageSeen, told);
    expect(read.success, 'what the content script says is never more than the background takes').toBe(true);
    const fake = fakePlatform({
      url,
      ...(read.success && { seen: read.output }),
      receipts: one.receipts ?? { state: 'no_widget' },
    });
    if (one.notice) fake.network.set(NOTICE, one.notice);
    if (one.data) for (const address of one.asks ?? []) fake.network.set(address, one.data);
    const background = createBackground(fake.platform);
    if ('message' in one) await background.pageSeen({ id: TAB, url, isPrivate: false }, one.message);
    else await background.pageSeen({ id: TAB, url, isPrivate: false }, told);
    const view = await background.answer({ type: 'view_tab', tab: TAB });
    const { container } = render(<App tab={TAB} client={client(background)} />);
    await waitFor(() => expect(container.querySelector('main')?.getAttribute('aria-busy')).toBe('false'), { timeout: 10_000 });
    await waitFor(() => expect(container.querySelector('.loading, .skeleton')).toBeNull(), { timeout: 10_000 });

    await one.holds?.({ ...fake, view, shown: container, seen: read.success ? read.output : null });
    expect((globalThis as { pwned?: unknown }).pwned).toBeUndefined();
    expect(prototypes()).toEqual(before);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(fake.requests.map(({ address }) => address).filter((address) => !(one.asks ?? []).includes(address))).toEqual([]);
    for (const { init } of fake.requests) expect(init).toMatchObject({ credentials: 'omit', referrerPolicy: 'no-referrer' });
    expectOnlyText(container);
    expect(performance.now() - began, 'milliseconds').toBeLessThan(15_000);
  });
});
