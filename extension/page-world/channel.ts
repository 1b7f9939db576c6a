// How the content script and its helper in the page's world find each other: both start before any script of the page and
// hand over a secret in one synchronous step. Afterwards they speak in events named by that secret, which no script of the
// page can listen for, so that a page can neither ask the helper nor tell that the extension is there.

/** Dispatched by whoever starts second; the names carry no secret. */
export const HELLO = 'candour-extension-hello';
export const READY = 'candour-extension-ready';

export const askName = (secret: string): string => `${secret}?`;
export const answerName = (secret: string): string => `${secret}!`;

/** Milliseconds after which a page that does not answer has failed. */
export const PATIENCE = 5000;
