import { describe, expect, it } from 'vitest';

import { checkPage, type CheckedSite } from './check-page.ts';

const SITE: CheckedSite = {
  id: 'shop',
  origins: ['https://shop.example'],
  purposes: ['statistics', 'media'],
  activities: ['newsletter'],
  service: 'https://consent.example',
};
const TAG = '<script src="https://consent.example/w/shop.js"></script>';
const page = (head: string, body = ''): string =>
  `<!doctype html>\n<html lang="en">\n<head><meta charset="utf-8"><title>Shop</title>\n${head}\n</head>\n<body>\n${body}\n</body></html>`;
const check = (html: string, more: { site?: Partial<CheckedSite>; url?: string | null; control?: boolean } = {}) =>
  checkPage(
    html,
    { ...SITE, ...more.site },
    { url: more.url === undefined ? 'https://shop.example/tea' : more.url, control: more.control ?? true },
  );
const codes = (html: string, more?: Parameters<typeof check>[1]) => check(html, more).findings.map(({ code }) => code);

const GOOD_BODY = `
  <script type="text/plain" data-purpose="statistics" src="/statistics.js"></script>
  <iframe data-purpose="media" data-src="https://video.example/embed/1" title="Our film"></iframe>
  <object data-purpose="media statistics" data-src="/film.swf"></object>
  <a href="#candour">Privacy choices</a>
  <button data-candour="choices">Privacy choices</button>
  <form><div><fieldset data-candour="marketing" data-activity="newsletter"></fieldset></div></form>
  <template><script data-purpose="nonsense"></script></template>
  <script src="/own.js"></script>`;

describe('checking a page', () => {
  it('finds nothing on a page that is written as the guide says, and counts what waits', () => {
    expect(check(page(TAG, GOOD_BODY))).toEqual({
      findings: [],
      held: { statistics: 2, media: 2 },
      tag: 'https://consent.example/w/shop.js',
    });
  });

  it('takes the fixed version of the tag, and a page whose head is not written', () => {
    expect(codes(page('<script src="https://consent.example/w/shop@abc.js" integrity="sha256-x" crossorigin></script>'))).toEqual(
      [],
    );
    expect(codes(`<!doctype html><title>Shop</title>${TAG}<p>Tea`)).toEqual([]);
  });

  it.each<[string, string, string[], RegExp]>([
    ['no tag', page(''), ['TAG_MISSING'], /put <script src="https:\/\/consent\.example\/w\/shop\.js">/],
    ['a tag in the body', page('', TAG), ['TAG_NOT_IN_HEAD'], /not in the head/],
    ['a tag behind another script', page(`<script>go()</script>${TAG}`), ['TAG_NOT_FIRST'], /behind a <script> \(line 4\)/],
    ['a tag that waits', page(TAG.replace(' src', ' defer src')), ['TAG_LATE'], /has defer/],
    ['a tag as a module', page(TAG.replace(' src', ' type="module" src')), ['TAG_LATE'], /type="module"/],
    ['the tag of another site', page(TAG.replace('shop', 'shoe')), ['TAG_OTHER_SITE'], /of the site "shoe", not of "shop"/],
    [
      'the tag of another service',
      page(TAG.replace('consent.', 'old.')),
      ['TAG_OTHER_SERVICE'],
      /comes from https:\/\/old\.example/,
    ],
    ['a tag over http', page(TAG.replace('https', 'http')), ['TAG_OTHER_SERVICE', 'TAG_INSECURE'], /comes from http:/],
    ['two tags', page(TAG + TAG), ['TAG_TWICE'], /second time/],
    [
      'a purpose that is misspelt',
      page(TAG, '<script type="text/plain" data-purpose="statistic" src="/s.js"></script>'),
      ['PURPOSE_UNKNOWN'],
      /"statistic" is no purpose of shop.*did you mean statistics\?/,
    ],
    [
      'a purpose that is like none',
      page(TAG, '<iframe data-purpose="advertising" data-src="/a"></iframe>'),
      ['PURPOSE_UNKNOWN'],
      /known are: statistics, media/,
    ],
    ['an empty purpose', page(TAG, '<img data-purpose="" data-src="/a">'), ['PURPOSE_EMPTY'], /empty/],
    [
      'a held script that runs',
      page(TAG, '<script data-purpose="statistics">go()</script>'),
      ['HELD_SCRIPT_TYPE'],
      /text\/plain/,
    ],
    [
      'a held embed that loads',
      page(TAG, '<iframe data-purpose="media" src="https://video.example/1"></iframe>'),
      ['HELD_ADDRESS_LOADS'],
      /by its src: write data-src/,
    ],
    [
      'a held stylesheet that loads',
      page(TAG, '<link data-purpose="media" href="/x.css">'),
      ['HELD_ADDRESS_LOADS'],
      /by its href/,
    ],
    ['a held embed without address', page(TAG, '<video data-purpose="media"></video>'), ['HELD_ADDRESS_MISSING'], /no data-src/],
    ['an element that cannot be held', page(TAG, '<div data-purpose="media"></div>'), ['HELD_ELEMENT'], /<div> cannot be held/],
    [
      'an opt-in that is misspelt',
      page(TAG, '<form><fieldset data-candour="marketing" data-activity="newsleter"></fieldset></form>'),
      ['ACTIVITY_UNKNOWN'],
      /did you mean newsletter\?/,
    ],
    [
      'an opt-in of nothing',
      page(TAG, '<form><fieldset data-candour="marketing"></fieldset></form>'),
      ['ACTIVITY_MISSING'],
      /newsletter/,
    ],
    [
      'an opt-in outside a form',
      page(TAG, '<fieldset data-candour="marketing" data-activity="newsletter"></fieldset>'),
      ['OPT_IN_OUTSIDE_FORM'],
      /in no form/,
    ],
    [
      'an opt-in on another element',
      page(TAG, '<form><div data-candour="marketing"></div></form>'),
      ['OPT_IN_ELEMENT'],
      /<fieldset>/,
    ],
    ['a data-candour of no meaning', page(TAG, '<b data-candour="choice"></b>'), ['CANDOUR_UNKNOWN'], /did you mean choices\?/],
    [
      'what others load',
      page(TAG, '<iframe src="https://maps.example/1"></iframe><script src="//cdn.example/x.js"></script>'),
      ['NOT_HELD', 'NOT_HELD'],
      /<iframe> of maps\.example loads without waiting/,
    ],
  ])('says it of %s', (_, html, expected, words) => {
    const { findings } = check(html);
    expect(findings.map(({ code }) => code)).toEqual(expected);
    expect(findings[0]?.text).toMatch(words);
  });

  it('says that the service refuses an origin that is not listed, and asks for it where only a file is known', () => {
    expect(check(page(TAG), { url: 'https://www.shop.example/' }).findings).toEqual([
      {
        kind: 'problem',
        code: 'ORIGIN_UNLISTED',
        line: null,
        text: expect.stringContaining('https://www.shop.example is not among'),
      },
    ]);
    expect(check(page(TAG), { url: null }).findings.map(({ kind, code }) => [kind, code])).toEqual([['fact', 'ORIGIN_UNKNOWN']]);
  });

  it('misses a way back to the choices only where the widget shows none', () => {
    expect(codes(page(TAG), { control: false })).toEqual(['CHOICES_LINK_MISSING']);
    expect(codes(page(TAG, '<a href="#candour">Choices</a>'), { control: false })).toEqual([]);
  });

  it('does not compare the service where it is not known', () => {
    expect(codes(page(TAG), { site: { service: null } })).toEqual([]);
    expect(codes(page('<script src="/w/shop.js"></script>'), { site: { service: null } })).toEqual([]);
  });

  it('names each line, and calls what others load a fact', () => {
    const [finding] = check(page(TAG, '<p>\n<iframe src="https://maps.example/1"></iframe>')).findings;
    expect(finding).toMatchObject({ kind: 'fact', line: 8 });
  });

  it('reads a page that is nested deeper than any stack', () => {
    const deep = `${page(TAG)}${'<div>'.repeat(50_000)}<script data-purpose="media">`;
    expect(codes(deep)).toEqual(['HELD_SCRIPT_TYPE']);
  });
});
