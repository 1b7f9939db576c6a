// What stands in for an embed that is held back: plain words and one button. Removed as soon as the embed may load.
import { setLanguage, words } from './language.ts';
import type { Screen } from './widget.ts';
import { addRoot } from './shadow.ts';

const shown = new WeakMap<Element, HTMLElement>();

function hostOf({ dataset: { src = '' } }: HTMLElement): string {
  try {
    return new URL(src, document.baseURI).host;
  } catch {
    return src;
  }
}

const textOf = (element: HTMLElement): string => words.embed.split('{host}').join(hostOf(element));

/** What a placeholder says: also what is recorded when its button is pressed. */
export const placeholderScreen = (element: HTMLElement): Screen => ({
  language: words.language,
  layout: 'placeholder',
  words: [{ id: 'embed', text: textOf(element) }],
  controls: [{ id: 'allow', kind: 'button', name: words.embedAllow }],
});

function addPlaceholder(element: HTMLElement, allow: () => void): HTMLElement {
  const placeholder = document.createElement('candour-placeholder');
  const button = document.createElement('button');
  button.addEventListener('click', allow);
  addRoot(placeholder).append(document.createElement('p'), button);
  const { width, height } = element as HTMLIFrameElement;
  if (Number(width) > 0) placeholder.style.maxInlineSize = `${width}px`;
  if (Number(height) > 0) placeholder.style.minBlockSize = `${height}px`;
  element.style.setProperty('display', 'none', 'important');
  element.before(placeholder);
  shown.set(element, placeholder);
  return placeholder;
}

/** In the language of now. `allow` null: the embed itself is shown again. */
export function showPlaceholder(element: HTMLElement, allow: (() => void) | null): void {
  let host = shown.get(element);
  if (!allow) {
    host?.remove();
    shown.delete(element);
    element.style.removeProperty('display');
    return;
  }
  host ??= addPlaceholder(element, allow);
  setLanguage(host, words);
  const { firstChild, lastChild } = host.shadowRoot as ShadowRoot;
  (firstChild as Node).textContent = textOf(element);
  (lastChild as Node).textContent = words.embedAllow;
}
