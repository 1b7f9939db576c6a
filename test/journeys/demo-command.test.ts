// `candour demo` as a person runs it: what it prints, a port that is taken, Ctrl-C, and a power cut.
import { afterEach, expect, test } from 'vitest';

import { type DemoProcess, spawnDemo } from '../support/demo.ts';
import { freePort } from '../support/free-port.ts';

const started: DemoProcess[] = [];
const start = async (options?: Parameters<typeof spawnDemo>[0]) => {
  const demo = await spawnDemo(options);
  started.push(demo);
  return demo;
};
afterEach(async () => {
  for (const demo of started.splice(0)) await demo.close();
});

const keysOf = async (demo: DemoProcess) => {
  const answer = await fetch(`${demo.direct}/.well-known/candour.json`);
  return ((await answer.json()) as { logs: { log: string; keys: { key: string }[] }[] }).logs;
};

test('prints where each site, the dashboard and the data are, and stops on Ctrl-C', async () => {
  const demo = await start();
  for (const site of ['cmp-solutions', 'cpoms', 'cpo', 'cl-consortium', 'cmsuk'] as const)
    expect(demo.output()).toContain(demo.site(site));
  expect(demo.signInUrl()).toMatch(new RegExp(`^${demo.service}/admin#token=`));
  expect(demo.output()).toContain(demo.database);
  expect(await demo.interrupt()).toBe(0);
  expect(demo.output()).toContain('Stopped.');
});

test('says in one line which port is taken, and ends with 1', async () => {
  const first = await start();
  const taken = new URL(first.direct).port;
  const output = `CANDOUR_PORT is ${taken}, which another program uses; it takes a free port`;
  await expect(spawnDemo({ environment: { CANDOUR_PORT: taken } })).rejects.toThrow(
    `candour demo ended with 1 before it was ready:\n${output}\n`,
  );
});

test('says which variable is wrong, and ends with 2', async () => {
  await expect(spawnDemo({ environment: { CANDOUR_DEMO_PORT: 'eighty' } })).rejects.toThrow(
    'ended with 2 before it was ready:\nCANDOUR_DEMO_PORT is "eighty"',
  );
});

test('after SIGKILL it comes back on the same ports with the same logs and a new sign-in link', async () => {
  const demo = await start();
  const [logs, link] = [await keysOf(demo), demo.signInUrl()];
  expect(logs).toHaveLength(5);
  await demo.kill();
  await expect(fetch(demo.direct)).rejects.toThrow();
  await demo.start();
  expect(await keysOf(demo)).toEqual(logs);
  expect(demo.signInUrl()).not.toBe(link);
});

test('keeps the logs when the sites move to another port', async () => {
  const demo = await start();
  const logs = await keysOf(demo);
  await demo.interrupt();
  const demoPort = await freePort();
  const moved = await start({
    database: demo.database,
    environment: { CANDOUR_PORT: new URL(demo.direct).port, CANDOUR_DEMO_PORT: String(demoPort) },
  });
  expect(moved.output()).toContain(`http://cpoms.localhost:${demoPort}/`);
  expect(await keysOf(moved)).toEqual(logs);
});
