// Pages with other consent platforms on them: the framework's own parts, vanilla-cookieconsent, klaro where bench/ has it, a page under a
// strict policy, and one that is hostile. Every request is kept.
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { GVL, Segment, TCModel, TCString } from '@iabtechlabtcf/core';

import { oneScript } from '../../extension/one-script.ts';
import { exampleVendorList } from '../../widget/tcf/vendor-list.fixture.ts';

const ROOT = join(import.meta.dirname, '../..');
const KLARO = join(ROOT, 'bench/node_modules/klaro/dist/klaro-no-css.js');
/** klaro's package wants a compiler's packages beside it, so that it is only where bench/ is installed. */
export const isKlaroHere = existsSync(KLARO);

/** A string of a platform: vendors 2, 5 and 8 of the list were disclosed. */
export function exampleString(consents: number[], interests: number[]): string {
  const model = new TCModel(new GVL(exampleVendorList as never));
  Object.assign(model, { cmpId: 31, cmpVersion: 2, consentScreen: 1, isServiceSpecific: true, publisherCountryCode: 'GB' });
  model.purposeConsents.set(consents);
  model.purposeLegitimateInterests.set(interests);
  if (consents.length > 0) model.vendorConsents.set([2, 5]);
  model.vendorLegitimateInterests.set([8]);
  model.vendorsDisclosed.set([2, 5, 8]);
  return TCString.encode(model, { segments: [Segment.CORE, Segment.VENDORS_DISCLOSED] });
}

const platformScript = (): Promise<string> => oneScript(join(import.meta.dirname, 'tcf-platform.iife.ts'), 'platformOfTest');

const page = (head: string, body = ''): string =>
  `<!doctype html><html lang="en"><head><title>A page</title>${head}</head><body><main><h1>A page</h1><p>Words.</p>${body}</main>
  <footer><a href="/notice">Privacy notice</a></footer></body></html>`;
const NOTICE = page(
  '<title>Privacy notice</title>',
  `<h1>Privacy notice</h1><p>Crumb and Crust Limited is the controller of your personal data. Write to privacy@crumb.example.</p>
  <h2>Advertising cookies on our website</h2><p>We use cookies to choose and measure advertisements. Our lawful basis for this is your consent.
  You can withdraw it at any time by the link at the foot of each page. What was stored stays on your device for up to thirteen months.</p>
  <h2>When you write to us</h2><p>We use your name, your email address and your message to answer you. We rely on our legitimate interests in
  answering the people who write to us. We keep messages for two years after our last contact with you, and delete them then.</p>
  <h2>Your rights</h2><p>You have the right to access your personal data. You may complain to the Information Commissioner’s Office.</p>`,
);

const GTAG = 'window.dataLayer = window.dataLayer || []; function gtag() { dataLayer.push(arguments); }';
const VANILLA_RUN = `CookieConsent.run({ hideFromBots: false, categories: { necessary: { readOnly: true }, analytics: {} }, language: { default: 'en', translations: { en: {
  consentModal: { title: 'Cookies', description: 'May we?', acceptAllBtn: 'Yes', acceptNecessaryBtn: 'No' }, preferencesModal: { sections: [] } } } } });`;

/** Everything that a page can try to see who asks, or to keep whoever asks busy. It notes what it saw in `seen`. */
const HOSTILE = `
  window.seen = [];
  const run = Function.prototype.call.bind(Function.prototype.apply);
  const note = () => { seen.push(String(new Error('who').stack)); };
  const big = 'C'.repeat(10_000_000);
  window.__tcfapi = (command, version, callback) => {
    note(); seen.push(String(callback));
    if (command === 'addEventListener') for (let i = 0; i < 20_000; i++) callback({ tcString: big, listenerId: i, eventStatus: big }, true);
  };
  Object.defineProperty(window, '__gpp', { get() { note(); throw new Error('trap'); } });
  window.dataLayer = new Proxy([], { get(target, key) { note(); return key === 'length' ? 3 : { 0: 'consent', 1: 'default', get 2() { note(); throw 1; } }; } });
  window.google_tag_data = { ics: { toJSON() { note(); return { entries: { __proto__: { ad_storage: { default: true } } } }; } } };
  window.uetq = { uetConfig: { consent: { enabled: true, adStorageAllowed: { valueOf() { note(); return true; } } } } };
  window.candour = { status() { note(); return JSON.parse('{"__proto__": {"polluted": "yes"}, "constructor": "given"}'); }, receipts() { return []; } };
  for (const name of ['candour-extension-hello', 'candour-extension-ready'])
    document.addEventListener(name, (event) => seen.push('heard ' + event.type));
  const add = EventTarget.prototype.addEventListener, dispatch = EventTarget.prototype.dispatchEvent;
  EventTarget.prototype.addEventListener = function (type, ...more) { seen.push('listens ' + type); return add.call(this, type, ...more); };
  EventTarget.prototype.dispatchEvent = function (event) { seen.push('dispatches ' + event.type); return dispatch.call(this, event); };
  for (const [on, key] of [[JSON, 'stringify'], [JSON, 'parse'], [Promise.prototype, 'then'], [Reflect, 'get'], [Reflect, 'apply'], [Function.prototype, 'bind'], [window, 'setTimeout'], [window, 'CustomEvent']]) {
    const was = on[key];
    Object.defineProperty(on, key, { configurable: true, writable: true, value: function (...given) { note(); return run(was, this, given); } });
  }
  document.dispatchEvent(new Event('candour-extension-ready'));`;

export interface SignalSite {
  /** `http://signals.localhost:<port>` */
  origin: string;
  requests: string[];
  close(): Promise<void>;
}

export async function startSignalSite(): Promise<SignalSite> {
  const requests: string[] = [];
  const html = { 'content-type': 'text/html; charset=utf-8' };
  const script = { 'content-type': 'text/javascript; charset=utf-8' };
  const strict = {
    ...html,
    'content-security-policy': "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
  };
  const platform = { held: null, chosen: exampleString([1, 3, 4, 7], [2, 9]) };
  const tcf = (held: string | null): string =>
    page(
      `<script>${GTAG} gtag('js', new Date()); gtag('config', 'G-TEST');
      gtag('consent', 'default', { ad_storage: 'granted', analytics_storage: 'denied', region: undefined });
      window.platform = ${JSON.stringify({ ...platform, held })};</script><script src="/platform.js"></script>`,
      '<button id="accept">Accept</button>',
    );
  const answers: Record<string, [headers: Record<string, string>, body: string]> = {
    '/notice': [html, NOTICE],
    '/platform.js': [script, await platformScript()],
    '/tcf': [html, tcf(null)],
    '/tcf-held': [html, tcf(platform.chosen)],
    '/vanilla.js': [script, readFileSync(join(ROOT, 'node_modules/vanilla-cookieconsent/dist/cookieconsent.umd.js'), 'utf8')],
    '/vanilla': [
      html,
      page(
        '<script>document.cookie = "_ga=GA1.1.somebody"; localStorage.setItem("visitor", "somebody");</script><script src="/vanilla.js"></script>',
        `<script>${VANILLA_RUN}</script>`,
      ),
    ],
    '/own-states': [
      html,
      page(
        `<script>window.Cookiebot = { hasResponse: true, consent: { necessary: true, preferences: false, statistics: true, marketing: false } };
        window.OnetrustActiveGroups = ',C0001,C0004,';
        window.clarity = function () { (clarity.q = clarity.q || []).push(arguments); };
        clarity('consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted' });
        window.theirQueue = []; function gtag() { theirQueue.push(arguments); } gtag('consent', 'default', { ad_storage: 'denied' });</script>
        <script type="text/plain" src="https://www.googletagmanager.com/gtm.js?id=GTM-1&amp;l=theirQueue"></script>`,
      ),
    ],
    '/klaro': [
      html,
      page(
        `<script>window.klaroConfig = { version: 1, lang: 'en', mustConsent: true, services: [{ name: 'matomo', purposes: ['analytics'] }] };</script>`,
        '<script src="/klaro.js"></script>',
      ),
    ],
    ...(isKlaroHere ? { '/klaro.js': [script, readFileSync(KLARO, 'utf8')] as [Record<string, string>, string] } : {}),
    '/strict': [strict, page('<script src="/strict.js"></script>')],
    '/strict.js': [
      script,
      `${GTAG} gtag('consent', 'default', { ad_storage: 'denied', analytics_storage: 'denied', wait_for_update: 500 }); gtag('config', 'G-TEST');`,
    ],
    '/plain': [html, page('')],
    '/hostile': [html, page(`<script>${HOSTILE}</script>`)],
  };
  const server = createServer((request, response) => {
    requests.push(request.url ?? '/');
    const [headers, body] = answers[new URL(request.url ?? '/', 'http://x').pathname] ?? [html, ''];
    response.writeHead(body === '' ? 404 : 200, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://signals.localhost:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
