// Small pages with a consent banner, one for each deceptive pattern that shows in a browser: each is the plain page with one thing
// changed, and says which rules that breaks.
import type { BannerRuleId } from '../../shared/banner-lint/rules.ts';

interface Parts {
  language: string;
  head: string;
  css: string;
  /** Of the banner. */
  text: string;
  answers: string;
  links: string;
  /** The second layer. */
  layer: string;
  main: string;
  footer: string;
  /** Runs last. */
  script: string;
}

const PLAIN: Parts = {
  language: 'en',
  head: '',
  css: '',
  text: 'This site asks whether you agree to cookies for statistics. You can withdraw at any time under “Privacy choices”, and the site works either way.',
  answers: '<button id="accept">Accept all</button><button id="reject">Reject all</button><button id="choose">Choose</button>',
  links: '<a href="/notice">Cookie policy</a>',
  layer:
    '<p>Cookies: choose for each purpose.</p><label><input type="checkbox" id="statistics"> Statistics</label><button id="save">Save choices</button><button id="all">Accept all</button><button id="none">Reject all</button>',
  main: '<p>Tea and what goes with it.</p>',
  footer: '<button id="again">Privacy choices</button>',
  script: '',
};

const CSS = `
body { font: 16px sans-serif; background: #fff; color: #222; margin: 0 }
#banner, #layer { position: fixed; inset: auto 0 0 0; background: #fff; border-top: 2px solid #222; padding: 16px }
#banner button, #layer button { width: 140px; height: 44px; font-size: 16px; font-weight: 400; color: #fff; background: #1d4ed8; border: 1px solid #1d4ed8; margin: 4px }
[hidden] { display: none !important }`;

/** What a plain banner does: the cookie holds the choice for half a year, statistics start when they are given. */
const SCRIPT = `
const $ = (id) => document.getElementById(id);
const on = (id, act) => $(id)?.addEventListener('click', act);
let days = { all: 180, none: 180 };
const start = () => localStorage.setItem('statistics', 'on');
const decide = (choice) => {
  document.cookie = 'choice=' + choice + ';path=/;max-age=' + days[choice] * 86400;
  if (choice === 'all') start(); else localStorage.removeItem('statistics');
  $('banner').hidden = true; $('layer').hidden = true;
};
let open = () => { $('banner').hidden = true; $('layer').hidden = false; };
$('banner').hidden = document.cookie.includes('choice=');
let onReject = () => decide('none');
let onSave = () => decide($('statistics')?.checked ? 'all' : 'none');
on('accept', () => decide('all')); on('all', () => decide('all'));
on('reject', () => onReject()); on('none', () => decide('none'));
on('choose', () => open()); on('save', () => onSave()); on('again', () => open());
`;

export const pageOf = (changed: Partial<Parts>): string => {
  const { language, head, css, text, answers, links, layer, main, footer, script } = { ...PLAIN, ...changed };
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Tea</title>${head}<style>${CSS}${css}</style></head>
<body><main>${main}<div style="height:2000px"></div></main><footer>${footer}</footer>
<section id="banner" aria-label="Cookies" hidden><p>${text}</p><p>${links}</p>${answers}</section>
<section id="layer" role="dialog" aria-label="Cookies" hidden>${layer}</section>
<script>${SCRIPT}${script}</script></body></html>`;
};

export interface Fixture {
  rules: readonly BannerRuleId[];
  what: string;
  parts: Partial<Parts>;
}

const one = (rule: BannerRuleId, what: string, parts: Partial<Parts>): Fixture => ({ rules: [rule], what, parts });
const form = (box: string): string => `<form><label>${box}</label><button>Send</button></form>`;
const tcString = (disclosed: boolean): string => `CAAAAAAAAAAAA.${disclosed ? 'IAAgAAAA' : 'IAAAAAAA'}`;
const tcf = (cmpId: number, disclosed: boolean): string =>
  `<script>window.__tcfapi=(c,v,f)=>f({cmpId:${cmpId},tcString:'${tcString(disclosed)}'},true)</script>`;
const dataLayer = (...calls: string[]): string =>
  `<script>window.dataLayer=[];function gtag(){dataLayer.push(arguments)};${calls.join(';')}</script>`;
const DENIED = "gtag('consent','default',{ad_storage:'denied'})";

export const FIXTURES: readonly Fixture[] = [
  one('L1', 'nothing refuses anywhere', {
    answers: '<button id="accept">Accept all</button>',
    footer: '<button id="again">Privacy choices</button>',
    layer: '<p>Cookies.</p><button id="none">Withdraw</button>',
  }),
  {
    rules: ['L1', 'L3'],
    what: 'refusing is behind the settings',
    parts: { answers: '<button id="accept">Accept all</button><button id="choose">Choose</button>' },
  },
  one('L2', 'refusing is a link that looks like the button', {
    css: '#reject { display: inline-block; box-sizing: border-box; width: 140px; height: 44px; font-size: 16px; color: #fff; background: #1d4ed8; border: 1px solid #1d4ed8 }',
    answers: '<button id="accept">Accept all</button><a id="reject" href="#no">Reject all</a><button id="choose">Choose</button>',
  }),
  one('L2', 'the keyboard does not reach the refusal', {
    answers: '<button id="accept">Accept all</button><button id="reject" tabindex="-1">Reject all</button>',
  }),
  one('L3', 'refusing asks back', {
    script: `onReject = () => { $('banner').hidden = true; $('layer').innerHTML = '<p>Cookies: are you sure?</p><button id="sure">Reject all</button><button>Back</button>'; $('layer').hidden = false; on('sure', () => decide('none')); };`,
  }),
  one('L4', 'withdrawing is a layer deeper', {
    script: `open = () => { if (!document.cookie.includes('choice=')) { $('banner').hidden = true; $('layer').hidden = false; return; } $('layer').innerHTML = '<p>Cookies on this site.</p><button>Accept all</button><button id="more">Manage</button>'; $('layer').hidden = false; on('more', () => { $('layer').innerHTML = '<p>Cookies.</p><button id="w">Reject all</button>'; on('w', () => decide('none')); }); };`,
  }),
  one('L5', 'a purpose is on beforehand', { layer: PLAIN.layer.replace('id="statistics"', 'id="statistics" checked') }),
  one('L6', 'the words of a choice are faint', { css: '#choose { color: #6b8df0 !important }' }),
  one('L7', 'accepting is larger', { css: '#accept { width: 220px !important }' }),
  one('L7', 'refusing has no fill', { css: '#reject { background: #fff !important; color: #1d4ed8 !important }' }),
  one('L8', 'accepting has the focus', { script: "$('accept').focus();" }),
  one('L9', 'scrolling accepts', { script: "addEventListener('scroll', () => decide('all'), { once: true });" }),
  one('L9', 'Escape accepts', { script: "addEventListener('keydown', (e) => { if (e.key === 'Escape') decide('all'); });" }),
  one('L9', 'closing accepts', {
    answers: `${PLAIN.answers}<button id="close" aria-label="Close">×</button>`,
    script: "on('close', () => decide('all'));",
  }),
  one('L10', 'using the site is taken for consent', {
    text: 'By continuing you agree to cookies for statistics. You can withdraw at any time.',
  }),
  one('L11', 'accepting is called OK', { answers: PLAIN.answers.replace('>Accept all', '>OK') }),
  one('L12', 'the refusal is put down', {
    css: '#banner button { width: 300px !important }',
    answers: PLAIN.answers.replace('>Reject all', '>No thanks, I like worse sites'),
  }),
  one('L13', 'a double negative', { main: form('<input type="checkbox"> Untick if you do not want to hear no more of us') }),
  one('L14', 'a box ticked beforehand', { main: form('<input type="checkbox" checked> Send me the newsletter') }),
  one('L14', 'a box to opt out', { main: form('<input type="checkbox"> Tick here if you do not want our newsletter') }),
  one('L15', 'one box for terms and marketing', {
    main: form('<input type="checkbox"> I agree to the terms and to the newsletter'),
  }),
  one('L16', 'one box for two channels', { main: form('<input type="checkbox"> Send me offers by email and SMS') }),
  one('L17', 'saving grants what was not selected', { script: "onSave = () => decide('all');" }),
  one('L18', 'nine controls', {
    answers: PLAIN.answers + Array.from({ length: 6 }, (_, i) => `<button>Part ${i}</button>`).join(''),
  }),
  one('L19', 'settings behind settings', {
    layer: '<p>Cookies.</p><button id="deep">More settings</button><button id="all">Accept all</button>',
    script: `on('deep', () => { $('layer').innerHTML = '<p>Cookies: choose.</p><label><input type="checkbox" id="statistics"> Statistics</label><button id="s">Save choices</button>'; on('s', () => onSave()); });
open = ((was) => () => { if (document.cookie.includes('choice=')) { $('layer').innerHTML = '<p>Cookies.</p><button id="w">Reject all</button>'; on('w', () => decide('none')); } was(); })(open);`,
  }),
  one('L20', 'the link to the policy leads nowhere', { links: '<a href="#">Cookie policy</a>' }),
  one('L20', 'the policy is not there', { links: '<a href="/gone">Cookie policy</a>' }),
  one('L21', 'a refusal is forgotten', { script: "onReject = () => { $('banner').hidden = true; };" }),
  one('L21', 'a refusal holds a week', { script: 'days = { all: 180, none: 7 };' }),
  one('L23', 'a consent holds four hundred days', { script: 'days = { all: 399, none: 399 };' }),
  one('L24', 'no purpose is named', {
    text: 'This site asks for cookies to enhance your experience. You can withdraw at any time.',
    layer: '<p>Cookies.</p><button id="none">Reject all</button>',
  }),
  one('L25', 'advertising is necessary', {
    layer: PLAIN.layer.replace(
      '<button id="save">',
      '<label><input type="checkbox" checked disabled> Advertising (necessary)</label><button id="save">',
    ),
  }),
  {
    rules: ['L1', 'L27'],
    what: 'the browser is the only way to object',
    parts: {
      text: 'This site uses cookies for statistics unless you object. To object use your browser settings.',
      answers: '<button id="c" aria-label="Close">×</button><button id="accept">Accept</button>',
      layer: '<p>Cookies.</p><button>Withdraw</button>',
    },
  },
  one('L28', 'storage on legitimate interests', {
    layer: PLAIN.layer.replace(
      '<button id="save">',
      '<label><input type="checkbox"> Store cookies (legitimate interest)</label><button id="save">',
    ),
  }),
  one('L29', 'a claim is on in the second layer', {
    layer: PLAIN.layer.replace(
      '<button id="save">',
      '<label><input type="checkbox" checked> Measurement of content (legitimate interest)</label><button id="save">',
    ),
  }),
  one('L30', 'a second basis for one purpose', {
    layer: PLAIN.layer.replace(
      '<button id="save">',
      '<label><input type="checkbox"> Statistics (legitimate interest)</label><button id="save">',
    ),
  }),
  one('L31', 'the page speaks German, the banner English', { language: 'de' }),
  one('L32', 'a narrow screen has no refusal', { css: '@media (max-width: 500px) { #reject { display: none } }' }),
  one('L33', 'a discount in the banner', { text: `${PLAIN.text} Get a 10 % off voucher.` }),
  one('L34', 'a countdown', {
    text: `${PLAIN.text} <span id="left">30</span>`,
    script: "setInterval(() => { $('left').textContent = String($('left').textContent - 1); }, 100);",
  }),
  one('L35', 'a wall after a refusal', {
    css: '#wall { position: fixed; inset: 0; background: #fff }',
    script:
      "onReject = () => { decide('none'); document.body.insertAdjacentHTML('beforeend', '<div id=wall>Nothing to read here.</div>'); };",
  }),
  {
    rules: ['L36'],
    what: 'paying is smaller and has no price',
    parts: { css: '#pay { width: 90px !important }', answers: `${PLAIN.answers}<button id="pay">Subscribe</button>` },
  },
  one('L37', 'partners without names', { text: `${PLAIN.text} Our partners use them too.` }),
  one('L38', 'no notice', { links: '' }),
  one('L40', 'an advertising cookie before any choice', { script: "document.cookie = '_fbp=1;path=/';" }),
  one('L41', 'no way back', { footer: '' }),
  one('L42', 'withdrawing by mail', { footer: '<a href="mailto:privacy@tea.example">Privacy choices</a>' }),
  one('L43', 'the default grants', { head: dataLayer("gtag('consent','default',{ad_storage:'granted'})") }),
  one('L44', 'a tag begins before the default', { head: dataLayer("gtag('js',1)", DENIED) }),
  one('L45', 'TCF without a number', { head: tcf(0, true) }),
  one('L45', 'TCF that discloses no vendor', { head: tcf(300, false) }),
];

/** Holds to every rule. */
export const GOOD: readonly Omit<Fixture, 'rules'>[] = [
  { what: 'the plain page', parts: {} },
  {
    what: 'a page with Consent Mode denied and TCF with its number',
    parts: { head: dataLayer(DENIED, "gtag('js',1)") + tcf(300, true) },
  },
  {
    what: 'a page with boxes of their own',
    parts: {
      main: form('<input type="checkbox"> Send me offers by email') + form('<input type="checkbox"> I agree to the terms'),
    },
  },
  {
    what: 'a page in German',
    parts: {
      language: 'de',
      text: 'Wir fragen, ob Sie Cookies für die Statistik zulassen. Sie können die Einwilligung jederzeit widerrufen, und die Seite geht auch so.',
      answers:
        '<button id="accept">Alle akzeptieren</button><button id="reject">Alle ablehnen</button><button id="choose">Einstellungen</button>',
      links: '<a href="/notice">Datenschutzerklärung</a>',
      layer:
        '<p>Cookies: wählen Sie.</p><label><input type="checkbox" id="statistics"> Statistik</label><button id="save">Auswahl speichern</button><button id="none">Alle ablehnen</button>',
      footer: '<button id="again">Datenschutz-Einstellungen</button>',
    },
  },
];
