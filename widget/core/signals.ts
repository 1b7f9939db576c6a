// What other scripts on the page are told: Google Consent Mode v2 (everything denied before anything else, one update per choice).
import type { WidgetBoot } from '../../shared/site/boot.ts';

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

/** Consent Mode reads `arguments` objects and nothing else. */
function gtag(..._command: unknown[]): void {
  try {
    // oxlint-disable-next-line prefer-rest-params -- an array would be ignored by gtag.js
    (window.dataLayer ??= []).push(arguments);
  } catch {
    // A tag manager's own push: what it throws must not end a choice.
  }
}

/** A signal is granted only if every purpose that it stands for may run, and there is one. */
export function consentSignals(boot: WidgetBoot, allowed: (id: string) => boolean): Record<string, string> {
  const signals: Record<string, string> = {};
  for (const signal in SIGNALS) {
    const purposes = boot.purposes.filter(({ kind }) => SIGNALS[signal]?.includes(kind));
    signals[signal] = purposes.length > 0 && purposes.every(({ id }) => allowed(id)) ? 'granted' : 'denied';
  }
  return signals;
}

export const signalDefault = (boot: WidgetBoot): void => {
  if (boot.consentMode)
    gtag(
      'consent',
      'default',
      consentSignals(boot, () => false),
    );
};
export const signalUpdate = (boot: WidgetBoot, allowed: (id: string) => boolean): void => {
  if (boot.consentMode) gtag('consent', 'update', consentSignals(boot, allowed));
};

/** Global Privacy Control: true only if the browser says exactly so. */
export const globalPrivacyControl = (): boolean => navigator.globalPrivacyControl === true;

declare global {
  interface Window {
    dataLayer?: unknown[];
  }
  interface Navigator {
    globalPrivacyControl?: unknown;
  }
}
