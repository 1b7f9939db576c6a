// The options page's entry.
import { render } from 'preact';

import { client } from '../popup/client.ts';
import { refuseClient } from '../refuse/client.ts';
import { LOCALES } from '../words/locales.ts';
import { browserLanguage, chooseLanguage, chosenLanguage, startSpeaking } from '../words/start.ts';
import { Options } from './options.tsx';

const root = document.querySelector('#app');

async function draw(): Promise<void> {
  await startSpeaking();
  const choose = async (language: string | null): Promise<void> => {
    await chooseLanguage(language);
    await draw();
    // Drawn anew, it would have lost the focus of whoever goes through the list by keys.
    document.querySelector<HTMLSelectElement>('select.language')?.focus();
  };
  const all = ['en', ...Object.keys(LOCALES)].toSorted();
  const language = {
    chosen: await chosenLanguage(),
    browser: browserLanguage(),
    all,
    choose: (chosen: string | null) => void choose(chosen),
  };
  if (root) render(<Options key={language.chosen ?? ''} client={client} refuse={refuseClient} language={language} />, root);
}

await draw();
