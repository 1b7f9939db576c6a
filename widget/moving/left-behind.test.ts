// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import { afterEach, expect, it, vi } from 'vitest';

import { exampleBoot } from '../../test/support/example-widget.ts';

afterEach(() => vi.unstubAllGlobals());

it('a browser that blocks storage has nothing of another platform, and is asked', async () => {
  const stores = { 'vanilla-cookieconsent': 'cc_cookie', osano: 'status', klaro: 'klaro', tarteaucitron: 'tarteaucitron' };
  const boot = exampleBoot({ movingIn: { stores, purposes: {}, necessary: [], changedOver: null, revision: null } });
  window.candourBoot = boot;
  await import('./left-behind.ts');
  expect(boot.isLeftBehind?.()).toBe(false);
  localStorage.setItem('klaro', '{}');
  expect(boot.isLeftBehind?.()).toBe(true);
  vi.stubGlobal('localStorage', {
    getItem() {
      throw new DOMException('blocked', 'SecurityError');
    },
  });
  expect(boot.isLeftBehind?.()).toBe(false);
});
