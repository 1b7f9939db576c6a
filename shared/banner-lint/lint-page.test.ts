import { describe, expect, it } from 'vitest';

import type { Declared } from './behaviour-checks.ts';
import { lintPage } from './lint-page.ts';
import type { Act, BannerControl, Layer, PageDescription } from './page-description.ts';

type Draft<T> = T extends readonly (infer E)[] ? Draft<E>[] : T extends object ? { -readonly [K in keyof T]: Draft<T[K]> } : T;

const control = (act: Act, name: string, more: Partial<BannerControl> = {}): BannerControl => ({
  selector: `#${name.toLowerCase().replaceAll(' ', '-')}`,
  name,
  act,
  vague: false,
  kind: act === 'notice' ? 'link' : act === 'toggle' ? 'toggle' : 'button',
  width: 120,
  height: 44,
  fontSize: '15px',
  fontWeight: '600',
  border: false,
  fill: 'filled',
  contrast: 12,
  checked: false,
  disabled: false,
  focusable: true,
  focused: false,
  submits: false,
  href: null,
  ...more,
});

const layer = (text: string, ...controls: BannerControl[]): Layer => ({
  selector: '#banner',
  controls,
  text,
  language: 'en',
  modal: false,
  fields: [],
});

const WORDS = 'Example Limited asks whether you agree to statistics and advertising. You can withdraw at any time.';
const firstLayer = (): Layer =>
  layer(
    WORDS,
    control('notice', 'Cookie policy'),
    control('accept', 'Accept all'),
    control('reject', 'Reject all'),
    control('settings', 'Choose'),
  );
const settings = (...more: BannerControl[]): Layer =>
  layer(
    'Statistics. Advertising.',
    control('toggle', 'Statistics'),
    ...more,
    control('save', 'Save'),
    control('reject', 'Reject all'),
  );

/** A plain banner, and a page that does as it says. */
const plain = (): Draft<PageDescription> =>
  structuredClone<PageDescription>({
    url: 'https://shop.example/',
    pageLanguage: 'en',
    first: firstLayer(),
    further: [settings()],
    narrow: firstLayer(),
    laterText: WORDS,
    clicks: { accept: 1, reject: 1 },
    before: { effects: [], cookies: [] },
    accepted: { effects: ['cookie:choice=yes', 'cookie:_count', 'cookie:_count=1'], cookies: [] },
    refused: { effects: ['cookie:choice=no'], cookies: [], askedAgain: false, blocked: null },
    untouched: { wait: [], scroll: [], escape: [], close: [] },
    savedNothing: ['cookie:choice=no'],
    links: [{ selector: '#cookie-policy', text: 'Cookie policy', href: '/cookies', problem: null }],
    boxes: [],
    withdrawal: { missingOn: [], lookedAt: ['/', '/tea'], selector: '#choices', clicks: 1, asksFor: null },
    tags: { grantedDefault: null, beforeDefault: null, tcf: null },
  }) as Draft<PageDescription>;

const DECLARED: Declared = {
  items: [{ name: '_count', lifetime: '1 day', purpose: 'statistics', waits: true }],
  hosts: ['shop.example'],
};

const named = (page: Draft<PageDescription>, name: string): Draft<BannerControl> => {
  const found = page.first.controls.find((one) => one.name === name);
  if (!found) throw new Error(`no control ${name}`);
  return found;
};
const without = (page: Draft<PageDescription>, act: Act): void => {
  page.first.controls = page.first.controls.filter((one) => one.act !== act);
};
const many = (count: number, act: Act): BannerControl[] => Array.from({ length: count }, (_, i) => control(act, `Option ${i}`));

const CASES: [rules: string, what: string, change: (page: Draft<PageDescription>) => void, declared?: Declared][] = [
  ['L1 L32', 'no refusal in the first layer', (p) => without(p, 'reject')],
  ['L2', 'a refusal that is a link', (p) => (named(p, 'Reject all').kind = 'link')],
  ['L2', 'a refusal that the keyboard does not reach', (p) => (named(p, 'Reject all').focusable = false)],
  ['L3', 'two clicks to refuse', (p) => (p.clicks.reject = 2)],
  ['L4', 'two clicks to withdraw', (p) => Object.assign(p.withdrawal ?? {}, { clicks: 2 })],
  ['L5', 'a switch that is on', (p) => Object.assign(p.further[0]?.controls[0] ?? {}, { checked: true })],
  ['L6', 'faint words on a choice', (p) => (named(p, 'Choose').contrast = 3.9)],
  ['L6 L7', 'faint words on the refusal alone', (p) => (named(p, 'Reject all').contrast = 3.9)],
  ['L7', 'a smaller refusal', (p) => (named(p, 'Reject all').width = 90)],
  ['L7', 'a thinner refusal', (p) => (named(p, 'Reject all').fontWeight = '400')],
  ['L7', 'a refusal without a fill', (p) => Object.assign(named(p, 'Reject all'), { fill: 'none', border: true })],
  ['L8', 'the focus on accepting', (p) => (named(p, 'Accept all').focused = true)],
  ['L8', 'Enter accepts', (p) => (named(p, 'Accept all').submits = true)],
  ['L9', 'closing accepts', (p) => (p.untouched = { close: ['cookie:choice=yes'] } as never)],
  ['L9', 'scrolling accepts', (p) => (p.untouched = { scroll: ['cookie:_count=1'] } as never)],
  ['L11', 'a vague name', (p) => Object.assign(named(p, 'Accept all'), { name: 'OK', vague: true })],
  ['L12', 'a refusal that shames', (p) => (named(p, 'Reject all').name = "No thanks, I don't care about quality")],
  ['L17', 'saving grants', (p) => (p.savedNothing = ['cookie:choice=yes'])],
  ['L18', 'nine controls', (p) => p.first.controls.push(...many(6, 'other'))],
  ['L18', 'a list without a refusal', (p) => (p.further = [layer('Parties.', ...many(9, 'toggle')) as Draft<Layer>])],
  ['L19', 'a third layer', (p) => p.further.push(settings() as Draft<Layer>)],
  ['L20', 'a dead link', (p) => Object.assign(p.links[0] ?? {}, { href: '#', problem: 'leads nowhere' })],
  [
    'L25',
    'advertising that cannot be switched off',
    (p) => p.further[0]?.controls.push(control('toggle', 'Advertising', { checked: true, disabled: true })),
  ],
  [
    'L29',
    'a claim that is on behind the first layer',
    (p) => p.further[0]?.controls.push(control('toggle', 'Measurement (legitimate interest)', { checked: true })),
  ],
  [
    'L30',
    'one purpose on two grounds',
    (p) => p.further[0]?.controls.push(control('toggle', 'Statistics (legitimate interest)')),
  ],
  ['L31', 'a banner in another language', (p) => (p.pageLanguage = 'fr')],
  [
    'L32',
    'a narrow screen without the refusal',
    (p) => p.narrow && (p.narrow.controls = p.narrow.controls.filter(({ act }) => act !== 'reject')),
  ],
  ['L32', 'no banner on a narrow screen', (p) => (p.narrow = null)],
  ['L34', 'a number that counts', (p) => ((p.first.text = `${WORDS} 10`), (p.laterText = `${WORDS} 9`))],
  ['L34', 'a number that counts below nothing', (p) => ((p.first.text = `${WORDS} 2`), (p.laterText = `${WORDS} -1`))],
  ['L35', 'a wall after a refusal', (p) => p.refused && (p.refused.blocked = '#wall lies over the page')],
  [
    'L36',
    'paying looks less',
    (p) => (
      p.first.controls.push(control('pay', 'Subscribe', { fontSize: '11px' })),
      (p.first.text += ' £3 a month.'),
      Object.assign(p.narrow ?? {}, { controls: p.first.controls })
    ),
  ],
  [
    'L36',
    'paying has no price',
    (p) => (p.first.controls.push(control('pay', 'Subscribe')), Object.assign(p.narrow ?? {}, { controls: p.first.controls })),
  ],
  ['L37', 'partners without names', (p) => (p.first.text += ' Our partners use them as well.')],
  ['L38', 'no notice', (p) => without(p, 'notice')],
  [
    'L39',
    'a cookie that stays longer than is said',
    (p) => p.accepted?.cookies.push({ name: '_count', domain: 'shop.example', days: 400 }),
    DECLARED,
  ],
  ['L40', 'a known cookie before any choice', (p) => p.before.effects.push('cookie:_ga', 'cookie:_ga=GA1')],
  ['L40', 'a known host before any choice', (p) => p.before.effects.push('request:https://www.google-analytics.com/g/collect')],
  ['L40', 'what waits for consent is there before it', (p) => p.before.effects.push('cookie:_count'), DECLARED],
  ['L40', 'a cookie that is declared nowhere', (p) => p.accepted?.effects.push('cookie:other'), DECLARED],
  ['L41', 'a page without a way to withdraw', (p) => p.withdrawal && (p.withdrawal.missingOn = ['/tea'])],
  ['L42', 'withdrawing asks for an address', (p) => p.withdrawal && (p.withdrawal.asksFor = 'an email address')],
  ['L43', 'Consent Mode begins granted', (p) => (p.tags.grantedDefault = { types: ['ad_storage'], regions: ['GB'] })],
  ['L44', 'a tag before the default', (p) => (p.tags.beforeDefault = 'config G-1')],
  ['L45', 'TCF without a number', (p) => (p.tags.tcf = { cmpId: null, disclosesVendors: true })],
  ['L45', 'TCF that discloses nobody', (p) => (p.tags.tcf = { cmpId: 300, disclosesVendors: false })],
];

describe('the banner lint over what was seen of a page', () => {
  it('finds nothing on a plain banner', () => {
    expect(lintPage(plain() as PageDescription)).toEqual([]);
    const used = plain();
    used.accepted?.cookies.push({ name: '_count', domain: 'shop.example', days: 1 });
    used.accepted?.effects.splice(0, 1, 'cookie:candour_shop=1.');
    expect(lintPage(used as PageDescription, DECLARED)).toEqual([]);
    used.tags = {
      grantedDefault: { types: ['ad_storage'], regions: ['US'] },
      beforeDefault: null,
      tcf: { cmpId: 300, disclosesVendors: true },
    };
    expect(lintPage(used as PageDescription, DECLARED)).toEqual([]);
  });

  it.each(CASES)('%s is found: %s', (rules, _what, change, declared) => {
    const page = plain();
    if (declared) page.accepted?.effects.splice(0, 1, 'cookie:candour_shop=1.');
    change(page);
    const found = lintPage(page as PageDescription, declared ?? null);
    expect([...new Set(found.map(({ rule }) => rule))], JSON.stringify(found)).toEqual(rules.split(' '));
    for (const { where, found: fact, right, source } of found) expect([where, fact, right, source].every(Boolean)).toBe(true);
  });
});
