// What a form said, noted synchronously while the page is being left: IndexedDB may not finish in time. The tab's session
// storage keeps it for the next page, which records it; with the address that somebody typed it is gone as soon as the event is written.
import type { Recording } from './widget.ts';

export type Noted = Recording & { id: string };
const nameOf = (site: string): string => `candour-${site}-form`;

export function writeFormNote(site: string, recording: Noted | null): void {
  try {
    if (recording) sessionStorage.setItem(nameOf(site), JSON.stringify(recording));
    else sessionStorage.removeItem(nameOf(site));
  } catch {
    // No session storage: then the event has to be written in time.
  }
}

export function readFormNote(site: string): Noted | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(nameOf(site)) ?? 'null') as Noted | null;
    return value && value.method === 'form' && typeof value.id === 'string' ? value : null;
  } catch {
    return null;
  }
}
