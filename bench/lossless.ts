// `npm run bench -- lossless`: the conformance suite on Candour and on its peer, in one browser; prints who loses what as a table.
//   --firefox: there instead of in Chromium; --only WORDS: cases whose name has them; --peer: only the peer.
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, platform, release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { chromium, firefox } from '../test/faults/widget/browsers.ts';
import { candour } from '../test/faults/widget/candour.ts';
import { CASES } from '../test/faults/widget/cases.ts';
import type { Peer } from '../test/faults/widget/peer.ts';
import { isInOrder, openTheatre, type Verdict } from '../test/faults/widget/stage.ts';
import { openWorld } from '../test/faults/widget/world.ts';
import { c15t } from './lossless-c15t.ts';

const { values } = parseArgs({
  options: { firefox: { type: 'boolean' }, only: { type: 'string', default: '' }, peer: { type: 'boolean' } },
});
const kind = values.firefox ? firefox : chromium;
const cases = CASES.filter(({ name }) => name.includes(values.only));

/** A client may try for a while before it says that a choice is made: without a network, twenty times in one case. */
const LONGEST_S = 600;

/** In words: what is not as it should be. */
function outcome(verdict: Verdict, name: string): string {
  const one = CASES.find((each) => each.name === name);
  if (!one || isInOrder(verdict, one)) return 'kept';
  const { missing, twice, chosen, browser, service, findings } = verdict;
  return [
    ...(missing > 0 ? [`${missing} of ${verdict.made} lost`] : []),
    ...(twice > 0 ? [`${twice} recorded twice`] : []),
    ...(browser !== service ? [`browser says ${browser ?? 'nothing'}, service says ${service ?? 'nothing'}`] : []),
    ...(browser === service && browser !== chosen ? [`both say ${browser ?? 'nothing'}, chosen was ${chosen ?? 'nothing'}`] : []),
    ...findings,
  ].join('; ');
}

async function play(peer: Peer): Promise<Map<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'lossless-'));
  const open = async () => {
    const world = await openWorld(peer);
    return { world, theatre: await openTheatre(kind, world, folder) };
  };
  let { world, theatre } = await open();
  const close = async (): Promise<void> => {
    await theatre.close();
    await world.close();
  };
  const outcomes = new Map<string, string>();
  try {
    for (const one of cases) {
      const late = new Promise<never>((_, reject) =>
        setTimeout(
          () => reject(new Error(`the client did not say within ${LONGEST_S} s that a choice was made`)),
          LONGEST_S * 1000,
        ).unref(),
      );
      const said = await Promise.race([theatre.play(one), late]).then(
        (verdict) => outcome(verdict, one.name),
        (error: unknown) => `could not be played: ${String(error).split('\n')[0]}`,
      );
      if (said.startsWith('could not be played')) {
        // What goes on there is not to be met by the next case.
        await close();
        ({ world, theatre } = await open());
      }
      outcomes.set(one.name, said);
      console.error(`${peer.name}: ${one.name}: ${said}`);
    }
  } finally {
    await close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  return outcomes;
}

const peers = [...(values.peer ? [] : [candour]), await c15t()];
const columns: Map<string, string>[] = [];
for (const peer of peers) columns.push(await play(peer));
const machine = `${availableParallelism()} × ${cpus()[0]?.model.trim() ?? 'unknown'}, ${platform()} ${release()}`;
console.log(`\n${new Date().toISOString().slice(0, 10)}, ${kind.name}, ${machine}\n`);
console.log(`| what happens | ${peers.map(({ name }) => name).join(' | ')} |\n| --- | ${peers.map(() => '---').join(' | ')} |`);
for (const { name } of cases) console.log(`| ${name} | ${columns.map((outcomes) => outcomes.get(name) ?? '').join(' | ')} |`);
