// Microsoft's advertising tag: its queue before its script has loaded, its own settings afterwards.
// (help.ads.microsoft.com, "UET consent mode")
import * as v from 'valibot';

import type { Grant, Seen, UetSignal } from '../../shared/signals/signals.ts';
import type { Reading } from '../page-world/channel.ts';

const Loaded = v.object({
  uetConfig: v.object({
    consent: v.object({ enabled: v.optional(v.boolean(), false), adStorageAllowed: v.optional(v.boolean()) }),
  }),
});
const Given = v.object({ ad_storage: v.picklist(['granted', 'denied']) });

/** Three entries a command: 'consent', 'default' or 'update', and what is given. */
function inQueue(queue: readonly unknown[]): UetSignal {
  let adStorage: Grant | null = null;
  for (const [i, entry] of queue.slice(0, 2000).entries()) {
    const given = entry === 'consent' ? v.safeParse(Given, queue[i + 2]) : null;
    if (given?.success && ['default', 'update'].includes(String(queue[i + 1]))) adStorage = given.output.ad_storage;
  }
  return { adStorage, used: adStorage !== null };
}

export function readUet(reading: Reading): Seen<UetSignal> {
  if (reading === null) return { state: 'none' };
  if (reading === 0) return { state: 'unreadable' };
  const [value] = reading;
  if (Array.isArray(value)) return { state: 'read', value: inQueue(value as unknown[]) };
  const loaded = v.safeParse(Loaded, value);
  if (!loaded.success) return { state: 'unreadable' };
  const { enabled, adStorageAllowed } = loaded.output.uetConfig.consent;
  const allowed = adStorageAllowed === undefined ? null : adStorageAllowed ? 'granted' : 'denied';
  return { state: 'read', value: { adStorage: enabled ? allowed : null, used: enabled } };
}
