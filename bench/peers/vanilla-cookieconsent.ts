// vanilla-cookieconsent as its "Getting started, HTML" says: the style sheet in <head>, one module at the end of <body> that imports
// the library and runs it.
import { ownFile, packaged, versionOf } from './packages.ts';
import type { Contestant } from './contestant.ts';
import { ACCEPT, CHOOSE, NECESSARY, POLICY, PURPOSES, REJECT, SAVE, TEXT, TITLE } from './texts.ts';

const configuration = {
  categories: { necessary: { enabled: true, readOnly: true }, ...Object.fromEntries(PURPOSES.map(({ id }) => [id, {}])) },
  language: {
    default: 'en',
    translations: {
      en: {
        consentModal: {
          title: TITLE,
          description: TEXT,
          acceptAllBtn: ACCEPT,
          acceptNecessaryBtn: REJECT,
          showPreferencesBtn: CHOOSE,
          footer: `<a href="${POLICY.href}">${POLICY.label}</a>`,
        },
        preferencesModal: {
          title: TITLE,
          acceptAllBtn: ACCEPT,
          acceptNecessaryBtn: REJECT,
          savePreferencesBtn: SAVE,
          sections: [
            { title: NECESSARY.label, description: NECESSARY.description, linkedCategory: 'necessary' },
            ...PURPOSES.map(({ id, label, description }) => ({ title: label, description, linkedCategory: id })),
          ],
        },
      },
    },
  },
};

export const vanillaCookieconsent = (): Contestant => ({
  id: 'vanilla-cookieconsent',
  name: `vanilla-cookieconsent ${versionOf('vanilla-cookieconsent')}`,
  setup: 'style sheet in <head>; one module at the end of <body> imports the UMD file and calls run()',
  head: '<link rel="stylesheet" href="/cookieconsent.css">',
  body: '<script type="module" src="/cookieconsent-config.js"></script>',
  files: {
    '/cookieconsent.css': packaged('vanilla-cookieconsent/dist/cookieconsent.css'),
    '/cookieconsent.umd.js': packaged('vanilla-cookieconsent/dist/cookieconsent.umd.js'),
    '/cookieconsent-config.js': ownFile(
      `import '/cookieconsent.umd.js';\nCookieConsent.run(${JSON.stringify(configuration)});\n`,
      'js',
    ),
  },
  banner: '#cc-main .cm',
});
