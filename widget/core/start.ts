// The first chunk at work: applies the stored choice at once, and loads the rest only if something must be asked, restored or sent.
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
import { createDecide } from './decide.ts';
import { createGate } from './gate.ts';
import { addNoticeLinks } from './notice-links.ts';
import { once } from './once.ts';
import { placeholderScreen } from './placeholder.ts';
import type * as LedgerChunk from './recorder.ts';
import { addRoot, addStyle, setTheme } from './shadow.ts';
import { globalPrivacyControl, signalDefault, signalUpdate } from './signals.ts';
import type { Choice, Widget } from './widget.ts';
import { createApi } from './window-api.ts';

type UiChunk = { openInterface(widget: Widget): Interface };
type MarketingChunk = { mountOptIn(widget: Widget, fieldset: HTMLFieldSetElement): Promise<void> };

const KEEP_PENDING_MS = 400 * 86_400_000;

const whenParsed = (then: () => void): void => {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', then);
  else then();
};

function emit<K extends keyof CandourEvents>(type: K, detail: CandourEvents[K]): void {
  document.dispatchEvent(new CustomEvent(`candour:${type}`, { detail }));
}

export function startWidget(boot: WidgetBoot): Candour {
  const { site, service } = boot;
  const gpc = globalPrivacyControl();
  let mirror = mirrorCookie(site);
  let ui: Promise<Interface> | undefined;

  const chunk = <T>(name: keyof WidgetBoot['chunks']) =>
    once(() => import(/* @vite-ignore */ `${service}/w/assets/${boot.chunks[name]}`) as Promise<T>);
  const ledgerChunk = chunk<typeof LedgerChunk>('ledger');
  const uiChunk = chunk<UiChunk>('ui');
  const marketingChunk = chunk<MarketingChunk>('marketing');

  const status = () => statusOf(boot, mirror, isoDay(Date.now()));
  const asks = (): boolean => mustAsk(boot, status());
  const allowed = (id: string): boolean =>
    mayRun(
      boot.purposes.find((purpose) => purpose.id === id),
      mirror,
      status(),
      gpc,
    );

  const gate = createGate(allowed, (element, purposes) => {
    const given = askedPurposes(boot).filter(({ id }) => purposes.includes(id));
    const states = Object.fromEntries(given.map(({ id, mode }) => [id, stateFor(mode, true, undefined)]));
    void decide({ method: 'save_choices', purposes: states, screen: placeholderScreen(element) });
  });
  const control = createControl(boot, () => void open());

  const widget: Widget = {
    boot,
    gpc,
    language: words.language,
    status,
    mirror: () => mirror,
    mayRun: allowed,
    details: once(async () => {
      const answer = await fetch(`${service}/w/${site}/details/${boot.configuration}.json`, { credentials: 'omit' });
      return (await answer.json()) as SiteDetails;
    }),
    recorder: once(async () => (await ledgerChunk()).openRecorder(widget)),
    pending(is) {
      if (is !== isPending(site)) setPending(site, is ? isoDay(Date.now() + KEEP_PENDING_MS) : null);
    },
    sync: (detail) => emit('sync', detail),
    decide: (choice) => decide(choice),
    root: control.root,
    addRoot,
    addStyle,
  };

  const hold = (after: Mirror): void => {
    mirror = after;
    writeMirror(site, after, boot.cookieDomain);
  };
  /** Everything on the page follows the mirror. */
  const follow = (): void => {
    signalUpdate(boot, allowed);
    gate.sweep();
  };
  const closeIfChosen = (): void => {
    if (asks()) return;
    control.show(true);
    void ui?.then((shown) => shown.closeBanner());
  };

  async function apply(after: Mirror, { method, purposes }: Choice, event: string | null): Promise<void> {
    const before = status();
    const ended = boot.purposes.filter(({ id }) => grants(before[id] ?? 'unknown') && !grants(purposes[id] ?? 'given'));
    hold(after);
    follow();
    const items = ended.flatMap(({ storage }) => storage);
    const deleted = items.length > 0 && widget.recorder().then((recorder) => recorder.deleteItems(items));
    const kept = (deleted && (await deleted.catch(() => items.map(({ name }) => name)))) || [];
    control.announce(ended.length > 0 ? first.withdrawn : first.saved);
    emit('decision', { method, purposes, status: status(), event, kept });
    closeIfChosen();
  }
  const decide = createDecide(widget, apply);

  const interfaceOf = (): Promise<Interface> => {
    // The ledger is there before the click; it opens no database before a choice.
    widget.recorder().catch(() => undefined);
    return (ui ??= uiChunk().then((loaded) => loaded.openInterface(widget)));
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

  async function restore(): Promise<void> {
    const waiting = isPending(site);
    if ((!asks() && !waiting) || !globalThis.crypto?.subtle) return;
    try {
      if (!waiting && !(await indexedDB.databases()).some(({ name }) => name === `candour-${site}`)) return;
      const restored = await (await widget.recorder()).restore(waiting ? mirror : null);
      if (!restored || !asks()) return;
      hold(restored);
      follow();
    } catch {
      // The choice, if there is one, cannot be read now: what needs consent stays off.
    }
  }

  setTheme(boot.theme);
  signalDefault(boot);
  if (mirror || boot.purposes.some(({ id, mode }) => mode === 'opt_out' && allowed(id))) signalUpdate(boot, allowed);
  gate.watch((element) => {
    for (const fieldset of element.querySelectorAll<HTMLFieldSetElement>('fieldset[data-candour=marketing]'))
      marketingChunk()
        .then((loaded) => loaded.mountOptIn(widget, fieldset))
        .catch(() => undefined);
  });
  document.addEventListener('click', (event) => {
    if (!(event.target instanceof Element) || !event.target.closest('a[href="#candour"],[data-candour=choices]')) return;
    event.preventDefault();
    void open();
  });
  // A choice made in another tab holds in this one as soon as it is looked at.
  document.addEventListener('visibilitychange', () => {
    const stored = mirrorCookie(site);
    if (document.hidden || !stored || JSON.stringify(stored) === JSON.stringify(mirror)) return;
    mirror = stored;
    follow();
    closeIfChosen();
  });

  const ready = restore().then(() => {
    whenParsed(() => {
      addNoticeLinks(boot);
      control.mount();
      control.show(!asks());
      if (asks()) void ask();
      if (location.hash === '#candour') void open();
    });
    emit('ready', { status: status(), asks: asks() });
  });
  return createApi(widget, ready, open);
}
