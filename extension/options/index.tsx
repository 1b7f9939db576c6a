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
  const choose = (language: string | null): void => void chooseLanguage(language).then(draw);
  const all = ['en', ...Object.keys(LOCALES)].toSorted();
  const language = { chosen: await chosenLanguage(), browser: browserLanguage(), all, choose };
  if (root) render(<Options key={language.chosen ?? ''} client={client} refuse={refuseClient} language={language} />, root);
}

await draw();
