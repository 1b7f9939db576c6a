// docs/permissions.md, made from the table in manifest.ts:
// node extension/permissions-document.ts | npx oxfmt --stdin-filepath permissions.md > docs/permissions.md
import { HOST_PERMISSIONS, PERMISSIONS, type Permission } from './manifest.ts';

/** What one page carries while it is on; a test holds the number against the build. */
export const REFUSE_KILOBYTES = 140;

const BROWSER_WORDS = { chrome: 'Chromium', firefox: 'Firefox' } as const;

const row = ({ name, browsers, reason, never }: Permission): string =>
  `| \`${name}\` | ${browsers.map((browser) => BROWSER_WORDS[browser]).join(', ')} | ${reason} | ${never} |`;

const table = (permissions: readonly Permission[]): string =>
  [
    '| Permission | Where | What you get from it | What it is never used for |',
    '|---|---|---|---|',
    ...permissions.map(row),
  ].join('\n');

export const permissionsDocument = (): string => `# What the extension asks of your browser

This page is made from the table in \`extension/manifest.ts\`, which is also what the browsers get.

## Permissions

${table(PERMISSIONS)}

Nothing more is asked for later.

## Access to pages

${table(HOST_PERMISSIONS)}

## Requests that leave the extension

1. The notice that the page in view declares or links: when you open Candour there (once a visit; the one for the people whom the page is
   for too), when you press "Read it" or "Read again", or on each visit if you switched that on. In private windows never by itself. A notice
   for people may be reached through redirects, as a link is; one declared as data may not. A page that is itself the notice is read as it
   stands. No address is tried that the page does not name.
2. After you press "Check" on a receipt: the keys (\`/.well-known/candour.json\`), the log's present head and a consistency proof,
   from the service that the receipt names.

Each goes without cookies and without a referrer, is limited to 5 MB and ten seconds, and never goes from a public page to an address
of your own machine or network; what a redirect leads to there is not read. What the page's own response said in its \`Link\` header is taken
from the browser's cache, never from the network. There is no other request, no telemetry and no remote code.

## Refuse for me

Off until you switch it on in the options. Then the extension adds a script of its own to pages: DuckDuckGo's autoconsent (Mozilla
Public License 2.0) with the rules that come with it, about ${REFUSE_KILOBYTES} KB in each page, read from your device; the rules that only hide a dialog
are left out, and there is no step that accepts. While it is off nothing of it is in any page. It answers a dialog with no to
everything that is not essential, never where you pressed something on the page first, never on sites that you leave out, in
private windows only if you say so, and writes down each time what it did. On a site with Candour's own widget the refusal is
recorded as made by an extension. It sends nothing anywhere itself; what a platform then tells its own site is the refusal.

## What is kept on the device

Notices that you opened and what was found in them (by their SHA-256), the log keys first seen on each site with the day, what “Refuse for me”
did on which site, and the settings. What open tabs declare and link is kept in memory
until the browser closes. In private windows everything stays in memory, until the last of them closes. The options page shows it all
and clears it.
`;

if (import.meta.main) process.stdout.write(permissionsDocument());
