// Opens the preference centre as a modal dialog in the control's root.
import { render } from 'preact';

import { noteEnded } from '../core/ended-note.ts';
import type { Widget } from '../core/widget.ts';
import { CENTRE_STYLE } from './centre-style.ts';
import { PreferenceCentre } from './preference-centre.tsx';
import type { Interface } from './ui.ts';

/** Keeps the focus inside: the dialog's own inertness lets it wander into the browser's bars. */
function holdFocus(dialog: HTMLDialogElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const stops = [...dialog.querySelectorAll<HTMLElement>('a[href],button,input,summary')].filter((stop) =>
    stop.checkVisibility(),
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const at = (dialog.getRootNode() as ShadowRoot).activeElement;
  const inside = stops.includes(at as HTMLElement);
  const wrapped = event.shiftKey ? (at === first || !inside) && last : at === last && first;
  if (!wrapped) return;
  event.preventDefault();
  wrapped.focus();
}

/** What has the focus, inside open shadow roots too. */
function focused(): HTMLElement | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement;
  return at instanceof HTMLElement ? at : null;
}

/** Where it came from, or, where that is gone with the banner, the control that stays. */
function giveBack(opener: HTMLElement | null, root: ShadowRoot): void {
  const place = opener?.isConnected && opener !== document.body ? opener : root.querySelector<HTMLElement>('.control');
  place?.focus();
}

/** What ran with a consent that is gone ends with the page; nothing of it left, this page asks by itself. */
function askAfterErasure({ boot, hasRun, mayRun }: Widget, askAgain: () => void): void {
  const ran = boot.purposes.filter(({ id }) => hasRun(id) && !mayRun(id)).map(({ id }) => id);
  if (ran.length === 0 || boot.reload === false) return askAgain();
  noteEnded(boot.site, ran.join(' '));
  location.reload();
}

/**
 * Gives the function that opens it: resolves when it is on screen, rejects while its words can't be loaded. `askAgain`: after what
 * was stored was erased.
 */
export function createCentre(widget: Widget, choose: Interface['choose'], askAgain: () => void): () => Promise<void> {
  const { root } = widget;
  let opened: HTMLDialogElement | null = null;
  widget.addStyle(root, CENTRE_STYLE);
  return async () => {
    const opener = focused();
    const details = await widget.details();
    if (opened) return;
    const dialog = document.createElement('dialog');
    let erased = false;
    opened = dialog;
    // Put again into a page that swapped what it stands in, it would not be modal any more.
    const aside = new MutationObserver(() => void (dialog.matches(':modal') || dialog.close()));
    aside.observe(document, { childList: true, subtree: true });
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-labelledby', 'centre-title');
    dialog.addEventListener('keydown', (event) => holdFocus(dialog, event));
    // Esc and whatever else closes it changes nothing (R4).
    dialog.addEventListener('close', () => {
      aside.disconnect();
      render(null, dialog);
      dialog.remove();
      opened = null;
      giveBack(opener, root);
      if (erased) askAfterErasure(widget, askAgain);
    });
    root.append(dialog);
    const close = (): void => {
      // Said while the dialog was in front, it was said to nobody.
      const said = root.querySelector('[role=status]')?.textContent;
      dialog.close();
      if (said) widget.announce(said);
    };
    const shown = { widget, details, choose, close, erased: () => void (erased = true) };
    render(<PreferenceCentre {...shown} />, dialog);
    dialog.showModal();
    dialog.querySelector<HTMLElement>('#centre-title')?.focus();
  };
}
