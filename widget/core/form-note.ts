// What forms said, noted synchronously while the page is being left: IndexedDB may not finish in time. The tab's session storage keeps
// it for the next page, which records it; with the address that somebody typed it is gone as soon as the event is written.
import type { Recording } from './widget.ts';

export type Noted = Recording & { id: string };
const nameOf = (site: string): string => `candour-${site}-form`;

const isNoted = (value: unknown): value is Noted => {
  const { method, id } = Object(value) as Partial<Noted>;
  return method === 'form' && typeof id === 'string';
};

/** Those that are not recorded yet, oldest first. */
export function readFormNotes(site: string): Noted[] {
  try {
    const value: unknown = JSON.parse(sessionStorage.getItem(nameOf(site)) ?? '[]');
    // Before there could be several, one stood alone.
    return [value].flat().filter(isNoted);
  } catch {
    return [];
  }
}

function write(site: string, notes: readonly Noted[]): void {
  try {
    if (notes.length > 0) sessionStorage.setItem(nameOf(site), JSON.stringify(notes));
    else sessionStorage.removeItem(nameOf(site));
  } catch {
    // No session storage, or no room in it: then the event has to be written in time.
  }
}

/** Keeps those of forms sent right before it. */
export const writeFormNote = (site: string, recording: Noted): void =>
  write(site, [...readFormNotes(site).filter(({ id }) => id !== recording.id), recording]);

/** Without an id all of them. */
export const forgetFormNotes = (site: string, recorded?: string): void =>
  write(site, recorded === undefined ? [] : readFormNotes(site).filter(({ id }) => id !== recorded));
