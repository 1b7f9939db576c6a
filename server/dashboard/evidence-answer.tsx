// The answer of an evidence file: what held for each purpose, and what is to be known beside it.
import type { Choice, ErasedEvent, Evidence } from '../../shared/evidence/evidence.ts';
import { STATE_WORDS } from '../../shared/consent/words.ts';
import { ERASED_BY_WORDS, HELD_WORDS, STANDING_WORDS } from '../../shared/evidence/words.ts';
import { StateMark } from './choice.tsx';
import { DataTable, type Column } from './parts/data-table.tsx';
import { count, fullTime, longDay, plain } from './words.ts';

const Held = ({ state, chosen }: Choice) => (
  <span class={`choice ${chosen ?? state}`}>
    <StateMark state={state} />
    <span>
      <span class="choice-state">{HELD_WORDS[state]}</span>
      {chosen && <span class="note"> (chosen before: {STATE_WORDS[chosen].toLowerCase()})</span>}
    </span>
  </span>
);

const COLUMNS: readonly Column<Choice>[] = [
  {
    title: 'Asked for',
    head: true,
    cell: ({ id, label, asked }) => (
      <>
        <strong dir="auto">{label ?? plain(id)}</strong>
        {!asked && !id.includes('/') && <span class="tag">not asked for then</span>}
      </>
    ),
  },
  { title: 'What held', cell: Held },
  {
    title: 'Since',
    cell: ({ since, until }) =>
      since === null ? (
        'never'
      ) : (
        <>
          {since.length === 10 ? longDay(since) : fullTime(since)}
          {until !== null && <span class="note"> until {longDay(until)}</span>}
        </>
      ),
  },
  {
    title: 'What there is to show',
    kind: 'wide',
    cell: ({ standing, demonstrable }) => (
      <>
        {!demonstrable && standing !== 'no_choice' && <strong>Not demonstrable. </strong>}
        {STANDING_WORDS[standing]}
      </>
    ),
  },
];

const Erased = ({ index, leaf, erasure }: ErasedEvent) => (
  <p class="callout" data-erased={index}>
    The event of log entry {index}, received {fullTime(leaf.receivedAt)}, was erased {ERASED_BY_WORDS[erasure.leaf.by]} on{' '}
    {fullTime(erasure.leaf.at)}: entry {erasure.index} of the log says so. What it said is gone.
  </p>
);

function Beginning({ beginning, events, forked, missing }: Evidence['answer']) {
  return (
    <>
      {beginning.kind === 'restored' && (
        <p class="callout" data-beginning="restored">
          <strong>Not a first choice.</strong> The record of this browser begins with a restored one, which repeats the choice of{' '}
          {longDay(beginning.day)} from a cookie (
          {Object.entries(beginning.choices)
            .map(([id, state]) => `${plain(id)}: ${STATE_WORDS[state].toLowerCase()}`)
            .join(', ')}
          ). That earlier choice was signed by a key that is gone: it is out of reach.
        </p>
      )}
      {beginning.kind === 'forked' && (
        <p class="callout">
          This record was begun because an earlier one had been copied to a second browser; that one is under another key.
        </p>
      )}
      {beginning.kind === 'unknown' && events > 0 && <p class="callout">The first event of this subject is not here.</p>}
      {forked && (
        <p class="callout">
          Two events follow one: the browser’s record was copied. Where the copies differ, the one that grants less holds.
        </p>
      )}
      {missing.length > 0 && <p class="callout">Not here: number {missing.join(', ')} of this subject’s events.</p>}
    </>
  );
}

interface EvidenceAnswerProps {
  question: Pick<Evidence['question'], 'subject' | 'at'>;
  answer: Evidence['answer'];
  erased: Evidence['erased'];
}

export const EvidenceAnswer = ({ question, answer, erased }: EvidenceAnswerProps) => {
  return (
    <section class="panel" aria-labelledby="held">
      <h2 id="held">What held on {fullTime(question.at)}</h2>
      <p class="note">
        {question.subject === null ? (
          'Nobody is known by what was asked for.'
        ) : (
          <>
            Data subject <code>{question.subject}</code>, known only as a key of one browser.
          </>
        )}
      </p>
      {answer.choices.length > 0 ? (
        <DataTable caption="What held for each purpose" columns={COLUMNS} rows={answer.choices} keyOf={({ id }) => id} />
      ) : (
        <p>Nothing is known of a choice for what was asked about.</p>
      )}
      <Beginning {...answer} />
      {erased.map((one) => (
        <Erased key={`${one.epoch}/${one.index}`} {...one} />
      ))}
      <p class="note">
        This rests on the {count(answer.events)} event{answer.events === 1 ? '' : 's'} that the service had received by then. No
        file can show that there was no other.
      </p>
    </section>
  );
};
