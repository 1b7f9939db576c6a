// A consent service on a real SQLite file in a folder of its own, talked to through `app.request()`. An answer that is not as described fails there.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Hono } from 'hono';
import { pino } from 'pino';

import type { EventsAnswer, EventsRequestInput } from '../../shared/api.ts';
import type { PrivacyNoticeInput } from '../../shared/notice/schema.ts';
import { createApp } from '../../server/app.ts';
import type { Config } from '../../server/config.ts';
import { fileSigner } from '../../server/log/key.ts';
import { serviceContext } from '../../server/service.ts';
import type { ServiceContext } from '../../server/service-context.ts';
import { createSite } from '../../server/sites.ts';
import { sqliteStore } from '../../server/store/sqlite/store.ts';
import type { Store } from '../../server/store/store.ts';
import { PIECES } from '../../shared/site/pieces.ts';
import { LOCALES } from '../../widget/messages/locales.ts';
import { answersAsDescribed } from './described-answers.ts';

export const ORIGIN = 'https://www.example.org';
export const SERVICE_URL = 'https://consent.example';

/** A cookie policy with two purposes, of nobody that exists. */
export const cookiePolicy: PrivacyNoticeInput = {
  schema: 1,
  kind: 'cookie_policy',
  title: 'Cookies on example.org',
  language: 'en',
  version: '1',
  date: '2026-11-01',
  controller: { name: 'Example Ltd', legalName: 'Example Limited', statement: 'Example Ltd is responsible for this site.' },
  authority: null,
  activities: [
    {
      id: 'visit-statistics',
      title: 'Statistics',
      purposes: [{ text: 'counting visits', kind: 'statistics' }],
      lawfulBases: [{ basis: 'consent', statement: 'We count visits only with your consent.' }],
      retention: [{ statement: 'Counts are kept for a year.', rule: { type: 'fixed', period: 'P1Y', bound: 'max' } }],
    },
    {
      id: 'adverts',
      title: 'Advertising',
      purposes: [{ text: 'showing adverts', kind: 'advertising' }],
      lawfulBases: [{ basis: 'consent', statement: 'We show adverts of others only with your consent.' }],
    },
  ],
};

export interface TestService {
  app: Hono;
  context: ServiceContext;
  folder: string;
  /** The SQLite file. */
  file: string;
  logKeyFile: string;
  site: { site: string; log: string; tag: string };
  post(events: unknown[], more?: Partial<EventsRequestInput>, headers?: Record<string, string>): Promise<Response>;
  /** Posts and expects 200. */
  send(events: unknown[], more?: Partial<EventsRequestInput>): Promise<EventsAnswer>;
  close(): Promise<void>;
}

async function plantWidget(folder: string): Promise<void> {
  await mkdir(join(folder, 'widget', 'assets'), { recursive: true });
  const scripts = [...PIECES, 'index', 'first-visit', 'pinned'].map((name) => ({ file: `${name}.js`, text: `/* ${name} */\n` }));
  const words = { file: 'words.json', text: JSON.stringify(LOCALES) };
  await plantBuild(join(folder, 'widget'), [...scripts, words], [{ file: 'ui.js', text: 'export const ui = 1;\n' }]);
}

/** A widget of these texts with the manifest that `npm run build` would write. Its build. */
export async function plantBuild(folder: string, scripts: Planted[], chunks: Planted[]): Promise<string> {
  for (const { file, text } of scripts) await writeFile(join(folder, file), text);
  for (const { file, text } of chunks) await writeFile(join(folder, 'assets', file), text);
  const hashed = (files: Planted[]) => files.map(({ file, text }) => ({ file, sha256: sha256Of(text) }));
  const hashes = [...hashed(chunks), ...hashed(scripts)].map(({ sha256 }) => sha256).sort();
  const build = sha256Of(hashes.join('\n'));
  const manifest = {
    chunks: hashed(chunks).map((chunk) => ({ ...chunk, integrity: 'sha384-y' })),
    scripts: hashed(scripts),
    build,
  };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
  return build;
}

interface Planted {
  file: string;
  text: string;
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** One site, "example". `folder`: an earlier service's, to open its database again; `store`: another than SQLite's. */
export async function createTestService(
  options: {
    folder?: string;
    now?: () => Date;
    store?: Store;
    notices?: unknown[];
    configuration?: unknown;
    config?: Partial<Pick<Config, 'secret' | 'smtp' | 'placeHeaders'>>;
  } = {},
): Promise<TestService> {
  const folder = options.folder ?? (await mkdtemp(join(tmpdir(), 'candour-test-')));
  const [file, logKeyFile, distFolder] = [join(folder, 'candour.sqlite'), join(folder, 'log-key.pem'), join(folder, 'dist')];
  await plantWidget(distFolder);
  const store = options.store ?? sqliteStore({ file, now: Date.now, migrate: true });
  const signer = fileSigner(logKeyFile);
  const context: ServiceContext = {
    ...serviceContext({ distFolder, ...options.config }, store, signer, SERVICE_URL, pino({ level: 'silent' })),
    ...(options.now ? { now: options.now } : {}),
  };
  const input = {
    site: 'example',
    name: 'Example',
    origins: [ORIGIN],
    notices: options.notices ?? [cookiePolicy],
    ...(options.configuration ? { configuration: options.configuration } : {}),
    publicUrl: SERVICE_URL,
  };
  // By the clock of the test, as everything else.
  const site = await createSite(store, input, context.now().getTime());
  const app = createApp(context);
  const [asDescribed, { fetch }] = [answersAsDescribed(context), app];
  app.fetch = async (request, ...more) => {
    const response = await fetch(request, ...more);
    await asDescribed(request.method, new URL(request.url).pathname, response);
    return response;
  };

  const post: TestService['post'] = async (events, more = {}, headers = {}) =>
    app.request('/v1/sites/example/events', {
      method: 'POST',
      headers: { Origin: ORIGIN, 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ sentAt: new Date().toISOString(), events, ...more }),
    });

  return {
    app,
    context,
    folder,
    file,
    logKeyFile,
    site,
    post,
    async send(events, more) {
      const response = await post(events, more);
      if (response.status !== 200) throw new Error(`expected 200, got ${response.status}: ${await response.text()}`);
      return (await response.json()) as EventsAnswer;
    },
    async close() {
      await context.confirmations?.close();
      await context.marketingMails?.close();
      await context.log.idle();
      await store.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
