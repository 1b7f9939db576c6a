import { describe, expect, it } from 'vitest';

import { lawOf } from '../rights/letters.ts';
import { analyseDocument } from './analyse.ts';
import { asNotice } from './as-notice.ts';
import { readHtml } from './html.ts';

const GERMAN =
  '<p>Wir verarbeiten Ihren Namen und Ihre Nachricht, um Ihre Anfrage zu beantworten. Wir l\u00f6schen beides bald.</p>';
function noticeOf(body: string, language = 'de') {
  const document = readHtml(`<html lang="${language}"><body><h1>Notice</h1>${body}</body></html>`);
  return asNotice(document, analyseDocument(document), 'Notice').notice;
}

describe('the date of a notice', () => {
  it.each([
    ['Stand: 3. M\u00e4rz 2026', '2026-03-03'],
    ['Stand: M\u00e4rz 2026', '2026-03'],
    ['Diese Hinweise wurden zuletzt am 14. Januar 2026 ge\u00e4ndert.', '2026-01-14'],
    ['Letzte Aktualisierung: 03.04.2026', '2026-04-03'],
    ['Letzte \u00c4nderung am 5. August 2025', '2025-08-05'],
    ['Zuletzt aktualisiert im Juli 2026.', '2026-07'],
    // The date of an Act, and one of a page on a page.
    ['Es gilt das Telekommunikationsgesetz, zuletzt ge\u00e4ndert am 20. Juli 2022.', null],
    ['Bitte schreiben Sie uns bis zum 3. M\u00e4rz 2026.', null],
  ])('R90 %s is %s', (said, date) => {
    expect(noticeOf(`<p>${said}</p>${GERMAN}`).date).toBe(date);
  });
});

it.each([
  ['de', 'Rechtsgrundlage ist Art. 6 Abs. 1 lit. f DSGVO.', 'eu'],
  ['fr', 'La base l\u00e9gale est l\u2019article 6, paragraphe 1, point a du RGPD.', 'eu'],
  ['en', 'We follow the UK GDPR and, for customers in Germany, the DSGVO.', 'unknown'],
])('the law to which a text in %s points: %s', (language, said, law) => {
  expect(lawOf(noticeOf(`<p>${said}</p>${GERMAN}`, language))).toBe(law);
});

it.each([
  ['We use your email address to answer you. We keep messages for two years after our last contact with you.', ['answer you']],
  ['We keep records for up to 6 months after the event. We collect names for the guest book.', ['the guest book']],
  ['We keep it for as long as you are a member of the club.', []],
  ['We use your telephone number to call you back within two days.', ['call you back within two days']],
])('how long something is kept is no purpose: %s', (said, purposes) => {
  const { activities } = noticeOf(`<h2>When you write to us</h2><p>${said} We rely on our legitimate interests.</p>`, 'en');
  expect(activities[0]?.purposes.map(({ text }) => text)).toEqual(purposes);
});

it('R81 an issue of some activities names them, so that it is not said of the whole text', () => {
  const silent = (title: string): string => `<h2>${title}</h2><p>We use your name and your address for it.</p>`;
  const orders = '<h2>Orders</h2><p>We use your address to deliver your order. The lawful basis is our contract with you.</p>';
  const statements = (body: string): string[] =>
    noticeOf(body, 'en').issues.flatMap(({ code, statement }) => (code === 'BASIS_MISSING' ? [statement] : []));
  expect(statements(orders)).toEqual([]);
  expect(statements(orders + silent('Our prize draw'))).toEqual(['No lawful basis stated: \u201cOur prize draw\u201d']);
  const many = ['Our prize draw', 'Our surveys', 'Our events', 'Our library', 'Our car park', 'Our complaints', 'Our volunteers'];
  const [several = ''] = statements(orders + many.map(silent).join(''));
  expect(several.match(/\u201c[^\u201d]+\u201d/g)?.length).toBe(5);
  expect(several).toMatch(/^No lawful basis stated: .*\u201cOur prize draw\u201d.* and \d more$/);
});
