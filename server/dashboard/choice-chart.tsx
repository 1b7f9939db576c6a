// Choices per day: a drawing for the eye, and the same numbers as a table for everybody.
import { ChoiceBars } from './choice-bars.tsx';
import { StateMark } from './choice.tsx';
import { SERIES, type Day } from './days.ts';
import { count, counted, dayWords, stateWords } from './words.ts';

const total = (days: readonly Day[], state: (typeof SERIES)[number]): number => days.reduce((sum, day) => sum + day[state], 0);

export function ChoiceChart({ days }: { days: readonly Day[] }) {
  const used = SERIES.filter((state) => total(days, state) > 0 || state !== 'objected');
  const summary = used.map((state) => `${count(total(days, state))} ${stateWords(state).toLowerCase()}`).join(', ');
  return (
    <figure class="chart">
      <ul class="legend choices">
        {used.map((state) => (
          <li key={state} class={`choice ${state}`}>
            <StateMark state={state} />
            <span>{stateWords(state)}</span> <strong>{count(total(days, state))}</strong>
          </li>
        ))}
      </ul>
      <div
        role="img"
        aria-label={`Choices per day over ${counted(days.length, 'day')}: ${summary}. The table below has each day.`}
      >
        <ChoiceBars days={days} />
      </div>
      <details class="as-table">
        <summary>The same as a table</summary>
        <div class="scroll" tabIndex={0} role="region" aria-label="Choices per day, table">
          <table class="plain-table">
            <thead>
              <tr>
                <th scope="col">Day (UTC)</th>
                {SERIES.map((state) => (
                  <th scope="col" key={state}>
                    {stateWords(state)}
                  </th>
                ))}
                <th scope="col">Events</th>
              </tr>
            </thead>
            <tbody>
              {days.toReversed().map((day) => (
                <tr key={day.day}>
                  <th scope="row">
                    <time dateTime={day.day}>{dayWords(day.day)}</time>
                  </th>
                  {SERIES.map((state) => (
                    <td key={state}>{count(day[state])}</td>
                  ))}
                  <td>{count(day.events)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  );
}
