// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { exampleBoot, exampleDetails } from '../../test/support/example-widget.ts';
import type { SyncDetail } from '../core/api.ts';
import type { Channels } from '../core/channels.ts';
import { isPending } from '../core/cookies.ts';
import { readFormNotes } from '../core/form-note.ts';
import type { Recording } from '../core/widget.ts';
import { openOptIns, type Mount } from './marketing.ts';
import { mergedStates } from './merged-states.ts';
import { stateOf } from './opt-in-box.ts';
import type { OptInHost } from './opt-in-host.ts';

let recorded: Recording[];
let said: Channels;
let synced: SyncDetail[];
let warnings: string[];
let listening: Parameters<typeof window.addEventListener>[] = [];
/** The window outlives a test, and would go on listening. */
function quiet(): void {
  for (const [name, listener, options] of listening) window.removeEventListener(name, listener, options);
  listening = [];
}

const NAMED = 'data-contact-email="email" data-contact-phone="mobile"';
const fieldset = (activity = 'newsletter', more = NAMED): string =>
  `<fieldset data-candour="marketing" data-activity="${activity}" ${more}></fieldset>`;
const page = (content = fieldset()): void => {
  document.body.innerHTML = `<form><input name="email" type="email"><input name="mobile" type="tel"><input name="who" type="text">${content}<button>Send</button></form>`;
};
const form = (): HTMLFormElement => document.querySelector('form') as HTMLFormElement;
const sets = () => [...document.querySelectorAll<HTMLFieldSetElement>('fieldset')];
const boxes = () => [...document.querySelectorAll<HTMLInputElement>('fieldset input')];
const tick = (at = 0): void => {
  (boxes()[at] as HTMLInputElement).checked = true;
};
const type = (name: string, value: string): void => {
  (document.querySelector(`[name=${name}]`) as HTMLInputElement).value = value;
};

const recorder = {
  channels: () => Promise.resolve(said),
  recordForm(recording: Recording) {
    recorded.push(recording);
    return Promise.resolve();
  },
};
const host = (more: Partial<OptInHost> = {}): OptInHost => ({
  boot: exampleBoot(),
  gpc: false,
  status: () => ({}),
  details: () => Promise.resolve(exampleDetails()),
  recorder: () => Promise.resolve(recorder),
  addStyle: () => undefined,
  sync: (detail) => void synced.push(detail),
  ...more,
});

/** Everything in the page is filled. */
async function filled(content?: string, more: Partial<OptInHost> = {}): Promise<Mount> {
  page(content);
  const mount = openOptIns(host(more));
  await Promise.all(sets().map(mount));
  return mount;
}

/** As the browser does it once its own checks have passed; nothing navigates here. */
const submit = (): SubmitEvent => {
  const event = new SubmitEvent('submit', { bubbles: true, cancelable: true });
  form().dispatchEvent(event);
  return event;
};
/** The page sends the form itself, or has found something wrong in it. */
const prevents = (then: () => void = () => undefined): void =>
  form().addEventListener('submit', (event) => {
    event.preventDefault();
    event.stopPropagation();
    then();
  });
/** Later than everything that a submission leads to. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(() => setTimeout(resolve)));
const states = () => recorded.map(({ channels }) => channels);

const listen = window.addEventListener;

beforeEach(() => {
  window.addEventListener = ((...one: (typeof listening)[number]) => {
    listening.push(one);
    listen.apply(window, one);
  }) as typeof listen;
  [recorded, said, synced, warnings] = [[], {}, [], []];
  sessionStorage.clear();
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => {
  quiet();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('in a form with a box of its own for a parent or guardian', () => {
  const own = '<label><input type="checkbox" name="guardian">I am the parent</label>';

  it('R14 it is the parent’s act where that box is ticked when the form is sent, and the visitor’s otherwise', async () => {
    await filled(fieldset('newsletter', `${NAMED} data-parent="guardian"`) + own);
    tick();
    submit();
    await settled();
    (document.querySelector('[name=guardian]') as HTMLInputElement).checked = true;
    submit();
    await settled();
    expect(recorded.map(({ actor }) => actor)).toEqual(['self', 'parent']);
    expect(warnings).toEqual([]);
  });

  it('R14 a box that is not there, is disabled or is none says nothing, and the console says which', async () => {
    await filled(fieldset('newsletter', `${NAMED} data-parent="who"`) + own);
    (document.querySelector('[name=guardian]') as HTMLInputElement).checked = true;
    submit();
    await settled();
    expect(recorded.map(({ actor }) => actor)).toEqual(['self']);
    expect(warnings.join()).toContain('data-parent names "who", which is no checkbox of the form');
    const box = document.querySelector('[name=guardian]') as HTMLInputElement;
    sets()[0]?.setAttribute('data-parent', 'guardian');
    box.disabled = true;
    submit();
    await settled();
    expect(recorded.map(({ actor }) => actor)).toEqual(['self', 'self']);
  });
});

describe('a marketing opt-in', () => {
  it('R33 L14 L16 is one unticked box for each sender and channel, with what for, how often and how to stop', async () => {
    await filled();
    expect(boxes().map(({ checked, type: kind }) => [kind, checked])).toEqual([
      ['checkbox', false],
      ['checkbox', false],
    ]);
    expect([...document.querySelectorAll('label')].map(({ textContent }) => textContent)).toEqual([
      'Email from Example Limited',
      'Text message from Example Limited',
    ]);
    expect(document.querySelector('legend')?.textContent).toBe('Our newsletter');
    const rows = [...document.querySelectorAll('dl div')].map(({ textContent }) => textContent);
    expect(rows).toEqual(['What forNews of our shop.', 'How oftenOnce a month.', 'How to stopWrite to us to stop it.']);
    expect(document.querySelector('fieldset a')?.getAttribute('href')).toBe(
      `https://consent.example/v1/notices/${'P'.repeat(43)}`,
    );
    const described = sets()[0]?.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => document.getElementById(id)?.localName)).toEqual(['p', 'dl']);
  });

  it('whose words could not be had is there at the next look', async () => {
    page();
    const answers = [Promise.reject(new Error('away')), Promise.resolve(exampleDetails())];
    const mount = openOptIns(host({ details: () => answers.shift() as Promise<never> }));
    const [set] = sets() as [HTMLFieldSetElement];
    await mount(set);
    expect(set.hidden).toBe(true);
    await mount(set);
    expect([set.hidden, boxes().length]).toEqual([false, 2]);
  });

  it.each([
    [true, false, 'refused'],
    [false, true, 'given'],
  ])(
    'R12 is apart from terms and "I have read the notice": those ticked is %s, the opt-in %s, and it is %s',
    async (terms, optIn, state) => {
      const others = ['I accept the terms and conditions', 'I have read the privacy notice'];
      await filled(
        `${others.map((name) => `<label><input type="checkbox" name="own"${terms ? ' checked' : ''}>${name}</label>`).join('')}${fieldset('newsletter')}`,
      );
      expect(sets()[0]?.textContent).not.toMatch(/terms|conditions|have read|accept/i);
      expect(boxes().some(({ name }) => name === 'own')).toBe(false);
      if (optIn) for (const box of sets()[0]?.querySelectorAll('input') ?? []) box.click();
      expect([...form().querySelectorAll<HTMLInputElement>('[name=own]')].map(({ checked }) => checked)).toEqual([terms, terms]);
      submit();
      await settled();
      expect(states()).toEqual([{ newsletter: { example: { email: state, sms: state } } }]);
      expect(JSON.stringify(recorded[0]?.presentation)).not.toMatch(/terms and conditions|have read/);
    },
  );

  it('R39 is recorded when the form is sent: ticked is given, unticked refused, with what was shown', async () => {
    await filled();
    tick();
    await settled();
    expect(recorded).toEqual([]);
    submit();
    await settled();
    expect(recorded).toMatchObject([
      {
        method: 'form',
        purposes: {},
        channels: { newsletter: { example: { email: 'given', sms: 'refused' } } },
        presentation: {
          layout: 'form',
          notices: ['P'.repeat(43)],
          controls: [{ name: 'Email from Example Limited' }, { name: 'Text message from Example Limited' }, { kind: 'link' }],
        },
      },
    ]);
    expect(recorded[0]?.presentation?.words).toContainEqual({ id: 'often', text: 'Once a month.' });
  });

  it('R20 takes each address from the field that the owner names, in no other place than beside the event', async () => {
    await filled();
    tick();
    type('email', ' ada@example.org ');
    type('mobile', '+44 7700 900123');
    type('who', 'Ada');
    submit();
    await settled();
    expect(recorded[0]?.contacts).toEqual([
      { channel: 'email', value: 'ada@example.org', language: 'en' },
      { channel: 'sms', value: '+44 7700 900123', language: 'en' },
    ]);
    expect(JSON.stringify([recorded[0]?.channels, recorded[0]?.presentation])).not.toMatch(/ada@|7700/);
    expect(warnings).toEqual([]);
  });

  it('R20 R43 named another field than a fieldset beside it is an event of its own: each no and yes goes with its own address', async () => {
    await filled(
      `${fieldset('newsletter', 'data-contact-email="email"')}<input name="other" type="email">${fieldset('newsletter', 'data-contact-email="other"')}`,
    );
    type('email', 'ada@example.org');
    type('other', 'eve@example.org');
    for (const box of sets()[1]?.querySelectorAll('input') ?? []) box.checked = true;
    submit();
    await settled();
    const said = recorded.map(({ contacts, channels }) => [
      contacts?.find(({ channel }) => channel === 'email')?.value,
      JSON.stringify(channels).includes('given'),
    ]);
    expect(said).toEqual([
      ['ada@example.org', false],
      ['eve@example.org', true],
    ]);
  });

  it('R20 takes no address to a service without TLS, and no password', async () => {
    await filled(undefined, { boot: exampleBoot({ service: 'http://consent.example' }) });
    type('email', 'ada@example.org');
    submit();
    await settled();
    expect(recorded[0]?.contacts).toEqual([]);
    expect(warnings.join()).toContain('takes https');
    quiet();
    await filled(`<input name="secret" type="password" value="hunter2">${fieldset('newsletter', 'data-contact-email="secret"')}`);
    submit();
    await settled();
    expect(recorded[1]?.contacts).toEqual([]);
    expect(warnings.join()).toContain('data-contact-email names "secret"');
    expect(warnings.join()).toContain('no field is named for phone');
  });

  it('is noted before the page is gone, even if nothing that records it has loaded', async () => {
    await filled(undefined, { recorder: () => new Promise<never>(() => undefined) });
    tick();
    submit();
    dispatchEvent(new Event('pagehide'));
    expect(readFormNotes('example')[0]).toMatchObject({
      method: 'form',
      channels: { newsletter: { example: { email: 'given', sms: 'refused' } } },
      presentation: { layout: 'form', build: 'B'.repeat(43) },
    });
    expect(isPending('example')).toBe(true);
  });

  it('leaves the submission to the page', async () => {
    await filled();
    expect(submit().defaultPrevented).toBe(false);
    await settled();
  });

  it('that no configuration knows is not shown, and the console says what is known', async () => {
    await filled(fieldset('newsleter'));
    expect(sets()[0]?.hidden).toBe(true);
    expect(warnings).toEqual(['Candour: data-activity="newsleter" is none of this site’s: newsletter, customers']);
    submit();
    await settled();
    expect(recorded).toEqual([]);
  });

  it('is filled once', async () => {
    const mount = await filled();
    await Promise.all(sets().map(mount));
    expect(boxes()).toHaveLength(2);
  });

  it('that is disabled, or has left the form, says nothing', async () => {
    await filled();
    const [set] = sets() as [HTMLFieldSetElement];
    set.disabled = true;
    tick();
    submit();
    await settled();
    set.disabled = false;
    set.remove();
    submit();
    await settled();
    expect(recorded).toEqual([]);
  });

  it('belongs to the form that it stands in: of two forms one is recorded, and two fieldsets in one form are one event', async () => {
    await filled(`${fieldset()}${fieldset('customers')}`);
    const other = form().cloneNode(false) as HTMLFormElement;
    document.body.append(other);
    other.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
    await settled();
    expect(recorded).toEqual([]);
    tick(1);
    submit();
    await settled();
    expect(states()).toEqual([
      { newsletter: { example: { email: 'refused', sms: 'given' } }, customers: { example: { email: 'not_objected' } } },
    ]);
  });

  it('asked about twice in one form counts a tick in either, a no before a yes', async () => {
    await filled(fieldset() + fieldset());
    tick(0);
    submit();
    await settled();
    expect(states()).toEqual([{ newsletter: { example: { email: 'given', sms: 'refused' } } }]);
    const said = (email: 'given' | 'objected' | 'not_objected') => ({ activity: 'a', states: { us: { email } } });
    expect(mergedStates([said('objected'), said('not_objected')])).toEqual({ a: { us: { email: 'objected' } } });
    expect(mergedStates([said('given'), said('objected')])).toEqual({ a: { us: { email: 'objected' } } });
  });

  it('refused as a whole stays on this device where the site keeps refusals there', async () => {
    await filled(undefined, { boot: exampleBoot({ refusals: 'local' }) });
    submit();
    await settled();
    expect([recorded, readFormNotes('example')]).toEqual([[], []]);
    expect(synced).toEqual([{ state: 'local', reason: 'REFUSALS_LOCAL', events: [] }]);
    tick();
    submit();
    await settled();
    expect(recorded).toHaveLength(1);
  });
});

describe('a box to opt out', () => {
  it('R39 L13 says in plain words what a tick does, and is an objection when ticked', async () => {
    await filled(fieldset('customers'));
    expect(document.querySelector('label')?.textContent).toBe('Please do not send: Email from Example Limited');
    expect(document.querySelector('fieldset p')?.textContent).toBe('A tick says no. A box left empty is not your consent.');
    tick();
    type('email', 'ada@example.org');
    submit();
    await settled();
    expect(states()).toEqual([{ customers: { example: { email: 'objected' } } }]);
    expect(recorded[0]?.contacts).toMatchObject([{ channel: 'email', value: 'ada@example.org' }]);
  });

  it('R39 is never a consent when it is left alone, and takes no earlier no back', async () => {
    await filled(fieldset('customers'));
    submit();
    await settled();
    expect(states()).toEqual([{ customers: { example: { email: 'not_objected' } } }]);
    for (const before of [undefined, 'given', 'refused', 'withdrawn', 'objected', 'not_objected'])
      expect(stateOf('opt_out', false, before)).toBe(before ? null : 'not_objected');
  });
});

describe('an unticked box', () => {
  it('R39 never withdraws: where something is given it says nothing', () => {
    expect(stateOf(undefined, false, undefined)).toBe('refused');
    expect(stateOf(undefined, false, 'withdrawn')).toBe('refused');
    expect(stateOf(undefined, false, 'given')).toBe(null);
    expect(stateOf(undefined, true, 'withdrawn')).toBe('given');
  });
});

describe('a form that the page sends itself', () => {
  const GIVEN = [{ newsletter: { example: { email: 'given', sms: 'refused' } } }];
  const answers = (status: number): ReturnType<typeof vi.fn> => {
    const fetch = vi.fn(() => Promise.resolve(new Response('{}', { status })));
    vi.stubGlobal('fetch', fetch);
    window.fetch = fetch as never;
    return fetch;
  };
  const json = () => ({ method: 'POST', body: JSON.stringify({ email: 'ada+x@example.org', who: 'Ada "A"' }) });
  async function typed(content?: string): Promise<void> {
    await filled(content);
    tick();
    type('email', 'ada+x@example.org');
    type('who', 'Ada "A"');
  }

  it('R39 is not recorded while nothing shows that it was sent: its own checks may have stopped it', async () => {
    await typed();
    prevents();
    submit();
    await settled();
    dispatchEvent(new Event('pagehide'));
    await settled();
    expect([recorded, readFormNotes('example'), isPending('example')]).toMatchObject([[], [], expect.anything()]);
  });

  it('is recorded when a request with all that was typed is answered with success, as JSON, form data or parameters', async () => {
    const data = (): FormData => new FormData(form());
    const bodies: (() => BodyInit)[] = [
      () => json().body,
      data,
      () => new URLSearchParams({ email: 'ada+x@example.org', who: 'Ada "A"' }),
      () => new URLSearchParams({ email: 'ada+x@example.org', who: 'Ada "A"' }).toString(),
    ];
    for (const [i, body] of bodies.entries()) {
      const fetch = answers(200);
      await typed();
      prevents(() => {
        void window.fetch('/send', { method: 'POST', body: body() });
        // What the page does next must not change what was sent.
        for (const field of document.querySelectorAll('input')) [field.value, field.checked] = ['', false];
      });
      submit();
      await settled();
      expect([i, states()]).toEqual([i, GIVEN]);
      expect(recorded[0]?.contacts).toMatchObject([{ value: 'ada+x@example.org' }]);
      expect([fetch.mock.calls.length, window.fetch === (fetch as never)]).toEqual([1, true]);
      recorded = [];
      quiet();
    }
  });

  it('R39 is not recorded when that request is refused, has only a part of it, or asks instead of sending', async () => {
    const cases: [number, RequestInit | undefined][] = [
      [422, json()],
      [500, json()],
      [200, { method: 'POST', body: JSON.stringify({ email: 'ada+x@example.org' }) }],
      [200, undefined],
    ];
    for (const [status, init] of cases) {
      answers(status);
      await typed();
      prevents(() => void window.fetch('/check?email=ada%2Bx@example.org&who=Ada', init));
      submit();
      await settled();
      expect([status, init, recorded]).toEqual([status, init, []]);
      quiet();
    }
  });

  it('R39 is not recorded for what is sent after it was stopped and changed; what is on its way still counts', async () => {
    const change = (): void => {
      const event = new Event('input', { bubbles: true });
      Object.defineProperty(event, 'isTrusted', { value: true });
      document.querySelector('[name=who]')?.dispatchEvent(event);
    };
    answers(200);
    await typed();
    prevents();
    submit();
    await settled();
    change();
    await window.fetch('/draft', json());
    await settled();
    expect(recorded).toEqual([]);
    submit();
    const sending = window.fetch('/send', json());
    change();
    await sending;
    await settled();
    expect(states()).toEqual(GIVEN);
  });

  it('is recorded when the page empties the form, and not when somebody does', async () => {
    await typed('<button type="reset">Clear</button>' + fieldset());
    prevents();
    submit();
    await settled();
    document.querySelector('button')?.dispatchEvent(new MouseEvent('click', { bubbles: true }));
    form().dispatchEvent(new Event('reset', { bubbles: true }));
    await settled();
    expect(recorded).toEqual([]);
    tick();
    submit();
    form().dispatchEvent(new Event('reset', { bubbles: true }));
    await settled();
    expect(states()).toEqual(GIVEN);
  });

  it('is not recorded when the page empties it after a request that failed, and is when it is submitted again', async () => {
    const service = answers(422);
    await typed(fieldset());
    prevents(() => void window.fetch('/join', json()));
    submit();
    await settled();
    form().dispatchEvent(new Event('reset', { bubbles: true }));
    await settled();
    expect(recorded).toEqual([]);
    service.mockResolvedValue(new Response('{}'));
    submit();
    await settled();
    expect(recorded).toHaveLength(1);
  });

  it('is recorded once at the page’s own word, with or without a submission before it', async () => {
    answers(200);
    await typed(fieldset('newsletter', `${NAMED} data-submitted="event"`));
    prevents(() => void window.fetch('/check', json()));
    submit();
    form().dispatchEvent(new Event('reset', { bubbles: true }));
    await settled();
    expect(recorded).toEqual([]);
    form().dispatchEvent(new Event('candour:submitted', { bubbles: true }));
    await settled();
    expect(states()).toEqual(GIVEN);
    form().dispatchEvent(new Event('candour:submitted', { bubbles: true }));
    await settled();
    expect(states()).toEqual([...GIVEN, { newsletter: { example: { email: 'given', sms: 'refused' } } }]);
  });

  it('is recorded when a script submits it, which makes no event', async () => {
    const native = vi.spyOn(HTMLFormElement.prototype, 'submit').mockImplementation(() => undefined);
    await typed();
    form().submit();
    expect(native).toHaveBeenCalledTimes(1);
    expect(readFormNotes('example')).toHaveLength(1);
    await settled();
    expect(states()).toEqual(GIVEN);
  });

  it('pressed twice is one attempt', async () => {
    answers(200);
    await typed();
    prevents(() => void window.fetch('/send', json()));
    submit();
    submit();
    await settled();
    expect(states()).toEqual(GIVEN);
  });
});
