// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import * as v from 'valibot';

import { PageSeen } from '../messages.ts';
import { CAPS } from '../caps.ts';
import { declaredNotices } from './declared.ts';
import { copyOf } from './dom.ts';
import { pageFacts } from './facts.ts';
import { pageLinks } from './links.ts';

/** happy-dom's own address, so that relative addresses are the page's. */
const URL_HERE = 'http://localhost:3000/contact?token=1';
const facts = () => pageFacts(document, URL_HERE);

beforeEach(() => {
  document.head.innerHTML = '';
  document.body.innerHTML = '';
});

describe('page facts', () => {
  it('names what each form asks for, by label, name, type and autocomplete', () => {
    document.body.innerHTML = `<h1>Write to <em>us</em></h1><form id="write">
      <label for="n">Your name</label><input id="n" name="name" autocomplete="name">
      <label>Email <input type="email" name="e"></label>
      <input name="p" aria-label="Telephone" type="tel"><input placeholder="Town" name="town">
      <select name="s"><option>One</option></select><textarea name="m"></textarea>
      <input type="hidden" name="csrf" value="secret"><button>Send it</button></form>`;
    const [form] = facts().forms;
    expect(facts().headings).toEqual(['Write to us']);
    expect(form).toMatchObject({ id: 'write', submit: 'Send it' });
    expect(form?.fields).toEqual([
      { label: 'Your name', name: 'name', type: 'text', autocomplete: 'name' },
      { label: 'Email', name: 'e', type: 'email', autocomplete: '' },
      { label: 'Telephone', name: 'p', type: 'tel', autocomplete: '' },
      { label: 'Town', name: 'town', type: 'text', autocomplete: '' },
      { label: '', name: 's', type: 'select', autocomplete: '' },
      { label: '', name: 'm', type: 'textarea', autocomplete: '' },
    ]);
  });

  it('never carries a value, wherever the page keeps it', () => {
    document.body.innerHTML = `<form><label>Message <textarea name="m">SECRET</textarea></label><label>Which<select name="s"><option selected>SECRET</option></select></label>
      <input name="e" value="SECRET"><input type="hidden" name="h" value="SECRET"><input type="password" value="SECRET"></form>`;
    (document.querySelector('input') as HTMLInputElement).value = 'SECRET';
    (document.querySelector('textarea') as HTMLTextAreaElement).value = 'SECRET';
    expect(JSON.stringify(facts())).not.toContain('SECRET');
  });

  it('reads words of headings and labels without a second image or element of the page’s coming to be in it', () => {
    document.body.innerHTML = '<h1>Write <img src="/logo.png"><script>no</script>to us</h1>';
    expect(facts().headings).toEqual(['Write to us']);
    expect(copyOf(document.querySelector('h1') as Element).ownerDocument).not.toBe(document);
  });

  it('finds structured data in any depth, and survives what is broken', () => {
    document.head.innerHTML = `<script type="application/ld+json">{"@graph":[{"@type":["JobPosting","https://schema.org/Thing"],"x":{"@type":"Place"}}]}</script>
      <script type="application/ld+json">{ not json</script>`;
    expect(facts().jsonLdTypes).toEqual(['JobPosting', 'Thing', 'Place']);
  });

  it('reads what asks like a form and is none, and not a lone box that filters a list', () => {
    document.body.innerHTML = `<main><input placeholder="Filter"><select><option>Newest</option></select></main>
      <div role="form" id="help"><div><p>Name</p><input></div><div>When can you help?</div><div contenteditable="true">SECRET</div><button type="button">Send</button></div>`;
    expect(facts().forms).toEqual([
      {
        id: 'help',
        submit: 'Send',
        fields: [
          { label: 'Name', name: '', type: 'text', autocomplete: '' },
          { label: 'When can you help?', name: '', type: 'textarea', autocomplete: '' },
        ],
      },
    ]);
  });

  it('reads forms in open shadow trees, and fields that name a form elsewhere', () => {
    document.body.innerHTML = '<form id="buy"><button>Buy</button></form><input form="buy" name="street"><sign-in></sign-in>';
    const tree = (document.querySelector('sign-in') as Element).attachShadow({ mode: 'open' });
    tree.innerHTML = '<label for="p">Password</label><input id="p" type="password"><button>Sign in</button>';
    expect(facts().forms.map(({ id, fields, submit }) => [id, fields.map(({ label, name }) => label || name), submit])).toEqual([
      ['buy', ['street'], 'Buy'],
      ['form-2', ['Password'], 'Sign in'],
    ]);
  });

  it('names maps and captchas of one host apart, and statistics that the site keeps itself', () => {
    document.body.innerHTML = `<iframe src="https://www.google.com/maps/embed?pb=1"></iframe><iframe src="https://www.google.com/recaptcha/api2"></iframe>
      <script type="text/plain" data-src="/js/matomo.js"></script>`;
    expect(facts().hosts).toEqual(['www.google.com/maps', 'www.google.com/recaptcha', 'localhost:3000/matomo.js']);
  });

  it('lists the hosts that the page loads from or holds back, its own left out', () => {
    document.body.innerHTML = `<img src="https://cdn.example/a.png"><img src="/own.png"><embed data-src="https://video.example/e" data-purpose="media">
      <script type="text/plain" data-purpose="statistics" src="https://stats.example/s.js"></script><img src="data:image/png;base64,x">
      <div data-src="https://film.example/f"><button>Load</button></div><a data-src="/large.png" href="https://elsewhere.example/">A link</a>`;
    expect(facts().hosts.toSorted()).toEqual(['cdn.example', 'film.example', 'stats.example', 'video.example']);
  });

  it('R88 stays within what the background takes, whatever the page is', () => {
    const long = 'x'.repeat(CAPS.text + 1);
    document.title = long;
    document.body.innerHTML =
      `<h1>${long}</h1>`.repeat(CAPS.headings + 1) +
      `<form id="${long}" >${`<label>${long}<input name="${long}" type="${long}" autocomplete="${long}"></label>`.repeat(80)}</form>`.repeat(
        30,
      ) +
      Array.from({ length: CAPS.hosts + 1 }, (_, i) => `<img src="https://h${i}.example/">`).join('');
    document.head.innerHTML = Array.from(
      { length: CAPS.declared + 1 },
      (_, i) => `<link rel="privacy-policy" type="application/json" href="/n${i}" title="${long}">`,
    ).join('');
    const told = { type: 'page_seen', visit: 'v', page: facts(), ...declaredNotices(document), links: pageLinks(document) };
    expect(v.safeParse(PageSeen, told).issues).toBeUndefined();
    expect(told.declared.length).toBe(CAPS.declared);
  });
});

describe('declared notices', () => {
  it('R83 are links with the relation and JSON; pages for people come separately; nothing else counts', () => {
    document.head.innerHTML = `<link rel="PRIVACY-POLICY nofollow" type="application/json; charset=utf-8" href="https://consent.example/v1/notices/x">
      <link rel="privacy-policy" href="https://shop.example/privacy"><link rel="alternate" type="application/json" href="/no">
      <link rel="privacy-policy" type="application/json" href="javascript:alert(1)"><link rel="privacy-policy" type="application/json" href="">
      <link rel="privacy-policy" type="application/json" href="https://consent.example/v1/notices/x">`;
    document.body.innerHTML =
      '<a rel="privacy-policy" href="https://shop.example/cookies">Cookies</a><a href="/privacy">Privacy</a>';
    expect(declaredNotices(document)).toEqual({
      declared: [{ href: 'https://consent.example/v1/notices/x', title: '' }],
      named: [
        { href: 'https://shop.example/privacy', title: '', by: 'rel' },
        { href: 'https://shop.example/cookies', title: 'Cookies', by: 'rel' },
      ],
    });
  });
});
