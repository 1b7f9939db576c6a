// One vendor of the list: its name with the switch for consent, and behind its name what it asks for, claims, keeps and says itself.
import type { GVL, Vendor } from '@iabtechlabtcf/core';

import type { Words } from '../../shared/site/words.ts';
import { fill } from '../core/fill.ts';

export interface Entry {
  vendor: Vendor;
  row: HTMLElement;
  /** Null where it asks for no consent. */
  consent: HTMLInputElement | null;
  /** Null where it claims nothing that the owner lets vendors claim, and while nobody has opened the entry. */
  interest: HTMLInputElement | null;
  /** Makes what stands behind the name, once. A list may have a thousand, of which somebody opens three. */
  open(): void;
}

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: Node[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** An address from a list that others write. */
const isWeb = (url: string | undefined): url is string => url !== undefined && /^https?:\/\//.test(url) && URL.canParse(url);

const DAY_S = 86_400;
/** Named as the language has it; a part of a day counts as one. */
const days = (count: number, language: string): string =>
  new Intl.NumberFormat([language, 'en'], { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(Math.ceil(count));

/** What it claims an interest in, of what the owner lets vendors claim. */
export const claimsOf = ({ legIntPurposes }: Vendor, byInterest: ReadonlySet<number>): number[] =>
  legIntPurposes.filter((one) => byInterest.has(one));

interface Surroundings {
  list: GVL;
  words: Words & { language: string };
  /** Purposes that may rest on a legitimate interest. */
  byInterest: ReadonlySet<number>;
}

function deviceStorage(vendor: Vendor, words: Surroundings['words']): string {
  const seconds = vendor.cookieMaxAgeSeconds ?? 0;
  const cookies =
    vendor.usesCookies && `${words['kind.cookie']}${seconds > 0 ? ` (${days(seconds / DAY_S, words.language)})` : ''}`;
  const said = [cookies, vendor.usesNonCookieAccess && words['kind.other']].filter(Boolean);
  return `${words.storage}: ${said.join('; ') || words.nothing}`;
}

/** `described`: the sentence that says what it is for. */
function switchOf(id: string, name: string, described: string): HTMLInputElement {
  const made = element('input', { type: 'checkbox', id });
  for (const [key, value] of Object.entries({ role: 'switch', 'aria-label': name, 'aria-describedby': described }))
    made.setAttribute(key, value);
  return made;
}

/** Of a company whose entry is opened, with the switch for what it claims. */
function factsOf(
  vendor: Vendor,
  { list, words, byInterest }: Surroundings,
): { facts: Node[]; interest: HTMLInputElement | null } {
  const { id, name } = vendor;
  const names = (ids: readonly number[], all: Readonly<Record<string, { name: string }>>): string =>
    ids.map((one) => all[one]?.name ?? String(one)).join('; ');
  const claims = claimsOf(vendor, byInterest);
  const interest =
    claims.length > 0
      ? switchOf(`vendor-${id}-interest`, `${name}: ${words['basis.legitimate_interests']}`, `vendor-${id}-claims`)
      : null;

  const asks = fill(words['tcf.asks'], { purposes: names(vendor.purposes, list.purposes) || words.nothing });
  const facts: Node[] = [element('p', { id: `vendor-${id}-asks`, textContent: asks })];
  if (interest) {
    const claim = fill(words['tcf.interests'], { purposes: names(claims, list.purposes) });
    const how = fill(words.optOutHow, { save: words.save });
    facts.push(
      element(
        'div',
        { className: 'head' },
        element('p', { id: `vendor-${id}-claims`, textContent: `${claim} ${how}` }),
        interest,
      ),
    );
  }
  const { stdRetention } = vendor.dataRetention ?? {};
  const features = [names(vendor.features, list.features), names(vendor.specialFeatures, list.specialFeatures)].filter(Boolean);
  const more = [
    vendor.specialPurposes.length > 0 &&
      fill(words['tcf.always'], { purposes: names(vendor.specialPurposes, list.specialPurposes) }),
    features.length > 0 && fill(words['tcf.features'], { features: features.join('; ') }),
    stdRetention !== undefined && fill(words['tcf.kept'], { days: String(stdRetention) }),
    deviceStorage(vendor, words),
  ];
  facts.push(...more.flatMap((text) => (text ? [element('p', { textContent: text })] : [])));
  const notice = vendor.urls?.find(({ privacy }) => isWeb(privacy))?.privacy;
  if (isWeb(notice)) {
    const link = element('a', { href: notice, target: '_blank', rel: 'noopener noreferrer' });
    link.textContent = fill(words.privacyOf, { provider: name });
    facts.push(element('p', {}, link));
  }
  return { facts, interest };
}

export function vendorEntry(vendor: Vendor, surroundings: Surroundings): Entry {
  const { id, name } = vendor;
  const asks = `${name}: ${surroundings.words['basis.consent']}`;
  const consent = vendor.purposes.length > 0 ? switchOf(`vendor-${id}`, asks, `vendor-${id}-asks`) : null;
  const details = element('details', {}, element('summary', { textContent: name }));
  const row = element('li', { className: 'vendor' }, details);
  row.dataset['vendor'] = String(id);
  if (consent) row.prepend(consent);
  const entry: Entry = {
    vendor,
    row,
    consent,
    interest: null,
    open() {
      entry.open = () => undefined;
      const { facts, interest } = factsOf(vendor, surroundings);
      entry.interest = interest;
      details.append(...facts);
    },
  };
  return entry;
}
