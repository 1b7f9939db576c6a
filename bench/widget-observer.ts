// Runs in the page before anything else of it: sees in which frame the banner is painted first. Self-contained, as it is sent as text.
export interface Seen {
  /** ms since navigation; null until then. */
  banner: number | null;
  cls: number;
  longTasks: number[];
  /** ms, of each event with an interaction; in steps of 8. */
  interactions: number[];
}

declare global {
  var candourBench: Seen;
  /** A binding of the DevTools protocol. */
  var candourBannerSeen: (nothing: string) => void;
}

export function observe({ banner, host }: { banner: string; host: string | null }): void {
  const find = (): Element | null =>
    host
      ? (document.querySelector(host)?.shadowRoot?.querySelector(banner) ?? null)
      : document.querySelector(banner || 'candour-none');
  const seen = { banner: null as number | null, cls: 0, longTasks: [] as number[], interactions: [] as number[] };
  globalThis.candourBench = seen;
  /** Not transparent, not hidden, and at least half of it in the window. */
  const isVisible = (element: Element): boolean => {
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { top, bottom, left, right, width, height } = element.getBoundingClientRect();
    const inside =
      Math.max(0, Math.min(bottom, innerHeight) - Math.max(top, 0)) *
      Math.max(0, Math.min(right, innerWidth) - Math.max(left, 0));
    return width * height > 0 && inside >= (width * height) / 2;
  };
  // A macrotask behind the frame's callbacks runs once the frame is painted.
  const after = new MessageChannel();
  after.port1.onmessage = () => {
    seen.banner ??= performance.now();
    candourBannerSeen('');
  };
  const candourBenchLook = (): void => {
    const element = find();
    if (element && isVisible(element)) after.port2.postMessage(0);
    else requestAnimationFrame(candourBenchLook);
  };
  if (banner) requestAnimationFrame(candourBenchLook);
  const watch = (
    type: string,
    each: (entry: PerformanceEntry & { value?: number; interactionId?: number }) => void,
    more = {},
  ): void => new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...more });
  watch('layout-shift', ({ value = 0 }) => (seen.cls += value));
  watch('longtask', ({ duration }) => seen.longTasks.push(duration));
  watch('event', ({ duration, interactionId }) => interactionId && seen.interactions.push(duration), { durationThreshold: 16 });
}
