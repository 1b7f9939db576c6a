// Medians of all rounds, and how they compare with ours.
import type { Contestant } from './peers/contestant.ts';
import type { Visit } from './widget-visit.ts';

export interface Round {
  first: Visit;
  warm: Visit;
  cold: Visit;
  choice: 'accept' | 'reject';
  /** Interaction to next paint, ms. */
  interaction: number | null;
  /** Body bytes that came after the click. */
  recordedBytes: number;
}

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((one, other) => one - other);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1
    ? (sorted[Math.floor(middle)] ?? Number.NaN)
    : ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
};

interface Summary {
  id: string;
  name: string;
  setup: string;
  longTasks: number[];
  figures: Record<string, number>;
  rounds: Round[];
}

/** What a banner costs beyond the page alone: `bare` is subtracted from bytes and requests, from nothing else. */
function figuresOf(rounds: readonly Round[], bare: readonly Round[]): Record<string, number> {
  const of = (pick: (round: Round) => number, from = rounds): number => median(from.map(pick));
  const beyond = (pick: (round: Round) => number): number => of(pick) - of(pick, bare);
  const visits = { first: 'first', warm: 'warm', cold: 'cold' } as const;
  return {
    'first: banner ms': of(({ first }) => first.banner ?? Number.NaN),
    'first: paint ms': of(({ first }) => first.firstPaint),
    ...Object.fromEntries(
      Object.values(visits).flatMap((which) => [
        [`${which}: bytes`, beyond((round) => round[which].bytes)],
        [`${which}: header bytes`, beyond((round) => round[which].headerBytes)],
        [`${which}: requests`, beyond((round) => round[which].requests)],
        [`${which}: script ms`, of((round) => round[which].script)],
        [`${which}: task ms`, of((round) => round[which].task)],
      ]),
    ),
    'bytes after the click': of(({ recordedBytes }) => recordedBytes),
    'layout shift': Math.max(...rounds.map(({ first, warm, cold }) => Math.max(first.cls, warm.cls, cold.cls))),
    'click to paint ms, accept': of(
      ({ interaction }) => interaction ?? Number.NaN,
      rounds.filter(({ choice }) => choice === 'accept'),
    ),
    'click to paint ms, reject': of(
      ({ interaction }) => interaction ?? Number.NaN,
      rounds.filter(({ choice }) => choice === 'reject'),
    ),
  };
}

const shown = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value)
    ? '–'
    : value < 10 && !Number.isInteger(value)
      ? value.toFixed(value < 1 ? 3 : 1)
      : Math.round(value).toLocaleString('en-GB');

function table(title: string, summaries: readonly Summary[], columns: readonly string[]): void {
  const rows = summaries.map(({ name, figures }) => [name, ...columns.map((column) => shown(figures[column]))]);
  print(title, ['', ...columns.map((column) => column.replace(/^\w+: /, ''))], rows);
}

function print(title: string, head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((cell, i) => Math.max(cell.length, ...rows.map((row) => row[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' | ')} |`;
  console.log(`\n${title}`);
  for (const row of [head, widths.map((width) => '-'.repeat(width)), ...rows]) console.log(line(row));
}

const RATIOS = [
  'first: banner ms',
  'first: bytes',
  'first: script ms',
  'first: task ms',
  'warm: script ms',
  'warm: task ms',
  'cold: bytes',
  'cold: script ms',
  'cold: task ms',
];

/** Prints; gives every figure. */
export function printTables(
  contestants: readonly Contestant[],
  rounds: ReadonlyMap<string, Round[]>,
  longTasks: Record<string, number[]>,
): Summary[] {
  const bare = rounds.get('bare') ?? [];
  const summaries = contestants.map(({ id, name, setup }): Summary => {
    const own = rounds.get(id) ?? [];
    return { id, name, setup, longTasks: longTasks[id] ?? [], figures: figuresOf(own, bare), rounds: own };
  });
  const ofVisit = (which: string): string[] =>
    ['bytes', 'header bytes', 'requests', 'script ms', 'task ms'].map((what) => `${which}: ${what}`);
  table('First visit', summaries, ['first: banner ms', 'first: paint ms', ...ofVisit('first'), 'bytes after the click']);
  table('Return, warm cache', summaries, ofVisit('warm'));
  table('Return, cold cache, choice kept', summaries, ofVisit('cold'));
  table('Smoothness', summaries, ['layout shift', 'click to paint ms, accept', 'click to paint ms, reject']);
  for (const { name, longTasks: long } of summaries)
    if (long.length > 0) console.log(`long tasks unthrottled, ${name}: ${long.map(Math.round).join(', ')} ms`);

  const [ours, ...peers] = summaries;
  if (ours?.id === 'candour')
    print(
      'Candour’s share of each peer’s',
      ['', ...RATIOS],
      peers
        .filter(({ id }) => id !== 'bare' && id !== 'candour-own')
        .map(({ name, figures }) => [
          name,
          ...RATIOS.map((column) => ((ours.figures[column] ?? Number.NaN) / (figures[column] ?? Number.NaN)).toFixed(2)),
        ]),
    );
  console.log(`\nHow each is set up:\n${summaries.map(({ name, setup }) => `- ${name}: ${setup}`).join('\n')}`);
  return summaries;
}
