// c15t's own client as its quickstart for plain JavaScript starts it, with what the suite asks of a page. Plain JavaScript, as its types
// are not part of the project. Bundled by lossless-c15t.ts; `c15tOptions`, `heard` and `clock` come from the page.
import { getOrCreateConsentRuntime } from 'c15t';

const PENDING = 'c15t-pending-consent-submissions';
let made = () => undefined;

const { consentStore } = getOrCreateConsentRuntime({
  ...self.c15tOptions,
  mode: 'hosted',
  consentCategories: ['necessary', 'measurement', 'marketing'],
  overrides: { country: 'DE' },
  // Otherwise each withdrawal reloads the page, which no suite can wait for.
  reloadOnConsentRevoked: false,
  callbacks: {
    // "Always triggered after saving": the moment from which its banner is closed.
    onConsentSet: ({ preferences }) => made(preferences.measurement ? 'given' : 'withdrawn'),
  },
});
const state = () => consentStore.getState();
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

self.lossless = {
  ready: async () => {
    for (let tries = 0; tries < 100 && state().isLoadingConsentInfo; tries++) await pause(50);
  },
  choose: (choice) =>
    new Promise((resolve) => {
      made = (said) => {
        if (said !== choice) return;
        made = () => undefined;
        self.heard(null, choice);
        resolve(null);
      };
      void state().saveConsents(choice === 'given' ? 'all' : 'necessary');
    }),
  says: () => (state().hasConsented() ? (state().has('measurement') ? 'given' : 'withdrawn') : null),
  // What its documents name as not delivered yet.
  waits: () => JSON.parse(localStorage.getItem(PENDING) ?? '[]').length,
  shift: (ms) => void (self.clock = ms),
  erase: () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith('c15t')) localStorage.removeItem(key);
    return null;
  },
};
