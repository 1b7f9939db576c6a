import * as v from 'valibot';
import { describe, expect, it } from 'vitest';

import { CAPS } from './caps.ts';
import { Ask, AskPage, PageReceipts, PageSeen } from './messages.ts';

const page = { url: 'https://a.example/', title: '', headings: [], forms: [], jsonLdTypes: [], hosts: [] };
const seen = { type: 'page_seen', page, visit: 'v', declared: [], named: [], links: [] };
const accepts = (schema: v.GenericSchema, message: unknown): boolean => v.safeParse(schema, message).success;

describe('messages', () => {
  it('takes a page that tells of itself within the caps', () => {
    expect(accepts(PageSeen, seen)).toBe(true);
  });

  it.each([
    ['another scheme', { ...seen, page: { ...page, url: 'javascript:1' } }],
    ['a declared notice of another scheme', { ...seen, declared: [{ href: 'file:///x', title: '' }] }],
    ['a title beyond the cap', { ...seen, page: { ...page, title: 'x'.repeat(CAPS.text + 1) } }],
    [
      'more declared notices than the cap',
      { ...seen, declared: Array(CAPS.declared + 1).fill({ href: 'https://a.example/', title: '' }) },
    ],
    ['an unknown property', { ...seen, extra: 1 }],
    [
      'a form field with a value',
      {
        ...seen,
        page: {
          ...page,
          forms: [{ id: 'f', submit: '', fields: [{ label: '', name: '', type: '', autocomplete: '', value: 'secret' }] }],
        },
      },
    ],
    ['a missing part', { type: 'page_seen', page }],
    ['no object', 'page_seen'],
    [
      'an own __proto__',
      JSON.parse(
        `{"type":"page_seen","page":${JSON.stringify(page)},"visit":"v","declared":[],"named":[],"links":[],"__proto__":{"x":1}}`,
      ),
    ],
  ])('R88 refuses a page message with %s', (_, message) => {
    expect(accepts(PageSeen, message)).toBe(false);
  });

  it.each([
    { type: 'view_tab' },
    { type: 'view_tab', tab: -1 },
    { type: 'view_tab', tab: '1' },
    { type: 'clear_stored', tab: 1 },
    { type: 'set_always', always: 'yes' },
    { type: 'check_receipt', tab: 1, receipt: 'x'.repeat(CAPS.receipt + 1) },
    { type: 'constructor' },
    null,
  ])('refuses %j of the extension’s pages', (message) => {
    expect(accepts(Ask, message)).toBe(false);
  });

  it('is closed between background and content script too', () => {
    expect(accepts(AskPage, { type: 'look' })).toBe(true);
    expect(accepts(AskPage, { type: 'eval', code: '1' })).toBe(false);
    expect(accepts(PageReceipts, { state: 'given', receipts: ['x'.repeat(CAPS.receipt + 1)], left: 0 })).toBe(false);
    expect(accepts(PageReceipts, { state: 'given', receipts: Array(CAPS.receipts + 1).fill(''), left: 0 })).toBe(false);
  });
});
