// What the extension asks of the browser, each with its reason. docs/permissions.md is made from this table.
import type { ManifestV3Export } from '@crxjs/vite-plugin';

export type Browser = 'chrome' | 'firefox';

export interface Permission {
  name: string;
  browsers: readonly Browser[];
  /** What the person gets from it. */
  reason: string;
  /** What it is never used for. */
  never: string;
}

export const PERMISSIONS: readonly Permission[] = [
  {
    name: 'storage',
    browsers: ['chrome', 'firefox'],
    reason:
      'Keeps on this device the choices that you made on each site with their receipts, the notices that you opened and what they said before, the log keys first seen on each site, and for as long as the browser runs what each open tab declares.',
    never: 'Nothing in it is sent or synchronised anywhere. In private windows nothing is written to disk.',
  },
  {
    name: 'scripting',
    browsers: ['chrome', 'firefox'],
    reason:
      'Lets what runs in every page be small: the script that looks for a notice comes into a page once it stands there, and the one that reads the page only when you open Candour or something is known of the site. “Refuse for me”, which is off until you switch it on, puts the script that declines consent dialogs into pages with it, and calls a platform’s own way to decline.',
    never:
      'Only scripts that come with the extension are brought into pages, only on pages that it may look at anyway. Nothing that refuses is in any page while that is off, and it has no way to accept anything for you.',
  },
  {
    name: 'sidePanel',
    browsers: ['chrome'],
    reason:
      'Shows the same view beside the page, so that it stays open while you read. Firefox has its sidebar without a permission.',
    never: 'It gives no access to any page.',
  },
];

export const HOST_PERMISSIONS: readonly Permission[] = [
  {
    name: 'http://*/*',
    browsers: ['chrome', 'firefox'],
    reason:
      'A privacy notice can be declared or linked on any page, and which activities apply depends on the page: its title and address, its form fields (never what is typed into them) and the hosts it loads from. What its consent platform says is read when you open Candour there: consent signals and the names (never the values) of what is stored. Where the site uses Candour’s own widget, the receipts that it keeps in your browser are read too.',
    never: 'No page address, no page content and no choice leaves the device.',
  },
  {
    name: 'https://*/*',
    browsers: ['chrome', 'firefox'],
    reason:
      'The same for pages over https. It also lets the extension fetch the notice that the page declares or links when you open Candour, and the keys of a consent service when you press Check.',
    never: 'No other request is made, and none carries cookies or a referrer.',
  },
];

const forBrowser = (table: readonly Permission[], browser: Browser): string[] =>
  table.filter(({ browsers }) => browsers.includes(browser)).map(({ name }) => name);

const ICONS = { 16: 'icons/16.png', 32: 'icons/32.png', 48: 'icons/48.png', 128: 'icons/128.png' };
/** Fetching a notice is all that connect-src is for, and reading our own files; which address is decided in background/fetch-json.ts. */
const CSP =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' http: https:; base-uri 'none'; form-action 'none'";

export const GECKO_ID = 'candour@candour.example';

/** What it is, in as many letters as both stores take (132). */
export const SUMMARY =
  'Shows which privacy notice applies to the page, which lawful basis covers what, and what you chose there.';

/** The manifest of one browser. `version` is that of package.json: numbers and dots. */
export function manifest(browser: Browser, version: string): ManifestV3Export {
  const pages = forBrowser(HOST_PERMISSIONS, browser);
  const common = {
    manifest_version: 3,
    name: 'Candour',
    version,
    description: SUMMARY,
    icons: ICONS,
    action: { default_popup: 'popup.html', default_title: 'Candour', default_icon: ICONS },
    options_ui: { page: 'options.html', open_in_tab: true },
    permissions: forBrowser(PERMISSIONS, browser),
    host_permissions: pages,
    content_security_policy: { extension_pages: CSP },
    content_scripts: [
      { matches: pages, js: ['page-world/index.iife.ts'], run_at: 'document_start', world: 'MAIN' },
      { matches: pages, js: ['content/index.iife.ts'], run_at: 'document_start' },
    ],
  };
  if (browser === 'chrome')
    return {
      ...common,
      minimum_chrome_version: '137',
      background: { service_worker: 'background/index.ts', type: 'module' },
      side_panel: { default_path: 'sidepanel.html' },
    } as ManifestV3Export;
  return {
    ...common,
    background: { scripts: ['background/index.ts'], type: 'module' },
    sidebar_action: { default_panel: 'sidepanel.html', default_title: 'Candour', default_icon: ICONS, open_at_install: false },
    browser_specific_settings: {
      gecko: {
        id: GECKO_ID,
        // URLPattern came with 142; Ed25519 in Web Crypto and MAIN-world content scripts are older.
        strict_min_version: '142.0',
        data_collection_permissions: { required: ['none'] },
      },
    },
  } as unknown as ManifestV3Export;
}
