// The Transparency and Consent Framework on this page: what its string holds for each purpose, and for how many vendors.
import type { DecodedTcf, Seen, TcfSignal } from '../../../shared/signals/signals.ts';
import { plainText } from '../../plain-text.ts';
import { en, type Word } from '../../words/en.ts';
import { say } from '../../words/say.ts';
import { Icon } from '../icon.tsx';
import { dateWords } from '../words.ts';
import { listed, purposeName, purposeNames } from './signal-words.ts';
import { Vendors } from './vendors.tsx';

/** Of the framework's policies, version 5. */
const PURPOSES = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];

/** Purposes of the framework, and any other that a string carries. */
const purposesOf = ({ purposeConsents, purposeLegitimateInterests }: DecodedTcf): number[] =>
  [...new Set([...PURPOSES, ...purposeConsents, ...purposeLegitimateInterests])].sort((a, b) => a - b);

const Answer = ({ yes }: { yes: boolean }) => (
  <td class={yes ? 'yes' : 'no'}>
    <Icon name={yes ? 'check' : 'dash'} />
    <span class="unseen">{say(yes ? 'tcf.yes' : 'tcf.no')}</span>
  </td>
);

const PurposeTable = ({ decoded }: { decoded: DecodedTcf }) => (
  <table class="purposes">
    <thead>
      <tr>
        <th scope="col">{say('tcf.purpose')}</th>
        <th scope="col">{say('tcf.consent')}</th>
        <th scope="col">{say('tcf.interest')}</th>
      </tr>
    </thead>
    <tbody>
      {purposesOf(decoded).map((id) => {
        const consent = decoded.purposeConsents.includes(id);
        const interest = decoded.purposeLegitimateInterests.includes(id);
        return (
          <tr key={id} data-purpose={id} data-consent={consent} data-legitimate-interest={interest}>
            <th scope="row">{purposeName(id)}</th>
            <Answer yes={consent} />
            <Answer yes={interest} />
          </tr>
        );
      })}
    </tbody>
  </table>
);

const featureName = (id: number): string => {
  const word = `tcf.feature.${id}`;
  return Object.hasOwn(en, word) ? say(word as Word) : String(id);
};

const Decoded = ({ decoded }: { decoded: DecodedTcf }) => (
  <>
    <p class="small muted">
      {say('tcf.about', {
        day: dateWords(decoded.lastUpdated),
        policy: String(decoded.policyVersion),
        cmp: String(decoded.cmpId),
      })}
    </p>
    <PurposeTable decoded={decoded} />
    {decoded.specialFeatures.length > 0 && (
      <p class="small">{say('tcf.features', { features: listed(decoded.specialFeatures.map(featureName)) })}</p>
    )}
    {decoded.restrictedPurposes.length > 0 && (
      <p class="small">{say('tcf.restricted', { purposes: purposeNames(decoded.restrictedPurposes) })}</p>
    )}
    <Vendors decoded={decoded} />
  </>
);

const EVENTS = ['tcloaded', 'cmpuishown', 'useractioncomplete'] as const;

const Told = ({ tcf }: { tcf: TcfSignal }) => {
  const event = EVENTS.find((one) => one === tcf.eventStatus);
  return (
    <>
      {event && <p class="small">{say(`tcf.event.${event}`)}</p>}
      {tcf.gdprApplies !== null && <p class="small">{say(tcf.gdprApplies ? 'tcf.applies' : 'tcf.appliesNot')}</p>}
      {tcf.decoded ? (
        <Decoded decoded={tcf.decoded} />
      ) : (
        <p class="note">{say(tcf.tcString === 'unreadable' ? 'tcf.unreadable' : 'tcf.none')}</p>
      )}
    </>
  );
};

export const Tcf = ({ tcf }: { tcf: Seen<TcfSignal> }) =>
  tcf.state === 'none' ? null : (
    <section class="signal" data-signal="tcf" data-state={tcf.state}>
      <h3>{plainText(say('tcf'))}</h3>
      {tcf.state === 'read' ? <Told tcf={tcf.value} /> : <p class="note">{say('tcf.noAnswer')}</p>}
    </section>
  );
