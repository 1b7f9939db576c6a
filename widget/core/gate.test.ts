// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from 'vitest';

import { createElements } from './elements.ts';
import { createGate, type Gate } from './gate.ts';

let allowed: Set<string>;
/** Embeds that the gate has told of, as they stood. */
let told: string[];

function page(html: string, ...purposes: string[]): Gate {
  document.body.innerHTML = html;
  allowed = new Set(purposes);
  told = [];
  const gate: Gate = createGate((purpose) => allowed.has(purpose), vi.fn<() => void>());
  const elements = createElements(gate, (element) => {
    told.push(`${element.tagName} ${elements.isOpen(element) ? 'open' : 'held'}`);
  });
  gate.elements = elements;
  gate.watch(
    () => undefined,
    () => undefined,
  );
  return gate;
}
const one = <T extends Element>(selector: string): T => document.querySelector<T>(selector) as T;

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

  it('brings its other sizes, its poster and its sources along, and takes them back', () => {
    const gate = page(
      `<img data-purpose="media" data-src="/s" data-srcset="/m 2x" data-sizes="50vw">
       <video data-purpose="media" data-poster="/poster"><source data-src="/film"><track data-src="/words"></video>
       <picture data-purpose="media"><source data-srcset="/wide"><img data-src="/narrow"><img data-purpose="statistics" data-src="/no"></picture>`,
    );
    const loading = () =>
      [...document.querySelectorAll('body *')].flatMap((element) =>
        ['src', 'srcset', 'sizes', 'poster'].flatMap((name) => element.getAttribute(name) ?? []),
      );
    expect(loading()).toEqual([]);
    allowed.add('media');
    gate.sweep();
    expect(loading()).toEqual(['/s', '/m 2x', '50vw', '/poster', '/film', '/words', '/wide', '/narrow']);
    allowed.clear();
    gate.sweep();
    expect(loading()).toEqual([]);
  });

  it('is found when it is added later, and when its purpose or address is set later', async () => {
    page('', 'statistics');
    document.body.insertAdjacentHTML('beforeend', '<div><img data-purpose="statistics" data-src="/late"></div><img id="bare">');
    await vi.waitFor(() => expect(one('img').getAttribute('src')).toBe('/late'));
    const bare = one<HTMLElement>('#bare');
    bare.dataset.src = '/first';
    bare.dataset.purpose = 'statistics';
    await vi.waitFor(() => expect(bare.getAttribute('src')).toBe('/first'));
    bare.dataset.src = '/second';
    await vi.waitFor(() => expect(bare.getAttribute('src')).toBe('/second'));
  });

  it('is not set again over what the page has made of it since', () => {
    const gate = page('<img data-purpose="statistics" data-src="/x">', 'statistics');
    one('img').setAttribute('src', '/y');
    gate.sweep();
    expect(one('img').getAttribute('src')).toBe('/y');
  });
});

describe('a held embed', () => {
  const EMBED = '<video width="560" height="315" data-purpose="media" data-src="https://films.example/1"></video>';

  it('is told of with each look while it is held, and once when it is not any more', () => {
    const gate = page(`${EMBED}<img data-purpose="media" data-src="/x">`);
    expect(told).toEqual(['VIDEO held']);
    gate.sweep();
    allowed.add('media');
    gate.sweep();
    gate.sweep();
    expect(told).toEqual(['VIDEO held', 'VIDEO held', 'VIDEO open']);
    expect(one('video').getAttribute('src')).toBe('https://films.example/1');
  });

  it('is told of to nobody where its purpose is given from the start', () => {
    page(EMBED, 'media');
    expect(told).toEqual([]);
  });

  it('R11 may be asked for on its own, and of its purpose nothing else runs', () => {
    const gate = page(`${EMBED}<audio data-purpose="media" data-src="/f"></audio>`);
    gate.once.add(one('video'));
    gate.sweep();
    expect(one('video').hasAttribute('src')).toBe(true);
    expect(one('audio').hasAttribute('src')).toBe(false);
    expect(gate.hasRun('media')).toBe(false);
  });

  it('R9 that plays is taken out and put back without its address when its purpose is withdrawn', () => {
    const gate = page(`<p>before</p>${EMBED}<audio data-purpose="media" data-src="/song"></audio>`, 'media');
    const media = [one<HTMLMediaElement>('video'), one<HTMLMediaElement>('audio')];
    const before = [...document.body.children];
    const done = media.map((element) => {
      const calls: string[] = [];
      element.load = () => void calls.push(`load ${element.getAttribute('src') ?? 'nothing'}`);
      element.replaceWith = (place) => {
        calls.push('taken out');
        element.parentNode?.replaceChild(place as Node, element);
      };
      return calls;
    });
    allowed.clear();
    gate.sweep();
    expect(done).toEqual(Array(2).fill(['taken out', 'load nothing']));
    expect([...document.body.children]).toEqual(before);
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
    expect([gate.hasRun('statistics'), gate.hasRun('advertising')]).toEqual([true, false]);
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
