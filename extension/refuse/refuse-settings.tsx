// The switch of "Refuse for me", where it acts, and the list of what it did.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { plainText } from '../plain-text.ts';
import { platformName } from '../signals/platform-names.ts';
import { momentWords } from '../popup/words.ts';
import type { RefuseView } from './asks.ts';
import type { RefuseClient } from './client.ts';
import { say } from '../words/say.ts';
import { outcomeWords } from './words.ts';

interface SwitchProps {
  on: boolean;
  disabled: boolean;
  title: string;
  words: string;
  change: (on: boolean) => Promise<void>;
}

const Switch = ({ on, disabled, title, words, change }: SwitchProps) => (
  <label class="setting">
    <input
      type="checkbox"
      checked={on}
      disabled={disabled}
      onChange={(event) => {
        const box = event.currentTarget;
        // The box shows what holds, not what was pressed.
        void change(box.checked).catch(() => (box.checked = on));
      }}
    />
    <span>
      {title}
      <span class="small muted">{words}</span>
    </span>
  </label>
);

const List = ({ list }: Pick<RefuseView, 'list'>) => (
  <>
    <h3>{say('refuse.did')}</h3>
    {list.length === 0 ? (
      <p class="note">{say('refuse.nothing')}</p>
    ) : (
      <ul class="stored" data-stored="refusals">
        {list.slice(0, 100).map(({ host, at, platform, outcome, imported }) => (
          <li key={`${host} ${at} ${platform}`} data-outcome={outcome}>
            <strong>{plainText(host)}</strong>
            <span class="small muted">
              {outcomeWords({ outcome }).title}, <bdi>{plainText(platformName(platform))}</bdi>, {momentWords(at)}
              {imported && <span data-imported>. {say('imported')}</span>}
            </span>
          </li>
        ))}
      </ul>
    )}
  </>
);

export const RefuseSettings = ({ client }: { client: RefuseClient }) => {
  const [view, setView] = useState<RefuseView | null>(null);
  const [said, setSaid] = useState('');
  const load = useCallback(async () => setView(await client.ask({ type: 'view_refuse', tab: null })), [client]);
  useEffect(() => void load(), [load]);

  const setOn = async (on: boolean): Promise<void> => {
    const done = (!on || (await client.allow())) && (await client.ask({ type: 'set_refuse', on }));
    // The switch first: what is said must not draw it as it was.
    await load();
    setSaid(say(done ? (on ? 'refuse.on' : 'refuse.off') : 'refuse.notAllowed'));
    if (!done) throw new Error('not allowed');
  };
  const setPrivate = async (inPrivate: boolean): Promise<void> => {
    await client.ask({ type: 'set_refuse_private', inPrivate });
    await load();
  };
  const section = useRef<HTMLElement>(null);
  /** The place of an exception that ended: what stands there next takes the focus, which would be lost with the button. */
  const gone = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (gone.current === null || !section.current) return;
    const buttons = section.current.querySelectorAll<HTMLElement>('[data-stored="exceptions"] button');
    const next = buttons[Math.min(gone.current, buttons.length - 1)] ?? section.current.querySelector<HTMLElement>('h2');
    gone.current = null;
    next?.focus();
  }, [view]);
  const include = async (host: string, place: number): Promise<void> => {
    await client.ask({ type: 'except_host', host, except: false });
    gone.current = place;
    await load();
  };

  return (
    <section ref={section} aria-labelledby="refuse-title">
      <h2 id="refuse-title" tabIndex={-1}>
        {say('refuse')}
      </h2>
      <p class="small">{say('refuse.what')}</p>
      <Switch on={view?.on ?? false} disabled={view === null} title={say('refuse')} words={say('refuse.switch')} change={setOn} />
      <Switch
        on={view?.inPrivate ?? false}
        disabled={!view?.on}
        title={say('refuse.private')}
        words={say('refuse.privateHow')}
        change={setPrivate}
      />
      <p aria-live="polite">{said}</p>
      {view && view.except.length > 0 && (
        <>
          <h3>{say('refuse.exceptions')}</h3>
          <ul class="stored" data-stored="exceptions">
            {view.except.map((host, i) => (
              <li key={host}>
                <strong>{plainText(host)}</strong>{' '}
                <button type="button" class="small-button" onClick={() => void include(host, i)}>
                  {say('refuse.again')}
                  <span class="unseen">: {plainText(host)}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {view && (view.on || view.list.length > 0) && <List list={view.list} />}
    </section>
  );
};
