// Opens the preference centre as a modal dialog in the control's root.
import { render } from 'preact';

import type { Widget } from '../core/widget.ts';
import { CENTRE_STYLE } from './centre-style.ts';
import { PreferenceCentre } from './preference-centre.tsx';
import { Receipts } from './receipts.tsx';
import type { Interface } from './ui.ts';

/** Keeps the focus inside: the dialog's own inertness lets it wander into the browser's bars. */
function holdFocus(dialog: HTMLDialogElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  const stops = [...dialog.querySelectorAll<HTMLElement>('a[href],button,input,summary')].filter((stop) =>
    stop.checkVisibility(),
  );
  const [first, last] = [stops[0], stops.at(-1)];
  const at = (dialog.getRootNode() as ShadowRoot).activeElement;
  const wrapped = event.shiftKey ? at === first && last : at === last && first;
  if (!wrapped) return;
  event.preventDefault();
  wrapped.focus();
}

/** Gives the function that opens it: resolves when it is on screen, rejects while its words can't be loaded. */
export function createCentre(widget: Widget, choose: Interface['choose']): () => Promise<void> {
  let opened: HTMLDialogElement | null = null;
  widget.addStyle(widget.root, CENTRE_STYLE);
  return async () => {
    const details = await widget.details();
    const receipts = await widget
      .recorder()
      .then((recorder) => recorder.receipts())
      .catch(() => []);
    if (opened) return;
    const dialog = document.createElement('dialog');
    opened = dialog;
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-labelledby', 'centre-title');
    dialog.addEventListener('keydown', (event) => holdFocus(dialog, event));
    // Esc and whatever else closes it changes nothing (R4).
    dialog.addEventListener('close', () => {
      render(null, dialog);
      dialog.remove();
      opened = null;
    });
    widget.root.append(dialog);
    render(
      <PreferenceCentre {...{ widget, details, choose }} close={() => dialog.close()}>
        <Receipts receipts={receipts} words={details.words} />
      </PreferenceCentre>,
      dialog,
    );
    dialog.showModal();
    dialog.querySelector<HTMLElement>('#centre-title')?.focus();
  };
}
