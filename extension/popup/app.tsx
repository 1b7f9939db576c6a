// The extension's view: the page in view, and everything that this person ever chose. Popup and side panel show the same.
import { useState } from 'preact/hooks';

import { Mine } from '../mine/mine.tsx';
import type { RefuseClient } from '../refuse/client.ts';
import { RefuseHere } from '../refuse/refuse-here.tsx';
import type { Client } from './client.ts';
import { Icon, Mark } from './icon.tsx';
import { Tabs, type View } from './tabs.tsx';
import { ThisPage } from './this-page.tsx';

interface Props {
  tab: number;
  client: Client;
  refuse?: RefuseClient;
  /** The side panel is beside the page already. */
  beside?: boolean;
}

const Top = ({ host, tab, client, beside }: Omit<Props, 'refuse'> & { host: string }) => (
  <header class="top">
    <Mark />
    <div class="top-words">
      <h1>
        Candour<span class="unseen">{host ? ` on ${host}` : ''}</span>
      </h1>
      {host && (
        <p class="host" aria-hidden="true">
          {host}
        </p>
      )}
    </div>
    {!beside && (
      <button type="button" class="quiet" title="Open beside the page" onClick={() => void client.openBeside(tab)}>
        <Icon name="panel" />
        <span class="unseen">Open beside the page</span>
      </button>
    )}
    <button type="button" class="quiet" title="What is stored, and settings" onClick={() => void client.openOptions()}>
      <Icon name="gear" />
      <span class="unseen">What is stored, and settings</span>
    </button>
  </header>
);

export const App = (props: Props) => {
  const [host, setHost] = useState('');
  const [view, setView] = useState<View>('page');
  return (
    <>
      <Top {...props} host={host} />
      <Tabs view={view} choose={setView} />
      <div role="tabpanel" id={`panel-${view}`} aria-labelledby={`tab-${view}`}>
        {view === 'page' ? (
          <ThisPage tab={props.tab} client={props.client} tellHost={setHost}>
            {props.refuse && <RefuseHere tab={props.tab} client={props.refuse} />}
          </ThisPage>
        ) : (
          <Mine tab={props.tab} client={props.client} />
        )}
      </div>
    </>
  );
};
