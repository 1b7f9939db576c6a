// A piece in front of the first chunk, where the framework is configured: `__tcfapi` is there at once and keeps what is asked of it
// until the chunk answers.
import stub from '@iabtechlabtcf/stub';

import type { ReadyDetail } from '../core/api.ts';
import { join } from '../core/signals-piece.ts';
import type * as TcfChunk from './tcf.ts';

stub();
join(() => {
  const ready = new Promise<ReadyDetail>((resolve) =>
    document.addEventListener('candour:ready', (event) => resolve((event as CustomEvent<ReadyDetail>).detail), { once: true }),
  );
  return (allowed, { load, widget }) => {
    if (allowed) return;
    // Not yet: what is asked of the rest is not ready while the first chunk starts.
    void Promise.resolve()
      .then(() => Promise.all([load<typeof TcfChunk>('tcf'), widget()]))
      .then(([{ openTcf }, opened]) => openTcf(opened, ready))
      .catch(() => undefined);
  };
});
