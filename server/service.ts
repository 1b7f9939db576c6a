// Puts the service together and lets it listen: configuration -> store -> app -> port.
import type { RequestListener, Server } from 'node:http';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { getRequestListener } from '@hono/node-server';
import { pino, type Logger } from 'pino';

import { createApp } from './app.ts';
import { ConfigError, publicUrlOf, type Config } from './config.ts';
import { checkingThreads, checksHere } from './event-checks.ts';
import { HTTP_LIMITS, httpServer } from './http-server.ts';
import { NO_PLACE } from './jurisdiction.ts';
import { attestationWriter } from './attest/attest.ts';
import { adoptLogs } from './log/adopt-logs.ts';
import { fileSigner, type LogSigner } from './log/key.ts';
import { logWriter } from './log/writer.ts';
import { marketingDesk } from './marketing/desk.ts';
import { mailsKept } from './marketing/mail-outbox.ts';
import { followedAttestations, followedLog, followedStore } from './kept/followed.ts';
import { keptList, type KeptList } from './kept/kept-list.ts';
import { serviceMetrics } from './metrics.ts';
import { rateLimiter } from './rate-limit.ts';
import { retentionJob } from './retention/job.ts';
import { keepLookupKey } from './rights/rotate-secret.ts';
import { rightsDesk } from './rights/desk.ts';
import { stopLists } from './routes/contact-lists.ts';
import { eventsListener } from './routes/events.ts';
import type { ServiceContext } from './service-context.ts';
import { siteRegistry } from './site-context.ts';
import { openStore } from './store/open.ts';
import { watchWrites } from './store/readiness.ts';
import type { Store } from './store/store.ts';
import { aboutContact } from './webhooks/about-contact.ts';
import { secretSeal } from './webhooks/secret.ts';
import { sender } from './webhooks/send.ts';
import { webhookWorker } from './webhooks/worker.ts';
import { cosignatureCollector } from './witness/collector.ts';
import { widgetBuilds } from './widget-builds.ts';
import { widgetFiles } from './widget-files.ts';

export interface Service {
  /** The URL that visitors' browsers reach it under. */
  url: string;
  store: Store;
  /** Takes no new requests, finishes what is under way, closes the database. */
  close(): Promise<void>;
}

export function serviceContext(
  {
    distFolder,
    rateLimit = null,
    trustProxy = false,
    placeHeaders = NO_PLACE,
    gpc = null,
    secret = null,
    previousSecret = null,
    lookupKey,
    smtp = null,
    webhookHosts = [],
    kept = null,
  }: Pick<Config, 'distFolder'> &
    Partial<
      Pick<Config, 'rateLimit' | 'trustProxy' | 'placeHeaders' | 'gpc' | 'secret' | 'previousSecret' | 'smtp' | 'webhookHosts'>
    > & {
      /** The key that addresses are found by, where it was kept (rights/rotate-secret.ts). */
      lookupKey?: Uint8Array | undefined;
      /** What outlives a restored backup. */
      kept?: KeptList | null;
    },
  given: Store,
  signer: LogSigner,
  publicUrl: string,
  logger: Logger,
): ServiceContext {
  const store = kept ? followedStore(given, kept) : given;
  const log = logWriter(store, signer);
  const attestations = attestationWriter(store, signer);
  const sites = siteRegistry(store, signer);
  const now = (): Date => new Date();
  const builds = widgetBuilds(store, now);
  const desk = rightsDesk({ secret, previousSecret, smtp, lookupKey }, { store, sites, publicUrl, logger, now });
  return {
    store,
    publicUrl,
    logger,
    log: kept ? followedLog(log, kept) : log,
    checks: checksHere,
    attestations: kept ? followedAttestations(attestations, kept) : attestations,
    sites,
    webhooks: { seal: secret === null ? null : secretSeal(secret, previousSecret), allowed: webhookHosts },
    ...desk,
    ...marketingDesk({ secret, previousSecret, lookupKey }, { ...desk, store, sites, publicUrl, logger, now }),
    widget: widgetFiles(join(distFolder, 'widget'), publicUrl, builds),
    builds,
    dashboardFolder: join(distFolder, 'dashboard'),
    now,
    metrics: serviceMetrics(store),
    limits: { perMinute: rateLimit, trustProxy },
    limiter: rateLimiter(),
    placeHeaders,
    gpc,
  };
}

/** One thread checks as many events as the event loop can take in. */
const MOST_CHECKING = 2;

const askWitness = (url: string): Promise<Response> => fetch(url, { redirect: 'error', signal: AbortSignal.timeout(10_000) });

const listen = (server: Server, { host, port }: Config): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken
          ? new ConfigError(`CANDOUR_PORT is ${port}, which another program uses; it takes a free port`, { cause: error })
          : error,
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });

/** Throws ConfigError, LogKeyError, or what the database says. */
export async function startService(
  config: Config,
  logger: Logger = pino({ level: config.logLevel }),
  limits = HTTP_LIMITS,
): Promise<Service> {
  let answer: RequestListener | null = null;
  const server = httpServer(
    (request, response) => (answer ? answer(request, response) : void response.writeHead(503, { 'Retry-After': '1' }).end()),
    limits,
  );
  const store = watchWrites(await openStore(config.database));
  const kept = config.keptList === null ? null : keptList({ store, file: config.keptList, logger });
  try {
    const lookupKey = await keepLookupKey(store, config);
    // The key is checked before anything can be asked for.
    const signer = fileSigner(config.logKeyFile);
    await adoptLogs(store, await store.sites(), signer);
    const port = await listen(server, config);
    const url = publicUrlOf(config, port);
    const context = {
      ...serviceContext({ ...config, lookupKey, kept }, store, signer, url, logger),
      metrics: serviceMetrics(store, { ofProcess: true }),
      checks: checkingThreads(Math.min(MOST_CHECKING, Math.max(1, availableParallelism() - 1))),
    };
    const [takeEvents, others] = [eventsListener(context), getRequestListener(createApp(context).fetch)];
    answer = (request, response) => void (takeEvents(request, response) || others(request, response));
    // What a process that was killed left unsent.
    context.confirmations?.kick();
    context.marketingMails?.kick();
    const oldMails = context.marketingMails ? null : mailsKept(context);
    const retention = config.retention === 'daily' ? retentionJob(context) : null;
    const { seal, allowed } = context.webhooks;
    const cosignatures = cosignatureCollector({ store, fetch: askWitness, logger });
    const contact = aboutContact(context, { addresses: config.webhookAddresses });
    const webhooks = seal && webhookWorker({ store, seal, send: sender(allowed), now: context.now, logger, contact });
    logger.info({ url, port, ...(await store.durability()) }, 'listening');
    return {
      url,
      store,
      async close() {
        const lists = stopLists(context.store);
        const finished = server.finish();
        await webhooks?.close();
        await cosignatures.close();
        await retention?.close();
        await context.confirmations?.close();
        await context.marketingMails?.close();
        await oldMails?.close();
        await finished;
        await lists.ended();
        await context.log.idle();
        await kept?.close();
        await context.checks.close();
        await store.close();
      },
    };
  } catch (error) {
    server.close();
    await kept?.close();
    await store.close();
    throw error;
  }
}
