// Open shadow roots with constructed style sheets: nothing of the page reaches in, and no inline style needs a CSP exception.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { BASE_STYLE } from './style.ts';

export function addStyle(root: ShadowRoot | Document, css: string): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

export function addRoot(host: HTMLElement, theme?: WidgetBoot['theme']): ShadowRoot {
  if (theme) host.style.colorScheme = theme;
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(BASE_STYLE);
  root.adoptedStyleSheets = [sheet];
  return root;
}
