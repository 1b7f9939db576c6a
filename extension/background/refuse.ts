// "Refuse for me": what the background answers to the script that refuses. It may say no and nothing else, in windows and on sites
// where the person asked for it, and writes down each time what came of it.
import { filterCompactRules, type BackgroundMessage, type Config, type IndexedCMPRuleset } from '@duckduckgo/autoconsent';

import type { RefuseAnswers, RefuseAsk } from '../refuse/asks.ts';
import type { Said } from '../refuse/said.ts';
import { allRefusals, noteRefusal, type Refusal } from './refusals.ts';
import { changeRefuseSettings, refuseSettings, type RefuseSettings } from './refuse-settings.ts';
import { areaFor, readKey, type Area, type Areas } from './store.ts';

/** The frame that speaks. */
export interface Speaker {
  tab: number;
  frame: number;
  /** Of the page in the tab, and of the frame itself. */
  page: string;
  url: string;
  isPrivate: boolean;
}

/** The browser, as far as refusing needs it. */
export interface RefusePlatform {
  areas: Areas;
  now(): number;
  tab(id: number): Promise<{ url: string | undefined; isPrivate: boolean } | null>;
  /** The rules that lie beside the extension. */
  rules(): Promise<IndexedCMPRuleset>;
  /** Puts the script in pages, or takes it out. False where the browser did not allow it. */
  setScript(on: boolean): Promise<boolean>;
  /** Runs one of the tool's own few lines in the page's world. */
  runSnippet(speaker: Speaker, snippet: string): Promise<unknown>;
  /** What was done on a tab has changed. */
  noted(tab: number): Promise<void>;
}

const CONFIG: Config = {
  enabled: true,
  // Null: it finds the dialog, says so and waits for the word.
  autoAction: null,
  disabledCmps: [],
  // Nothing is hidden: hiding a question is no answer, and a page that stays hidden is worse than a banner.
  enablePrehide: false,
  enableCosmeticRules: false,
  enableGeneratedRules: true,
  detectRetries: 20,
  isMainWorld: false,
  prehideTimeout: 0,
  enableHeuristicDetection: false,
  enablePopupMutationObserver: false,
  visualTest: false,
  logs: { lifecycle: false, rulesteps: false, detectionsteps: false, evals: false, errors: false, messages: false, waits: false },
  performanceLoggingEnabled: false,
  heuristicPopupSearchTimeout: 0,
  heuristicMode: 'off',
};

/** A page that asks again at once after each refusal is not refused without end. */
const AGAIN_WITHIN = 60_000;
const MOST_TIMES = 3;

const doneKey = (tab: number): string => `refused:${tab}`;
interface Done {
  host: string;
  /** When it refused. */
  at: number[];
  last: Refusal;
}

export interface Refuse {
  /** Of the script that refuses. */
  hear(speaker: Speaker, said: Said): Promise<BackgroundMessage | null>;
  /** Of the extension's own pages. */
  answer<T extends RefuseAsk['type']>(ask: Extract<RefuseAsk, { type: T }>): Promise<RefuseAnswers[T]>;
  /** The last that was done in a tab that is on that host still. */
  lastIn(tab: number, host: string): Promise<Refusal | null>;
  forget(tab: number): Promise<void>;
  /** After an update, where browsers forget which scripts were put in pages. */
  restore(): Promise<void>;
}

export function createRefuse(platform: RefusePlatform): Refuse {
  const { areas } = platform;
  const settings = (): Promise<RefuseSettings> => refuseSettings(areas.device);
  // The page in the tab counts, whatever frame a dialog stands in.
  const hostOf = ({ page }: Speaker): string => new URL(page).host;

  /** Of a private window those too that were named in one: they are kept in memory. */
  const isException = async (host: string, isPrivate: boolean): Promise<boolean> =>
    (await settings()).except.includes(host) || (isPrivate && (await refuseSettings(areas.session)).except.includes(host));

  const mayAct = async (speaker: Speaker): Promise<boolean> => {
    const { on, inPrivate } = await settings();
    return on && (!speaker.isPrivate || inPrivate) && !(await isException(hostOf(speaker), speaker.isPrivate));
  };

  async function setException(area: Area, host: string, except: boolean): Promise<void> {
    const others = (await refuseSettings(area)).except.filter((other) => other !== host);
    await changeRefuseSettings(area, { except: except ? [...others, host] : others });
  }

  /** What was done in a tab while it was on that host. */
  async function doneIn(tab: number, host: string): Promise<Done | null> {
    const done = (await readKey(areas.session, doneKey(tab))) as Done | undefined;
    return done?.host === host ? done : null;
  }
  const timesDone = async (speaker: Speaker): Promise<number[]> =>
    ((await doneIn(speaker.tab, hostOf(speaker)))?.at ?? []).filter((at) => platform.now() - at < AGAIN_WITHIN);

  async function write(speaker: Speaker, platformName: string, outcome: Refusal['outcome'], confirmed: boolean | null = null) {
    const host = hostOf(speaker);
    const at = platform.now();
    const refusal: Refusal = { host, at: new Date(at).toISOString(), platform: platformName, outcome, confirmed };
    const times = await timesDone(speaker);
    const done: Done = { host, at: outcome === 'refused' && confirmed === null ? [...times, at] : times, last: refusal };
    await areas.session.set({ [doneKey(speaker.tab)]: done });
    const isSame = (other: Refusal): boolean =>
      other.host === host &&
      other.platform === platformName &&
      at - Date.parse(other.at) < AGAIN_WITHIN &&
      (confirmed !== null || other.outcome === outcome || other.outcome === 'failed');
    await noteRefusal(areaFor(areas, speaker.isPrivate), refusal, isSame);
    await platform.noted(speaker.tab);
  }

  /** One after the other: frames of one page speak at once. */
  let last: Promise<unknown> = Promise.resolve();
  const note = (...what: Parameters<typeof write>): Promise<void> => {
    const written = last.then(() => write(...what));
    last = written.catch(() => undefined);
    return written;
  };

  async function found(speaker: Speaker, cmp: string, touched: boolean): Promise<BackgroundMessage | null> {
    if ((await timesDone(speaker)).length >= MOST_TIMES) {
      await note(speaker, cmp, 'failed');
      return null;
    }
    if (touched) {
      await note(speaker, cmp, 'left');
      return null;
    }
    return { type: 'optOut' };
  }

  async function hear(speaker: Speaker, said: Said): Promise<BackgroundMessage | null> {
    if (!(await mayAct(speaker))) return null;
    switch (said.type) {
      case 'init': {
        const context = { url: speaker.url, mainFrame: speaker.frame === 0 };
        return {
          type: 'initResp',
          config: CONFIG,
          rules: { autoconsent: [], compact: filterCompactRules(await platform.rules(), context) },
        };
      }
      case 'popupFound':
        return found(speaker, said.cmp, said.touched);
      case 'eval':
        return { type: 'evalResp', id: said.id, result: await platform.runSnippet(speaker, said.snippetId).catch(() => false) };
      case 'optOutResult':
        if (!said.result) await note(speaker, said.cmp, 'failed');
        return null;
      case 'autoconsentDone':
        await note(speaker, said.cmp, 'refused');
        return said.tests ? { type: 'selfTest' } : null;
      case 'selfTestResult':
        await note(speaker, said.cmp, 'refused', said.result);
        return null;
    }
  }

  async function view(id: number | null): Promise<RefuseAnswers['view_refuse']> {
    const { on, inPrivate, except } = await settings();
    const list = await allRefusals(areas.device);
    const tab = id === null ? null : await platform.tab(id);
    if (!tab?.url || !/^https?:/.test(tab.url)) return { on, inPrivate, except, list, here: null };
    const { host } = new URL(tab.url);
    const excepted = await isException(host, tab.isPrivate);
    const known = tab.isPrivate ? await allRefusals(areas.session) : list;
    const here = {
      host,
      isException: excepted,
      acts: on && !excepted && (!tab.isPrivate || inPrivate),
      last: known.find((one) => one.host === host) ?? null,
    };
    return { on, inPrivate, except, list, here };
  }

  async function switchTo(on: boolean): Promise<boolean> {
    if (!(await platform.setScript(on)) && on) return false;
    await changeRefuseSettings(areas.device, { on });
    return true;
  }

  const answers: { [T in RefuseAsk['type']]: (ask: Extract<RefuseAsk, { type: T }>) => Promise<RefuseAnswers[T]> } = {
    view_refuse: ({ tab }) => view(tab),
    set_refuse: ({ on }) => switchTo(on),
    async set_refuse_private({ inPrivate }) {
      await changeRefuseSettings(areas.device, { inPrivate });
      return null;
    },
    async except_host({ host, except, tab: id }) {
      const isPrivate = id !== undefined && (await platform.tab(id))?.isPrivate === true;
      if (isPrivate) await setException(areas.session, host, except);
      if (!isPrivate || (!except && (await settings()).except.includes(host))) await setException(areas.device, host, except);
      return null;
    },
  };

  return {
    hear,
    answer: (ask) => (answers[ask.type] as (ask: RefuseAsk) => Promise<never>)(ask),
    lastIn: async (tab, host) => (await doneIn(tab, host))?.last ?? null,
    forget: (tab) => areas.session.remove([doneKey(tab)]),
    async restore() {
      const { on } = await settings();
      if (on && !(await platform.setScript(true))) await changeRefuseSettings(areas.device, { on: false });
    },
  };
}
