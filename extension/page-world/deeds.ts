// What the person asks of the page through the extension: to withdraw by the widget's documented interface, or to open the site's own
// consent dialog again by the documented call of its platform.
import type { Done } from '../messages.ts';

export type Deed = 'withdraw' | 'reopen';

type Called = (...given: unknown[]) => unknown;
const isObject = (value: unknown): value is Record<string, unknown> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** Paths of functions on the page's window that open a dialog, each called without arguments on what it belongs to. */
const DIALOGS = [
  'candour.open',
  'Cookiebot.renew',
  'OneTrust.ToggleInfoDisplay',
  'Didomi.preferences.show',
  'UC_UI.showSecondLayer',
  '__ucCmp.showSecondLayer',
  'klaro.show',
  'CookieConsent.showPreferences',
  'tarteaucitron.userInterface.openPanel',
  'Osano.cm.showDrawer',
  'googlefc.showRevocationMessage',
  '_iub.cs.api.openPreferences',
  'openAxeptioCookies',
  'revisitCkyConsent',
  'displayPreferenceModal',
];

/** Undefined where no function stands there. */
function bound(page: object, way: string): (() => unknown) | undefined {
  const path = way.split('.');
  const name = path.pop() ?? '';
  const owner = path.reduce<unknown>((at, key) => (isObject(at) ? at[key] : undefined), page);
  const found = isObject(owner) ? owner[name] : undefined;
  return typeof found === 'function' ? () => Reflect.apply(found as Called, owner, []) as unknown : undefined;
}

const reopen = (page: object): (() => unknown) | undefined => {
  for (const way of DIALOGS) {
    const found = bound(page, way);
    if (found) return found;
  }
  const tcf = (page as { __tcfapi?: unknown }).__tcfapi;
  return typeof tcf === 'function' ? () => (tcf as Called)('displayConsentUi', 2, () => undefined) : undefined;
};

/** ms, and how often: what is to be called may come a little after the page itself, as a script that another one adds. */
const PAUSE = 500;
const MOST_PAUSES = 4;

/** `page`: the page's own window. What stands on it is what the page says it is. */
export async function doDeed(page: object, deed: Deed): Promise<Done> {
  try {
    const find = () => (deed === 'withdraw' ? bound(page, 'candour.withdraw') : reopen(page));
    let call = find();
    for (let i = 0; !call && i < MOST_PAUSES; i++) {
      await new Promise((resolve) => void setTimeout(resolve, PAUSE));
      call = find();
    }
    if (!call) return { state: 'no_way' };
    await call();
    return { state: 'done' };
  } catch {
    return { state: 'failed' };
  }
}
