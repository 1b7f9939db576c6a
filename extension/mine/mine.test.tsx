// @vitest-environment happy-dom
// The keyboard's place in the extension's own pages: it is never lost with a button that goes when it was pressed.
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';

import { exampleNotice } from '../../test/support/example-notice.ts';
import { fakePlatform, json, pageAt, TAB } from '../../test/support/extension-platform.ts';
import { createBackground } from '../background/background.ts';
import { keepPlatform } from '../background/kept-choices.ts';
import { App } from '../popup/app.tsx';
import type { Client } from '../popup/client.ts';
import { RefuseSettings } from '../refuse/refuse-settings.tsx';
import type { RefuseClient } from '../refuse/client.ts';
import { Mine } from './mine.tsx';
import { exportFile } from './export.ts';
import { tidyName } from './state-words.ts';
import { speak } from '../words/say.ts';

afterEach(cleanup);

const PAGE = 'https://shop.example/';
const NOTICE = 'https://consent.example/notice';

function world() {
  const w = fakePlatform({ url: PAGE, seen: pageAt(PAGE, [NOTICE]) });
  const { answer } = createBackground(w.platform);
  const client: Client = {
    ask: answer,
    watchTab: () => () => undefined,
    watchMine: () => () => undefined,
    allowPages: () => Promise.resolve(true),
    openBeside: () => Promise.resolve(true),
    openOptions: () => Promise.resolve(),
  };
  return { ...w, client };
}
const focused = (): string => document.activeElement?.textContent ?? '';
/** As a browser does before it acts on a press by the keyboard. */
function press(button: HTMLElement): void {
  button.focus();
  expect(document.activeElement).toBe(button);
  fireEvent.click(button);
}

describe('the focus', () => {
  it('goes on to the next site when one is forgotten, and in the end to what says that there is none', async () => {
    const w = world();
    for (const [name, second] of [
      ['a', 3],
      ['b', 2],
      ['c', 1],
    ] as const)
      await keepPlatform(w.areas.device, {
        origin: `https://${name}.example`,
        id: 'tcf',
        at: `2026-11-22T12:00:0${second}.000Z`,
        platform: null,
        states: [],
      });
    render(<Mine tab={TAB} client={w.client} />);
    const forget = async (name: string, next: RegExp): Promise<void> => {
      press(await screen.findByRole('button', { name: new RegExp(`^Forget.*${name}\\.example`), hidden: true }));
      await waitFor(() => expect(focused()).toMatch(next));
    };
    await forget('a', /^b\.example/);
    await forget('c', /^b\.example/);
    await forget('b', /^No choice of yours is here yet$/);
  });

  it('stays with what is folded away when a change was seen', async () => {
    const w = world();
    w.network.set(NOTICE, json(exampleNotice));
    await w.client.ask({ type: 'view_tab', tab: TAB });
    w.network.set(NOTICE, json({ ...exampleNotice, title: 'Another' }));
    w.state.tab.seen = pageAt(PAGE, [NOTICE]);
    render(<App tab={TAB} client={w.client} />);
    press(await screen.findByRole('button', { name: 'I have seen it' }));
    await waitFor(() => expect(focused()).toMatch(/^What changed on 22 Nov/));
  });

  it('goes on in the list of sites that a person answers themself, and to its heading with the last', async () => {
    const except = ['a.example', 'b.example'];
    const client: RefuseClient = {
      allow: () => Promise.resolve(true),
      ask: ((ask: { type: string; host: string }) => {
        if (ask.type === 'except_host') except.splice(except.indexOf(ask.host), 1);
        return Promise.resolve({ on: true, inPrivate: false, except: [...except], list: [], here: null });
      }) as RefuseClient['ask'],
    };
    render(<RefuseSettings client={client} />);
    press(await screen.findByRole('button', { name: /^Refuse here again.*b\.example/ }));
    await waitFor(() => expect(focused()).toBe('Refuse here again: a.example'));
    press(screen.getByRole('button', { name: /^Refuse here again.*a\.example/ }));
    await waitFor(() => expect(focused()).toBe('Refuse for me'));
  });
});

describe('what a purpose is called', () => {
  it('R53 is said in the person’s language where sites name it alike, here and in the file for spreadsheets, which keeps the id beside it', async () => {
    await speak('de');
    try {
      expect(['statistics', 'our-club', 'tcf.purpose.1'].map(tidyName)).toEqual([
        'Statistik',
        'Our club',
        'Auf Ihrem Gerät speichern und lesen',
      ]);
      const at = '2026-11-22T10:00:00.000Z';
      const states = [{ id: 'purpose.1', name: 'tcf.purpose.1', state: 'consent' }];
      const choice = { id: 'tcf', at, from: 'platform' as const, platform: 'Didomi', method: null, states, imported: false };
      const sites = [{ origin: 'https://shop.example', receipts: [], choices: [choice] }];
      const { text } = await exportFile('csv', { at, sites }, () => Promise.reject(new Error('no receipt')));
      expect(text.split('\r\n')[1]).toBe(
        `https://shop.example,${at},platform,Didomi,,Auf Ihrem Gerät speichern und lesen,purpose.1,consent,tcf`,
      );
    } finally {
      await speak('en');
    }
  });
});
