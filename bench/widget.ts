// `npm run bench -- widget`: what a consent banner costs the page it stands on, ours beside its peers, in one Chromium, in one run.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Browser, BrowserContext } from 'playwright-core';

import { launchWholeChromium } from '../test/support/browser.ts';
import { freePort } from '../test/support/free-port.ts';
import { c15t } from './peers/c15t.ts';
import { candour } from './peers/candour.ts';
import type { Contestant } from './peers/contestant.ts';
import { klaro } from './peers/klaro.ts';
import { osano } from './peers/osano.ts';
import { tarteaucitron } from './peers/tarteaucitron.ts';
import { vanillaCookieconsent } from './peers/vanilla-cookieconsent.ts';
import { servePages } from './widget-server.ts';
import { printTables, type Round } from './widget-table.ts';
import { describeTrace, type TraceEvent } from './widget-trace.ts';
import { answer, visit, type OpenVisit, type Visit } from './widget-visit.ts';

const { values: options } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    /** No round begins later. */
    minutes: { type: 'string', default: '5' },
    /** Ids of contestants, by comma. */
    only: { type: 'string' },
    json: { type: 'string', default: 'test-results/bench-widget.json' },
    /** Prints what the main thread did on the visits of this contestant, and from the press on. */
    trace: { type: 'string' },
    /** Folder of another checkout whose widget is built: it takes part as `before`. Prints what changed since, round by round. */
    before: { type: 'string' },
  },
});

const BARE: Contestant = { id: 'bare', name: 'page alone', setup: 'no banner', head: '', body: '', files: {}, banner: '' };

/** What playwright turns off, and pages of the browser's own that it would load beside ours. */
const STILL = `--disable-features=${[
  ...['HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable', 'LensOverlay', 'MediaRouter', 'ThirdPartyStoragePartitioning'],
  ...['OptimizationHints', 'AimEnabled', 'PreconnectToSearch', 'NetworkTimeServiceQuerying', 'DestroyProfileOnBrowserClose'],
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'OmniboxPopupWebUI', 'WebUIOmniboxFullPopup', 'OmniboxAimPopup'],
].join(',')}`;

/** Some banners show nothing to a browser that says it is driven. */
const NO_ROBOT = '--disable-blink-features=AutomationControlled';

const folder = mkdtempSync(join(tmpdir(), 'candour-bench-widget-'));
const closing: (() => Promise<unknown>)[] = [async () => rmSync(folder, { recursive: true, force: true })];

async function startPeerService(trusted: string): Promise<string> {
  const child = fork(join(import.meta.dirname, 'c15t-service.mjs'), [], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: `sqlite:${join(folder, 'c15t.sqlite')}`,
      TRUSTED_ORIGIN: trusted,
    },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  process.once('exit', () => child.kill());
  closing.push(async () => {
    const gone = once(child, 'exit');
    child.kill('SIGTERM');
    await gone;
  });
  const [{ port }] = (await once(child, 'message')) as [{ port: number }];
  return `http://c15t-backend.localhost:${port}/api/c15t`;
}

const figures = ({ page: _p, session: _s, traffic: _t, events: _e, thread: _h, ...rest }: OpenVisit): Visit => rest;

function look(title: string, { events, urls }: { events: readonly TraceEvent[]; urls: readonly string[] }): void {
  const start = Math.min(...events.map(({ ts }) => ts));
  console.log(`\n${title}\n${urls.map((line) => `  ${line}`).join('\n')}`);
  for (const line of describeTrace(events, start)) console.log(line);
}

const newPerson = (browser: Browser): Promise<BrowserContext> =>
  browser.newContext({
    viewport: { width: 1280, height: 800 },
    userAgent: `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${browser.version()} Safari/537.36`,
  });

/** A person who has never been here, the choice, and the two ways to come back. */
async function measure(browser: Browser, contestant: Contestant, url: string, choice: 'accept' | 'reject'): Promise<Round> {
  const person = await newPerson(browser);
  try {
    const asks = contestant.banner !== '';
    const first = await visit(person, contestant, url, { slow: true, asks });
    const before = first.traffic.body;
    const pressed = asks ? await answer(first, contestant, choice, options.trace === contestant.id) : null;
    const interaction = pressed && pressed.interaction;
    const recordedBytes = first.traffic.body - before;
    await first.page.close();
    const warm = await visit(person, contestant, url, { slow: true, asks: false });
    await warm.page.close();
    const cold = await visit(person, contestant, url, { slow: true, asks: false, cold: true });
    await cold.page.close();
    if (options.trace === contestant.id) {
      look('first visit', first);
      if (pressed) look(`${choice}: ${pressed.interaction} ms to the next paint`, pressed);
      look('return, warm', warm);
      look('return, cold', cold);
    }
    return { first: figures(first), warm: figures(warm), cold: figures(cold), choice, interaction, recordedBytes };
  } finally {
    await person.close();
  }
}

/** Tasks over 50 ms without any throttling. */
async function longTasks(browser: Browser, contestant: Contestant, url: string): Promise<number[]> {
  const person = await newPerson(browser);
  try {
    const first = await visit(person, contestant, url, { slow: false, asks: contestant.banner !== '' });
    if (contestant.banner) await answer(first, contestant, 'accept');
    return await first.page.evaluate(() => globalThis.candourBench.longTasks);
  } finally {
    await person.close();
  }
}

try {
  const pages = await servePages();
  closing.unshift(() => pages.close());
  const ours = await candour(pages.origin('candour'), await freePort(), folder);
  closing.unshift(() => ours.stop());
  const own = await candour(pages.origin('candour-own'), await freePort(), folder, {
    ...{ id: 'candour-own', name: 'Candour, page’s own host', own: true },
  });
  closing.unshift(() => own.stop());
  const earlier =
    options.before === undefined
      ? null
      : await candour(pages.origin('before'), await freePort(), folder, {
          ...{ id: 'before', name: 'Candour, before', root: options.before },
        });
  if (earlier) closing.unshift(() => earlier.stop());
  const backend = await startPeerService(pages.origin('c15t-hosted'));
  const everyone = [
    ours.contestant,
    own.contestant,
    ...(earlier ? [earlier.contestant] : []),
    vanillaCookieconsent(),
    osano(),
    klaro(),
    tarteaucitron(),
    ...(await c15t(backend)),
    BARE,
  ];
  const wanted = options.only?.split(',');
  const contestants = everyone.filter(({ id }) => !wanted || wanted.includes(id) || id === 'bare');
  for (const contestant of contestants) pages.add(contestant);
  const browser = await launchWholeChromium(STILL, NO_ROBOT);
  closing.unshift(() => browser.close());
  const start = Date.now();
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim()}, Node ${process.versions.node}, Chromium ${browser.version()}, load ${loadavg()[0]?.toFixed(1)}`;
  console.log(`${new Date().toISOString().slice(0, 16)}Z, ${machine}`);

  const rounds = new Map<string, Round[]>(contestants.map(({ id }) => [id, []]));
  const unthrottled: Record<string, number[]> = {};
  const url = ({ id }: Contestant): string => `${pages.origin(id)}/`;
  for (const contestant of contestants) unthrottled[contestant.id] = await longTasks(browser, contestant, url(contestant));
  let done = 0;
  while (done < Number(options.rounds) && Date.now() - start < Number(options.minutes) * 60_000) {
    // Interleaved, and each round begins with another one.
    const order = contestants.map((_, i) => contestants[(i + done) % contestants.length] as Contestant);
    for (const contestant of order)
      rounds.get(contestant.id)?.push(await measure(browser, contestant, url(contestant), done % 2 === 0 ? 'reject' : 'accept'));
    done += 1;
    console.log(`round ${done}: ${((Date.now() - start) / 1000).toFixed(0)} s`);
  }
  const report = {
    at: new Date().toISOString(),
    machine,
    rounds: done,
    contestants: printTables(contestants, rounds, unthrottled),
  };
  mkdirSync(join(options.json, '..'), { recursive: true });
  writeFileSync(options.json, `${JSON.stringify(report, null, 2)}\n`);
  console.log(`\n${(Date.now() - start) / 1000} s; every figure: ${options.json}`);
} finally {
  for (const close of closing) await close();
}
