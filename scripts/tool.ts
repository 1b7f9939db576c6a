// Runs a tool of node_modules/.bin (or any command) as the npm scripts do: on the project's own Node, from a chosen folder.
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** How a command ended: its exit code (null when a signal ended it) and what it printed, both streams in order of arrival. */
export interface Outcome {
  code: number | null;
  output: string;
}

interface RunOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** true: print at once instead of collecting. */
  live?: boolean;
}

/** Runs `command` to its end. Never throws for a failing command; rejects only where it can't be started. */
export function run(command: string, args: string[], { cwd = root, env = {}, live = false }: RunOptions = {}): Promise<Outcome> {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env, PATH: path },
      stdio: ['ignore', live ? 'inherit' : 'pipe', live ? 'inherit' : 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, output }));
  });
}
