// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
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
    fireEvent.click(screen.getByRole('button', { name: 'Clear all of it' }));
    await screen.findByText(/^Cleared\./);
    expect([...areas.device.items.keys()]).toEqual(['setting:always']);
    expect(screen.queryByText(/consent\.example/)).toBeNull();
  });
});
