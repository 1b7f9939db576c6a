// Whether, and where, Candour refuses for the person.
import * as v from 'valibot';

import { readKey, type Area } from './store.ts';

const KEY = 'setting:refuse';
const MOST_EXCEPTIONS = 1000;

const RefuseSettings = v.object({
  on: v.boolean(),
  /** In private windows too. */
  inPrivate: v.boolean(),
  /** Hosts on which the person answers. */
  except: v.pipe(v.array(v.string()), v.maxLength(MOST_EXCEPTIONS)),
});
export type RefuseSettings = v.InferOutput<typeof RefuseSettings>;

/** What is stored and cannot be read means off: it acts only where somebody asked for it. */
export async function refuseSettings(device: Area): Promise<RefuseSettings> {
  const read = v.safeParse(RefuseSettings, await readKey(device, KEY));
  return read.success ? read.output : { on: false, inPrivate: false, except: [] };
}

export async function changeRefuseSettings(device: Area, changes: Partial<RefuseSettings>): Promise<RefuseSettings> {
  const changed = { ...(await refuseSettings(device)), ...changes };
  const settings = { ...changed, except: [...new Set(changed.except)].slice(-MOST_EXCEPTIONS) };
  await device.set({ [KEY]: settings });
  return settings;
}
