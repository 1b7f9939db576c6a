// The HTTP server that the service listens with, and how long it waits for a client: a slow one, or one that vanished, costs a
// connection for a bounded time and nobody else anything.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** ms, but for the last. */
export interface HttpLimits {
  /** From the connection, or the request before, until all headers are there; then 408. */
  headers: number;
  /** Until all of the body is there; then 408. */
  request: number;
  /** Without a byte in either direction: for who does not read the answer, and for who is no longer there. */
  silence: number;
  /** Between two requests. Longer than proxies keep their connections (60 s), so that it is the proxy that closes them. */
  betweenRequests: number;
  /** How often the first two are looked at: they are late by no more than this. */
  check: number;
  /** Connections at a time; one more is closed at once. */
  connections: number;
}

export const HTTP_LIMITS: HttpLimits = {
  headers: 10_000,
  request: 30_000,
  silence: 120_000,
  betweenRequests: 65_000,
  check: 2_000,
  connections: 10_000,
};

/** Requests that a connection may send before the first is answered. Browsers and proxies send one; 64 KiB hold 700. */
const PIPELINED = 16;

/** ms that a stop gives to connections on which nothing was asked, or of which only a part of the request is there. */
const UNASKED = 2_000;
/** ms that it gives to answers: longer than the database's own limits of time, shorter than what stops the service kills it after. */
const ANSWERS = 20_000;

export interface HttpServer extends Server {
  /** Takes no connection and no request any more, answers what was taken, and resolves when all connections are closed. */
  finish(): Promise<void>;
}

type Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** A few bytes must not make many long answers wait in memory for a client that reads none. */
function withoutPipelines(listener: Listener): Listener {
  const unanswered = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    const waiting = (unanswered.get(socket) ?? 0) + 1;
    unanswered.set(socket, waiting);
    if (waiting > PIPELINED) return void socket.destroy();
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    listener(request, response);
  };
}

export function httpServer(listener: Listener, limits: HttpLimits = HTTP_LIMITS): HttpServer {
  const connections = new Set<Socket>();
  const unanswered = new Map<ServerResponse, IncomingMessage>();
  const server = createServer(
    {
      headersTimeout: limits.headers,
      requestTimeout: limits.request,
      keepAliveTimeout: limits.betweenRequests,
      connectionsCheckingInterval: limits.check,
    },
    withoutPipelines((request, response) => {
      unanswered.set(response, request);
      response.once('close', () => unanswered.delete(response));
      // Who keeps asking on a connection that was open before the stop is told that it ends.
      if (!server.listening) response.shouldKeepAlive = false;
      listener(request, response);
    }),
  );
  // Node's timer starts again with each byte, and destroys the connection where nobody else does.
  server.setTimeout(limits.silence);
  server.maxConnections = limits.connections;
  server.on('connection', (socket: Socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });

  function cutUnasked(): void {
    const asked = new Set([...unanswered.values()].flatMap(({ complete, socket }) => (complete ? socket : [])));
    for (const socket of connections) if (!asked.has(socket)) socket.destroy();
  }
  return Object.assign(server, {
    async finish() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const response of unanswered.keys()) if (!response.headersSent) response.shouldKeepAlive = false;
      const timers = [setTimeout(cutUnasked, UNASKED), setTimeout(() => server.closeAllConnections(), ANSWERS)];
      await closed;
      timers.forEach(clearTimeout);
    },
  });
}
