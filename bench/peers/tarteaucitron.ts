// tarteaucitron as its README says: the script and the call in <head>, with the settings that stand there; it fetches its styles,
// words and services itself. The minified files, as it looks for them when it was itself loaded minified.
import type { Contestant } from './contestant.ts';
import { packaged, versionOf } from './packages.ts';
import { ACCEPT, CHOOSE, POLICY, PURPOSES, REJECT, TEXT } from './texts.ts';

const settings = {
  privacyUrl: POLICY.href,
  bodyPosition: 'bottom',
  hashtag: '#tarteaucitron',
  cookieName: 'tarteaucitron',
  orientation: 'middle',
  groupServices: false,
  showDetailsOnClick: true,
  serviceDefaultState: 'wait',
  showAlertSmall: false,
  cookieslist: false,
  showIcon: true,
  iconPosition: 'BottomRight',
  adblocker: false,
  DenyAllCta: true,
  AcceptAllCta: true,
  highPrivacy: true,
  handleBrowserDNTRequest: false,
  removeCredit: false,
  moreInfoLink: true,
  useExternalCss: false,
  useExternalJs: false,
  mandatory: true,
  mandatoryCta: true,
  googleConsentMode: true,
  bingConsentMode: true,
};
const words = { middleBarHead: '', alertBigPrivacy: TEXT, acceptAll: ACCEPT, denyAll: REJECT, personalize: CHOOSE };
const TYPES = { statistics: 'analytic', advertising: 'ads', media: 'video' };

const services = PURPOSES.map(
  ({ id, label }) => `tarteaucitron.services[${JSON.stringify(id)}] = {
  key: ${JSON.stringify(id)}, type: ${JSON.stringify(TYPES[id])}, name: ${JSON.stringify(label)}, needConsent: true, cookies: [], js: function () {}
};
(tarteaucitron.job = tarteaucitron.job || []).push(${JSON.stringify(id)});`,
).join('\n');

const file = (path: string) => [`/tarteaucitron/${path}`, packaged(`tarteaucitronjs/${path}`)] as const;

export const tarteaucitron = (): Contestant => ({
  id: 'tarteaucitron',
  name: `tarteaucitron ${versionOf('tarteaucitronjs')}`,
  setup: 'script and init() in <head> with the README’s settings, minified files; it fetches styles, words and services itself',
  head: `<script src="/tarteaucitron/tarteaucitron.min.js"></script>
<script>
var tarteaucitronForceLanguage = 'en', tarteaucitronCustomText = ${JSON.stringify(words)};
tarteaucitron.init(${JSON.stringify(settings)});
</script>`,
  // Its guide to custom services: they are named once the library is there.
  body: `<script>
tarteaucitron.services = tarteaucitron.services || {};
${services}
</script>`,
  files: Object.fromEntries(
    [
      'tarteaucitron.min.js',
      'tarteaucitron.services.min.js',
      'lang/tarteaucitron.en.min.js',
      'css/tarteaucitron.min.css',
      'advertising.min.js',
    ].map(file),
  ),
  banner: '#tarteaucitronAlertBig',
});
