import { describe, expect, it } from 'vitest';

import { noticeLink, proseLink, quoteAt, textDirective } from './notice-link.ts';

describe('the way to a sentence', () => {
  it.each([
    ['We keep it, for two years.', ':~:text=We%20keep%20it%2C%20for%20two%20years.'],
    ['A follow-up & more', ':~:text=A%20follow%2Dup%20%26%20more'],
    [
      'We use your name and your address to send what you ordered to the place you chose.',
      ':~:text=We%20use%20your%20name%20and,to%20the%20place%20you%20chose.',
    ],
    ['Orders | To deliver | Contract', ':~:text=Orders,Contract'],
    ['First line\nSecond line', ':~:text=First%20line,Second%20line'],
  ])('opens a notice in prose at %j', (quote, directive) => expect(textDirective(quote)).toBe(directive));

  it('keeps the address, and its own fragment before the directive', () => {
    expect(proseLink('https://shop.example/p?x=1#top', 'Hello')).toBe('https://shop.example/p?x=1#top:~:text=Hello');
    expect(proseLink('https://shop.example/p', '')).toBe('https://shop.example/p');
    expect(proseLink('javascript:alert(1)', 'Hello')).toBeNull();
    expect(noticeLink('javascript:alert(1)', null, 'title')).toBeNull();
  });

  it('takes the quote from its place and from nowhere else', () => {
    const notice = { activities: [{ lawfulBases: [{ evidence: { quote: 'Because.' } }] }] };
    expect(quoteAt(notice, 'activities/0/lawfulBases/0')).toBe('Because.');
    expect(quoteAt(notice, 'activities/0/constructor')).toBe('');
    expect(quoteAt(notice, 'rights/3')).toBe('');
  });
});
