// @vitest-environment happy-dom
// @vitest-environment-options { "url": "https://www.example.org/page" }
import { afterEach, describe, expect, it, vi } from 'vitest';

import type { SpokenDetails } from '../../shared/site/details.ts';
import { exampleDetails, exampleWords } from '../../test/support/example-widget.ts';
import { widgetPage, type PageOptions, type WidgetPage } from '../../test/support/widget-page.ts';

const root = () => document.querySelector('candour-choices')?.shadowRoot as ShadowRoot;
const dialog = () => root().querySelector('dialog') as HTMLDialogElement;
const buttonNamed = (within: ParentNode, name: string): HTMLButtonElement => {
  const found = [...within.querySelectorAll('button')].find(({ textContent }) => textContent.startsWith(name));
  if (!found) throw new Error(`no button "${name}"`);
  return found;
};
const press = (name: string): void => buttonNamed(dialog(), name).click();
const answers = (): string[] => [...dialog().querySelectorAll('.answers button')].map(({ textContent }) => textContent);
const switches = () => [...dialog().querySelectorAll<HTMLInputElement>('[role=switch]')];
const on = () => Object.fromEntries(switches().map(({ name, checked }) => [name, checked]));
const turn = (name: string): void => dialog().querySelector<HTMLInputElement>(`#switch-${name}`)?.click();
const text = (): string => dialog().textContent;
const decided = ({ decisions }: WidgetPage, count = 1) => vi.waitFor(() => expect(decisions).toHaveLength(count));

async function opened(options: PageOptions = {}): Promise<WidgetPage> {
  const page = widgetPage(options);
  await page.ui.openCentre();
  return page;
}

const SERVICES: NonNullable<PageOptions['boot']> = {
  purposes: [
    { id: 'media', kind: 'other' },
    { id: 'clipshelf', kind: 'other', of: 'media' },
    { id: 'mapyard', kind: 'other', of: 'media' },
  ],
};
const withServices = (details: SpokenDetails): SpokenDetails => ({
  ...details,
  purposes: details.purposes.slice(0, 1).map((purpose) => ({
    ...purpose,
    services: [
      {
        id: 'clipshelf',
        name: 'Clipshelf',
        provider: 'Clipshelf SA',
        privacy: 'https://clipshelf.example/privacy',
        retention: 'two years',
        country: 'FR',
        storage: [{ name: 'clip', kind: 'cookie', lifetime: '2 years', provider: 'Clipshelf SA' }],
      },
      { id: 'mapyard', name: 'Mapyard', provider: 'Mapyard Inc', storage: [] },
    ],
  })),
});
const perService: PageOptions = { boot: SERVICES, details: withServices };

afterEach(() => {
  document.body.innerHTML = '';
  document.cookie
    .split('; ')
    .forEach((pair) => (document.cookie = `${pair.split('=')[0]}=;Path=/;Expires=${new Date(0).toUTCString()}`));
});

describe('the preference centre', () => {
  it('R3 R5 L5 has one switch for each purpose that is asked about, all off; what is not asked is explained', async () => {
    await opened();
    expect(on()).toEqual({ statistics: false, advertising: false });
    expect(text()).toContain('Always on');
    expect(dialog().getAttribute('aria-modal')).toBe('true');
    expect(dialog().querySelector(`#${dialog().getAttribute('aria-labelledby')}`)?.textContent).toBe('Privacy choices');
    expect(answers()).toEqual(['Save choices', 'Accept all', 'Reject all']);
  });

  it('L39 says of every purpose its lawful basis, how long it is kept, who gets it, and what is stored as a table', async () => {
    await opened();
    const [first] = exampleDetails().purposes;
    for (const { retention, recipients, description } of exampleDetails().purposes)
      for (const fact of [...retention, ...recipients, description]) expect(text()).toContain(fact);
    const shown = [...dialog().querySelectorAll('.purpose')].map((one) => one.querySelector('dd')?.textContent);
    expect(shown).toEqual(['Consent, Art. 6(1)(a)', 'Consent, Art. 6(1)(a)', 'Legitimate interests, Art. 6(1)(f)']);
    const rows = [...dialog().querySelectorAll('table')].map((table) =>
      [...table.querySelectorAll('tr')].map(({ children }) => [...children].map(({ textContent }) => textContent)),
    );
    expect(rows[0]).toEqual([
      ['Name', 'Kind', 'Kept for'],
      [first?.storage[0]?.name, 'cookie', '14 months'],
    ]);
  });

  it('R77 says in the language of the page how a basis is not stated, and who provides what is stored', async () => {
    await opened({
      details: (details) => ({
        ...details,
        purposes: details.purposes.slice(0, 2).map((purpose, i) => ({
          ...purpose,
          lawfulBases: i === 0 ? ['not_stated'] : ['document_only'],
          storage: [{ name: 'a', kind: 'cookie', lifetime: '1 day', provider: 'Helper Ltd' }],
        })),
      }),
    });
    const { notStated, provider, ...words } = exampleWords();
    expect([...dialog().querySelectorAll('dl div:first-child dd')].map(({ textContent }) => textContent)).toEqual([
      notStated,
      words['basis.document_only'],
    ]);
    expect(dialog().querySelector('thead')?.textContent).toContain(provider);
    expect(dialog().querySelector('tbody')?.textContent).toContain('Helper Ltd');
  });

  it('L17 saves exactly what is switched on, and shows it when it is opened again', async () => {
    const page = await opened();
    turn('statistics');
    press('Save choices');
    await decided(page);
    expect(page.recorded).toMatchObject([{ method: 'save_choices', purposes: { statistics: 'given', advertising: 'refused' } }]);
    await page.ui.openCentre();
    expect(on()).toEqual({ statistics: true, advertising: false });
    expect(text()).toContain('Your last choice was made on');
  });

  it('R47 records the words and controls that were on screen', async () => {
    const page = await opened(perService);
    const [shown, answersThen] = [text(), answers()];
    press('Reject all');
    await decided(page);
    const { words, controls } = page.recorded[0]?.shown ?? { words: [], controls: [] };
    for (const word of words) expect(shown.replace(/\s/g, '')).toContain(word.text.replace(/\s/g, ''));
    expect(controls.filter(({ kind }) => kind === 'switch').map(({ name }) => name)).toEqual([
      'The media',
      'Clipshelf',
      'Mapyard',
    ]);
    expect(new Set(words.map(({ id }) => id)).size).toBe(words.length);
    expect(
      controls.slice(-3).map(({ name }) => name),
      'in reading order',
    ).toEqual(answersThen);
  });

  it('R8 R9 L4 withdraws everything with one press, which stands in the place of the refusal', async () => {
    const page = widgetPage();
    await page.ui.choose('save_choices', { statistics: true, advertising: false });
    await page.ui.openCentre();
    expect(answers()).toEqual(['Save choices', 'Accept all', 'Withdraw all']);
    press('Withdraw all');
    await decided(page, 2);
    expect(page.recorded[1]).toMatchObject({
      method: 'withdraw',
      purposes: { statistics: 'withdrawn', advertising: 'refused' },
    });
    // Said once the dialog is gone: before, nobody would hear it.
    await vi.waitFor(() => expect(dialog()).toBeNull());
  });

  it('R4 L9 closing it, by the button or by Esc, is no choice', async () => {
    const page = await opened();
    dialog().querySelector<HTMLButtonElement>('.close')?.click();
    await vi.waitFor(() => expect(dialog()).toBeNull());
    await page.ui.openCentre();
    dialog().close();
    expect(page.recorded).toEqual([]);
    expect(page.decisions).toEqual([]);
    expect(document.cookie).toBe('');
  });

  it('R27 gives the focus back to where it came from', async () => {
    const opener = document.createElement('button');
    document.body.append(opener);
    opener.focus();
    const page = await opened();
    expect(root().activeElement?.id).toBe('centre-title');
    dialog().close();
    await vi.waitFor(() => expect(document.activeElement).toBe(opener));
    await page.ui.openCentre();
    opener.remove();
    const control = document.createElement('button');
    control.className = 'control';
    root().append(control);
    dialog().close();
    expect(root().activeElement, 'the control, where the opener is gone').toBe(control);
  });
});

describe('an objection', () => {
  const optOut: PageOptions = { boot: { modes: { statistics: 'opt_out' } } };

  it('R21 L27 has a control of its own, on unless somebody objects, and needs no reason', async () => {
    const page = await opened(optOut);
    expect(on()).toMatchObject({ statistics: true, advertising: false });
    const statistics = dialog().querySelector('[data-mode=opt_out]');
    expect(statistics?.textContent).toContain('On unless you object');
    expect(statistics?.textContent).toContain('switch it off and press “Save choices”');
    const described = statistics?.querySelector('input')?.getAttribute('aria-describedby')?.split(' ') ?? [];
    expect(described.map((id) => dialog().querySelector(`#${id}`)?.textContent).join(' ')).toContain('unless you object');
    turn('statistics');
    press('Save choices');
    await decided(page);
    expect(page.recorded[0]?.purposes).toEqual({ statistics: 'objected', advertising: 'refused' });
    await page.ui.openCentre();
    expect(on()).toMatchObject({ statistics: false });
    expect(dialog().querySelector('[data-mode=opt_out]')?.textContent).toContain('You objected');
    turn('statistics');
    press('Save choices');
    await decided(page, 2);
    expect(page.recorded[1]?.purposes).toMatchObject({ statistics: 'not_objected' });
  });

  it('R46 shows Global Privacy Control, and nothing that it speaks of is on', async () => {
    await opened({ ...optOut, gpc: true });
    expect(dialog().querySelector('[data-mode=opt_out] .note')?.textContent).toContain('Global Privacy Control');
    expect(on()).toEqual({ statistics: false, advertising: false });
  });
});

describe('a choice per service', () => {
  it('R5 R6 has a switch for each, and says who provides it, for how long, where, and what it stores', async () => {
    await opened(perService);
    expect(on()).toEqual({ media: false, clipshelf: false, mapyard: false });
    const [first, second] = dialog().querySelectorAll('.service');
    for (const fact of ['Clipshelf SA', 'two years', 'France', 'clip', '2 years', 'Privacy notice of Clipshelf SA'])
      expect(first?.textContent).toContain(fact);
    // Who provides it is said once, not in each row as well.
    expect([...(first?.querySelectorAll('thead th') ?? [])].map(({ textContent }) => textContent)).toEqual([
      'Name',
      'Kind',
      'Kept for',
    ]);
    expect(first?.querySelector('a')?.href).toBe('https://clipshelf.example/privacy');
    expect(second?.querySelector('table')).toBeNull();
  });

  it('R5 the purpose is on while all its services are, and stands for all of them', async () => {
    await opened(perService);
    turn('media');
    expect(on()).toEqual({ media: true, clipshelf: true, mapyard: true });
    turn('mapyard');
    expect(on()).toEqual({ media: false, clipshelf: true, mapyard: false });
    turn('mapyard');
    expect(on()).toEqual({ media: true, clipshelf: true, mapyard: true });
  });

  it('R5 R47 records each with a state of its own', async () => {
    const page = await opened(perService);
    turn('clipshelf');
    press('Save choices');
    await decided(page);
    expect(page.recorded[0]?.purposes).toEqual({ media: 'refused', clipshelf: 'given', mapyard: 'refused' });
    expect(page.widget.mayRun('clipshelf')).toBe(true);
    expect(page.widget.mayRun('media'), 'what names the purpose alone needs every service').toBe(false);
  });

  it('a choice of the page about the purpose is one about its services, and one refused service ends the whole', async () => {
    const page = widgetPage(perService);
    await page.ui.choose('api', { media: true });
    expect(page.recorded[0]?.purposes).toEqual({ media: 'given', clipshelf: 'given', mapyard: 'given' });
    await page.ui.choose('api', { mapyard: false });
    expect(page.recorded[1]?.purposes).toEqual({ media: 'withdrawn', mapyard: 'withdrawn' });
    expect(page.widget.status()).toEqual({ media: 'withdrawn', clipshelf: 'given', mapyard: 'withdrawn' });
    await page.ui.choose('withdraw', { media: false });
    expect(page.widget.status()).toMatchObject({ clipshelf: 'withdrawn' });
  });

  it('one service alone is a choice about it alone', async () => {
    const page = widgetPage(perService);
    await page.ui.choose('save_choices', { clipshelf: true });
    expect(page.recorded[0]?.purposes).toEqual({ clipshelf: 'given' });
    await page.ui.choose('save_choices', { mapyard: false });
    expect(page.recorded[1]?.purposes).toEqual({ mapyard: 'refused' });
  });
});

describe('messages that a form was told to send', () => {
  const channels = { newsletter: { example: { email: 'given', sms: 'refused' } } } as const;

  it('are not spoken of where there are none', async () => {
    await opened();
    expect(dialog().querySelector('.messages')?.hasAttribute('hidden')).toBe(true);
  });

  it('R8 each ends with one press, recorded with what was on screen', async () => {
    const page = await opened({ channels: { newsletter: { example: { ...channels.newsletter.example } } } });
    const entries = await vi.waitFor(() => {
      const found = dialog().querySelectorAll('.messages li');
      expect(found).toHaveLength(1);
      return found;
    });
    expect(entries[0]?.textContent).toContain('Email from Example Limited');
    buttonNamed(dialog(), 'Withdraw: Email').click();
    await vi.waitFor(() => expect(page.recorded).toHaveLength(1));
    expect(page.recorded[0]).toMatchObject({
      method: 'withdraw',
      purposes: {},
      channels: { newsletter: { example: { email: 'withdrawn' } } },
    });
    expect(page.recorded[0]?.shown.words.map((word) => word.text)).toContain('Email from Example Limited');
    await vi.waitFor(() => expect(dialog().querySelector('.messages [role=status]')?.textContent).toContain('Withdrawn'));
  });

  it('R32 says so where it could not be written', async () => {
    await opened({ channels: { newsletter: { example: { email: 'given' } } }, storage: 'fails' });
    await vi.waitFor(() => buttonNamed(dialog(), 'Withdraw: Email').click());
    await vi.waitFor(() =>
      expect(dialog().querySelector('.messages [role=status]')?.textContent).toContain('Nothing has changed'),
    );
  });

  it('R8 "Withdraw all" ends them too', async () => {
    const page = widgetPage({ channels: { newsletter: { example: { email: 'given' } } } });
    await page.ui.choose('accept_all', { statistics: true, advertising: true });
    await page.ui.openCentre();
    await vi.waitFor(() => buttonNamed(dialog(), 'Withdraw: Email'));
    press('Withdraw all');
    await decided(page, 2);
    expect(page.recorded.slice(1).map(({ purposes, channels: said }) => ({ purposes, said }))).toEqual([
      { purposes: {}, said: { newsletter: { example: { email: 'withdrawn' } } } },
      { purposes: { statistics: 'withdrawn', advertising: 'withdrawn' }, said: undefined },
    ]);
  });
});
