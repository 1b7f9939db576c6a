// A piece in front of the first chunk, where the framework is configured: `__tcfapi` is there at once and keeps what is asked of it
// until the chunk answers.
import stub from '@iabtechlabtcf/stub';

import type { ReadyDetail } from '../core/api.ts';
import { join } from '../core/signals-piece.ts';
import type * as TcfChunk from './tcf.ts';

/** As tcf.ts hears it: no chunk carries another's code. */
const CHANGED = 'candour:tcf';

stub();
join(() => {
  const ready = new Promise<ReadyDetail>((resolve) =>
    document.addEventListener('candour:ready', (event) => resolve((event as CustomEvent<ReadyDetail>).detail), { once: true }),
  );
  return (allowed, first) => {
    // What holds has changed here, or in another tab.
    if (allowed) return void document.dispatchEvent(new Event(CHANGED));
    first
      .load<typeof TcfChunk>('tcf')
      .then(({ openTcf }) => openTcf(first, ready))
      .catch(() => undefined);
  };
});
