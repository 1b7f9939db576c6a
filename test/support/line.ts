// The line between the service and PostgreSQL, in a test's hand: it breaks at a COMMIT, is cut, or leads to another server.
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** Where the connection breaks: the COMMIT never arrives; right behind it; or once the server has answered that it is done. */
export type BreakAt = 'before' | 'behind' | 'answer';

export interface Line {
  port: number;
  /** The next COMMIT of any connection, once. */
  breakAtCommit(where: BreakAt): void;
  /** Since the last `breakAtCommit`. */
  broken(): boolean;
  /** New connections lead there; those that are open are cut. */
  leadTo(port: number): void;
  close(): void;
}

/** CommandComplete, as PostgreSQL's protocol has it. */
const COMMITTED = Buffer.from('COMMIT\0');
const isCommit = (data: Buffer): boolean => /\bcommit\b/i.test(data.toString('latin1'));

export async function startLine(to: number): Promise<Line> {
  let target = to;
  let armed: BreakAt | null = null;
  let broken = false;
  const sockets = new Set<Socket>();
  const breaks = (where: BreakAt): boolean => {
    if (armed !== where) return false;
    [armed, broken] = [null, true];
    return true;
  };
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    }
    upstream.on('data', (data) => {
      if (data.includes(COMMITTED) && breaks('answer')) return void client.destroy();
      if (!client.destroyed) client.write(data);
      return undefined;
    });
    upstream.on('close', () => client.destroy());
    client.on('close', () => upstream.end());
    client.on('data', (data: Buffer) => {
      if (!isCommit(data)) return void upstream.write(data);
      if (breaks('before')) return void client.destroy();
      upstream.write(data);
      if (breaks('behind')) client.destroy();
      return undefined;
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const cut = (): void => sockets.forEach((socket) => void socket.destroy());
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    breakAtCommit: (where) => void ([armed, broken] = [where, false]),
    broken: () => broken,
    leadTo(port) {
      target = port;
      cut();
    },
    close() {
      server.close();
      cut();
    },
  };
}
