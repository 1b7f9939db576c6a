import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { activitiesOnPage, reasonText, type Reason } from './applies.ts';
import { smallNotice } from './notice.fixture.ts';
import { fieldKind, pageTypes, type PageFacts, type PageField } from './page.ts';
import { PrivacyNotice, type PrivacyNoticeInput } from './schema.ts';

const match = (pathname: string, url: string): boolean => new URLPattern({ pathname }).test(url);
const field = (change: Partial<PageField>): PageField => ({ label: '', name: '', type: 'text', autocomplete: '', ...change });
const page = (change: Partial<PageFacts>): PageFacts => ({
  url: 'https://shop.example/about',
  title: '',
  headings: [],
  forms: [],
  jsonLdTypes: [],
  hosts: [],
  ...change,
});
const form = (submit: string, ...fields: Partial<PageField>[]): PageFacts['forms'][number] => ({
  id: 'f',
  submit,
  fields: fields.map(field),
});
const EMAIL_FORM = form('Go', { name: 'a', type: 'email' }, { name: 'pet' });

type AppliesTo = NonNullable<PrivacyNoticeInput['activities'][number]['appliesTo']>;
function answers(appliesTo: AppliesTo, facts: PageFacts): { applies: string; reasons: Reason[] } {
  const notice = v.parse(PrivacyNotice, {
    ...smallNotice(),
    activities: [{ id: 'one', title: 'One', lawfulBases: [], appliesTo }],
  });
  const [one] = activitiesOnPage(notice, facts, match);
  return { applies: one?.applies ?? '', reasons: one?.reasons ?? [] };
}

describe('which activities apply to a page', () => {
  it('says "here" for a URL, a kind of page or every page, each with its reason', () => {
    expect(answers({ urls: ['/about', '/x/*'] }, page({}))).toEqual({
      applies: 'here',
      reasons: [{ by: 'url', pattern: '/about' }],
    });
    expect(answers({ pageTypes: ['event'] }, page({ jsonLdTypes: ['Event'] }))).toEqual({
      applies: 'here',
      reasons: [{ by: 'page_type', pageType: 'event' }],
    });
    expect(answers({ everywhere: true }, page({}))).toEqual({ applies: 'here', reasons: [{ by: 'everywhere' }] });
  });

  it('says "may" for a form alone, as other activities can use one like it', () => {
    expect(answers({ fields: [['email']] }, page({ forms: [EMAIL_FORM] }))).toEqual({
      applies: 'may',
      reasons: [{ by: 'form', form: 'f', fields: ['email'] }],
    });
  });

  it('takes the pages that a notice declares for visitors at its word, and other pages for none of theirs', () => {
    const visitors = (appliesTo?: AppliesTo): string | undefined =>
      activitiesOnPage(
        v.parse(PrivacyNotice, {
          ...smallNotice(),
          activities: [{ id: 'one', title: 'Website visitors', lawfulBases: [], ...(appliesTo && { appliesTo }) }],
        }),
        page({}),
        match,
      )[0]?.applies;
    expect([visitors(), visitors({ urls: ['/about'] }), visitors({ urls: ['/contact'] })]).toEqual(['here', 'here', 'elsewhere']);
  });

  it('says "elsewhere" without a reason, also where the notice declares no page', () => {
    expect(answers({}, page({ forms: [EMAIL_FORM] }))).toEqual({ applies: 'elsewhere', reasons: [] });
    expect(answers({ urls: ['/other'], fields: [['email', 'phone']] }, page({ forms: [EMAIL_FORM] })).applies).toBe('elsewhere');
  });

  it('wants all fields of a rule in one form', () => {
    const two = [form('Go', { type: 'email' }), form('Go', { type: 'tel' })];
    expect(answers({ fields: [['email', 'phone']] }, page({ forms: two })).applies).toBe('elsewhere');
  });

  it('says every reason in words', () => {
    const reasons: Reason[] = [
      { by: 'everywhere' },
      { by: 'url', pattern: '/contact' },
      { by: 'page_type', pageType: 'job_posting' },
      { by: 'form', form: 'f', fields: ['email', 'date_of_birth'] },
    ];
    expect(reasons.map(reasonText)).toEqual([
      expect.stringContaining('every page'),
      expect.stringContaining('/contact'),
      expect.stringContaining('job posting'),
      expect.stringContaining('email, date of birth'),
    ]);
  });
});

describe('what a field asks for', () => {
  it.each([
    [{ autocomplete: 'section-a given-name' }, 'name'],
    [{ autocomplete: 'EMAIL', type: 'text' }, 'email'],
    [{ autocomplete: 'username', type: 'email' }, 'username'],
    [{ type: 'password' }, 'current_password'],
    [{ type: 'textarea' }, 'message'],
    [{ type: 'date', label: 'Preferred date' }, 'date'],
    [{ type: 'date', label: 'Date of birth' }, 'date_of_birth'],
    [{ label: 'Dietary requirements' }, 'health'],
    [{ label: 'Ethnic origin', type: 'select' }, 'ethnicity'],
    [{ label: 'School' }, 'organisation'],
    [{ label: 'Anything' }, 'other'],
    [{ autocomplete: 'constructor', label: 'Anything' }, 'other'],
    [{ autocomplete: '__proto__', type: 'toString', label: 'Anything' }, 'other'],
  ])('%j is %s', (change, kind) => {
    expect(fieldKind(field(change))).toBe(kind);
  });
});

describe('what kind of page it is', () => {
  it.each<[string, Partial<PageFacts>, string[]]>([
    ['a job posting by its structured data', { jsonLdTypes: ['JobPosting', 'constructor'] }, ['job_posting']],
    ['a contact page by its form', { forms: [form('Send', { type: 'email' }, { type: 'textarea' })] }, ['contact']],
    [
      'an application with a file, not a contact page',
      { forms: [form('Send', { type: 'email' }, { type: 'textarea' }, { type: 'file' })] },
      [],
    ],
    ['a sign-in', { forms: [form('Go', { type: 'email' }, { type: 'password' })] }, ['sign_in']],
    ['an account to be made', { forms: [form('Go', { type: 'password', autocomplete: 'new-password' })] }, ['account']],
    ['a newsletter by its only field', { forms: [form('Go', { type: 'email' })] }, ['newsletter']],
    ['a newsletter by its button', { forms: [form('Sign up', { type: 'email' }, { autocomplete: 'name' })] }, ['newsletter']],
    ['a search', { forms: [form('Search', { type: 'search' })] }, ['search']],
    ['the home page', { url: 'https://shop.example/?utm=1' }, ['home']],
    ['an ordinary page', {}, []],
    ['an empty form', { forms: [form('Go')] }, []],
  ])('%s', (_what, change, types) => {
    expect(pageTypes(page(change))).toEqual(types);
  });
});
