// The first chunk at work: applies the stored choice at once, and loads the rest only if something must be asked, restored or sent.
import { version } from '../../package.json';
import type { Mirror } from '../../shared/consent/mirror.ts';
import { isoDay } from '../../shared/notice/period.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { SiteDetails } from '../../shared/site/details.ts';
import { first, words } from '../messages/en.ts';
import type { Interface } from '../ui/ui.tsx';
import type { Candour, CandourEvents } from './api.ts';
import { askedPurposes, grants, mayRun, mustAsk, stateFor, statusOf } from './choices.ts';
import { createControl } from './control.ts';
import { isPending, mirrorCookie, setPending, writeMirror } from './cookies.ts';
import { createDecide, everyPurpose } from './decide.ts';
import { createGate } from './gate.ts';
import { addNoticeLinks } from './notice-links.ts';
import { placeholderScreen } from './placeholder.ts';
import { presentationOf } from './presentation.ts';
import type * as LedgerChunk from './recorder.ts';
import { setTheme } from './shadow.ts';
import { globalPrivacyControl, signalDefault, signalUpdate } from './signals.ts';
import { deleteItems } from './storage-items.ts';
import type { ChoiceStates, Screen, Widget } from './widget.ts';

type UiChunk = { openInterface(widget: Widget): Interface };
type MarketingChunk = { mountOptIn(widget: Widget, fieldset: HTMLFieldSetElement): Promise<void> };

/** Loads once; a failure is forgotten, so that the next need tries again. */
function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loading: Promise<T> | null = null;
  return () =>
    (loading ??= load().catch((error: unknown) => {
      loading = null;
      throw error;
    }));
}

const whenParsed = (then: () => void): void => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', then, { once: true });
  else then();
};

export function startWidget(boot: WidgetBoot): Candour {
  const { site, service, log } = boot;
  const gpc = globalPrivacyControl();
  const today = (): string => isoDay(Date.now());
  let mirror: Mirror | null = mirrorCookie(site);

  const emit = <K extends keyof CandourEvents>(type: K, detail: CandourEvents[K]): void => {
    document.dispatchEvent(new CustomEvent(`candour:${type}`, { detail }));
  };
  const chunk = <T>(name: keyof WidgetBoot['chunks']) =>
    once(() => import(/* @vite-ignore */ `${service}/w/assets/${boot.chunks[name]}`) as Promise<T>);
  const ledgerChunk = chunk<typeof LedgerChunk>('ledger');
  const uiChunk = chunk<UiChunk>('ui');
  const marketingChunk = chunk<MarketingChunk>('marketing');

  const status = () => statusOf(boot, mirror, today());
  const allowed = (id: string): boolean =>
    mayRun(
      boot.purposes.find((purpose) => purpose.id === id),
      mirror,
      status(),
      gpc,
    );
  const details = once(async () => {
    const answer = await fetch(`${service}/w/${site}/details/${boot.configuration}.json`, { credentials: 'omit' });
    if (!answer.ok) throw new Error(`the details of ${site} answered ${answer.status}`);
    return (await answer.json()) as SiteDetails;
  });
  const presentation = async (screen: Screen, purposes: readonly string[]) =>
    presentationOf(boot, await details().catch(() => null), words.language, screen, purposes, status(), gpc);

  const gate = createGate(allowed, (element, purposes) => {
    const states: ChoiceStates = {};
    for (const { id, mode } of askedPurposes(boot)) if (purposes.includes(id)) states[id] = stateFor(mode, true, undefined);
    void decide({ method: 'save_choices', purposes: states, screen: placeholderScreen(element) });
  });
  const control = createControl(boot, () => void open());

  const pending = (is: boolean): void => {
    if (is !== isPending(site)) setPending(site, is ? isoDay(Date.now() + 400 * 86_400_000) : null);
  };
  const recorder = once(async () => (await ledgerChunk()).openRecorder({ boot, gpc, pending, sync: (d) => emit('sync', d) }));

  const decide = createDecide({
    boot,
    mirror: () => mirror,
    recorder,
    presentation,
    pending,
    sync: (detail) => emit('sync', detail),
    apply(after, { method, purposes }, event) {
      const before = status();
      const ended = boot.purposes.filter(({ id }) => purposes[id] && grants(before[id] ?? 'unknown') && !grants(purposes[id]));
      mirror = after;
      writeMirror(site, after, boot.cookieDomain);
      signalUpdate(boot, allowed);
      const stopped = boot.purposes.filter(({ id, mode }) => mode !== 'info_only' && purposes[id] && !allowed(id));
      const kept = ended.length > 0 ? deleteItems(stopped.flatMap(({ storage }) => storage)) : [];
      control.announce(ended.length > 0 ? first.withdrawn : first.saved);
      emit('decision', { method, purposes, status: status(), event, kept });
      settle();
    },
  });
  /** The page follows the mirror. */
  function settle(): void {
    gate.sweep();
    if (mustAsk(boot, status())) return;
    control.show(true);
    void ui?.then((shown) => shown.closeBanner());
  }

  const widget: Widget = {
    boot,
    gpc,
    language: words.language,
    pending,
    sync: (detail) => emit('sync', detail),
    status,
    mirror: () => mirror,
    mayRun: allowed,
    details,
    recorder,
    presentation,
    decide,
    root: control.root,
    announce: control.announce,
  };

  let ui: Promise<Interface> | undefined;
  const interfaceOf = () => (ui ??= uiChunk().then((loaded) => loaded.openInterface(widget)));
  const failed = (): void => {
    // Nothing was asked, so nothing runs; the control stays, to try again.
    ui = undefined;
    control.show(true);
  };
  async function open(): Promise<void> {
    void recorder().catch(() => undefined);
    await interfaceOf().then((shown) => shown.openCentre(), failed);
  }
  const ask = (): void => {
    // The ledger is there before the click; it opens no database before a choice.
    void recorder().catch(() => undefined);
    void interfaceOf().then((shown) => shown.openBanner(), failed);
  };

  async function restore(): Promise<void> {
    const waiting = isPending(site);
    const holds = mirror !== null && !mustAsk(boot, status());
    if ((holds && !waiting) || !globalThis.crypto?.subtle) return;
    try {
      if (!waiting && !(await indexedDB.databases()).some(({ name }) => name === `candour-${site}`)) return;
      const restored = await (await recorder()).restore(waiting ? mirror : null);
      if (holds || !restored) return;
      mirror = restored;
      writeMirror(site, restored, boot.cookieDomain);
    } catch {
      // The choice, if there is one, cannot be read now: what needs consent stays off.
    }
  }

  const offered = (ids: readonly string[]): void => {
    const unknown = ids.find((id) => !askedPurposes(boot).some((purpose) => purpose.id === id));
    if (unknown !== undefined) throw new RangeError(`this site asks nothing about the purpose "${unknown}"`);
  };
  const inOwnInterface: Screen = { layout: 'api', words: [], controls: [] };

  setTheme(boot.theme);
  signalDefault(boot);
  const known = mirror !== null && Object.values(status()).some((state) => state !== 'unknown');
  if (known || boot.purposes.some(({ id, mode }) => mode === 'opt_out' && allowed(id))) signalUpdate(boot, allowed);
  gate.watch((element) => {
    for (const fieldset of element.querySelectorAll<HTMLFieldSetElement>('fieldset[data-candour=marketing]'))
      void marketingChunk().then(
        (loaded) => loaded.mountOptIn(widget, fieldset),
        () => undefined,
      );
  });
  document.addEventListener('click', (event) => {
    const opener = event.target instanceof Element && event.target.closest('a[href="#candour"],[data-candour=choices]');
    if (!opener) return;
    event.preventDefault();
    void open();
  });

  // A choice made in another tab holds in this one as soon as it is looked at.
  document.addEventListener('visibilitychange', () => {
    const stored = mirrorCookie(site);
    if (document.visibilityState !== 'visible' || !stored || JSON.stringify(stored) === JSON.stringify(mirror)) return;
    mirror = stored;
    signalUpdate(boot, allowed);
    settle();
  });

  const ready = restore().then(() => {
    const asks = mustAsk(boot, status());
    if (!known && mirror) {
      signalUpdate(boot, allowed);
      gate.sweep();
    }
    whenParsed(() => {
      addNoticeLinks(boot);
      control.mount();
      control.show(!asks);
      if (asks) ask();
      if (location.hash === '#candour') void open();
    });
    emit('ready', { status: status(), asks });
  });

  return {
    ready,
    status,
    on(type, listener) {
      const heard = (event: Event): void => listener((event as CustomEvent).detail);
      document.addEventListener(`candour:${type}`, heard);
      return () => document.removeEventListener(`candour:${type}`, heard);
    },
    open: () => ready.then(open),
    async decide(choices) {
      offered(Object.keys(choices));
      await ready;
      const before = status();
      const states: ChoiceStates = {};
      for (const { id, mode } of askedPurposes(boot))
        if (Object.hasOwn(choices, id)) states[id] = stateFor(mode, choices[id] === true, before[id]);
      await decide({ method: 'api', purposes: states, screen: inOwnInterface });
    },
    async withdraw(purposes = askedPurposes(boot).map(({ id }) => id)) {
      offered(purposes);
      await ready;
      const before = status();
      const states = everyPurpose(boot, ({ id, mode }) => stateFor(mode, false, before[id]));
      const named = Object.fromEntries(Object.entries(states).filter(([id]) => purposes.includes(id)));
      await decide({ method: 'withdraw', purposes: named, screen: inOwnInterface });
    },
    receipts: async () => (await recorder()).receipts(),
    site: { id: site, service, log },
    version,
  };
}
