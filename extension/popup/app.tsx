// The extension's view: the page in view, and everything that this person ever chose. Popup and side panel show the same.
import { useState } from 'preact/hooks';

import { Mine } from '../mine/mine.tsx';
import type { RefuseClient } from '../refuse/client.ts';
import { RefuseHere } from '../refuse/refuse-here.tsx';
import type { Client } from './client.ts';
import { Icon, Mark } from './icon.tsx';
import { Tabs, type View } from './tabs.tsx';
import { ThisPage } from './this-page.tsx';
import { say } from '../words/say.ts';

interface Props {
  tab: number;
  client: Client;
  refuse?: RefuseClient;
  /** The side panel is beside the page already. */
  beside?: boolean;
  /** Rises with each page that loads in the tab: the view of the page begins anew, the other one stays. */
  visit?: number;
}

const Top = ({ host, tab, client, beside }: Omit<Props, 'refuse'> & { host: string }) => (
  <header class="top">
    <Mark />
    <div class="top-words">
      <h1>
        {host ? (
          <>
            <span aria-hidden="true">Candour</span>
            <span class="unseen">{say('top.on', { host })}</span>
          </>
        ) : (
          'Candour'
        )}
      </h1>
      {host && (
        <p class="host" aria-hidden="true">
          {host}
        </p>
      )}
    </div>
    {!beside && (
      <button type="button" class="quiet" title={say('top.beside')} onClick={() => void client.openBeside(tab)}>
        <Icon name="panel" />
        <span class="unseen">{say('top.beside')}</span>
      </button>
    )}
    <button type="button" class="quiet" title={say('top.settings')} onClick={() => void client.openOptions()}>
      <Icon name="gear" />
      <span class="unseen">{say('top.settings')}</span>
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
      {view === 'page' ? (
        <ThisPage key={`${props.tab} ${props.visit ?? 0}`} tab={props.tab} client={props.client} tellHost={setHost}>
          {props.refuse && <RefuseHere tab={props.tab} client={props.refuse} />}
        </ThisPage>
      ) : (
        <Mine tab={props.tab} client={props.client} />
      )}
    </>
  );
};
