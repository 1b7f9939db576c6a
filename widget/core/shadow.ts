// Open shadow roots with constructed style sheets: nothing of the page reaches in, and no inline style needs a CSP exception.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { BASE_STYLE } from './style.ts';

export function addStyle(root: ShadowRoot | Document, css: string): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets.push(sheet);
  return sheet;
}

export function addRoot(host: HTMLElement, theme?: WidgetBoot['theme']): ShadowRoot {
  if (theme) host.style.colorScheme = theme;
  const root = host.attachShadow({ mode: 'open' });
  addStyle(root, BASE_STYLE);
  return root;
}
