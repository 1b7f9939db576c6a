// The consent service as a site's own server asks it: records what was ticked in forms that post there, and asks whether somebody may
// be written to. No dependencies; Node 22 or later, and whatever else has fetch and Web Crypto.

export type Channel = 'email' | 'sms' | 'push_dm' | 'live_call' | 'auto_call' | 'post';

export interface CandourOptions {
  /** Of your consent service: "https://consent.example.org". */
  service: string;
  site: string;
  /** `candour key create --role ingest --site <site>` makes one that may do all of this and nothing else. */
  key: string;
  fetch?: typeof globalThis.fetch;
  /** Attempts of one call, the first included; 5 unless told. */
  attempts?: number;
  /** ms until an attempt is given up; 10,000 unless told. */
  timeout?: number;
  signal?: AbortSignal;
}

export interface Who {
  channel: Channel;
  /** As it was typed. */
  address: string;
  /** BCP 47. */
  language?: string;
  /** Digits of the country of telephone numbers that name none: "44". */
  callingCode?: string;
}
export interface Box {
  /** The notice's activity that the messages belong to. */
  activity: string;
  sender: string;
  channel: Channel;
  /** `opt_out`: ticked, it is a no; left empty, it is neither. */
  kind?: 'opt_in' | 'opt_out';
  ticked: boolean;
}
export interface Recording {
  contacts: readonly Who[];
  /** Every box that the form showed, those left empty too. */
  boxes: readonly Box[];
  /** Hash of the published notice that the form showed or linked: without it nothing is permitted. */
  notice?: string;
  /** When the form was sent; otherwise now. */
  occurredAt?: Date | string;
  /** A UUIDv7 of `newId()`: recorded once however often it is sent. Keep it with the form's own record to send it again after a crash. */
  idempotencyKey?: string;
}

export interface Permission {
  channel: Channel;
  sender: string;
  /** Null: the address is not known there. */
  contact: string | null;
  may: boolean;
  /** Why it may be sent. */
  reason?: 'consent' | 'soft_opt_in' | 'charity_soft_opt_in' | 'corporate_subscriber' | 'no_pecr_rule' | 'not_stated';
  why?: 'ended' | 'suppressed' | 'declined' | 'unconfirmed' | 'evidence_missing' | 'not_stated' | 'restricted' | 'no_address';
  since: string | null;
  proof?: unknown;
  missing?: string[];
  /** Whether they may be profiled for direct marketing. */
  profiling: boolean;
}
export interface Recorded {
  /** Of the attestation in the log. */
  id: string;
  duplicate: boolean;
  contacts: string[];
  permissions: Permission[];
}
export interface Question {
  channel: Channel;
  sender: string;
  address?: string;
  contact?: string;
  callingCode?: string;
}
export interface Line {
  address: string;
  channel?: Channel;
  sender?: string;
  callingCode?: string;
  /** Comes back with the answer. */
  ref?: string;
}
export type LineAnswer = Partial<Permission> & { line: number; ref?: string; problem?: string };

export class CandourError extends Error {
  override name = 'CandourError';
  /** As the service says it (`BAD_REQUEST`, `NOT_PERMITTED` …); `UNREACHABLE` where it said nothing. */
  readonly code: string;
  /** Of the last answer; null: there was none. */
  readonly status: number | null;
  /** `no`: the service has not taken it. `unknown`: it may have. */
  readonly taken: 'no' | 'unknown';
  /** Whether the same call with the same idempotency key may be made again later: it is never taken twice. */
  readonly retryable: boolean;
  /** Under which it would be taken: send it again with this. Null: nothing was to be recorded. */
  readonly idempotencyKey: string | null;

  constructor(
    message: string,
    about: Pick<CandourError, 'code' | 'status' | 'taken' | 'retryable' | 'idempotencyKey'>,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
    ({ code: this.code, status: this.status, taken: this.taken, retryable: this.retryable } = about);
    this.idempotencyKey = about.idempotencyKey;
  }
}

/** UUIDv7 (RFC 9562): what makes a recording one, however often it is sent. */
export function newId(now: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(now / 2 ** (8 * (5 - i))) % 256;
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

const AGAIN: ReadonlySet<number> = new Set([408, 425, 429, 500, 502, 503, 504]);
const LONGEST_PAUSE = 30_000;
const LINES = 5000;

const pause = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', () => (clearTimeout(timer), reject(signal.reason as Error)), { once: true });
  });

/** Seconds or a date (RFC 9110); else longer with each attempt, and never the same for two callers. */
function pauseBefore(attempt: number, after: string | null): number {
  const asked = after === null ? NaN : /^\d+$/.test(after) ? Number(after) * 1000 : Date.parse(after) - Date.now();
  const own = 250 * 2 ** attempt * (0.5 + Math.random() / 2);
  return Math.min(LONGEST_PAUSE, Math.max(0, Number.isNaN(asked) ? own : Math.max(asked, own)));
}

interface Call {
  method: 'GET' | 'POST';
  path: string;
  body?: string;
  type?: string;
  idempotencyKey?: string;
}

/** An answer whose body is still to be read. */
interface Answer {
  response: Response;
  /** Waits no longer for a part of it than `timeout`. Throws CandourError. */
  read<T>(part: Promise<T>): Promise<T>;
}

async function* linesOf({ response, read }: Answer): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  const reader = response.body?.getReader();
  if (!reader) return;
  try {
    for (let next = await read(reader.read()); !next.done; next = await read(reader.read())) {
      const lines = (rest + decoder.decode(next.value, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines.filter((line) => line !== '');
    }
    if (rest + decoder.decode() !== '') yield rest;
  } finally {
    // Whoever needs no more of it.
    await reader.cancel().catch(() => undefined);
  }
}

export interface Candour {
  marketing: {
    /** What was ticked and left empty in a form that posts to you. Resolves when it is durable. Throws CandourError. */
    record(recording: Recording): Promise<Recorded>;
    /** They ended messages of a sender by a channel. Holds at once. Throws CandourError. */
    unsubscribe(
      who: Who,
      what: { activity: string; sender: string; at?: Date | string; idempotencyKey?: string },
    ): Promise<Recorded>;
    /** They objected to all direct marketing: every channel, every sender, and profiling for it. Throws CandourError. */
    objection(
      addresses: readonly Who[],
      how?: { medium?: string; at?: Date | string },
    ): Promise<{ event: string | null; addresses: number }>;
  };
  permissions: {
    /** May we send, why, since when, with what proof. Ask right before you send. Throws CandourError. */
    check(question: Question): Promise<Permission>;
    /** The same for many, in order; reads as it sends, some thousands at a time. Throws CandourError. */
    bulk(lines: Iterable<Line> | AsyncIterable<Line>, all?: { channel?: Channel; sender?: string }): AsyncGenerator<LineAnswer>;
  };
}

export function candour(options: CandourOptions): Candour {
  const { site, key, attempts = 5, timeout = 10_000, signal } = options;
  const ask = options.fetch ?? globalThis.fetch;
  const base = `${options.service.replace(/\/+$/, '')}/v1/admin/sites/${encodeURIComponent(site)}`;

  const failure = (
    message: string,
    about: Partial<CandourError>,
    { idempotencyKey = null }: { idempotencyKey?: string | null },
    cause?: unknown,
  ) =>
    new CandourError(
      message,
      { code: 'UNREACHABLE', status: null, taken: 'unknown', retryable: true, ...about, idempotencyKey },
      cause,
    );

  const timedOut = () => new DOMException(`no answer in ${timeout} ms`, 'TimeoutError');
  /** Throws what `part` throws, and `limit` ends it when it takes too long. */
  async function inTime<T>(part: Promise<T>, limit: AbortController): Promise<T> {
    const timer = setTimeout(() => limit.abort(timedOut()), timeout);
    try {
      return await part;
    } finally {
      clearTimeout(timer);
    }
  }
  const gaveUp = (what: Pick<Call, 'idempotencyKey'>, unknown: boolean, cause: unknown) =>
    failure('given up', { taken: unknown ? 'unknown' : 'no' }, what, cause);

  async function call(what: Call): Promise<Answer> {
    let unknown = false;
    for (let attempt = 0; ; attempt++) {
      let answer: Response | null = null;
      let cause: unknown;
      const limit = new AbortController();
      try {
        const sent = ask(base + what.path, {
          method: what.method,
          headers: {
            Authorization: `Bearer ${key}`,
            Accept: 'application/json',
            ...(what.body === undefined ? {} : { 'Content-Type': what.type ?? 'application/json' }),
          },
          ...(what.body === undefined ? {} : { body: what.body }),
          redirect: 'error',
          signal: signal ? AbortSignal.any([signal, limit.signal]) : limit.signal,
        });
        answer = await inTime(sent, limit);
      } catch (error) {
        cause = error;
        unknown = true;
        if (signal?.aborted) throw gaveUp(what, unknown, error);
      }
      if (answer?.ok) {
        const read = <T>(part: Promise<T>): Promise<T> =>
          inTime(part, limit).catch((error: unknown) => {
            throw signal?.aborted ? gaveUp(what, true, error) : failure('the answer broke off', {}, what, error);
          });
        return { response: answer, read };
      }
      const isLast = attempt + 1 >= attempts;
      if (answer && (!AGAIN.has(answer.status) || isLast)) {
        const problem = (await inTime(answer.json(), limit).catch(() => ({}))) as {
          code?: string;
          title?: string;
          detail?: string;
        };
        const message = [problem.title ?? `the service answered ${answer.status}`, problem.detail].filter(Boolean).join(' ');
        const retryable = AGAIN.has(answer.status);
        // A refusal of what it says, and not of an attempt whose end nobody knows.
        const taken = (unknown && retryable) || answer.status === 500 ? 'unknown' : 'no';
        throw failure(message, { code: problem.code ?? 'UNREACHABLE', status: answer.status, retryable, taken }, what);
      }
      if (isLast) throw failure('the service cannot be reached', {}, what, cause);
      await answer?.body?.cancel().catch(() => undefined);
      await pause(pauseBefore(attempt, answer?.headers.get('Retry-After') ?? null), signal).catch((error: unknown) => {
        throw gaveUp(what, unknown, error);
      });
    }
  }
  const post = async <T>(path: string, body: unknown, idempotencyKey?: string): Promise<T> => {
    const answer = await call({
      method: 'POST',
      path,
      body: JSON.stringify(body),
      ...(idempotencyKey ? { idempotencyKey } : {}),
    });
    return (await answer.read(answer.response.json())) as T;
  };
  const instant = (at: Date | string | undefined): { at?: string } =>
    at === undefined ? {} : { at: new Date(at).toISOString() };

  async function* check(lines: readonly Line[], query: string, before: number): AsyncGenerator<LineAnswer> {
    const body = lines.map((line) => JSON.stringify(line)).join('\n');
    const answer = await call({ method: 'POST', path: `/permissions/check${query}`, body, type: 'application/x-ndjson' });
    let answers = 0;
    for await (const text of linesOf(answer)) {
      const one = JSON.parse(text) as LineAnswer;
      answers += 1;
      yield { ...one, line: before + one.line };
    }
    if (answers < lines.length) throw failure('the answer broke off', { taken: 'no' }, {});
  }

  return {
    marketing: {
      async record({ contacts, boxes, notice, occurredAt, idempotencyKey = newId() }) {
        // The moment of the first attempt, so that a second one says the same.
        const at = instant(occurredAt ?? new Date());
        return post(
          '/opt-ins',
          { id: idempotencyKey, ...at, ...(notice === undefined ? {} : { notice }), contacts, boxes },
          idempotencyKey,
        );
      },
      async unsubscribe(who, { activity, sender, at, idempotencyKey = newId() }) {
        const boxes = [{ activity, sender, channel: who.channel, kind: 'stop', ticked: true }];
        return post('/opt-ins', { id: idempotencyKey, ...instant(at ?? new Date()), contacts: [who], boxes }, idempotencyKey);
      },
      objection: (addresses, { medium = 'server', at } = {}) =>
        post('/objections', {
          addresses: addresses.map(({ channel, address, callingCode }) => ({
            channel,
            address,
            ...(callingCode ? { callingCode } : {}),
          })),
          medium,
          ...instant(at),
        }),
    },
    permissions: {
      check: (question) => post('/permissions', question),
      async *bulk(lines, all = {}) {
        const query = new URLSearchParams(Object.entries(all)).toString();
        let some: Line[] = [];
        let before = 0;
        for await (const line of lines) {
          if (some.push(line) < LINES) continue;
          yield* check(some, query && `?${query}`, before);
          before += some.length;
          some = [];
        }
        if (some.length > 0) yield* check(some, query && `?${query}`, before);
      },
    },
  };
}
