// A client that speaks HTTP byte by byte, as no library would: slow, silent, or gone without a word.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

export interface RawClient {
  send(text: string | Uint8Array): void;
  /** What has come so far; nothing comes while it does not read. */
  received(): string;
  stopReading(): void;
  /** Resolves when the service has ended the connection, with the ms since it was made. */
  closed: Promise<number>;
  isOpen(): boolean;
  /** Ends it at once, with a reset. */
  destroy(): void;
}

export async function connectRaw(url: string): Promise<RawClient> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname === 'localhost' ? '127.0.0.1' : hostname });
  await once(socket, 'connect');
  const since = performance.now();
  const parts: Buffer[] = [];
  let open = true;
  const { promise: closed, resolve } = Promise.withResolvers<number>();
  const gone = (): void => {
    open = false;
    resolve(performance.now() - since);
    socket.destroy();
  };
  // A connection that was cut while it sends is reset.
  socket.on('error', gone).on('end', gone).on('close', gone);
  socket.on('data', (part: Buffer) => parts.push(part));
  return {
    send: (text) => void (open && socket.write(text)),
    received: () => Buffer.concat(parts).toString('latin1'),
    stopReading: () => void socket.pause(),
    closed,
    isOpen: () => open,
    destroy: () => socket.resetAndDestroy(),
  };
}

/** Sends one piece every `every` ms until the connection is gone; gives a function that stops it. */
export function drip(client: RawClient, piece: () => string, every: number): () => void {
  const timer = setInterval(() => (client.isOpen() ? client.send(piece()) : clearInterval(timer)), every);
  return () => clearInterval(timer);
}

export interface VanishingLine {
  url: string;
  port: number;
  /** From here on nothing passes in either direction, and no connection is ended: the other side is just no longer heard. */
  vanish(): void;
  /** New connections pass again; those that vanished never do. */
  comeBack(): void;
  /** Connections to the service that it has not ended. */
  open(): number;
  close(): void;
}

/** A line to a port on this machine whose far end can vanish without a FIN. */
export async function vanishingLine(to: number): Promise<VanishingLine> {
  let vanished = false;
  const sockets = new Set<Socket>();
  const upstreams = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (client) => {
    const upstream = connect({ port: to, host: '127.0.0.1', allowHalfOpen: true });
    let lost = vanished;
    const pass =
      (target: Socket) =>
      (part: Buffer): void => {
        lost ||= vanished;
        if (!lost) target.write(part);
      };
    const end = (target: Socket) => (): void => {
      lost ||= vanished;
      if (!lost) target.end();
    };
    client.on('data', pass(upstream)).on('end', end(upstream));
    upstream.on('data', pass(client)).on('end', end(client));
    upstreams.add(upstream);
    // What the service has given up is over, though the other side never hears of it.
    for (const event of ['end', 'close'] as const) upstream.on(event, () => void upstreams.delete(upstream));
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    vanish: () => void (vanished = true),
    comeBack: () => void (vanished = false),
    open: () => upstreams.size,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
