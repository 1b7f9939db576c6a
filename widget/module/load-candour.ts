// The widget for code that imports its parts: puts the service's own tag into the page, once, and waits for it. The tag itself is not in
// this module, because what it asks follows the configuration that the service gives out.
import type { Candour } from '../core/api.ts';

export type {
  Candour,
  CandourEvents,
  ChoiceMethod,
  ChoiceReceipt,
  ChosenState,
  DecidedBy,
  DecisionDetail,
  PurposeStatus,
  ReadyDetail,
  ShownThen,
  SyncDetail,
} from '../core/api.ts';

export interface LoadOptions {
  /** URL of the consent service: `https://consent.example.org`. */
  service: string;
  /** Id of the site there, or `site@version` for the script that never changes. */
  site: string;
  /** For a page whose Content-Security-Policy takes scripts by nonce. */
  nonce?: string;
  /** `sha384-…`, with `site@version`. */
  integrity?: string;
  /** Makes the script's address trusted, on a page that requires Trusted Types: `policy.createScriptURL`. */
  trustedUrl?: (url: string) => unknown;
}

const loading = new Map<string, Promise<Candour>>();

function addTag(url: string, { nonce, integrity, trustedUrl }: LoadOptions): HTMLScriptElement {
  const script = document.createElement('script');
  if (nonce) script.nonce = nonce;
  if (integrity) Object.assign(script, { integrity, crossOrigin: 'anonymous' });
  script.src = (trustedUrl?.(url) ?? url) as string;
  document.head.append(script);
  return script;
}

/** ms. What neither loads nor fails is given up. */
const PATIENCE = 20_000;

/** Is it over already, for better or worse? Its events are past then, and nobody would hear of it any more. */
const isOver = ({ src }: HTMLScriptElement): boolean => performance.getEntriesByName(src, 'resource').length > 0;

const loaded = (script: HTMLScriptElement): Promise<void> =>
  new Promise((resolve, reject) => {
    setTimeout(reject, PATIENCE, new Error(`the consent widget did not come from ${script.src} within ${PATIENCE / 1000} s`));
    script.addEventListener('load', () => resolve());
    script.addEventListener('error', () => {
      // Another try needs another element.
      script.remove();
      reject(new Error(`the consent widget did not load from ${script.src}`));
    });
  });

async function load(options: LoadOptions): Promise<Candour> {
  const { service, site } = options;
  const url = new URL(`w/${site}.js`, `${service.replace(/\/*$/, '')}/`).href;
  if (!window.candour) {
    const there = [...document.scripts].find((script) => script.src === url);
    // One that failed before this call tells nobody any more: another try needs another element.
    const own = !there || isOver(there);
    if (own) there?.remove();
    await loaded(own ? addTag(url, options) : there);
  }
  const { candour } = window;
  if (!candour) throw new Error(`${url} is loaded, and is no consent widget`);
  const id = site.replace(/@.*/, '');
  if (candour.site.id !== id) throw new Error(`this page has the consent widget of ${candour.site.id}, not of ${id}`);
  await candour.ready;
  return candour;
}

/**
 * Resolves with `window.candour` once the stored choice, if any, is applied; the same promise for every call with the same site. Uses the
 * tag that the page has, or adds it. Rejects where there is no page (on a server: unheard, that is no error there), where the script
 * cannot be loaded, and where the page has another site's widget. After a rejection the next call tries again.
 */
export function loadCandour(options: LoadOptions): Promise<Candour> {
  const key = `${options.service} ${options.site}`;
  const known = loading.get(key);
  if (known) return known;
  const promise =
    typeof document === 'undefined' ? Promise.reject(new Error('there is no page here to ask anybody in')) : load(options);
  loading.set(key, promise);
  promise.catch(() => loading.delete(key));
  return promise;
}
