// `window.candour`, over the widget at work.
import { version } from '../../package.json';
import type { Method } from '../../shared/consent/event.ts';
import type { Candour } from './api.ts';
import { askedPurposes, stateFor } from './choices.ts';
import type { Screen, Widget } from './widget.ts';

/** The site's own interface asked: what it showed is not ours to record. */
const OWN_INTERFACE: Screen = { layout: 'api', words: [], controls: [] };

export function createApi(widget: Widget, ready: Promise<void>, open: () => Promise<void>): Candour {
  const { boot, status } = widget;
  const asked = askedPurposes(boot);
  const choose = async (method: Method, on: Readonly<Record<string, boolean>>): Promise<void> => {
    const states = (): Choices =>
      Object.keys(on).map((name) => {
        const purpose = asked.find(({ id }) => id === name);
        if (!purpose) throw new RangeError(`this site asks nothing about the purpose "${name}"`);
        return [name, stateFor(purpose.mode, on[name] === true, status()[name])];
      });
    await ready;
    await widget.decide({ method, purposes: Object.fromEntries(states()), screen: OWN_INTERFACE });
  };
  return {
    ready,
    status,
    on(type, listener) {
      const heard = (event: Event): void => listener((event as CustomEvent).detail);
      document.addEventListener(`candour:${type}`, heard);
      return () => document.removeEventListener(`candour:${type}`, heard);
    },
    open: () => ready.then(open),
    decide: (choices) => choose('api', choices),
    withdraw: (purposes = asked.map(({ id }) => id)) => choose('withdraw', Object.fromEntries(purposes.map((id) => [id, false]))),
    receipts: async () => (await (await widget.recorder()).receipts()).map(({ receipt }) => receipt),
    site: { id: boot.site, service: boot.service, log: boot.log },
    version,
  };
}

type Choices = [string, ReturnType<typeof stateFor>][];
