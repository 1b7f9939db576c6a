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

/** "de" as "Deutsch". */
const nameOf = (language: string): string => new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;

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
