// What tag management had been told before any choice: Google Consent Mode's default, what ran before it, the TCF's state.
import type { Page } from 'playwright-core';

import type { TagManagement } from '../../shared/banner-lint/page-description.ts';
import type { PageWindow } from './dom.ts';

const GOOGLE_TAG = /googletagmanager\.com\/(?:gtag\/js|gtm\.js)|google-analytics\.com\//;

interface Told {
  layer: unknown[][];
  tcf: { cmpId: unknown; tcString: unknown } | null;
}

const readPage = (page: Page): Promise<Told> =>
  page.evaluate(async () => {
    const { dataLayer, __tcfapi } = globalThis as unknown as PageWindow;
    const entries = Array.isArray(dataLayer) ? (dataLayer as unknown[]) : [];
    const plain = entries.slice(0, 200).map((entry) => {
      const isList = typeof entry === 'object' && entry !== null && 'length' in entry;
      return isList ? Array.from(entry as ArrayLike<unknown>) : [entry];
    });
    const tcf = __tcfapi
      ? await new Promise<Told['tcf']>((resolve) => {
          setTimeout(() => resolve({ cmpId: null, tcString: null }), 1_000);
          __tcfapi('getTCData', 2, (data) => resolve({ cmpId: data?.['cmpId'] ?? null, tcString: data?.['tcString'] ?? null }));
        })
      : null;
    return { layer: JSON.parse(JSON.stringify(plain)) as unknown[][], tcf };
  });

const isCommand = (entry: readonly unknown[], ...words: string[]): boolean => words.every((word, i) => entry[i] === word);

/** Whether the segment for disclosed vendors (type 1) names any: a TC string's later segments begin with three bits of type. */
function disclosesVendors(tcString: unknown): boolean | null {
  if (typeof tcString !== 'string' || tcString === '') return null;
  return tcString
    .split('.')
    .slice(1)
    .some((segment) => {
      const bytes = Buffer.from(segment, 'base64url');
      // Type (3 bits), highest vendor (16 bits).
      const [a = 0, b = 0, c = 0] = bytes;
      const highest = ((((a << 16) | (b << 8) | c) >> 5) & 0xffff) >>> 0;
      return a >> 5 === 1 && highest > 0;
    });
}

export async function readTags(page: Page, requested: readonly string[]): Promise<TagManagement> {
  const { layer, tcf } = await readPage(page).catch((): Told => ({ layer: [], tcf: null }));
  const first = layer.findIndex((entry) => isCommand(entry, 'consent', 'default'));
  const started = layer.findIndex((entry) => ['js', 'config', 'event'].includes(String(entry[0])));
  const granting = layer
    .filter((entry) => isCommand(entry, 'consent', 'default'))
    .map((entry) => (entry[2] ?? {}) as Record<string, unknown>)
    .map((state) => ({
      types: Object.keys(state).filter(
        (key) => state[key] === 'granted' && !['security_storage', 'functionality_storage'].includes(key),
      ),
      regions: Array.isArray(state['region']) ? state['region'].map(String) : [],
    }))
    .find(({ types }) => types.length > 0);
  const google = requested.find((url) => GOOGLE_TAG.test(url));
  const tagFirst = started >= 0 && (first < 0 || started < first) ? `dataLayer: ${String(layer[started]?.[0])}` : null;
  return {
    grantedDefault: granting ?? null,
    beforeDefault: tagFirst ?? (google && first < 0 ? google : null),
    tcf: tcf && { cmpId: typeof tcf.cmpId === 'number' ? tcf.cmpId : null, disclosesVendors: disclosesVendors(tcf.tcString) },
  };
}
