// The lawful basis of one activity: what the notice states, where, and in which words; or exactly how it does not.
import {
  lawfulBasisStatus,
  type LawfulBasisStatement,
  type PrivacyNotice,
  type ProcessingActivity,
} from '../../shared/notice/schema.ts';
import { Outside } from './icon.tsx';
import { sureWords } from './words.ts';
import { say } from '../words/say.ts';

export interface Source {
  /** Where a place of this notice is read; null where its address is none. */
  linkTo(place: string): string | null;
  /** Places whose stored quote is not in the notice's text. */
  stale: readonly string[];
  /** How sure a rule was, 0 to 1; null for a declared fact, which nobody had to find. */
  sureOf(place: string): number | null;
  /** Rules found what is shown: where they found nothing, it is they who say so. */
  byRules: boolean;
  /** False where the language is not read: what is missing was not found. */
  readable: boolean;
}

/** The value of data-lawful-basis: bases in the notice's order, each once, or how none is stated. */
export function basisAttribute(notice: PrivacyNotice, activity: ProcessingActivity): string {
  const status = lawfulBasisStatus(notice, activity);
  return status === 'stated' ? [...new Set(activity.lawfulBases.map(({ basis }) => basis))].join(' ') : status;
}

export const BasisPill = ({ basis }: { basis: LawfulBasisStatement['basis'] }) => {
  return (
    <span class="pill basis">
      {say(`basis.${basis}`)} <span class="article">{say(`article.${basis}`)}</span>
    </span>
  );
};

/** A sentence of the notice, verbatim, with the way to where it stands. */
export const Quote = ({ text, place, source }: { text: string; place: string; source: Source }) => {
  const href = source.linkTo(place);
  return (
    <blockquote class="quote" dir="auto">
      <p>{text}</p>
      {source.stale.includes(place) && <p class="caution">{say('quote.stale')}</p>}
      {href && <Outside href={href}>{say('quote.read')}</Outside>}
    </blockquote>
  );
};

const interestWords = ({ interest, holder, holderName }: LawfulBasisStatement): string => {
  const whose = holder ? ` (${say(`holder.${holder}`)}${holderName ? `: ${holderName}` : ''})` : '';
  return interest ? say('basis.interest', { whose, interest }) : say('basis.noInterest', { whose });
};

const limits = ({ limitedTo }: LawfulBasisStatement): string | null => {
  if (!limitedTo) return null;
  const parts = [...limitedTo.purposes, ...limitedTo.data, ...(limitedTo.stage ? [limitedTo.stage] : [])];
  return parts.length > 0 ? say('basis.onlyFor', { limits: parts.join('; ') }) : null;
};

export const Statement = ({ statement, place, source }: { statement: LawfulBasisStatement; place: string; source: Source }) => {
  const limited = limits(statement);
  const sure = source.sureOf(place);
  return (
    <li>
      <BasisPill basis={statement.basis} />
      {statement.steps && <p class="small">{say('basis.steps')}</p>}
      {sure === null ? (
        statement.basis === 'legitimate_interests' && <p class="small">{interestWords(statement)}</p>
      ) : (
        <span class="sure" title={say('basis.byRuleLong')}>
          {say('basis.byRule', { sure: sureWords(sure) })}
        </span>
      )}
      {statement.condition && <p class="small">{say('basis.condition', { condition: statement.condition })}</p>}
      {limited && <p class="small">{limited}</p>}
      <Quote text={statement.evidence?.quote ?? statement.statement} place={place} source={source} />
    </li>
  );
};

/** "Not stated" is said only of a text that was read. */
export const StatusPill = ({ status, source }: { status: 'document_only' | 'not_stated'; source: Source }) => {
  const unread = status === 'not_stated' && !source.readable;
  return <span class={`pill ${status}`}>{say(unread ? 'basis.not_found' : `basis.${status}`)}</span>;
};

interface Props {
  notice: PrivacyNotice;
  activity: ProcessingActivity;
  /** Of the activity in the notice. */
  index: number;
  source: Source;
}

export const LawfulBasis = ({ notice, activity, index, source }: Props) => {
  const status = lawfulBasisStatus(notice, activity);
  const several = new Set(activity.lawfulBases.map(({ basis }) => basis)).size > 1;
  const parted = activity.lawfulBases.some(({ limitedTo }) => limitedTo !== undefined);
  return (
    <div class="bases">
      <h5>{say('lawfulBasis')}</h5>
      {status === 'stated' && (
        <ul class="plain">
          {activity.lawfulBases.map((statement, i) => (
            <Statement key={i} statement={statement} place={`activities/${index}/lawfulBases/${i}`} source={source} />
          ))}
        </ul>
      )}
      {status === 'stated' && several && !parted && <p class="small">{say('basis.several')}</p>}
      {status !== 'stated' && <StatusPill status={status} source={source} />}
      {status !== 'stated' && source.byRules && (
        <>
          {' '}
          <span class="sure">{say('notice.byRules')}</span>
        </>
      )}
      {activity.lawfulBasisNote && status !== 'stated' && (
        <p class="small" dir="auto">
          {say('basis.instead', { text: activity.lawfulBasisNote })}
        </p>
      )}
      {status === 'document_only' && (
        <details>
          <summary>{say('basis.whole', { n: notice.documentBases.length })}</summary>
          <ul class="plain">
            {notice.documentBases.map((statement, i) => (
              <Statement key={i} statement={statement} place={`documentBases/${i}`} source={source} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
};
