import { describe, expect, it } from 'vitest';

import { pageAt } from '../../test/support/extension-platform.ts';
import type { PageLink, PageSeen } from '../messages.ts';
import { discover, isNoticePage, siteOf } from './discover.ts';
import { PRIVACY_WORDS } from './notice-words.ts';

const PAGE = 'https://www.shop.example/lamps';
const link = (text: string, href = '/p/17', region: PageLink['region'] = 'footer'): PageLink => ({
  text,
  href: new URL(href, PAGE).href,
  region,
});
const seen = (change: Partial<PageSeen>): PageSeen => ({ ...pageAt(PAGE), ...change });
const found = (...links: PageLink[]) => discover(seen({ links }));

/** What sites write at their foot. */
const FOOTERS: Record<string, string> = {
  en: 'Privacy Policy',
  de: 'Datenschutzerklärung',
  fr: 'Politique de confidentialité',
  es: 'Política de privacidad',
  it: 'Informativa sulla privacy',
  pt: 'Política de Privacidade',
  nl: 'Privacyverklaring',
  sv: 'Integritetspolicy',
  da: 'Privatlivspolitik',
  nb: 'Personvernerklæring',
  lb: 'Dateschutzerklärung',
  fi: 'Tietosuojaseloste',
  is: 'Persónuverndarstefna',
  pl: 'Polityka prywatności',
  cs: 'Zásady ochrany osobních údajů',
  sk: 'Ochrana osobných údajov',
  hu: 'Adatkezelési tájékoztató',
  ro: 'Politica de confidențialitate',
  bg: 'Политика за поверителност',
  hr: 'Pravila privatnosti',
  sr: 'Политика приватности',
  sl: 'Politika zasebnosti',
  mk: 'Политика за приватност',
  sq: 'Politika e privatësisë',
  lt: 'Privatumo politika',
  lv: 'Privātuma politika',
  et: 'Privaatsuspoliitika',
  el: 'Πολιτική απορρήτου',
  mt: 'Politika ta’ Privatezza',
  ga: 'Polasaí Príobháideachais',
  cy: 'Hysbysiad Preifatrwydd',
  ca: 'Política de privadesa',
  eu: 'Pribatutasun politika',
  gl: 'Política de privacidade',
  tr: 'Gizlilik Politikası',
  ru: 'Политика конфиденциальности',
  uk: 'Політика конфіденційності',
  ar: 'سياسة الخصوصية',
  he: 'מדיניות פרטיות',
  fa: 'سیاست حریم خصوصی',
  hi: 'गोपनीयता नीति',
  bn: 'গোপনীয়তা নীতি',
  th: 'นโยบายความเป็นส่วนตัว',
  vi: 'Chính sách quyền riêng tư',
  id: 'Kebijakan Privasi',
  ms: 'Dasar Privasi',
  ja: 'プライバシーポリシー',
  zh: '隐私政策',
  ko: '개인정보처리방침',
  af: 'Privaatheidsbeleid',
  az: 'Məxfilik siyasəti',
  uz: 'Maxfiylik siyosati',
  ka: 'კონფიდენციალურობის პოლიტიკა',
  hy: 'Գաղտնիության քաղաքականություն',
  sw: 'Sera ya faragha',
};

describe('finding the notice', () => {
  it.each(Object.keys(PRIVACY_WORDS))('R83 knows the link at the foot of a page in %s', (language) => {
    const [first] = found(link('Contact', '/contact'), link(FOOTERS[language] ?? ''), link('About', '/about'));
    expect(first).toMatchObject({ href: 'https://www.shop.example/p/17', how: 'footer', kind: 'privacy', other: null });
  });
  it('R83 reads more than thirty languages', () => expect(Object.keys(PRIVACY_WORDS).length).toBeGreaterThan(30));

  it.each([
    'How we use your information',
    'UK GDPR statement',
    'Hinweise zur Datenverarbeitung',
    'Privatsphäre',
    'Protezione dati',
    'AVG',
    'Dataskydd',
    'Sådan behandler vi dine data',
    'Klauzula informacyjna',
    'Varstvo podatkov',
    '私隱政策',
  ])('R83 knows "%s" too', (words) => expect(found(link(words))[0]).toMatchObject({ kind: 'privacy', how: 'footer' }));

  it('R83 believes what is declared before what is named, and that before links', () => {
    const all = discover(
      seen({
        declared: [{ href: 'https://consent.example/n.json', title: '' }],
        named: [
          { href: 'https://www.shop.example/structured', title: '', by: 'json_ld' },
          { href: 'https://www.shop.example/named', title: '', by: 'rel' },
        ],
        links: [link('Privacy notice', '/beside', 'form'), link('Privacy notice', '/foot'), link('Privacy notice', '/named')],
      }),
    );
    expect(all.map(({ how }) => how)).toEqual(['declared', 'rel', 'json_ld', 'footer', 'form']);
    expect(all[1]?.title).toBe('Privacy notice');
  });

  it('R84 tells several apart by kind and by whom they are for', () => {
    const all = found(
      link('Cookie policy', '/cookies'),
      link('Applicant privacy notice', '/jobs/privacy'),
      link('Privacy', '/privacy'),
      link('Children’s privacy notice', '/kids'),
      link('Privacy notice for suppliers', '/suppliers'),
    );
    expect(all.map(({ kind, audience }) => [kind, audience])).toEqual([
      ['privacy', null],
      ['privacy', 'applicants'],
      ['privacy', 'children'],
      ['privacy', 'suppliers'],
      ['cookies', null],
    ]);
  });

  it.each([
    ['a button that sets something', link('Privacy settings', '/settings')],
    [
      'an article about privacy',
      link('Ten tips for more privacy on your phone, and why they matter to you', '/blog/tips', 'page'),
    ],
    ['a tag of articles', link('privacy', '/tag/42', 'page')],
    ['a product', link('Window film for privacy', '/film', 'page')],
    ['products of that name', link('Privacy film', '/films/privacy', 'menu')],
    ['a button in another language', link('Gerenciar cookies', '/cookies')],
    ['something else', link('Terms of use', '/terms')],
    ['another kind of protection', link('Child protection', '/children')],
  ])('takes no notice of %s', (_what, one) => expect(found(one)).toEqual([]));

  it('lists another organisation’s notice last, and as such', () => {
    const all = found(link('Privacy Policy', 'https://policies.google.com/privacy', 'form'), link('Privacy', '/privacy'));
    expect(all.map(({ other }) => other)).toEqual([null, 'policies.google.com']);
  });

  it('takes the notice of a vendor, which the link names, for another’s', () => {
    const vendor = link('Criteo privacy policy', 'https://criteo.example/privacy', 'banner');
    expect(found(vendor, link('Privacy', '/p')).map(({ other }) => other)).toEqual([null, 'criteo.example']);
  });
  it.each([
    ['Privacy screens', '/products/privacy-screens', 'menu'],
    ['Ten privacy tips for parents', '/blog/privacy-tips', 'page'],
    ['Do not sell my personal information', '/dns', 'footer'],
  ] as const)('takes “%s” for no notice', (text, href, region) => expect(found(link(text, href, region))).toEqual([]));
  it.each([
    ['Privacy matters', '/privacy-matters'],
    ['Shop privacy', '/privacy-shop'],
    ['Privacy for applicants', '/privacy-applicants'],
  ])('takes “%s” for one, though its address says the same', (text, href) => expect(found(link(text, href))).toHaveLength(1));

  it('takes a notice on the group’s own host', () => {
    expect(found(link('Privacy Policy', 'https://group.example/legal/privacy'))[0]).toMatchObject({ other: null });
  });

  it('knows that the page in view is the notice', () => {
    const at = (url: string, title: string): PageSeen => ({ ...seen({}), page: { ...pageAt(url).page, title, headings: [] } });
    expect(isNoticePage(at('https://shop.example/privacy', 'Privacy | Shop'))).toBe(true);
    expect(isNoticePage(at('https://shop.example/x', 'Datenschutzerklärung – Laden'))).toBe(true);
    expect(isNoticePage(at('https://shop.example/x', 'Privacy screens and curtains'))).toBe(false);
    expect(isNoticePage(at('https://shop.example/x', 'What is a privacy policy?'))).toBe(false);
    expect(isNoticePage(at('https://shop.example/x', 'What we do with your data: privacy notice'))).toBe(true);
    expect(discover(at('https://shop.example/privacy', 'Privacy policy'))[0]?.how).toBe('this_page');
  });

  it.each([
    ['www.shop.co.uk', 'shop.co.uk'],
    ['a.b.shop.example', 'shop.example'],
    ['localhost', 'localhost'],
  ])('takes %s for a part of %s', (host, site) => expect(siteOf(host)).toBe(site));

  it('gives nothing for a page that links nothing, and never an address that the page does not have', () => {
    expect(discover(seen({}))).toEqual([]);
  });
});
