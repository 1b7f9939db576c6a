// A proxy in front of a real service that does to choices on their way what networks, overloaded services and crashes do. It knows
// the requests that carry choices by `carries`; everything else passes, unless the line is dead.
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type Fault =
  /** The line breaks before the service sees the request. */
  | { kind: 'drop' }
  /** The service does its work; the line breaks before its answer arrives. */
  | { kind: 'lose' }
  /** The service does its work; half of its answer arrives. */
  | { kind: 'truncate' }
  /** The request reaches the service twice; the answer to the second arrives. */
  | { kind: 'repeat' }
  /** Accepted and never answered; `seen`: the service does its work all the same. */
  | { kind: 'hang'; seen: boolean }
  /** The request is kept back until `until`; then all goes on, whether or not anybody still waits. */
  | { kind: 'hold'; until: Promise<unknown> }
  /** The answer comes so many ms later. */
  | { kind: 'delay'; ms: number }
  /** Answered here, without the service; `retryAfter` in seconds. */
  | { kind: 'status'; status: number; retryAfter?: number };

export interface Carried {
  /** ms since 1970. */
  at: number;
  body: string;
  fault: Fault['kind'] | null;
  /** Of the service's answer; null: it was not asked, or has not answered yet. */
  status: number | null;
}

export interface Chaos {
  /** What browsers know the service by. */
  url: string;
  /** Where the service is; may change. */
  forwardTo(service: string): void;
  /** What happens to the next requests with choices, one fault each; then `always` again. */
  next(...faults: (Fault | null)[]): void;
  /** What happens to all requests with choices, until called again. */
  always(fault: Fault | null): void;
  /** No connection is taken, and open ones are cut. */
  offline(is: boolean): void;
  /** Requests with choices since the last `forget`. */
  readonly carried: readonly Carried[];
  /** Resolves when `count` requests with choices have arrived since the last `forget`. */
  arrived(count: number): Promise<void>;
  /** Back to a good line and an empty record. */
  forget(): void;
  close(): Promise<void>;
}

const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding'];
const passedOn = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

interface Answer {
  status: number;
  headers: Record<string, unknown>;
  body: Buffer;
}

/** The Host header stays the proxy's: that is the service's public name. */
async function forward(service: string, message: IncomingMessage, body: Buffer): Promise<Answer> {
  const { port } = new URL(service);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { ...passedOn(message.headers), ...(body.length > 0 && { 'content-length': body.length }) };
    const outgoing = ask({ host: '127.0.0.1', port, path: message.url, method: message.method, headers }, resolve);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
  return { status: answer.statusCode ?? 502, headers: passedOn(answer.headers), body: await bodyOf(answer) };
}

const plainAnswer = (message: IncomingMessage, fault: Extract<Fault, { kind: 'status' }>): Answer => ({
  status: fault.status,
  headers: {
    'content-type': 'text/html',
    'access-control-allow-origin': message.headers.origin ?? '*',
    'access-control-allow-credentials': 'true',
    'access-control-expose-headers': 'Date, Retry-After',
    ...(fault.retryAfter !== undefined && { 'retry-after': `${fault.retryAfter}` }),
  },
  body: Buffer.from('<h1>Not now</h1>'),
});

/** Listens on a free port of loopback. */
export async function startChaos(carries: (request: { method: string; path: string }) => boolean): Promise<Chaos> {
  let service = '';
  let standing: Fault | null = null;
  let dead = false;
  const queue: (Fault | null)[] = [];
  const carried: Carried[] = [];
  const watchers = new Set<() => void>();

  async function undisturbed(message: IncomingMessage, response: ServerResponse, record: Carried | null, body: Buffer) {
    const answer = await forward(service, message, body);
    if (record) record.status = answer.status;
    if (dead) return void message.socket.destroy();
    response.writeHead(answer.status, answer.headers as Record<string, string>).end(answer.body);
  }

  async function disturbed(message: IncomingMessage, response: ServerResponse, record: Carried, body: Buffer, fault: Fault) {
    const pass = async (): Promise<Answer> => {
      const answer = await forward(service, message, body);
      record.status = answer.status;
      return answer;
    };
    const send = ({ status, headers, body: text }: Answer): void =>
      void (response.destroyed || response.writeHead(status, headers as Record<string, string>).end(text));
    switch (fault.kind) {
      case 'drop':
        return void message.socket.destroy();
      case 'lose':
        await pass();
        return void message.socket.destroy();
      case 'truncate': {
        const { status, headers, body: text } = await pass();
        response.writeHead(status, headers as Record<string, string>);
        response.write(text.subarray(0, text.length / 2), () => message.socket.destroy());
        return undefined;
      }
      case 'repeat':
        await pass();
        return send(await pass());
      case 'hang':
        if (fault.seen) await pass();
        return undefined;
      case 'hold':
        await fault.until;
        return send(await pass());
      case 'delay': {
        const answer = await pass();
        await pause(fault.ms);
        return send(answer);
      }
      case 'status':
        return send(plainAnswer(message, fault));
    }
  }

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (dead) return void message.socket.destroy();
    const path = (message.url ?? '/').split('?')[0] ?? '/';
    const body = await bodyOf(message);
    if (!carries({ method: message.method ?? 'GET', path })) return undisturbed(message, response, null, body);
    const fault = queue.length > 0 ? (queue.shift() ?? null) : standing;
    const record: Carried = { at: Date.now(), body: body.toString(), fault: fault?.kind ?? null, status: null };
    carried.push(record);
    for (const look of watchers) look();
    return fault ? disturbed(message, response, record, body, fault) : undisturbed(message, response, record, body);
  }

  const server = createServer((message, response) => {
    handle(message, response).catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));

  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    forwardTo: (target) => void (service = target),
    next: (...faults) => void queue.push(...faults),
    always: (fault) => void (standing = fault),
    offline(is) {
      dead = is;
      if (is) server.closeAllConnections();
    },
    carried,
    arrived: (count) =>
      new Promise<void>((resolve) => {
        const look = (): void => {
          if (carried.length < count) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    forget() {
      [dead, standing] = [false, null];
      queue.length = 0;
      carried.length = 0;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
