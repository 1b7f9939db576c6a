// A loopback proxy in front of the service that a journey can hold: answers kept back, lost or late, or the line dead.
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export interface ProxiedRequest {
  method: string;
  path: string;
  /** Set once the service has answered, whether or not the answer was let through. */
  status: number | null;
}

/** Which requests something is meant for: a method and a path that matches. */
export type Which = (request: { method: string; path: string }) => boolean;

/** Consent events on their way to the service. */
export const eventPosts: Which = ({ method, path }) => method === 'POST' && /^\/v1\/sites\/[^/]+\/events$/.test(path);

export interface HeldAnswers {
  /** Resolves when the service has answered `count` such requests (1) and the answers are held here. */
  arrived(count?: number): Promise<void>;
  /** Lets the held answers through, and all later ones. */
  release(): void;
}

export interface HoldingProxy {
  url: string;
  port: number;
  /** Every request since the start, in order. */
  readonly requests: readonly ProxiedRequest[];
  /** Where to pass requests on to; may change while it runs (a restarted service). */
  forwardTo(service: string): void;
  /** The service does its work; its answers stay here until released. */
  holdAnswers(which: Which): HeldAnswers;
  /** The service does its work; the line breaks before its answer arrives. Ends with the function given back. */
  loseAnswers(which: Which): () => void;
  /** Each answer comes so many milliseconds later. */
  delay(milliseconds: number): void;
  /** New and open connections are cut, as without a network. */
  goOffline(): void;
  comeBack(): void;
  /** Resolves when the service has answered `count` requests of that kind since the proxy's start. */
  answered(which: Which, count?: number): Promise<void>;
  close(): Promise<void>;
}

/** Headers that belong to one connection and not to the message. */
const HOP_BY_HOP = ['connection', 'keep-alive', 'transfer-encoding'];
const passedOn = (headers: IncomingMessage['headers']) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !HOP_BY_HOP.includes(name)));

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Asks the service. The Host header stays the proxy's: that is the service's public name. */
async function forward(service: string, message: IncomingMessage): Promise<{ answer: IncomingMessage; body: Buffer }> {
  const { hostname, port } = new URL(service);
  const body = await bodyOf(message);
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const outgoing = ask(
      {
        host: hostname === 'localhost' ? '127.0.0.1' : hostname,
        port,
        path: message.url,
        method: message.method,
        headers: passedOn(message.headers),
      },
      resolve,
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
  return { answer, body: await bodyOf(answer) };
}

/** Starts on a free loopback port, or on `port`. Until `forwardTo` is called it answers 502. */
export async function startHoldingProxy(port = 0): Promise<HoldingProxy> {
  const requests: ProxiedRequest[] = [];
  const holds: { which: Which; released: Promise<void> }[] = [];
  const losses = new Set<Which>();
  const waiting = new Set<() => void>();
  let service: string | null = null;
  let lateness = 0;
  let offline = false;

  const answeredCount = (which: Which) => requests.filter((one) => one.status !== null && which(one)).length;
  const untilAnswered = (which: Which, count: number) =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (answeredCount(which) < count) return;
        waiting.delete(check);
        resolve();
      };
      waiting.add(check);
      check();
    });

  async function handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    if (offline) return void message.socket.destroy();
    if (!service) return void response.writeHead(502).end();
    const record: ProxiedRequest = {
      method: message.method ?? 'GET',
      path: (message.url ?? '/').split('?')[0] ?? '/',
      status: null,
    };
    requests.push(record);
    const { answer, body } = await forward(service, message);
    record.status = answer.statusCode ?? 502;
    for (const check of waiting) check();
    await Promise.all(holds.filter(({ which }) => which(record)).map(({ released }) => released));
    if (lateness > 0) await pause(lateness);
    if (offline || [...losses].some((which) => which(record))) return void message.socket.destroy();
    if (response.destroyed) return;
    response.writeHead(record.status, passedOn(answer.headers)).end(body);
  }

  const server = createServer((message, response) => {
    handle(message, response).catch(() => message.socket.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  const real = (server.address() as AddressInfo).port;

  return {
    url: `http://localhost:${real}`,
    port: real,
    requests,
    forwardTo: (target) => void (service = target),
    holdAnswers(which) {
      const before = answeredCount(which);
      const { promise, resolve } = Promise.withResolvers<void>();
      holds.push({ which, released: promise });
      return { arrived: (count = 1) => untilAnswered(which, before + count), release: resolve };
    },
    loseAnswers(which) {
      losses.add(which);
      return () => void losses.delete(which);
    },
    delay: (milliseconds) => void (lateness = milliseconds),
    goOffline() {
      offline = true;
      server.closeAllConnections();
    },
    comeBack: () => void (offline = false),
    answered: (which, count = 1) => untilAnswered(which, count),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
