// Gives Node the program's files without their types, as `npm run build` left them in dist/server. Where one is missing or was made of
// another text, Node takes the types out itself, with a compiler that then stays in each thread: about 20 MiB (docs/performance.md).
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as nodeModule from 'node:module';

const PLAIN = new URL('../dist/server/', import.meta.url);

// Not in every Node that can run the program.
nodeModule.registerHooks?.({
  load(url, context, nextLoad) {
    if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context);
    try {
      const name = hash('sha256', readFileSync(new URL(url)));
      return { format: 'module', source: readFileSync(new URL(`${name}.js`, PLAIN)), shortCircuit: true };
    } catch {
      return nextLoad(url, context);
    }
  },
});
