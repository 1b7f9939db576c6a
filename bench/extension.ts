// What the extension costs a page with nothing to do: processor time of its content scripts on 5,000 elements, at a quarter of this
// machine's speed, in a tab that was just opened (a process that has done nothing yet) and on the next page in it, and whether any of it
// makes the browser lay the page out. `node bench/extension.ts [runs] [--trace] [--extension FOLDER]` after `npm run build`;
// `--baseline`: what any extension costs there, whose two content scripts hold one empty statement each.
// All of ours on the page's main thread counts: compiling, running, listeners and timers, with what these make the browser do.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import type { Page } from 'playwright-core';

import { launchChromiumWithExtension } from '../test/support/browser.ts';
import type { TraceEvent } from './widget-trace.ts';

const { values, positionals } = parseArgs({
  options: {
    trace: { type: 'boolean', default: false },
    baseline: { type: 'boolean', default: false },
    extension: { type: 'string', default: join(import.meta.dirname, '../dist/extension/chrome') },
  },
  allowPositionals: true,
});
const RUNS = Number(positionals[0] ?? 9);
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

function emptyExtension(): string {
  const folder = mkdtempSync(join(tmpdir(), 'candour-empty-extension-'));
  const script = { matches: ['http://*/*'], js: ['empty.js'], run_at: 'document_start' };
  const manifest = {
    manifest_version: 3,
    name: 'Empty',
    version: '1',
    background: { service_worker: 'empty.js' },
    content_scripts: [{ ...script, world: 'MAIN' }, script],
  };
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'empty.js'), ';');
  return folder;
}

const folder = values.baseline ? emptyExtension() : values.extension;
const browser = await launchChromiumWithExtension(folder);
const isOurs = (url: string | undefined): boolean => url?.startsWith(browser.extension) === true;

interface Visit {
  cpu: number;
  layouts: number;
}

/** `stacks`: with who asked for each layout, which itself costs time. */
async function visit(page: Page, url: string, stacks: boolean): Promise<Visit> {
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
  await page.goto(url);
  await page.waitForTimeout(AFTER);
  const complete = new Promise((resolve) => session.once('Tracing.tracingComplete', resolve));
  await session.send('Tracing.end');
  await complete;
  await session.detach();
  const started = events.find(({ name, args }) => name === 'EvaluateScript' && isOurs(args.data?.url));
  if (!started) throw new Error('the trace has no script of the extension');
  // The background has a thread and a clock of its own.
  const ours = events.filter(
    ({ ph, pid, tid, args }) => ph === 'X' && pid === started.pid && tid === started.tid && isOurs(args.data?.url),
  );
  if (values.trace)
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
      [...(args.beginData?.stackTrace ?? []), ...(args.data?.stackTrace ?? [])].some(({ url: by }) => isOurs(by)),
  );
  return { cpu: covered(ours) * SLOWER, layouts: forced.length };
}

/** A new tab, and the next page in it. */
async function tab(stacks = false): Promise<[opened: Visit, next: Visit]> {
  const page = await browser.context.newPage();
  const both: [Visit, Visit] = [await visit(page, address, stacks), await visit(page, `${address}next`, stacks)];
  await page.close();
  return both;
}

await tab();
const layouts = (await tab(true)).reduce((sum, visited) => sum + visited.layouts, 0);
const tabs: [Visit, Visit][] = [];
for (let run = 0; run < RUNS; run += 1) tabs.push(await tab());
await browser.close();
if (values.baseline) rmSync(folder, { recursive: true });
server.close();
console.log(
  `${values.baseline ? 'empty ' : ''}content scripts, 5,000 elements, ${SLOWER}x slower, milliseconds of processor time in ${RUNS} visits:`,
);
for (const [index, name] of ['in a new tab', 'next page in it'].entries()) {
  const times = tabs.map((both) => (both[index] as Visit).cpu).sort((one, other) => one - other);
  const of = (at: number): string => (times[at] ?? 0).toFixed(1);
  console.log(`${name.padEnd(16)} median ${of(Math.floor(RUNS / 2))}, ${of(0)} to ${of(RUNS - 1)}`);
}
console.log(`layouts or style recalculations forced by them: ${layouts}`);
