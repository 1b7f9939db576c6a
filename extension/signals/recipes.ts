// How each signal is read in the page's world: what is asked of the page, key by key. Nothing else of the page's objects is read.
import { CONSENT_TYPES } from '../../shared/signals/signals.ts';
import type { Recipe } from '../page-world/channel.ts';

const value = (path: string[], keys: string[] | null = null): Recipe => ({ path, how: 'value', command: null, stop: null, keys });

export const SIGNAL_RECIPES = {
  tcf: {
    path: ['__tcfapi'],
    how: 'listen',
    command: ['addEventListener', 2],
    stop: ['removeEventListener', 2],
    keys: ['tcString', 'eventStatus', 'cmpStatus', 'cmpId', 'gdprApplies', 'listenerId'],
  },
  gpp: {
    path: ['__gpp'],
    how: 'listen',
    command: ['ping'],
    stop: null,
    keys: ['gppString', 'applicableSections', 'supportedAPIs', 'sectionList', 'signalStatus'],
  },
  // Read under the name that Google's own tag gives it (content/signals.ts). gtag() queues `arguments`; tag managers queue objects with an event.
  dataLayer: value(['dataLayer'], ['0', '1', '2', 'event', 'region', 'wait_for_update', ...CONSENT_TYPES]),
  googleState: value(
    ['google_tag_data', 'ics'],
    ['entries', 'default', 'update', 'usedDefault', 'usedUpdate', 'wasSetLate', ...CONSENT_TYPES],
  ),
  uet: value(['uetq'], ['uetConfig', 'consent', 'enabled', 'adStorageAllowed', 'ad_storage']),
  cookiebot: value(['Cookiebot'], ['hasResponse', 'consent', 'preferences', 'statistics', 'marketing']),
  oneTrust: value(['OnetrustActiveGroups'], []),
  oneTrustClosed: { path: ['OneTrust', 'IsAlertBoxClosed'], how: 'call', command: null, stop: null, keys: [] },
  clarity: value(['clarity', 'q'], ['0', '1', 'ad_Storage', 'analytics_Storage']),
  gpc: value(['navigator', 'globalPrivacyControl']),
  candour: { path: ['candour', 'status'], how: 'call', command: null, stop: null, keys: null },
} as const satisfies Record<string, Recipe>;
export type SignalName = keyof typeof SIGNAL_RECIPES;
export const SIGNAL_NAMES = Object.keys(SIGNAL_RECIPES) as SignalName[];
