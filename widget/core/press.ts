// What somebody has pressed looks so until it is done (button-style.ts): on a slow line that may take a second.

/** Does the work once, however often the button is pressed meanwhile. */
export async function press(button: Element, work: () => Promise<unknown>): Promise<void> {
  if (button.hasAttribute('aria-busy')) return;
  button.setAttribute('aria-busy', 'true');
  await work().finally(() => button.removeAttribute('aria-busy'));
}
