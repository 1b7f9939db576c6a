// One site with a declared notice and receipts, and the consent service that it names: what the extension meets, served for
// real, without the project's own widget or service. Every request is kept with its headers.
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { hashOf } from '../../shared/canonical.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import { exampleLog, type ExampleLog } from './example-log.ts';
import { exampleNotice } from './example-notice.ts';

export interface SeenRequest {
  host: string;
  path: string;
  headers: IncomingHttpHeaders;
}

export interface ExampleSite {
  /** `http://shop.localhost:<port>` */
  origin: string;
  /** `http://consent.localhost:<port>` */
  service: string;
  /** Of this machine, at which both are served. */
  port: number;
  log: ExampleLog;
  receipts: Receipt[];
  noticeHash: string;
  requests: SeenRequest[];
  /** What the service answers instead, by path. */
  lies: Map<string, string>;
  close(): Promise<void>;
}

const FORM = `<form id="write"><label>Name <input name="n"></label><label>Email <input type="email" name="e" value="typed@example.org"></label>
  <label>Message <textarea name="m">typed words</textarea></label><button>Send</button></form>`;

/** Keeps the receipts as the widget keeps its ledger. */
const KEEP_RECEIPTS = `document.documentElement.dataset.ledger = 'waiting';
  window.kept = (async () => {
    const receipts = await (await fetch('/receipts.json')).json();
    const request = indexedDB.open('candour-shop', 2);
    await new Promise((resolve, reject) => {
      request.onupgradeneeded = () => {
        request.result.createObjectStore('events', { keyPath: ['subject', 'seq'] });
        request.result.createObjectStore('presentations');
      };
      request.onsuccess = resolve;
      request.onerror = reject;
    });
    const writing = request.result.transaction(['events', 'presentations'], 'readwrite');
    receipts.forEach(({ service, site, log, logKey, event: jws, presentation, index, leaf, proof, checkpoint }, i) => {
      const event = JSON.parse(atob(jws.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
      const source = { service, site, log, logKey };
      const acknowledgement = { index, leaf, proof, checkpoint };
      writing.objectStore('events').put({ subject: 's' + i, seq: 1, jws, event, hash: leaf.event, source, acknowledgement, parked: null });
      if (event.presentation) writing.objectStore('presentations').put(presentation, event.presentation);
    });
    await new Promise((resolve) => (writing.oncomplete = resolve));
    document.documentElement.dataset.ledger = 'kept';
    return request.result;
  })();
  kept.then((database) => database.close());`;

/**
 * Poses as a page with our widget, says that a choice was made, and lies in wait at everything by which it could tell that somebody reads
 * receipts. What it notices stands on its root.
 */
const POSE = `kept.then(() => {
  const noticed = [];
  const { dataset } = document.documentElement;
  const notice = (what) => {
    noticed.push(what);
    dataset.noticed = noticed.join(' ');
  };
  window.candour = new Proxy({}, { get: (_, name) => notice('candour.' + String(name)), has: (_, name) => notice('in ' + String(name)) });
  const { open, deleteDatabase } = indexedDB;
  for (const [of, name] of [
    [IDBFactory.prototype, 'open'], [IDBFactory.prototype, 'databases'], [IDBDatabase.prototype, 'transaction'], [IDBDatabase.prototype, 'close'],
    [IDBObjectStore.prototype, 'getAll'], [IDBObjectStore.prototype, 'get'], [JSON, 'stringify'], [Promise, 'all'], [Promise.prototype, 'then'],
    [Array.prototype, 'flatMap'], [Array.prototype, 'sort'], [EventTarget.prototype, 'addEventListener'], [Document.prototype, 'querySelector'],
  ]) {
    const before = of[name];
    of[name] = function (...given) {
      notice(name);
      return Reflect.apply(before, this, given);
    };
  }
  for (const name of ['toJSON', 'jws', 'acknowledgement', 'source'])
    Object.defineProperty(Object.prototype, name, { get: () => notice(name) });
  for (const type of ['versionchange', 'blocked', 'error', 'unhandledrejection', 'securitypolicyviolation'])
    window['on' + type] = () => notice(type);
  const mine = Reflect.apply(open, indexedDB, ['candour-shop']);
  mine.onsuccess = () => {
    mine.result.onversionchange = () => notice('versionchange');
    document.dispatchEvent(new CustomEvent('candour:sync'));
    window.end = () => {
      mine.result.onversionchange = () => mine.result.close();
      mine.result.close();
      const deleting = Reflect.apply(deleteDatabase, indexedDB, ['candour-shop']);
      deleting.onblocked = () => notice('blocked');
      deleting.onsuccess = () => (dataset.deleted = 'yes');
    };
    dataset.poses = 'yes';
  };
});`;

const page = (title: string, head: string, body: string): string =>
  `<!doctype html><html lang="en"><head><title>${title}</title>${head}</head><body><h1>${title}</h1>${body}</body></html>`;

/** `names`: how site and service are called where a proxy leads to them; else they are of this machine, at the server's port. */
export async function startExampleSite(names?: { origin: string; service: string }): Promise<ExampleSite> {
  const { sha256 } = webCryptoVerifier(crypto.subtle);
  const noticeHash = await hashOf(exampleNotice, sha256);
  const requests: SeenRequest[] = [];
  const lies = new Map<string, string>();
  const receipts: Receipt[] = [];

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? ''}`);
    requests.push({ host: url.hostname, path: url.pathname + url.search, headers: request.headers });
    void (url.hostname === new URL(service).hostname ? answerService(url, response) : answerSite(url, response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { origin, service } = names ?? { origin: `http://shop.localhost:${port}`, service: `http://consent.localhost:${port}` };
  const log = await exampleLog(service);

  const send = (response: ServerResponse, type: string, body: string): void =>
    void response.writeHead(200, { 'content-type': type }).end(body);
  const json = (response: ServerResponse, value: unknown): void => send(response, 'application/json', JSON.stringify(value));

  async function answerService(url: URL, response: ServerResponse): Promise<void> {
    const lie = lies.get(url.pathname);
    if (lie !== undefined) send(response, 'application/json', lie);
    else if (url.pathname === `/v1/notices/${noticeHash}`) json(response, exampleNotice);
    else if (url.pathname === '/.well-known/candour.json') json(response, { service, version: '0', logs: [log.published()] });
    else if (url.pathname === '/v1/sites/shop/log/checkpoint') send(response, 'text/plain', await log.checkpoint());
    else if (url.pathname === '/v1/sites/shop/log/consistency')
      json(response, { proof: log.consistency(Number(url.searchParams.get('from')), Number(url.searchParams.get('to'))) });
    else response.writeHead(404).end();
  }

  function answerSite(url: URL, response: ServerResponse): void {
    const link = `<link rel="privacy-policy" type="application/json" href="${service}/v1/notices/${noticeHash}">`;
    const widget = `<script>${KEEP_RECEIPTS}</script>`;
    if (url.pathname === '/receipts.json') json(response, receipts);
    else if (url.pathname === '/contact') send(response, 'text/html', page('Contact', link + widget, FORM));
    else if (url.pathname === '/poses')
      send(response, 'text/html', page('Poses', `${widget}<script>${POSE}</script>`, '<button onclick="end()">End</button>'));
    else if (url.pathname === '/late')
      send(
        response,
        'text/html',
        page(
          'Late',
          `<script>setTimeout(() => document.head.insertAdjacentHTML('beforeend', ${JSON.stringify(link)}), 400)</script>`,
          '',
        ),
      );
    else if (url.pathname === '/prose')
      send(response, 'text/html', page('Prose', '', '<a rel="privacy-policy" href="/privacy">Privacy <b>policy</b></a>'));
    else send(response, 'text/html', page('Plain', '', ''));
  }

  return {
    origin,
    service,
    log,
    receipts,
    port,
    noticeHash,
    requests,
    lies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
