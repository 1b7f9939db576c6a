// klaro as its README says: two deferred scripts, the configuration and the library with its styles inside.
import type { Contestant } from './contestant.ts';
import { ownFile, packaged, versionOf } from './packages.ts';
import { ACCEPT, CHOOSE, POLICY, PURPOSES, REJECT, SAVE, TEXT, TITLE } from './texts.ts';

const configuration = {
  version: 1,
  lang: 'en',
  acceptAll: true,
  translations: {
    en: {
      privacyPolicyUrl: POLICY.href,
      consentNotice: { title: TITLE, description: TEXT, learnMore: CHOOSE },
      consentModal: { title: TITLE, description: TEXT },
      ok: ACCEPT,
      acceptAll: ACCEPT,
      acceptSelected: SAVE,
      decline: REJECT,
      purposes: Object.fromEntries(PURPOSES.map(({ id, label, description }) => [id, { title: label, description }])),
    },
  },
  services: PURPOSES.map(({ id, label }) => ({ name: id, title: label, purposes: [id] })),
};

export const klaro = (): Contestant => ({
  id: 'klaro',
  name: `klaro ${versionOf('klaro')}`,
  setup: 'two deferred scripts in <head>: config.js and klaro.js, styles and 20 languages inside',
  head: `<script defer type="text/javascript" src="/config.js"></script>
<script defer type="text/javascript" src="/klaro.js"></script>`,
  body: '',
  files: {
    '/config.js': ownFile(`var klaroConfig = ${JSON.stringify(configuration)};\n`, 'js'),
    '/klaro.js': packaged('klaro/dist/klaro.js'),
  },
  banner: '.klaro .cookie-notice',
});
