// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';

import { PRIVACY_WORDS } from '../background/notice-words.ts';
import { CAPS } from '../caps.ts';
import { linkHeaderNotices } from './declared.ts';
import { structuredData } from './facts.ts';
import { glance } from './glance.ts';
import { mayLead, pageLinks } from './links.ts';

beforeEach(() => {
  document.head.innerHTML = '';
  document.body.innerHTML = '';
});

describe('links that may lead to a notice', () => {
  it('R83 says of each in which part of the page it stands', () => {
    document.body.innerHTML = `<nav><a href="/m">Privacy</a></nav><div><form><input name="e"></form><p><a href="/f">privacy notice</a></p></div>
      <p><a href="/t">Our privacy policy</a> <a href="/lamps">Lamps</a></p><div class="cookie-bar"><a href="/b">Cookie policy</a></div>
      <div class="site-footer"><a href="/d">Datenschutz</a><a href="/imprint">Impressum</a></div>`;
    expect(pageLinks(document).map(({ href, region }) => [new URL(href).pathname, region])).toEqual([
      ['/d', 'footer'],
      ['/m', 'menu'],
      ['/f', 'form'],
      ['/b', 'banner'],
      ['/t', 'page'],
    ]);
  });

  it.each(Object.entries(PRIVACY_WORDS))('R83 keeps every link that says privacy in %s', (_language, words) => {
    const links = words.split(',').map((stem) => stem.trim().replace(/^~|\$$/g, ''));
    document.body.innerHTML = `<footer>${links.map((text, index) => `<a href="/p/${index}">${text}</a>`).join('')}</footer>`;
    expect(pageLinks(document).map(({ text }) => text)).toEqual(links);
  });

  it('finds those in open shadow trees', () => {
    const host = document.createElement('site-footer');
    host.attachShadow({ mode: 'open' }).innerHTML = '<footer><a href="/s">Privacy policy</a></footer>';
    document.body.append(host);
    expect(pageLinks(document)).toMatchObject([{ region: 'footer', text: 'Privacy policy' }]);
  });

  it('R88 leaves out what leads nowhere, and stays within the caps', () => {
    document.body.innerHTML =
      '<footer><a href="#">Privacy</a><a href="javascript:x">Privacy</a><a href="mailto:a@b.example">Privacy</a><a href="https://u:p@x.example/privacy">Privacy</a></footer>' +
      Array.from({ length: 500 }, (_, i) => `<a href="/privacy-${i}">${'privacy '.repeat(60)}</a>`).join('');
    const found = pageLinks(document);
    expect(found.length).toBe(CAPS.links);
    expect(Math.max(...found.map(({ text }) => text.length))).toBeLessThanOrEqual(CAPS.linkText);
    expect(found.every(({ href }) => /privacy-\d/.test(href))).toBe(true);
  });
});

describe('what the page names elsewhere', () => {
  it.each([
    ['</p>; rel="privacy-policy"', ['https://shop.example/p'], []],
    ['</a>; rel=next, <https://x.example/p>; title="x, y"; rel="nofollow privacy-policy"', ['https://x.example/p'], []],
    ['</n>; rel="privacy-policy"; type="application/json"', [], ['https://shop.example/n']],
    ['<javascript:x>; rel="privacy-policy", </p>; rel="privacy"', [], []],
  ])('R83 reads the Link header %s', (header, named, declared) => {
    const found = linkHeaderNotices(header, 'https://shop.example/');
    expect([found.named.map(({ href }) => href), found.declared.map(({ href }) => href)]).toEqual([named, declared]);
  });

  it('R83 reads the privacy policy of structured data, and takes editorial principles for one only where they say so', () => {
    document.head.innerHTML = `<script type="application/ld+json">{"@type":"Organization","privacyPolicy":"/p","publishingPrinciples":["/ethics","/privacy"],"x":{"privacyPolicy":{"@id":"/q"}}}</script>`;
    expect(structuredData(document).policies).toEqual(['/p', '/privacy', '/q']);
  });
});

describe('whether a page may lead to a notice', () => {
  it.each([
    ['a link by its words', '', '<a href="/x">Datenschutz</a>'],
    ['words that are broken over two lines', '', '<a href="/x">лични\n   данни</a>'],
    ['a link by its address', '', '<a href="/Legal">§</a>'],
    ['a link by its label', '', '<a href="/x" aria-label="Privacy"></a>'],
    ['a link by its picture', '', '<a href="/x"><img alt="Datenschutz"></a>'],
    ['a link by its relation', '', '<a rel="privacy-policy" href="/x">§</a>'],
    ['a link by its property', '', '<a itemprop="privacyPolicy" href="/x">§</a>'],
    ['an address far from the end', '', `<a href="/Privacy">§</a>${'<a href="/item">more</a>'.repeat(200)}`],
    ['an address far from the end of a German page', '', `<a href="/datenschutz">§</a>${'<a href="/item">more</a>'.repeat(200)}`],
    ['a declaration', '<link rel="Privacy-Policy" href="/x">', ''],
    ['structured data', '<script type="application/ld+json">{}</script>', ''],
  ])('R83 sees %s', (_what, head, body) => {
    document.head.innerHTML = head;
    document.body.innerHTML = body;
    document.documentElement.lang = body.includes('datenschutz') ? 'de-AT' : 'en';
    expect(mayLead(document)).toBe(true);
  });

  it.each([
    ['Shop', '/x', 'Shoes', '', []],
    ['Shop', '/x', '\n <span>Privacy</span> notice', '', ['Privacy notice']],
    ['Shop', '/privacy', 'Shoes', '', ['Shoes']],
    ['Privacy', '/x', 'Shoes', '', ['Shoes']],
    ['Shop', '/x', 'Shoes', '<a href="/cookies">Cookies</a>', ['Shoes']],
  ])(
    'R83 tells of the heading of a page only where it may be of a notice (%s, %s, %s)',
    (title, path, heading, link, headings) => {
      document.title = title;
      document.body.innerHTML = `<h1>${heading}</h1>${link}`;
      history.replaceState(null, '', path);
      expect(glance(document, 'visit').page).toMatchObject({ title, headings });
    },
  );

  it('looks no further where nothing does', () => {
    document.head.innerHTML = '<link rel="icon" href="/s.png"><script type="text/plain">held</script>';
    document.body.innerHTML = '<a href="/item">more</a>'.repeat(200);
    expect(mayLead(document)).toBe(false);
  });
});
