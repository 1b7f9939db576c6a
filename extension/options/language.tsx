// In which language the extension's own pages speak.
import { say } from '../words/say.ts';

export interface LanguageProps {
  /** Null: as the browser. */
  chosen: string | null;
  /** What the browser's languages come to. */
  browser: string;
  all: readonly string[];
  /** Keeps it and draws the page anew. */
  choose: (language: string | null) => void;
}

/** Chromium comes without the words of these languages and would call each by its English name. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  cy: 'Cymraeg',
  ga: 'Gaeilge',
  gd: 'Gàidhlig',
  is: 'íslenska',
  mt: 'Malti',
};

/** "de" as "Deutsch". */
const nameOf = (language: string): string =>
  OWN_NAMES[language] ?? new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

export const Language = ({ chosen, browser, all, choose }: LanguageProps) => (
  <section aria-labelledby="language">
    <h2 id="language">{say('options.language')}</h2>
    <select
      class="language"
      aria-labelledby="language"
      value={chosen ?? ''}
      onChange={(event) => choose(event.currentTarget.value || null)}
    >
      <option value="">{say('options.browserLanguage', { language: nameOf(browser) })}</option>
      {all.map((language) => (
        <option key={language} value={language} lang={language}>
          {nameOf(language)}
        </option>
      ))}
    </select>
  </section>
);
