// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';

import { firstWords } from '../../test/support/example-widget.ts';
import { createGate, type Gate } from './gate.ts';
import { speak } from './language.ts';

let allowed: Set<string>;
let asked: string[][];

function page(html: string, ...purposes: string[]): Gate {
  speak(firstWords());
  document.body.innerHTML = html;
  allowed = new Set(purposes);
  asked = [];
  const gate = createGate(
    (purpose) => allowed.has(purpose),
    (_element, ids) => void asked.push(ids),
  );
  gate.watch(() => undefined);
  return gate;
}
const one = <T extends Element>(selector: string): T => document.querySelector<T>(selector) as T;
const placeholders = () => [...document.querySelectorAll('candour-placeholder')];

afterEach(() => {
  document.body.innerHTML = '';
});

describe('an element with data-src', () => {
  it('R15 has no address before its purpose is given, and loses it when that is withdrawn', () => {
    const gate = page('<img data-purpose="statistics" data-src="https://tags.example/pixel.gif">');
    expect(one('img').hasAttribute('src')).toBe(false);
    allowed.add('statistics');
    gate.sweep();
    expect(one('img').getAttribute('src')).toBe('https://tags.example/pixel.gif');
    allowed.clear();
    gate.sweep();
    expect(one('img').hasAttribute('src')).toBe(false);
  });

  it('R23 of several purposes needs all of them', () => {
    const gate = page('<img data-purpose="statistics  advertising" data-src="/x">', 'statistics');
    expect(one('img').hasAttribute('src')).toBe(false);
    allowed.add('advertising');
    gate.sweep();
    expect(one('img').hasAttribute('src')).toBe(true);
  });

  it('of no purpose that is configured stays held', () => {
    page('<img data-purpose=" " data-src="/x"><img data-purpose="unheard-of" data-src="/y">', 'statistics');
    expect(document.querySelectorAll('img[src]')).toHaveLength(0);
  });

  it('is set in the attribute that its element loads from', () => {
    page(
      '<object data-purpose="media" data-src="/film"></object><link rel="prefetch" data-purpose="media" data-src="/next">',
      'media',
    );
    expect(one('object').getAttribute('data')).toBe('/film');
    expect(one('link').getAttribute('href')).toBe('/next');
  });

  it('is found when it is added later', async () => {
    page('', 'statistics');
    document.body.insertAdjacentHTML('beforeend', '<div><img data-purpose="statistics" data-src="/late"></div>');
    await vi.waitFor(() => expect(one('img').getAttribute('src')).toBe('/late'));
  });
});

describe('a held embed', () => {
  const EMBED = '<video width="560" height="315" data-purpose="media" data-src="https://films.example/1"></video>';

  it('R11 is a placeholder that names the host, with one button that asks for its purpose', () => {
    page(EMBED);
    const [placeholder] = placeholders();
    expect(placeholder?.shadowRoot?.textContent).toContain('films.example');
    const buttons = placeholder?.shadowRoot?.querySelectorAll('button') ?? [];
    expect(buttons).toHaveLength(1);
    buttons[0]?.click();
    expect(asked).toEqual([['media']]);
    expect(one('video').hasAttribute('src')).toBe(false);
  });

  it('is put back when it may load, and becomes a placeholder again when it may not', () => {
    const gate = page(EMBED);
    allowed.add('media');
    gate.sweep();
    expect(placeholders()).toHaveLength(0);
    expect(one('video').getAttribute('src')).toBe('https://films.example/1');
    expect(one<HTMLElement>('video').style.display).toBe('');
    allowed.clear();
    gate.sweep();
    gate.sweep();
    expect(placeholders()).toHaveLength(1);
  });

  it('R9 that plays stops playing when its purpose is withdrawn', () => {
    const gate = page(`${EMBED}<audio data-purpose="media" data-src="/song"></audio>`, 'media');
    const media = [one<HTMLMediaElement>('video'), one<HTMLMediaElement>('audio')];
    const done = media.map((element) => {
      const calls: string[] = [];
      for (const name of ['pause', 'load'] as const)
        element[name] = () => void calls.push(`${name} ${element.getAttribute('src') ?? 'nothing'}`);
      return calls;
    });
    allowed.clear();
    gate.sweep();
    expect(done).toEqual(Array(2).fill(['pause nothing', 'load nothing']));
  });

  it('with an address that is none does not stop the others', () => {
    page(`<audio data-purpose="media" data-src="http://[broken"></audio>${EMBED}`);
    expect(placeholders()).toHaveLength(2);
  });
});

describe('a held script', () => {
  const types = () => [...document.querySelectorAll('script')].map(({ type }) => type);

  it('runs in the order of the page once given, as the very element that the page had', async () => {
    const gate = page(
      `<script type="text/plain" data-purpose="statistics">1</script><script type="text/plain" data-type="module" data-purpose="statistics">2</script>
       <script type="text/plain" data-purpose="advertising">3</script><script type="text/plain">4</script>`,
    );
    const elements = [...document.querySelectorAll('script')];
    expect(types()).toEqual(Array(4).fill('text/plain'));
    allowed.add('statistics');
    gate.sweep();
    await vi.waitFor(() => expect(types()).toEqual(['', 'module', 'text/plain', 'text/plain']));
    expect([...document.querySelectorAll('script')]).toEqual(elements);
  });

  it('does not run when its purpose is withdrawn while it waits', async () => {
    const gate = page('<script type="text/plain" data-purpose="statistics">1</script>');
    allowed.add('statistics');
    gate.sweep();
    allowed.clear();
    await Promise.resolve();
    await Promise.resolve();
    expect(types()).toEqual(['text/plain']);
  });
});
