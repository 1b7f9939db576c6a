// The demonstration's own CANDOUR_SECRET: made at the first start and kept beside the database, so that addresses given in its forms can be
// found again. Whoever runs a service sets their own.
import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** The secret that is set, else the one that is kept beside the log's key, else a new one, kept with mode 0600. */
export function demoSecret({ secret, logKeyFile }: { secret: string | null; logKeyFile: string }): string {
  if (secret !== null) return secret;
  const file = join(dirname(logKeyFile), 'demo-secret');
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  mkdirSync(dirname(file), { recursive: true });
  const made = randomBytes(33).toString('base64');
  writeFileSync(file, made, { mode: 0o600, flag: 'wx', flush: true });
  return made;
}
