// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { RequestDetails, RequestSummary } from '../../../shared/rights/api.ts';
import { possibleActions, type RequestKind, type RequestState } from '../../../shared/rights/request.ts';
import { Dashboard } from '../dashboard.tsx';
import { stubService, type StubbedService } from '../stubbed-service.ts';

const DAY_MS = 86_400_000;
const SUBJECT = `k7FqWmT9${'A'.repeat(35)}`;
const LIST = '/v1/admin/sites/shop/requests';
const ID = 'abcd-efgh-jkmn';
const day = (fromToday: number): string => new Date(Date.now() + fromToday * DAY_MS).toISOString().slice(0, 10);

function summary(id: string, kind: RequestKind, due: number | null, changes: Partial<RequestSummary> = {}): RequestSummary {
  const state: RequestState = changes.state ?? 'open';
  const deadline = due === null ? null : { day: day(due), counted: day(due) };
  return {
    id,
    kind,
    state,
    via: 'page',
    receivedAt: `${day(-20)}T12:00:00.000Z`,
    closedAt: null,
    subject: null,
    regime: 'uk',
    clock: {
      starts: day(-20),
      waitingFor: [],
      pausedDays: 0,
      extended: false,
      extendBy: day(10),
      acknowledge: null,
      answer: deadline,
      notes: ['longest'],
    },
    actions: possibleActions(kind, state).filter((action) => action !== 'confirm'),
    ...changes,
  };
}
const details = (of: RequestSummary, changes: Partial<RequestDetails> = {}): RequestDetails => ({
  ...of,
  contact: { email: 'pat@example.net', message: 'Everything, please.', reference: '' },
  steps: [{ number: 1, action: 'confirm', at: `${day(-20)}T12:05:00.000Z`, actor: 'subject', reason: null }],
  ...changes,
});

let service: StubbedService;
function signedIn(...as: Parameters<typeof stubService>): StubbedService {
  const stub = stubService(...as);
  vi.stubGlobal('fetch', stub.fetch);
  return stub;
}
const open = (fragment: string): void => {
  location.hash = fragment;
  render(<Dashboard token={null} />);
};
const press = async (name: string): Promise<boolean> => fireEvent.click(await screen.findByRole('button', { name }));

beforeEach(() => {
  service = signedIn();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  location.hash = '';
});

describe('the register', () => {
  it('R56 lists the most urgent first, says what is overdue and where the clock stands still', async () => {
    const paused = summary('pppp-pppp-pppp', 'access', 20);
    service.replies[`GET ${LIST}`] = {
      body: {
        requests: [
          { ...paused, clock: { ...paused.clock, notes: ['paused'] } },
          summary('ssss-ssss-ssss', 'erasure', 3),
          summary('wwww-wwww-wwww', 'withdrawal', null),
          summary('vvvv-vvvv-vvvv', 'access', -2),
        ],
      },
    };
    open('#/sites/shop/requests');
    const rows = within(await screen.findByRole('table'))
      .getAllByRole('row')
      .slice(1);
    expect(rows.map((row) => within(row).getByRole('link').textContent)).toEqual([
      'Access vvvv-vvvv-vvvv',
      'Erasure ssss-ssss-ssss',
      'Access pppp-pppp-pppp',
      'Withdrawal of consent wwww-wwww-wwww',
    ]);
    expect(rows[0]?.textContent).toContain('Overdue');
    expect(rows[1]?.textContent).toContain('in 3 days');
    expect(rows[2]?.textContent).toContain('stands still');
    expect(rows[3]?.textContent).toContain('Without undue delay');
    expect(screen.getByText('1 request overdue, 1 request due within a week')).toBeDefined();
  });

  it('is filtered by state at the service and by kind here', async () => {
    service.replies[`GET ${LIST}`] = (url) => ({
      body: {
        requests:
          url.searchParams.get('state') === 'all'
            ? [summary('aaaa-aaaa-aaaa', 'access', 5), summary('eeee-eeee-eeee', 'erasure', 6)]
            : [],
      },
    });
    open('#/sites/shop/requests');
    await screen.findByText('No request waits for an answer');
    fireEvent.change(screen.getByLabelText('State'), { target: { value: 'all' } });
    expect(within(await screen.findByRole('table')).getAllByRole('row')).toHaveLength(3);
    fireEvent.change(screen.getByLabelText('Kind'), { target: { value: 'erasure' } });
    expect(within(await screen.findByRole('table')).getAllByRole('row')).toHaveLength(2);
  });

  it('offers nobody what their role may not do', async () => {
    service = signedIn('auditor');
    service.replies[`GET ${LIST}`] = { body: { requests: [] } };
    open('#/sites/shop/requests');
    await screen.findByText('No request waits for an answer');
    expect(screen.queryByRole('link', { name: 'Enter a request' })).toBeNull();
  });
});

describe('a request', () => {
  const shown = (of: RequestSummary, changes: Partial<RequestDetails> = {}): void => {
    service.replies[`GET ${LIST}/${of.id}`] = { body: details(of, changes) };
    open(`#/sites/shop/requests/${of.id}`);
  };

  it('R56 offers the steps that its kind and state allow, and no other', async () => {
    shown(summary(ID, 'direct_marketing_objection', 5));
    await screen.findByRole('heading', { name: 'What can be done now' });
    const buttons = [...document.querySelectorAll('.step-buttons button')].map(({ textContent }) => textContent);
    expect(buttons).toEqual(['Acknowledge', 'Answer and close', 'Taken back by the person']);
  });

  it('is refused with a ground only, which is sent; then says that the person was told', async () => {
    const request = summary(ID, 'access', 5);
    shown(request);
    await press('Refuse');
    const dialog = await screen.findByRole('dialog', { name: 'Refuse' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Refuse' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('cannot be empty');
    expect(service.asked.some(({ method }) => method === 'POST')).toBe(false);
    service.replies[`POST ${LIST}/${ID}/steps`] = {
      body: { done: { told: true }, request: details({ ...request, state: 'refused', actions: [] }) },
    };
    fireEvent.input(within(dialog).getByLabelText('Ground of the refusal'), { target: { value: 'Manifestly unfounded.' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Refuse' }));
    await screen.findByText('Closed: refused');
    expect(service.asked.find(({ method }) => method === 'POST')?.body).toBe(
      '{"action":"refuse","reason":"Manifestly unfounded."}',
    );
    expect(screen.getByText('The data subject was told by mail.')).toBeDefined();
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('stays as it is, with the reason, where the service does not take a step', async () => {
    shown(summary(ID, 'access', 5));
    service.replies[`POST ${LIST}/${ID}/steps`] = {
      status: 409,
      body: { title: 'This cannot be done.', code: 'REQUEST_STATE', detail: 'somebody else changed it meanwhile' },
    };
    await press('Acknowledge');
    const dialog = await screen.findByRole('dialog', { name: 'Acknowledge' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Acknowledge' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('somebody else changed it meanwhile.');
  });

  it('says what an erasure does and what stayed', async () => {
    const request = summary(ID, 'erasure', 5, { subject: SUBJECT });
    shown(request);
    service.replies[`POST ${LIST}/${ID}/steps`] = {
      body: {
        done: { erased: 2, kept: ['log', 'suppression'], told: null },
        request: details({ ...request, state: 'fulfilled', actions: [] }),
      },
    };
    await press('Answer and close');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('Erases the linked subject’s choices at once');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Answer and close' }));
    await screen.findByText('Erased: 2 recorded choices.');
    expect(screen.getByText(/The keyed hash of an address/)).toBeDefined();
    expect(screen.getByText(/No address is known/)).toBeDefined();
  });

  it('is linked to a subject that is one', async () => {
    const request = summary(ID, 'access', 5);
    shown(request);
    service.replies[`PATCH ${LIST}/${ID}`] = { body: details({ ...request, subject: SUBJECT }) };
    fireEvent.input(await screen.findByLabelText('Subject'), { target: { value: 'short' } });
    await press('Link');
    expect((await screen.findByRole('alert')).textContent).toContain('43');
    fireEvent.input(screen.getByLabelText('Subject'), { target: { value: SUBJECT } });
    await press('Link');
    expect(await screen.findByRole('button', { name: 'Portability pack' })).toBeDefined();
    expect(service.asked.find(({ method }) => method === 'PATCH')?.body).toBe(JSON.stringify({ subject: SUBJECT }));
  });

  it('loses who made it after a question that says what stays', async () => {
    shown(summary(ID, 'access', 5));
    service.replies[`DELETE ${LIST}/${ID}/contact`] = { body: { erased: true } };
    await press('Erase contact details');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('What stays');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Erase' }));
    await screen.findByText(/Erased, or sealed with a secret/);
    expect(document.body.textContent).not.toContain('pat@example.net');
  });

  it('is only looked at by those who may not answer it', async () => {
    service = signedIn('support');
    shown(summary(ID, 'access', 5));
    await screen.findByText(/may look at requests/);
    expect(document.querySelectorAll('.step-buttons button')).toHaveLength(0);
    expect(screen.queryByRole('button', { name: 'Access pack' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Erase contact details' })).toBeNull();
  });

  it('that came by letter is entered, and opened', async () => {
    const request = summary(ID, 'erasure', 30, { via: 'operator' });
    service.replies[`POST ${LIST}`] = { body: details(request), status: 201 };
    service.replies[`GET ${LIST}/${ID}`] = { body: details(request) };
    open('#/sites/shop/requests/new');
    fireEvent.change(await screen.findByLabelText('Kind'), { target: { value: 'erasure' } });
    fireEvent.input(screen.getByLabelText(/^E-mail address/), { target: { value: 'not one' } });
    await press('Enter the request');
    expect((await screen.findByRole('alert')).textContent).toContain('name@example.org');
    fireEvent.input(screen.getByLabelText(/^E-mail address/), { target: { value: 'kim@example.org' } });
    await press('Enter the request');
    expect(await screen.findByRole('heading', { name: 'Erasure' })).toBeDefined();
    expect(JSON.parse(service.asked.find(({ method }) => method === 'POST')?.body ?? '')).toEqual({
      kind: 'erasure',
      received: day(0),
      email: 'kim@example.org',
    });
  });
});

describe('data subjects', () => {
  const PLACE = '/v1/admin/sites/shop/subjects';

  it('R59 are erased after a question that says what stays, and that they are restricted', async () => {
    service.replies['GET /v1/admin/sites/shop/restrictions'] = {
      body: { restrictions: [{ subject: SUBJECT, since: `${day(-3)}T00:00:00.000Z`, request: null }] },
    };
    service.replies[`DELETE ${PLACE}/${SUBJECT}`] = { body: { erased: 3, index: 9, requests: 1, kept: ['log', 'tombstones'] } };
    open(`#/sites/shop/subjects/${SUBJECT}`);
    await screen.findByRole('table', { name: 'Restricted subjects' });
    await press('Erase…');
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('This subject’s data is restricted.');
    expect(dialog.textContent).toContain('keeps it from being stored again');
    expect(dialog.textContent).toContain('asked for no marketing stays');
    fireEvent.click(within(dialog).getByRole('button', { name: 'Erase for good' }));
    expect((await screen.findByText('Erased: 3 recorded choices.')).parentElement?.textContent).toContain('Entry 9 of the log');
  });

  it('are restricted, and freed again', async () => {
    service.replies['GET /v1/admin/sites/shop/restrictions'] = { body: { restrictions: [] } };
    service.replies[`POST /v1/admin/sites/shop/restrictions/${SUBJECT}`] = () => {
      service.replies['GET /v1/admin/sites/shop/restrictions'] = {
        body: { restrictions: [{ subject: SUBJECT, since: `${day(0)}T00:00:00.000Z`, request: null }] },
      };
      return {};
    };
    open('#/sites/shop/subjects');
    fireEvent.input(await screen.findByLabelText('Subject to restrict'), { target: { value: SUBJECT } });
    await press('Restrict…');
    await press('Restrict');
    expect(await screen.findByRole('table', { name: 'Restricted subjects' })).toBeDefined();
    service.replies[`DELETE /v1/admin/sites/shop/restrictions/${SUBJECT}`] = () => {
      service.replies['GET /v1/admin/sites/shop/restrictions'] = { body: { restrictions: [] } };
      return { body: { lifted: true } };
    };
    await press('Lift the restriction of k7FqWmT9');
    await press('Lift');
    expect(await screen.findByText('Nobody’s data is restricted')).toBeDefined();
  });
});
