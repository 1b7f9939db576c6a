/** ms. Later than that it is done whatever else there is to do. */
const LATEST = 1000;

/** When the page has nothing better to do: what was just shown is painted, and a press is answered, first. */
export function whenIdle(act: () => void): void {
  // Safari has none.
  (window.requestIdleCallback ?? setTimeout)(act, { timeout: LATEST } as IdleRequestOptions & number);
}
