// One choice recorded on this device, with what its receipt proves.
import { useState } from 'preact/hooks';

import type { ConsentEvent, PurposeState } from '../../shared/consent/event.ts';
import type { Channel } from '../../shared/notice/schema.ts';
import type { ReceiptView } from '../messages.ts';
import { plainText } from '../plain-text.ts';
import { Icon } from './icon.tsx';
import { idWords, momentWords, purposeWords } from './words.ts';
import { say, spokenLanguage } from '../words/say.ts';

const STEP_ICONS = { holds: 'check', fails: 'cross', unchecked: 'dash' } as const;

interface State {
  name: string;
  state: PurposeState;
}

/** Purposes, then each channel of each sender, as the event has them. */
function statesOf(event: ConsentEvent): State[] {
  const purposes = Object.entries(event.purposes).map(([id, state]) => ({ name: purposeWords(id), state }));
  const channels = Object.entries(event.channels ?? {}).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, byChannel]) =>
      Object.entries(byChannel).map(([channel, state]) => ({
        name: say('receipt.channel', {
          activity: idWords(activity),
          channel: say(`channel.${channel as Channel}`),
          sender: idWords(sender),
        }),
        state,
      })),
    ),
  );
  // By their numbers in the IAB's list: the receipt has no names.
  const vendors = (['refused', 'objected'] as const).flatMap((state): State[] => {
    const ids = event.vendors?.[state];
    return ids ? [{ name: `IAB TCF ${ids.replaceAll(' ', ', ')}`, state }] : [];
  });
  return [...purposes, ...channels, ...vendors];
}

const Steps = ({ steps }: Pick<ReceiptView['check'], 'steps'>) => (
  <ul class="steps">
    {steps.map(({ step, result, why }) => (
      <li key={step} class={result} data-step={step} data-result={result}>
        <Icon name={STEP_ICONS[result]} />
        <span>
          <strong>{say(`step.${step}`)}</strong> <span class="unseen">{say(`result.${result}`)}: </span>
          {spokenLanguage() === 'en' && <span class="small">{why}</span>}
        </span>
      </li>
    ))}
  </ul>
);

const Key = ({ view }: { view: ReceiptView }) => (
  <>
    {view.keyFirstSeen && (
      <p class="small">
        {view.keyCheckedAt
          ? say('check.keyCompared', { when: momentWords(view.keyFirstSeen), compared: momentWords(view.keyCheckedAt) })
          : say('check.keySeen', { when: momentWords(view.keyFirstSeen) })}
      </p>
    )}
    {view.newKey && !view.alarm && <p class="small caution">{say('check.newKey')}</p>}
    {view.head?.consistent && <p class="small">{say('check.head', { n: view.head.size })}</p>}
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
          <h3>{say(event ? `method.${event.method}` : 'receipt.unreadable')}</h3>
          {event && (
            <p class="meta">
              <time dateTime={event.at}>{momentWords(event.at)}</time>
              {event.gpc && ` · ${say('receipt.gpc')}`}
            </p>
          )}
        </div>
        <p class={`pill verified-${verified}`}>
          <Icon name={verified === 'true' ? 'check' : verified === 'false' ? 'cross' : 'dash'} />
          {say(`verified.${verified}`)}
        </p>
      </div>
      {view.imported && (
        <p class="small caution" data-imported>
          {say('imported')}
        </p>
      )}
      {event && (
        <ul class="states" aria-label={say('receipt.chose')}>
          {statesOf(event).map(({ name, state: chosen }) => (
            <li key={name}>
              <span dir="auto">{plainText(name)}</span> <span class={`state ${chosen}`}>{say(`state.${chosen}`)}</span>
            </li>
          ))}
        </ul>
      )}
      {view.alarm && (
        <div class="note alarm" role="alert">
          <Icon name="alert" />
          <div>
            <p>{say(`alarm.${view.alarm.code}`)}</p>
            <p class="small">{say('alarm.when', { when: momentWords(view.alarm.at) })}</p>
          </div>
        </div>
      )}
      {failing.length > 0 && <Steps steps={failing} />}
      <p class="small">{view.alarm ? null : say(`verified.${verified}.long`)}</p>
      {checkable && view.service && (
        <div class="actions">
          <button type="button" onClick={() => void press()} disabled={state === 'busy'} aria-busy={state === 'busy'}>
            {say(state === 'busy' ? 'checking' : 'check')}
          </button>
          <span class="small muted">{say('check.asks', { host: plainText(new URL(view.service).host) })}</span>
        </div>
      )}
      <div aria-live="polite">
        {state === 'done' && verified === 'true' && <p class="small">{say('check.holds')}</p>}
        {view.problem && <p class="small caution">{say(`checkProblem.${view.problem}`)}</p>}
        {state === 'broken' && <p class="small caution">{say('check.broken')}</p>}
      </div>
      <details>
        <summary>{say('check.steps')}</summary>
        <Steps steps={steps} />
        <Key view={view} />
        {view.log && <p class="small hash">{say('check.log', { log: plainText(view.log) })}</p>}
      </details>
    </article>
  );
};
