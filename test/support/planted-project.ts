// A small project in a temporary folder with this project's real configuration: the place to plant a violation,
// far from the folders that somebody may be working in.
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { root, run, type Outcome } from '../../scripts/tool.ts';

const CONFIGURATION = [
  '.dependency-cruiser.mjs',
  '.oxlintrc.json',
  'oxfmt.config.ts',
  'knip.config.ts',
  'package.json',
  'tsconfig.base.json',
  'tsconfig.json',
  ...['shared', 'widget', 'server', 'server/dashboard', 'extension', 'test'].map((folder) => `${folder}/tsconfig.json`),
];

export interface PlantedProject {
  folder: string;
  /** Runs a tool of the project in the folder. */
  run: (command: string, args: string[]) => Promise<Outcome>;
  remove: () => void;
}

/** Writes `files` (path → text) beside a copy of the configuration. The caller removes it, whatever happens. */
export function plantProject(files: Record<string, string>): PlantedProject {
  // The real path: tools compare paths, and a temporary folder may be a link (macOS).
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'candour-planted-')));
  const place = (path: string): string => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    return join(folder, path);
  };
  for (const path of CONFIGURATION) copyFileSync(join(root, path), place(path));
  for (const [path, text] of Object.entries(files)) writeFileSync(place(path), text);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return {
    folder,
    run: (command, args) => run(command, args, { cwd: folder }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
