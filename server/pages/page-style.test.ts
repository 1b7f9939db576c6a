import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { indexPage } from './index-page.ts';
import { pageStyle } from './page-style.ts';
import { problemPage } from './problem-page.ts';

const THEME = readFileSync(new URL('../../shared/theme.css', import.meta.url), 'utf8');
const tokens = (css: string): string[] =>
  [...css.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6})/g)].map(([, name, value]) => `${name} ${value}`);

/** WCAG 2 relative luminance of #rrggbb. */
function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const themes = THEME.split('@media').map((part) =>
  Object.fromEntries(tokens(part).map((token) => token.split(' ') as [string, string])),
);

describe('the colours', () => {
  it('are the same on the pages and in the dashboard, and light on paper', () => {
    expect(tokens(THEME).length).toBeGreaterThan(30);
    expect(pageStyle.startsWith(THEME.trim())).toBe(true);
    expect(tokens(pageStyle)).toEqual(tokens(THEME));
    expect(THEME.match(/@media[^{]+/g)).toEqual(['@media screen and (prefers-color-scheme: dark) ']);
  });

  it.each([
    ['light', 0],
    ['dark', 1],
  ])('are readable in the %s theme: 4.5 to 1 for text, 3 to 1 for edges', (_name, theme) => {
    const colour = (name: string): string => themes[theme]?.[name] ?? '';
    const texts = ['ink', 'muted', 'accent', 'warn', 'bad', 'good', 'given', 'refused', 'withdrawn', 'objected'];
    for (const text of texts)
      for (const ground of ['paper', 'surface', 'sunken'])
        expect([text, ground, contrast(colour(text), colour(ground)) >= 4.5]).toEqual([text, ground, true]);
    for (const [text, ground] of [
      ['accent-ink', 'accent'],
      ['accent', 'accent-soft'],
      ['ink', 'mark'],
      ['ink', 'warn-soft'],
      ['ink', 'bad-soft'],
      ['ink', 'good-soft'],
    ] as const)
      expect([text, ground, contrast(colour(text), colour(ground)) >= 4.5]).toEqual([text, ground, true]);
    expect(contrast(colour('edge'), colour('surface'))).toBeGreaterThanOrEqual(3);
  });
});

describe('pages without a notice', () => {
  it('the index lists what it is given and nothing else', () => {
    const html = indexPage({ version: '0.1.0', links: [{ href: '/admin', label: 'Dashboard', note: 'For operators.' }] });
    expect([...html.matchAll(/href="([^"#][^"]*)"/g)].map(([, href]) => href)).toEqual(['/pages/style.css', 'data:,', '/admin']);
    expect(html).toContain('Version 0.1.0');
  });

  it('a problem says what happened, what is safe and its code', () => {
    const html = problemPage({ type: 'about:blank', status: 503, code: 'UNAVAILABLE', title: 'Not now.', detail: '<b>disk</b>' });
    expect(html).toContain('Nothing that was acknowledged is lost.');
    expect(html).toContain('UNAVAILABLE');
    expect(html).toContain('&lt;b&gt;disk&lt;/b&gt;');
  });
});
