// The notices that pages declare: fetched when a person looks, checked, and kept by their hash.
import * as v from 'valibot';

import { hashOf } from '../../shared/canonical.ts';
import type { Sha256 } from '../../shared/crypto.ts';
import { staleEvidence } from '../../shared/notice/render.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';
import type { FoundNotice, NoticeView } from '../messages.ts';
import { fetchJson, FetchProblem, type Fetcher } from './fetch-json.ts';
import { noteVersion, sectionHashes, sectionsOfNotice } from './history.ts';
import { deadPointers, readAll, readKey, type Area } from './store.ts';

/** Larger ones are shown and not kept; the browser gives an extension 10 MB in all. */
const MAX_KEPT = 300_000;
const MOST_KEPT = 24;

export const Kept = v.object({
  notice: PrivacyNotice,
  href: v.string(),
  firstSeen: v.string(),
  readAt: v.string(),
  /** It came in a file, with the days that the file claims: this device has not read it for itself. */
  imported: v.optional(v.literal(true)),
});
type Kept = v.InferOutput<typeof Kept>;
export const Declared = v.object({ hash: v.string(), at: v.string() });

const noticeKey = (hash: string): string => `notice:${hash}`;
const declaredKey = (href: string): string => `declared:${href}`;

export interface NoticeDeps extends Fetcher {
  sha256: Sha256;
  /** Milliseconds since 1970. */
  now(): number;
}

export async function kept(area: Area, hash: string): Promise<Kept | null> {
  const read = v.safeParse(Kept, await readKey(area, noticeKey(hash)));
  return read.success ? read.output : null;
}

/** The copy that was kept of what this address answered last; null where it was never read. Asks nobody. */
export async function keptNotice(area: Area, href: string): Promise<(Kept & { hash: string }) | null> {
  const read = v.safeParse(Declared, await readKey(area, declaredKey(href)));
  const found = read.success ? await kept(area, read.output.hash) : null;
  return found && read.success ? { ...found, hash: read.output.hash } : null;
}

/** Every notice kept, newest first; those of a file after those that were read here, whatever day they claim. */
export async function allKept(area: Area): Promise<(Kept & { hash: string })[]> {
  const entries = (await readAll(area, 'notice:')).map(([key, value]) => ({
    hash: key.slice('notice:'.length),
    read: v.safeParse(Kept, value),
  }));
  return entries
    .flatMap(({ hash, read }) => (read.success ? [{ ...read.output, hash }] : []))
    .sort((a, b) => Number(a.imported ?? false) - Number(b.imported ?? false) || b.readAt.localeCompare(a.readAt));
}

async function keep(area: Area, hash: string, entry: Kept): Promise<void> {
  if (JSON.stringify(entry.notice).length > MAX_KEPT) return;
  const old = (await allKept(area)).filter((other) => other.hash !== hash).slice(MOST_KEPT - 1);
  const deadLinks = await deadPointers(area, 'declared:', new Set(old.map((other) => other.hash)));
  await area.remove([...old.map((other) => noticeKey(other.hash)), ...deadLinks]);
  await area.set({ [noticeKey(hash)]: entry, [declaredKey(entry.href)]: { hash, at: entry.readAt } });
}

/** The address names the content it must have. */
const namedHash = (href: string): string | null =>
  /\/v1\/notices\/([A-Za-z0-9_-]{43})$/.exec(new URL(href).pathname)?.[1] ?? null;

/** `published`: as it came, which is what the hash is of; reading it fills in what it leaves out. */
interface Fetched {
  notice: PrivacyNotice;
  published: PrivacyNotice;
  hash: string;
}

async function fetchNotice(deps: NoticeDeps, href: string, page: string): Promise<Fetched> {
  const published = await fetchJson(deps, href, page);
  const read = v.safeParse(PrivacyNotice, published);
  if (!read.success) {
    const [issue] = read.issues;
    throw new FetchProblem('NOT_A_NOTICE', `${v.getDotPath(issue) ?? 'document'}: ${issue.message}`.slice(0, 300));
  }
  const hash = await hashOf(published, deps.sha256);
  const named = namedHash(href);
  if (named !== null && named !== hash) throw new FetchProblem('OTHER_HASH');
  return { notice: read.output, published: published as PrivacyNotice, hash };
}

const pick = ({ notice, hash, readAt, firstSeen }: Kept & { hash: string }) => ({ notice, hash, readAt, firstSeen });

/** Reads a declared notice for a person who is looking now; an earlier copy stands in where it can't be had. */
export async function readNotice(
  deps: NoticeDeps,
  area: Area,
  found: FoundNotice,
  page: string,
  keptWillDo = false,
): Promise<NoticeView> {
  const { href } = found;
  const of = { href, found, prose: null, changed: null };
  const known = keptWillDo ? await keptNotice(area, href) : null;
  if (known) return { ...of, problem: null, stale: staleEvidence(known.notice), ...pick(known) };
  const at = new Date(deps.now()).toISOString();
  try {
    const { notice, published, hash } = await fetchNotice(deps, href, page);
    const before = await kept(area, hash);
    const firstSeen = before && !before.imported ? before.firstSeen : at;
    // A full store is no reason not to show what was read.
    await keep(area, hash, { notice: published, href, firstSeen, readAt: at }).catch(() => undefined);
    const sections = await sectionHashes(sectionsOfNotice(notice), deps.sha256);
    await noteVersion(area, href, { hash, readAt: at, sections }).catch(() => undefined);
    return { ...of, problem: null, notice, hash, stale: staleEvidence(notice), readAt: at, firstSeen };
  } catch (error) {
    if (!(error instanceof FetchProblem)) throw error;
    const earlier = await keptNotice(area, href);
    return {
      ...of,
      problem: { code: error.code, detail: error.message },
      notice: earlier?.notice ?? null,
      hash: earlier?.hash ?? null,
      stale: earlier ? staleEvidence(earlier.notice) : [],
      readAt: earlier?.readAt ?? null,
      firstSeen: earlier?.firstSeen ?? null,
    };
  }
}

/** One entry for each notice: the same one is often declared twice, by its hash and as the current version. */
export function withoutRepeats(views: readonly NoticeView[]): NoticeView[] {
  const seen = new Set<string>();
  return views.filter(({ hash, href }) => {
    const key = hash ?? href;
    return seen.has(key) ? false : seen.add(key) !== undefined;
  });
}
