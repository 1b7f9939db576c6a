// The package that the stores get: the same bytes for the same build, whenever and wherever it is packed.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { zipSync, type Zippable } from 'fflate';

/** The first day that a zip can name; by the parts of the date, as a zip knows no time zone. */
const DAY = new Date(1980, 0, 1);

/** All files below `folder`, in order of their names. Throws where there is no manifest: an empty folder is no package. */
export function storeZip(folder: string): Uint8Array {
  const names = globSync('**/*', { cwd: folder, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .sort();
  if (!names.includes('manifest.json')) throw new Error(`${folder} holds no built extension`);
  const files: Zippable = {};
  for (const name of names) files[name] = [readFileSync(join(folder, name)), { mtime: DAY, level: 9, os: 3, attrs: 0o644 << 16 }];
  return zipSync(files);
}
