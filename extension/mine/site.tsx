// One site of "Mine": what holds there, and opened: its receipts, each verified, and the ways to end what was agreed to.
import { useState } from 'preact/hooks';

import type { Client } from '../popup/client.ts';
import { Icon } from '../popup/icon.tsx';
import { ReceiptCard } from '../popup/receipt.tsx';
import { momentWords } from '../popup/words.ts';
import type { MineSite, SiteView } from '../messages.ts';
import { plainText } from '../plain-text.ts';
import { statesNow } from './search.ts';
import { stateWords, tidyName } from './state-words.ts';
import { say } from '../words/say.ts';

interface Props {
  site: MineSite;
  tab: number;
  client: Client;
  /** The list is to be read again. */
  changed: () => void;
  /** It is not kept any more. */
  forgotten: () => void;
}

const IN_FORCE = new Set(['given', 'not_objected', 'consent', 'legitimate_interest', 'granted']);

const Summary = ({ site }: { site: MineSite }) => {
  const states = statesNow(site.choices);
  const on = states.filter(({ state }) => IN_FORCE.has(state));
  const platform = site.choices.find(({ from }) => from === 'platform');
  return (
    <span class="mine-summary">
      <h2 dir="ltr">{plainText(new URL(site.origin).host)}</h2>
      <span class="small muted">
        {momentWords(site.at)}
        {platform ? ` · ${platform.platform ? plainText(platform.platform) : say('mine.otherPlatform')}` : ''}
      </span>
      <span class="mine-states">
        {site.alarm && (
          <span class="pill verified-false">
            <Icon name="alert" /> {say('mine.alarm')}
          </span>
        )}
        {on.length === 0 ? (
          <span class="pill off">{say('mine.nothing')}</span>
        ) : (
          on.slice(0, 4).map(({ id, name }) => (
            <span key={id} class="pill basis" dir="auto">
              {tidyName(name)}
            </span>
          ))
        )}
        {on.length > 4 && <span class="pill basis">+{on.length - 4}</span>}
      </span>
    </span>
  );
};

const Platforms = ({ site }: { site: MineSite }) => (
  <>
    {site.choices
      .filter(({ from }) => from === 'platform')
      .map(({ id, at, platform, states, imported }) => (
        <article key={id} class="card receipt" data-platform={id}>
          <h3>{platform ? plainText(platform) : say('mine.otherPlatform')}</h3>
          <p class="meta">{say('mine.platformHeld', { when: momentWords(at) })}</p>
          {imported && (
            <p class="small caution" data-imported>
              {say('imported')}
            </p>
          )}
          <ul class="states">
            {states.map(({ id: purpose, name, state }) => (
              <li key={purpose}>
                <span dir="auto">{tidyName(name)}</span> <span class={`state ${state}`}>{stateWords(state)}</span>
              </li>
            ))}
          </ul>
        </article>
      ))}
  </>
);

export const Site = ({ site, tab, client, changed, forgotten }: Props) => {
  const [view, setView] = useState<SiteView | null>(null);
  const [said, setSaid] = useState('');
  const [busy, setBusy] = useState(false);
  const ours = site.choices.some(({ from }) => from === 'candour');
  const host = new URL(site.origin).host;
  const inForce = statesNow(site.choices).some(({ state }) => IN_FORCE.has(state));

  const load = async (): Promise<void> => setView(await client.ask({ type: 'view_site', origin: site.origin }));
  const run = async (type: 'withdraw' | 'reopen'): Promise<void> => {
    setBusy(true);
    try {
      const done = await client.ask({ type, tab, origin: site.origin });
      setSaid(say(`${type}.${done.state}`));
      if (done.state === 'done') changed();
    } catch {
      setSaid(say(`${type}.failed`));
    } finally {
      setBusy(false);
    }
  };
  const check = async (raw: string): Promise<void> => {
    const id = view?.receipts.find((receipt) => receipt.raw === raw)?.check.event?.id ?? '';
    const checked = await client.ask({ type: 'check_kept', origin: site.origin, id });
    const now = await client.ask({ type: 'view_site', origin: site.origin });
    setView({ ...now, receipts: now.receipts.map((other) => (other.raw === checked.raw ? checked : other)) });
    if (checked.alarm) changed();
  };
  const forget = async (): Promise<void> => {
    await client.ask({ type: 'forget_site', origin: site.origin });
    forgotten();
  };

  return (
    <li class="mine-site" data-site={site.origin}>
      <details
        onToggle={(event) => {
          if (event.currentTarget.open) void load();
        }}
      >
        <summary>
          <Summary site={site} />
        </summary>
        <div class="mine-body">
          <div class="actions">
            {ours && inForce && (
              <button type="button" disabled={busy} onClick={() => void run('withdraw')}>
                {say('mine.withdraw')}
                <span class="unseen">: {host}</span>
              </button>
            )}
            <button type="button" class={ours && inForce ? 'second' : ''} disabled={busy} onClick={() => void run('reopen')}>
              {say('mine.open')}
              <span class="unseen">: {host}</span>
            </button>
            <button type="button" class="plain-button" onClick={() => void forget()}>
              {say('mine.forget')}
              <span class="unseen">: {host}</span>
            </button>
          </div>
          <p class="small" role="status">
            {said}
          </p>
          {ours && !view && <div class="skeleton short" />}
          {view?.receipts.map((receipt) => (
            <ReceiptCard key={receipt.raw} view={receipt} check={check} />
          ))}
          <Platforms site={site} />
        </div>
      </details>
    </li>
  );
};
