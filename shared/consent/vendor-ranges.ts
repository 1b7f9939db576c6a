// Which companies of the IAB framework somebody refused or objected to, as ranges of their numbers: "2-5 8". In the event as such a
// text; in the mirror under keys that no purpose can have ("-2-5" refused, "--8" objected), so that one cookie and one transaction
// hold the whole choice. Pure and small, because the widget carries it.
import type { MirrorState } from './mirror.ts';

export type Range = readonly [from: number, to: number];

/** A text may have so many: event and cookie stay below their limits. */
export const MOST_RANGES = 100;

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

/**
 * The ranges of `ids`. Where that would be too many, neighbours are joined: first over numbers that were not `offered`, then over the
 * fewest that were, so that more is refused than was said and never less.
 */
export function rangesOf(ids: readonly number[], offered: readonly number[]): Range[] {
  const ranges: [number, number][] = [];
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last && id === last[1] + 1) last[1] = id;
    else ranges.push([id, id]);
  }
  const between = (i: number): number =>
    offered.filter((id) => id > (ranges[i]?.[1] ?? 0) && id < (ranges[i + 1]?.[0] ?? 0)).length;
  const joined = new Set(
    ranges
      .slice(1)
      .map((_, i) => [i, between(i)] as const)
      .sort((a, b) => a[1] - b[1])
      .slice(0, Math.max(0, ranges.length - MOST_RANGES))
      .map(([i]) => i + 1),
  );
  return ranges.reduce<[number, number][]>((all, range, i) => {
    const last = all.at(-1);
    if (last && joined.has(i)) last[1] = range[1];
    else all.push([...range]);
    return all;
  }, []);
}

/** For the mirror. */
export const vendorChoices = ({ refused, objected }: VendorRefusals): Record<string, MirrorState> => ({
  ...Object.fromEntries(readRanges(refused).map((range) => [`-${rangesText([range])}`, 'refused' as const])),
  ...Object.fromEntries(readRanges(objected).map((range) => [`--${rangesText([range])}`, 'objected' as const])),
});

/** From the mirror. */
export function vendorsIn(choices: Readonly<Record<string, MirrorState>>): VendorRefusals {
  const said = (dashes: RegExp): string =>
    rangesText(
      Object.keys(choices)
        .flatMap((key) => readRanges(dashes.exec(key)?.[1] ?? ''))
        .sort(([a], [b]) => a - b),
    );
  return { refused: said(/^-(\d.*)/), objected: said(/^--(\d.*)/) };
}
