// "Your rights": the letters that this notice gives reason for, each with the sentence that says so, and a small editor for each.
// What is written in it is kept nowhere and sent by nobody but the person.
import { useEffect, useRef, useState } from 'preact/hooks';

import type { PrivacyNotice } from '../../shared/notice/schema.ts';
import { draftOf, oneLine, signed } from '../../shared/rights/letter-text.ts';
import {
  lawOf,
  LETTER_LAWS,
  letterLabel,
  lettersFor,
  type Addressee,
  type Letter,
  type LetterKind,
  type LetterLaw,
} from '../../shared/rights/letters.ts';
import { mailtoOf } from '../../shared/rights/mailto.ts';
import { safeHref } from '../plain-text.ts';
import { Outside } from './icon.tsx';
import { Quote, type Source } from './lawful-basis.tsx';
import { printSheet } from './letter-sheet.ts';
import { quotedAt } from './notice-link.ts';

const LAW_WORDS: Record<LetterLaw, string> = {
  uk: 'United Kingdom',
  eu: 'European Union or EEA',
  unknown: 'Not known',
};

const WHO_WORDS: Record<Addressee['who'], string> = {
  dpo: 'Data protection officer',
  controller: 'Controller',
  authority: 'Supervisory authority',
};

const NO_EMAIL_WORDS: Record<NonNullable<Addressee['noEmail']>, string> = {
  hidden: 'Its email address is hidden by the site.',
  unusable: 'What it gives as an email address is none.',
  not_stated: 'Its email address is not stated.',
};

/** As many sentences are shown as are read. */
const MOST_QUOTES = 3;

interface Props {
  notice: PrivacyNotice;
  source: Source;
  /** Unique in the document. */
  id: string;
  /** Activities that apply on the page in view, by their index. */
  here: readonly number[];
}

const To = ({ to, readable }: { to: Addressee; readable: boolean }) => {
  const href = to.web === null ? null : safeHref(to.web.startsWith('www.') ? `https://${to.web}` : to.web);
  return (
    <div class="letter-to small" dir="auto">
      <p>
        To: <strong>{to.name === null ? (readable ? 'not stated' : 'not found') : oneLine(to.name, 120)}</strong> (
        {WHO_WORDS[to.who].toLowerCase()})
      </p>
      {to.email && <p>{to.email}</p>}
      {to.noEmail && <p class="muted">{readable ? NO_EMAIL_WORDS[to.noEmail] : 'We did not find its email address.'}</p>}
      {to.post && <p>{oneLine(to.post, 300)}</p>}
      {to.phone && <p>{oneLine(to.phone, 60)}</p>}
      {href && <Outside href={href}>Its own page for this</Outside>}
    </div>
  );
};

interface EditorProps {
  letter: Letter;
  draft: { subject: string; text: string };
  readable: boolean;
  id: string;
  close: () => void;
}

const today = (): string => new Intl.DateTimeFormat('en-GB', { dateStyle: 'long' }).format(new Date());

const Editor = ({ letter, draft, readable, id, close }: EditorProps) => {
  const [subject, setSubject] = useState(draft.subject);
  const [text, setText] = useState(draft.text);
  const [name, setName] = useState('');
  const [said, setSaid] = useState('');
  const first = useRef<HTMLInputElement>(null);
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => first.current?.focus(), []);

  const { to } = letter;
  const whole = signed(text, name);
  const mail = mailtoOf({ to: to.email, subject, text: whole });
  const copy = async (words: string, done: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(words);
      setSaid(done);
    } catch {
      area.current?.select();
      setSaid('The browser did not let it be copied. The text is selected: copy it yourself.');
    }
  };
  const print = (): void => {
    const name = to.name === null ? [] : [oneLine(to.name, 120)];
    const address = to.post === null ? [] : [oneLine(to.post, 300)];
    const who = to.who === 'dpo' ? [WHO_WORDS.dpo] : [];
    const opened = printSheet({ to: [...who, ...name, ...address], day: today(), subject, text: whole });
    setSaid(opened ? 'It stands in a tab of its own. Print it there.' : 'The browser opened no tab for it. Copy it instead.');
  };
  return (
    <div class="letter-editor" role="group" aria-label={`Letter: ${letterLabel(letter.kind)}`}>
      <To to={to} readable={readable} />
      <label for={`${id}-subject`}>Subject</label>
      <input
        id={`${id}-subject`}
        ref={first}
        dir="auto"
        maxLength={200}
        value={subject}
        onInput={(event) => setSubject(event.currentTarget.value)}
      />
      <label for={`${id}-text`}>Text</label>
      <textarea
        id={`${id}-text`}
        ref={area}
        dir="auto"
        rows={12}
        maxLength={20_000}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <label for={`${id}-name`}>Your name</label>
      <input
        id={`${id}-name`}
        autocomplete="name"
        maxLength={120}
        aria-describedby={`${id}-hint`}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} class="small muted">
        Goes under the letter and nowhere else. Say in the text how they know you, such as the address that you gave them. What
        stands in [ ] only you can say. Candour neither stores nor sends any of this: it is gone when this view closes.
      </p>
      {!mail.whole && (
        <p class="small">The text is too long for a mail link: “Write mail” copies it, so that you can paste it into the mail.</p>
      )}
      <div class="actions">
        <a
          class="button"
          href={mail.href}
          target="_blank"
          rel="noopener noreferrer"
          onClick={() => {
            if (!mail.whole) void copy(whole, 'The text is copied. Paste it into the mail.');
          }}
        >
          Write mail
        </a>
        <button type="button" onClick={() => void copy(`${subject}\n\n${whole}`, 'Copied.')}>
          Copy
        </button>
        <button type="button" onClick={print}>
          Print
        </button>
        <button type="button" class="plain-button" onClick={close}>
          Close
        </button>
      </div>
      <p class="small" role="status">
        {said}
      </p>
    </div>
  );
};

/** The notice's own words on the right; else the sentences from which it follows; else that there are none. */
const Evidence = ({ notice, letter, source }: { notice: PrivacyNotice; letter: Letter; source: Source }) => {
  const places = [letter.told, ...letter.grounds.map(({ place }) => place)].filter((place) => place !== null);
  const unique = [...new Set(places)];
  const route = letter.told?.startsWith('rights/') ? notice.rights[Number(letter.told.slice(7))]?.route : undefined;
  return (
    <>
      {unique.length > 0 && (
        <details>
          <summary>
            {unique.length === 1 ? 'The sentence that says so' : 'The sentences that say so'}
            <span class="unseen">: {letterLabel(letter.kind)}</span>
          </summary>
          {unique.slice(0, MOST_QUOTES).map((place) => (
            <Quote key={place} text={quotedAt(notice, place)} place={place} source={source} />
          ))}
          {unique.length > MOST_QUOTES && <p class="small">And {unique.length - MOST_QUOTES} more in the activities above.</p>}
        </details>
      )}
      {letter.told === null && (
        <p class="small muted">
          {source.readable
            ? `The document does not tell of this right itself; it stands in ${letter.source}.`
            : `We did not find that the document tells of this right; it stands in ${letter.source}.`}
        </p>
      )}
      {route && (
        <p class="small" dir="auto">
          How, as it says: {route}
        </p>
      )}
    </>
  );
};

const usesOf = (notice: PrivacyNotice, here: readonly number[], about: string): number[] => {
  if (about === 'here') return [...here];
  return about === 'all' ? notice.activities.map((_activity, index) => index) : [Number(about)];
};

export const Letters = ({ notice, source, id, here }: Props) => {
  const [chosen, setChosen] = useState<string | null>(null);
  const [law, setLaw] = useState<LetterLaw>(() => lawOf(notice));
  const [open, setOpen] = useState<LetterKind | null>(null);
  const wanted = chosen ?? (here.length > 0 ? 'here' : 'all');
  const about = wanted === 'here' && here.length === 0 ? 'all' : wanted;
  const uses = usesOf(notice, here, about);
  const searched = source.readable ? 'whole' : 'not_read';
  const letters = lettersFor(notice, uses, law, searched);
  const offered = letters.filter((letter) => letter.offered);
  const others = letters.filter((letter) => !letter.offered);
  const opener = (kind: LetterKind): string => `${id}-${kind}`;
  const close = (kind: LetterKind): void => {
    setOpen(null);
    document.querySelector<HTMLElement>(`#${opener(kind)}`)?.focus();
  };
  return (
    <section class="letters" aria-labelledby={id} data-letters={offered.map(({ kind }) => kind).join(' ')}>
      <h3 id={id}>
        Your rights <span class="unseen">under {oneLine(notice.title, 120)}</span>
      </h3>
      <p class="small">Letters that this text gives reason for. They are written on this device; you send them yourself.</p>
      <div class="letter-choices">
        <label for={`${id}-about`}>About</label>
        <select id={`${id}-about`} value={about} onChange={(event) => setChosen(event.currentTarget.value)}>
          {here.length > 0 && <option value="here">What applies on this page ({here.length})</option>}
          <option value="all">Everything in this document ({notice.activities.length})</option>
          {notice.activities.map(({ id: activity, title }, index) => (
            <option key={activity} value={String(index)}>
              {oneLine(title, 80)}
            </option>
          ))}
        </select>
        <label for={`${id}-law`}>Whose law</label>
        <select
          id={`${id}-law`}
          value={law}
          onChange={(event) => setLaw(LETTER_LAWS.find((each) => each === event.currentTarget.value) ?? 'unknown')}
        >
          {LETTER_LAWS.map((each) => (
            <option key={each} value={each}>
              {LAW_WORDS[each]}
              {each === lawOf(notice) && (each === 'unknown' ? ', by this text' : ', to which this text points')}
            </option>
          ))}
        </select>
      </div>
      {!notice.language.startsWith('en') && <p class="small">The letters are in English; this text is not.</p>}
      <ul class="plain">
        {offered.map((letter) => (
          <li key={letter.kind} class="letter" data-letter={letter.kind}>
            <div class="letter-head">
              <div>
                <h4>{letterLabel(letter.kind)}</h4>
                <p class="small">
                  {letter.reason} <span class="muted">{letter.source}</span>
                </p>
              </div>
              <button
                type="button"
                class="small-button"
                id={opener(letter.kind)}
                aria-label={`Write: ${letterLabel(letter.kind)}`}
                aria-expanded={open === letter.kind}
                onClick={() => setOpen(open === letter.kind ? null : letter.kind)}
              >
                Write
              </button>
            </div>
            <Evidence notice={notice} letter={letter} source={source} />
            {open === letter.kind && (
              <Editor
                key={`${about} ${law}`}
                letter={letter}
                draft={draftOf(notice, letter, uses, searched)}
                readable={source.readable}
                id={`${opener(letter.kind)}-editor`}
                close={() => close(letter.kind)}
              />
            )}
          </li>
        ))}
      </ul>
      {others.length > 0 && (
        <details class="group">
          <summary>
            Not offered, and why <span class="count">{others.length}</span>
          </summary>
          <ul class="plain">
            {others.map((letter) => (
              <li key={letter.kind} data-not-offered={letter.kind}>
                <h4>{letterLabel(letter.kind)}</h4>
                <p class="small">{letter.reason}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};
