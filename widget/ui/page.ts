// The rest of the widget, as soon as a page needs more than the first chunk: it loads what shows, records and sends, and makes
// choices. Travels with the banner.
import { mirrorValue, type Mirror } from '../../shared/consent/mirror.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { BannerWords } from '../../shared/site/words.ts';
import type { DecidedBy } from '../core/api.ts';
import { askedPurposes } from '../core/choices.ts';
import { jar } from '../core/cookies.ts';
import { pageLanguage, readDetails } from '../core/details.ts';
import type { Elements } from '../core/elements.ts';
import type * as EmbedsChunk from '../core/embeds.ts';
import { today } from '../core/expiry.ts';
import type { First, Page } from '../core/first.ts';
import { setLanguage } from '../core/language.ts';
import { whenIdle } from '../core/idle.ts';
import { once } from '../core/once.ts';
import { press } from '../core/press.ts';
import type * as LedgerChunk from '../core/recorder.ts';
import { addRoot, addStyle } from '../core/shadow.ts';
import type { Actor, LoadChunk, MovedIn, Widget } from '../core/widget.ts';
import { warnOfUnknownPurposes } from '../core/unknown-purposes.ts';
import { within } from '../core/within.ts';
import type * as WithdrawalChunk from '../core/withdrawal.ts';
import { openInterface } from './ui.ts';

type MovingChunk = { moveIn(boot: Widget['boot'], gpc: boolean, today: string): MovedIn | null };

/** ms. What neither comes nor fails is as good as gone: who waits for it is told so. */
const PATIENCE = 8000;
/** ms. Who is asked should not have to wait for it. */
const BANNER_PATIENCE = 3000;

/** As the page's own code says it, which is not to be believed. Throws RangeError. */
function actorOf({ actor = 'self' }: DecidedBy = {}): Actor {
  if (actor !== 'self' && actor !== 'parent') throw new RangeError(`"${String(actor)}" is neither self nor parent`);
  return actor;
}

export function openPage(first: First): Page {
  const control = first.control();
  const { boot, gpc, gate, status, allowed, emit } = first;
  const load: LoadChunk = (name) => within(first.load(name), PATIENCE);
  const { site } = boot;
  let words: BannerWords | typeof boot.words = boot.words;
  const say = <T extends { words: BannerWords }>(details: T): T => {
    words = details.words;
    setLanguage(control.host, words);
    control.button.textContent = words.control;
    return details;
  };

  // There before it says anything: what is added with its words is not read out.
  const said = document.createElement('p');
  said.setAttribute('role', 'status');
  control.root.prepend(said);

  const spoken: Record<string, () => Promise<SpokenDetails>> = {};
  let moved: MovedIn | null = null;
  /** In the order of the cookie, so that the cookie says nothing new. */
  const adopt = (mirror: Mirror): void =>
    first.adopt({ ...mirror, choices: Object.fromEntries(Object.entries(mirror.choices).sort()) });
  let tabs: BroadcastChannel | null = null;
  try {
    tabs = new BroadcastChannel(`candour-${site}`);
  } catch {
    // Firefox has none where cookies are blocked: each page is then on its own.
  }
  const closeIfChosen = (): void => {
    if (first.asks()) return;
    control.show(true);
    const answer = document.activeElement?.shadowRoot?.activeElement;
    const byKeyboard = document.activeElement?.localName === 'candour-banner' && answer?.matches(':focus-visible');
    shown.closeBanner();
    // Else the focus would be at the top of the page. Who points at things goes on where they are: their space bar scrolls.
    if (byKeyboard && document.activeElement === document.body) control.button.focus({ preventScroll: true });
  };

  const widget: Widget = {
    boot,
    moved: () => moved,
    gpc,
    status,
    mirror: () => first.mirror,
    cookie: () => first.cookie,
    load,
    addRoot: (host) => addRoot(host, boot.theme),
    addStyle,
    words: () => words,
    mayRun: allowed,
    hasRun: gate.hasRun,
    adopt(mirror) {
      adopt(mirror);
      // What is written may come to the other tabs later than a message does, unless it has been read back (Chromium).
      jar();
      // The other tabs of this site hear it; a page that is being left has said it.
      tabs?.postMessage(mirrorValue(mirror));
    },
    announce(text) {
      // A class that never went away would not start the fading anew.
      said.className = '';
      void said.offsetWidth;
      said.textContent = text;
      said.className = 'said';
    },
    root: control.root,
    async banner() {
      const { banner } = boot;
      if (!banner) return widget.details();
      const language = pageLanguage();
      // In another language than the page's rather than not at all.
      return !language || language === banner.words.language
        ? say(banner)
        : within(widget.details(), BANNER_PATIENCE).catch(() => banner);
    },
    // A page without reloads may be read on in another language.
    async details() {
      const language = pageLanguage();
      const details = await (spoken[language] ??= once(() => readDetails(boot)))();
      // What was asked for in an earlier one may come late.
      return language === pageLanguage() ? say(details) : widget.details();
    },
    recorder: once(async () => {
      const [{ openRecorder }, { record }] = await Promise.all([load<typeof LedgerChunk>('ledger'), widget.banner()]);
      return openRecorder({ ...widget, boot: { ...boot, ...record } });
    }),
    sync: (detail) => emit('sync', detail),
    decided(detail) {
      moved?.forget();
      emit('decision', detail);
      closeIfChosen();
      // In the browser's cache from now on: to withdraw with, should the service be away then.
      whenIdle(() => {
        for (const name of ['ui', 'centre', 'delivery', 'withdrawal'] as const) load(name).catch(() => undefined);
        widget.details().catch(() => undefined);
      });
    },
  };

  const shown = openInterface(widget);
  warnOfUnknownPurposes(boot);
  let language = pageLanguage();
  new MutationObserver(() => {
    if (language === (language = pageLanguage())) return;
    // The placeholders too: each is shown again as it is looked at.
    widget.details().then(gate.sweep, () => undefined);
    shown.speakAnew();
  }).observe(document.documentElement, { attributeFilter: ['lang'] });
  /** The ledger is there before the click, and never in its way; it opens no database before a choice. */
  const prepare = (): void => whenIdle(() => void widget.recorder().catch(() => undefined));
  const embeds = once(async () =>
    (await load<typeof EmbedsChunk>('embeds')).openEmbeds({
      ...widget,
      gate,
      // It is they that asked for it.
      elements: gate.elements as Elements,
      choose: (purposes, screen, actor) => shown.choose('save_choices', purposes, screen, actor),
    }),
  );
  return {
    widget,
    closeBanner: shown.closeBanner,
    followed(ran) {
      closeIfChosen();
      return shown.followed(
        ran.flatMap(({ id }) => (allowed(id) ? [] : id)),
        first.asks,
      );
    },
    openBanner: () =>
      shown.openBanner().finally(() => {
        first.mount();
        prepare();
      }),
    openCentre() {
      first.mount();
      prepare();
      const opening = shown.openCentre();
      press(control.button, () => opening).catch(() => undefined);
      return opening;
    },
    async moveIn() {
      const found = (await load<MovingChunk>('moving')).moveIn(boot, gpc, today());
      // What was chosen here while that loaded holds, and nothing of before.
      if (first.mirror) return found?.forget();
      moved = found && {
        ...found,
        forget() {
          found.forget();
          moved = null;
        },
      };
      first.mirror = moved && moved.mirror;
    },
    async restore(survived, write) {
      const restored = await (await widget.recorder()).restore(survived, write);
      if (restored && JSON.stringify(restored) !== JSON.stringify(first.mirror)) adopt(restored);
    },
    showEmbed: async (element) => (await embeds()).show(element),
    endAgain: async () => (await load<typeof WithdrawalChunk>('withdrawal')).endAgain(widget),
    decide: async (purposes, by) => shown.choose('api', purposes, undefined, actorOf(by)),
    withdraw: async (purposes = askedPurposes(boot).map(({ id }) => id), by) =>
      shown.choose('withdraw', Object.fromEntries(purposes.map((id) => [id, false])), undefined, actorOf(by)),
    receipts: async () => (await (await widget.recorder()).receipts()).map(({ receipt }) => receipt),
  };
}
