// What the main thread of the page did, read from Chromium's trace: script (compiling, evaluating, calls, microtasks) and whole tasks.
export interface TraceEvent {
  name: string;
  cat: string;
  ph: string;
  pid: number;
  tid: number;
  /** Microseconds. */
  ts: number;
  dur?: number;
  /** The same by the thread's own clock, which stands still while another program has the processor. */
  tts?: number;
  tdur?: number;
  args: { beginData?: { url?: string }; data?: { url?: string; functionName?: string; scriptName?: string }; url?: string };
}

/** Compiling, and everything that runs a page's own script; nested ones are counted once. */
const SCRIPT = new Set([
  'v8.compile',
  'v8.compileModule',
  'EvaluateScript',
  'v8.evaluateModule',
  'FunctionCall',
  'RunMicrotasks',
]);
/** The bench's own, in the page. */
const isOurs = ({ args }: TraceEvent): boolean => args.data?.functionName?.startsWith('candourBench') === true;
const TASK = new Set(['RunTask', 'ThreadControllerImpl::RunTask']);

/** Milliseconds of the thread's own time that the intervals cover together. */
function covered(events: readonly TraceEvent[]): number {
  let [total, until] = [0, -Infinity];
  for (const { tts = 0, tdur = 0 } of events.toSorted((one, other) => (one.tts ?? 0) - (other.tts ?? 0))) {
    const end = tts + tdur;
    if (end > until) total += end - Math.max(tts, until);
    until = Math.max(until, end);
  }
  return total / 1000;
}

/** Of the thread that parsed the page at `url`. Throws where there is none. */
export function mainThread(events: readonly TraceEvent[], url: string): { script: number; task: number; events: TraceEvent[] } {
  const parsed = events.find(({ name, args }) => name === 'ParseHTML' && args.beginData?.url === url);
  if (!parsed) throw new Error(`the trace has no page ${url}`);
  const own = events.filter(({ ph, pid, tid }) => ph === 'X' && pid === parsed.pid && tid === parsed.tid);
  return {
    script: covered(own.filter(({ name }) => SCRIPT.has(name))) - covered(own.filter(isOurs)),
    task: covered(own.filter(({ name }) => TASK.has(name))),
    events: own,
  };
}

/** The longest stretches of a trace by name, for a closer look (`--trace`). */
export function describeTrace(events: readonly TraceEvent[], from: number): string[] {
  return events
    .filter(({ ph, tdur = 0, cat }) => ph === 'X' && tdur > 1000 && (cat.includes('devtools') || cat.includes('v8')))
    .map(({ name, ts, tdur: dur = 0, args }) => {
      const what = args.data?.url ?? args.url ?? args.data?.scriptName ?? '';
      return `${((ts - from) / 1000).toFixed(0).padStart(6)} ms ${(dur / 1000).toFixed(1).padStart(7)} ms ${name} ${args.data?.functionName ?? ''} ${what.slice(0, 90)}`;
    });
}
