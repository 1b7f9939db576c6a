// Notices that could not be read during a visit of a page, and why: one is asked for once a visit, however often a person opens the
// popup there, unless they ask for it again.
import * as v from 'valibot';

import type { FoundNotice, NoticeView } from '../messages.ts';
import { readKey, type Area } from './store.ts';

type Problem = NonNullable<NoticeView['problem']>;

const Unread = v.object({
  visit: v.string(),
  /** By address. */
  problems: v.record(
    v.string(),
    v.custom<Problem>((value) => typeof value === 'object' && value !== null && 'code' in value),
  ),
});

export const unreadKey = (tab: number): string => `unread:${tab}`;

/** By address; empty in another visit than that of which it is known. */
export async function unreadThisVisit(session: Area, tab: number, visit: string): Promise<ReadonlyMap<string, Problem>> {
  const read = v.safeParse(Unread, await readKey(session, unreadKey(tab)));
  return new Map(read.success && read.output.visit === visit ? Object.entries(read.output.problems) : []);
}

/** Adds what came of asking for them. Where the device was offline nobody was asked: that is not noted. */
export async function noteUnread(session: Area, tab: number, visit: string, views: readonly NoticeView[]): Promise<void> {
  const before = await unreadThisVisit(session, tab, visit);
  const after = new Map(before);
  for (const { found, notice, problem } of views)
    if (notice !== null || problem === null || problem.code === 'OFFLINE') after.delete(found.href);
    else after.set(found.href, problem);
  if (after.size > 0 || before.size > 0) await session.set({ [unreadKey(tab)]: { visit, problems: Object.fromEntries(after) } });
}

export const unreadView = (found: FoundNotice, problem: Problem): NoticeView => ({
  href: found.href,
  found,
  prose: null,
  problem,
  notice: null,
  hash: null,
  stale: [],
  readAt: null,
  firstSeen: null,
  changed: null,
});
