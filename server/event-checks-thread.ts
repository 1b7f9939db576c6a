// A thread that checks events (event-checks.ts starts it).
import { parentPort } from 'node:worker_threads';

import { checkEvent, type Findings, type Rejected } from './event-check.ts';
import { blockingVerifier } from './verifier.ts';

export interface CheckTask {
  compact: string;
  /** The log that the event must be made for. */
  log: string;
}
export type CheckAnswer = Findings | { rejected: Rejected };

const verifier = blockingVerifier();

async function answer({ compact, log }: CheckTask): Promise<CheckAnswer> {
  const checked = await checkEvent(compact, log, verifier);
  if ('rejected' in checked) return checked;
  const { hash, subject, tombstone } = checked.candidate;
  return { hash, subject, tombstone };
}

parentPort?.on('message', (tasks: CheckTask[]) => {
  void Promise.all(tasks.map(answer)).then((answers) => parentPort?.postMessage(answers));
});
