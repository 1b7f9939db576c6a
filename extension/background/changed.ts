// What of a notice changed since this person last read it.
import type { ChangedNotice, NoticeView } from '../messages.ts';
import { readHistory, type Version } from './history.ts';
import { kept } from './notices.ts';
import { keptByHash } from './prose.ts';
import type { Area } from './store.ts';

/** By title; a title that stands twice is its first and its second. */
function named(sections: Version['sections']): Map<string, { title: string; hash: string }> {
  const counts = new Map<string, number>();
  return new Map(
    sections.map((section) => {
      const count = (counts.get(section.title) ?? 0) + 1;
      counts.set(section.title, count);
      return [`${section.title}\n${count}`, section];
    }),
  );
}

export function changedSections(before: Version['sections'], now: Version['sections']): ChangedNotice['sections'] {
  const [old, fresh] = [named(before), named(now)];
  return [
    ...[...fresh].flatMap(([key, { title, hash }]): ChangedNotice['sections'] => {
      const earlier = old.get(key);
      if (!earlier) return [{ title, change: 'added' }];
      return earlier.hash === hash ? [] : [{ title, change: 'changed' }];
    }),
    ...[...old].filter(([key]) => !fresh.has(key)).map(([, { title }]) => ({ title, change: 'removed' as const })),
  ];
}

/** Null where the copy in view is not the newest that was read, or nothing was read before it. */
export async function changedSince(area: Area, { found, prose, hash }: NoticeView): Promise<ChangedNotice | null> {
  const history = hash === null ? null : await readHistory(area, found.href);
  if (!history?.before || history.now.hash !== hash) return null;
  const { before, now, told } = history;
  const earlier = await (prose === null ? kept : keptByHash)(area, before.hash);
  return {
    before: before.readAt,
    found: history.found,
    notice: earlier?.notice ?? null,
    sections: changedSections(before.sections, now.sections),
    told,
    imported: before.imported === true,
  };
}
