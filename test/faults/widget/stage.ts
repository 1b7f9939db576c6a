// A visitor in one browser, with an origin of their own: opens pages, is killed and comes back; and at the end the verdict.
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

import { chance } from '../chance.ts';
import { cloneProfile, type BrowserKind, type RunningBrowser, type Tab } from './browsers.ts';
import type { Case } from './cases.ts';
import type { Choice } from './peer.ts';
import type { PageOptions, World } from './world.ts';

/** ms after which what has not arrived is taken for lost. */
const PATIENCE = 15_000;

export interface Stage {
  world: World;
  /** A page of the visitor's site, ready. */
  open(options?: PageOptions): Promise<Tab>;
  /** Waits until nothing waits in that page's browser any more; gives up without a word, as the verdict is to say it. */
  delivered(tab: Tab): Promise<void>;
  until(holds: () => Promise<boolean>): Promise<boolean>;
  /** A moment drawn by chance, up to so many ms. */
  moment(longest: number): Promise<void>;
  /** How many choices the pages have heard to be made. */
  heard(): number;
  /** SIGKILL, and the same profile in a new browser. */
  kill(): Promise<void>;
  /** The browser closed as people close it, and opened again. */
  again(): Promise<void>;
  /** Does the one thing in this profile and the other in a copy of it, made before; goes on in the copy. */
  inClone(here: () => Promise<void>, there: () => Promise<void>): Promise<void>;
}

export interface Verdict {
  made: number;
  held: number;
  missing: number;
  twice: number;
  /** What the visitor chose last. */
  chosen: Choice | null;
  browser: Choice | null;
  service: Choice | null;
  findings: string[];
}

export interface Theatre {
  play(one: Case): Promise<Verdict>;
  close(): Promise<void>;
}

/** Cases one after the other, in one browser of that kind on a profile in `folder`. */
export async function openTheatre(kind: BrowserKind, world: World, folder: string, first = 0): Promise<Theatre> {
  let profile = `${folder}/profile`;
  let browser: RunningBrowser = await kind.launch(profile);
  let number = first;
  /** A visitor of an earlier case may come back: what was destroyed then is still not in the log. */
  const destroyed = new Set<string>();
  /** Nor was what was made there while all was killed ever heard. */
  const unheard = new Map<string, number>();
  const { between } = chance();

  const until = async (holds: () => Promise<boolean>): Promise<boolean> => {
    const end = Date.now() + PATIENCE;
    for (;;) {
      if (await holds()) return true;
      if (Date.now() > end) return false;
      await pause(20);
    }
  };

  async function play(one: Case): Promise<Verdict> {
    const origin = world.origin(number++ % world.origins);
    const tabs: Tab[] = [];
    world.chaos.forget();
    if (one.destroys) destroyed.add(origin);
    if (one.unheard !== undefined) unheard.set(origin, (unheard.get(origin) ?? 0) + one.unheard);
    const stage: Stage = {
      world,
      async open(options) {
        const tab = await browser.tab();
        tabs.push(tab);
        await tab.goto(world.url(origin, options));
        await tab.call('ready');
        return tab;
      },
      delivered: async (tab) => void (await until(async () => (await tab.call('waits')) === 0)),
      until,
      moment: (longest) => pause(between(0, longest)),
      heard: () => world.heard(origin).length,
      async kill() {
        await browser.kill();
        browser = await kind.launch(profile);
      },
      async again() {
        await browser.close();
        browser = await kind.launch(profile);
      },
      async inClone(here, there) {
        await browser.close();
        const copy = `${folder}/copy-${number}`;
        cloneProfile(profile, copy);
        browser = await kind.launch(profile);
        await here();
        await browser.close();
        rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
        profile = copy;
        browser = await kind.launch(profile);
        await there();
      },
    };
    await one.run(stage);
    world.chaos.forget();
    const verdict = await account(stage, one, origin);
    for (const tab of tabs) await tab.close().catch(() => undefined);
    return verdict;
  }

  /** Drawn up again and again until it is in order, or too late. */
  async function account(stage: Stage, one: Case, origin: string): Promise<Verdict> {
    const tab = await stage.open();
    await stage.delivered(tab);
    let verdict: Verdict | undefined;
    const inOrder = async (): Promise<boolean> => {
      const heard = world.heard(origin);
      const held = await world.service.held(origin);
      const ids = held.flatMap(({ id }) => id ?? []);
      const known = heard.filter(({ id }) => id !== null);
      const unknown = heard.length - known.length;
      const restored = held.filter((each) => each.restored).length;
      const lost = known.filter(({ id }) => !ids.includes(id ?? '')).length - (destroyed.has(origin) ? restored : 0);
      const extra = held.length - restored - heard.length - (unheard.get(origin) ?? 0);
      verdict = {
        made: heard.length,
        held: held.length,
        missing: Math.max(0, lost) + Math.max(0, unknown - held.length),
        twice: ids.length - new Set(ids).size + Math.max(0, extra),
        chosen: one.ends !== undefined ? one.ends : (heard.at(-1)?.choice ?? null),
        browser: await tab.call<Choice | null>('says'),
        service: await world.service.says(origin),
        findings: await world.service.findings(origin),
      };
      return isInOrder(verdict, one);
    };
    await until(inOrder);
    if (!verdict) throw new Error('no verdict');
    return verdict;
  }

  return { play, close: () => browser.close() };
}

/** Where all was killed before anything was heard, either is right, as long as both sides agree. */
export function isInOrder({ missing, twice, chosen, browser, service, findings }: Verdict, { unheard, either }: Case): boolean {
  const isChosen = browser === chosen || unheard !== undefined || either === true;
  return missing === 0 && twice === 0 && browser === service && isChosen && findings.length === 0;
}
