// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AdminEvent, AdminSite, AdminStatistics } from '../../shared/api.ts';
import { Dashboard } from './dashboard.tsx';
import { EVENT_ID, issuedReceipt } from './issued-receipt.ts';
import { takeToken } from './route.ts';

const SUBJECT = `k7FqWmT9${'x'.repeat(35)}`;
const TODAY = new Date().toISOString().slice(0, 10);

const site: AdminSite = {
  site: 'shop',
  name: 'The shop',
  log: 'consent.example/shop',
  origins: ['https://shop.example'],
  events: 1234,
  subjects: 56,
  today: 2,
  latest: `${TODAY}T00:00:02.000Z`,
};
const event = (index: number, changes: Partial<AdminEvent> = {}): AdminEvent => ({
  id: `019abcde-0000-7000-8000-${String(index).padStart(12, '0')}`,
  subject: SUBJECT,
  seq: index + 1,
  index,
  receivedAt: `${TODAY}T00:00:0${index}.000Z`,
  method: 'reject_all',
  purposes: { statistics: 'refused' },
  gpc: false,
  ...changes,
});
const statistics: AdminStatistics = {
  days: [
    { day: '2026-11-21', events: 3, given: 1, refused: 2, withdrawn: 0, objected: 0 },
    { day: '2026-11-22', events: 2, given: 0, refused: 1, withdrawn: 1, objected: 0 },
  ],
  purposes: [{ id: 'statistics', label: 'Counting visits', given: 4, refused: 9, withdrawn: 1, objected: 0, notObjected: 0 }],
};

type Reply = { status?: number; body?: unknown } | 'down';
/** What the service answers, by method and path; a function sees the whole URL. */
let replies: Record<string, Reply | ((url: URL) => Reply)>;
let asked: { method: string; path: string; body: string | null }[];

beforeEach(() => {
  asked = [];
  replies = {
    'GET /v1/admin/session': { body: { name: 'Ada', role: 'owner', site: null } },
    'GET /v1/admin/sites': { body: { sites: [site] } },
    'GET /v1/admin/sites/shop/statistics': { body: statistics },
    'GET /v1/admin/sites/shop/events': { body: { events: [event(2), event(1)], next: null } },
  };
  vi.stubGlobal('fetch', (path: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(path, 'https://consent.example');
    const method = init.method ?? 'GET';
    asked.push({ method, path: url.pathname + url.search, body: typeof init.body === 'string' ? init.body : null });
    const found = replies[`${method} ${url.pathname}`] ?? { status: 404 };
    const reply = typeof found === 'function' ? found(url) : found;
    if (reply === 'down') return Promise.reject(new TypeError('Failed to fetch'));
    return Promise.resolve(new Response(JSON.stringify(reply.body ?? {}), { status: reply.status ?? 200 }));
  });
  location.hash = '';
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = (fragment: string, token: string | null = null): void => {
  location.hash = fragment;
  render(<Dashboard token={token} />);
};
const failure = async (): Promise<string | undefined> => (await screen.findByRole('alert')).dataset['failure'];

describe('signing in', () => {
  it('takes the token out of the address before anything else', () => {
    location.hash = '#token=one%2Dtime';
    expect(takeToken()).toBe('one-time');
    expect(location.href).not.toContain('token');
    expect(takeToken()).toBeNull();
  });

  it('exchanges the token of a link and shows the sites', async () => {
    replies['POST /v1/admin/session'] = {};
    open('', 'one-time');
    expect(await screen.findByRole('heading', { name: 'Sites' })).toBeDefined();
    expect(asked[0]).toEqual({ method: 'POST', path: '/v1/admin/session', body: '{"token":"one-time"}' });
  });

  it('says that a link works once', async () => {
    replies['POST /v1/admin/session'] = { status: 401 };
    open('', 'used');
    const said = await screen.findByText('This sign-in link does not work any more: each works once.');
    expect(said.getAttribute('role')).toBe('alert');
    expect(said.closest('form'), 'it is not about the key').toBeNull();
  });

  it('asks for nothing but a key that can be pasted or filled in', async () => {
    replies['GET /v1/admin/session'] = { status: 401 };
    replies['POST /v1/admin/session'] = (() => {
      replies['GET /v1/admin/session'] = { body: { name: 'Ada', role: 'owner', site: null } };
      return {};
    }) satisfies () => Reply;
    open('');
    const field = await screen.findByLabelText('API key');
    expect(field.getAttribute('autocomplete')).toBe('current-password');
    fireEvent.input(field, { target: { value: ' key ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('Ada')).toBeDefined();
    expect(asked.find(({ method }) => method === 'POST')?.body).toBe('{"token":"key"}');
  });

  it('says what is wrong with a key and takes the keyboard back to it', async () => {
    replies['GET /v1/admin/session'] = { status: 401 };
    replies['POST /v1/admin/session'] = { status: 401 };
    open('');
    const field = await screen.findByLabelText('API key');
    fireEvent.input(field, { target: { value: 'wrong' } });
    fireEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    await screen.findByText(/does not know this key/);
    expect(document.activeElement).toBe(field);
    expect(field.getAttribute('aria-invalid')).toBe('true');
  });

  it('says beside the button for passkeys what became of one, and not below the key', async () => {
    replies['GET /v1/admin/session'] = { status: 401 };
    replies['POST /v1/admin/session/challenge'] = { body: { options: {} } };
    vi.stubGlobal(
      'PublicKeyCredential',
      class {
        static parseRequestOptionsFromJSON = (options: unknown) => options;
      },
    );
    vi.stubGlobal('navigator', { credentials: { get: () => Promise.reject(new DOMException('no', 'NotAllowedError')) } });
    open('');
    const button = await screen.findByRole('button', { name: 'Sign in with a passkey' });
    fireEvent.click(button);
    const said = await screen.findByText(/^No passkey was used/);
    expect([said.getAttribute('role'), button.getAttribute('aria-describedby')]).toEqual(['alert', said.id]);
    expect(said.closest('form')).toBeNull();
    expect(screen.getByLabelText('API key').getAttribute('aria-invalid')).toBeNull();
  });

  it('says that the service does not answer, and tries again', async () => {
    replies['GET /v1/admin/session'] = 'down';
    open('');
    expect(await failure()).toBe('unreachable');
    replies['GET /v1/admin/session'] = { body: { name: 'Ada', role: 'owner', site: null } };
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Ada')).toBeDefined();
  });

  it('signs out', async () => {
    replies['DELETE /v1/admin/session'] = {};
    open('');
    fireEvent.click(await screen.findByRole('button', { name: 'Sign out' }));
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeDefined();
  });
});

describe('the sites', () => {
  it('shows what came in today, what is kept, from how many subjects', async () => {
    open('');
    const card = (await screen.findByRole('heading', { name: 'The shop' })).closest('li');
    expect(card?.textContent).toContain('2 came in today');
    expect(card?.textContent).toContain('Events kept1,234');
    expect(card?.textContent).toContain('Subjects56');
  });

  it('says how to make the first site', async () => {
    replies['GET /v1/admin/sites'] = { body: { sites: [] } };
    open('');
    expect((await screen.findByText('No site yet')).parentElement?.textContent).toContain('candour site create');
  });

  it.each([
    ['unreachable', 'down' as const],
    ['failed', { status: 500 }],
    ['forbidden', { status: 403 }],
    ['unexpected', { body: { sites: [{ site: 7 }] } }],
  ])('shows a service that is %s as such', async (kind, reply) => {
    replies['GET /v1/admin/sites'] = reply;
    open('');
    expect(await failure()).toBe(kind);
  });

  it('asks to sign in again when the session ended', async () => {
    replies['GET /v1/admin/sites'] = { status: 401 };
    open('');
    expect(await screen.findByRole('heading', { name: 'Sign in' })).toBeDefined();
  });
});

describe('a site', () => {
  it('lists the events of today, with the subject as a pseudonym', async () => {
    open('#/sites/shop');
    const table = await screen.findByRole('table', { name: 'Events of today, newest first' });
    const [, first] = within(table).getAllByRole('row');
    expect(first?.textContent).toContain('Rejected all');
    expect(first?.textContent).toContain('statistics refused');
    expect(first?.textContent).toContain('k7FqWmT9 no. 3');
    expect(document.body.textContent).not.toContain(SUBJECT);
    expect(
      first &&
        within(first)
          .getAllByRole('link')
          .map((link) => link.textContent),
    ).toEqual(['Check the receipt of log entry 2', 'Prove this: log entry 2']);
  });

  it('says when there is no event today, and keeps older ones in the list of all', async () => {
    const old = event(1, { receivedAt: '2020-01-01T10:00:00.000Z' });
    replies['GET /v1/admin/sites/shop/events'] = { body: { events: [old], next: null } };
    open('#/sites/shop');
    expect(await screen.findByText('No event today yet')).toBeDefined();
    expect(screen.queryByRole('table', { name: /^Events/ })).toBeNull();
    fireEvent.click(screen.getByRole('link', { name: 'All events' }));
    expect((await screen.findByRole('table', { name: 'Events, page 1' })).textContent).toContain('1 Jan, 10:00:00');
  });

  it('draws a chart and gives its numbers as a table', async () => {
    open('#/sites/shop');
    expect((await screen.findByRole('img')).getAttribute('aria-label')).toContain('1 given, 3 refused, 1 withdrawn');
    expect([...document.querySelectorAll('.bars title')].map((title) => title.textContent)).toEqual([
      '21 Nov: 1 given, 2 refused, 0 withdrawn, 0 objected',
      '22 Nov: 0 given, 1 refused, 1 withdrawn, 0 objected',
    ]);
    const rows = [...document.querySelectorAll('.as-table tbody tr')].map((row) =>
      [...row.children].map((cell) => cell.textContent),
    );
    expect(rows).toEqual([
      ['22 Nov', '0', '1', '1', '0', '2'],
      ['21 Nov', '1', '2', '0', '0', '3'],
    ]);
  });

  it('says what holds per purpose', async () => {
    open('#/sites/shop');
    const purpose = (await screen.findByText('Counting visits')).closest('li');
    expect([...(purpose?.querySelectorAll('.choice') ?? [])].map((choice) => choice.textContent)).toEqual([
      'Given 4',
      'Refused 9',
      'Withdrawn 1',
    ]);
  });

  it('says of a purpose without any choice that there is none', async () => {
    const silent = { id: 'security', label: 'Security', given: 0, refused: 0, withdrawn: 0, objected: 0, notObjected: 0 };
    replies['GET /v1/admin/sites/shop/statistics'] = { body: { ...statistics, purposes: [silent] } };
    open('#/sites/shop');
    const purpose = (await screen.findByText('Security')).closest('li');
    expect(purpose?.textContent).toBe('Security securityNo choice recorded.');
  });

  it('turns the pages of events', async () => {
    replies['GET /v1/admin/sites/shop/events'] = (url) =>
      url.searchParams.get('before') === '1'
        ? { body: { events: [event(0)], next: null } }
        : { body: { events: [event(2), event(1)], next: 1 } };
    open('#/sites/shop/events');
    fireEvent.click(await screen.findByRole('button', { name: 'Older' }));
    const table = await screen.findByRole('table', { name: 'Events, page 2' });
    expect(within(table).getAllByRole('row')).toHaveLength(2);
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Older' }).disabled).toBe(true);
    fireEvent.click(screen.getByRole('button', { name: 'Newer' }));
    expect(await screen.findByRole('table', { name: 'Events, page 1' })).toBeDefined();
  });

  it('announces politely what arrives while it is open, and keeps the last answer when the service goes away', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      open('#/sites/shop');
      await screen.findByRole('table', { name: 'Events of today, newest first' });
      replies['GET /v1/admin/sites/shop/events'] = { body: { events: [event(3), event(2), event(1)], next: null } };
      replies['GET /v1/admin/sites'] = { body: { sites: [{ ...site, events: 1235 }] } };
      await vi.advanceTimersByTimeAsync(5000);
      expect((await screen.findByText('1 new event since you opened this page')).getAttribute('role')).toBe('status');
      expect(document.querySelectorAll('.fresh')).toHaveLength(1);
      replies['GET /v1/admin/sites'] = 'down';
      await vi.advanceTimersByTimeAsync(5000);
      expect((await screen.findByText('The service does not answer.')).parentElement?.textContent).toContain('the last answer');
      expect(screen.getByRole('table', { name: 'Events of today, newest first' })).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });

  it('R69 reads events again only when the totals say that something came, and on a busy site when it is told to', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      const reads = (): number => asked.filter(({ path }) => path.startsWith('/v1/admin/sites/shop/events')).length;
      open('#/sites/shop');
      await screen.findByRole('table', { name: 'Events of today, newest first' });
      await vi.advanceTimersByTimeAsync(40_000);
      expect(reads()).toBe(1);
      for (let more = 1; more <= 6; more++) {
        replies['GET /v1/admin/sites'] = { body: { sites: [{ ...site, events: site.events + more }] } };
        await vi.advanceTimersByTimeAsync(4100);
      }
      expect(reads()).toBe(4);
      fireEvent.click(await screen.findByRole('button', { name: 'Show 3 newer events' }));
      await vi.waitFor(() => expect(reads()).toBe(5));
    } finally {
      vi.useRealTimers();
    }
  });

  it('names who sends marketing', async () => {
    const marketing = [{ senders: [{ id: 'partner-a', name: 'Partner A Ltd' }] }];
    replies['GET /v1/admin/sites/shop'] = { body: { name: 'The shop', configuration: { marketing } } };
    const channels = { newsletter: { 'partner-a': { email: 'given' }, gone: { sms: 'refused' } } };
    replies['GET /v1/admin/sites/shop/events'] = { body: { events: [event(1, { channels })], next: null } };
    open('#/sites/shop');
    await vi.waitFor(() => expect(document.querySelector('.events')?.textContent).toContain('from Partner A Ltd given'));
    expect(document.querySelector('.events')?.textContent).toContain('marketing by sms from gone refused');
  });

  it('that does not exist says so', async () => {
    open('#/sites/other');
    expect(await failure()).toBe('missing');
  });

  it('asks for nothing while the page is hidden', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      open('#/sites/shop');
      await screen.findByRole('table', { name: 'Events of today, newest first' });
      vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
      await vi.advanceTimersByTimeAsync(5000);
      const before = asked.length;
      await vi.advanceTimersByTimeAsync(60_000);
      expect(asked.length).toBe(before);
      vi.mocked(vi.spyOn(document, 'visibilityState', 'get')).mockReturnValue('visible');
      document.dispatchEvent(new Event('visibilitychange'));
      await vi.waitFor(() => expect(asked.length).toBeGreaterThan(before));
    } finally {
      vi.restoreAllMocks();
      vi.useRealTimers();
    }
  });
});

describe('a receipt', () => {
  const verified = async (): Promise<string | undefined> =>
    (await vi.waitUntil(() => document.querySelector<HTMLElement>('[data-verified]'))).dataset['verified'];
  const failing = (): (string | undefined)[] =>
    [...document.querySelectorAll<HTMLElement>('[data-result="fails"]')].map(({ dataset }) => dataset['step']);
  const show = async (
    tamper: (given: Awaited<ReturnType<typeof issuedReceipt>>) => unknown = ({ receipt }) => receipt,
  ): Promise<void> => {
    const given = await issuedReceipt();
    replies[`GET /v1/sites/shop/receipts/${EVENT_ID}`] = { body: tamper(given) };
    replies['GET /.well-known/candour.json'] = { body: given.wellKnown };
    open(`#/sites/shop/receipts/${EVENT_ID}/${SUBJECT}`);
  };

  it('is verified in the browser, step by step', async () => {
    await show();
    expect(await verified()).toBe('true');
    expect(document.querySelectorAll('[data-result="holds"]')).toHaveLength(8);
    expect(document.querySelector('.words')?.textContent).toContain('May we count visits?');
    expect(asked.map(({ path }) => path)).toContain(`/v1/sites/shop/receipts/${EVENT_ID}?subject=${SUBJECT}`);
  });

  it('with a flipped byte fails at the signature and the entry', async () => {
    await show(({ receipt }) => {
      const at = receipt.event.length - 20;
      return {
        ...receipt,
        event: receipt.event.slice(0, at) + (receipt.event[at] === 'A' ? 'B' : 'A') + receipt.event.slice(at + 1),
      };
    });
    expect(await verified()).toBe('false');
    expect(failing()).toEqual(['event_signature', 'leaf']);
  });

  it('with a key that the service does not publish fails at the key', async () => {
    const other = await issuedReceipt();
    await show(() => other.receipt);
    expect(await verified()).toBe('false');
    expect(failing()).toEqual(['log_key']);
  });

  it('that is none says so', async () => {
    await show(() => ({ v: 1 }));
    expect(await verified()).toBe('false');
    expect(failing()).toEqual(['form']);
  });

  it('that is not there says so', async () => {
    open(`#/sites/shop/receipts/${EVENT_ID}/${SUBJECT}`);
    expect(await failure()).toBe('missing');
  });
});
