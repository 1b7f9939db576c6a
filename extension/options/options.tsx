// What is stored on this device, the one setting, and the way to clear it.
import { useCallback, useEffect, useState } from 'preact/hooks';

import type { StoredView } from '../messages.ts';
import { plainText } from '../plain-text.ts';
import type { Client } from '../popup/client.ts';
import { Mark } from '../popup/icon.tsx';
import { momentWords } from '../popup/words.ts';
import type { RefuseClient } from '../refuse/client.ts';
import { RefuseSettings } from '../refuse/refuse-settings.tsx';

const Stored = ({ stored }: { stored: StoredView }) => (
  <>
    <h3>Notices that you opened</h3>
    {stored.notices.length === 0 ? (
      <p class="note">None.</p>
    ) : (
      <ul class="stored" data-stored="notices">
        {stored.notices.map(({ title, controller, href, readAt }) => (
          <li key={href}>
            <strong dir="auto">{plainText(title)}</strong> <span dir="auto">{plainText(controller)}</span>
            <span class="small muted">
              {plainText(href)}, read {momentWords(readAt)}
            </span>
          </li>
        ))}
      </ul>
    )}
    <h3>Keys of logs</h3>
    {stored.keys.length === 0 ? (
      <p class="note">None.</p>
    ) : (
      <ul class="stored" data-stored="keys">
        {stored.keys.map(({ log, origin, firstSeen, checkedAt }) => (
          <li key={`${origin} ${log}`}>
            <strong>{plainText(log)}</strong> on {plainText(origin)}
            <span class="small muted">
              first seen {momentWords(firstSeen)}, {checkedAt ? `compared ${momentWords(checkedAt)}` : 'not compared yet'}
            </span>
          </li>
        ))}
      </ul>
    )}
  </>
);

export const Options = ({ client, refuse }: { client: Pick<Client, 'ask'>; refuse?: RefuseClient }) => {
  const [stored, setStored] = useState<StoredView | null>(null);
  const [said, setSaid] = useState('');
  const load = useCallback(async () => setStored(await client.ask({ type: 'view_stored' })), [client]);
  useEffect(() => void load(), [load]);

  const clear = async (): Promise<void> => {
    await client.ask({ type: 'clear_stored' });
    await load();
    setSaid('Cleared. Receipts stay with the sites that gave them.');
  };
  const setAlways = async (always: boolean): Promise<void> => {
    await client.ask({ type: 'set_always', always });
    await load();
  };

  return (
    <>
      <header class="top">
        <Mark />
        <div class="top-words">
          <h1>What Candour keeps, and settings</h1>
        </div>
      </header>
      <main aria-busy={stored === null}>
        <section>
          <h2>Reading notices</h2>
          <label class="setting">
            <input
              type="checkbox"
              checked={stored?.always ?? false}
              disabled={stored === null}
              onChange={(event) => void setAlways(event.currentTarget.checked)}
            />
            <span>
              Always read the notice that a page declares or links
              <span class="small muted">
                So that the badge counts at once. The site then sees one more request on each visit, never in private windows.
                Off: a notice is fetched only when you open Candour.
              </span>
            </span>
          </label>
        </section>
        {refuse && <RefuseSettings client={refuse} />}
        <section>
          <h2>Stored on this device</h2>
          <p class="small">Nothing of it is sent or synchronised. Pages in private windows leave nothing here.</p>
          {stored ? <Stored stored={stored} /> : <div class="skeleton" />}
          <div class="actions">
            <button type="button" onClick={() => void clear()} disabled={stored === null}>
              Clear all of it
            </button>
          </div>
          <p class="small">With the keys, alarms and the memory of “first seen on” are cleared too.</p>
          <p aria-live="polite">{said}</p>
        </section>
      </main>
    </>
  );
};
