// Where a notice and the signals of its page say different things, or two signals do: both facts side by side, and no verdict on either.
import { knownByName, type KnownItem } from '../banner-lint/known-items.ts';
import type { LawfulBasis } from '../notice/lawful-basis.ts';
import type { PrivacyNotice, PurposeKind } from '../notice/schema.ts';
import { consentStates } from './consent-mode.ts';
import { CONSENT_TYPE_KINDS, deviceKinds, TCF_PURPOSE_KINDS } from './signal-kinds.ts';
import { CONSENT_TYPES, type ConsentType, type DecodedTcf, type PageSignals } from './signals.ts';

/** What a notice states for one activity about the visitor's device. */
export interface Stated {
  /** Index of the notice among those given. */
  notice: number;
  /** "activities/2/lawfulBases/0": the sentence that says so. */
  place: string;
  activity: string;
  bases: LawfulBasis[];
  quote: string;
}

export interface StoredItem {
  name: string;
  who: string;
  what: KnownItem['what'];
}

export type SideBySide =
  /** Notice: consent. TC string: legitimate interest, for these purposes of the framework. */
  | { about: 'tcf_legitimate_interest'; stated: Stated; purposes: number[] }
  /** Notice: legitimate interests. TC string: consent was asked and given. */
  | { about: 'tcf_consent'; stated: Stated; purposes: number[] }
  /** Notice: consent. Consent Mode: granted by default. */
  | { about: 'granted_by_default'; stated: Stated; types: ConsentType[] }
  /** Notice: consent. Storage: these stood there before the page was touched, and no earlier choice is known. */
  | { about: 'stored_before_choice'; stated: Stated; items: StoredItem[] }
  /** The browser asks not to be sold or tracked; the platforms hold these as granted. */
  | { about: 'gpc'; types: ConsentType[]; purposes: number[] }
  /** Consent Mode holds these as granted; the TC string has no consent for the purposes. */
  | { about: 'platforms_differ'; types: ConsentType[]; purposes: number[] }
  /** The framework's policies (since version 4) know consent alone for these; the string carries a legitimate interest. */
  | { about: 'framework_policy'; purposes: number[] };

const decodedOf = ({ tcf }: PageSignals): DecodedTcf | null => (tcf.state === 'read' ? tcf.value.decoded : null);

/** Types that hold `granted`, now or by default. */
function granted(signals: PageSignals, when: 'now' | 'byDefault'): ConsentType[] {
  if (signals.consentMode.state !== 'read') return [];
  const states = consentStates(signals.consentMode.value);
  return CONSENT_TYPES.filter((type) => states[type][when] === 'granted');
}

const shares = (one: readonly PurposeKind[], other: readonly PurposeKind[]): boolean => one.some((kind) => other.includes(kind));

/** An earlier choice, remembered: what is stored may be its result. */
function rememberedChoice({ tcf, candour, consentMode, stored }: PageSignals): boolean {
  if (tcf.state === 'read' && tcf.value.eventStatus === 'tcloaded' && tcf.value.decoded) return true;
  if (candour.state === 'read' && candour.value.purposes.some(({ status }) => status === 'given')) return true;
  return (
    consentMode.state === 'read' && !stored.touched && consentMode.value.commands.some(({ command }) => command === 'update')
  );
}

const KIND_OF: Readonly<Record<KnownItem['what'], readonly PurposeKind[]>> = {
  advertising: ['advertising'],
  social: ['advertising'],
  'session recording': ['statistics'],
  statistics: ['statistics'],
};

/** Cookies and stored items that are known to come from advertising, social media, statistics or session recording. */
export function knownItems({ stored }: PageSignals): StoredItem[] {
  const names = [...(stored.cookies ?? []), ...(stored.local ?? []), ...(stored.session ?? [])];
  return [...new Set(names)].flatMap((name) => {
    const known = knownByName(name);
    return known ? [{ name, who: known.who, what: known.what }] : [];
  });
}

function statedOn(notices: readonly PrivacyNotice[]): { stated: Stated; kinds: PurposeKind[] }[] {
  return notices.flatMap((notice, n) =>
    notice.activities.flatMap((activity, a) => {
      const kinds = deviceKinds(activity);
      const [first] = activity.lawfulBases;
      if (kinds.length === 0 || !first) return [];
      const bases = [...new Set(activity.lawfulBases.map(({ basis }) => basis))];
      const stated = {
        notice: n,
        place: `activities/${a}/lawfulBases/0`,
        activity: activity.title,
        bases,
        quote: first.statement,
      };
      return [{ stated, kinds }];
    }),
  );
}

/** Purposes for which the policies of the framework know consent alone. */
const CONSENT_ONLY = [1, 3, 4, 5, 6];
const isConsentOnly = (bases: readonly LawfulBasis[]): boolean => bases.every((basis) => basis === 'consent');
const isInterestOnly = (bases: readonly LawfulBasis[]): boolean => bases.every((basis) => basis === 'legitimate_interests');

function withNotice(signals: PageSignals, notices: readonly PrivacyNotice[]): SideBySide[] {
  const tcf = decodedOf(signals);
  const byDefault = granted(signals, 'byDefault');
  const items = rememberedChoice(signals) ? [] : knownItems(signals);
  return statedOn(notices).flatMap(({ stated, kinds }): SideBySide[] => {
    const purposesOf = (ids: readonly number[]): number[] => ids.filter((id) => shares(TCF_PURPOSE_KINDS[id] ?? [], kinds));
    const found: SideBySide[] = [];
    if (isConsentOnly(stated.bases)) {
      const purposes = purposesOf(tcf?.purposeLegitimateInterests ?? []);
      if (purposes.length > 0) found.push({ about: 'tcf_legitimate_interest', stated, purposes });
      const types = byDefault.filter((type) => shares(CONSENT_TYPE_KINDS[type], kinds));
      if (types.length > 0) found.push({ about: 'granted_by_default', stated, types });
      const before = items.filter(({ what }) => shares(KIND_OF[what], kinds));
      if (before.length > 0) found.push({ about: 'stored_before_choice', stated, items: before });
    }
    if (isInterestOnly(stated.bases)) {
      const purposes = purposesOf(tcf?.purposeConsents ?? []).filter((id) => id !== 1);
      if (purposes.length > 0) found.push({ about: 'tcf_consent', stated, purposes });
    }
    return found;
  });
}

/** Google's own mapping: which purposes each type rests on where both are used. */
const TYPE_PURPOSES: readonly [ConsentType, readonly number[]][] = [
  ['ad_storage', [1]],
  ['ad_personalization', [3, 4]],
  ['ad_user_data', [1, 7]],
];

function betweenSignals(signals: PageSignals): SideBySide[] {
  const tcf = decodedOf(signals);
  const now = granted(signals, 'now');
  const found: SideBySide[] = [];
  if (signals.gpc.browser === true) {
    const types = now.filter((type) => CONSENT_TYPE_KINDS[type].includes('advertising'));
    const purposes = (tcf?.purposeConsents ?? []).filter((id) => id !== 1 && TCF_PURPOSE_KINDS[id]?.includes('advertising'));
    if (types.length + purposes.length > 0) found.push({ about: 'gpc', types, purposes });
  }
  if (tcf) {
    const allowed = new Set([...tcf.purposeConsents, ...tcf.purposeLegitimateInterests]);
    const missing = TYPE_PURPOSES.map(([type, ids]) => ({ type, ids: ids.filter((id) => !allowed.has(id)) })).filter(
      ({ type, ids }) => now.includes(type) && ids.length > 0,
    );
    if (missing.length > 0)
      found.push({
        about: 'platforms_differ',
        types: missing.map(({ type }) => type),
        purposes: [...new Set(missing.flatMap(({ ids }) => ids))].sort((a, b) => a - b),
      });
    const policy = tcf.purposeLegitimateInterests.filter((id) => CONSENT_ONLY.includes(id));
    if (policy.length > 0 && tcf.policyVersion >= 4) found.push({ about: 'framework_policy', purposes: policy });
  }
  return found;
}

/** Every place where two say different things. Empty: none was found, which is not the same as agreement. */
export const sideBySide = (signals: PageSignals, notices: readonly PrivacyNotice[]): SideBySide[] => [
  ...withNotice(signals, notices),
  ...betweenSignals(signals),
];
