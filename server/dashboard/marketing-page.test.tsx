// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Dashboard } from './dashboard.tsx';
import { stubService, type StubbedService } from './stubbed-service.ts';

// The page's own file is read on demand, which on a machine that is busy takes more than a second.
configure({ asyncUtilTimeout: 15_000 });

const SITE = '/v1/admin/sites/shop';
const PLANTED = 'planted@example.org';
const NO = { key: 'A'.repeat(43), channel: 'email', since: '2026-11-01T00:00:00.000Z', event: null };
const marketing = [
  { activity: 'news', senders: [{ id: 'shop', name: 'The Shop Ltd', doubleOptIn: true }], channels: ['email', 'sms'] },
  { activity: 'offers', senders: [{ id: 'shop', name: 'The Shop Ltd' }], channels: ['email'] },
];

let service: StubbedService;
function signedIn(role = 'owner'): void {
  service = stubService(role);
  vi.stubGlobal('fetch', service.fetch);
  Object.assign(service.replies, {
    [`GET ${SITE}`]: { body: { site: 'shop', name: 'Shop', configuration: { marketing } } },
    [`POST ${SITE}/permissions`]: {
      body: {
        channel: 'email',
        sender: 'shop',
        contact: 'c'.repeat(32),
        may: true,
        reason: 'consent',
        since: '2026-11-20T10:00:00.000Z',
        proof: { kind: 'event', id: '01990000-0000-7000-8000-000000000001', hash: 'h', shown: 's', confirmation: null },
        profiling: true,
        bounced: { at: '2026-11-21T08:00:00.000Z', status: '5.1.1' },
      },
    },
    'GET /v1/sites/shop/notices': {
      body: { notices: [{ hash: 'N'.repeat(43), title: 'Privacy notice', publishedAt: '2026-11-01T00:00:00.000Z' }] },
    },
    [`GET ${SITE}/lists`]: {
      body: {
        channel: 'email',
        sender: 'shop',
        permitted: 1204,
        reasons: { consent: 1200, soft_opt_in: 4 },
        leftOut: { ended: 3, unconfirmed: 1 },
      },
    },
    [`GET ${SITE}/suppressions`]: {
      body: {
        suppressions: [
          { ...NO, number: 1, sender: 'shop', reason: 'unsubscribe' },
          { ...NO, number: 2, sender: 'shop', reason: 'unsubscribe' },
          { ...NO, number: 3, sender: null, reason: 'objection' },
        ],
        next: null,
      },
    },
  });
}
const open = async (): Promise<void> => {
  location.hash = '#/sites/shop/marketing';
  render(<Dashboard token={null} />);
  await screen.findByRole('heading', { name: 'Marketing' });
};

beforeEach(() => signedIn());
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  location.hash = '';
});

describe('the marketing page', () => {
  it('R34 says of one address whether it may be written to, why and since when, and puts it into no URL', async () => {
    await open();
    fireEvent.input(await screen.findByLabelText('Address'), { target: { value: ` ${PLANTED} ` } });
    fireEvent.click(screen.getByRole('button', { name: 'Look up' }));
    const table = await screen.findByRole('table', { name: 'May this address be written to' });
    expect(within(table).getByText('They consented.')).toBeDefined();
    expect(within(table).getByText('Mail came back on 21 November 2026 (5.1.1).')).toBeDefined();
    expect(within(table).getByRole('link', { name: 'Prove' }).getAttribute('href')).toContain('prove/event%3A01990000');
    const asked = service.asked.filter(({ path }) => path.endsWith('/permissions'));
    // Of the channels of its kind, each sender once.
    expect(asked.map(({ body }) => JSON.parse(body ?? '') as unknown)).toEqual([
      { address: PLANTED, channel: 'email', sender: 'shop' },
    ]);
    expect(service.asked.map(({ path }) => path).join() + location.href).not.toContain('planted');
  });

  it('says why not, and what evidence is missing', async () => {
    const body = {
      channel: 'email',
      sender: 'shop',
      contact: null,
      may: false,
      why: 'evidence_missing',
      since: null,
      profiling: true,
    };
    service.replies[`POST ${SITE}/permissions`] = { body: { ...body, missing: ['sale: is missing'] } };
    await open();
    fireEvent.input(await screen.findByLabelText('Address'), { target: { value: PLANTED } });
    fireEvent.click(screen.getByRole('button', { name: 'Look up' }));
    expect(await screen.findByText('This address is not known here.')).toBeDefined();
    expect(screen.getByText(/Missing: sale: is missing/)).toBeDefined();
  });

  it('counts by channel and sender with the reasons, and the suppression list by reason', async () => {
    await open();
    fireEvent.click(await screen.findByRole('button', { name: 'Count' }));
    await vi.waitFor(() => expect(screen.getAllByText('1,200: They consented.')).toHaveLength(2));
    expect(screen.getAllByText('4: An existing customer (soft opt-in).')).toHaveLength(2);
    expect(screen.getAllByText(/3: They said no\./)).toHaveLength(2);
    const list = await screen.findByRole('table', { name: 'Entries by channel, sender and reason' });
    const rows = within(list).getAllByRole('row').slice(1);
    expect(rows.map(({ textContent }) => textContent)).toEqual(['EmailThe Shop Ltdunsubscribe2', 'EmailEvery senderobjection1']);
  });

  it('a list is tried first, and brought in only then', async () => {
    const lines = {
      report: {
        columns: [
          { header: 'email', field: 'email', by: 'guess' },
          { header: 'Plan', field: 'ignore', by: 'guess' },
        ],
        preview: [{ line: 2, address: 'a…@example.org', channels: [{ channel: 'email', becomes: 'not_stated' }] }],
        rows: 2,
        contacts: { new: 1, known: 1 },
        claims: { not_stated: 2 },
        missing: { 'said_at: when it was said is not known': 2 },
        dropped: { objection: 1 },
        problems: 0,
      },
    };
    service.replies[`POST ${SITE}/lists`] = { body: lines };
    await open();
    const file = new File(['email\nada@example.org\n'], 'list.csv', { type: 'text/csv' });
    fireEvent.change(await screen.findByLabelText('List'), { target: { files: [file] } });
    fireEvent.click(await screen.findByRole('button', { name: 'Try it' }));
    expect(await screen.findByText('Nothing was changed yet.')).toBeDefined();
    expect(screen.getByText('Left out, as they said no: 1.')).toBeDefined();
    expect(within(screen.getByRole('table', { name: 'First rows' })).getByText('a…@example.org')).toBeDefined();
    // What a column is can be said otherwise; then it is tried anew before anything happens.
    fireEvent.change(screen.getByLabelText('Plan'), { target: { value: 'reference' } });
    fireEvent.click(await screen.findByRole('button', { name: 'Try it' }));
    await screen.findByText('Nothing was changed yet.');
    fireEvent.click(screen.getByRole('button', { name: 'Bring it in' }));
    expect(await screen.findByText('The list is in.')).toBeDefined();
    const sent = service.asked
      .filter(({ path }) => path.includes('/lists'))
      .map(({ path }) => new URL(path, 'https://x').searchParams);
    expect(sent.map((query) => [query.get('dryRun'), query.getAll('map')])).toEqual([
      ['true', []],
      ['true', ['Plan=reference']],
      [null, ['Plan=reference']],
    ]);
  });

  it('R34 R35 the reason and its evidence are said for all rows, or found in a column', async () => {
    const columns = ['Email', 'Joined', 'Order'].map((header) => ({
      header,
      field: header === 'Email' ? 'email' : 'ignore',
      by: 'guess',
    }));
    const report = {
      columns,
      preview: [],
      rows: 1,
      contacts: { new: 1, known: 0 },
      claims: { not_stated: 1 },
      missing: { 'said_at: when it was said is not known': 1, 'refusalAtCollection.on: is missing': 1 },
      dropped: {},
      problems: 0,
    };
    service.replies[`POST ${SITE}/lists`] = { body: { report } };
    await open();
    const file = new File(['Email,Joined,Order\nada@example.org,2026-05-01,17\n'], 'list.csv', { type: 'text/csv' });
    fireEvent.change(await screen.findByLabelText('List'), { target: { files: [file] } });
    const choose = (label: string, value: string): void =>
      void fireEvent.change(screen.getByLabelText(label), { target: { value } });
    const asked = () =>
      new URL(service.asked.filter(({ path }) => path.includes('/lists')).at(-1)?.path ?? '', 'https://x').searchParams;
    const tryIt = async (): Promise<void> => {
      fireEvent.click(screen.getByRole('button', { name: 'Try it' }));
      await screen.findByText('Nothing was changed yet.');
    };

    choose('Reason', 'consent');
    choose('Messages', 'offers');
    await screen.findByRole('option', { name: 'Privacy notice, 1 November 2026' });
    choose('Notice that was given', 'N'.repeat(43));
    await tryIt();
    expect(screen.getByText(/Said at: when it was said is not known \(1\)/)).toBeDefined();
    expect(screen.getByText(/Refusal at collection: on: is missing \(1\)/)).toBeDefined();
    choose('Joined', 'said_at');
    await tryIt();
    expect(Object.fromEntries(asked())).toEqual({
      channel: 'email',
      sender: 'shop',
      reason: 'consent',
      activity: 'offers',
      notice: 'N'.repeat(43),
      dryRun: 'true',
      map: 'Joined=said_at',
    });

    choose('Reason', 'soft_opt_in');
    fireEvent.input(screen.getByLabelText('Since'), { target: { value: '2026-05-01' } });
    choose('Sale: kind', 'sale');
    choose('Collected directly', 'true');
    choose('Order', 'evidence.sale.reference');
    choose('Joined', 'evidence.sale.on');
    await tryIt();
    expect(asked().get('reason')).toBe('soft_opt_in');
    expect(asked().get('since')).toBe('2026-05-01');
    expect(JSON.parse(asked().get('evidence') ?? '')).toEqual({ sale: { kind: 'sale' }, collectedDirectly: true });
    expect(asked().getAll('map').toSorted()).toEqual(['Joined=evidence.sale.on', 'Order=evidence.sale.reference']);
    expect(asked().has('activity'), 'of another reason nothing is left').toBe(false);
  });

  it('R69 shows an auditor no lists, and says what fails', async () => {
    signedIn('auditor');
    service.replies[`GET ${SITE}/suppressions`] = 'down';
    await open();
    expect((await screen.findByRole('alert')).dataset['failure']).toBe('unreachable');
    expect(screen.queryByRole('button', { name: 'Count' })).toBeNull();
    expect(screen.queryByRole('heading', { name: 'Bring in a list' })).toBeNull();
  });

  it('says that a site asks for none', async () => {
    service.replies[`GET ${SITE}`] = { body: { name: 'Shop', configuration: {} } };
    await open();
    expect(await screen.findByText('This site asks for no marketing')).toBeDefined();
  });
});
