// One visit in Chromium, throttled and measured through the DevTools protocol.
import { setTimeout as pause } from 'node:timers/promises';

import type { BrowserContext, CDPSession, Page } from 'playwright-core';

import type { Contestant } from './peers/contestant.ts';
import { ACCEPT, REJECT } from './peers/texts.ts';
import { observe } from './widget-observer.ts';
import { mainThread, type TraceEvent } from './widget-trace.ts';

/** 1.6 Mbit/s down, 0.75 up, 150 ms round trips, a processor a quarter as fast. */
const SLOW = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 };
const SLOW_CPU = 4;
/** Nothing under way for this long: the visit is over. */
const QUIET_MS = 700;
const BANNER_MS = 20_000;
const RECORD_MS = 20_000;

export interface Visit {
  /** ms since navigation until the frame with the banner was painted; null where none is expected. */
  banner: number | null;
  /** ms since navigation. */
  firstPaint: number;
  requests: number;
  /** Bytes of bodies as they came over the wire, without those of the HTML of a page without a banner. */
  bytes: number;
  headerBytes: number;
  /** ms on the main thread, from the trace. */
  script: number;
  task: number;
  cls: number;
  longTasks: number[];
  urls: string[];
}

interface Traffic {
  requests: number;
  body: number;
  headers: number;
  urls: string[];
  /** What was answered with success: method and URL. */
  answered: string[];
  quiet(): Promise<void>;
}

/** Counts what comes over the wire; what the cache answers counts nothing. */
function watchTraffic(session: CDPSession): Traffic {
  const open = new Map<string, { url: string; method: string; headers: number; cached: boolean }>();
  let last = Date.now();
  const traffic: Traffic = {
    requests: 0,
    body: 0,
    headers: 0,
    urls: [],
    answered: [],
    async quiet() {
      last = Date.now();
      while (open.size > 0 || Date.now() - last < QUIET_MS) await pause(50);
    },
  };
  const end = (id: string, encoded: number): void => {
    const request = open.get(id);
    open.delete(id);
    last = Date.now();
    if (!request || request.cached) return;
    traffic.requests += 1;
    traffic.headers += request.headers;
    traffic.body += Math.max(0, encoded - request.headers);
    traffic.urls.push(`${request.url} ${Math.max(0, encoded - request.headers)}`);
  };
  session.on('Network.requestWillBeSent', ({ requestId, request }) => {
    if (!request.url.startsWith('data:'))
      open.set(requestId, { url: request.url, method: request.method, headers: 0, cached: false });
    last = Date.now();
  });
  session.on('Network.requestServedFromCache', ({ requestId }) => {
    const request = open.get(requestId);
    if (request) request.cached = true;
  });
  session.on('Network.responseReceived', ({ requestId, response }) => {
    const request = open.get(requestId);
    if (!request) return;
    request.headers = response.encodedDataLength;
    if (response.status >= 200 && response.status < 300) traffic.answered.push(`${request.method} ${request.url}`);
    request.cached ||= response.fromDiskCache === true;
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => end(requestId, encodedDataLength));
  session.on('Network.loadingFailed', ({ requestId }) => end(requestId, 0));
  return traffic;
}

type Thread = Pick<TraceEvent, 'pid' | 'tid'>;
const isOn =
  ({ pid, tid }: Thread) =>
  (event: TraceEvent): boolean =>
    event.ph === 'X' && event.pid === pid && event.tid === tid;

async function traced(session: CDPSession, during: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = [];
  const take = ({ value }: { value: object[] }): unknown => events.push(...(value as TraceEvent[]));
  session.on('Tracing.dataCollected', take);
  await session.send('Tracing.start', {
    traceConfig: {
      includedCategories: ['devtools.timeline', 'v8', 'toplevel'],
      excludedCategories: ['*'],
    },
    transferMode: 'ReportEvents',
  });
  await during();
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  session.off('Tracing.dataCollected', take);
  return events;
}

/** Resolves once the page has told that its banner is painted; gives false where it does not within the time. */
const bannerPainted = (session: CDPSession): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), BANNER_MS);
    session.once('Runtime.bindingCalled', () => {
      clearTimeout(timer);
      resolve(true);
    });
  });

/** As much as the browser's own tabs and bars may take of its window, in pixels, and more. */
const BARS = 200;

/** What lies below the edge of the window is never drawn, and the next paint after a press on it would be that of something else. */
async function showWhole(session: CDPSession): Promise<void> {
  const { windowId, bounds } = await session.send('Browser.getWindowForTarget');
  await session.send('Browser.setWindowBounds', { windowId, bounds: { height: (bounds.height ?? 0) + BARS } });
}

export interface OpenVisit extends Visit {
  page: Page;
  session: CDPSession;
  traffic: Traffic;
  events: TraceEvent[];
  /** The page's main one. */
  thread: Thread;
}

export interface VisitOptions {
  slow: boolean;
  /** Is a banner to be seen? */
  asks: boolean;
  /** Drops what the cache holds first. */
  cold?: boolean;
}

/** Leaves the page open. Throws where a banner that must appear does not, or one appears that must not. */
export async function visit(
  context: BrowserContext,
  contestant: Contestant,
  url: string,
  options: VisitOptions,
): Promise<OpenVisit> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await showWhole(session);
  await session.send('Network.enable');
  await session.send('Runtime.enable');
  await session.send('Runtime.addBinding', { name: 'candourBannerSeen' });
  if (options.cold) await session.send('Network.clearBrowserCache');
  if (options.slow) {
    await session.send('Network.emulateNetworkConditions', SLOW);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOW_CPU });
  }
  await page.addInitScript(observe, { banner: options.asks ? contestant.banner : '', host: contestant.host ?? null });
  const traffic = watchTraffic(session);
  const events = await traced(session, async () => {
    const painted = options.asks && contestant.banner !== '' ? bannerPainted(session) : true;
    await page.goto(url, { waitUntil: 'load' });
    if (!(await painted)) throw new Error(`${contestant.name}: no banner within ${BANNER_MS / 1000} s at ${url}`);
    await traffic.quiet();
  });
  const thread = mainThread(events, url);
  const seen = await page.evaluate(
    ({ banner, host }) => {
      const { candourBench: bench } = globalThis;
      const element = host
        ? document.querySelector(host)?.shadowRoot?.querySelector(banner)
        : banner
          ? document.querySelector(banner)
          : null;
      const [paint] = performance.getEntriesByName('first-contentful-paint');
      return {
        ...{ banner: bench.banner, cls: bench.cls, longTasks: bench.longTasks, firstPaint: paint?.startTime ?? Number.NaN },
        visible: element?.checkVisibility({ opacityProperty: true, visibilityProperty: true }) ?? false,
      };
    },
    { banner: contestant.banner, host: contestant.host ?? null },
  );
  if (!options.asks && seen.visible) throw new Error(`${contestant.name}: asked again although a choice was made, at ${url}`);
  const { visible: _, ...figures } = seen;
  return {
    ...figures,
    script: thread.script,
    task: thread.task,
    requests: traffic.requests,
    bytes: traffic.body,
    headerBytes: traffic.headers,
    urls: traffic.urls,
    page,
    session,
    traffic,
    events: thread.events,
    thread: thread.events[0] ?? { pid: 0, tid: 0 },
  };
}

/** Throws where the contestant has a service that does not take the choice. */
async function recorded(traffic: Traffic, { name, record }: Contestant): Promise<void> {
  const until = Date.now() + RECORD_MS;
  while (record && !traffic.answered.some((answered) => answered.startsWith('POST ') && answered.endsWith(record))) {
    if (Date.now() > until) throw new Error(`${name}: its service took no choice within ${RECORD_MS / 1000} s`);
    await pause(50);
  }
}

export interface Pressed {
  /** Interaction to next paint, in ms. */
  interaction: number;
  /** Of the main thread, from the press until all was sent. */
  events: TraceEvent[];
  urls: string[];
}

/** Presses a button of the banner with the mouse, and waits until all is sent. `closely`: with a trace, which costs time. */
export async function answer(
  { page, session, traffic, thread }: OpenVisit,
  contestant: Contestant,
  choice: 'accept' | 'reject',
  closely = false,
): Promise<Pressed> {
  const label = choice === 'accept' ? ACCEPT : REJECT;
  const spot = await page.evaluate(
    ({ host, banner, text }) => {
      const root = host ? document.querySelector(host)?.shadowRoot : document;
      const button = [...(root?.querySelector(banner)?.querySelectorAll('button, a, [role=button]') ?? [])].find((element) =>
        element.textContent?.trim().endsWith(text),
      );
      const { left = 0, top = 0, width = 0, height = 0 } = button?.getBoundingClientRect() ?? {};
      return { x: left + width / 2, y: top + height / 2, found: width > 0 };
    },
    { host: contestant.host ?? null, banner: contestant.banner, text: label },
  );
  if (!spot.found) throw new Error(`${contestant.name}: its banner has no button "${label}"`);
  const before = traffic.urls.length;
  const press = async (): Promise<void> => {
    await page.mouse.click(spot.x, spot.y);
    await recorded(traffic, contestant);
    await traffic.quiet();
  };
  const events = closely ? await traced(session, press) : (await press(), []);
  const interactions = await page.evaluate(() => globalThis.candourBench.interactions);
  // Shorter than 16 ms is not reported.
  return { interaction: Math.max(16, ...interactions), events: events.filter(isOn(thread)), urls: traffic.urls.slice(before) };
}
