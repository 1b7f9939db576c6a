// @vitest-environment happy-dom
import { beforeEach, describe, expect, it, vi } from 'vitest';

import { exampleBoot, exampleDetails } from '../../test/support/example-widget.ts';
import { isPending } from '../core/cookies.ts';
import { readFormNote } from '../core/form-note.ts';
import type { Channels } from '../core/channels.ts';
import type { Recorder } from '../core/recorder.ts';
import type { Recording, Screen, Widget } from '../core/widget.ts';
import { channelStates, mountOptIn } from './marketing.ts';

let recorded: Recording[];
let said: Channels;

function form(activity = 'newsletter'): HTMLFieldSetElement {
  document.body.innerHTML = `<form><input name="email"><fieldset data-candour="marketing" data-activity="${activity}"></fieldset><button>Send</button></form>`;
  document.querySelector('form')?.addEventListener('submit', (event) => event.preventDefault());
  return document.querySelector('fieldset') as HTMLFieldSetElement;
}
const boxes = () => [...document.querySelectorAll<HTMLInputElement>('fieldset input')];
const submit = (): void => document.querySelector('form')?.requestSubmit();

const recorder = {
  presentation: (screen: Screen, offered: readonly string[]) => Promise.resolve({ ...screen, offered }),
  channels: () => Promise.resolve(said),
  recordForm(recording: Recording) {
    recorded.push(recording);
    return Promise.resolve();
  },
} as unknown as Recorder;
const widget = {
  boot: exampleBoot(),
  details: () => Promise.resolve(exampleDetails()),
  recorder: () => Promise.resolve(recorder),
  addStyle: () => undefined,
  status: () => ({}),
  gpc: false,
  sync: () => undefined,
} as unknown as Widget;

beforeEach(() => {
  [recorded, said] = [[], {}];
});

describe('a marketing opt-in', () => {
  it('R33 L14 L16 is one unticked box for each sender and channel, with the configured words', async () => {
    await mountOptIn(widget, form());
    expect(boxes().map(({ checked, type }) => [type, checked])).toEqual([
      ['checkbox', false],
      ['checkbox', false],
    ]);
    expect([...document.querySelectorAll('label')].map(({ textContent }) => textContent)).toEqual([
      'Email from Example Limited',
      'Text message from Example Limited',
    ]);
    expect(document.querySelector('legend')?.textContent).toBe('Our newsletter');
    expect(document.querySelector('fieldset')?.textContent).toContain('Write to us to stop it.');
  });

  it('whose words could not be had is there at the next look', async () => {
    const fieldset = form();
    await mountOptIn({ ...widget, details: () => Promise.reject(new Error('away')) }, fieldset);
    expect(fieldset.hidden).toBe(true);
    await mountOptIn(widget, fieldset);
    expect(fieldset.hidden).toBe(false);
    expect(boxes()).toHaveLength(2);
  });

  it('R12 R39 is recorded when the form is sent: ticked is given, unticked refused, with what was shown and no contact', async () => {
    await mountOptIn(widget, form());
    const [email] = boxes();
    if (email) email.checked = true;
    expect(recorded).toEqual([]);
    await vi.waitFor(() => {
      submit();
      expect(recorded[0]?.presentation).toBeTruthy();
    });
    expect(recorded[0]).toMatchObject({
      method: 'form',
      purposes: {},
      channels: { newsletter: { example: { email: 'given', sms: 'refused' } } },
      presentation: {
        layout: 'form',
        controls: [{ name: 'Email from Example Limited' }, { name: 'Text message from Example Limited' }],
      },
    });
  });

  it('is noted before the submission leaves the page, even if nothing that records it has loaded', async () => {
    sessionStorage.clear();
    const slow = { ...widget, recorder: () => new Promise<never>(() => undefined) } as Widget;
    await mountOptIn(slow, form());
    const [email] = boxes();
    if (email) email.checked = true;
    submit();
    expect(readFormNote('example')).toMatchObject({
      method: 'form',
      channels: { newsletter: { example: { email: 'given', sms: 'refused' } } },
      presentation: { layout: 'form', build: 'B'.repeat(43) },
    });
    expect(isPending('example')).toBe(true);
  });

  it('leaves the submission to the page', async () => {
    const fieldset = form();
    await mountOptIn(widget, fieldset);
    const event = new Event('submit', { cancelable: true });
    const site = fieldset.form?.cloneNode(false) as HTMLFormElement;
    site.append(fieldset);
    document.body.append(site);
    await mountOptIn(widget, fieldset);
    expect(site.dispatchEvent(event)).toBe(true);
  });

  it('that no configuration knows is not shown', async () => {
    const fieldset = form('unheard-of');
    await mountOptIn(widget, fieldset);
    expect(fieldset.hidden).toBe(true);
    submit();
    expect(recorded).toEqual([]);
  });

  it('is filled once', async () => {
    const fieldset = form();
    await Promise.all([mountOptIn(widget, fieldset), mountOptIn(widget, fieldset)]);
    expect(boxes()).toHaveLength(2);
  });
});

describe('an unticked box', () => {
  it('R39 never withdraws: where something is given it says nothing', () => {
    const untouched = [
      { sender: 'a', channel: 'email', ticked: false },
      { sender: 'a', channel: 'sms', ticked: false },
    ];
    expect(channelStates(untouched)).toEqual({ a: { email: 'refused', sms: 'refused' } });
    expect(channelStates(untouched, { a: { email: 'given' } })).toEqual({ a: { sms: 'refused' } });
    expect(channelStates(untouched, { a: { email: 'given', sms: 'given' } })).toEqual({});
  });
});
