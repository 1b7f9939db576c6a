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
  sourceOf,
  type Addressee,
  type Letter,
  type LetterKind,
  type LetterLaw,
} from '../../shared/rights/letters.ts';
import {
  letterLanguageOf,
  LETTER_LANGUAGES,
  LETTER_WORDS,
  type LetterLanguage,
  type LetterWords,
} from '../../shared/rights/letter-words.ts';
import { mailtoOf } from '../../shared/rights/mailto.ts';
import { safeHref } from '../plain-text.ts';
import { Outside } from './icon.tsx';
import { Quote, type Source } from './lawful-basis.tsx';
import { printSheet } from './letter-sheet.ts';
import { quotedAt } from './notice-link.ts';
import type { Word } from '../words/en.ts';
import { say, spokenLanguage } from '../words/say.ts';

const NO_EMAIL: Record<NonNullable<Addressee['noEmail']>, Word> = {
  hidden: 'letter.emailHidden',
  unusable: 'letter.emailUnusable',
  not_stated: 'letter.emailNotStated',
};

/** What stands around the letters is in the language of the interface, where letters are written in it. */
const words = (): LetterWords => LETTER_WORDS[letterLanguageOf(spokenLanguage())];

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
        {say('letter.to', {
          name: to.name === null ? say(readable ? 'letter.notStated' : 'letter.notFound') : oneLine(to.name, 120),
          who: say(`role.${to.who}`),
        })}
      </p>
      {to.email && <p>{to.email}</p>}
      {to.noEmail && <p class="muted">{say(readable ? NO_EMAIL[to.noEmail] : 'letter.emailNotFound')}</p>}
      {to.post && <p>{oneLine(to.post, 300)}</p>}
      {to.phone && <p>{oneLine(to.phone, 60)}</p>}
      {href && <Outside href={href}>{say('letter.page')}</Outside>}
    </div>
  );
};

interface EditorProps {
  letter: Letter;
  draft: { subject: string; text: string };
  readable: boolean;
  id: string;
  language: LetterLanguage;
  close: () => void;
}

const today = (language: LetterLanguage): string =>
  new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : language, { dateStyle: 'long' }).format(new Date());

const Editor = ({ letter, draft, readable, id, language, close }: EditorProps) => {
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
      setSaid(say('letter.notCopied'));
    }
  };
  const print = (): void => {
    const name = to.name === null ? [] : [oneLine(to.name, 120)];
    const address = to.post === null ? [] : [oneLine(to.post, 300)];
    const who = to.who === 'dpo' ? [LETTER_WORDS[language].dpo] : [];
    const opened = printSheet({ to: [...who, ...name, ...address], day: today(language), subject, text: whole, language });
    setSaid(say(opened ? 'letter.printed' : 'letter.notPrinted'));
  };
  return (
    <div class="letter-editor" role="group" aria-label={say('letters.letter', { letter: letterLabel(letter.kind, words()) })}>
      <To to={to} readable={readable} />
      <label for={`${id}-subject`}>{say('letter.subject')}</label>
      <input
        id={`${id}-subject`}
        ref={first}
        dir="auto"
        maxLength={200}
        value={subject}
        onInput={(event) => setSubject(event.currentTarget.value)}
      />
      <label for={`${id}-text`}>{say('letter.text')}</label>
      <textarea
        id={`${id}-text`}
        ref={area}
        dir="auto"
        rows={12}
        maxLength={20_000}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <label for={`${id}-name`}>{say('letter.name')}</label>
      <input
        id={`${id}-name`}
        autocomplete="name"
        maxLength={120}
        aria-describedby={`${id}-hint`}
        value={name}
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <p id={`${id}-hint`} class="small muted">
        {say('letter.hint')}
      </p>
      {!mail.whole && <p class="small">{say('letter.long')}</p>}
      <div class="actions">
        <a
          class="button"
          href={mail.href}
          target="_blank"
          rel="noopener noreferrer"
          onClick={() => {
            if (!mail.whole) void copy(whole, say('letter.copiedLong'));
          }}
        >
          {say('letter.mail')}
        </a>
        <button type="button" onClick={() => void copy(`${subject}\n\n${whole}`, say('letter.copied'))}>
          {say('letter.copy')}
        </button>
        <button type="button" onClick={print}>
          {say('letter.print')}
        </button>
        <button type="button" class="plain-button" onClick={close}>
          {say('letter.close')}
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
            {say('letters.sentence', { n: unique.length })}
            <span class="unseen">: {letterLabel(letter.kind, words())}</span>
          </summary>
          {unique.slice(0, MOST_QUOTES).map((place) => (
            <Quote key={place} text={quotedAt(notice, place)} place={place} source={source} />
          ))}
          {unique.length > MOST_QUOTES && <p class="small">{say('letters.more', { n: unique.length - MOST_QUOTES })}</p>}
        </details>
      )}
      {letter.told === null && (
        <p class="small muted">{say(source.readable ? 'letters.notTold' : 'letters.notFoundTold', { source: letter.source })}</p>
      )}
      {route && (
        <p class="small" dir="auto">
          {say('letters.route', { route })}
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
  const [language, setLanguage] = useState<LetterLanguage>(() => letterLanguageOf(notice.language));
  const wanted = chosen ?? (here.length > 0 ? 'here' : 'all');
  const about = wanted === 'here' && here.length === 0 ? 'all' : wanted;
  const uses = usesOf(notice, here, about);
  const searched = source.readable ? 'whole' : 'not_read';
  const letters = lettersFor(notice, uses, law, searched, words());
  /** The letter names the law in its own language. */
  const sourced = (letter: Letter): Letter => ({ ...letter, source: sourceOf(letter.kind, law, LETTER_WORDS[language]) });
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
        <span aria-hidden="true">{say('letters')}</span>
        <span class="unseen">{say('letters.under', { title: oneLine(notice.title, 120) })}</span>
      </h3>
      <p class="small">{say('letters.how')}</p>
      <div class="letter-choices">
        <label for={`${id}-about`}>{say('letters.about')}</label>
        <select id={`${id}-about`} value={about} onChange={(event) => setChosen(event.currentTarget.value)}>
          {here.length > 0 && <option value="here">{say('letters.here', { n: here.length })}</option>}
          <option value="all">{say('letters.all', { n: notice.activities.length })}</option>
          {notice.activities.map(({ id: activity, title }, index) => (
            <option key={activity} value={String(index)}>
              {oneLine(title, 80)}
            </option>
          ))}
        </select>
        <label for={`${id}-law`}>{say('letters.law')}</label>
        <select
          id={`${id}-law`}
          value={law}
          onChange={(event) => setLaw(LETTER_LAWS.find((each) => each === event.currentTarget.value) ?? 'unknown')}
        >
          {LETTER_LAWS.map((each) => (
            <option key={each} value={each}>
              {each === lawOf(notice)
                ? say(each === 'unknown' ? 'letters.unpointed' : 'letters.pointed', { law: say(`law.${each}`) })
                : say(`law.${each}`)}
            </option>
          ))}
        </select>
        <label for={`${id}-language`}>{say('letters.language')}</label>
        <select
          id={`${id}-language`}
          value={language}
          onChange={(event) => setLanguage(letterLanguageOf(event.currentTarget.value))}
        >
          {LETTER_LANGUAGES.map((each) => (
            <option key={each} value={each} lang={each}>
              {LETTER_WORDS[each].itself}
            </option>
          ))}
        </select>
      </div>
      <ul class="plain">
        {offered.map((letter) => (
          <li key={letter.kind} class="letter" data-letter={letter.kind}>
            <div class="letter-head">
              <div>
                <h4>{letterLabel(letter.kind, words())}</h4>
                <p class="small">
                  {letter.reason} <span class="muted">{letter.source}</span>
                </p>
              </div>
              <button
                type="button"
                class="small-button"
                id={opener(letter.kind)}
                aria-label={say('letters.writeWhich', { letter: letterLabel(letter.kind, words()) })}
                aria-expanded={open === letter.kind}
                onClick={() => setOpen(open === letter.kind ? null : letter.kind)}
              >
                {say('letters.write')}
              </button>
            </div>
            <Evidence notice={notice} letter={letter} source={source} />
            {open === letter.kind && (
              <Editor
                key={`${about} ${law} ${language}`}
                language={language}
                letter={letter}
                draft={draftOf(notice, sourced(letter), uses, searched, language)}
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
            {say('letters.notOffered')} <span class="count">{others.length}</span>
          </summary>
          <ul class="plain">
            {others.map((letter) => (
              <li key={letter.kind} data-not-offered={letter.kind}>
                <h4>{letterLabel(letter.kind, words())}</h4>
                <p class="small">{letter.reason}</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};
