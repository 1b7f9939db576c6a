#!/usr/bin/env node
// The candour command. Checks its Node before anything that an old one could not even read.
import * as nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(
    `candour needs Node 22.18 or later and found ${process.version}: install it from https://nodejs.org/ (24 is best).`,
  );
  process.exit(2);
}
/**
 * MiB of one of the halves in which V8 makes objects. What a request needs lives until its commit: in the usual half of one MiB,
 * which is full after a dozen requests, most of it is copied around and then taken for long-lived (docs/performance.md). Node takes
 * the size at its start only, so that the service begins with starting anew, as the same process; Windows has no such way.
 */
const YOUNG = 16;
const flags = [`--min-semi-space-size=${YOUNG}`, `--max-semi-space-size=${YOUNG}`];
const given = process.execArgv.some((argument) => argument.includes('semi-space'));
/**
 * glibc would give each of a dozen threads an arena of its own, and each keeps what it was once given: two in all are 16 MiB less. Where
 * there is another C library it means nothing.
 */
const environment = { MALLOC_ARENA_MAX: '2', ...process.env };
if (process.argv[2] === 'serve' && !given && process.execve && process.platform !== 'win32')
  process.execve(process.execPath, [process.execPath, ...flags, ...process.execArgv, ...process.argv.slice(1)], environment);
// Who reads only the beginning (`candour … | head`) has what they wanted.
process.stdout.on('error', (error) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
// Reading the program takes longer than most commands do. Node keeps what it made of it beside the packages, where only who may
// change the program may write; where it may not write itself, it reads anew.
if (!process.env.NODE_COMPILE_CACHE)
  nodeModule.enableCompileCache?.(fileURLToPath(new URL('../../node_modules/.cache/candour', import.meta.url)));
await import('../plain-sources.mjs');
const { run } = await import('./program.ts');
process.exitCode = await run(process.argv.slice(2));
