// Where the dashboard starts in a browser.
import { render } from 'preact';

import { Dashboard } from './dashboard.tsx';
import { takeToken } from './route.ts';
import 'uplot/dist/uPlot.min.css';
import './theme.css';
import './dashboard.css';

const root = document.getElementById('dashboard');
if (root) render(<Dashboard token={takeToken()} />, root);
