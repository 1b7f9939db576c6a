// The side panel's entry: the same view, following the tab that the person looks at.
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { browser } from '../browser.ts';
import { App } from '../popup/app.tsx';
import { activeTab, client } from '../popup/client.ts';
import { refuseClient } from '../refuse/client.ts';
import { startSpeaking } from '../words/start.ts';

const SidePanel = ({ first }: { first: number }) => {
  const [tab, setTab] = useState(first);
  const [visit, setVisit] = useState(0);
  useEffect(() => {
    const follow = (): void => void activeTab().then(setTab);
    const loaded = (_id: number, changed: { status?: string }, { active }: { active: boolean }): void => {
      if (active && changed.status === 'complete') setVisit((n) => n + 1);
    };
    browser.tabs.onActivated.addListener(follow);
    browser.tabs.onUpdated.addListener(loaded);
    // The person may have changed the tab before anyone listened.
    follow();
    return () => {
      browser.tabs.onActivated.removeListener(follow);
      browser.tabs.onUpdated.removeListener(loaded);
    };
  }, []);
  return <App tab={tab} visit={visit} client={client} refuse={refuseClient} beside />;
};

const root = document.querySelector('#app');
await startSpeaking();
if (root) render(<SidePanel first={await activeTab()} />, root);
