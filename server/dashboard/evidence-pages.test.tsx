// @vitest-environment happy-dom
import { cleanup, configure, fireEvent, render, screen, within } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type { Evidence } from '../../shared/evidence/evidence.ts';
import { Dashboard } from './dashboard.tsx';
import { checkCommand, evidencePageUrl, proveHref, questionOf, readPasted } from './prove-question.ts';

// A page is loaded when it is first opened: a bound against hanging, not a measure.
configure({ asyncUtilTimeout: 15_000 });

const HASH = 'A'.repeat(43);
const OTHER = 'E'.repeat(43);
const EVENT = '019abcde-0000-7000-8000-000000000001';
const PATH = '/v1/admin/sites/shop';

interface Asked {
  method: string;
  path: string;
  body: unknown;
}
type Reply = { status?: number; body?: unknown } | 'down';
let replies: Record<string, Reply | ((asked: Asked) => Reply)>;
let asked: Asked[];
let role: string;

const configuration = {
  schema: 1,
  site: 'shop',
  name: 'The shop',
  origins: ['https://shop.example'],
  purposes: [
    {
      id: 'statistics',
      kind: 'statistics',
      label: 'Counting visits',
      description: 'How many people come.',
      activity: { notice: 'cookie_policy', activity: 'visits' },
    },
  ],
};
const version = (hash: string, changes: object = {}) => ({
  kind: 'cookie_policy',
  title: 'Cookies here',
  language: 'en',
  version: '1',
  date: null,
  hash,
  publishedAt: '2026-11-01T10:00:00.000Z',
  current: true,
  ...changes,
});
const details = {
  site: 'shop',
  name: 'The shop',
  log: 'consent.example/shop',
  origins: ['https://shop.example'],
  tag: '<script src="https://consent.example/w/shop.js"></script>',
  configuration,
  configurationHash: HASH,
  terms: HASH,
  notices: [version(HASH)],
};
const webhook = {
  id: 'wh_1',
  url: 'https://hooks.example/consent',
  types: ['consent.decided'],
  state: 'active',
  createdAt: '2026-11-20T10:00:00.000Z',
};

beforeEach(() => {
  asked = [];
  role = 'owner';
  replies = {
    [`GET ${PATH}`]: { body: details },
    'GET /v1/admin/sites': {
      body: { sites: [{ ...details, events: 12, subjects: 4, today: 1, latest: '2026-11-22T10:00:00.000Z' }] },
    },
    'GET /.well-known/candour.json': { body: { service: 'https://consent.example', version: '1', logs: [], witnesses: [] } },
  };
  vi.stubGlobal('fetch', (given: string, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(given, 'https://consent.example');
    const method = init.method ?? 'GET';
    const body: unknown = typeof init.body === 'string' ? JSON.parse(init.body) : null;
    const one = { method, path: url.pathname + url.search, body };
    asked.push(one);
    const session: Reply = { body: { name: 'Ada', role, site: null } };
    const found = url.pathname === '/v1/admin/session' ? session : (replies[`${method} ${url.pathname}`] ?? { status: 404 });
    const reply = typeof found === 'function' ? found(one) : found;
    if (reply === 'down') return Promise.reject(new TypeError('Failed to fetch'));
    const text = typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body ?? {});
    return Promise.resolve(new Response(reply.status === 204 ? null : text, { status: reply.status ?? 200 }));
  });
  location.hash = '';
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const open = (rest: string): void => {
  location.hash = `#/sites/shop/${rest}`;
  render(<Dashboard token={null} />);
};
const failure = async (): Promise<string | undefined> =>
  (await vi.waitUntil(() => document.querySelector<HTMLElement>('[data-failure]'))).dataset['failure'];
const sent = (method: string, path: string): unknown =>
  asked.find((one) => one.method === method && one.path === `${PATH}${path}`)?.body;

describe('a question', () => {
  it('is told by its form', () => {
    expect(readPasted(`  ${EVENT.toUpperCase()} `)).toEqual({ is: 'event', value: EVENT });
    expect(readPasted(HASH)).toEqual({ is: 'subject', value: HASH });
    expect(readPasted('1/42')).toEqual({ is: 'leaf', value: '1/42' });
    expect(readPasted('{"v": 1}')).toEqual({ is: 'receipt', value: { v: 1 } });
    expect(readPasted('{"v":').is).toBe('unclear');
    expect(readPasted('ada@example.org').is).toBe('unclear');
    expect(readPasted(' ').is).toBe('nothing');
  });

  it('goes into the address and comes back; a receipt and a shortened subject never do', () => {
    const question = { event: EVENT, subject: HASH, purpose: 'statistics', at: '2026-11-22T10:00:00Z' };
    const href = proveHref('shop', question);
    expect(questionOf(href.split('/').slice(4).map(decodeURIComponent))).toEqual(question);
    expect(proveHref('shop', { receipt: { secret: 1 }, event: EVENT, subject: 'AAAAAA…' })).toBe(
      `#/sites/shop/prove/event%3A${EVENT}`,
    );
    expect(questionOf([])).toBeNull();
  });

  it('about somebody who is known by an erased event alone is asked by its leaf', () => {
    const question = {
      site: 'shop',
      log: 'consent.example/shop',
      subject: null,
      event: null,
      purpose: null,
      at: '2026-11-22T10:00:00.000Z',
    };
    const evidence = { question, events: [], erased: [{ epoch: 0, index: 7 }] } as unknown as Evidence;
    expect(evidencePageUrl(evidence, true)).toBe(`${PATH}/prove?leaf=0%2F7&at=2026-11-22T10%3A00%3A00.000Z&as=html&download`);
  });

  it('is checked offline with the keys in quotes', () => {
    expect(checkCommand('e.json', ['a+b+c'])).toBe("npx candour log verify --evidence e.json --key 'a+b+c'");
  });
});

describe('proving', () => {
  it('sends the question in the body, so that no subject stands in a URL', async () => {
    replies[`POST ${PATH}/prove`] = {
      status: 404,
      body: { title: 'x', code: 'NOT_FOUND', detail: 'The service holds no such event.' },
    };
    open(`prove/event:${EVENT}/subject:${HASH}/purpose:statistics`);
    expect(await screen.findByText('The service holds no such event.')).toBeDefined();
    expect(sent('POST', '/prove')).toEqual({ event: EVENT, subject: HASH, purpose: 'statistics' });
    expect(asked.every(({ path }) => !path.includes(HASH))).toBe(true);
  });

  it('says that evidence which is none does not verify', async () => {
    replies[`POST ${PATH}/prove`] = { body: { v: 1, kind: 'something else' } };
    open(`prove/subject:${HASH}`);
    expect(await screen.findByText('This evidence does not verify.')).toBeDefined();
    expect(document.querySelector('[data-result="fails"]')).not.toBeNull();
  });

  it('shows support the answer alone', async () => {
    role = 'support';
    replies[`POST ${PATH}/prove`] = {
      body: {
        kind: 'candour-answer',
        question: {
          site: 'shop',
          log: 'consent.example/shop',
          subject: 'AAAAAA…',
          event: EVENT,
          purpose: null,
          at: '2026-11-22T10:00:00.000Z',
        },
        answer: {
          configuration: null,
          notices: {},
          terms: null,
          events: 1,
          beginning: { kind: 'restored', day: '2026-11-01', choices: { statistics: 'given' } },
          forked: false,
          missing: [],
          choices: [
            {
              id: 'statistics',
              label: 'Counting visits',
              asked: true,
              state: 'given',
              since: '2026-11-01',
              until: null,
              event: EVENT,
              standing: 'restored',
              demonstrable: false,
              firstChoice: false,
            },
          ],
        },
      },
    };
    open(`prove/event:${EVENT}`);
    const row = (await screen.findByText('Counting visits', { selector: 'strong' })).closest('tr');
    expect(row?.textContent).toContain('Not demonstrable.');
    expect(document.querySelector('[data-beginning="restored"]')?.textContent).toContain('Not a first choice.');
    expect(screen.queryByText('Take it with you')).toBeNull();
  });

  it('says that the service does not answer, and asks again', async () => {
    replies[`POST ${PATH}/prove`] = 'down';
    open(`prove/event:${EVENT}`);
    expect(await failure()).toBe('unreachable');
    replies[`POST ${PATH}/prove`] = { status: 404, body: { title: 'There is nothing.' } };
    fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('There is nothing.')).toBeDefined();
  });
});

describe('notices', () => {
  const plan = {
    kind: 'cookie_policy',
    hash: OTHER,
    findings: [
      {
        rule: 'L50',
        severity: 'warning',
        code: 'RETENTION_NO_ANCHOR',
        place: 'activities/0/retention/0',
        activity: 'visits',
        statement: 'No event begins it.',
      },
    ],
    previous: HASH,
    changes: [{ part: 'recipient', change: 'added', activity: 'visits', before: null, after: 'Somebody new' }],
    asksAgain: true,
  };

  it('R74 are published only after what changes was shown and it was said that visitors are asked again', async () => {
    replies[`GET ${PATH}/notices`] = { body: { notices: [version(HASH)] } };
    replies[`POST ${PATH}/notices/check`] = { body: plan };
    replies[`POST ${PATH}/notices`] = { status: 201, body: plan };
    open('notices/publish');
    const field = await screen.findByLabelText('The notice, as JSON');
    fireEvent.input(field, { target: { value: '{"kind"' } });
    fireEvent.click(screen.getByRole('button', { name: 'Check and compare' }));
    expect(await screen.findByText(/This is not JSON/)).toBeDefined();
    fireEvent.input(field, { target: { value: '{"kind": "cookie_policy"}' } });
    fireEvent.click(screen.getByRole('button', { name: 'Check and compare' }));
    expect((await screen.findByText('Somebody new')).tagName).toBe('INS');
    expect(document.querySelector('[data-code="RETENTION_NO_ANCHOR"]')?.textContent).toContain('activities/0/retention/0');
    expect(sent('POST', '/notices')).toBeUndefined();
    fireEvent.click(screen.getByRole('button', { name: 'Publish this version' }));
    const dialog = document.querySelector('dialog') as HTMLElement;
    expect(dialog.textContent).toContain('Visitors are asked again.');
    fireEvent.click(within(dialog).getByText('Publish'));
    expect(await screen.findByText('Published.')).toBeDefined();
    expect(sent('POST', '/notices')).toEqual({ kind: 'cookie_policy' });
  });

  it('say where one does not hold together', async () => {
    replies[`GET ${PATH}/notices`] = { body: { notices: [] } };
    replies[`POST ${PATH}/notices/check`] = {
      status: 422,
      body: { title: 'x', code: 'INVALID_DOCUMENT', detail: 'notice: title: is missing\nnotice: kind: is missing' },
    };
    open('notices/publish');
    fireEvent.input(await screen.findByLabelText('The notice, as JSON'), { target: { value: '{}' } });
    fireEvent.click(screen.getByRole('button', { name: 'Check and compare' }));
    expect(await screen.findByText('notice: kind: is missing')).toBeDefined();
  });

  it('are listed by kind, and compared with the one before', async () => {
    const older = version(OTHER, { current: false, version: '0', publishedAt: '2026-10-01T10:00:00.000Z' });
    replies[`GET ${PATH}/notices`] = { body: { notices: [version(HASH), older] } };
    replies[`GET ${PATH}/notices/diff`] = { body: { from: OTHER, to: HASH, changes: [] } };
    open('notices');
    fireEvent.click(await screen.findByRole('link', { name: 'Changes in Cookies here' }));
    expect(await screen.findByText('Nothing changed in meaning')).toBeDefined();
    expect(asked.some(({ path }) => path === `${PATH}/notices/diff?from=${OTHER}&to=${HASH}`)).toBe(true);
  });

  it('an auditor checks, and cannot publish', async () => {
    role = 'auditor';
    replies[`GET ${PATH}/notices`] = { body: { notices: [] } };
    open('notices');
    expect(await screen.findByText('No notice is published yet')).toBeDefined();
    expect(screen.getByRole('link', { name: 'Check a version' })).toBeDefined();
    expect(screen.queryByRole('link', { name: 'Publish a version' })).toBeNull();
  });
});

describe('exports', () => {
  beforeEach(() => {
    replies[`GET ${PATH}/processing-records`] = { body: { records: [] } };
    replies[`GET ${PATH}/statistics`] = { body: { days: [], purposes: [] } };
  });

  it('say how many events, and do not take days in the wrong order', async () => {
    open('exports');
    expect(await screen.findByText('12 events')).toBeDefined();
    fireEvent.input(screen.getByLabelText(/First day/), { target: { value: '2026-11-22' } });
    fireEvent.input(screen.getByLabelText(/Last day/), { target: { value: '2026-11-01' } });
    expect(await screen.findByText('The last day is before the first.')).toBeDefined();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Download CSV' }).disabled).toBe(true);
  });

  it('leave support the records of processing only', async () => {
    role = 'support';
    open('exports');
    expect(await screen.findByText('The published notices have no processing activity')).toBeDefined();
    expect(screen.queryByText('Consent events')).toBeNull();
  });
});

describe('webhooks', () => {
  beforeEach(() => {
    replies[`GET ${PATH}/webhooks`] = { body: { webhooks: [webhook] } };
    replies[`GET ${PATH}/webhooks/wh_1/deliveries`] = {
      body: {
        counts: { waiting: 1, delivered: 3, dead: 2, erased: 0 },
        deliveries: [
          {
            number: 6,
            type: 'consent.decided',
            epoch: 0,
            index: 5,
            createdAt: '2026-11-22T10:00:00.000Z',
            state: 'waiting',
            attempts: 2,
            dueAt: '2026-11-22T11:00:00.000Z',
            answer: 'ECONNREFUSED',
          },
        ],
      },
    };
  });

  it('show what failed and why, and are paused and sent again', async () => {
    replies[`PATCH ${PATH}/webhooks/wh_1`] = { status: 204 };
    replies[`POST ${PATH}/webhooks/wh_1/replay`] = { body: { messages: 2 } };
    open('webhooks');
    expect((await screen.findByText('ECONNREFUSED')).closest('tr')?.textContent).toContain('waiting');
    fireEvent.click(screen.getByRole('button', { name: /^Send again/ }));
    fireEvent.submit(document.querySelector('dialog form') as HTMLFormElement);
    expect(await screen.findByText('2 messages will be sent again.')).toBeDefined();
    expect(sent('POST', '/webhooks/wh_1/replay')).toEqual({ deadOnly: true });
    fireEvent.click(screen.getByRole('button', { name: /^Pause/ }));
    await vi.waitUntil(() => sent('PATCH', '/webhooks/wh_1'));
    expect(sent('PATCH', '/webhooks/wh_1')).toEqual({ state: 'paused' });
  });

  it('show the secret once', async () => {
    replies[`GET ${PATH}/webhooks`] = { body: { webhooks: [] } };
    replies[`POST ${PATH}/webhooks`] = { status: 201, body: { ...webhook, secret: 'whsec_once' } };
    open('webhooks');
    expect(await screen.findByText('Nobody is told yet')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'Add a webhook' }));
    fireEvent.input(screen.getByLabelText('URL'), { target: { value: 'https://hooks.example/consent' } });
    fireEvent.submit(document.querySelector('dialog form') as HTMLFormElement);
    expect(await screen.findByText('whsec_once')).toBeDefined();
    fireEvent.click(screen.getByRole('button', { name: 'I have kept it' }));
    expect(document.body.textContent).not.toContain('whsec_once');
  });

  it('let an auditor look and change nothing', async () => {
    role = 'auditor';
    open('webhooks');
    expect(await screen.findByText('ECONNREFUSED')).toBeDefined();
    expect(screen.queryByRole('button', { name: /Pause|Add|Remove|Send/ })).toBeNull();
  });
});

describe('settings', () => {
  it('ask before they are saved where visitors would be asked again', async () => {
    replies[`POST ${PATH}/check`] = { body: { configurationHash: OTHER, asksAgain: true } };
    replies[`PATCH ${PATH}`] = { body: { ...details, asksAgain: true } };
    open('settings');
    fireEvent.click(await screen.findByRole('button', { name: 'Change… Counting visits' }));
    fireEvent.click(screen.getByLabelText(/Its meaning changed/));
    fireEvent.submit(document.querySelector('dialog form') as HTMLFormElement);
    expect(await screen.findByText('Ask all visitors again?')).toBeDefined();
    expect(sent('PATCH', '')).toBeUndefined();
    fireEvent.submit([...document.querySelectorAll('dialog form')].at(-1) as HTMLFormElement);
    expect(await screen.findByText('Saved. Visitors are asked again.')).toBeDefined();
    expect(sent('PATCH', '')).toMatchObject({ configuration: { purposes: [{ id: 'statistics', revision: 2 }] } });
  });

  it('take origins without a path only', async () => {
    open('settings');
    fireEvent.input(await screen.findByLabelText('Origins'), { target: { value: 'https://shop.example/path' } });
    fireEvent.submit(screen.getByRole('form', { name: 'Name and origins' }));
    expect(await screen.findByText(/is no origin/)).toBeDefined();
    expect(sent('POST', '/check')).toBeUndefined();
  });

  it('are read by those who may not change them', async () => {
    role = 'support';
    open('settings');
    expect(await screen.findByText('Counting visits')).toBeDefined();
    expect(screen.queryByRole('button', { name: /Save|Change/ })).toBeNull();
  });
});

describe('witnesses', () => {
  it('say up to where each cosigned, and that there is none', async () => {
    replies['GET /v1/sites/shop/log/checkpoint'] = { status: 404 };
    replies[`GET ${PATH}/witnesses`] = { body: { witnesses: [] } };
    open('witnesses');
    expect(await screen.findByText('No witness is named')).toBeDefined();
    cleanup();
    const key = 'witness.example+12345678+AAAA';
    replies[`GET ${PATH}/witnesses`] = {
      body: { witnesses: [{ name: 'witness.example', url: 'https://witness.example', key, newest: { epoch: 0, size: 9 } }] },
    };
    open('witnesses');
    expect((await screen.findByText(key)).closest('tr')?.textContent).toContain('up to 9');
  });
});
