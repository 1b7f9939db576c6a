// Webhooks across a SIGKILL of the real process: killed while a receiver has a message and has not answered it, and while events
// are being sent. Every acknowledged choice is told at least once, and each data subject's in order.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';

import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { createSubject } from '../support/subject.ts';

interface Message {
  id: string;
  body: string;
  subject: string;
  seq: number;
}

const SUBJECTS = 5;
const EVENTS = 6;
const ROUNDS = 4;

let place: Workplace;
let receiver: Server;
const received: Message[] = [];
/** Called with each message before it is answered; true: it is never answered. */
let interrupt: (message: Message) => boolean;
let onMessage: () => void;

beforeEach(async () => {
  interrupt = () => false;
  onMessage = () => undefined;
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const { data } = JSON.parse(body) as { data: { subject: string; seq: number } };
      const message = { id: String(request.headers['webhook-id']), body, subject: data.subject, seq: data.seq };
      received.push(message);
      if (!interrupt(message)) response.writeHead(204).end();
      onMessage();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  place = await createWorkplace({ CANDOUR_WEBHOOK_HOSTS: '127.0.0.1' });
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  const added = await place.run('webhook', 'add', '--site', 'example', '--url', url);
  expect(added.code, added.output).toBe(0);
}, 180_000);
afterEach(async () => {
  await place?.close();
  receiver?.closeAllConnections();
  receiver?.close();
});

const states = (): Record<string, number> => {
  const database = new Database(place.file, { readonly: true });
  const rows = database.prepare('SELECT state, count(*) AS n FROM webhook_message GROUP BY state').all() as {
    state: string;
    n: number;
  }[];
  database.close();
  return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
};

/** What was lent to a process that is gone comes free after a minute: here at once. */
const leasesEnd = (): void => {
  const database = new Database(place.file);
  database.exec("UPDATE webhook_message SET due_at = 0 WHERE state = 'waiting'");
  database.close();
};

it(
  'every acknowledged choice is told at least once and in order for each data subject, however often the process is killed',
  { timeout: 180_000 },
  async () => {
    const people = await Promise.all(
      Array.from({ length: SUBJECTS }, () => createSubject({ log: place.log, origin: PAGE_ORIGIN })),
    );
    const queues = await Promise.all(
      people.map(async (person) => {
        const events: string[] = [];
        for (let i = 0; i < EVENTS; i++) events.push((await person.next()).jws);
        return { person, events };
      }),
    );
    let service: ServiceProcess | null = null;
    /** Sends what is left, each person's one after the other, as long as the process answers. */
    const send = async (): Promise<void> => {
      const here = service;
      if (!here) return;
      await Promise.all(
        queues.map(async ({ events }) => {
          for (let first = events[0]; first !== undefined; first = events[0]) {
            const answer = await here.post([first]).catch(() => null);
            if (answer?.results[0]?.status !== 'accepted' && answer?.results[0]?.status !== 'duplicate') return;
            events.shift();
          }
        }),
      );
    };

    for (let round = 0; round < ROUNDS; round++) {
      leasesEnd();
      // Before it starts: it sends what waits as soon as it does.
      const seen = received.length;
      const starting = Promise.withResolvers<ServiceProcess>();
      const killed = new Promise<void>((resolve, reject) => {
        let dead = false;
        interrupt = () => {
          if (dead) return true;
          if (received.length - seen < 3 + round) return false;
          dead = true;
          // The receiver has the message; the service will never hear that.
          starting.promise.then((running) => running.kill()).then(resolve, reject);
          return true;
        };
      });
      service = await place.start();
      starting.resolve(service);
      await Promise.all([send(), killed]);
    }
    interrupt = () => false;
    leasesEnd();
    service = await place.start();
    await send();
    expect(queues.flatMap(({ events }) => events)).toEqual([]);

    const expected = new Set(people.flatMap(({ id }) => Array.from({ length: EVENTS }, (_, i) => `${id} ${i + 1}`)));
    await new Promise<void>((resolve) => {
      onMessage = () => {
        if (new Set(received.map(({ subject, seq }) => `${subject} ${seq}`)).size === expected.size) resolve();
      };
      onMessage();
    });
    expect(new Set(received.map(({ subject, seq }) => `${subject} ${seq}`))).toEqual(expected);
    for (const { id } of people) {
      const first = [...new Set(received.filter(({ subject }) => subject === id).map(({ seq }) => seq))];
      expect(first, 'none before the one that it follows').toEqual(Array.from({ length: EVENTS }, (_, i) => i + 1));
    }
    const again = Map.groupBy(received, ({ subject, seq }) => `${subject} ${seq}`);
    expect([...again.values()].filter((same) => same.length > 1).length, 'what was not answered came again').toBeGreaterThan(0);
    for (const same of again.values()) expect(new Set(same.map(({ id, body }) => `${id} ${body}`)).size).toBe(1);
    await expect.poll(states).toEqual({ delivered: expected.size });
  },
);
