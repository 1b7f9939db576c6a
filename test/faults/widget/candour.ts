// Candour as the suite knows a peer: the widget that is built, the real service as a process of its own, its log and its backups.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { ConsentEvent } from '../../../shared/consent/event.ts';
import { status, type StoredEvent } from '../../../shared/consent/status.ts';
import { utf8Text } from '../../../shared/bytes.ts';
import { parseConfig } from '../../../server/config.ts';
import { verifyLog } from '../../../server/log/verify.ts';
import { createSite } from '../../../server/sites.ts';
import { openStore } from '../../../server/store/open.ts';
import type { Site, Store } from '../../../server/store/store.ts';
import { eventPosts } from '../../support/holding-proxy.ts';
import { createWorkplace, type ServiceProcess } from '../../support/service-process.ts';
import { cookiePolicy } from '../../support/service.ts';
import type { Choice, Held, Peer, Service } from './peer.ts';

const SITE = 'shop';

const choiceOf = (state: string | undefined): Choice => (state === 'given' ? 'given' : 'withdrawn');

interface Logged extends StoredEvent {
  subject: string;
  epoch: number;
  index: number;
}

/** Every event of an origin, oldest subject first, within a subject by seq. */
async function loggedOf(store: Store, site: Site, origin: string): Promise<Logged[]> {
  const bodies: Logged[] = [];
  for (const one of await store.history.epochs(site))
    for (const body of await store.bodies(site, one, 0, 1_000_000)) {
      const event = JSON.parse(utf8Text(body.payload)) as ConsentEvent;
      if (event.origin !== origin) continue;
      const [stored] = await store.leaves(site, one, body.index, body.index + 1);
      const leaf = stored?.leaf;
      if (leaf?.kind !== 'event') throw new Error(`no leaf for ${event.id}`);
      const received = { at: Date.parse(leaf.receivedAt), skew: leaf.skew };
      bodies.push({ subject: body.subject, epoch: one, index: body.index, event, hash: leaf.event, received });
    }
  const subjects = [...new Set(bodies.map(({ subject }) => subject))];
  return subjects.flatMap((subject) =>
    bodies.filter((body) => body.subject === subject).sort((a, b) => a.event.seq - b.event.seq),
  );
}

/** Each visit is one after the script's short max-age has passed. */
const HEAD = (service: string): string => `<script>
  document.addEventListener('candour:decision', ({ detail }) => {
    if (detail.event) heard(detail.event, Object.values(detail.status)[0] === 'given' ? 'given' : 'withdrawn');
  });
  self.synced = [];
  document.addEventListener('candour:sync', ({ detail }) => synced.push({ at: Date.now(), ...detail }));
  const outbox = async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'candour-${SITE}')) return 0;
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open('candour-${SITE}');
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const counting = opening.result.transaction('outbox').objectStore('outbox').count();
        counting.onsuccess = () => { opening.result.close(); resolve(counting.result); };
      };
    });
  };
  self.lossless = {
    // With the chunks that a choice needs: a banner that is on screen has them.
    ready: async () => {
      await candour.ready;
      await candour.receipts();
      while (Object.values(candour.status()).some((state) => !/^(g|r|w)/.test(state)) && !document.querySelector('candour-banner'))
        await new Promise((resolve) => requestAnimationFrame(resolve));
    },
    choose: (choice) => choice === 'given'
      ? candour.decide(Object.fromEntries(Object.keys(candour.status()).map((id) => [id, true])))
      : candour.withdraw(),
    says: () => {
      const [state] = Object.values(candour.status());
      return state === 'given' ? 'given' : ['withdrawn', 'refused'].includes(state) ? 'withdrawn' : null;
    },
    waits: outbox,
    synced: () => synced,
    shift: (ms) => void (self.clock = ms),
    erase: () => new Promise((resolve, reject) => {
      const deleting = indexedDB.deleteDatabase('candour-${SITE}');
      deleting.onsuccess = () => resolve(null);
      deleting.onerror = deleting.onblocked = () => reject(new Error('blocked'));
    }),
    look: () => {
      Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    },
  };
</script><script src="${service}/w/${SITE}.js?${performance.now()}"></script>`;

export const candour: Peer = {
  name: 'Candour',
  carries: eventPosts,
  head: HEAD,
  async start(chaos, origins): Promise<Service> {
    const workplace = await createWorkplace({ CANDOUR_PUBLIC_URL: chaos.url });
    const reading = async <T>(work: (store: Store, site: Site) => Promise<T>): Promise<T> => {
      const store = await openStore(parseConfig(workplace.env).database);
      try {
        const site = await store.site(SITE);
        if (!site) throw new Error('the site is gone');
        return await work(store, site);
      } finally {
        await store.close();
      }
    };
    const store = await openStore(parseConfig(workplace.env).database);
    await createSite(store, { site: SITE, origins: [...origins], notices: [cookiePolicy], publicUrl: chaos.url });
    await store.close();
    let process: ServiceProcess;
    const start = async (): Promise<void> => {
      process = await workplace.start();
      chaos.forwardTo(process.url);
    };
    await start();
    const backup = join(workplace.folder, 'the.backup');
    return {
      held: (origin) =>
        reading(async (opened, site) =>
          (await loggedOf(opened, site, origin)).map(({ event }): Held => ({
            id: event.id,
            choice: choiceOf(Object.values(event.purposes)[0]),
            restored: event.start?.kind === 'restored',
          })),
        ),
      says: (origin) =>
        reading(async (opened, site) => {
          const events = await loggedOf(opened, site, origin);
          const newest = events.at(-1);
          if (!newest) return null;
          const purposes = Object.keys(newest.event.purposes);
          const validity = { given: 'P6M', refused: 'P6M' };
          const { terms } = newest.event;
          const own = events.filter(({ subject }) => subject === newest.subject);
          const states = Object.values(status(own, Date.now(), { terms, purposes, validity })).map(({ state }) => state);
          return states[0] === 'given' ? 'given' : states[0] === 'withdrawn' || states[0] === 'refused' ? 'withdrawn' : null;
        }),
      findings: (origin) =>
        reading(async (opened, site) => {
          const events = await loggedOf(opened, site, origin);
          const gaps = [...Map.groupBy(events, ({ subject }) => subject).values()].flatMap((own) => {
            const seqs = [...new Set(own.map(({ event }) => event.seq))];
            return seqs.every((seq, i) => seq === i + 1) ? [] : [`a subject's events are ${seqs.join(', ')}`];
          });
          const { findings } = await verifyLog(opened, site, {});
          return [...gaps, ...findings.map(({ what }) => what)];
        }),
      async restart() {
        await process.kill();
        await start();
      },
      async backUp() {
        await rm(backup, { force: true });
        const { code, output } = await workplace.run('backup', backup);
        if (code !== 0) throw new Error(output);
      },
      async restore() {
        await process.kill();
        for (const end of ['', '-wal', '-shm']) await rm(`${workplace.file}${end}`, { force: true });
        const { code, output } = await workplace.run('restore', backup);
        if (code !== 0) throw new Error(output);
        await start();
      },
      close: () => workplace.close(),
    };
  },
};
