import { afterEach, beforeEach, expect, it } from 'vitest';

import type { EventResult } from '../../shared/api.ts';
import { createSubject } from '../support/subject.ts';
import { createWorkplace, PAGE_ORIGIN, type ServiceProcess, type Workplace } from '../support/service-process.ts';

const ROUNDS = 3;
const CONCURRENT = 24;
const ACKNOWLEDGED_BEFORE_KILL = 60;

let workplace: Workplace;
beforeEach(async () => {
  workplace = await createWorkplace();
});
afterEach(() => workplace.close());

/** Many browsers at once, until the service dies under them. Gives what was acknowledged, and what was sent and never answered. */
async function loadUntilKilled(
  service: ServiceProcess,
): Promise<{ acknowledged: Map<string, EventResult>; unanswered: string[] }> {
  const acknowledged = new Map<string, EventResult>();
  const unanswered: string[] = [];
  const killed: Promise<void>[] = [];
  const browser = async (): Promise<void> => {
    const subject = await createSubject({ log: workplace.log, origin: PAGE_ORIGIN });
    while (killed.length === 0) {
      const { jws } = await subject.next();
      try {
        const [result] = (await service.post([jws])).results;
        if (result) acknowledged.set(jws, result);
      } catch {
        unanswered.push(jws);
      }
      if (acknowledged.size >= ACKNOWLEDGED_BEFORE_KILL && killed.length === 0) killed.push(service.kill());
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, browser));
  await Promise.all(killed);
  return { acknowledged, unanswered };
}

it('every acknowledged event is there after SIGKILL under load, with its first receipt, and the log verifies', async () => {
  const all = new Map<string, EventResult>();
  let cutOff = 0;
  for (let round = 1; round <= ROUNDS; round++) {
    const service = await workplace.start();
    console.log(
      `round ${round}: SQLite says synchronous=${service.started['synchronous']}, journal_mode=${service.started['journal_mode']}`,
    );
    expect(service.started).toMatchObject({ synchronous: '2 (FULL)', journal_mode: 'wal' });
    const { acknowledged, unanswered } = await loadUntilKilled(service);
    cutOff += unanswered.length;
    for (const [jws, result] of acknowledged) all.set(jws, result);

    const verified = await workplace.run('log', 'verify', '--site', 'example');
    expect(verified, verified.output).toMatchObject({ code: 0 });

    const again = await workplace.start();
    for (const [jws, result] of acknowledged) {
      expect(result.status).toBe('accepted');
      expect((await again.post([jws])).results[0]).toEqual({ ...result, status: 'duplicate' });
    }
    // What was cut off is sent again, as a browser does: it is stored once, whether the first attempt reached the disk or not.
    for (const jws of unanswered) expect((await again.post([jws])).results[0]?.status).toMatch(/^(accepted|duplicate)$/);
    await again.kill();
  }
  const indices = [...all.values()].map(({ index }) => index);
  expect(new Set(indices).size).toBe(all.size);
  console.log(`${all.size} acknowledged over ${ROUNDS} kills, ${cutOff} cut off and sent again`);
  expect(cutOff, 'the service was killed while it had work').toBeGreaterThan(0);
  const verified = await workplace.run('log', 'verify', '--site', 'example');
  expect(verified.output).toContain('The log verifies.');
});
