// Makes sure that what the journeys drive is on this machine: Chromium, Firefox, PostgreSQL and (on Linux) WebKit, a display for it
// and strace.
// Debian as root: installs what is missing. Elsewhere: uses what is there, else says which command brings it and fails.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromiumPath, firefoxPath, headlessShellPath } from './browser.ts';
import { postgresBin } from './postgres.ts';
import { webkitDriverPath, xvfbPath } from './webkit.ts';

interface Need {
  name: string;
  /** Debian's package. */
  debian: string;
  /** Homebrew's formula or cask. */
  homebrew: string;
  find: () => string | null;
}

const HEADLESS_SHELL = 'chromium-headless-shell';

const orNull = (find: () => string): (() => string | null) => {
  return () => {
    try {
      return find();
    } catch {
      return null;
    }
  };
};

const onPath = (command: string): string | null =>
  (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => existsSync(file)) ?? null;

const needs: Need[] = [
  { name: 'Chromium', debian: 'chromium', homebrew: '--cask chromium', find: orNull(chromiumPath) },
  { name: 'Firefox', debian: 'firefox-esr', homebrew: '--cask firefox', find: orNull(firefoxPath) },
  { name: 'PostgreSQL', debian: 'postgresql', homebrew: 'postgresql', find: orNull(postgresBin) },
];
// macOS has neither WebKit's GTK port nor strace, and their tests say so themselves.
if (process.platform === 'linux')
  needs.push(
    { name: 'WebKitWebDriver', debian: 'webkit2gtk-driver', homebrew: '', find: orNull(webkitDriverPath) },
    { name: 'Xvfb', debian: 'xvfb', homebrew: '', find: orNull(xvfbPath) },
    { name: 'strace', debian: 'strace', homebrew: '', find: () => onPath('strace') },
  );

const missing = (): Need[] => needs.filter(({ find }) => find() === null);

function aptGet(...args: string[]): boolean {
  const { status } = spawnSync('apt-get', args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  return status === 0;
}

function install(lacking: Need[]): void {
  console.log(`installing by apt-get: ${lacking.map(({ debian }) => debian).join(', ')}`);
  const packages = lacking.map(({ debian }) => debian);
  if (!aptGet('install', '-y', '--no-install-recommends', ...packages)) {
    // A fresh machine has no package lists, or old ones.
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', ...packages);
  }
}

const isDebian = existsSync('/etc/debian_version') && onPath('apt-get') !== null;
const isRoot = process.getuid?.() === 0;

/** One command that brings what is missing, for a person to run. */
function command(lacking: Need[]): string {
  if (isDebian) return `sudo apt-get install -y ${lacking.map(({ debian }) => debian).join(' ')}`;
  if (process.platform === 'darwin') return lacking.map(({ homebrew }) => `brew install ${homebrew}`).join(' && ');
  return `your package manager's command for ${lacking.map(({ name }) => name).join(', ')}`;
}

if (missing().length > 0 && isDebian && isRoot) install(missing());
// Only makes the journeys quicker: where it cannot be had, they drive Chromium itself.
if (headlessShellPath() === null && isDebian && isRoot) aptGet('install', '-y', '--no-install-recommends', HEADLESS_SHELL);

for (const { name, find } of needs) console.log(`${name}: ${find() ?? 'missing'}`);
console.log(`Chromium headless shell: ${headlessShellPath() ?? 'none, Chromium does its work'}`);
if (missing().length > 0) {
  const names = missing().map(({ name }) => name);
  console.error(
    `The journeys need ${names.join(' and ')}. Run: ${command(missing())}\n` +
      'One in another place is named by CANDOUR_CHROMIUM (Chromium or Chrome for Testing), CANDOUR_FIREFOX, CANDOUR_WEBKIT_DRIVER or CANDOUR_PG_BIN (a folder).',
  );
  process.exitCode = 1;
}
