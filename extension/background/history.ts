// Which version of a notice was read last at an address, and which before it: hashes of its sections, so that a change can be told of
// even when the earlier text is not kept any more.
import * as v from 'valibot';

import type { NoticeDocument } from '../../shared/analysis/document.ts';
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import { canonicalJson } from '../../shared/canonical.ts';
import type { Sha256 } from '../../shared/crypto.ts';
import type { PrivacyNotice } from '../../shared/notice/schema.ts';
import { readAll, readKey, type Area } from './store.ts';

const MOST_SECTIONS = 200;
const MOST_KEPT = 80;
const TITLE = 120;
/** Bytes of each section's hash: enough to tell two texts of one notice apart. */
const HASH_BYTES = 12;

const Version = v.strictObject({
  hash: v.pipe(v.string(), v.maxLength(64)),
  /** ISO instant at which it was last read. */
  readAt: v.pipe(v.string(), v.maxLength(40)),
  sections: v.pipe(
    v.array(v.strictObject({ title: v.pipe(v.string(), v.maxLength(TITLE)), hash: v.pipe(v.string(), v.maxLength(24)) })),
    v.maxLength(MOST_SECTIONS),
  ),
  /** It was read in another browser, and came in a file. */
  imported: v.optional(v.literal(true)),
});
export type Version = v.InferOutput<typeof Version>;

export const History = v.strictObject({
  now: Version,
  /** ISO instant at which `now` was first read at this address. */
  found: v.pipe(v.string(), v.maxLength(40)),
  before: v.nullable(Version),
  told: v.boolean(),
});
export type History = v.InferOutput<typeof History>;

export interface SectionText {
  title: string;
  text: string;
}

export const HISTORY = 'history:';
const keyOf = (href: string): string => `${HISTORY}${href.replace(/#.*$/, '')}`;

/** Each activity, and what is said beside them. */
export function sectionsOfNotice({ activities, ...rest }: PrivacyNotice): SectionText[] {
  return [
    { title: '', text: canonicalJson(rest) },
    ...activities.map((activity) => ({ title: activity.title, text: canonicalJson(activity) })),
  ];
}

/** Each heading with what stands under it, up to the next one. */
export function sectionsOfText({ sections, text }: Pick<NoticeDocument, 'sections' | 'text'>): SectionText[] {
  return sections.map(({ title, start }, i) => ({
    title,
    text: text
      .slice(start, sections[i + 1]?.start ?? text.length)
      .replaceAll(/\s+/g, ' ')
      .trim(),
  }));
}

export async function sectionHashes(sections: readonly SectionText[], sha256: Sha256): Promise<Version['sections']> {
  const hashed = sections.slice(0, MOST_SECTIONS).map(async ({ title, text }) => ({
    title: title.slice(0, TITLE),
    hash: toBase64Url((await sha256(utf8(text))).slice(0, HASH_BYTES)),
  }));
  return Promise.all(hashed);
}

export async function readHistory(area: Area, href: string): Promise<History | null> {
  const read = v.safeParse(History, await readKey(area, keyOf(href)));
  return read.success ? read.output : null;
}

async function makeRoom(area: Area): Promise<void> {
  const all = (await readAll(area, HISTORY)).map(([key, value]) => {
    const read = v.safeParse(History, value);
    const now = read.success ? read.output.now : null;
    // What came in a file makes room for what was read here, whatever day it claims.
    return { key, at: now?.readAt ?? '', isOwn: now !== null && !now.imported };
  });
  const gone = all.sort((one, two) => Number(two.isOwn) - Number(one.isOwn) || two.at.localeCompare(one.at)).slice(MOST_KEPT);
  if (gone.length > 0) await area.remove(gone.map(({ key }) => key));
}

/** Notes which version was read just now. A change that nobody has seen yet stays one when a third version comes. */
export async function noteVersion(area: Area, href: string, version: Version): Promise<void> {
  const known = await readHistory(area, href);
  const next = (): History => {
    if (!known) return { now: version, found: version.readAt, before: null, told: true };
    // The day on which another browser found it is the file's word.
    if (known.now.hash === version.hash)
      return { ...known, now: version, found: known.now.imported ? version.readAt : known.found };
    // What a file said of earlier versions hides no change that was seen here.
    const before = known.told || known.before === null || known.before.imported ? known.now : known.before;
    // Back at what this person knew: nothing to tell.
    if (before.hash === version.hash) return { now: version, found: version.readAt, before: null, told: true };
    return { now: version, found: version.readAt, before, told: false };
  };
  await area.set({ [keyOf(href)]: next() });
  if (!known) await makeRoom(area);
}

/** The version with that hash is another than the one that this person saw last. What a file says of earlier versions counts only in full view. */
export async function isUnseenChange(area: Area, href: string, hash: string): Promise<boolean> {
  const known = await readHistory(area, href);
  return known !== null && known.before !== null && !known.before.imported && !known.told && known.now.hash === hash;
}

export async function markTold(area: Area, href: string): Promise<void> {
  const known = await readHistory(area, href);
  if (known) await area.set({ [keyOf(href)]: { ...known, told: true } });
}
