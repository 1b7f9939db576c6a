// What the bench has to know of a consent banner: what its set-up puts into the page, and how it is seen and answered.
export interface ServedFile {
  body: Buffer;
  type: string;
}

export interface Contestant {
  id: string;
  /** With its version. */
  name: string;
  /** How it was set up, in words for the report. */
  setup: string;
  /** Tags in <head>. */
  head: string;
  /** Tags at the end of <body>. */
  body: string;
  /** By path on the page's own origin. */
  files: Record<string, ServedFile>;
  /** CSS selector of the element that is the banner; empty: there is none. */
  banner: string;
  /** Where it is in an open shadow root: CSS selector of the host. */
  host?: string;
  /** Where it has a service: end of the URL that takes the choice; it must have answered. */
  record?: string;
  /** Origin of a service to which the page's own host passes on what it has no file for, as a reverse proxy does. */
  behind?: string;
}
