// A port for a server that somebody else starts: free now, and still free when that server comes to listen.
import { createServer } from 'node:net';

/** Below what systems give to whoever does not say (Linux from 32768, macOS from 49152): no connection of a browser takes it meanwhile. */
const [FIRST, COUNT] = [20_000, 12_000];

/** Never twice in this process: two servers are often asked for before either listens. */
const given = new Set<number>();

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false)).listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });

/** Of loopback. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
}
