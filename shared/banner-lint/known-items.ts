// Items that advertising, social media and session recording are known to store, and where they come from. Names as their makers
// document them; a name that ends in * is a beginning.

export interface KnownItem {
  /** Of the item on the device. */
  names: readonly string[];
  /** Hosts that it comes from, with their sub-domains. */
  hosts: readonly string[];
  what: 'advertising' | 'social' | 'session recording' | 'statistics';
  who: string;
}

export const KNOWN_ITEMS: readonly KnownItem[] = [
  {
    what: 'advertising',
    who: 'Google Ads',
    names: ['_gcl_*', 'IDE', 'test_cookie', '__gads', '__gpi'],
    hosts: ['doubleclick.net', 'googleadservices.com', 'googlesyndication.com'],
  },
  { what: 'social', who: 'Meta', names: ['_fbp', '_fbc', 'fr'], hosts: ['facebook.net', 'facebook.com'] },
  { what: 'advertising', who: 'Microsoft Advertising', names: ['_uetsid', '_uetvid', 'MUID'], hosts: ['bat.bing.com'] },
  {
    what: 'social',
    who: 'LinkedIn',
    names: ['li_sugr', 'bcookie', 'li_fat_id', 'UserMatchHistory', 'AnalyticsSyncHistory'],
    hosts: ['ads.linkedin.com', 'licdn.com'],
  },
  { what: 'social', who: 'TikTok', names: ['_ttp', '_tt_enable_cookie'], hosts: ['analytics.tiktok.com'] },
  { what: 'social', who: 'Pinterest', names: ['_pin_unauth', '_pinterest_*'], hosts: ['ct.pinterest.com'] },
  { what: 'social', who: 'X', names: ['muc_ads', 'personalization_id'], hosts: ['ads-twitter.com', 'analytics.twitter.com'] },
  { what: 'advertising', who: 'Criteo', names: ['cto_bundle', 'cto_bidid'], hosts: ['criteo.com', 'criteo.net'] },
  {
    what: 'session recording',
    who: 'Hotjar',
    names: ['_hjSession*', '_hjid', '_hjIncludedInSessionSample*'],
    hosts: ['hotjar.com'],
  },
  { what: 'session recording', who: 'Microsoft Clarity', names: ['_clck', '_clsk', 'CLID'], hosts: ['clarity.ms'] },
  { what: 'session recording', who: 'FullStory', names: ['fs_uid', 'fs_lua'], hosts: ['fullstory.com'] },
  {
    what: 'statistics',
    who: 'Google Analytics',
    names: ['_ga', '_ga_*', '_gid', '_gat*'],
    hosts: ['google-analytics.com', 'analytics.google.com'],
  },
  { what: 'statistics', who: 'Matomo', names: ['_pk_id*', '_pk_ses*'], hosts: ['matomo.cloud'] },
];

const isNamed = (name: string, pattern: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

export const knownByName = (name: string): KnownItem | undefined =>
  KNOWN_ITEMS.find(({ names }) => names.some((pattern) => isNamed(name, pattern)));

export const knownByHost = (host: string): KnownItem | undefined =>
  KNOWN_ITEMS.find(({ hosts }) => hosts.some((known) => host === known || host.endsWith(`.${known}`)));

/** A configuration may declare `_ga_*`. */
export const isDeclared = (name: string, declared: readonly string[]): boolean =>
  declared.some((pattern) => isNamed(name, pattern));
