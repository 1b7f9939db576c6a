// @vitest-environment happy-dom
import { cleanup, fireEvent, getByRole, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';

import { fakePlatform } from '../../test/support/extension-platform.ts';
import { createBackground } from '../background/background.ts';
import type { Client } from '../popup/client.ts';
import { Options } from './options.tsx';

afterEach(cleanup);

describe('the options page', () => {
  it('shows what is stored, clears it, and keeps the setting', async () => {
    const { platform, areas } = fakePlatform({ url: undefined });
    const pin = {
      log: 'consent.example/shop',
      origin: 'https://shop.example',
      keys: ['k'],
      firstSeen: '2026-11-22T12:00:00.000Z',
      checkedAt: null,
      head: null,
      alarm: null,
    };
    await areas.device.set({ 'pin:https://shop.example consent.example/shop': pin });
    const client: Pick<Client, 'ask'> = { ask: createBackground(platform).answer };
    const { container } = render(<Options client={client} />);

    await screen.findByText('consent.example/shop on https://shop.example');
    expect(container.textContent).toMatch(/first seen 22 Nov 2026.*not compared yet/);
    fireEvent.click(screen.getByRole('checkbox'));
    await waitFor(() => expect(areas.device.items.get('setting:always')).toBe(true));
    const pressed = (within: Element, name: string) => fireEvent.click(getByRole(within as HTMLElement, 'button', { name }));
    pressed(container, 'Clear all of it');
    const sure = screen.getByRole('dialog', { name: 'Stored on this device' });
    pressed(sure, 'Close');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(areas.device.items.has('pin:https://shop.example consent.example/shop')).toBe(true);
    pressed(container, 'Clear all of it');
    pressed(screen.getByRole('dialog'), 'Clear all of it');
    await screen.findByText(/^Cleared\./);
    expect([...areas.device.items.keys()]).toEqual(['setting:always']);
    expect(screen.queryByText(/consent\.example/)).toBeNull();
  });

  it('shows a notice that changed once, with the day on which each earlier text of it was read', async () => {
    const of = (readAt: string, href = 'https://shop.example/privacy') => ({
      title: 'Privacy notice',
      controller: 'Thimble Limited',
      href,
      readAt,
      imported: false,
    });
    const notices = [
      of('2026-11-20T12:00:00.000Z'),
      of('2026-11-18T12:00:00.000Z', 'https://other.example/privacy'),
      of('2026-03-03T12:00:00.000Z', 'https://shop.example/privacy#top'),
      of('2025-02-01T12:00:00.000Z'),
    ];
    const ask = () => Promise.resolve({ notices, keys: [], sites: 0, always: false } as never);
    const { container } = render(<Options client={{ ask }} />);
    await waitFor(() => expect(container.querySelectorAll('[data-stored="notices"] li').length).toBe(2));
    const [shop, other] = container.querySelectorAll('[data-stored="notices"] li');
    expect(shop?.textContent).toMatch(/^Privacy notice Thimble Limited.*shop\.example\/privacy, read 20 Nov 2026/);
    expect([...(shop?.querySelectorAll('[data-earlier]') ?? [])].map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^You read the earlier version on 3 Mar 2026/),
      expect.stringMatching(/^You read the earlier version on 1 Feb 2025/),
    ]);
    expect(other?.querySelector('[data-earlier]')).toBeNull();
  });

  it('calls each language by its own name, also where the browser does not know it', async () => {
    class InEnglish extends Intl.DisplayNames {
      constructor(_language: string, options: Intl.DisplayNamesOptions) {
        super('en', options);
      }
    }
    const { DisplayNames } = Intl;
    Object.assign(Intl, { DisplayNames: InEnglish });
    const language = { chosen: null, browser: 'en', all: ['cy', 'ga', 'gd', 'is', 'mt'], choose: () => undefined };
    const ask = createBackground(fakePlatform({ url: undefined }).platform).answer;
    const { container } = render(<Options client={{ ask }} language={language} />);
    Object.assign(Intl, { DisplayNames });
    const names = [...container.querySelectorAll('.language option[lang]')].map(({ textContent }) => textContent);
    expect(names).toEqual(['Cymraeg', 'Gaeilge', 'Gàidhlig', 'íslenska', 'Malti']);
  });

  it('says what a file of everything leaves out, beside the button that saves it', async () => {
    render(<Options client={{ ask: createBackground(fakePlatform({ url: undefined }).platform).answer }} />);
    const save = await screen.findByRole('button', { name: 'Save everything' });
    expect(save.closest('section')?.textContent).toMatch(/Not in it: notices read from web pages.* and the switches above/);
  });
});
