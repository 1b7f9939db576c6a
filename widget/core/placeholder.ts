// What stands in for an embed that is held back: plain words and one button. Removed as soon as the embed may load.
import { first } from '../messages/en.ts';
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

/** What a placeholder says: also what is recorded when its button is pressed. */
export const placeholderScreen = (element: HTMLElement): Screen => ({
  layout: 'placeholder',
  words: [{ id: 'embed', text: first.embed(hostOf(element)) }],
  controls: [{ id: 'allow', kind: 'button', name: first.embedAllow }],
});

/** `allow` null: the embed itself is shown again. */
export function showPlaceholder(element: HTMLElement, allow: (() => void) | null): void {
  const host = shown.get(element);
  if (!allow) {
    host?.remove();
    shown.delete(element);
    element.style.removeProperty('display');
    return;
  }
  if (host) return;
  const placeholder = document.createElement('candour-placeholder');
  const root = addRoot(placeholder);
  const text = document.createElement('p');
  const button = document.createElement('button');
  text.textContent = first.embed(hostOf(element));
  button.textContent = first.embedAllow;
  button.addEventListener('click', allow);
  root.append(text, button);
  const { width, height } = element as HTMLIFrameElement;
  if (Number(width) > 0) placeholder.style.maxInlineSize = `${width}px`;
  if (Number(height) > 0) placeholder.style.minBlockSize = `${height}px`;
  element.style.setProperty('display', 'none', 'important');
  element.before(placeholder);
  shown.set(element, placeholder);
}
