// "Mine": every site where a choice of this person is known to this device, to search, verify, withdraw and take along.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { webCryptoVerifier } from '../../shared/web-crypto.ts';
import type { MineView } from '../messages.ts';
import type { Client } from '../popup/client.ts';
import { Icon } from '../popup/icon.tsx';
import { exportFile, FORMATS, saveFile, type Format } from './export.ts';
import { found } from './search.ts';
import { Site } from './site.tsx';
import { stateWords } from './state-words.ts';
import { say } from '../words/say.ts';

interface Props {
  tab: number;
  client: Client;
}

const FORMAT_WORDS: Record<Format, string> = { json: 'JSON', csv: 'CSV', jsonld: 'JSON-LD' };

const Export = ({ client }: Pick<Props, 'client'>) => {
  const [said, setSaid] = useState('');
  const save = async (format: Format): Promise<void> => {
    try {
      const choices = await client.ask({ type: 'export_mine' });
      const { sha256 } = webCryptoVerifier(crypto.subtle);
      saveFile(await exportFile(format, choices, sha256));
      setSaid(say('mine.saved'));
    } catch {
      setSaid(say('mine.notSaved'));
    }
  };
  return (
    <section class="mine-export" aria-labelledby="mine-export">
      <h2 id="mine-export">{say('mine.export')}</h2>
      <div class="actions">
        {FORMATS.map((format) => (
          <button key={format} type="button" class="second small-button" onClick={() => void save(format)}>
            {FORMAT_WORDS[format]}
          </button>
        ))}
      </div>
      <p class="small" role="status">
        {said}
      </p>
    </section>
  );
};

const Nothing = () => (
  <section class="empty" data-state="nothing">
    <Icon name="check" />
    <h2 tabIndex={-1}>{say('mine.none')}</h2>
    <p>{say('mine.none.how')}</p>
  </section>
);

export const Mine = ({ tab, client }: Props) => {
  const [view, setView] = useState<MineView | null>(null);
  const [broken, setBroken] = useState(false);
  const [query, setQuery] = useState('');
  const load = useCallback(() => {
    client.ask({ type: 'view_mine' }).then(
      (got) => {
        setView(got);
        setBroken(false);
      },
      () => setBroken(true),
    );
  }, [client]);
  useEffect(load, [load]);
  useEffect(() => client.watchMine(load), [client, load]);

  const main = useRef<HTMLElement>(null);
  /** The place of a site that was forgotten: what stands there next takes the focus, which would be lost with the button. */
  const gone = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (gone.current === null || !main.current) return;
    const rows = main.current.querySelectorAll<HTMLElement>('.mine-site > details > summary');
    const next = rows[Math.min(gone.current, rows.length - 1)] ?? main.current.querySelector<HTMLElement>('[type="search"], h2');
    gone.current = null;
    next?.focus();
  }, [view]);

  const sites = view ? found(view.sites, query, stateWords) : [];
  return (
    <main class="mine" ref={main} aria-busy={view === null && !broken}>
      {broken && (
        <section class="empty" data-state="broken">
          <Icon name="alert" />
          <h2>{say('broken')}</h2>
          <p>{say('broken.how')}</p>
          <button type="button" onClick={load}>
            <Icon name="refresh" /> {say('tryAgain')}
          </button>
        </section>
      )}
      {!view && !broken && <div class="skeleton tall" />}
      {view?.sites.length === 0 && <Nothing />}
      {view && view.sites.length > 0 && (
        <>
          <label class="search">
            <span class="unseen">{say('mine.search')}</span>
            <input
              type="search"
              placeholder={say('mine.searchHint')}
              value={query}
              onInput={(event) => setQuery(event.currentTarget.value)}
            />
          </label>
          <p class="small muted" role="status">
            {sites.length === view.sites.length
              ? say('mine.sites', { n: sites.length })
              : sites.length === 0
                ? say('mine.noMatch', { query })
                : say('mine.found', { found: sites.length, n: view.sites.length })}
          </p>
          <ul class="plain mine-list">
            {sites.map((site, i) => (
              <Site
                key={site.origin}
                site={site}
                tab={tab}
                client={client}
                changed={load}
                forgotten={() => {
                  gone.current = i;
                  load();
                }}
              />
            ))}
          </ul>
          {view.dropped > 0 && <p class="small muted">{say('mine.dropped', { n: view.dropped })}</p>}
          <Export client={client} />
        </>
      )}
    </main>
  );
};
