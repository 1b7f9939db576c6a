// One peer at work: its service behind the chaos, the pages of its sites, each visitor with an origin of their own, and the account
// of what the pages heard.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { startChaos, type Chaos } from './chaos.ts';
import type { Choice, Peer, Service } from './peer.ts';

export interface Heard {
  id: string | null;
  choice: Choice;
}

export interface PageOptions {
  /** How far the page's clock is off, in ms. */
  clock?: number;
  /** How much faster than real time its clock and timers run. */
  speed?: number;
}

export interface World {
  peer: Peer;
  chaos: Chaos;
  service: Service;
  /** How many visitors it has room for. */
  origins: number;
  /** Origin number `n` of the world. */
  origin(n: number): string;
  url(origin: string, options?: PageOptions): string;
  /** What the pages of an origin were told to be made, in order. */
  heard(origin: string): Heard[];
  close(): Promise<void>;
}

/** How many visitors a world has at most: a site has no more origins. */
const ORIGINS = 50;

/** Before every other script: a clock that is off, timers that run faster, and a word to the account that no kill can outrun. */
const prelude = ({ clock, speed }: Required<PageOptions>): string => `
  self.clock = ${clock};
  const RealDate = Date;
  const opened = RealDate.now();
  const now = () => Math.round(opened + (RealDate.now() - opened) * ${speed} + self.clock);
  self.Date = class extends RealDate {
    constructor(...given) { if (given.length > 0) super(...given); else super(now()); }
    static now() { return now(); }
  };
  if (${speed} !== 1) {
    const [later, timeout] = [self.setTimeout, AbortSignal.timeout];
    // Patience with the browser (it comes with the error that ends it) is not: a busy machine has no other hours.
    self.setTimeout = (run, ms, ...rest) => later(run, rest[0] instanceof Error ? ms : ms / ${speed}, ...rest);
    AbortSignal.timeout = (ms) => timeout.call(AbortSignal, ms / ${speed});
  }
  self.heard = (id, choice) => {
    const telling = new XMLHttpRequest();
    telling.open('POST', '/heard', false);
    telling.send(JSON.stringify({ id, choice }));
  };`;

export async function openWorld(peer: Peer): Promise<World> {
  const chaos = await startChaos((request) => peer.carries(request));
  const accounts = new Map<string, Heard[]>();
  const server = createServer((request, response) => {
    const origin = `http://${request.headers.host ?? ''}`;
    const { pathname, searchParams } = new URL(request.url ?? '/', origin);
    const file = peer.files?.get(pathname);
    if (file !== undefined) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(file);
    if (pathname === '/') {
      const options = { clock: Number(searchParams.get('clock') ?? 0), speed: Number(searchParams.get('speed') ?? 1) };
      const head = `<title>Shop</title><script>${prelude(options)}</script>${peer.head(chaos.url)}`;
      return void response
        .writeHead(200, { 'content-type': 'text/html; charset=utf-8' })
        .end(`<!doctype html><html lang="en"><head>${head}</head><body><h1>Shop</h1></body></html>`);
    }
    if (pathname !== '/heard') return void response.writeHead(404).end();
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      accounts.set(origin, [...(accounts.get(origin) ?? []), JSON.parse(text) as Heard]);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = (n: number): string => `http://v${n}.localhost:${port}`;
  const origins = Array.from({ length: ORIGINS }, (_, n) => origin(n));
  const service = await peer.start(chaos, origins);
  return {
    peer,
    chaos,
    service,
    origins: ORIGINS,
    origin,
    url: (of, { clock = 0, speed = 1 } = {}) => `${of}/?clock=${clock}&speed=${speed}`,
    heard: (of) => accounts.get(of) ?? [],
    async close() {
      await service.close();
      await chaos.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
