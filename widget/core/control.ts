// The small "Privacy choices" control that stays on every page.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import { setLanguage } from './language.ts';
import { addRoot, addStyle } from './shadow.ts';
import { ROOM_STYLE } from './style.ts';

export interface Control {
  host: HTMLElement;
  root: ShadowRoot;
  show(is: boolean): void;
  button: HTMLElement;
}

/** The host `<candour-choices>` also holds the preference centre once that is opened. */
export function createControl({ control, theme, words }: WidgetBoot, open: () => unknown): Control {
  const host = document.createElement('candour-choices');
  const root = addRoot(host, theme);
  const button = document.createElement('button');
  button.className = `control ${control}`;
  button.part = 'control';
  button.onclick = open;
  root.append(button);
  setLanguage(host, words);
  button.textContent = words.control;
  const room = addStyle(document, ROOM_STYLE);
  return {
    host,
    root,
    button,
    show(is) {
      room.disabled = button.hidden = !is || control === false;
    },
  };
}
