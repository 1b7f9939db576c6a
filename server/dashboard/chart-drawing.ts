// The drawing of choices per day: stacked bars with uPlot. Colours are those of theme.css, read when it is drawn, and again when
// the colour scheme changes.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

import { SERIES, type Day } from './days.ts';

const HEIGHT = 220;
/** In seconds; room for the outermost bars. */
const HALF_A_DAY = 43_200;

const colour = (element: Element, name: string): string => getComputedStyle(element).getPropertyValue(name).trim();

/** Each layer drawn over the higher one before it: given at the bottom. */
function layers(days: readonly Day[]): uPlot.AlignedData {
  const sums = SERIES.map((_, upTo) => days.map((day) => SERIES.slice(0, upTo + 1).reduce((sum, state) => sum + day[state], 0)));
  return [days.map(({ day }) => Date.parse(`${day}T00:00:00Z`) / 1000), ...sums.toReversed()];
}

function options(target: HTMLElement): uPlot.Options {
  const [ink, line] = [colour(target, '--muted'), colour(target, '--line')];
  const font = `12px ${getComputedStyle(target).fontFamily}`;
  const bars = uPlot.paths.bars?.({ size: [0.72, 36], radius: 0 });
  return {
    width: Math.max(target.clientWidth, 200),
    height: HEIGHT,
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
    legend: { show: false },
    cursor: { show: false },
    padding: [12, 8, 0, 0],
    scales: {
      x: { range: (_, min, max) => [min - HALF_A_DAY, max + HALF_A_DAY] },
      y: { range: (_, __, max) => [0, Math.max(4, Math.ceil(max * 1.1))] },
    },
    axes: [
      { stroke: ink, font, grid: { show: false }, ticks: { stroke: line, width: 1 }, values: '{D} {MMM}', space: 64 },
      {
        stroke: ink,
        font,
        grid: { stroke: line, width: 1 },
        ticks: { show: false },
        size: 44,
        incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 1e5, 1e6],
      },
    ],
    series: [
      {},
      ...SERIES.toReversed().map((state): uPlot.Series => ({
        label: state,
        fill: colour(target, `--${state}`),
        width: 0,
        points: { show: false },
        ...(bars ? { paths: bars } : {}),
      })),
    ],
  };
}

/** Draws into the element and keeps the drawing fitting until the answer is called. */
export function drawChart(target: HTMLElement, days: readonly Day[]): () => void {
  let chart = new uPlot(options(target), layers(days), target);
  const redraw = (): void => {
    chart.destroy();
    chart = new uPlot(options(target), layers(days), target);
  };
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', redraw);
  const fit = new ResizeObserver(() => chart.setSize({ width: Math.max(target.clientWidth, 200), height: HEIGHT }));
  fit.observe(target);
  return () => {
    scheme.removeEventListener('change', redraw);
    fit.disconnect();
    chart.destroy();
  };
}
