// What the consent platforms of a page say about themselves, whoever made them: observed on this device, never a verdict. Everything here
// was parsed at the edge; texts are as the page wrote them.

/** `none`: the page has no such thing. `unreadable`: it has one, and what it said could not be read. */
export type Seen<T> = { state: 'none' } | { state: 'unreadable' } | { state: 'read'; value: T };

/** A consent platform that stands in the page. */
export interface Platform {
  /** The name of the rule that knows it, as @duckduckgo/autoconsent has it; `candour` is ours. */
  id: string;
  name: string;
}

/** A transparency and consent string, decoded. Numbers are those of the framework. */
export interface DecodedTcf {
  cmpId: number;
  policyVersion: number;
  vendorListVersion: number;
  /** ISO day. */
  lastUpdated: string;
  /** The country of the publisher, two letters. */
  publisherCountry: string;
  serviceSpecific: boolean;
  purposeConsents: number[];
  purposeLegitimateInterests: number[];
  specialFeatures: number[];
  vendorConsents: number[];
  vendorLegitimateInterests: number[];
  /** Told to the person, since 2.3; empty where the string does not say. */
  vendorsDisclosed: number[];
  /** Purposes that the publisher restricts for some vendors. */
  restrictedPurposes: number[];
}

/** IAB Transparency and Consent Framework: what `__tcfapi` gave. */
export interface TcfSignal {
  /** `none`: the platform gave none, as before a choice. `unreadable`: what it gave can't be decoded. */
  tcString: 'none' | 'unreadable' | 'decoded';
  decoded: DecodedTcf | null;
  /** `tcloaded`: an earlier choice; `cmpuishown`: it asks; `useractioncomplete`: a choice of this visit. */
  eventStatus: string | null;
  cmpId: number | null;
  /** Whether the platform says that the GDPR applies here. */
  gdprApplies: boolean | null;
}

/** IAB Global Privacy Platform: which sections apply; they are not decoded. */
export interface GppSignal {
  sections: string[];
  applicable: number[];
}

export const CONSENT_TYPES = [
  'ad_storage',
  'ad_user_data',
  'ad_personalization',
  'analytics_storage',
  'functionality_storage',
  'personalization_storage',
  'security_storage',
] as const;
export type ConsentType = (typeof CONSENT_TYPES)[number];
export type Grant = 'granted' | 'denied';

export interface ConsentCommand {
  command: 'default' | 'update';
  /** Place in the queue, from 0. */
  at: number;
  types: Partial<Record<ConsentType, Grant>>;
  /** Holds in these regions only; null: everywhere. */
  region: string[] | null;
  /** Milliseconds that tags wait for an update. */
  waitForUpdate: number | null;
}

/** Google Consent Mode: the commands in the page's queue and what Google's own script made of them. */
export interface ConsentModeSignal {
  commands: ConsentCommand[];
  /** Place of the first tag or event in the same queue; null: none. */
  firstTag: number | null;
  /** As Google's script holds it now, where it has loaded. */
  now: Partial<Record<ConsentType, Grant>>;
  /** Google's script noted that a default came after a tag had asked. */
  lateByGoogle: boolean | null;
}

/** Microsoft's advertising tag. */
export interface UetSignal {
  adStorage: Grant | null;
  /** A consent command stands in its queue, or its script says that consent is on. */
  used: boolean;
}

/** `preferences`, `statistics`, `advertising` and `social` are those that platforms share; another is a site's own. */
export interface Category {
  id: string;
  state: Grant;
}

/** What a platform says of its own categories. */
export interface CategoriesSignal {
  /** The person has answered; null: it does not say. */
  answered: boolean | null;
  categories: Category[];
}

export interface CandourSignal {
  /** As the site's widget says it now. */
  purposes: { id: string; status: string }[];
}

export interface StoredNames {
  /** Taken at the first touch of the page; else when somebody looked, with nothing touched yet. */
  touched: boolean;
  /** Null: could not be read. */
  cookies: string[] | null;
  local: string[] | null;
  session: string[] | null;
  databases: string[] | null;
}

export interface PageSignals {
  platforms: Platform[];
  tcf: Seen<TcfSignal>;
  gpp: Seen<GppSignal>;
  consentMode: Seen<ConsentModeSignal>;
  uet: Seen<UetSignal>;
  cookiebot: Seen<CategoriesSignal>;
  oneTrust: Seen<CategoriesSignal>;
  clarity: Seen<CategoriesSignal>;
  candour: Seen<CandourSignal>;
  /** Global Privacy Control: what the browser says, and what a script of the page is told; null: nothing. */
  gpc: { browser: boolean | null; page: boolean | null };
  stored: StoredNames;
  /** False: the page's world gave no answer at all, so that "none" is not known either. */
  answered: boolean;
}
