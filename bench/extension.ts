// What the extension costs a page with nothing to do: processor time of its content scripts on 5,000 elements, at a quarter of this
// machine's speed, and whether any of it makes the browser lay the page out. `node bench/extension.ts [runs]` after `npm run build`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import { launchChromiumWithExtension } from '../test/support/browser.ts';
import type { TraceEvent } from './widget-trace.ts';

const RUNS = Number(process.argv[2] ?? 9);
// Multiplied, not throttled: Chromium's throttle spins on the very clock that is read here, and counts its spinning where others work beside.
const SLOWER = 4;
/** Milliseconds after the load event: what our scripts put off for later has run by then. */
const AFTER = 1000;

const rows = Array.from(
  { length: 1000 },
  (_, i) => `<div class="row"><span>Row ${i}</span><p>Text of it <a href="/item/${i}">more</a></p></div>`,
);
const PAGE = `<!doctype html><html lang="en"><head><title>Five thousand</title></head><body><h1>Plain</h1>${rows.join('')}</body></html>`;

const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(PAGE));
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const address = `http://bench.localhost:${(server.address() as AddressInfo).port}/`;

type Event = TraceEvent & {
  args: { data?: { url?: string; stackTrace?: { url: string }[] }; beginData?: { stackTrace?: { url: string }[] } };
};

/** Milliseconds of the thread's own time that the events cover together. */
function covered(events: readonly Event[]): number {
  let [total, until] = [0, -Infinity];
  for (const { tts = 0, tdur = 0 } of events.toSorted((one, other) => (one.tts ?? 0) - (other.tts ?? 0))) {
    const end = tts + tdur;
    if (end > until) total += end - Math.max(tts, until);
    until = Math.max(until, end);
  }
  return total / 1000;
}

const browser = await launchChromiumWithExtension(join(import.meta.dirname, '../dist/extension/chrome'));
const isOurs = (url: string | undefined): boolean => url?.startsWith(browser.extension) === true;

/** `stacks`: with who asked for each layout, which itself costs time. */
async function visit(stacks = false): Promise<{ cpu: number; layouts: number }> {
  const page = await browser.context.newPage();
  const session = await browser.context.newCDPSession(page);
  const events: Event[] = [];
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as Event[])));
  await session.send('Tracing.start', {
    traceConfig: {
      includedCategories: ['devtools.timeline', ...(stacks ? ['disabled-by-default-devtools.timeline.stack'] : [])],
      excludedCategories: ['*'],
    },
    transferMode: 'ReportEvents',
  });
  await page.goto(address);
  await page.waitForTimeout(AFTER);
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await page.close();
  const ours = events.filter(({ ph, args }) => ph === 'X' && isOurs(args.data?.url));
  if (ours.length === 0) throw new Error('the trace has no script of the extension');
  if (process.argv.includes('--trace'))
    for (const { name, tdur = 0, args } of ours)
      console.log(
        name,
        (tdur / 1000).toFixed(2),
        args.data?.url?.slice(browser.extension.length),
        (args.data as { functionName?: string }).functionName ?? '',
      );
  const forced = events.filter(
    ({ name, args }) =>
      (name === 'Layout' || name === 'UpdateLayoutTree') &&
      [...(args.beginData?.stackTrace ?? []), ...(args.data?.stackTrace ?? [])].some(({ url }) => isOurs(url)),
  );
  return { cpu: covered(ours) * SLOWER, layouts: forced.length };
}

const first = await visit();
const { layouts } = await visit(true);
const visits: Awaited<ReturnType<typeof visit>>[] = [];
for (let run = 0; run < RUNS; run += 1) visits.push(await visit());
await browser.close();
server.close();
const times = visits.map(({ cpu }) => cpu).sort((one, other) => one - other);
console.log(
  `content scripts, 5,000 elements, ${SLOWER}x slower: median ${times[Math.floor(times.length / 2)]?.toFixed(1)} ms of processor time,`,
);
console.log(
  `${times[0]?.toFixed(1)} to ${times.at(-1)?.toFixed(1)} ms in ${RUNS} visits, first visit ${first.cpu.toFixed(1)} ms`,
);
console.log(`layouts or style recalculations forced by them: ${layouts}`);
