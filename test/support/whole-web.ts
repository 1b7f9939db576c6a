// The web as one browser sees it: a proxy that notes every request of any host, answers for the hosts that a test writes, passes on what
// is for this machine, and lets nothing else out.
import { createServer, request as ask, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface WebRequest {
  method: string;
  /** Whole address; of an https one only `https://host:port`, as nothing answers there. */
  url: string;
  headers: IncomingHttpHeaders;
}

type Answer =
  | string
  | { type: string; body: string | Buffer; headers?: Record<string, string>; status?: number }
  | ((response: ServerResponse) => void);

export interface WholeWeb {
  /** For Chromium: everything goes through here, this machine's own addresses too. */
  flags: string[];
  requests: WebRequest[];
  /** Names that a server on this machine answers for, with its port. */
  servers: Map<string, number>;
  /** By whole address, without its query. */
  answers: Map<string, Answer>;
  close(): Promise<void>;
}

/** Has nothing to do with a page: the browser asks it of any host. */
const isIcon = (url: string): boolean => url.endsWith('/favicon.ico');

function answerWith(answer: Answer | undefined, response: ServerResponse): void {
  if (typeof answer === 'function') return answer(response);
  const { type, body, headers, status } =
    typeof answer === 'object'
      ? answer
      : { type: 'text/html; charset=utf-8', body: answer ?? 'nothing here', headers: {}, status: undefined };
  response.writeHead(status ?? (answer === undefined ? 404 : 200), { 'content-type': type, ...headers }).end(body);
}

/** To a server on this machine, as it came. */
function passOn(request: IncomingMessage, response: ServerResponse, url: URL, port: string | number): void {
  const { method = 'GET', headers } = request;
  const path = url.pathname + url.search;
  const onward = ask({ host: '127.0.0.1', port, method, path, headers, setHost: false }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  request.pipe(onward);
}

export async function startWholeWeb(): Promise<WholeWeb> {
  const requests: WebRequest[] = [];
  const answers: WholeWeb['answers'] = new Map();
  const servers: WholeWeb['servers'] = new Map();
  const server = createServer((request, response) => {
    const { method = 'GET', headers, url: address = '' } = request;
    const url = new URL(address);
    if (!isIcon(address)) requests.push({ method, url: url.href, headers });
    const isHere = /(?:^|\.)localhost$|^127\.0\.0\.1$/.test(url.hostname);
    const port = isHere ? url.port : servers.get(url.hostname);
    if (port !== undefined) return passOn(request, response, url, port);
    answerWith(answers.get(url.origin + url.pathname), response);
  });
  server.on('connect', (request, socket) => {
    requests.push({ method: 'CONNECT', url: `https://${request.url ?? ''}`, headers: request.headers });
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  server.on('clientError', (_error, socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    flags: [`--proxy-server=http://127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'],
    requests,
    servers,
    answers,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
