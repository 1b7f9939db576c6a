// Google Consent Mode on this page: each type as it was at first and as it is now, and whether the default came in time.
import { consentStates, defaultCameLate } from '../../../shared/signals/consent-mode.ts';
import { CONSENT_TYPES, type ConsentModeSignal, type Grant, type Seen } from '../../../shared/signals/signals.ts';
import { plainText } from '../../plain-text.ts';
import { say } from '../../words/say.ts';
import { Icon } from '../icon.tsx';
import { listed } from './signal-words.ts';

const State = ({ grant }: { grant: Grant | null }) => (
  <td class={grant === 'granted' ? 'yes' : 'no'}>{say(`grant.${grant ?? 'unset'}`)}</td>
);

/** In which order it was told: a fact about the page's scripts, in one line. */
const Order = ({ signal }: { signal: ConsentModeSignal }) => {
  const defaults = signal.commands.filter(({ command }) => command === 'default');
  const updates = signal.commands.length - defaults.length;
  const late = defaultCameLate(signal);
  const order = defaults.length === 0 ? 'noDefault' : late ? 'late' : 'inTime';
  return (
    <p class={late ? 'small caution' : 'small'} data-order={order}>
      {late && <Icon name="alert" />} {say(`consentMode.${order}`)}
      {updates > 0 && ` ${say('consentMode.updates', { n: updates })}.`}
    </p>
  );
};

const Told = ({ signal }: { signal: ConsentModeSignal }) => {
  const states = consentStates(signal);
  const regions = [...new Set(signal.commands.flatMap(({ region }) => region ?? []))];
  return (
    <>
      <Order signal={signal} />
      <table class="purposes">
        <thead>
          <tr>
            <td />
            <th scope="col">{say('consentMode.default')}</th>
            <th scope="col">{say('consentMode.now')}</th>
          </tr>
        </thead>
        <tbody>
          {CONSENT_TYPES.filter((type) => states[type].now !== null).map((type) => (
            <tr key={type} data-consent-type={type} data-default={states[type].byDefault} data-now={states[type].now}>
              <th scope="row">
                {say(`consentType.${type}`)} <span class="hash">{type}</span>
              </th>
              <State grant={states[type].byDefault} />
              <State grant={states[type].now} />
            </tr>
          ))}
        </tbody>
      </table>
      {regions.length > 0 && (
        <p class="small">{say('consentMode.regions', { regions: listed(regions.map((region) => plainText(region))) })}</p>
      )}
    </>
  );
};

export const ConsentMode = ({ signal }: { signal: Seen<ConsentModeSignal> }) =>
  signal.state === 'none' ? null : (
    <section class="signal" data-signal="consent-mode" data-state={signal.state}>
      <h3>{say('consentMode')}</h3>
      {signal.state === 'read' ? <Told signal={signal.value} /> : <p class="note">{say('consentMode.unreadable')}</p>}
    </section>
  );
