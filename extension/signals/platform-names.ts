// Consent platforms by the names that their makers give them; autoconsent's rules have names of their own.

/** As their makers write them; another is shown by the name of its rule. */
const NAMES: Readonly<Record<string, string>> = {
  candour: 'Candour',
  Onetrust: 'OneTrust',
  Cybotcookiebot: 'Cookiebot',
  'TrustArc-top': 'TrustArc',
  'TrustArc-newcm': 'TrustArc',
  'consentmanager-ncmp': 'consentmanager',
  'consentmanager.net': 'consentmanager',
  'Sourcepoint-frame': 'Sourcepoint',
  cookieconsent2: 'CookieConsent (orestbida)',
  cookieconsent3: 'CookieConsent (orestbida)',
  quantcast: 'InMobi Choice (formerly Quantcast)',
  inmobi: 'InMobi Choice',
  didomi: 'Didomi',
  'usercentrics-api': 'Usercentrics',
  'usercentrics-button': 'Usercentrics',
  axeptio: 'Axeptio',
  borlabs: 'Borlabs Cookie',
  'tarteaucitron.js': 'tarteaucitron',
  'tarteaucitron deny': 'tarteaucitron',
  'real-cookie-banner': 'Real Cookie Banner',
  iubenda: 'iubenda',
  osano: 'Osano',
  cookieyes: 'CookieYes',
  'cookie-law-info': 'CookieYes',
  'cookiefirst.com': 'CookieFirst',
  cookiehub: 'CookieHub',
  'cookie-script': 'Cookie Script',
  termly: 'Termly',
  termsfeed: 'TermsFeed',
  termsfeed3: 'TermsFeed',
  'civic-cookie-control': 'Civic Cookie Control',
  'funding-choices': 'Google Privacy & messaging',
  ketch: 'Ketch',
  transcend: 'Transcend',
  fides: 'Fides',
};

/** "Complianz opt-out" and "Complianz banner" are one platform. */
export const platformName = (id: string): string =>
  Object.hasOwn(NAMES, id) ? (NAMES[id] ?? id) : id.startsWith('Complianz') ? 'Complianz' : id;
