// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { DecodedTcf, PageSignals } from '../../../shared/signals/signals.ts';
import { exampleNotice } from '../../../test/support/example-notice.ts';
import { foundAt } from '../../../test/support/extension-platform.ts';
import type { NoticeView, SignalsView } from '../../messages.ts';
import { speak } from '../../words/say.ts';
import { Signals } from './signals.tsx';

const NONE: PageSignals = {
  platforms: [],
  tcf: { state: 'none' },
  gpp: { state: 'none' },
  consentMode: { state: 'none' },
  uet: { state: 'none' },
  cookiebot: { state: 'none' },
  oneTrust: { state: 'none' },
  clarity: { state: 'none' },
  candour: { state: 'none' },
  gpc: { browser: null, page: null },
  stored: { touched: false, cookies: [], local: [], session: null, databases: [] },
  answered: true,
};
const DECODED: DecodedTcf = {
  cmpId: 31,
  policyVersion: 5,
  vendorListVersion: 17,
  lastUpdated: '2026-03-04',
  publisherCountry: 'GB',
  serviceSpecific: true,
  purposeConsents: [1],
  purposeLegitimateInterests: [7, 13],
  specialFeatures: [1],
  vendorConsents: Array.from({ length: 90 }, (_, i) => i + 1),
  vendorLegitimateInterests: [6, 65_000],
  vendorsDisclosed: [],
  restrictedPurposes: [2],
};
const notice: NoticeView = {
  href: 'https://shop.example/n',
  found: foundAt('https://shop.example/n'),
  prose: null,
  problem: null,
  notice: {
    ...exampleNotice,
    activities: exampleNotice.activities.slice(0, 1).map((activity) => ({
      ...activity,
      title: 'Advertising \u202Eon this site',
      purposes: [{ text: 'advertising', kind: 'advertising' as const }],
      lawfulBases: [{ basis: 'consent' as const, statement: 'We advertise with your consent.' }],
    })),
  },
  hash: 'A'.repeat(43),
  stale: [],
  readAt: null,
  firstSeen: null,
  changed: null,
};

const show = (signals: Partial<PageSignals> | SignalsView | null, notices: NoticeView[] = []) => {
  const view = signals === null || 'state' in signals ? signals : { state: 'read' as const, signals: { ...NONE, ...signals } };
  const again = vi.fn<() => void>();
  return { again, ...render(<Signals view={view} notices={notices} again={again} />) };
};
afterEach(cleanup);

describe('what a page’s consent platform says', () => {
  it('R86 tells apart that nothing was found, that nothing could be read, and that nobody can be asked', () => {
    expect(show({}).container.querySelector('[data-state="no-platform"]')?.textContent).toContain('We found no consent platform');
    cleanup();
    const unread = show({ answered: false, tcf: { state: 'unreadable' } });
    expect(unread.container.querySelector('[data-state="unanswered"]')?.textContent).toContain('not the same as “no platform”');
    expect(unread.container.querySelector('[data-state="no-platform"], [data-signal="tcf"]')).toBeNull();
    cleanup();
    expect(show({ state: 'no_page' } as SignalsView).container.textContent).toContain('can’t be asked');
    cleanup();
    expect(show(null).container.querySelector('.signals')?.getAttribute('aria-busy')).toBe('true');
  });

  it('R86 says what our widget holds in the language of the person', async () => {
    await speak('de');
    const purposes = [
      { id: 'statistics', status: 'refused' },
      { id: 'media', status: 'given' },
    ];
    const { container } = show({ candour: { state: 'read', value: { purposes } } });
    await speak('en');
    expect(container.querySelector('[data-line="candour"] dd')?.textContent).toBe(
      'Statistik: Abgelehnt, Eingebettete Medien: Eingewilligt',
    );
  });

  it('R86 says of each platform what it holds, or that it gave no answer', () => {
    const { container } = show({
      platforms: [
        { id: 'a', name: 'Complianz' },
        { id: 'b', name: 'Complianz' },
      ],
      tcf: { state: 'unreadable' },
      gpp: { state: 'read', value: { sections: ['7:usnat', '8:usca'], applicable: [8] } },
      uet: { state: 'read', value: { used: true, adStorage: 'denied' } },
      candour: { state: 'read', value: { purposes: [{ id: 'statistics', status: 'not_asked' }] } },
      gpc: { browser: true, page: null },
    });
    expect(container.querySelector('[data-platforms]')?.getAttribute('data-platforms')).toBe('Complianz, Candour');
    expect(container.querySelector('[data-signal="tcf"]')?.textContent).toContain('gave no answer that we could read');
    const line = (id: string): string => container.querySelector(`[data-line="${id}"] dd`)?.textContent ?? '';
    expect(line('gpp')).toBe('sections that apply: usca');
    expect(line('uet')).toBe('Storage for advertising: denied');
    expect(line('candour')).toBe('Statistics: Not asked');
    expect(line('gpc')).toContain('not told to this page’s scripts');
  });

  it('R86 shows consent and legitimate interest for each purpose, and vendors by name, searched, a bounded number at a time', async () => {
    const { container } = show({
      tcf: {
        state: 'read',
        value: { tcString: 'decoded', eventStatus: 'tcloaded', cmpId: 31, gdprApplies: null, decoded: DECODED },
      },
    });
    const row = (id: number): (string | undefined)[] => {
      const { consent, legitimateInterest } = container.querySelector<HTMLElement>(`[data-purpose="${id}"]`)?.dataset ?? {};
      return [consent, legitimateInterest];
    };
    expect([row(1), row(2), row(7), row(13)]).toEqual([
      ['true', 'false'],
      ['false', 'false'],
      ['false', 'true'],
      ['false', 'true'],
    ]);
    expect(container.querySelectorAll('[data-purpose]').length).toBe(12);
    expect(container.textContent).toContain('The publisher restricts some vendors for: 2 Select advertising');
    const details = container.querySelector('details.group');
    if (!(details instanceof HTMLDetailsElement)) throw new Error('no list of vendors');
    details.open = true;
    fireEvent(details, new Event('toggle'));
    await waitFor(() => expect(container.querySelectorAll('[data-vendor]').length).toBe(60));
    expect(container.textContent).toContain('31 more: search to see them');
    const search = screen.getByPlaceholderText('Find a vendor');
    fireEvent.input(search, { target: { value: 'adspirit' } });
    await waitFor(() => expect(container.querySelectorAll('[data-vendor]').length).toBe(1));
    expect(container.querySelector('[data-vendor="6"]')?.textContent).toMatch(/AdSpirit GmbH.*ConsentLegitimate interest/);
    fireEvent.input(search, { target: { value: '65000' } });
    await waitFor(() =>
      expect(container.querySelector('[data-vendor="65000"]')?.textContent).toContain('Number 65000, not in this list'),
    );
    expect(container.textContent).toContain('version 17 of 7 September 2023');
  });

  it('R81 R86 R88 puts notice and signal side by side, with the sentence and the way to it, as facts and as plain text', () => {
    const { container } = show(
      {
        tcf: { state: 'read', value: { tcString: 'decoded', eventStatus: null, cmpId: 31, gdprApplies: true, decoded: DECODED } },
        stored: { ...NONE.stored, touched: true, cookies: ['_fbp', 'a\u202Eb'] },
      },
      [notice],
    );
    const cards = [...container.querySelectorAll('[data-side-by-side]')];
    expect(cards.map((card) => card.getAttribute('data-side-by-side'))).toEqual([
      'tcf_legitimate_interest',
      'stored_before_choice',
    ]);
    expect(cards[0]?.textContent).toMatch(
      /about “Advertising on this site”Consent.*We advertise with your consent\..*The page’s TC stringcarries a legitimate interest for: 7 Measure advertising\./,
    );
    expect(cards[0]?.querySelector('a')?.getAttribute('href')).toBe('https://shop.example/n#activities/0/lawfulBases/0');
    expect(cards[1]?.textContent).toContain('_fbp (Meta)');
    expect(container.textContent).not.toMatch(/\u202E|unlawful|illegal|complian(?!z)|violat|breach/i);
  });

  it('asks again when that is pressed', () => {
    const { again } = show({});
    fireEvent.click(screen.getByRole('button', { name: 'Look again' }));
    expect(again).toHaveBeenCalledOnce();
  });
});
