// Which purposes were ended on the page before, in this tab's session storage: what ran there may have stored something again until
// it was gone, so the next page deletes once more (withdrawal.ts) and says how it went.
const nameOf = (site: string): string => `candour-${site}-ended`;

/** Ids separated by spaces; null removes it. */
export function noteEnded(site: string, ended: string | null): void {
  try {
    if (ended) sessionStorage.setItem(nameOf(site), ended);
    else sessionStorage.removeItem(nameOf(site));
  } catch {
    // No session storage: then once has to be enough.
  }
}

export function endedBefore(site: string): string | null {
  try {
    // Spelt out: a function would be more bytes in every page.
    return sessionStorage.getItem(`candour-${site}-ended`);
  } catch {
    return null;
  }
}
