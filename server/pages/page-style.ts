// The look of the pages that the service serves to people: one file, no script, no inline style.
/** Where the service serves `pageStyle` as text/css (with an ETag; it changes with the release). */
export const PAGE_STYLE_PATH = '/pages/style.css';

/** The Content-Security-Policy that the pages of this folder work under. */
export const PAGE_CSP =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export const pageStyle = `body { font-family: system-ui, sans-serif }`;
