// What each open tab declares and shows. Kept in the session area, under a key of its own per tab, because a background
// worker may end at any moment and pages tell of themselves once.
import * as v from 'valibot';

import { PageSeen } from '../messages.ts';
import { readKey, type Area } from './store.ts';

const SeenTab = v.object({
  seen: PageSeen,
  isPrivate: v.boolean(),
  /** Addresses that were read by themselves during this visit of the page. */
  read: v.optional(v.array(v.string()), []),
});
export type SeenTab = v.InferOutput<typeof SeenTab>;

const tabKey = (tab: number): string => `tab:${tab}`;

export const writeTab = (session: Area, tab: number, seen: SeenTab): Promise<void> => session.set({ [tabKey(tab)]: seen });

export async function readTab(session: Area, tab: number): Promise<SeenTab | null> {
  const read = v.safeParse(SeenTab, await readKey(session, tabKey(tab)));
  return read.success ? read.output : null;
}

export const forgetTab = (session: Area, tab: number): Promise<void> => session.remove([tabKey(tab)]);
