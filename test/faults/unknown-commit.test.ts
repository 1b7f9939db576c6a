// A COMMIT whose outcome nobody knows: the connection breaks between it and its answer, while another process may hold the same event.
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';

import type { EventsAnswer } from '../../shared/api.ts';
import { startLine, type BreakAt, type Line } from '../support/line.ts';
import { startPostgres, type Cluster } from '../support/postgres.ts';
import { createWorkplace, eventsRequest, type ServiceProcess, type Workplace } from '../support/service-process.ts';
import { openAccount } from './account.ts';
import { chance, ROUNDS } from './chance.ts';
import { report } from './report.ts';

let cluster: Cluster;
let line: Line;
let workplace: Workplace;
beforeAll(async () => {
  cluster = await startPostgres();
  line = await startLine(cluster.port);
});
afterEach(() => workplace?.close());
afterAll(async () => {
  line?.close();
  await cluster?.destroy();
});

interface Answered {
  status: number;
  retryAfter: string | null;
  answer: EventsAnswer | null;
}
const ask = async (service: ServiceProcess, jws: string): Promise<Answered> => {
  const response = await eventsRequest(service.url, [jws]);
  const { status, headers } = response;
  return {
    status,
    retryAfter: headers.get('Retry-After'),
    answer: status === 200 ? ((await response.json()) as EventsAnswer) : null,
  };
};
const outcomeOf = ({ answer }: Answered): string => answer?.results[0]?.status ?? 'unknown';

const PLACES: readonly BreakAt[] = ['before', 'behind', 'answer'];

it('an event whose COMMIT broke is stored once, whoever of two processes is asked, and racing with the same event or after it', async () => {
  const { seed, oneOf } = chance();
  const direct = await cluster.createDatabase();
  workplace = await createWorkplace({ CANDOUR_DATABASE: direct });
  const other = await workplace.start();
  workplace.env['CANDOUR_DATABASE'] = direct.replace(`:${cluster.port}/`, `:${line.port}/`);
  const broken = await workplace.start();
  workplace.env['CANDOUR_DATABASE'] = direct;
  const account = openAccount(workplace);
  const seen: string[] = [];

  for (let round = 0; round < ROUNDS; round++) {
    const visitor = await account.visitor();
    const { jws } = await visitor.subject.next();
    visitor.open.add(jws);
    const [where, racing] = [PLACES[round % PLACES.length] as BreakAt, oneOf([true, false])];
    line.breakAtCommit(where);
    const asked = ask(broken, jws);
    // Racing: at once. Otherwise as a browser that has its 503 and comes to another process.
    if (!racing) await asked;
    const [one, two] = await Promise.all([asked, ask(other, jws)]);

    expect(line.broken(), 'the connection broke at the COMMIT').toBe(true);
    expect(two.status, 'the other process has its own connection').toBe(200);
    if (one.answer === null) {
      expect([one.status, one.retryAfter]).toEqual([503, '5']);
      visitor.cutOff.add(jws);
    }
    if (!racing && where === 'before') expect([outcomeOf(one), outcomeOf(two)]).toEqual(['unknown', 'accepted']);
    if (!racing && where === 'answer') expect([outcomeOf(one), outcomeOf(two)]).toEqual(['unknown', 'duplicate']);
    seen.push(`${outcomeOf(one)}/${outcomeOf(two)}`);
    // Who stored it first, whoever answered first.
    const answers = [one, two].flatMap(({ answer }) => answer ?? []);
    for (const answer of answers.sort((a) => (a.results[0]?.status === 'accepted' ? -1 : 1)))
      account.take(visitor, [jws], answer);
    account.take(visitor, [jws], await broken.post([jws]));
  }
  await account.settle(other);
  await account.verify();

  const count = (outcome: string): number => seen.filter((one) => one === outcome).length;
  report('COMMIT whose answer is lost', {
    rounds: ROUNDS,
    ...account.figures,
    'reached all the same': count('unknown/duplicate'),
    seed,
  });
  expect(account.figures).toMatchObject({ missing: 0, twice: 0 });
  expect(count('unknown/accepted'), 'some were lost').toBeGreaterThan(0);
  expect(count('unknown/duplicate'), 'some were reached').toBeGreaterThan(0);
}, 180_000);
