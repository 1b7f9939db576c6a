// How the content script and its helper in the page's world find each other: both start before any script of the page and
// hand over a secret in one synchronous step. Afterwards they speak in events named by that secret, which no script of the
// page can listen for, so that a page can neither ask the helper nor tell by it that the extension is there. Nothing of the page's
// is called before the person asks for something: for the page's signals, for a withdrawal, for its dialog.

/** Dispatched by whoever starts second; the names carry no secret. */
export const HELLO = 'candour-extension-hello';
export const READY = 'candour-extension-ready';

export const askName = (secret: string): string => `${secret}?`;
export const answerName = (secret: string): string => `${secret}!`;

/** What the content script may ask of its helper. */
export type Want = 'withdraw' | 'reopen' | 'signals';

/** Milliseconds after which a page that does not answer has failed. */
export const PATIENCE = 5000;

/**
 * How one thing is read in the page's world. Made by the extension, never by a page. Every field is there, null or not: one that is missing
 * would be looked up on a prototype that belongs to the page.
 */
export interface Recipe {
  /** From `window`: ['google_tag_data', 'ics']. */
  path: readonly string[];
  /** `value`: what stands there; `call`: what the function there returns; `listen`: what it gives to a callback, its first word only. */
  how: 'value' | 'call' | 'listen';
  /** What a `listen` function is called with before the callback: a command, or command and version. */
  command: readonly [string] | readonly [string, number] | null;
  /** It keeps calling: how it is told to stop, followed by a callback and the `listenerId` that it gave. */
  stop: readonly [string, number] | null;
  /** The only keys of objects that are read, at any depth; null: all. */
  keys: readonly string[] | null;
}

/** What the content script asks. `recipes` goes with `signals` only. */
export interface Question {
  nonce: string;
  want: Want;
  recipes: readonly Recipe[];
}

/** For each recipe: `[value]`, null where there is no such thing, 0 where it could not be read. */
export type Reading = [unknown] | null | 0;

/** Characters of JSON that one recipe may bring. */
export const MOST_READ = 150_000;
