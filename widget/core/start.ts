// The first chunk at work: applies the stored choice at once, and loads the rest only if something must be asked, restored or sent.
import type { Mirror } from '../../shared/consent/mirror.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { BannerDetails, SpokenDetails } from '../../shared/site/details.ts';
import type { FirstWords } from '../../shared/site/words.ts';
import type { Interface } from '../ui/ui.ts';
import type { Candour, CandourEvents } from './api.ts';
import { currentMirror, isBinding, mayRun, mustAsk, statusOf } from './choices.ts';
import { createControl } from './control.ts';
import { isPending, isUnwritten, mirrorCookie } from './cookies.ts';
import { endedBefore } from './ended-note.ts';
import { today } from './expiry.ts';
import type * as EmbedsChunk from './embeds.ts';
import { createGate } from './gate.ts';
import { speak, words } from './language.ts';
import { addNoticeLinks } from './notice-links.ts';
import { once } from './once.ts';
import type * as LedgerChunk from './recorder.ts';
import { addRoot, addStyle, setTheme } from './shadow.ts';
import { stay } from './stay.ts';
import { storedMirror } from './stored-mirror.ts';
import { globalPrivacyControl, tell } from './signals.ts';
import type { LoadChunk, MovedIn, Widget } from './widget.ts';
import { createApi } from './window-api.ts';
import type * as WithdrawalChunk from './withdrawal.ts';

export type UiChunk = { openInterface(widget: Widget): Interface };
/** What came with the first chunk already, and how the rest is loaded. */
export interface Start {
  ui?: UiChunk;
  banner?: BannerDetails;
  fetchChunk?: (url: string, integrity: string | undefined) => Promise<unknown>;
}
type MarketingChunk = { mountOptIn(widget: Widget, fieldset: HTMLFieldSetElement): Promise<void> };
type StorageChunk = { mountTable(widget: Widget, place: HTMLElement): Promise<void> };
type MovingChunk = { moveIn(boot: WidgetBoot, gpc: boolean, today: string): MovedIn | null };

const whenParsed = (then: () => void): void => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', then);
  else then();
};

const differ = (a: Mirror | null, b: Mirror | null): boolean => JSON.stringify(a) !== JSON.stringify(b);

function emit<K extends keyof CandourEvents>(type: K, detail: CandourEvents[K]): void {
  document.dispatchEvent(new CustomEvent(`candour:${type}`, { detail }));
}

/** Is there anything of the consent platform before this one? */
const isLeftBehind = ({ movingIn }: WidgetBoot): boolean =>
  Object.values(movingIn?.stores ?? {}).some((name) => document.cookie.includes(`${name}=`) || localStorage.getItem(name));

export function startWidget(boot: WidgetBoot, came: Start = {}): Candour {
  const { site, service } = boot;
  // All that the service has to know of a language such as pt-BR.
  const language = document.documentElement.lang.replace(/\W.*/, '');
  const gpc = globalPrivacyControl();
  let mirror = mirrorCookie(site);
  let settled = false;
  let ui: Promise<Interface> | undefined;

  const load: LoadChunk = (name) => {
    const url = `${service}/w/assets/${boot.assets}/${name}.js`;
    return (came.fetchChunk ? came.fetchChunk(url, boot.integrity?.[name]) : import(/* @vite-ignore */ url)) as Promise<never>;
  };

  const status = () => statusOf(boot, mirror, today());
  const asks = (): boolean => mustAsk(boot, status(), gpc);
  const allowed = (id: string): boolean => {
    const purpose = boot.purposes.find((one) => one.id === id);
    return (settled || purpose?.mode === 'info_only') && mayRun(purpose, mirror, status(), gpc, isBinding(boot));
  };

  const gate = createGate(allowed, (element) => void showEmbed(element).catch(() => undefined));
  const embeds = once(async () =>
    (await load<typeof EmbedsChunk>('embeds')).openEmbeds({
      ...widget,
      gate,
      choose: async (purposes, screen) => (await interfaceOf()).choose('save_choices', purposes, screen),
    }),
  );
  // What a stored choice allows never needs a placeholder.
  let embedsShown = false;
  const showEmbed = async (element: HTMLElement): Promise<void> => {
    await Promise.resolve();
    await ready;
    if (!embedsShown && gate.isOpen(element)) return;
    embedsShown = true;
    await (await embeds()).show(element);
  };
  const control = createControl(boot, () => void open());

  const say = (next: FirstWords): void => {
    speak(next);
    control.render();
  };

  const widget: Widget = {
    boot,
    gpc,
    status,
    words: () => words,
    mirror: () => mirror,
    mayRun: allowed,
    hasRun: gate.hasRun,
    banner: async () => (came.banner && (!language || language === came.banner.words.language) ? came.banner : widget.details()),
    details: once(async () => {
      const answer = await fetch(`${service}/w/${site}/details/${boot.version}${language && `.${language}`}.json`, {
        credentials: 'omit',
      });
      if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
      const details = (await answer.json()) as SpokenDetails;
      say(details.words);
      return details;
    }),
    recorder: once(async () => {
      const [{ openRecorder }, { record }] = await Promise.all([load<typeof LedgerChunk>('ledger'), widget.banner()]);
      return openRecorder({ ...widget, boot: { ...boot, ...record } });
    }),
    load,
    sync: (detail) => emit('sync', detail),
    adopt(after) {
      mirror = after;
      follow();
    },
    decided(detail) {
      widget.moved?.forget();
      widget.moved = null;
      emit('decision', detail);
      closeIfChosen();
      // In the browser's cache from now on: to withdraw with, should the service be away then.
      for (const name of ['ui', 'centre', 'delivery', 'withdrawal'] as const) load(name).catch(() => undefined);
      widget.details().catch(() => undefined);
    },
    announce: control.announce,
    root: control.root,
    addRoot,
    addStyle,
  };

  /** Everything on the page follows the mirror. */
  const follow = (): void => {
    tell(widget, allowed);
    gate.sweep();
  };
  const closeIfChosen = (): void => {
    if (asks()) return;
    control.show(true);
    void ui?.then((shown) => shown.closeBanner());
  };

  const interfaceOf = (): Promise<Interface> => {
    // The ledger is there before the click; it opens no database before a choice.
    widget.recorder().catch(() => undefined);
    return (ui ??= Promise.resolve(came.ui ?? load<UiChunk>('ui')).then((loaded) => loaded.openInterface(widget)));
  };
  const failed = (): void => {
    // Nothing was asked, so nothing runs; the control stays, to try again.
    ui = undefined;
    control.show(true);
  };
  const open = (): Promise<void> =>
    interfaceOf()
      .then((shown) => shown.openCentre())
      .catch(failed);
  const ask = (): Promise<void> =>
    interfaceOf()
      .then((shown) => shown.openBanner())
      .catch(failed);

  /** What needs a choice runs from now on, if the choice allows it. */
  const settle = (): void => {
    if (settled) return;
    settled = true;
    if (mirror || boot.purposes.some(({ id, mode }) => mode === 'opt_out' && allowed(id))) follow();
  };

  /** Nothing runs on the cookie's word before the ledger has been read: that takes milliseconds, and no request. */
  async function restore(): Promise<void> {
    const cookie = mirror;
    const pending = isPending(site);
    try {
      const stored = await storedMirror(site).catch(() => ({ mirror: null, waits: false }));
      mirror = currentMirror(boot, cookie, stored && stored.mirror, isUnwritten(site));
      if (!mirror && !stored && isLeftBehind(boot)) {
        widget.moved = (await load<MovingChunk>('moving')).moveIn(boot, gpc, today());
        mirror = widget.moved && widget.moved.mirror;
      }
      const corrected = differ(mirror, cookie);
      if (mirror || !stored) settle();
      if (!globalThis.crypto?.subtle || !(pending || (stored && (asks() || corrected || stored.waits)))) return;
      const restored = await (await widget.recorder()).restore(cookie, asks() || corrected);
      if (restored && differ(restored, mirror)) widget.adopt(restored);
    } catch {
      // The choice, if there is one, cannot be read now: what needs consent stays off.
    } finally {
      settle();
    }
  }

  setTheme(boot.theme);
  tell(widget, null);
  say(boot.words);
  gate.watch((element) => {
    // From its parent: the parser and frameworks often add the fieldset itself. What is filled already stays as it is.
    for (const place of (element.parentElement ?? element).querySelectorAll<HTMLElement>(
      'fieldset[data-candour=marketing],[data-candour=storage]',
    ))
      (place instanceof HTMLFieldSetElement
        ? load<MarketingChunk>('marketing').then((loaded) => loaded.mountOptIn(widget, place))
        : load<StorageChunk>('storage').then((loaded) => loaded.mountTable(widget, place))
      ).catch(() => undefined);
  });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('a[href="#candour"],[data-candour=choices]')) return;
    event.preventDefault();
    void open();
  });
  // A choice made in another tab holds in this one as soon as it is looked at.
  document.addEventListener('visibilitychange', () => {
    const stored = mirrorCookie(site);
    if (document.hidden || !stored || !differ(stored, mirror)) return;
    widget.adopt(stored);
    closeIfChosen();
  });

  const ready = restore().then(() => {
    whenParsed(() => {
      stay(control.host, () => {
        addNoticeLinks(boot);
        control.mount();
      });
      if (language && language !== words.language) widget.details().catch(() => undefined);
      control.show(!asks());
      if (asks()) void ask();
      if (location.hash === '#candour') void open();
      if (endedBefore(site))
        load<typeof WithdrawalChunk>('withdrawal')
          .then(({ endAgain }) => endAgain(widget))
          .catch(() => undefined);
    });
    emit('ready', { status: status(), asks: asks() });
  });
  return createApi(widget, ready, interfaceOf, open);
}
