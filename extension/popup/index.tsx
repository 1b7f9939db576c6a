// The popup's entry. With ?tab=<id> it shows that tab, so that it can stand in a tab of its own.
import { render } from 'preact';

import { refuseClient } from '../refuse/client.ts';
import { App } from './app.tsx';
import { activeTab, client } from './client.ts';
import { startSpeaking } from '../words/start.ts';

const named = Number(new URLSearchParams(location.search).get('tab') ?? Number.NaN);
// In a tab of its own it takes the width that there is; a popup takes the width that it says.
if (Number.isInteger(named)) document.documentElement.classList.add('in-tab');
const root = document.querySelector('#app');
await startSpeaking();
if (root) render(<App tab={Number.isInteger(named) ? named : await activeTab()} client={client} refuse={refuseClient} />, root);
