// Keeps an element of ours in a page that changes under it: routers swap the body, frameworks take out what they did not put there.

/** Should a framework and this take turns for ever, it ends. */
const MOST = 999;

/** Calls `put` now, and again whenever the host has gone; ends it. A microtask after the change: nothing is painted without it. */
export function stay(host: Element, put: () => void): () => void {
  let left = MOST;
  const look = (): void => {
    if (!host.isConnected && document.body && left-- > 0) put();
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { childList: true, subtree: true });
  look();
  return () => observer.disconnect();
}
