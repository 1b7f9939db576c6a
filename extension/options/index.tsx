// The options page's entry.
import { render } from 'preact';

import { client } from '../popup/client.ts';
import { refuseClient } from '../refuse/client.ts';
import { Options } from './options.tsx';

const root = document.querySelector('#app');
if (root) render(<Options client={client} refuse={refuseClient} />, root);
