// Where the thread that checks events begins: what follows is read without its types.
import './plain-sources.mjs';

await import('./event-checks-thread.ts');
