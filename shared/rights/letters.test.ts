import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import fc from 'fast-check';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { exampleNotice, silentNotice } from '../../test/support/example-notice.ts';
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import { PrivacyNotice } from '../notice/schema.ts';
import { draftOf, oneLine, signed } from './letter-text.ts';
import { addresseeOf, lawOf, LETTER_KINDS, lettersFor, sourceOf, type Letter, type LetterKind } from './letters.ts';
import { mailtoOf } from './mailto.ts';

const DEMO = join(import.meta.dirname, '../../demo/notices');
const demo = (name: string): PrivacyNotice =>
  v.parse(PrivacyNotice, JSON.parse(readFileSync(join(DEMO, `${name}.notice.json`), 'utf8')));
const demos = globSync('*.notice.json', { cwd: DEMO }).map((file) => basename(file, '.notice.json'));

const indexOf = (notice: PrivacyNotice, id: string): number => notice.activities.findIndex((activity) => activity.id === id);
const all = (notice: PrivacyNotice): number[] => notice.activities.map((_activity, index) => index);
const pick = (letters: readonly Letter[], kind: LetterKind): Letter => {
  const letter = letters.find((each) => each.kind === kind);
  if (!letter) throw new Error(`no letter ${kind}`);
  return letter;
};
const offered = (letters: readonly Letter[]): LetterKind[] => letters.filter((letter) => letter.offered).map(({ kind }) => kind);
/** The notice with these bases stated for its one activity. */
const resting = (...bases: LawfulBasis[]): PrivacyNotice => ({
  ...silentNotice,
  activities: silentNotice.activities.slice(2).map((activity) => ({
    ...activity,
    lawfulBases: bases.map((basis) => ({ basis, statement: `Because of ${basis}.` })),
  })),
});

describe('which letters a notice gives reason for', () => {
  it.each<[LawfulBasis, LetterKind[]]>([
    ['consent', ['erasure', 'withdrawal', 'portability']],
    ['contract', ['erasure', 'portability']],
    ['legal_obligation', []],
    ['vital_interests', ['erasure']],
    ['public_task', ['objection']],
    ['recognised_legitimate_interests', ['erasure', 'objection']],
    ['legitimate_interests', ['erasure', 'objection']],
  ])('R85 what rests on %s: %j besides access and the complaints', (basis, kinds) => {
    const letters = lettersFor(resting(basis), [0], 'uk');
    expect(offered(letters)).toEqual(
      LETTER_KINDS.filter((kind) => [...kinds, 'access', 'complaint_controller', 'complaint_authority'].includes(kind)),
    );
    for (const letter of letters.filter((each) => kinds.includes(each.kind)))
      expect(letter.grounds).toMatchObject([
        { basis, scope: 'activity', place: 'activities/0/lawfulBases/0', quote: `Because of ${basis}.` },
      ]);
  });

  it('says why a letter is not offered, and from what the right would follow', () => {
    const letters = lettersFor(resting('legal_obligation'), [0], 'eu');
    expect(pick(letters, 'withdrawal').reason).toBe(
      'It rests on legal obligation (Art. 6(1)(c)); this right follows from consent (Art. 6(1)(a)).',
    );
    expect(pick(letters, 'portability').reason).toMatch(/consent or contract only/);
    expect(pick(letters, 'direct_marketing_objection').reason).toMatch(/does not say that this is used for direct marketing/);
    expect(pick(letters, 'complaint_controller')).toMatchObject({ offered: false });
  });

  it('R77 where no basis is stated, offers only what every basis gives, and tells that from one that was not found', () => {
    const stated = lettersFor(resting(), [0], 'uk');
    expect(offered(stated)).toEqual(['access', 'complaint_controller', 'complaint_authority']);
    expect(pick(stated, 'objection').reason).toMatch(
      /^The document states no lawful basis for this, and this right depends on it/,
    );
    expect(pick(lettersFor(resting(), [0], 'uk', 'not_read'), 'objection').reason).toMatch(/^We did not find a lawful basis/);
  });

  it('R77 a basis stated for the whole document counts as that, and only where the activity states none', () => {
    const deliveries = indexOf(exampleNotice, 'deliveries');
    const objection = pick(lettersFor(exampleNotice, [deliveries], 'uk'), 'objection');
    expect(objection).toMatchObject({ offered: true, grounds: [{ scope: 'document', place: 'documentBases/0' }] });
    expect(objection.reason).toMatch(/whole document, not for this use/);
    expect(pick(lettersFor(exampleNotice, [deliveries], 'uk'), 'withdrawal')).toMatchObject({
      offered: false,
      reason:
        'It states legitimate interests (Art. 6(1)(f)) for the whole document; this right follows from consent (Art. 6(1)(a)).',
    });
    const newsletter = indexOf(exampleNotice, 'newsletter');
    expect(pick(lettersFor(exampleNotice, [newsletter], 'uk'), 'objection').offered).toBe(false);
  });

  it('offers the objection to direct marketing whatever the basis, and not where the notice says that there is none', () => {
    const newsletter = lettersFor(exampleNotice, [indexOf(exampleNotice, 'newsletter')], 'uk');
    expect(pick(newsletter, 'direct_marketing_objection')).toMatchObject({
      offered: true,
      grounds: [{ basis: null, quote: 'We send offers by email.' }],
    });
    const cmp = demo('cmp-solutions');
    expect(pick(lettersFor(cmp, [indexOf(cmp, 'casework-participants')], 'uk'), 'direct_marketing_objection').offered).toBe(
      false,
    );
  });

  it('R66 offers the complaint to the controller where UK law is the law', () => {
    for (const [law, expected] of [
      ['uk', true],
      ['eu', false],
      ['unknown', false],
    ] as const)
      expect(pick(lettersFor(exampleNotice, [0], law), 'complaint_controller').offered).toBe(expected);
    expect(sourceOf('complaint_controller', 'uk')).toBe('section 164A of the Data Protection Act 2018');
    expect(sourceOf('access', 'uk')).toBe('Art. 15 UK GDPR');
    expect(sourceOf('complaint_authority', 'eu')).toBe('Art. 77 GDPR');
  });

  it('reads whose law it is from the laws and the authority that the notice names, and from GDPR alone nothing', () => {
    const law = (regimes: string[], authority: string | null): string =>
      lawOf({
        ...silentNotice,
        regimes,
        authority: authority === null ? null : { name: authority, contacts: [], statement: 'x' },
      });
    expect(law(['UK GDPR'], null)).toBe('uk');
    expect(law(['General Data Protection Regulation'], 'Information Commissioner’s Office')).toBe('uk');
    expect(law(['DSGVO', 'BDSG'], null)).toBe('eu');
    expect(law(['GDPR'], null)).toBe('unknown');
    expect(law(['UK GDPR', 'EU GDPR'], null)).toBe('unknown');
    expect(law([], 'A supervisory authority')).toBe('unknown');
  });

  it('throws for an activity that the notice does not have', () => {
    expect(() => lettersFor(exampleNotice, [9], 'uk')).toThrow(RangeError);
  });
});

describe('the notices of the demonstration', () => {
  it.each(demos)('%s: a letter stands on a basis that the activity or the document states, and quotes it', (name) => {
    const notice = demo(name);
    for (const index of all(notice))
      for (const letter of lettersFor(notice, [index], lawOf(notice))) {
        const activity = notice.activities[index];
        for (const { basis, scope, quote } of letter.grounds) {
          const statements = scope === 'activity' ? (activity?.lawfulBases ?? []) : notice.documentBases;
          if (basis !== null) expect(statements.map(({ statement }) => statement)).toContain(quote);
          expect(scope === 'document' && (activity?.lawfulBases.length ?? 0) > 0).toBe(false);
        }
        const { subject, text } = draftOf(notice, letter, [index]);
        expect(subject).not.toMatch(/[\r\n{}]/);
        expect(text).not.toMatch(/undefined|null|\{[a-z]+\}/);
      }
  });

  it.each(demos)('R81 %s: no letter and no reason has a verdict in it', (name) => {
    const notice = demo(name);
    for (const law of ['uk', 'eu', 'unknown'] as const)
      for (const letter of lettersFor(notice, all(notice), law)) {
        const { subject, text } = draftOf(notice, letter, all(notice));
        const words = `${subject}\n${letter.reason}\n${text}`;
        expect(words.match(/\b(un)?lawful(ly)?\b(?! bas)|\billegal|\bcomplian|\bviolat|\binfring/gi) ?? []).toEqual([]);
      }
  });

  it('R85 cpoms: the officer’s hidden address is never made up; the letter goes by post, the complaint to the Information Commissioner', () => {
    const notice = demo('cpoms');
    expect(lawOf(notice)).toBe('uk');
    const to = addresseeOf(notice, 'access');
    expect(to).toMatchObject({ who: 'dpo', name: 'CPOMS Systems Limited', email: null, noEmail: 'hidden' });
    expect(to.post).toMatch(/^Data Protection Officer, CPOMS Systems Limited/);
    expect(addresseeOf(notice, 'complaint_authority')).toMatchObject({
      who: 'authority',
      name: 'Information Commissioner’s Office',
      web: expect.stringContaining('ico.org.uk') as string,
    });
    const recruitment = lettersFor(notice, [indexOf(notice, 'recruitment')], 'uk');
    expect(pick(recruitment, 'objection').grounds.map(({ basis }) => basis)).toEqual(['legitimate_interests']);
    expect(pick(recruitment, 'withdrawal').offered).toBe(false);
    expect(pick(recruitment, 'portability').grounds.map(({ basis }) => basis)).toEqual(['contract']);
  });

  it('cmp-solutions: writes to the team’s address, and says which basis each use has', () => {
    const notice = demo('cmp-solutions');
    const uses = [indexOf(notice, 'non-accredited-training'), indexOf(notice, 'accredited-learner-records')];
    const access = pick(lettersFor(notice, uses, lawOf(notice)), 'access');
    expect(access.to).toMatchObject({ who: 'controller', name: 'CMP', email: 'data.protection@cmpsolutions.com', noEmail: null });
    const { text } = draftOf(notice, access, uses);
    expect(text).toContain('Dear CMP,');
    expect(text).toContain('(lawful basis: legitimate interests)');
    expect(text).toContain('(lawful basis: not stated)');
    expect(text).toContain(
      'Your privacy notice says of this right: “You can see the personal information that CMP holds about you.”',
    );
  });

  it('a consent that is withdrawn is withdrawn in the erasure letter too, and only there where there is one', () => {
    const notice = demo('cpoms');
    const text = (id: string): string => {
      const uses = [indexOf(notice, id)];
      return draftOf(notice, pick(lettersFor(notice, uses, 'uk'), 'erasure'), uses).text;
    };
    expect(text('cookies')).toContain('I withdraw that consent');
    expect(text('suppliers')).not.toContain('withdraw');
  });

  it('what the notice does not give is said to be not stated, or not found where it was not read', () => {
    const bare: PrivacyNotice = {
      ...silentNotice,
      controller: { ...silentNotice.controller, name: '', legalName: null, contacts: [] },
      dpo: null,
      authority: null,
    };
    const letter = pick(lettersFor(bare, [0], 'unknown'), 'complaint_authority');
    expect(letter.to).toMatchObject({ name: null, email: null, noEmail: 'not_stated' });
    const { subject, text } = draftOf(bare, letter, [0]);
    expect(subject).toMatch(/controller not stated$/);
    expect(text).toContain('Dear Sir or Madam,');
    expect(text).toContain('the controller (not stated in the privacy notice)');
    expect(text).toContain('contact details in its privacy notice: not stated.');
    expect(draftOf(bare, letter, [0], 'not_read').text).toContain('contact details in its privacy notice: not found.');
  });
});

const HOSTILE = 'Evil\r\nBcc: all@evil.example\u2028\u202Egpj.exe\u202C\u200B{controller}{told}\u0000';

describe('R88 hostile fields', () => {
  const hostile: PrivacyNotice = {
    ...exampleNotice,
    controller: {
      ...exampleNotice.controller,
      name: HOSTILE,
      legalName: HOSTILE + 'x'.repeat(300),
      contacts: [
        { role: 'controller', kind: 'email', value: 'a@b.example\r\nBcc: all@evil.example' },
        { role: 'controller', kind: 'email', value: 'a@b.example?bcc=all@evil.example' },
        { role: 'controller', kind: 'email', value: 'a@b.example,all@evil.example' },
        { role: 'controller', kind: 'post', value: HOSTILE },
      ],
    },
    dpo: null,
    activities: exampleNotice.activities.map((activity) => ({
      ...activity,
      title: HOSTILE,
      lawfulBases: activity.lawfulBases.map((statement) => ({ ...statement, statement: HOSTILE.repeat(50) })),
    })),
  };

  it.each(LETTER_KINDS)('%s: no line, place or character of theirs gets into the letter', (kind) => {
    const letter = pick(lettersFor(hostile, [0, 1, 2], 'uk'), kind);
    const { subject, text } = draftOf(hostile, letter, [0, 1, 2]);
    expect(subject).not.toMatch(/[\r\n\u2028\u202A-\u202E\u200B\u0000]/);
    expect(subject.length).toBeLessThan(200);
    expect(text).not.toMatch(/[\r\u2028\u202A-\u202E\u200B\u0000]/);
    expect(text.split('\n').filter((line) => line.startsWith('Bcc'))).toEqual([]);
    // What looks like a place of the letter stays what it is.
    expect(text).toContain('gpj.exe{controller}{told}');
    expect(text.length).toBeLessThan(5000);
  });

  it('an address with a break, a query or a second address is no address', () => {
    expect(addresseeOf(hostile, 'access')).toMatchObject({ email: null, noEmail: 'unusable' });
    for (const { value } of hostile.controller.contacts) {
      const { href } = mailtoOf({ to: value, subject: 'S', text: 'T' });
      expect(href).toBe('mailto:?subject=S&body=T');
    }
  });

  it('cuts a long line between characters', () => {
    expect(oneLine(`${'a'.repeat(8)}👍👍`, 10)).toBe('aaaaaaaa…');
    expect(oneLine(' a \n b ', 10)).toBe('a b');
    expect(oneLine('x\uD800y', 10)).toBe('xy');
  });
});

/** Any code units, halves of pairs and controls too. */
const anyText = (maxLength: number): fc.Arbitrary<string> =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: 0xffff })), { maxLength })
    .map((units) => String.fromCharCode(...units));

describe('a letter as mail', () => {
  it('encodes the text with the line breaks of mail, so that a program gets back what was written', () => {
    const { href, whole } = mailtoOf({ to: 'o+k@b.example', subject: 'A & B?', text: 'Zürich 100 %\n“x”=y#z' });
    expect(whole).toBe(true);
    expect(href).toMatch(/^mailto:o%2Bk@b\.example\?subject=A%20%26%20B%3F&body=/);
    const body = decodeURIComponent(href.slice(href.indexOf('&body=') + 6));
    expect(body).toBe('Zürich 100 %\r\n“x”=y#z');
  });

  it('leaves out a text that is too long, and says so', () => {
    const { href, whole } = mailtoOf({ to: 'a@b.example', subject: 'S', text: 'é'.repeat(400) });
    expect({ href, whole }).toEqual({ href: 'mailto:a@b.example?subject=S', whole: false });
  });

  it('R88 whatever is written, it has one addressee, two fields, no break and at most 2000 characters', () => {
    fc.assert(
      fc.property(
        fc.oneof(anyText(40), fc.constantFrom('a@b.example', 'a%0Ab@c.example', 'a@b.example?cc=x@y.example')),
        anyText(300),
        anyText(1200),
        (to, subject, text) => {
          const { href } = mailtoOf({ to, subject, text });
          expect(href.length).toBeLessThanOrEqual(2000);
          expect(href).toMatch(/^mailto:(?:[\w.%+-]+@[\w.-]+)?\?subject=[\w.~%-]*(?:&body=[\w.~%-]*)?$/);
          expect(href.slice(0, href.indexOf('&body=') < 0 ? undefined : href.indexOf('&body='))).not.toMatch(/%0[AD]/i);
        },
      ),
    );
  });

  it('ends with the name of the person, on one line, and without one with nothing made up', () => {
    expect(signed('Text\n', 'Ada\nBcc: x')).toBe('Text\n\nAda Bcc: x\n');
    expect(signed('Text', '  ')).toBe('Text\n');
  });
});
