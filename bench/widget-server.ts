// The page's own origin of each contestant: one static server, everything Brotli-compressed beforehand (quality 11), told apart by the
// Host header, so that no contestant finds another's files or cookies.
import { once } from 'node:events';
import { Agent, createServer, request as ask, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, constants } from 'node:zlib';

import type { Contestant, ServedFile } from './peers/contestant.ts';
import { pageHtml } from './peers/page.ts';

/** Scripts and styles are kept for as long as the service lets its widget be kept; the page itself is asked for again. */
const FILES = 'public, max-age=300';
const PAGE = 'no-cache';

const compressed = (body: Buffer): Buffer =>
  brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });

const agent = new Agent({ keepAlive: true });

/** As a reverse proxy does: the answer comes as it is. */
function passOn(request: IncomingMessage, response: ServerResponse, service: string): void {
  const { method, headers } = request;
  const onward = ask(new URL(request.url ?? '/', service), { method, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => response.destroy());
  request.pipe(onward);
}

export interface Pages {
  /** An origin of its own for each contestant. */
  origin(id: string): string;
  add(contestant: Contestant): void;
  close(): Promise<void>;
}

export async function servePages(): Promise<Pages> {
  const answers = new Map<string, ServedFile>();
  const services = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    const host = request.headers.host?.split('.')[0] ?? '';
    const path = (request.url ?? '').split('?')[0] ?? '';
    const file = answers.get(`${host} ${path}`);
    const service = services.get(host);
    if (!file && service) return passOn(request, response, service);
    if (!file) return void response.writeHead(404, { 'Cache-Control': FILES, 'Content-Length': 0 }).end();
    response
      .writeHead(200, {
        'Content-Type': file.type,
        'Content-Encoding': 'br',
        'Content-Length': file.body.length,
        'Cache-Control': path === '/' ? PAGE : FILES,
        Vary: 'Accept-Encoding',
      })
      .end(file.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    origin: (id) => `http://${id}.localhost:${port}`,
    add(contestant) {
      const put = (path: string, { body, type }: ServedFile): void =>
        void answers.set(`${contestant.id} ${path}`, { body: compressed(body), type });
      put('/', { body: Buffer.from(pageHtml(contestant)), type: 'text/html; charset=utf-8' });
      for (const [path, file] of Object.entries(contestant.files)) put(path, file);
      if (contestant.behind) services.set(contestant.id, contestant.behind);
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}
