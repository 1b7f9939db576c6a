// Which consent platform stands in a page: known by the rules of @duckduckgo/autoconsent (MPL-2.0), of which the build keeps only how each
// is detected (vite.ts), and by marks that autoconsent has in its code rather than in its rules.
import full from '@duckduckgo/autoconsent/rules/rules.json' with { type: 'json' };

import type { Platform } from '../../shared/signals/signals.ts';
import { detectionRules, type FullRule, type PlatformRule } from './detection-rules.ts';
import { platformName } from './platform-names.ts';

const MORE: readonly PlatformRule[] = [
  { id: 'candour', all: [['candour-banner', 'candour-choices']] },
  { id: 'Onetrust', all: [['#onetrust-banner-sdk', '#onetrust-consent-sdk', '#onetrust-pc-sdk']] },
  { id: 'Cybotcookiebot', all: [['#CybotCookiebotDialog', '#CookiebotWidget', 'script[src*="consent.cookiebot.com"]']] },
  { id: 'Klaro', all: [['.klaro > .cookie-modal', '.klaro > .cookie-notice', '#klaro']] },
  { id: 'consentmanager.net', all: [['#cmpbox']] },
  { id: 'TrustArc-top', all: [['#truste-consent-track', '#truste-show-consent', 'script[src*="consent.trustarc.com"]']] },
  { id: 'Sourcepoint-frame', all: [['[id^="sp_message_container_"]']] },
  { id: 'Evidon', all: [['#_evidon_banner']] },
  { id: 'Uniconsent', all: [['.unic .unic-box', '.unic .unic-bar', '.unic .unic-modal']] },
  { id: 'Conversant', all: [['.cmp-root .cmp-receptacle']] },
];

export const PLATFORM_RULES: readonly PlatformRule[] = [...MORE, ...detectionRules(full.autoconsent as readonly FullRule[])];
const KNOWN = new Set(PLATFORM_RULES.map(({ id }) => id));

/** Null for an id that was not asked for. */
export const platformOf = (id: string): Platform | null => (KNOWN.has(id) ? { id, name: platformName(id) } : null);
