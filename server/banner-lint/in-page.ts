// Runs in the page that is looked at: finds the consent banner, whoever made it, and measures its controls. One function without
// imports, because the browser is given its text.
import type { BannerControl, FormBox, Layer } from '../../shared/banner-lint/page-description.ts';
import type { PageElement, PageRoot, PageWindow } from './dom.ts';

export interface PageWords {
  accept: string;
  reject: string;
  settings: string;
  save: string;
  close: string;
  pay: string;
  notice: string;
  withdraw: string;
  vague: string;
  consent: string;
  partners: string;
}

export interface Look {
  url: string;
  pageLanguage: string | null;
  banner: Layer | null;
  /** For each control of the banner, its place among the elements kept. */
  pressable: number[];
  boxes: FormBox[];
  /** Controls that open the choices again, outside a banner. */
  withdraw: { selector: string; href: string | null; index: number } | null;
  /** Paths of other pages of this origin. */
  routes: string[];
  /** What lies over the middle of the page, or hides it; null: nothing. */
  blocked: string | null;
}

export function look(words: PageWords): Look {
  const page = globalThis as unknown as PageWindow;
  const { document } = page;
  const is = (pattern: string, text: string): boolean => new RegExp(pattern, 'iu').test(text);
  const tidy = (text: string | null | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();

  /** With the content of open shadow roots, in the order of the page. */
  const all = (root: PageRoot | PageElement): PageElement[] =>
    Array.from(root.querySelectorAll('*')).flatMap((element) => [
      element,
      ...(element.shadowRoot ? all(element.shadowRoot) : []),
    ]);
  const parentOf = (element: PageElement): PageElement | null => element.parentElement ?? element.getRootNode().host ?? null;
  const ancestors = (element: PageElement): PageElement[] => {
    const found: PageElement[] = [];
    for (let at: PageElement | null = element; at; at = parentOf(at)) found.push(at);
    return found;
  };
  const within = (outer: PageElement, inner: PageElement): boolean => ancestors(inner).includes(outer);
  const isShown = (element: PageElement): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return (
      width > 1 &&
      height > 1 &&
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true })
    );
  };
  const selectorOf = (element: PageElement): string => {
    const parts: string[] = [];
    for (let at: PageElement | null = element; at && at.tagName !== 'HTML';) {
      const tag = at.tagName.toLowerCase();
      if (at.id) {
        parts.unshift(`${tag}#${at.id}`);
        at = at.getRootNode().host ?? null;
        if (at) parts.unshift('>>>');
        continue;
      }
      const parent: PageElement | null = at.parentElement;
      const same: PageElement[] = parent ? Array.from(parent.children).filter((one) => one.tagName === at?.tagName) : [];
      parts.unshift(same.length > 1 ? `${tag}:nth-of-type(${same.indexOf(at) + 1})` : tag);
      if (!parent && at.getRootNode().host) parts.unshift('>>>');
      at = parent ?? at.getRootNode().host ?? null;
    }
    return parts.slice(-9).join(' > ').replaceAll(' > >>> > ', ' >>> ').slice(0, 300);
  };

  /** The text of an element and of what its shadow root shows. */
  const textOf = (element: PageElement): string => {
    const own = tidy(element.innerText ?? element.textContent);
    const shadows = all(element)
      .concat(element)
      .filter((one) => one.shadowRoot);
    const inner = shadows.flatMap((one) =>
      Array.from(one.shadowRoot?.querySelectorAll(':not(style, script, template)') ?? [])
        .filter((child) => child.parentElement === null)
        .map((child) => tidy(child.innerText)),
    );
    return tidy([own, ...inner].join(' ')).slice(0, 8000);
  };
  const labelOf = (element: PageElement): string => {
    const root = element.getRootNode();
    const labelled = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter(Boolean);
    const byId = labelled.map((id) => tidy(root.getElementById(id)?.textContent)).join(' ');
    const labels = Array.from(element.labels ?? [])
      .map((label) => tidy(label.innerText))
      .join(' ');
    const isField = element.tagName === 'INPUT';
    const own = isField
      ? /^(submit|button)$/.test(element.type ?? '')
        ? element.value
        : ''
      : (element.innerText ?? element.textContent);
    const image = element.querySelector('img[alt]')?.getAttribute('alt');
    return tidy(
      tidy(element.getAttribute('aria-label')) ||
        byId ||
        labels ||
        tidy(own) ||
        image ||
        tidy(element.getAttribute('title')) ||
        (isField ? tidy(element.parentElement?.innerText) : ''),
    ).slice(0, 300);
  };

  const TOGGLE = 'input[type=checkbox],input[type=radio],[role=switch],[role=checkbox],[role=radio]';
  const PRESS = 'button,a,[role=button],[role=link],input[type=submit],input[type=button],[onclick],summary';
  const isToggle = (element: PageElement): boolean => element.matches(TOGGLE);
  const actOf = (element: PageElement, name: string): BannerControl['act'] => {
    if (isToggle(element)) return 'toggle';
    const isLink = element.matches('a[href]');
    if (isLink && is(words.notice, name)) return 'notice';
    // "Reject all and pay" is the refusal, and what it costs.
    if (is(words.reject, name)) return 'reject';
    if (is(words.pay, name)) return 'pay';
    if (is(words.save, name)) return 'save';
    if (is(words.accept, name)) return 'accept';
    if (is(words.close, name)) return 'close';
    if (is(words.vague, name)) return 'accept';
    if (is(words.partners, name)) return 'partners';
    if (is(words.notice, name)) return 'notice';
    return is(words.settings, name) ? 'settings' : 'other';
  };

  // Colours of any notation, by the browser's own reading.
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [1, 1];
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const rgba = (colour: string): number[] => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = '#000';
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return Array.from(context.getImageData(0, 0, 1, 1).data);
  };
  const over = (top: number[], bottom: number[]): number[] => {
    const alpha = (top[3] ?? 0) / 255;
    return [0, 1, 2].map((i) => (top[i] ?? 0) * alpha + (bottom[i] ?? 0) * (1 - alpha)).concat(255);
  };
  const background = (chain: readonly PageElement[]): number[] | null => {
    const [first, ...rest] = chain;
    if (!first) return [255, 255, 255, 255];
    const style = page.getComputedStyle(first);
    if (style['backgroundImage'] !== 'none') return null;
    const own = rgba(style['backgroundColor'] ?? '');
    if (own[3] === 255) return own;
    const behind = background(rest);
    return behind && over(own, behind);
  };
  const luminance = (colour: number[]): number => {
    const [r = 0, g = 0, b = 0] = colour.map((c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrastOf = (a: number[], b: number[]): number => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
    return Math.round(((high + 0.05) / (low + 0.05)) * 100) / 100;
  };

  const deepFocus = (): PageElement | null => {
    let at = document.activeElement;
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
    return at;
  };
  const measure = (element: PageElement): BannerControl => {
    const style = page.getComputedStyle(element);
    const chain = ancestors(element);
    const [behind, around] = [background(chain), background(chain.slice(1))];
    const ownImage = style['backgroundImage'] !== 'none';
    const against = behind && around ? contrastOf(behind, around) : 1;
    const border =
      parseFloat(style['borderTopWidth'] ?? '0') > 0 &&
      style['borderTopStyle'] !== 'none' &&
      (rgba(style['borderTopColor'] ?? '')[3] ?? 0) > 0;
    const { width, height } = element.getBoundingClientRect();
    const name = labelOf(element);
    const act = actOf(element, name);
    const isButton = element.matches('button,[role=button],input[type=submit],input[type=button]');
    const looksPlain = !border && !ownImage && against < 1.05;
    const submitters = element.form ? Array.from(element.form.querySelectorAll('button:not([type]),[type=submit]')) : [];
    return {
      selector: selectorOf(element),
      name,
      act,
      vague: act === 'accept' && is(words.vague, name) && !is(words.accept, name),
      kind:
        act === 'toggle'
          ? 'toggle'
          : isButton
            ? looksPlain
              ? 'text'
              : 'button'
            : element.matches('a[href],[role=link]')
              ? 'link'
              : 'text',
      width: Math.round(width * 10) / 10,
      height: Math.round(height * 10) / 10,
      fontSize: style['fontSize'] ?? '',
      fontWeight: style['fontWeight'] ?? '',
      border,
      fill: ownImage || against >= 1.3 ? 'filled' : against >= 1.05 ? 'faint' : 'none',
      contrast: behind ? contrastOf(over(rgba(style['color'] ?? ''), behind), behind) : null,
      checked: element.checked === true || element.getAttribute('aria-checked') === 'true',
      disabled: element.disabled === true || element.getAttribute('aria-disabled') === 'true',
      focusable: element.tabIndex >= 0 && (isButton || element.matches('a[href],input,summary,[tabindex]')),
      focused: deepFocus() === element,
      submits: submitters[0] === element,
      href: element.getAttribute('href'),
    };
  };

  const elements = all(document);
  const isUsable = (element: PageElement): boolean =>
    isShown(element) ||
    (isToggle(element) &&
      [...Array.from(element.labels ?? []), ...(parentOf(element) ? [parentOf(element)] : [])].some(
        (one) => one && isShown(one),
      ));
  const controls = elements.filter((element) => element.matches(`${PRESS},${TOGGLE}`) && isUsable(element));
  const named = controls.map((element) => ({ element, name: labelOf(element) }));

  /** Laid over the page, a dialog, or an element of a component: where a banner begins. */
  const isSurface = (element: PageElement): boolean =>
    /^(fixed|sticky)$/.test(page.getComputedStyle(element)['position'] ?? '') ||
    element.matches('dialog,[role=dialog],[role=alertdialog],[aria-modal=true]');
  /** In the flow of the page: only what offers more than one answer is a banner there, and not a placeholder with one button. */
  const isInFlow = (element: PageElement): boolean =>
    element.matches('[role=region],section,aside,[aria-label]') &&
    textOf(element).length < 4000 &&
    new Set(answers.filter((one) => within(element, one.element)).map((one) => actOf(one.element, one.name))).size > 1;
  const answers = named.filter(({ element, name }) => /^(accept|reject|save)$/.test(actOf(element, name)));
  const surfaceOf = (element: PageElement): PageElement | null => {
    const chain = ancestors(element).filter((one) => !/^(HTML|BODY)$/.test(one.tagName));
    const about = chain.filter((one) => one !== element && is(words.consent, textOf(one)));
    return about.find(isSurface) ?? about.find(isInFlow) ?? null;
  };
  const surfaces = answers.map(({ element }) => surfaceOf(element)).filter((one) => one !== null);
  // A dialog over a banner is what counts; else what holds most answers.
  const isDialog = (one: PageElement): boolean => one.matches('dialog,[aria-modal=true]');
  const ranked = [...new Set(surfaces)].toSorted(
    (a, b) =>
      Number(isDialog(b)) - Number(isDialog(a)) ||
      surfaces.filter((one) => one === b).length - surfaces.filter((one) => one === a).length,
  );
  const surface = ranked[0] ?? null;
  const inside = surface ? named.filter(({ element }) => within(surface, element)) : [];
  const languageAt = surface
    ? ancestors(surface)
        .concat(all(surface).slice(0, 3))
        .find((one) => one.tagName !== 'HTML' && one.getAttribute('lang'))
    : undefined;
  const kept: PageElement[] = inside.map(({ element }) => element);

  const outside = named.filter(({ element }) => !surface || !within(surface, element));
  const again = outside.find(
    ({ element, name }) =>
      !isToggle(element) &&
      (element.getAttribute('href') === '#candour' ||
        element.getAttribute('data-candour') === 'choices' ||
        (is(words.withdraw, name) && !is(words.notice, name))),
  );
  if (again) kept.push(again.element);
  page.candourLint = kept;

  const here = new URL(page.location.href);
  const routes = elements
    .filter((element) => element.matches('a[href]'))
    .flatMap((element) => {
      const href = element.getAttribute('href') ?? '';
      if (!URL.canParse(href, here.href)) return [];
      const url = new URL(href, here.href);
      return url.origin === here.origin && url.pathname !== here.pathname && !/\.(?!html?$)\w{2,5}$/.test(url.pathname)
        ? [url.pathname]
        : [];
    });
  const overlay = elements.find((element) => {
    if (!isShown(element) || page.getComputedStyle(element)['position'] !== 'fixed') return false;
    const box = element.getBoundingClientRect();
    return (
      box.width >= page.innerWidth * 0.9 &&
      box.height >= page.innerHeight * 0.9 &&
      page.getComputedStyle(element)['pointerEvents'] !== 'none'
    );
  });
  return {
    url: page.location.href,
    pageLanguage: document.documentElement.getAttribute('lang'),
    banner: surface && {
      selector: selectorOf(surface),
      controls: inside.map(({ element }) => measure(element)),
      text: textOf(surface),
      language: languageAt?.getAttribute('lang') ?? null,
      modal: surface.matches('[aria-modal=true],dialog') || overlay !== undefined,
      fields: all(surface)
        .filter((one) => one.matches('input[type=email],input[type=password],input[type=text],input[type=tel],input[type=file]'))
        .map((one) => `${one.getAttribute('type') ?? 'text'}: ${labelOf(one)}`),
    },
    pressable: inside.map((_, i) => i),
    boxes: outside
      .filter(({ element }) => element.matches('input[type=checkbox]'))
      .map(({ element, name }) => ({ selector: selectorOf(element), label: name, checked: element.checked === true })),
    withdraw: again
      ? { selector: selectorOf(again.element), href: again.element.getAttribute('href'), index: kept.length - 1 }
      : null,
    routes: [...new Set(routes)].slice(0, 5),
    blocked: overlay ? selectorOf(overlay) : null,
  };
}
