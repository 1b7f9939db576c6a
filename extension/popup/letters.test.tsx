// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { analyseDocument } from '../../shared/analysis/analyse.ts';
import { asNotice } from '../../shared/analysis/as-notice.ts';
import { readHtml } from '../../shared/analysis/html.ts';
import type { PrivacyNotice } from '../../shared/notice/schema.ts';
import { exampleNotice, silentNotice } from '../../test/support/example-notice.ts';
import { plain } from '../plain-text.ts';
import type { Source } from './lawful-basis.tsx';
import { fillSheet } from './letter-sheet.ts';
import { Letters } from './letters.tsx';

const SOURCE: Source = {
  linkTo: (place) => `https://shop.example/notice#${place}`,
  stale: [],
  sureOf: () => null,
  byRules: false,
  readable: true,
};
const MAILED: PrivacyNotice = {
  ...exampleNotice,
  dpo: null,
  controller: {
    ...exampleNotice.controller,
    contacts: [
      { role: 'controller', kind: 'email', value: 'privacy@bicycles.example' },
      { role: 'controller', kind: 'post', value: '1 High Street, Skipton' },
    ],
  },
};

const show = (notice: PrivacyNotice, here: number[] = [], source: Source = SOURCE) =>
  render(<Letters notice={plain(notice)} source={source} id="rights" here={here} />);
const offered = (root: ParentNode): string => root.querySelector<HTMLElement>('[data-letters]')?.dataset['letters'] ?? '';
const open = (name: string): HTMLElement => {
  fireEvent.click(screen.getByRole('button', { name: `Write: ${name}` }));
  return screen.getByRole('group', { name: `Letter: ${name}` });
};
const field = (editor: HTMLElement, name: string) => within(editor).getByRole<HTMLInputElement>('textbox', { name });
const mailOf = (editor: HTMLElement): string =>
  within(editor).getByRole('link', { name: 'Write mail' }).getAttribute('href') ?? '';
const bodyOf = (href: string): string => decodeURIComponent(/&body=(.*)$/s.exec(href)?.[1] ?? '');

/** A clipboard that keeps what it was given, or refuses. */
function clipboard(refuses = false): string[] {
  const copied: string[] = [];
  const writeText = (text: string): Promise<void> => {
    if (refuses) return Promise.reject(new Error('no'));
    copied.push(text);
    return Promise.resolve();
  };
  vi.stubGlobal('navigator', { clipboard: { writeText } });
  return copied;
}

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('your rights', () => {
  it('R85 offers for what applies on this page only what its bases give, with the sentence and the way to it', () => {
    const { container } = show(MAILED, [1]);
    expect(screen.getByRole('region', { name: 'Your rights under Privacy at Example Bicycles' })).toBeTruthy();
    expect(offered(container)).toBe(
      'access erasure direct_marketing_objection withdrawal portability complaint_controller complaint_authority',
    );
    const withdrawal = container.querySelector('[data-letter="withdrawal"]');
    expect(withdrawal?.textContent).toContain('It follows from consent (Art. 6(1)(a)). Art. 7(3) UK GDPR');
    expect(withdrawal?.querySelector('blockquote p')?.textContent).toBe('We send the newsletter only with your consent.');
    expect(withdrawal?.querySelector('blockquote a')?.getAttribute('href')).toBe(
      'https://shop.example/notice#activities/1/lawfulBases/0',
    );
    expect(withdrawal?.textContent).toContain('The document does not tell of this right itself');
    const access = container.querySelector('[data-letter="access"]');
    expect(access?.querySelector('blockquote p')?.textContent).toBe('You may ask for a copy of your data.');
    expect(access?.textContent).toContain('How, as it says: By letter.');
  });

  it('says why the others are not offered', () => {
    const { container } = show(MAILED, [1]);
    expect(screen.getByText(/Not offered, and why/)).toBeTruthy();
    expect(container.querySelector('[data-not-offered="objection"]')?.textContent).toMatch(
      /^Object to a use of my data.*It rests on consent/,
    );
  });

  it('changes with the use and with the law that the person chooses', () => {
    const { container } = show(MAILED, [1]);
    fireEvent.change(screen.getByRole('combobox', { name: 'About' }), { target: { value: '0' } });
    expect(offered(container)).toBe('access erasure objection portability complaint_controller complaint_authority');
    fireEvent.change(screen.getByRole('combobox', { name: 'Whose law' }), { target: { value: 'eu' } });
    expect(offered(container)).toBe('access erasure objection portability complaint_authority');
    expect(container.querySelector('[data-letter="access"]')?.textContent).toContain('Art. 15 GDPR');
  });

  it('R77 tells not stated from not found', () => {
    const first = show(silentNotice, [2]);
    expect(first.container.querySelector('[data-not-offered="objection"]')?.textContent).toContain('states no lawful basis');
    cleanup();
    const second = show(silentNotice, [2], { ...SOURCE, readable: false });
    expect(second.container.querySelector('[data-not-offered="objection"]')?.textContent).toContain(
      'We did not find a lawful basis',
    );
  });

  it('R79 works on a notice in prose, with what it found and without what it did not', () => {
    const html = `<h1>Privacy notice</h1><h2>Newsletter</h2><p>We send you our newsletter on the basis of your consent.</p>
      <h2>Accounts</h2><p>We keep a list of the accounts that were opened with us.</p>
      <h2>Your rights</h2><p>You have the right to access your personal data.</p>`;
    const document = readHtml(html);
    const { notice } = asNotice(document, analyseDocument(document), 'Privacy notice');
    const { container } = show(notice);
    expect(offered(container)).toContain('access');
    expect(offered(container)).toContain('withdrawal');
    expect(offered(container)).not.toContain('complaint_controller');
    expect(container.querySelector('[data-letter="withdrawal"] blockquote p')?.textContent).toContain(
      'on the basis of your consent',
    );
    const editor = open('Complain to the supervisory authority');
    expect(editor.textContent).toContain('To: not stated (Supervisory authority)');
    expect(field(editor, 'Text').value).toContain('the controller (not stated in the privacy notice)');
  });
});

describe('the editor of a letter', () => {
  it('opens with the focus in it, filled but for the name, and gives the focus back', () => {
    show(MAILED, [1]);
    const editor = open('See what is held about me');
    expect(document.activeElement).toBe(field(editor, 'Subject'));
    expect(field(editor, 'Subject').value).toBe('Request for access to my personal data: Example Bicycles Ltd');
    expect(field(editor, 'Text').value).toContain(
      'I ask Example Bicycles Ltd for access to my personal data under Art. 15 UK GDPR.',
    );
    expect(field(editor, 'Your name').value).toBe('');
    expect(editor.textContent).toContain('To: Example Bicycles Ltd (Controller)');
    const opener = screen.getByRole('button', { name: 'Write: See what is held about me' });
    expect(opener.getAttribute('aria-expanded')).toBe('true');
    fireEvent.click(within(editor).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('textbox')).toBeNull();
    expect(document.activeElement).toBe(opener);
  });

  it('puts what was changed and the name into the mail', () => {
    show(MAILED, [1]);
    const editor = open('Stop direct marketing to me');
    fireEvent.input(field(editor, 'Subject'), { target: { value: 'Stop & stay stopped' } });
    fireEvent.input(field(editor, 'Text'), { target: { value: 'Please stop.\nNow.' } });
    fireEvent.input(field(editor, 'Your name'), { target: { value: 'Ada L.' } });
    expect(mailOf(editor)).toMatch(/^mailto:privacy@bicycles\.example\?subject=Stop%20%26%20stay%20stopped&body=/);
    expect(bodyOf(mailOf(editor))).toBe('Please stop.\r\nNow.\r\n\r\nAda L.\r\n');
  });

  it('copies a text that is too long for a mail link, and says so', async () => {
    const copied = clipboard();
    show(MAILED, [1]);
    const editor = open('Take back a consent');
    fireEvent.input(field(editor, 'Text'), { target: { value: 'é'.repeat(2000) } });
    expect(mailOf(editor)).not.toContain('body=');
    expect(editor.textContent).toContain('too long for a mail link');
    const mail = within(editor).getByRole('link', { name: 'Write mail' });
    mail.addEventListener('click', (event) => event.preventDefault());
    fireEvent.click(mail);
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Paste it into the mail'));
    expect(copied).toEqual([`${'é'.repeat(2000)}\n`]);
  });

  it('copies subject and text, or selects the text where the browser does not let it', async () => {
    const copied = clipboard();
    show(MAILED, [1]);
    const editor = open('Have my data erased');
    fireEvent.click(within(editor).getByRole('button', { name: 'Copy' }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toBe('Copied.'));
    expect(copied[0]).toMatch(/^Request to erase my personal data: Example Bicycles Ltd\n\nDear Example Bicycles Ltd,/);
    clipboard(true);
    fireEvent.click(within(editor).getByRole('button', { name: 'Copy' }));
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('copy it yourself'));
  });

  it('is in the language of the notice where letters are written in it, and in another one when asked', () => {
    show({ ...MAILED, language: 'de-AT' });
    const editor = open('Take back a consent');
    const subject = (): string => within(editor).getByLabelText<HTMLInputElement>('Subject').value;
    expect(subject()).toMatch(/^Widerruf meiner Einwilligung: Example Bicycles/);
    cleanup();
    show({ ...MAILED, language: 'fi' });
    open('Take back a consent');
    fireEvent.change(screen.getByLabelText('Language'), { target: { value: 'fr' } });
    expect(screen.getByLabelText<HTMLInputElement>('Subject').value).toMatch(
      /^Retrait de mon consentement : |^Retrait de mon consentement: /,
    );
    expect(screen.getByLabelText<HTMLTextAreaElement>('Text').value).toContain('art. 7, par. 3 ');
  });

  it('R85 an address that the site hides stays hidden, and the mail has no addressee', () => {
    show({ ...exampleNotice, dpo: null }, [1]);
    const editor = open('Take back a consent');
    expect(editor.textContent).toContain('Its email address is hidden by the site.');
    expect(mailOf(editor)).toMatch(/^mailto:\?subject=/);
  });

  it('R88 what a hostile notice says stays text in every field', () => {
    const evil = '<img src=x onerror=alert(1)>\r\nBcc: all@evil.example\u202E';
    const { container } = show(
      {
        ...MAILED,
        controller: {
          ...MAILED.controller,
          legalName: evil,
          contacts: [
            { role: 'controller', kind: 'email', value: 'a@b.example\r\nBcc: all@evil.example' },
            { role: 'controller', kind: 'url', value: 'javascript:alert(1)' },
          ],
        },
      },
      [1],
    );
    const editor = open('See what is held about me');
    expect(container.querySelector('img')).toBeNull();
    expect(
      [...container.querySelectorAll('a')].filter(({ href }) => !/^(?:https:\/\/shop\.example|mailto:\?subject=)/.test(href)),
    ).toEqual([]);
    expect(editor.textContent).toContain('What it gives as an email address is none.');
    expect(field(editor, 'Subject').value).toMatch(/<img src=x onerror=alert\(1\)> Bcc: all@evil\.example$/);
  });
});

describe('a letter on paper', () => {
  it('is printed from a document of text nodes with address, day, subject and text', () => {
    const paper = document.implementation.createHTMLDocument('');
    const print = vi.fn<() => void>();
    const opened = { document: paper, opener: window as unknown, print };
    vi.spyOn(window, 'open').mockReturnValue(opened as unknown as Window);
    show(MAILED, [1]);
    const editor = open('Have my data erased');
    fireEvent.input(field(editor, 'Text'), { target: { value: '<b>Erase</b>\nit' } });
    fireEvent.input(field(editor, 'Your name'), { target: { value: 'Ada' } });
    fireEvent.click(within(editor).getByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledOnce();
    expect(opened.opener).toBeNull();
    const lines = [...paper.body.children].map(({ textContent }) => textContent);
    expect(lines[0]).toBe('Example Bicycles Ltd\n1 High Street, Skipton');
    expect(lines[1]).toMatch(/^\d{1,2} \w+ \d{4}$/);
    expect(lines.slice(2)).toEqual(['Request to erase my personal data: Example Bicycles Ltd', '<b>Erase</b>\nit\n\nAda\n']);
    expect(paper.querySelector('b')).toBeNull();
  });

  it('says so where the browser opens no window', () => {
    vi.spyOn(window, 'open').mockReturnValue(null);
    show(MAILED, [1]);
    const editor = open('Have my data erased');
    fireEvent.click(within(editor).getByRole('button', { name: 'Print' }));
    expect(screen.getByRole('status').textContent).toContain('Copy it instead');
  });

  it('leaves out an address that nobody knows', () => {
    const paper = document.implementation.createHTMLDocument('');
    fillSheet(paper, { to: [], day: '1 May 2026', subject: 'S', text: 'T', language: 'en' });
    expect([...paper.body.children].map(({ textContent }) => textContent)).toEqual(['1 May 2026', 'S', 'T']);
    expect(paper.title).toBe('S');
  });
});
