// docs/store/listing.md: what the forms of both stores ask, made from the manifest's own table where it is about permissions:
// node extension/store-listing.ts | npx oxfmt --stdin-filepath listing.md > docs/store/listing.md
import { HOST_PERMISSIONS, PERMISSIONS, SUMMARY, type Permission } from './manifest.ts';

const justification = ({ name, reason, never }: Permission): string => `### \`${name}\`\n\n${reason} ${never}`;

export const storeListing = (): string => `# Store listing

For the Chrome Web Store and addons.mozilla.org. The packages are \`dist/candour-chrome.zip\` and \`dist/candour-firefox.zip\` (\`npm run build\`):
the same source gives the same bytes. The screenshots beside this page are made by \`node test/store-screenshots.ts\`.

| field                | value                                           |
|----------------------|-------------------------------------------------|
| Name                 | Candour                                         |
| Category             | Privacy & Security (AMO), Tools (Chrome)        |
| Licence              | Apache License 2.0                              |
| Single purpose       | Shows what a page's privacy notice says about the lawful basis of what the page does, and what you chose there. |

## Summary

${SUMMARY}

## Description

Every site must say what it does with data about you and what allows it to. Candour finds that notice, reads it on your device and
shows, for the page you are on, which lawful basis covers what, with the very sentence that says so. Where the notice says nothing,
Candour says that too.

- **This page**: who is responsible, which activities apply here, which lawful basis each has, and where the notice says so. One click
  opens the notice at that sentence. “Not stated” and “we could not find it” are kept apart.
- **Mine**: the choices you made on the sites you visit. On sites that use Candour's own widget each choice comes with a receipt, which
  Candour checks: signature, place in the log, and on your word the service's key.
- **Your rights**: letters for access, erasure, objection, withdrawal, portability and complaint, filled in from the notice, and only
  where the basis gives you that right. You send them; Candour sends nothing.
- **Refuse for me**: off until you switch it on. Answers consent dialogs with no to everything that is not essential, and tells you
  each time what it did. It has no way to accept anything.

Candour makes no judgement about any site. It shows what the notice says, and where.

It has no account, no server of its own, no telemetry and no remote code. It makes two kinds of request: for the notice of the page in
view, when you open it, and for what a receipt is checked against, when you press Check.

## Why each permission

${[...PERMISSIONS, ...HOST_PERMISSIONS].map(justification).join('\n\n')}

### Remote code

None. All scripts are in the package; the extension's pages run under \`script-src 'self'\`. Rules of “Refuse for me” are data in the package.

## Privacy practices

| question                                                                 | answer |
|--------------------------------------------------------------------------|--------|
| Personally identifiable information, health, finance, authentication     | Not collected |
| Personal communications, location                                        | Not collected |
| Web history                                                              | Not collected: which pages you visit is not recorded. Notices that you opened, and choices that you made, are kept on your device until you clear them. |
| User activity (clicks, typing)                                           | Not collected: of forms only the names and kinds of fields are read, never what is typed |
| Website content                                                          | Read on your device to show you the result; never sent anywhere |
| Sold or given to third parties                                           | No: nothing is collected |
| Used for anything but the single purpose                                 | No |
| Firefox: \`data_collection_permissions\`                                 | \`none\` |

## Notes for reviewers

- Nothing is minified. \`npm ci && npm run build\` makes the packages from the source; Node 22.18 or later.
- \`refuse/index.js\` and \`refuse/rules.json\` are DuckDuckGo's autoconsent 16 (MPL-2.0, licence in the package), without rules that only hide
  a dialog and without any step that accepts. They are registered with \`scripting.registerContentScripts\` after the person switched
  “Refuse for me” on in the options, and not before.
- \`content/glance.js\` and \`content/answers.js\` are brought into a page with \`scripting.executeScript\`: the first when the page stands
  there, the second when the person opens Candour on it or something is known of its site.
- To try it: open any site with a privacy notice and press the toolbar button.
`;

if (import.meta.main) process.stdout.write(storeListing());
