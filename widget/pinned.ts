// The script that never changes, for a tag with `integrity`: with the banner, and with a loader that takes a chunk only if its bytes
// are those that the script names.
import type { WidgetBoot } from '../shared/site/boot.ts';
import { once } from './core/once.ts';
import type { Chunk } from './core/widget.ts';
import { askEarly } from './core/early.ts';
import * as elements from './core/elements.ts';
import { startOnce } from './core/start-once.ts';
import * as ui from './ui/page.ts';

interface TrustedTypes {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string };
}
declare global {
  interface Window {
    trustedTypes?: TrustedTypes;
  }
}

const hashes = (window.candourBoot as WidgetBoot | undefined)?.integrity;
const nonce = (document.currentScript as HTMLScriptElement | null)?.nonce;
const policy = once(() =>
  Promise.resolve(
    window.trustedTypes?.createPolicy('candour', { createScriptURL: (url) => url }) ?? { createScriptURL: (url: string) => url },
  ),
);

/**
 * A script element checks its integrity in every browser, an `import()` in none. The module that it has fetched is the one that the
 * import finds.
 */
async function fetchChunk(url: string, chunk: Chunk): Promise<unknown> {
  const integrity = hashes?.[chunk];
  if (!integrity) throw new Error(`no hash of ${url} is known`);
  const trusted = (await policy()).createScriptURL(url);
  await new Promise<void>((resolve, reject) => {
    const script = document.createElement('script');
    Object.assign(script, { type: 'module', integrity, crossOrigin: 'anonymous', nonce });
    script.src = trusted;
    script.onload = () => resolve();
    script.onerror = () => {
      // What came is for ever to the browser's cache: another copy takes its place, for the next page.
      fetch(url, { cache: 'reload', credentials: 'omit' }).catch(() => undefined);
      reject(new Error(`${url} is not what it was`));
    };
    document.head.append(script);
  });
  return import(/* @vite-ignore */ url);
}

startOnce({ ui, elements, fetchChunk, early: askEarly });
