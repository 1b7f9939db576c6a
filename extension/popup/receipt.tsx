// One choice recorded on this device, with what its receipt proves.
import { useState } from 'preact/hooks';

import type { ConsentEvent, PurposeState } from '../../shared/consent/event.ts';
import { RESULT_WORDS, STATE_WORDS, STEP_WORDS } from '../../shared/consent/words.ts';
import type { ReceiptView } from '../messages.ts';
import { plainText } from '../plain-text.ts';
import { Icon } from './icon.tsx';
import { ALARM_WORDS, CHANNEL_WORDS, CHECK_PROBLEM_WORDS, idWords, METHOD_WORDS, momentWords, VERIFIED_WORDS } from './words.ts';

const STEP_ICONS = { holds: 'check', fails: 'cross', unchecked: 'dash' } as const;

interface State {
  name: string;
  state: PurposeState;
}

/** Purposes, then each channel of each sender, as the event has them. */
function statesOf(event: ConsentEvent): State[] {
  const purposes = Object.entries(event.purposes).map(([id, state]) => ({ name: idWords(id), state }));
  const channels = Object.entries(event.channels ?? {}).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, byChannel]) =>
      Object.entries(byChannel).map(([channel, state]) => ({
        name: `${idWords(activity)}, ${CHANNEL_WORDS[channel as keyof typeof CHANNEL_WORDS]}, from ${idWords(sender)}`,
        state,
      })),
    ),
  );
  return [...purposes, ...channels];
}

const Steps = ({ steps }: Pick<ReceiptView['check'], 'steps'>) => (
  <ul class="steps">
    {steps.map(({ step, result, why }) => (
      <li key={step} class={result} data-step={step} data-result={result}>
        <Icon name={STEP_ICONS[result]} />
        <span>
          <strong>{STEP_WORDS[step]}</strong> <span class="unseen">{RESULT_WORDS[result]}: </span>
          <span class="small">{why}</span>
        </span>
      </li>
    ))}
  </ul>
);

const Key = ({ view }: { view: ReceiptView }) => (
  <>
    {view.keyFirstSeen && (
      <p class="small">
        The log’s key was first seen on this device on {momentWords(view.keyFirstSeen)}
        {view.keyCheckedAt ? ` and last compared with the service’s on ${momentWords(view.keyCheckedAt)}.` : '.'}
      </p>
    )}
    {view.newKey && !view.alarm && (
      <p class="small caution">This receipt names another key than the one first seen. Press Check to compare.</p>
    )}
    {view.head?.consistent && (
      <p class="small">The log has {view.head.size} entries now and continues the one that recorded this choice.</p>
    )}
  </>
);

interface Props {
  view: ReceiptView;
  /** Asks the service; what it finds comes back as another view. */
  check: (raw: string) => Promise<void>;
}

export const ReceiptCard = ({ view, check }: Props) => {
  const [state, setState] = useState<'idle' | 'busy' | 'done' | 'broken'>('idle');
  const { event, verified, steps } = view.check;
  const failing = steps.filter(({ result }) => result === 'fails');
  const words = VERIFIED_WORDS[verified];
  // What fails by itself, no comparison can mend.
  const checkable = view.service !== null && failing.every(({ step }) => step === 'log_key');

  const press = async (): Promise<void> => {
    setState('busy');
    try {
      await check(view.raw);
      setState('done');
    } catch {
      setState('broken');
    }
  };

  return (
    <article class={`card receipt ${verified}`} data-receipt={event?.id ?? ''} data-verified={verified}>
      <div class="receipt-head">
        <div>
          <h3>{event ? METHOD_WORDS[event.method] : 'A receipt that cannot be read'}</h3>
          {event && (
            <p class="meta">
              <time dateTime={event.at}>{momentWords(event.at)}</time>
              {event.gpc && ' · Global Privacy Control was on'}
            </p>
          )}
        </div>
        <p class={`pill verified-${verified}`}>
          <Icon name={verified === 'true' ? 'check' : verified === 'false' ? 'cross' : 'dash'} />
          {words.short}
        </p>
      </div>
      {event && (
        <ul class="states" aria-label="What you chose">
          {statesOf(event).map(({ name, state: chosen }) => (
            <li key={name}>
              <span dir="auto">{plainText(name)}</span> <span class={`state ${chosen}`}>{STATE_WORDS[chosen]}</span>
            </li>
          ))}
        </ul>
      )}
      {view.alarm && (
        <div class="note alarm" role="alert">
          <Icon name="alert" />
          <div>
            <p>{ALARM_WORDS[view.alarm.code]}</p>
            <p class="small">Noticed on {momentWords(view.alarm.at)}.</p>
          </div>
        </div>
      )}
      {failing.length > 0 && <Steps steps={failing} />}
      <p class="small">{view.alarm ? null : words.long}</p>
      {checkable && view.service && (
        <div class="actions">
          <button type="button" onClick={() => void press()} disabled={state === 'busy'} aria-busy={state === 'busy'}>
            {state === 'busy' ? 'Checking…' : 'Check'}
          </button>
          <span class="small muted">asks {plainText(new URL(view.service).host)} for its keys and log head</span>
        </div>
      )}
      <div aria-live="polite">
        {state === 'done' && verified === 'true' && <p class="small">Compared just now: it holds.</p>}
        {view.problem && <p class="small caution">{CHECK_PROBLEM_WORDS[view.problem]}</p>}
        {state === 'broken' && <p class="small caution">The check did not finish. Nothing was changed; try again.</p>}
      </div>
      <details>
        <summary>Each step of the verification</summary>
        <Steps steps={steps} />
        <Key view={view} />
        {view.log && <p class="small hash">Log {plainText(view.log)}</p>}
      </details>
    </article>
  );
};
