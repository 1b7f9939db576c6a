// The consent platforms that a site may have had before, as their own scripts run in a page: vanilla-cookieconsent 3, Osano's
// cookieconsent 3, klaro and tarteaucitron, out of bench/node_modules (`npm ci` there).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { ImportedFrom } from '../../shared/consent/event.ts';
import type { Shop } from '../support/shop.ts';

const PEERS = new URL('../../bench/node_modules/', import.meta.url).pathname;

const FILES = {
  'vanilla.js': 'vanilla-cookieconsent/dist/cookieconsent.umd.js',
  'osano.js': 'cookieconsent/build/cookieconsent.min.js',
  'klaro.js': 'klaro/dist/klaro-no-css.js',
  'tarteaucitron.js': 'tarteaucitronjs/tarteaucitron.js',
  'tarteaucitron.services.js': 'tarteaucitronjs/tarteaucitron.services.js',
  'tarteaucitron.services.min.js': 'tarteaucitronjs/tarteaucitron.services.min.js',
  'lang/tarteaucitron.en.js': 'tarteaucitronjs/lang/tarteaucitron.en.js',
  'lang/tarteaucitron.en.min.js': 'tarteaucitronjs/lang/tarteaucitron.en.min.js',
};

export const arePeersHere = existsSync(join(PEERS, FILES['vanilla.js'])) && existsSync(join(PEERS, FILES['klaro.js']));

/** Scripts after which the platform has stored that everything was accepted, or refused. */
const RUN: Record<ImportedFrom, (accepts: boolean) => string> = {
  'vanilla-cookieconsent': (accepts) => `<script src="/peer/vanilla.js"></script><script>
const modal = { consentModal: { title: 't', acceptAllBtn: 'a', acceptNecessaryBtn: 'r' }, preferencesModal: { sections: [] } };
CookieConsent.run({ categories: { necessary: { readOnly: true }, analytics: { services: { matomo: { label: 'Matomo' } } }, ads: {} }, language: { default: 'en', translations: { en: modal } } })
  .then(() => CookieConsent.acceptCategory(${accepts ? "'all'" : '[]'}));</script>`,
  osano: (accepts) => `<script src="/peer/osano.js"></script><script>
addEventListener('load', () => {
  cookieconsent.initialise({ type: 'opt-in' });
  setTimeout(() => document.querySelector('${accepts ? '.cc-allow' : '.cc-deny'}').click());
});</script>`,
  klaro: (
    accepts,
  ) => `<script>window.klaroConfig = { version: 1, noAutoLoad: true, lang: 'en', services: [{ name: 'matomo', purposes: ['analytics'] }, { name: 'adnetwork', purposes: ['ads'] }] };</script>
<script src="/peer/klaro.js"></script><script>
const manager = klaro.getManager(klaroConfig);
manager.changeAll(${accepts});
manager.saveAndApplyConsents();</script>`,
  tarteaucitron: (accepts) => `<script src="/peer/tarteaucitron.js"></script><script>
window.tarteaucitronForceLanguage = 'en';
tarteaucitron.init({ privacyUrl: '', orientation: 'bottom', useExternalCss: true, useExternalJs: false });
addEventListener('load', () => {
  const service = (key) => ({ key, type: 'analytic', name: key, needConsent: true, cookies: [], js() {}, fallback() {} });
  const wait = setInterval(() => {
    if (!tarteaucitron.services || !tarteaucitron.lang || !document.getElementById('tarteaucitronRoot')) return;
    clearInterval(wait);
    for (const key of ['matomo', 'adnetwork']) { tarteaucitron.services[key] = service(key); (tarteaucitron.job ??= []).push(key); tarteaucitron.addService(key); }
    tarteaucitron.userInterface.respondAll(${accepts});
  }, 50);
});</script>`,
};

/** What each stores into. */
export const STORE: Record<ImportedFrom, string> = {
  'vanilla-cookieconsent': 'cc_cookie',
  osano: 'cookieconsent_status',
  klaro: 'klaro',
  tarteaucitron: 'tarteaucitron',
};

/** Serves the scripts, and at `/old/<platform>/<accepts>` a page of the site as it was. */
export function serveOldSite({ pages }: Shop): void {
  for (const [name, file] of Object.entries(FILES))
    if (existsSync(join(PEERS, file)))
      pages.set(`/peer/${name}`, { type: 'text/javascript', body: readFileSync(join(PEERS, file), 'utf8') });
  for (const [platform, run] of Object.entries(RUN))
    for (const accepts of [true, false])
      pages.set(
        `/old/${platform}/${accepts}`,
        `<!doctype html><html lang="en"><meta charset="utf-8"><title>Before</title><body><h1>Before</h1>${run(accepts)}</body></html>`,
      );
}
