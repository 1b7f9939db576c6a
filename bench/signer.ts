// A worker thread that plays many data subjects' browsers: each has a key pair of its own and signs its events in a chain.
import { parentPort, workerData } from 'node:worker_threads';

import type { ConsentEvent } from '../shared/consent/event.ts';
import { createSubject } from '../test/support/subject.ts';

export interface SigningTask {
  log: string;
  origin: string;
  presentation: string;
  subjects: number;
  eventsEach: number;
}

/** What people do, over and over: refuse all, accept all, choose one. */
const CHOICES: Pick<ConsentEvent, 'method' | 'purposes'>[] = [
  { method: 'reject_all', purposes: { statistics: 'refused', advertising: 'refused' } },
  { method: 'accept_all', purposes: { statistics: 'given', advertising: 'given' } },
  { method: 'save_choices', purposes: { statistics: 'given', advertising: 'refused' } },
];

/** The compact JWS of each subject's events, in order. */
async function signAll({ subjects, eventsEach, ...options }: SigningTask): Promise<string[][]> {
  const all: string[][] = [];
  for (let s = 0; s < subjects; s++) {
    const subject = await createSubject(options);
    const events: string[] = [];
    for (let e = 0; e < eventsEach; e++) events.push((await subject.next(CHOICES[(s + e) % CHOICES.length])).jws);
    all.push(events);
  }
  return all;
}

const { repeat = false, ...task } = workerData as SigningTask & { repeat?: boolean };
if (!repeat) parentPort?.postMessage(await signAll(task));
// Another lot for each one that was taken, so that no more than a few wait in memory.
else parentPort?.on('message', () => void signAll(task).then((lot) => parentPort?.postMessage(lot)));
