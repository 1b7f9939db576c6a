// A piece in front of the first chunk: Google Consent Mode v2, and an event for tag managers after each update.
import { join, stateOf } from './signals-piece.ts';

/** The kinds of purpose behind each signal. */
const SIGNALS: Record<string, string> = {
  ad_storage: 'advertising marketing',
  ad_user_data: 'advertising marketing',
  ad_personalization: 'advertising marketing',
  analytics_storage: 'statistics',
  functionality_storage: 'appearance service',
  personalization_storage: 'appearance',
  security_storage: 'security',
};

/** How long tags that were not held back wait for a remembered choice to be read, in ms; it takes a few. */
const WAIT = 500;

const push = (entry: unknown): void => void (window.dataLayer ??= []).push(entry);

/** Consent Mode reads `arguments` objects and nothing else. */
function gtag(..._command: unknown[]): void {
  // oxlint-disable-next-line prefer-rest-params -- an array would be ignored by gtag.js
  push(arguments);
}

join((boot) => (allowed) => {
  const signals: Record<string, string | number> = {};
  for (const signal in SIGNALS) signals[signal] = stateOf(boot, SIGNALS[signal] ?? '', allowed);
  if (!allowed) signals['wait_for_update'] = WAIT;
  gtag('consent', allowed ? 'update' : 'default', signals);
  if (allowed)
    push({
      event: 'candour_consent_update',
      candour: Object.fromEntries(boot.purposes.map(({ id }) => [id, allowed(id) ? 'granted' : 'denied'])),
    });
});
