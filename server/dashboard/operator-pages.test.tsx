// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { AuditEntry, OperatorKey } from '../../shared/operator.ts';
import { Dashboard } from './dashboard.tsx';
import { stubService, type StubbedService } from './stubbed-service.ts';

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
const links = (name: string): (string | null)[] =>
  within(screen.getByRole('navigation', { name }))
    .getAllByRole('link', { hidden: true })
    .map(({ textContent }) => textContent);

beforeEach(() => {
  service = signedIn();
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  location.hash = '';
});

describe('the navigation', () => {
  it('R69 has what the role may do: an owner everything, support neither keys nor the audit log', async () => {
    open('#/sites/shop/requests');
    await screen.findByRole('heading', { name: 'Rights requests' });
    expect(links('Main')).toEqual(['Sites', 'Keys', 'Passkeys', 'Audit']);
    expect(links('Pages of this site')).toEqual(
      expect.arrayContaining(['Overview', 'Rights requests', 'Retention', 'Audit log']),
    );
    cleanup();
    service = signedIn('support');
    open('#/sites/shop/requests');
    await screen.findByRole('heading', { name: 'Rights requests' });
    expect(links('Main')).toEqual(['Sites', 'Passkeys']);
    expect(links('Pages of this site')).not.toContain('Audit log');
  });

  it('R69 says that a page is not for the role, without asking for it', async () => {
    service = signedIn('support');
    open('#/keys');
    expect((await screen.findByRole('alert')).dataset['failure']).toBe('forbidden');
    expect(service.asked.map(({ path }) => path)).not.toContain('/v1/admin/keys');
  });

  it('R69 a key for one site leads to no page of the service but its own passkeys', async () => {
    service = signedIn('owner', 'shop');
    open('');
    await screen.findByRole('heading', { name: 'Sites' });
    expect(links('Main')).toEqual(['Sites', 'Passkeys']);
  });

  it('says that this computer is offline, and when it is back', async () => {
    open('#/keys');
    await screen.findByRole('heading', { name: 'Keys' });
    const online = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
    dispatchEvent(new Event('offline'));
    expect(await screen.findByText(/This computer is offline/)).toBeDefined();
    online.mockRestore();
    dispatchEvent(new Event('online'));
    await vi.waitFor(() => expect(screen.queryByText(/This computer is offline/)).toBeNull());
  });
});

describe('keys', () => {
  const key: OperatorKey = {
    id: 'abcdefghijkl',
    name: 'Grace',
    role: 'dpo',
    site: 'shop',
    createdAt: '2026-01-02T00:00:00.000Z',
    expiresAt: null,
  };

  it('R69 are made for a role, a site and a time, and shown once', async () => {
    const copied = vi.spyOn(navigator.clipboard, 'writeText').mockResolvedValue();
    service.replies['GET /v1/admin/keys'] = { body: { keys: [] } };
    service.replies['GET /v1/admin/sites'] = { body: { sites: [] } };
    service.replies['POST /v1/admin/keys'] = () => {
      service.replies['GET /v1/admin/keys'] = { body: { keys: [key] } };
      return { status: 201, body: { ...key, token: 'candour_key_secret' } };
    };
    open('#/keys');
    await screen.findByText('No key yet');
    await press('Make a key');
    const dialog = await screen.findByRole('dialog', { name: 'Make a key' });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Make the key' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('Say whose key it is');
    fireEvent.input(within(dialog).getByLabelText('Whose'), { target: { value: 'Grace' } });
    fireEvent.click(within(dialog).getByRole('button', { name: 'Make the key' }));
    expect((await screen.findByLabelText('The key')).textContent).toBe('candour_key_secret');
    expect(JSON.parse(service.asked.find(({ method }) => method === 'POST')?.body ?? '')).toEqual({
      name: 'Grace',
      role: 'dpo',
      expires: 'P90D',
    });
    await press('Copy The key');
    expect(copied).toHaveBeenCalledWith('candour_key_secret');
    expect(await screen.findByText('Copied')).toBeDefined();
    cleanup();
    open('#/keys');
    await screen.findByRole('table', { name: 'API keys' });
    expect(document.body.textContent).not.toContain('candour_key_secret');
  });

  it('R69 are revoked after a question', async () => {
    service.replies['GET /v1/admin/keys'] = { body: { keys: [key] } };
    service.replies[`DELETE /v1/admin/keys/${key.id}`] = () => {
      service.replies['GET /v1/admin/keys'] = { body: { keys: [] } };
      return {};
    };
    open('#/keys');
    await press('Revoke Grace');
    await press('Revoke');
    expect(await screen.findByText('No key yet')).toBeDefined();
  });

  it('R69 are listed for an auditor, who can make and revoke none', async () => {
    service = signedIn('auditor');
    service.replies['GET /v1/admin/keys'] = { body: { keys: [key] } };
    open('#/keys');
    await screen.findByText('Grace');
    expect(screen.queryByRole('button', { name: /Revoke|Make/ })).toBeNull();
  });
});

describe('the audit log', () => {
  const entry = (number: number, changes: Partial<AuditEntry> = {}): AuditEntry => ({
    id: `0190abcd-0000-7000-8000-${String(number).padStart(12, '0')}`,
    at: '2026-11-22T10:00:00.000Z',
    actor: 'abcdefghijkl',
    role: 'dpo',
    action: 'request.change',
    site: 'shop',
    object: 'abcd-efgh-jkmn ask_identity',
    ...changes,
  });

  it('R69 names who did what, leads to the request, is filtered at the service and turned page by page', async () => {
    service.replies['GET /v1/admin/keys'] = {
      body: { keys: [{ id: 'abcdefghijkl', name: 'Grace', role: 'dpo', site: null, createdAt: '', expiresAt: null }] },
    };
    service.replies['GET /v1/admin/sites/shop/audit'] = (url) => {
      if (url.searchParams.get('action') === 'export.run') return { body: { entries: [], next: null } };
      return url.searchParams.has('before')
        ? { body: { entries: [entry(1, { actor: 'command', action: 'site.change', object: null })], next: null } }
        : { body: { entries: [entry(3)], next: entry(3).id } };
    };
    open('#/sites/shop/audit');
    const row = within(await screen.findByRole('table')).getAllByRole('row')[1];
    await vi.waitFor(() => expect(row?.textContent).toContain('Grace dpoWorked on a request'));
    expect(row?.querySelector('a')?.getAttribute('href')).toBe('#/sites/shop/requests/abcd-efgh-jkmn');
    await press('Older');
    expect((await screen.findByRole('row', { name: /Changed the site/ })).textContent).toContain('Command line');
    fireEvent.change(screen.getByLabelText('What'), { target: { value: 'export.run' } });
    expect(await screen.findByText('No such entry')).toBeDefined();
    expect(screen.getByText('Page 1')).toBeDefined();
  });
});

describe('retention', () => {
  const head = { epoch: 0, size: 12, root: '' };
  const plan = {
    day: '2026-11-22',
    records: [
      { record: 'choices', rule: '3 years after the end', due: 4, kept: { restricted: 1 }, note: null },
      { record: 'requests', rule: null, due: 0, kept: {}, note: 'Nothing is configured.' },
    ],
    notices: [
      {
        notice: 'Notice',
        place: 'activities/0/retention/0',
        rule: '7 years',
        anchor: 'end',
        cannotCompute: null,
        governs: 'choices',
      },
      {
        notice: 'Notice',
        place: 'retention/0',
        rule: 'as long as needed',
        anchor: null,
        cannotCompute: 'Criteria.',
        governs: null,
      },
    ],
    runs: [],
  };

  it('R57 R58 shows a dry run, says what cannot be computed, and removes after a question', async () => {
    service.replies['GET /v1/admin/sites/shop/retention'] = { body: plan };
    service.replies['POST /v1/admin/sites/shop/retention'] = () => {
      service.replies['GET /v1/admin/sites/shop/retention'] = {
        body: {
          ...plan,
          runs: [{ number: 1, record: 'choices', rule: '3 years after the end', at: '2026-11-22T10:00:00.000Z', count: 4, head }],
        },
      };
      return { body: { ...plan, removed: { choices: 4 }, run: 1 } };
    };
    open('#/sites/shop/retention');
    const table = await screen.findByRole('table', { name: 'What the service keeps of this site' });
    expect(table.textContent).toContain('1 old enough and kept. Restricted');
    expect(table.textContent).toContain('no rule');
    expect(screen.getByRole('table', { name: 'Cannot be computed' }).textContent).toContain('Criteria.');
    expect(service.asked.some(({ method }) => method === 'POST')).toBe(false);
    await press('Run now…');
    expect((await screen.findByRole('dialog')).textContent).toContain('Recorded choices: 4');
    await press('Remove for good');
    expect((await screen.findByText('Run no. 1 is done.')).parentElement?.textContent).toContain('4 removed');
    expect(await screen.findByRole('table', { name: 'Runs, the newest first' })).toBeDefined();
  });
});
