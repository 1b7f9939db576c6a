// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { piecesOf } from '../../shared/site/pieces.ts';
import { exampleBoot } from '../../test/support/example-widget.ts';
import { globalPrivacyControl, tell } from './signals.ts';
import type { First } from './first.ts';

type Boot = ReturnType<typeof exampleBoot>;

/** As the service does: the configuration, then the pieces. */
async function widgetWith(boot: Boot, ...pieces: ('google' | 'uet' | 'clarity')[]): Promise<First> {
  vi.resetModules();
  window.candourBoot = boot;
  for (const piece of pieces) await import(`./signals-${piece}.ts`);
  delete window.candourBoot;
  return { boot } as First;
}
const given =
  (...ids: string[]) =>
  (id: string): boolean =>
    ids.includes(id);

beforeEach(() => {
  delete window.dataLayer;
  delete window.uetq;
  delete window.clarity;
});
afterEach(() => vi.resetModules());

const layer = () =>
  (window.dataLayer ?? []).map((entry) =>
    Object.prototype.toString.call(entry) === '[object Arguments]'
      ? [...(entry as ArrayLike<unknown> & Iterable<unknown>)]
      : entry,
  );

describe('Google Consent Mode v2', () => {
  it('L43 denies all seven signals by default, as an arguments object, first in the data layer', async () => {
    tell(await widgetWith(exampleBoot(), 'google'), null);
    expect(Object.prototype.toString.call(window.dataLayer?.[0])).toBe('[object Arguments]');
    const [first] = layer() as [string, string, Record<string, unknown>][];
    expect(first?.slice(0, 2)).toEqual(['consent', 'default']);
    const { wait_for_update: wait, ...signals } = first?.[2] ?? {};
    expect(wait).toBe(500);
    expect(Object.keys(signals)).toHaveLength(7);
    expect(new Set(Object.values(signals))).toEqual(new Set(['denied']));
  });

  it('grants a signal only when every purpose behind it may run', async () => {
    const widget = await widgetWith(exampleBoot({ modes: { marketing: 'opt_in' } }), 'google');
    const granted = (...ids: string[]) => {
      tell(widget, given(...ids));
      const update = layer().at(-2) as [string, string, Record<string, string>];
      expect(update[1]).toBe('update');
      return Object.entries(update[2]).flatMap(([signal, state]) => (state === 'granted' ? [signal] : []));
    };
    expect(granted('statistics')).toEqual(['analytics_storage']);
    expect(granted('advertising')).toEqual([]);
    expect(granted('advertising', 'marketing')).toEqual(['ad_storage', 'ad_user_data', 'ad_personalization']);
    expect(granted('security')).toEqual(['security_storage']);
  });

  it('one service that is off keeps the signal of its purpose denied', async () => {
    const boot = exampleBoot();
    boot.purposes.push({ id: 'matomo', kind: 'statistics', of: 'statistics' } as Boot['purposes'][number]);
    tell(await widgetWith(boot, 'google'), given('statistics'));
    expect(layer()[0]).toMatchObject(['consent', 'update', { analytics_storage: 'denied' }]);
  });

  it('tells tag managers of each update by an event that names every purpose, and of the default by none', async () => {
    const widget = await widgetWith(exampleBoot(), 'google');
    tell(widget, null);
    expect(layer()).toHaveLength(1);
    tell(widget, given('statistics', 'security'));
    expect(layer()).toHaveLength(3);
    expect(layer()[2]).toEqual({
      event: 'candour_consent_update',
      candour: { statistics: 'granted', advertising: 'denied', security: 'granted' },
    });
  });
});

describe('Microsoft', () => {
  it('UET is told of ad_storage, by default and on a choice', async () => {
    const widget = await widgetWith(exampleBoot(), 'uet');
    tell(widget, null);
    tell(widget, given('advertising'));
    expect(window.uetq).toEqual(['consent', 'default', { ad_storage: 'denied' }, 'consent', 'update', { ad_storage: 'granted' }]);
    expect(window.dataLayer).toBeUndefined();
  });

  it('UET’s own queue gets the whole command once the tag is there', async () => {
    const push = vi.fn();
    window.uetq = { push };
    tell(await widgetWith(exampleBoot(), 'uet'), given());
    expect(push.mock.calls).toEqual([['consent', 'update', { ad_storage: 'denied' }]]);
  });

  it('Clarity is told with its capital S, in its own waiting queue or by the tag that is there', async () => {
    const widget = await widgetWith(exampleBoot(), 'clarity');
    tell(widget, null);
    const [first] = (window.clarity?.q ?? []) as Iterable<unknown>[];
    expect([...(first ?? [])]).toEqual(['consentv2', { ad_Storage: 'denied', analytics_Storage: 'denied' }]);
    window.clarity = vi.fn<(...command: unknown[]) => void>();
    tell(widget, given('statistics'));
    expect(window.clarity).toHaveBeenCalledWith('consentv2', { ad_Storage: 'denied', analytics_Storage: 'granted' });
  });
});

describe('whom to tell', () => {
  const TCF = { cmpId: 300, cmpVersion: 1, vendorList: '/v.json', vendors: [1], purposes: {}, publisherCountry: 'GB' };

  it('only what is configured is put in front of the first chunk', () => {
    expect(piecesOf({ consentMode: false }, 'GB', false)).toEqual([]);
    expect(piecesOf({ consentMode: true }, 'unknown', false)).toEqual(['signals-google']);
    expect(piecesOf({ consentMode: false, microsoft: ['clarity'] }, 'EU', false)).toEqual(['signals-clarity']);
    expect(piecesOf({ consentMode: true, microsoft: ['uet', 'clarity'], tcf: TCF }, 'GB', false)).toHaveLength(4);
    expect(piecesOf({ consentMode: false }, 'US-CA', false)).toEqual(['signals-us']);
  });

  it('without a piece nothing is told', async () => {
    const widget = await widgetWith(exampleBoot());
    tell(widget, null);
    tell(widget, given('statistics'));
    expect([window.dataLayer, window.uetq, window.clarity]).toEqual([undefined, undefined, undefined]);
  });

  it("goes on when a platform's own push throws: the next is told still", async () => {
    window.dataLayer = Object.assign([], {
      push() {
        throw new Error('a tag manager');
      },
    });
    tell(await widgetWith(exampleBoot(), 'google', 'uet'), given('advertising'));
    expect(window.uetq).toContainEqual({ ad_storage: 'granted' });
  });
});

describe('Global Privacy Control', () => {
  it('R46 is on only where the browser says true', () => {
    for (const value of [undefined, false, '1', 1, 'true']) {
      Object.defineProperty(navigator, 'globalPrivacyControl', { value, configurable: true });
      expect(globalPrivacyControl()).toBe(false);
    }
    Object.defineProperty(navigator, 'globalPrivacyControl', { value: true, configurable: true });
    expect(globalPrivacyControl()).toBe(true);
  });
});
