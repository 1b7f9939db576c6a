// The banner as a dialog in front of the page: only sites with that layout load this.

/** Tab goes round inside: left to itself the browser would go on to its own bars. */
function goRound(dialog: HTMLElement, event: KeyboardEvent): void {
  if (event.key !== 'Tab') return;
  event.preventDefault();
  const stops = [...dialog.querySelectorAll<HTMLElement>('a,button,input')];
  const at = stops.indexOf((dialog.getRootNode() as ShadowRoot).activeElement as HTMLElement);
  stops.at(event.shiftKey ? Math.max(at, 0) - 1 : (at + 1) % stops.length)?.focus();
}

/**
 * Shows it in front of the page. Escape and a press beside it are no choice (R4), and no page is held back for one (R10): they put it
 * aside, as a box that stays on the page and asks on. `stays`: the site is paid for by consent or by money, and goes on with an answer.
 */
export function showModal(dialog: HTMLDialogElement, putAside: () => void, stays: boolean): void {
  dialog.addEventListener('keydown', (event) => goRound(dialog, event));
  dialog.addEventListener('click', ({ target, clientX, clientY }) => {
    const { left, right, top, bottom } = dialog.getBoundingClientRect();
    const isBeside = clientX < left || clientX > right || clientY < top || clientY > bottom;
    if (target === dialog && isBeside && !stays) dialog.close();
  });
  dialog.addEventListener('close', () => {
    // Answered, and gone.
    if (!dialog.isConnected) return;
    // A browser closes it at the second Escape, whatever the first was told.
    if (stays) return dialog.showModal();
    dialog.removeAttribute('aria-modal');
    dialog.setAttribute('role', 'region');
    dialog.className = 'banner box';
    dialog.open = true;
    putAside();
  });
  dialog.setAttribute('aria-modal', 'true');
  dialog.showModal();
  // Not on one of the answers: none is nearer than another (L8).
  dialog.querySelector<HTMLElement>('h2')?.focus();
}
