// Choices per day as stacked bars. Colours are theme.css's, so that the drawing follows the scheme; a day's numbers are its title.
import { SERIES, type Day } from './days.ts';
import { count, dayWords, stateWords } from './words.ts';

const LINES = 4;
const HEIGHT = 100;
/** Units of the drawing a day, and of them the gap. */
const [STEP, GAP] = [10, 2.4];

const sum = (day: Day): number => SERIES.reduce((total, state) => total + day[state], 0);

/** 1, 2 or 5 times a power of ten, so that LINES of them reach the highest bar. */
export function lineStep(highest: number): number {
  const rough = Math.max(1, highest / LINES);
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
}

function Bar({ day, at, top }: { day: Day; at: number; top: number }) {
  let y = HEIGHT;
  return (
    <g>
      <title>
        {`${dayWords(day.day)}: ${SERIES.map((state) => `${count(day[state])} ${stateWords(state).toLowerCase()}`).join(', ')}`}
      </title>
      <rect class="day" x={at * STEP} y="0" width={STEP} height={HEIGHT} />
      {SERIES.filter((state) => day[state] > 0).map((state) => {
        const height = (day[state] / top) * HEIGHT;
        y -= height;
        return <rect key={state} class={state} x={at * STEP + GAP / 2} y={y} width={STEP - GAP} height={height} />;
      })}
    </g>
  );
}

export function ChoiceBars({ days }: { days: readonly Day[] }) {
  const step = lineStep(Math.max(...days.map(sum), 0));
  const top = step * LINES;
  const named = [0, Math.floor((days.length - 1) / 2), days.length - 1].filter((at, i, all) => at >= 0 && all.indexOf(at) === i);
  return (
    <div class="bars" aria-hidden="true">
      <div class="scale">
        {Array.from({ length: LINES + 1 }, (_, i) => (
          <span key={i}>{count((LINES - i) * step)}</span>
        ))}
      </div>
      <svg viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`} preserveAspectRatio="none">
        {Array.from({ length: LINES + 1 }, (_, i) => (
          <path key={i} class="line" d={`M0 ${(i * HEIGHT) / LINES}H${days.length * STEP}`} />
        ))}
        {days.map((day, at) => (
          <Bar key={day.day} day={day} at={at} top={top} />
        ))}
      </svg>
      <div class="days">
        {named.map((at) => (
          <span key={at}>{dayWords(days[at]?.day ?? '')}</span>
        ))}
      </div>
    </div>
  );
}
