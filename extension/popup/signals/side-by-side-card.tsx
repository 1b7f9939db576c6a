// One place where two say different things: both in their own words, one beside the other.
import type { SideBySide, Stated } from '../../../shared/signals/side-by-side.ts';
import type { PageSignals } from '../../../shared/signals/signals.ts';
import type { NoticeView } from '../../messages.ts';
import { plainText } from '../../plain-text.ts';
import { say } from '../../words/say.ts';
import { Outside } from '../icon.tsx';
import { BasisPill } from '../lawful-basis.tsx';
import { noticeLink, proseLink } from '../notice-link.ts';
import { listed, purposeNames, typeNames } from './signal-words.ts';

interface Props {
  fact: SideBySide;
  signals: PageSignals;
  /** As they were given for the comparison. */
  notices: readonly NoticeView[];
}

const Side = ({ title, children }: { title: string; children: preact.ComponentChildren }) => (
  <div class="side">
    <h4 dir="auto">{title}</h4>
    {children}
  </div>
);

const StatedSide = ({ stated, notices }: { stated: Stated; notices: readonly NoticeView[] }) => {
  const view = notices[stated.notice];
  const href = view && (view.prose ? proseLink(view.href, stated.quote) : noticeLink(view.href, view.hash, stated.place));
  return (
    <Side title={say('sideBySide.notice', { activity: plainText(stated.activity) })}>
      {stated.bases.map((basis) => (
        <BasisPill key={basis} basis={basis} />
      ))}
      <blockquote class="quote" dir="auto">
        <p>{plainText(stated.quote)}</p>
        {href && <Outside href={href}>{say('quote.read')}</Outside>}
      </blockquote>
    </Side>
  );
};

function Second({ fact, signals }: Pick<Props, 'fact' | 'signals'>) {
  switch (fact.about) {
    case 'tcf_legitimate_interest':
    case 'tcf_consent':
      return (
        <Side title={say('sideBySide.string')}>
          <p>{say(`${fact.about}.signal`, { purposes: purposeNames(fact.purposes) })}</p>
        </Side>
      );
    case 'granted_by_default':
      return (
        <Side title={say('sideBySide.mode')}>
          <p>{say('granted_by_default.signal', { types: typeNames(fact.types) })}</p>
        </Side>
      );
    case 'stored_before_choice':
      return (
        <Side title={say('sideBySide.storage')}>
          <p>
            {say(signals.stored.touched ? 'stored_before_choice.touched' : 'stored_before_choice.untouched', {
              items: listed(fact.items.map(({ name, who }) => `${plainText(name)} (${who})`)),
            })}
          </p>
        </Side>
      );
    case 'gpc':
      return (
        <Side title={say('sideBySide.platforms')}>
          {fact.types.length > 0 && <p>{say('gpc.types', { types: typeNames(fact.types) })}</p>}
          {fact.purposes.length > 0 && <p>{say('gpc.purposes', { purposes: purposeNames(fact.purposes) })}</p>}
        </Side>
      );
    case 'platforms_differ':
      return (
        <Side title={say('sideBySide.mode')}>
          <p>{say('platforms_differ.mode', { types: typeNames(fact.types) })}</p>
        </Side>
      );
    case 'framework_policy':
      return (
        <Side title={say('sideBySide.string')}>
          <p>{say('framework_policy.string')}</p>
        </Side>
      );
  }
}

function First({ fact, notices }: Pick<Props, 'fact' | 'notices'>) {
  switch (fact.about) {
    case 'gpc':
      return (
        <Side title={say('sideBySide.browser')}>
          <p>{say('gpc.stated')}</p>
        </Side>
      );
    case 'platforms_differ':
      return (
        <Side title={say('sideBySide.string')}>
          <p>{say('platforms_differ.string', { purposes: purposeNames(fact.purposes) })}</p>
        </Side>
      );
    case 'framework_policy':
      return (
        <Side title={say('sideBySide.policy')}>
          <p>{say('framework_policy.stated', { purposes: purposeNames(fact.purposes) })}</p>
        </Side>
      );
    default:
      return <StatedSide stated={fact.stated} notices={notices} />;
  }
}

export const SideBySideCard = (props: Props) => (
  <div class="side-card" data-side-by-side={props.fact.about}>
    <First {...props} />
    <Second {...props} />
  </div>
);
