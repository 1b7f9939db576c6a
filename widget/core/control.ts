// The small "Privacy choices" control that stays on every page.
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { FirstWords } from '../../shared/site/words.ts';
import { setLanguage } from './language.ts';
import { addRoot } from './shadow.ts';

export interface Control {
  host: HTMLElement;
  root: ShadowRoot;
  show(is: boolean): void;
  /** In these words from now on. */
  say(words: FirstWords): void;
}

/** The host `<candour-choices>` also holds the preference centre once that is opened. */
export function createControl({ control, theme, words }: WidgetBoot, open: () => unknown): Control {
  const host = document.createElement('candour-choices');
  const root = addRoot(host, theme);
  const button = document.createElement('button');
  button.className = `control ${control}`;
  button.part = 'control';
  button.hidden = true;
  button.onclick = open;
  root.append(button);
  const say = (said: FirstWords): void => {
    setLanguage(host, said);
    button.textContent = said.control;
  };
  say(words);
  return {
    host,
    root,
    say,
    show(is) {
      button.hidden = !is || control === false;
    },
  };
}
