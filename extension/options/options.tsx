// What is stored on this device, the settings, and the ways to clear it and to take it along.
import { useCallback, useEffect, useState } from 'preact/hooks';

import type { StoredView } from '../messages.ts';
import { plainText } from '../plain-text.ts';
import type { Client } from '../popup/client.ts';
import { Mark } from '../popup/icon.tsx';
import { Clear } from './clear.tsx';
import { Language, type LanguageProps } from './language.tsx';
import { Moving } from './moving.tsx';
import { momentWords } from '../popup/words.ts';
import type { RefuseClient } from '../refuse/client.ts';
import { RefuseSettings } from '../refuse/refuse-settings.tsx';
import { say } from '../words/say.ts';

type StoredNotice = StoredView['notices'][number];

/** By address, as they come: the newest text of each first. */
const byAddress = (notices: readonly StoredNotice[]): StoredNotice[][] => [
  ...Map.groupBy(notices, ({ href }) => href.replace(/#.*$/, '')).values(),
];

/** One notice; where it changed since, its earlier texts that are still kept, each by the day on which it was read. */
const StoredNotices = ({ texts: [now, ...earlier] }: { texts: StoredNotice[] }) =>
  now && (
    <li>
      <strong dir="auto">{plainText(now.title)}</strong> <span dir="auto">{plainText(now.controller)}</span>
      <span class="small muted">{say('options.readOn', { address: plainText(now.href), when: momentWords(now.readAt) })}</span>
      {now.imported && <span class="small caution">{say('imported')}</span>}
      {earlier.map(({ readAt, imported }) => (
        <span key={readAt} class="small muted" data-earlier>
          {say('changed.when', { before: momentWords(readAt) })}
          {imported && ` ${say('imported')}`}
        </span>
      ))}
    </li>
  );

const Stored = ({ stored }: { stored: StoredView }) => (
  <>
    <h3>{say('options.choices')}</h3>
    <p class="note">{stored.sites === 0 ? say('options.nothing') : say('options.choicesCount', { n: stored.sites })}</p>
    <h3>{say('options.notices')}</h3>
    {stored.notices.length === 0 ? (
      <p class="note">{say('options.nothing')}</p>
    ) : (
      <ul class="stored" data-stored="notices">
        {byAddress(stored.notices).map((texts) => (
          <StoredNotices key={texts[0]?.href} texts={texts} />
        ))}
      </ul>
    )}
    <h3>{say('options.keys')}</h3>
    {stored.keys.length === 0 ? (
      <p class="note">{say('options.nothing')}</p>
    ) : (
      <ul class="stored" data-stored="keys">
        {stored.keys.map(({ log, origin, firstSeen, checkedAt, imported }) => (
          <li key={`${origin} ${log}`}>
            <strong>{say('options.keyOn', { log: plainText(log), site: plainText(origin) })}</strong>
            <span class="small muted">
              {imported
                ? say('imported')
                : checkedAt
                  ? say('options.keySeen', { when: momentWords(firstSeen), compared: momentWords(checkedAt) })
                  : say('options.keyNotCompared', { when: momentWords(firstSeen) })}
            </span>
          </li>
        ))}
      </ul>
    )}
  </>
);

interface OptionsProps {
  client: Pick<Client, 'ask'>;
  refuse?: RefuseClient;
  language?: LanguageProps;
}

export const Options = ({ client, refuse, language }: OptionsProps) => {
  const [stored, setStored] = useState<StoredView | null>(null);
  const [said, setSaid] = useState('');
  const load = useCallback(async () => setStored(await client.ask({ type: 'view_stored' })), [client]);
  useEffect(() => void load(), [load]);

  const clear = async (): Promise<void> => {
    await client.ask({ type: 'clear_stored' });
    await load();
    setSaid(say('options.cleared'));
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
          <h1>{say('options')}</h1>
        </div>
      </header>
      <main aria-busy={stored === null}>
        <section>
          <h2>{say('options.reading')}</h2>
          <label class="setting">
            <input
              type="checkbox"
              checked={stored?.always ?? false}
              disabled={stored === null}
              onChange={(event) => void setAlways(event.currentTarget.checked)}
            />
            <span>
              {say('options.always')}
              <span class="small muted">{say('options.alwaysHow')}</span>
            </span>
          </label>
        </section>
        {refuse && <RefuseSettings client={refuse} />}
        <section>
          <h2>{say('options.stored')}</h2>
          <p class="small">{say('options.storedHow')}</p>
          {stored ? <Stored stored={stored} /> : <div class="skeleton" />}
          <Clear stored={stored} clear={clear} />
          <p aria-live="polite">{said}</p>
        </section>
        <Moving client={client} changed={load} />
        {language && <Language {...language} />}
      </main>
    </>
  );
};
