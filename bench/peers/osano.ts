// Osano's cookieconsent as its wizard writes it: the style sheet in <head>, the script and the call at the end of <body>. It asks one
// question for all purposes and has no preference centre.
import type { Contestant } from './contestant.ts';
import { packaged, versionOf } from './packages.ts';
import { ACCEPT, POLICY, REJECT, TEXT } from './texts.ts';

const options = {
  palette: { popup: { background: '#ffffff', text: '#1c2733' }, button: { background: '#14532d', text: '#ffffff' } },
  type: 'opt-in',
  content: { message: TEXT, allow: ACCEPT, deny: REJECT, link: POLICY.label, href: POLICY.href },
};

export const osano = (): Contestant => ({
  id: 'osano',
  name: `Osano cookieconsent ${versionOf('cookieconsent')}`,
  setup:
    'style sheet in <head>; script and initialise() at the end of <body>; one question, no purposes and no preference centre',
  head: '<link rel="stylesheet" href="/cookieconsent.min.css">',
  body: `<script src="/cookieconsent.min.js"></script>
<script>window.cookieconsent.initialise(${JSON.stringify(options)});</script>`,
  files: {
    '/cookieconsent.min.css': packaged('cookieconsent/build/cookieconsent.min.css'),
    '/cookieconsent.min.js': packaged('cookieconsent/build/cookieconsent.min.js'),
  },
  banner: '.cc-window',
});
