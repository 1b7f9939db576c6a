// What each open tab declares and shows. Kept in the session area, under a key of its own per tab, because a background
// worker may end at any moment and pages tell of themselves once.
import * as v from 'valibot';

import { PageSeen } from '../messages.ts';
import { readAll, readKey, type Area } from './store.ts';
import { unreadKey } from './unread.ts';

const SeenTab = v.object({
  seen: PageSeen,
  isPrivate: v.boolean(),
  /** Addresses that were read by themselves during this visit of the page. */
  read: v.optional(v.array(v.string()), []),
});
export type SeenTab = v.InferOutput<typeof SeenTab>;

const tabKey = (tab: number): string => `tab:${tab}`;

/** Its badge is to be shown: what was seen of it has changed since. */
const DUE = 'due:';
const dueKey = (tab: number): string => `${DUE}${tab}`;

export const writeTab = (session: Area, tab: number, seen: SeenTab): Promise<void> =>
  session.set({ [tabKey(tab)]: seen, [dueKey(tab)]: true });

export const badgeShown = (session: Area, tab: number): Promise<void> => session.remove([dueKey(tab)]);

const tabsWith = async (session: Area, prefix: string): Promise<number[]> =>
  (await readAll(session, prefix)).map(([key]) => Number(key.slice(prefix.length)));

/** Tabs whose badge an earlier worker did not come to show. */
export const tabsDue = (session: Area): Promise<number[]> => tabsWith(session, DUE);
export const allTabs = (session: Area): Promise<number[]> => tabsWith(session, 'tab:');

export async function readTab(session: Area, tab: number): Promise<SeenTab | null> {
  const read = v.safeParse(SeenTab, await readKey(session, tabKey(tab)));
  return read.success ? read.output : null;
}

export const forgetTab = (session: Area, tab: number): Promise<void> =>
  session.remove([tabKey(tab), dueKey(tab), unreadKey(tab)]);
