// A page with the interface in it, for component tests: what is recorded and announced is kept, and nothing leaves it.
import type { Presentation } from '../../shared/consent/presentation.ts';
import type { Mirror } from '../../shared/consent/mirror.ts';
import { isoDay } from '../../shared/notice/period.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { DecisionDetail, SyncDetail } from '../../widget/core/api.ts';
import type { Channels } from '../../widget/core/channels.ts';
import { mayRun, statusOf } from '../../widget/core/choices.ts';
import { writeMirror } from '../../widget/core/cookies.ts';
import type { Recorder, TellingReceipt } from '../../widget/core/recorder.ts';
import type { LedgerEvent } from '../../widget/core/ledger.ts';
import { addRoot, addStyle } from '../../widget/core/shadow.ts';
import type { LoadChunk, Recording, Widget } from '../../widget/core/widget.ts';
import { openInterface, type Interface } from '../../widget/ui/ui.ts';
import { exampleBoot, exampleDetails } from './example-widget.ts';
import { loadChunk } from './widget-chunks.ts';

export interface PageOptions {
  boot?: Parameters<typeof exampleBoot>[0];
  gpc?: boolean;
  /** Does the browser write? `missing`: not even the ledger's chunk loads. */
  storage?: 'works' | 'fails' | 'missing';
  details?: (details: SpokenDetails) => SpokenDetails;
  channels?: Channels;
  /** What the ledger has. */
  events?: LedgerEvent[];
  receipts?: TellingReceipt[];
  load?: LoadChunk;
}

export interface WidgetPage {
  widget: Widget;
  ui: Interface;
  mirror: () => Mirror | null;
  recorded: (Recording & { shown: Presentation })[];
  decisions: DecisionDetail[];
  synced: SyncDetail[];
  announced: string[];
}

export function widgetPage({
  boot: more = {},
  gpc = false,
  storage = 'works',
  details = (same) => same,
  channels = {},
  events = [],
  receipts = [],
  load = loadChunk,
}: PageOptions = {}): WidgetPage {
  const boot = exampleBoot(more);
  const said = { recorded: [], decisions: [], synced: [], announced: [] } as Omit<WidgetPage, 'widget' | 'ui' | 'mirror'>;
  let mirror: Mirror | null = null;
  const status = () => statusOf(boot, mirror, isoDay(Date.now()));
  const host = document.createElement('candour-choices');
  document.body.append(host);
  const recorder = {
    presentation: (screen, offered) => Promise.resolve({ ...screen, offered } as unknown as Presentation),
    record(recording, after) {
      if (storage === 'fails') return Promise.reject(new DOMException('full', 'QuotaExceededError'));
      said.recorded.push({ ...recording, shown: recording.presentation as Presentation });
      if (after) writeMirror(boot.site, after(), null);
      return Promise.resolve({ event: { id: `event-${said.recorded.length}` } } as never);
    },
    keep: (after) => Promise.resolve(writeMirror(boot.site, after(), null)),
    deliver: () => Promise.resolve(),
    ledger: () => Promise.resolve({ events: () => Promise.resolve(events) } as never),
    receipts: () => Promise.resolve(receipts),
    channels: () => Promise.resolve(channels),
  } satisfies Partial<Recorder> as unknown as Recorder;
  let ui: Interface | null = null;
  const spoken = details(exampleDetails(boot));
  const widget: Widget = {
    boot,
    gpc,
    words: () => boot.words,
    status,
    banner: () => Promise.resolve(spoken),
    details: () => Promise.resolve(spoken),
    load,
    sync: (detail) => void said.synced.push(detail),
    mirror: () => mirror,
    hasRun: () => false,
    mayRun: (id) =>
      mayRun(
        boot.purposes.find((purpose) => purpose.id === id),
        mirror,
        status(),
        gpc,
      ),
    recorder: () => (storage === 'missing' ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(recorder)),
    adopt: (after) => void (mirror = after),
    decided(detail) {
      said.decisions.push(detail);
      ui?.closeBanner();
    },
    announce: (text) => void said.announced.push(text),
    root: addRoot(host),
    addRoot,
    addStyle,
  };
  ui = openInterface(widget);
  return { widget, ui, mirror: () => mirror, ...said };
}
