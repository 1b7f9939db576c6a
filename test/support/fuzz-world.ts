// What is fuzzed: a service process with two sites, and honest requests of every public route to begin with. The second site,
// "planted", is full of markers that no answer about the first may hold.
import { createHash } from 'node:crypto';

import { createSite } from '../../server/sites.ts';
import { parseConfig } from '../../server/config.ts';
import { openStore } from '../../server/store/open.ts';
import type { PrivacyNoticeInput } from '../../shared/notice/schema.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import { hashOf } from '../../shared/canonical.ts';
import { sha256 } from '../../server/verifier.ts';
import type { Chance } from '../faults/chance.ts';
import { spoilJson, spoilJws, spoilRequest, type FuzzRequest } from './fuzz-mutations.ts';
import { mailServer } from './mail-server.ts';
import { presentation as example } from './presentation.ts';
import { cookiePolicy } from './service.ts';
import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from './service-process.ts';
import { createSubject, type Subject } from './subject.ts';

export const PLANTED_ORIGIN = 'https://zanzibarium.example';
const marked: PrivacyNoticeInput = {
  ...cookiePolicy,
  title: 'Cookies of the Zanzibarium',
  controller: { ...cookiePolicy.controller, name: 'Zanzibarium Ltd', legalName: 'Zanzibarium Limited' },
};
const shown: Presentation = { ...example, words: [{ id: 'title', text: 'Your choice in the Zanzibarium' }] };

export interface FuzzWorld {
  workplace: Workplace;
  service: ServiceProcess;
  /** None of these may be in an answer about "example", unless the request held it. */
  markers: string[];
  /** An honest request, most often spoilt once or more, of this number. */
  request(chance: Chance): Promise<FuzzRequest>;
  /** The paths of the honest requests, to be compared with the table of routes: `METHOD path`. */
  routes: string[];
  close(): Promise<void>;
}

/** The text of that name in the configuration that a script begins with. Throws where there is none. */
function textIn(name: string, script: string): string {
  const text = new RegExp(`[{,]${name}:"([^"]+)"`).exec(script)?.[1];
  if (!text) throw new Error(`no ${name} in ${script.slice(0, 80)}`);
  return text;
}

interface Known {
  /** Of "example": a leaf's event and its subject. */
  event: string;
  notice: string;
  configuration: string;
  presentation: string;
  /** Of "planted": tried in place of the others. */
  foreign: string[];
  version: string;
  /** The folder of the widget's chunks. */
  assets: string;
  /** Of the widget. */
  build: string;
}

type Make = (chance: Chance) => Promise<Partial<FuzzRequest>>;

/** Reading routes that need nothing, as `path` or with what they are asked for. */
const plainRoutes = (known: Known): [route: string, target: string][] => [
  ['/', '/'],
  ['/pages/style.css', '/pages/style.css'],
  ['/healthz', '/healthz'],
  ['/readyz', '/readyz'],
  ['/metrics', '/metrics'],
  ['/openapi.json', '/openapi.json'],
  ['/docs', '/docs'],
  ['/.well-known/gpc.json', '/.well-known/gpc.json'],
  ['/.well-known/candour.json', '/.well-known/candour.json'],
  ['/w/assets/:folder/:file', `/w/assets/${known.assets}/ui.js`],
  ['/w/assets/:site/:folder/:file', `/w/assets/example/${known.assets}/ui.js`],
  ['/w/builds/:build', `/w/builds/${known.build}`],
  ['/w/builds/:build/:file', `/w/builds/${known.build}/ui.js`],
  ['/w/:pinned{[a-z0-9-]+@[\\w.-]+\\.js}', `/w/example@${known.version}.js`],
  ['/w/:site/details/:file', `/w/example/details/${known.version}.json`],
  ['/w/:file{[a-z0-9-]+\\.js}', '/w/example.js'],
  ['/v1/sites/:site/notices', '/v1/sites/example/notices'],
  ['/v1/sites/:site/notices/:kind', '/v1/sites/example/notices/cookie_policy'],
  ['/v1/sites/:site/notice', '/v1/sites/example/notice'],
  ['/v1/notices/:hash', `/v1/notices/${known.notice}`],
  ['/v1/configurations/:hash', `/v1/configurations/${known.configuration}`],
  ['/v1/presentations/:hash', `/v1/presentations/${known.presentation}`],
  ['/v1/sites/:site/log/checkpoint', '/v1/sites/example/log/checkpoint'],
  ['/v1/sites/:site/log/inclusion', '/v1/sites/example/log/inclusion?index=0'],
  ['/v1/sites/:site/log/consistency', '/v1/sites/example/log/consistency?from=1'],
  ['/v1/sites/:site/log/leaves', '/v1/sites/example/log/leaves?start=0&end=5'],
  ['/v1/admin/session', '/v1/admin/session'],
  ['/m/:site', '/m/example'],
  ['/m/:site/sent', '/m/example/sent?lang=de'],
  ['/m/:site/confirm/:token', `/m/example/confirm/${'A'.repeat(43)}`],
  ['/m/:site/stop/:link', `/m/example/stop/${'A'.repeat(120)}`],
  ['/m/:site/choices/:link', `/m/example/choices/${'A'.repeat(100)}`],
  ['/r/:site', '/r/example'],
  ['/r/:site/sent', '/r/example/sent'],
  ['/r/:site/confirm/:token', `/r/example/confirm/${'A'.repeat(43)}`],
  ['/admin', '/admin'],
  ['/admin/*', '/admin/assets/none.js'],
];

const FORM = 'application/x-www-form-urlencoded';

/** Starts the service. `close` ends it. */
export async function fuzzWorld(): Promise<FuzzWorld> {
  const mail = await mailServer();
  const workplace = await createWorkplace({ CANDOUR_SMTP: mail.url });
  const store = await openStore(parseConfig(workplace.env).database);
  const planted = await createSite(store, {
    site: 'planted',
    name: 'Zanzibarium',
    origins: [PLANTED_ORIGIN],
    notices: [marked],
    publicUrl: workplace.env['CANDOUR_PUBLIC_URL'] ?? '',
  });
  await store.close();
  const service = await workplace.start();
  const { url } = service;
  const json = async (path: string) => (await fetch(url + path)).json() as Promise<Record<string, unknown>>;
  const send = async (site: string, origin: string, subject: Subject, shownThere: Presentation): Promise<string[]> => {
    const { jws, event, hash } = await subject.next();
    const response = await fetch(`${url}/v1/sites/${site}/events`, {
      method: 'POST',
      headers: { Origin: origin, 'Content-Type': 'application/json' },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events: [jws], presentations: [shownThere] }),
    });
    if (response.status !== 200) throw new Error(`${site}: ${response.status}`);
    return [event.id, subject.id, hash];
  };
  const [ownHash, plantedHash] = [await hashOf(example, sha256), await hashOf(shown, sha256)];
  const ofPlanted: string[] = [];
  for (let i = 0; i < 5; i++) {
    const subject = await createSubject({ log: planted.log, origin: PLANTED_ORIGIN, presentation: plantedHash });
    ofPlanted.push(...(await send('planted', PLANTED_ORIGIN, subject, shown)));
  }
  const subjectHere = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN, presentation: ownHash });
  const [event = ''] = await send('example', PAGE_ORIGIN, subjectHere, example);
  const boot = async (site: string) => textIn('configuration', await (await fetch(`${url}/w/${site}.js`)).text());
  const noticeOf = async (site: string) =>
    ((await json(`/v1/sites/${site}/notices`))['notices'] as { hash: string }[])[0]?.hash ?? 'none';
  const script = await (await fetch(`${url}/w/example.js`)).text();
  const foreignDocuments = [await noticeOf('planted'), await boot('planted'), plantedHash];
  const known: Known = {
    event,
    notice: await noticeOf('example'),
    configuration: await boot('example'),
    presentation: ownHash,
    foreign: [...ofPlanted, ...foreignDocuments, 'planted'],
    version: textIn('version', script),
    assets: textIn('assets', script),
    build: textIn('build', script),
  };

  let subject = subjectHere;
  let uses = 0;
  /** A new one now and then: the history of one is read with each of its events. */
  async function someSubject(): Promise<Subject> {
    if (++uses % 15 === 0) subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN, presentation: ownHash });
    return subject;
  }
  const JSON_TYPE: [string, string] = ['Content-Type', 'application/json'];

  const postEvents: Make = async (chance) => {
    const by = await someSubject();
    const { event: honest, jws } = await by.next();
    const one = await chance.oneOf([
      async () => jws,
      async () => spoilJws(chance, jws),
      // Signed by its subject all the same: what comes behind the signature check is to be reached too.
      async () => by.signText(spoilJson(chance, honest)),
      async () => by.signText(spoilJson(chance, honest)),
      async () => by.sign({ ...honest, log: planted.log }),
    ])();
    const batch = {
      sentAt: new Date().toISOString(),
      events: chance.between(0, 5) ? [one] : [one, jws],
      presentations: [example],
    };
    return {
      headers: [['Origin', PAGE_ORIGIN], JSON_TYPE],
      body: Buffer.from(chance.between(0, 4) ? JSON.stringify(batch) : spoilJson(chance, batch)),
    };
  };
  const signed =
    (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Make =>
    async (chance) => {
      const by = await someSubject();
      const text = body && (chance.between(0, 2) ? JSON.stringify(body) : spoilJson(chance, body));
      const digest = text === undefined ? {} : { body: createHash('sha256').update(text).digest('base64url') };
      const honest = await by.authorise({ method, path, ...digest });
      const value = chance.between(0, 2) ? honest : `Subject ${spoilJws(chance, honest.slice(8))}`;
      return {
        headers: [['Origin', PAGE_ORIGIN], ['Authorization', value], ...(text === undefined ? [] : [JSON_TYPE])],
        ...(text === undefined ? {} : { body: Buffer.from(text) }),
      };
    };
  const form =
    (fields: Record<string, string>): Make =>
    async (chance) => {
      const spoilt = chance.between(0, 1)
        ? {
            ...fields,
            [chance.oneOf(Object.keys(fields))]: chance.oneOf(['', '\0', '"><fuzz>', '__proto__', 'x'.repeat(20_000)]),
          }
        : fields;
      return { headers: [['Content-Type', FORM]], body: Buffer.from(`${new URLSearchParams(spoilt)}`) };
    };
  const nothing: Make = () => Promise.resolve({});
  const preflightOf = (path: string): [string, string, string, Make] => [
    'OPTIONS',
    path,
    path.replace(':site', 'example').replace(':event', event),
    () =>
      Promise.resolve({
        headers: [
          ['Origin', PAGE_ORIGIN],
          ['Access-Control-Request-Method', 'POST'],
        ],
      }),
  ];
  const own = '/v1/sites/:site/me';
  const table: [method: string, route: string, target: string, make: Make][] = [
    ...plainRoutes(known).map(([route, target]): [string, string, string, Make] => ['GET', route, target, nothing]),
    ['POST', '/v1/sites/:site/events', '/v1/sites/example/events', postEvents],
    ['GET', `${own}/events`, '/v1/sites/example/me/events', signed('GET', '/v1/sites/example/me/events')],
    ['DELETE', own, '/v1/sites/example/me', signed('DELETE', '/v1/sites/example/me')],
    ['GET', `${own}/requests`, '/v1/sites/example/me/requests', signed('GET', '/v1/sites/example/me/requests')],
    [
      'POST',
      `${own}/requests`,
      '/v1/sites/example/me/requests',
      signed('POST', '/v1/sites/example/me/requests', { kind: 'access', message: 'please' }),
    ],
    ['GET', `${own}/access`, '/v1/sites/example/me/access', signed('GET', '/v1/sites/example/me/access')],
    ['GET', `${own}/portability`, '/v1/sites/example/me/portability', signed('GET', '/v1/sites/example/me/portability')],
    [
      'GET',
      '/v1/sites/:site/receipts/:event',
      `/v1/sites/example/receipts/${event}`,
      signed('GET', `/v1/sites/example/receipts/${event}`),
    ],
    ...[
      `/v1/sites/:site/events`,
      `${own}/events`,
      own,
      `${own}/requests`,
      `${own}/access`,
      `${own}/portability`,
      '/v1/sites/:site/receipts/:event',
    ].map(preflightOf),
    [
      'POST',
      '/v1/admin/session',
      '/v1/admin/session',
      () =>
        Promise.resolve({
          headers: [['Origin', url], JSON_TYPE],
          body: Buffer.from('{"token":"candour_once_AAAAAAAAAAAA.AAAA"}'),
        }),
    ],
    [
      'POST',
      '/v1/admin/session/challenge',
      '/v1/admin/session/challenge',
      () => Promise.resolve({ headers: [['Origin', url], JSON_TYPE], body: Buffer.from('{}') }),
    ],
    [
      'POST',
      '/v1/admin/session/passkey',
      '/v1/admin/session/passkey',
      (chance) => {
        const response = { authenticatorData: 'AAAA', clientDataJSON: 'e30', signature: 'AAAA' };
        const passkey = { id: 'AAAA', rawId: 'AAAA', type: 'public-key', response, clientExtensionResults: {} };
        const body = chance.between(0, 1) ? JSON.stringify({ passkey }) : spoilJson(chance, { passkey });
        return Promise.resolve({ headers: [['Origin', url], JSON_TYPE], body: Buffer.from(body) });
      },
    ],
    ['DELETE', '/v1/admin/session', '/v1/admin/session', () => Promise.resolve({ headers: [['Origin', url]] })],
    ['POST', '/r/:site', '/r/example', form({ kind: 'access', email: 'visitor@example.org', message: 'please', reference: '' })],
    ['POST', '/m/:site', '/m/example', form({ email: 'visitor@example.org', lang: 'fr' })],
    ['POST', '/m/:site/confirm', '/m/example/confirm', form({ token: 'A'.repeat(43) })],
    ['POST', '/m/:site/stop/:link', `/m/example/stop/${'A'.repeat(120)}`, form({ 'List-Unsubscribe': 'One-Click' })],
    ['POST', '/m/:site/stop', '/m/example/stop', form({ link: 'A'.repeat(120), act: 'stop' })],
    [
      'POST',
      '/m/:site/choices',
      '/m/example/choices',
      form({ link: 'A'.repeat(100), act: 'start', activity: 'newsletter', sender: 'controller', channel: 'email' }),
    ],
    ['POST', '/r/:site/confirm', '/r/example/confirm', form({ token: 'A'.repeat(43) })],
  ];
  const events = table.find(([method, route]) => method === 'POST' && route.endsWith('/events'));

  return {
    workplace,
    service,
    markers: ['anzibar', 'planted', ...ofPlanted, ...foreignDocuments],
    routes: table.map(([method, route]) => `${method} ${route}`),
    async request(chance) {
      // A third of all are events: most of what can be wrong is in them.
      const [method, , target, make] = chance.between(0, 2) === 0 && events ? events : chance.oneOf(table);
      let request: FuzzRequest = {
        method,
        target: chance.between(0, 9) === 0 ? target.replace(/[^/]{20,}/, chance.oneOf(known.foreign)) : target,
        headers: [],
        body: null,
        framing: 'length',
        ...(await make(chance)),
      };
      request.headers = [['Host', new URL(url).host], ['Connection', 'close'], ...request.headers];
      for (let left = chance.between(0, 3); left > 0; left--) request = spoilRequest(chance, request);
      return request;
    },
    async close() {
      await workplace.close();
      await mail.close();
    },
  };
}
