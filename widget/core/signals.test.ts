// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';

import { exampleBoot } from '../../test/support/example-widget.ts';
import { consentSignals, globalPrivacyControl, signalDefault, signalUpdate } from './signals.ts';

beforeEach(() => {
  delete window.dataLayer;
});
const layer = () => (window.dataLayer ?? []).map((entry) => [...(entry as ArrayLike<unknown> & Iterable<unknown>)]);

describe('Google Consent Mode v2', () => {
  it('L43 denies all seven signals by default, as an arguments object in the data layer', () => {
    signalDefault(exampleBoot());
    expect(Object.prototype.toString.call(window.dataLayer?.[0])).toBe('[object Arguments]');
    const [[consent, command, signals] = []] = layer();
    expect([consent, command]).toEqual(['consent', 'default']);
    expect(Object.keys(signals as object)).toHaveLength(7);
    expect(new Set(Object.values(signals as object))).toEqual(new Set(['denied']));
  });

  it('grants a signal only when every purpose behind it may run', () => {
    const boot = exampleBoot({ modes: { marketing: 'opt_in' } });
    const granted = (...ids: string[]) =>
      Object.entries(consentSignals(boot, (id) => ids.includes(id))).flatMap(([signal, state]) =>
        state === 'granted' ? [signal] : [],
      );
    expect(granted('statistics')).toEqual(['analytics_storage']);
    expect(granted('advertising')).toEqual([]);
    expect(granted('advertising', 'marketing')).toEqual(['ad_storage', 'ad_user_data', 'ad_personalization']);
  });

  it("goes on when the page's own push throws", () => {
    window.dataLayer = Object.assign([], {
      push() {
        throw new Error('a tag manager');
      },
    });
    expect(() => signalUpdate(exampleBoot(), () => true)).not.toThrow();
  });

  it('says nothing where the owner switched it off', () => {
    const boot = exampleBoot({ consentMode: false });
    signalDefault(boot);
    signalUpdate(boot, () => true);
    expect(window.dataLayer).toBeUndefined();
  });
});

describe('Global Privacy Control', () => {
  it('is on only where the browser says true', () => {
    for (const value of [undefined, false, '1', 1, 'true']) {
      Object.defineProperty(navigator, 'globalPrivacyControl', { value, configurable: true });
      expect(globalPrivacyControl()).toBe(false);
    }
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true });
    expect(globalPrivacyControl()).toBe(true);
  });
});
