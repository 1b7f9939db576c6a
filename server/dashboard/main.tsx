// Where the dashboard starts in a browser.
import { render } from 'preact';

import { Dashboard } from './dashboard.tsx';
import { takeToken } from './route.ts';
import '../../shared/theme.css';
import './base.css';
import './frame.css';
import './components.css';
import './tables.css';
import './forms.css';

const root = document.getElementById('dashboard');
if (root) render(<Dashboard token={takeToken()} />, root);
