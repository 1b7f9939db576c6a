// The first chunk at work: applies the stored choice at once. The rest (widget/ui/page.ts) loads only if something must be asked,
// shown, restored or sent.
import { version } from '../../package.json';
import { readMirror, type Mirror } from '../../shared/consent/mirror.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { Candour } from './api.ts';
import { currentMirror, isBinding, mayRun, mustAsk, statusOf } from './choices.ts';
import { createControl, type Control } from './control.ts';
import { mirrorCookie } from './cookies.ts';
import { endedBefore } from './ended-note.ts';
import { today } from './expiry.ts';
import type { ElementsChunk, First, Page, PlaceChunk, Start, UiChunk } from './first.ts';
import { createGate, type Place } from './gate.ts';
import { noticeLinks } from './notice-links.ts';
import { globalPrivacyControl, tell } from './signals.ts';
import { storedMirror, type StoredMirror } from './stored-mirror.ts';

const differ = (a: Mirror | null, b: Mirror | null): boolean => JSON.stringify(a) !== JSON.stringify(b);

/** ms. A disk may be slow; a database that never answers keeps nobody from being asked, and lets nothing run. */
const LEDGER_PATIENCE = 3000;

/** `cookies`: as the page has them now (jar). */
export function startWidget(boot: WidgetBoot, cookies: string, came: Start): Candour {
  const { site, service, words } = boot;
  const gpc = globalPrivacyControl();
  const cookie = mirrorCookie(site, cookies);
  /** Begins with the flag's value. Spelt out (pendingName): a function would be more bytes in every page. */
  const pending = cookies.split(`candour_${site}_pending=`)[1];
  let settled: boolean | undefined;
  let turns = 0;
  let addLinks: (() => void) | undefined;
  let opened: Page | undefined;

  const status = () => statusOf(boot, first.mirror, today());
  const allowed = (id: string): boolean => {
    const purpose = boot.purposes.find((one) => one.id === id);
    return (settled || purpose?.mode === 'info_only') && mayRun(purpose, first.mirror, status(), gpc, isBinding(boot));
  };
  let opening: Promise<Page> | null | undefined;
  const page = (): Promise<Page> =>
    (opening ??= (async () => (opened = (came.ui ?? (await first.load<UiChunk>('ui'))).openPage(first)))().catch((error) => {
      // The next need tries again.
      opening = null;
      throw error;
    }));
  /** What fails to load leaves the page as it is: nothing was asked, so nothing runs, and the control stays, to try again. */
  const later = (act: (page: Page) => unknown): Promise<unknown> =>
    page()
      .then(act)
      .catch(() => control().show(true));
  const open = (): Promise<unknown> => later((one) => one.openCentre());

  let elements: Promise<void> | undefined;
  // Where it cannot be loaded, what would need it stays held.
  const gate = createGate(allowed, () => void (elements ??= openElements().catch(() => undefined)));
  async function openElements(): Promise<void> {
    const { createElements } = came.elements ?? (await first.load<ElementsChunk>('elements'));
    const shown = (gate.elements = createElements(gate, (element) => {
      // What a stored choice allows never needs a placeholder.
      void ready.then(() => void ((opened || !shown.isOpen(element)) && later((one) => one.showEmbed(element))));
    }));
    gate.sweep();
  }
  let made: Control | undefined;
  const control = (): Control => (made ??= createControl(boot, open));

  const first: First = {
    boot,
    gpc,
    gate,
    control,
    mount() {
      turns = 999;
      stay();
      control().show(!first.asks());
    },
    load(name) {
      const url = `${service}/w/assets/${boot.assets}/${name}.js`;
      return (came.fetchChunk ? came.fetchChunk(url, name) : import(/* @vite-ignore */ url)) as Promise<never>;
    },
    mirror: cookie,
    cookie,
    adopt(next) {
      first.mirror = first.cookie = next;
      follow();
    },
    status,
    asks: () => mustAsk(boot, status(), gpc),
    allowed,
    emit: (type, detail) => document.dispatchEvent(new CustomEvent(`candour:${type}`, { detail })),
    page,
  };

  /** Everything on the page follows the mirror. */
  const follow = (): void => {
    tell(first, allowed);
    gate.sweep();
  };
  /** What needs a choice runs from now on, if the choice allows it. */
  const settle = (): void => {
    if (settled) return;
    settled = true;
    if (first.mirror || boot.purposes.some(({ id, mode }) => mode === 'opt_out' && allowed(id))) tell(first, allowed);
    // Not before: what the parser adds until then has nothing to wait for.
    gate.watch(
      // Without the interface, which a form does not need.
      (place) =>
        void first
          .load<PlaceChunk>(place.dataset.candour as Place)
          .then((chunk) => chunk.mount(first, place))
          .catch(() => undefined),
      stay,
    );
  };

  /** Nothing runs on the cookie's word before the ledger has been read: that takes milliseconds, and no request. */
  async function restore(): Promise<void> {
    try {
      const stored = await storedMirror(site, boot.epoch).catch((): Partial<StoredMirror> => ({}));
      // What was chosen meanwhile holds: what was read may be older, and of the same day.
      first.mirror =
        first.cookie === cookie
          ? currentMirror(boot, cookie, stored?.mirror, pending?.[0] === '2', stored?.latest)
          : first.cookie;
      if (!first.mirror && !stored && boot.isLeftBehind?.()) await (await page()).moveIn();
      const write = first.asks() || differ(first.mirror, first.cookie);
      if (first.mirror || !stored) settle();
      if (isSecureContext && (pending || (stored && (write || stored.waits)))) await (await page()).restore(first.cookie, write);
    } catch {
      // The choice, if there is one, cannot be read now: what needs consent stays off.
    } finally {
      settle();
      if (!first.asks()) opened?.closeBanner();
    }
  }

  /** A choice made in another tab holds in this one. What the cookie said all along is no such choice. */
  const heard = (mirror: Mirror | null): void => {
    if (!mirror || !differ(mirror, first.cookie)) return;
    const ran = boot.purposes.filter(({ id }) => allowed(id));
    first.adopt(mirror);
    void later((one) => one.followed(ran));
  };

  /** Routers swap the body, frameworks take out what they did not put there. Should one and this take turns for ever, it ends. */
  const stay = (): void => {
    if (turns < 1 || !document.body || made?.host.isConnected) return;
    turns--;
    addLinks?.();
    document.body.append(control().host);
  };

  const ask = (): unknown => first.asks() && later((one) => one.openBanner());
  const whenParsed = (act: () => void): void => {
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', act);
    else act();
  };
  const begin = (): void => {
    gate.sweep();
    (addLinks = noticeLinks(boot))();
    const { lang } = document.documentElement;
    // Some write fr_FR.
    if (lang && lang.split(/\W|_/)[0] !== words.language) void later(({ widget }) => widget.details());
    ask();
    if (location.hash === '#candour') void open();
    // Nobody waits for the control: what the page itself has to do goes first.
    (self.requestIdleCallback ?? setTimeout)(() => {
      first.mount();
      try {
        // Of what was erased there is no cookie: the message itself says so.
        new BroadcastChannel(`candour-${site}`).onmessage = ({ data }) => heard(mirrorCookie(site) ?? readMirror(data as string));
      } catch {
        // Firefox has none where cookies are blocked.
      }
      // Of what was withdrawn or objected to, and of what was erased ("null").
      if (/:"[wo]|^n/.test(JSON.stringify(first.mirror)) && endedBefore(site)) void later((one) => one.endAgain());
    });
  };

  tell(first, null);
  gate.sweep();
  document.addEventListener('click', (event) => {
    if (!(event.target as Element).closest?.('a[href="#candour"],[data-candour=choices]')) return;
    event.preventDefault();
    void open();
  });
  document.addEventListener('visibilitychange', () => heard(mirrorCookie(site)));
  const ready = Promise.race([restore(), new Promise((resolve) => setTimeout(resolve, LEDGER_PATIENCE))]).then(() => {
    whenParsed(begin);
    first.emit('ready', { status: status(), asks: first.asks() });
  });
  came.early?.(first, () => whenParsed(ask));
  const whenReady =
    <K extends 'decide' | 'withdraw' | 'receipts'>(act: K) =>
    (...given: Parameters<Page[K]>): ReturnType<Page[K]> =>
      ready.then(page).then((one) => (one[act] as (...given: unknown[]) => unknown)(...given)) as ReturnType<Page[K]>;
  return {
    ready,
    status,
    allows: allowed,
    on(type, listener) {
      const heard = (event: Event): void => listener((event as CustomEvent).detail);
      document.addEventListener(`candour:${type}`, heard);
      return () => document.removeEventListener(`candour:${type}`, heard);
    },
    open: () => ready.then(open) as Promise<void>,
    decide: whenReady('decide'),
    withdraw: whenReady('withdraw'),
    receipts: whenReady('receipts'),
    site: { id: site, service, log: boot.log },
    version,
  };
}
