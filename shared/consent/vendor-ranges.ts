// Which companies of the IAB framework somebody refused or objected to, as ranges of their numbers: "2-5 8". In the event as such a
// text; in the mirror under keys that no purpose can have ("-2-5" refused, "--8" objected), so that one cookie and one transaction
// hold the whole choice. Pure and small, because the widget carries it.
import type { MirrorState } from './mirror.ts';

export type Range = readonly [from: number, to: number];

/** A text may have so many: event and cookie stay below their limits. */
export const MOST_RANGES = 100;
/** The highest number that a company can have. */
const LAST = 65_535;

export interface VendorRefusals {
  /** What they asked consent for. */
  refused: string;
  /** What they claim a legitimate interest in. */
  objected: string;
}

export const rangesText = (ranges: readonly Range[]): string =>
  ranges.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(' ');

/** Whatever the text says: only the event's schema is strict. */
export const readRanges = (text: string): Range[] =>
  text.split(' ').flatMap((part): Range[] => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return from > 0 ? [[from, to]] : [];
  });

export const inRanges = (text: string): ((id: number) => boolean) => {
  const ranges = readRanges(text);
  return (id) => ranges.some(([from, to]) => from <= id && id <= to);
};

/** Every number that a text of one spelling says. */
export const idsIn = (text: string): number[] =>
  readRanges(text).flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, i) => from + i));

/** In order, apart, and no number twice. What is no range of numbers of companies is left out. */
function merged(ranges: readonly Range[]): Range[] {
  const all: [number, number][] = [];
  for (const [from, end] of [...ranges].sort(([a], [b]) => a - b)) {
    const to = Math.min(end, LAST);
    const last = all.at(-1);
    if (!(from <= to)) continue;
    if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
    else all.push([from, to]);
  }
  return all;
}

/** As many as a text may have: neighbours are joined where that `costs` least, so that more is refused than was said and never less. */
function limited(ranges: readonly Range[], costs: (after: number, before: number) => number): Range[] {
  const joined = new Set(
    ranges
      .slice(1)
      .map(([from], i) => [i + 1, costs(ranges[i]?.[1] ?? 0, from)] as const)
      .sort((a, b) => a[1] - b[1])
      .slice(0, Math.max(0, ranges.length - MOST_RANGES))
      .map(([i]) => i),
  );
  return ranges.reduce<[number, number][]>((all, range, i) => {
    const last = all.at(-1);
    if (last && joined.has(i)) last[1] = range[1];
    else all.push([...range]);
    return all;
  }, []);
}

/** The ranges of `ids`: joined first over numbers that were not `offered`, then over the fewest that were. */
export const rangesOf = (ids: readonly number[], offered: readonly number[]): Range[] =>
  limited(merged(ids.map((id) => [id, id])), (after, before) => offered.filter((id) => id > after && id < before).length);

/** What they say in the one spelling that an event takes, whoever has written them. */
export const oneSpelling = (ranges: readonly Range[]): string =>
  rangesText(limited(merged(ranges), (after, before) => before - after));

/** For the mirror. */
export const vendorChoices = ({ refused, objected }: VendorRefusals): Record<string, MirrorState> => ({
  ...Object.fromEntries(readRanges(refused).map((range) => [`-${rangesText([range])}`, 'refused' as const])),
  ...Object.fromEntries(readRanges(objected).map((range) => [`--${rangesText([range])}`, 'objected' as const])),
});

/** From the mirror: of a cookie that other hosts of the domain can write, too. */
export function vendorsIn(choices: Readonly<Record<string, MirrorState>>): VendorRefusals {
  const said = (dashes: RegExp): string =>
    oneSpelling(Object.keys(choices).flatMap((key) => readRanges(dashes.exec(key)?.[1] ?? '')));
  return { refused: said(/^-(\d.*)/), objected: said(/^--(\d.*)/) };
}
