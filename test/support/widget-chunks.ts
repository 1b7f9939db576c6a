// The widget's chunks from their sources, where no build is.
import type { Chunk, LoadChunk } from '../../widget/core/widget.ts';

const CHUNKS: Record<Chunk, () => Promise<unknown>> = {
  ui: () => import('../../widget/ui/page.ts'),
  centre: () => import('../../widget/ui/centre.tsx'),
  history: () => import('../../widget/ui/history.tsx'),
  ledger: () => import('../../widget/core/recorder.ts'),
  delivery: () => import('../../widget/core/delivery.ts'),
  withdrawal: () => import('../../widget/core/withdrawal.ts'),
  marketing: () => import('../../widget/marketing/marketing.ts'),
  modal: () => import('../../widget/ui/modal.ts'),
  moving: () => import('../../widget/moving/moving.ts'),
  storage: () => import('../../widget/storage/storage-table.ts'),
  tcf: () => import('../../widget/tcf/tcf.ts'),
  elements: () => import('../../widget/core/elements.ts'),
  embeds: () => import('../../widget/core/embeds.ts'),
};

export const loadChunk: LoadChunk = (chunk) => CHUNKS[chunk]() as Promise<never>;
