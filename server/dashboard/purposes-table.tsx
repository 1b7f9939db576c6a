// What holds per purpose: the newest choice of each subject, as a bar with its numbers beside it.
import type { AdminStatistics } from '../../shared/api.ts';
import { StateMark } from './choice.tsx';
import { count, stateWords } from './words.ts';

type PurposeCount = AdminStatistics['purposes'][number];

const PARTS = [
  { state: 'given', of: (purpose: PurposeCount) => purpose.given },
  { state: 'not_objected', of: (purpose: PurposeCount) => purpose.notObjected },
  { state: 'refused', of: (purpose: PurposeCount) => purpose.refused },
  { state: 'withdrawn', of: (purpose: PurposeCount) => purpose.withdrawn },
  { state: 'objected', of: (purpose: PurposeCount) => purpose.objected },
] as const;

function Bar({ purpose }: { purpose: PurposeCount }) {
  const parts = PARTS.map(({ state, of }) => ({ state, size: of(purpose) })).filter(({ size }) => size > 0);
  const total = parts.reduce((sum, { size }) => sum + size, 0);
  let at = 0;
  return (
    <svg class="share" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      {parts.map(({ state, size }) => {
        const x = at;
        at += (size / total) * 100;
        return <rect key={state} class={state} x={x} y="0" width={(size / total) * 100} height="4" />;
      })}
    </svg>
  );
}

export const PurposesTable = ({ purposes }: { purposes: readonly PurposeCount[] }) => (
  <ul class="purposes">
    {purposes.map((purpose) => (
      <li key={purpose.id}>
        <p class="purpose-name">
          <strong dir="auto">{purpose.label}</strong> <code class="note">{purpose.id}</code>
        </p>
        {PARTS.some(({ of }) => of(purpose) > 0) ? (
          <>
            <Bar purpose={purpose} />
            <ul class="choices">
              {PARTS.filter(({ state, of }) => of(purpose) > 0 || state === 'given' || state === 'refused').map(
                ({ state, of }) => (
                  <li key={state} class={`choice ${state}`}>
                    <StateMark state={state} />
                    <span>{stateWords(state)}</span> <strong>{count(of(purpose))}</strong>
                  </li>
                ),
              )}
            </ul>
          </>
        ) : (
          <p class="note">No choice recorded.</p>
        )}
      </li>
    ))}
  </ul>
);
