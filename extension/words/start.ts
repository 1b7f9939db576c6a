// Which language the extension's own pages speak: the one that the person chose in the settings, else that of the browser.
import { browser } from '../browser.ts';
import { languageFor, markDocument, speak } from './say.ts';

const LANGUAGE = 'setting:language';

/** Null: as the browser. */
export async function chosenLanguage(): Promise<string | null> {
  const chosen = (await browser.storage.local.get(LANGUAGE))[LANGUAGE];
  return typeof chosen === 'string' && chosen !== '' ? chosen : null;
}

export const browserLanguage = (): string => languageFor(navigator.languages);

export async function chooseLanguage(language: string | null): Promise<void> {
  if (language === null) await browser.storage.local.remove(LANGUAGE);
  else await browser.storage.local.set({ [LANGUAGE]: language });
}

/** To be awaited before anything is drawn. A language that does not load is no reason to show nothing: then it is English. */
export async function startSpeaking(): Promise<void> {
  try {
    const chosen = await chosenLanguage();
    await speak(chosen === null ? browserLanguage() : languageFor([chosen]));
  } catch {
    await speak('en');
  }
  markDocument(document);
}
