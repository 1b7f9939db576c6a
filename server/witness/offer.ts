// Where a witness offers what it cosigned: `GET /checkpoint?log=<log id>` and its own key at `GET /key`.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { WitnessState } from './witness-state.ts';

/** `port` 0: any free one. Rejects where the port is taken. */
export function offerCosignatures(state: WitnessState, key: string, port: number): Promise<{ port: number; close(): void }> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://witness');
    const answer = (status: number, text: string): void =>
      void response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(text);
    if (request.method !== 'GET') return answer(405, '');
    if (url.pathname === '/key') return answer(200, `${key}\n`);
    const cosigned = url.pathname === '/checkpoint' ? state.newest(url.searchParams.get('log') ?? '') : null;
    return cosigned ? answer(200, cosigned.note) : answer(404, '');
  });
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(port, () => done({ port: (server.address() as AddressInfo).port, close: () => void server.close() }));
  });
}
