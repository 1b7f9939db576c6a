// The small "Privacy choices" control that stays on every page, and the place where a choice is confirmed in words.
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
  announce(text: string): void;
}

/** The host `<candour-choices>` also holds the preference centre once that is opened. */
export function createControl(boot: WidgetBoot, open: () => void): Control & { mount(): void } {
  const host = document.createElement('candour-choices');
  const root = addRoot(host);
  const button = document.createElement('button');
  button.className = `control ${boot.control}`;
  button.part = 'control';
  button.hidden = true;
  button.addEventListener('click', open);
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  root.append(said, button);
  return {
    host,
    root,
    mount() {
      // What was in front of a page that is gone is closed: put again, it would not be modal any more.
      root.querySelector('dialog')?.close();
      document.body.append(host);
    },
    say(words) {
      setLanguage(host, words);
      button.textContent = words.control;
    },
    show(is) {
      button.hidden = !is || boot.control === false;
    },
    announce(text) {
      // A class that never went away would not start the fading anew.
      said.className = '';
      void said.offsetWidth;
      said.textContent = text;
      said.className = 'said';
    },
  };
}
