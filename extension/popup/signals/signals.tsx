// "What this page's consent platform says": who asks for consent here, what it holds, and where that is not what the notice says.
import type { PrivacyNotice } from '../../../shared/notice/schema.ts';
import { sideBySide } from '../../../shared/signals/side-by-side.ts';
import type { PageSignals } from '../../../shared/signals/signals.ts';
import type { NoticeView, SignalsView } from '../../messages.ts';
import { plainText } from '../../plain-text.ts';
import { say } from '../../words/say.ts';
import { Icon } from '../icon.tsx';
import { ConsentMode } from './consent-mode.tsx';
import { OtherSignals } from './other-signals.tsx';
import { SideBySideCard } from './side-by-side-card.tsx';
import { Stored } from './stored.tsx';
import { Tcf } from './tcf.tsx';

interface Props {
  /** Null while the page is asked. */
  view: SignalsView | null;
  /** Those of the page that were read. */
  notices: readonly NoticeView[];
  again: () => void;
}

const isThere = ({ platforms, tcf, gpp, consentMode, uet, candour }: PageSignals): boolean =>
  platforms.length > 0 || [tcf, gpp, consentMode, uet, candour].some(({ state }) => state !== 'none');

/** Two rules may know one platform. */
const namesOf = ({ platforms, candour }: PageSignals): string[] => [
  ...new Set([...platforms.map(({ name }) => name), ...(candour.state === 'none' ? [] : ['Candour'])]),
];

const Platforms = ({ signals }: { signals: PageSignals }) => {
  const names = namesOf(signals);
  if (names.length > 0)
    return (
      <p class="platforms" data-platforms={names.join(', ')}>
        {say('signals.platform', { n: names.length })}{' '}
        {names.map((name) => (
          <span key={name} class="pill basis">
            {plainText(name)}
          </span>
        ))}
      </p>
    );
  if (isThere(signals)) return <p class="small muted">{say('signals.unknownPlatform')}</p>;
  return (
    <div class="note" data-state="no-platform">
      <p>
        <strong>{say('signals.none')}</strong>
      </p>
      <p class="small">{say('signals.none.how')}</p>
    </div>
  );
};

const Read = ({ signals, notices }: { signals: PageSignals; notices: readonly NoticeView[] }) => {
  const read = notices.filter((view): view is NoticeView & { notice: PrivacyNotice } => view.notice !== null);
  const facts = sideBySide(
    signals,
    read.map(({ notice }) => notice),
  );
  return (
    <>
      {signals.answered ? (
        <Platforms signals={signals} />
      ) : (
        <div class="note warn" role="status" data-state="unanswered">
          <Icon name="alert" />
          <p>{say('signals.unanswered')}</p>
        </div>
      )}
      {facts.length > 0 && (
        <section class="side-by-side" aria-labelledby="side-by-side">
          <h3 id="side-by-side">
            {say('sideBySide')} <span class="count">{facts.length}</span>
          </h3>
          <p class="small muted">{say('sideBySide.what')}</p>
          {facts.map((fact, i) => (
            <SideBySideCard key={`${fact.about} ${i}`} fact={fact} signals={signals} notices={read} />
          ))}
        </section>
      )}
      {signals.answered && <Tcf tcf={signals.tcf} />}
      {signals.answered && <ConsentMode signal={signals.consentMode} />}
      {signals.answered && <OtherSignals signals={signals} />}
      <Stored stored={signals.stored} />
    </>
  );
};

export const Signals = ({ view, notices, again }: Props) => (
  <section class="signals" aria-labelledby="signals" aria-busy={view === null}>
    <div class="signals-head">
      <h2 id="signals">{say('signals')}</h2>
      <button type="button" class="quiet" title={say('signals.again')} onClick={again} disabled={view === null}>
        <Icon name="refresh" />
        <span class="unseen">{say('signals.again')}</span>
      </button>
    </div>
    {view === null && <div class="skeleton short" />}
    {view?.state === 'no_page' && <p class="note">{say('signals.noPage')}</p>}
    {view?.state === 'read' && (
      <>
        <p class="small muted">{say('signals.observed')}</p>
        <Read signals={view.signals} notices={notices} />
      </>
    )}
  </section>
);
