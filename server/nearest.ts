// The known name that somebody probably meant.

/** Levenshtein distance, with one row. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1)
      next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Null where no known name is near: more than two letters in five differ, and neither begins with the other. */
export function nearest(name: string, known: readonly string[]): string | null {
  const given = name.slice(0, 100).toLowerCase();
  const [best] = known
    .map((one) => ({ one, far: distance(given, one.toLowerCase()) }))
    .sort((a, b) => a.far - b.far || (a.one < b.one ? -1 : 1));
  if (best && best.far <= Math.max(1, Math.floor(Math.min(given.length, best.one.length) * 0.4))) return best.one;
  return (given.length > 2 && known.find((one) => one.startsWith(given) || given.startsWith(one))) || null;
}
