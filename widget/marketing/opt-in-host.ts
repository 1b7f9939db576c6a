// What a form's boxes need of the page: what the rest of the widget has, made here from the first chunk alone, so that a form needs
// neither the banner's chunk nor the preference centre's.
import type { SpokenDetails } from '../../shared/site/details.ts';
import { readDetails } from '../core/details.ts';
import type { First } from '../core/first.ts';
import { once } from '../core/once.ts';
import type * as LedgerChunk from '../core/recorder.ts';
import type { Recorder } from '../core/recorder.ts';
import { addStyle } from '../core/shadow.ts';
import type { Widget } from '../core/widget.ts';

export interface OptInHost extends Pick<Widget, 'boot' | 'gpc' | 'status' | 'sync'> {
  details(): Promise<SpokenDetails>;
  /** Loads the ledger's chunk; opens nothing. */
  recorder(): Promise<Pick<Recorder, 'channels' | 'recordForm'>>;
  addStyle(css: string): void;
}

export function optInHost({ boot, gpc, status, load, emit, adopt }: First): OptInHost {
  const details = once(() => readDetails(boot));
  const sync: Widget['sync'] = (detail) => emit('sync', detail);
  return {
    boot,
    gpc,
    status,
    sync,
    details,
    recorder: once(async () => {
      const [{ openRecorder }, { record }] = await Promise.all([load<typeof LedgerChunk>('ledger'), details()]);
      return openRecorder({ boot: { ...boot, ...record }, gpc, status, banner: details, sync, adopt, load });
    }),
    addStyle: (css) => addStyle(document, css),
  };
}
