// The options page's entry.
import { render } from 'preact';

import { client } from '../popup/client.ts';
import { refuseClient } from '../refuse/client.ts';
import { Options } from './options.tsx';
import { startSpeaking } from '../words/start.ts';

const root = document.querySelector('#app');
await startSpeaking();
if (root) render(<Options client={client} refuse={refuseClient} />, root);
