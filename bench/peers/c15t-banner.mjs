// c15t's React banner as its quickstart mounts it; what differs by mode stands in the page. Plain JavaScript, as its types are not part
// of the project. Bundled by c15t.ts.
import { ConsentBanner, ConsentDialog, ConsentManagerProvider } from '@c15t/react';
import '@c15t/react/styles.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';

const { options } = JSON.parse(document.getElementById('c15t').textContent);
createRoot(document.getElementById('root')).render(
  createElement(ConsentManagerProvider, { options }, createElement(ConsentBanner), createElement(ConsentDialog)),
);
