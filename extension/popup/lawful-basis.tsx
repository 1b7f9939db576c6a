// The lawful basis of one activity: what the notice states, where, and in which words; or exactly how it does not.
import { LAWFUL_BASIS_FACTS } from '../../shared/notice/lawful-basis.ts';
import {
  lawfulBasisStatus,
  type LawfulBasisStatement,
  type PrivacyNotice,
  type ProcessingActivity,
} from '../../shared/notice/schema.ts';
import { Outside } from './icon.tsx';
import { BASIS_STATUS_WORDS, HOLDER_WORDS, sureWords } from './words.ts';

export interface Source {
  /** Where a place of this notice is read; null where its address is none. */
  linkTo(place: string): string | null;
  /** Places whose stored quote is not in the notice's text. */
  stale: readonly string[];
  /** How sure a rule was, 0 to 1; null for a declared fact, which nobody had to find. */
  sureOf(place: string): number | null;
  /** False where the language is not read: what is missing was not found. */
  readable: boolean;
}

/** The value of data-lawful-basis: bases in the notice's order, each once, or how none is stated. */
export function basisAttribute(notice: PrivacyNotice, activity: ProcessingActivity): string {
  const status = lawfulBasisStatus(notice, activity);
  return status === 'stated' ? [...new Set(activity.lawfulBases.map(({ basis }) => basis))].join(' ') : status;
}

export const BasisPill = ({ basis }: { basis: LawfulBasisStatement['basis'] }) => {
  const { label, article } = LAWFUL_BASIS_FACTS[basis];
  return (
    <span class="pill basis">
      {label} <span class="article">{article}</span>
    </span>
  );
};

/** A sentence of the notice, verbatim, with the way to where it stands. */
export const Quote = ({ text, place, source }: { text: string; place: string; source: Source }) => {
  const href = source.linkTo(place);
  return (
    <blockquote class="quote" dir="auto">
      <p>{text}</p>
      {source.stale.includes(place) && <p class="caution">The text changed since this was reviewed.</p>}
      {href && <Outside href={href}>Read it in the notice</Outside>}
    </blockquote>
  );
};

const interestWords = ({ interest, holder, holderName }: LawfulBasisStatement): string => {
  const whose = holder ? ` (${HOLDER_WORDS[holder]}${holderName ? `: ${holderName}` : ''})` : '';
  return interest ? `The interest${whose}: ${interest}` : `Which interest is not said${whose}.`;
};

const limits = ({ limitedTo }: LawfulBasisStatement): string | null => {
  if (!limitedTo) return null;
  const parts = [...limitedTo.purposes, ...limitedTo.data, ...(limitedTo.stage ? [limitedTo.stage] : [])];
  return parts.length > 0 ? `Only for: ${parts.join('; ')}` : null;
};

export const Statement = ({ statement, place, source }: { statement: LawfulBasisStatement; place: string; source: Source }) => {
  const limited = limits(statement);
  const sure = source.sureOf(place);
  return (
    <li>
      <BasisPill basis={statement.basis} />
      {statement.steps && <p class="small">For steps that you ask for before a contract.</p>}
      {sure === null ? (
        statement.basis === 'legitimate_interests' && <p class="small">{interestWords(statement)}</p>
      ) : (
        <span class="sure" title="Found in the text by a rule, not declared by the site.">
          found by rule, {sureWords(sure)} sure
        </span>
      )}
      {statement.condition && <p class="small">The condition relied on: {statement.condition}</p>}
      {limited && <p class="small">{limited}</p>}
      <Quote text={statement.evidence?.quote ?? statement.statement} place={place} source={source} />
    </li>
  );
};

/** "Not stated" is said only of a text that was read. */
export const StatusPill = ({ status, source }: { status: 'document_only' | 'not_stated'; source: Source }) => {
  const unread = status === 'not_stated' && !source.readable;
  return <span class={`pill ${status}`}>{unread ? BASIS_STATUS_WORDS.not_found : BASIS_STATUS_WORDS[status]}</span>;
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
      <h5>Lawful basis</h5>
      {status === 'stated' && (
        <ul class="plain">
          {activity.lawfulBases.map((statement, i) => (
            <Statement key={i} statement={statement} place={`activities/${index}/lawfulBases/${i}`} source={source} />
          ))}
        </ul>
      )}
      {status === 'stated' && several && !parted && <p class="small">{BASIS_STATUS_WORDS.several}</p>}
      {status !== 'stated' && <StatusPill status={status} source={source} />}
      {activity.lawfulBasisNote && status !== 'stated' && (
        <p class="small" dir="auto">
          What the text has instead: {activity.lawfulBasisNote}
        </p>
      )}
      {status === 'document_only' && (
        <details>
          <summary>What it states for the whole document ({notice.documentBases.length})</summary>
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
