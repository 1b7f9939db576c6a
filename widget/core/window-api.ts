// `window.candour`, over the widget at work.
import { version } from '../../package.json';
import type { Interface } from '../ui/ui.ts';
import type { Candour } from './api.ts';
import { askedPurposes } from './choices.ts';
import type { Widget } from './widget.ts';

export function createApi(
  widget: Widget,
  ready: Promise<void>,
  ui: () => Promise<Interface>,
  open: () => Promise<void>,
): Candour {
  const { boot, status, recorder } = widget;
  const shown = (): Promise<Interface> => ready.then(ui);
  return {
    ready,
    status,
    allows: widget.mayRun,
    on(type, listener) {
      const heard = (event: Event): void => listener((event as CustomEvent).detail);
      document.addEventListener(`candour:${type}`, heard);
      return () => document.removeEventListener(`candour:${type}`, heard);
    },
    open: () => ready.then(open),
    decide: async (choices) => (await shown()).choose('api', choices),
    async withdraw(purposes = askedPurposes(boot).map(({ id }) => id)) {
      const off = Object.fromEntries(purposes.map((id) => [id, false]));
      await (await shown()).choose('withdraw', off);
    },
    receipts: async () => (await (await recorder()).receipts()).map(({ receipt }) => receipt),
    site: { id: boot.site, service: boot.service, log: boot.log },
    version,
  };
}
