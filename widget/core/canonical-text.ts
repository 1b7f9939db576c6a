// RFC 8785 in a fifth of its library's size, for what this chunk itself makes: plain JSON, without numbers that are not whole.
// canonical-text.test.ts holds it against shared/canonical.ts. Both compare names by their UTF-16 units.

/** Throws TypeError on half a surrogate pair, which has no canonical form. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join()}]`;
  if (typeof value === 'object' && value)
    return `{${Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => `${canonicalText(name)}:${canonicalText(one)}`)
      .join()}}`;
  if (typeof value === 'string' && /\p{Cs}/u.test(value)) throw new TypeError('half a surrogate pair');
  return JSON.stringify(value);
}
