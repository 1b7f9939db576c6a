// Notices that are pages for people: fetched when a person looks, read by shared/analysis on this device, and kept by the hash of
// their text. What can't be read is said to be so: "we did not find" is not "not stated".
import * as v from 'valibot';

import { analyseDocument, NoticeTooLong } from '../../shared/analysis/analyse.ts';
import { asNotice } from '../../shared/analysis/as-notice.ts';
import type { NoticeDocument } from '../../shared/analysis/document.ts';
import { readHtml } from '../../shared/analysis/html.ts';
import { readPlainText } from '../../shared/analysis/plain-text.ts';
import { toBase64Url, utf8 } from '../../shared/bytes.ts';
import type { PrivacyNotice } from '../../shared/notice/schema.ts';
import type { FoundNotice, NoticeProblem, NoticeView, ProseFacts } from '../messages.ts';
import { fetchPage, FetchProblem, type Fetched } from './fetch-json.ts';
import { noteVersion, sectionHashes, sectionsOfText, type SectionText } from './history.ts';
import type { NoticeDeps } from './notices.ts';
import { deadPointers, readAll, readKey, type Area } from './store.ts';
import { unreadView } from './unread.ts';

/** Raised when the rules change enough for kept facts to be read again. */
export const RULES = 4;
const MAX_KEPT = 400_000;
const MOST_KEPT = 20;

/** Written by this file alone, so the shape is checked and the facts are taken as they are. */
const Kept = v.object({
  notice: v.custom<PrivacyNotice>((value) => typeof value === 'object' && value !== null && 'activities' in value),
  prose: v.object({ texts: v.array(v.string()), confidence: v.record(v.string(), v.number()), rules: v.number() }),
  readable: v.boolean(),
  title: v.string(),
  href: v.string(),
  firstSeen: v.string(),
  readAt: v.string(),
});
export type KeptProse = v.InferOutput<typeof Kept>;
const Pointer = v.object({ hash: v.string(), at: v.string() });

const proseKey = (hash: string): string => `prose:${hash}`;
const addressKey = (href: string): string => `address:${href.replace(/#.*$/, '')}`;

/** Null where it is not kept, or was read by other rules: then what it says cannot be compared. */
export async function keptByHash(area: Area, hash: string): Promise<KeptProse | null> {
  const read = v.safeParse(Kept, await readKey(area, proseKey(hash)));
  return read.success && read.output.prose.rules === RULES ? read.output : null;
}

/** What was kept of what this address said last; asks nobody. */
export async function keptProse(area: Area, href: string): Promise<(KeptProse & { hash: string }) | null> {
  const pointer = v.safeParse(Pointer, await readKey(area, addressKey(href)));
  if (!pointer.success) return null;
  const kept = await keptByHash(area, pointer.output.hash);
  return kept && { ...kept, hash: pointer.output.hash };
}

export async function allKeptProse(area: Area): Promise<(KeptProse & { hash: string })[]> {
  return (await readAll(area, 'prose:'))
    .flatMap(([key, value]) => {
      const read = v.safeParse(Kept, value);
      return read.success ? [{ ...read.output, hash: key.slice('prose:'.length) }] : [];
    })
    .sort((one, two) => two.readAt.localeCompare(one.readAt));
}

async function keep(area: Area, hash: string, href: string, entry: KeptProse): Promise<void> {
  if (JSON.stringify(entry).length > MAX_KEPT) return;
  const old = (await allKeptProse(area)).filter((other) => other.hash !== hash).slice(MOST_KEPT - 1);
  const dead = await deadPointers(area, 'address:', new Set(old.map((other) => other.hash)));
  await area.remove([...old.map((other) => proseKey(other.hash)), ...dead]);
  const pointer = { hash, at: entry.readAt };
  await area.set({ [proseKey(hash)]: entry, [addressKey(href)]: pointer, [addressKey(entry.href)]: pointer });
}

const SIGN_IN_PATH = /\/(?:log-?in|sign-?in|signin|auth|account\/login|sso|anmelden|connexion)(?:[/?._-]|$)/i;
/** Where scripts of the page were not run, fewer letters than this are a shell that they would fill, or a line of apology. */
const SHORTEST = 400;
const SPEAKS =
  /\b(?:privacy|personal (?:data|information|details)|data protection|gdpr|cookies?|your (?:data|information))\b|datenschutz|personenbezogen|donn\u00e9es (?:personnelles|\u00e0 caract\u00e8re)|vie priv\u00e9e|confidentialit|rgpd|privacidad|datos personales|dati personali|persoonsgegevens|personuppgift|personoplysning|personopplysning|henkil\u00f6tie|danych osobowych|osobn\u00edch \u00fadaj|szem\u00e9lyes adat|datelor cu caracter|\u043f\u0435\u0440\u0441\u043e\u043d\u0430\u043b\u044c\u043d|\u500b\u4eba|\u4e2a\u4eba|\uac1c\uc778|\u0627\u0644\u062e\u0635\u0648\u0635\u064a\u0629|ki\u015fisel veri|\u03c0\u03c1\u03bf\u03c3\u03c9\u03c0\u03b9\u03ba/i;

// A Markdown parser would be a quarter of what wakes with every page; its text reads well enough as it is.
function documentOf({ text, type }: Fetched): NoticeDocument {
  if (/^text\/(?:plain|markdown|x-markdown)/.test(type)) return readPlainText(text);
  return readHtml(text);
}

/** `inView`: it is as it stands before the person, its scripts have run. */
type Got = Fetched & { inView: boolean };

/** What keeps a page from being a notice that can be read; null: nothing. */
function obstacle(fetched: Got, asked: string, document: NoticeDocument): NoticeProblem | null {
  const letters = document.text.replace(/\s+/g, ' ').length;
  const isHtml = document.format === 'html';
  const password = isHtml && /<input[^>]{0,200}type\s*=\s*["']?password/i.test(fetched.text);
  if ((password && letters < 3 * SHORTEST) || (fetched.url !== asked && SIGN_IN_PATH.test(new URL(fetched.url).pathname)))
    return 'SIGN_IN_NEEDED';
  if (letters < SHORTEST && isHtml && !fetched.inView && /<script\b/i.test(fetched.text)) return 'EMPTY_PAGE';
  return SPEAKS.test(document.text) ? null : 'NO_NOTICE_THERE';
}

interface Read {
  notice: PrivacyNotice;
  prose: ProseFacts;
  readable: boolean;
  text: string;
  sections: SectionText[];
}

/** Throws FetchProblem. */
function readProse(fetched: Got, asked: string, title: string): Read {
  const document = documentOf(fetched);
  const problem = obstacle(fetched, asked, document);
  if (problem) throw new FetchProblem(problem);
  try {
    const analysis = analyseDocument(document);
    const { notice, texts } = asNotice(document, analysis, title);
    const confidence: Record<string, number> = {};
    const places = new Map<string, number>();
    for (const { activity, confidence: sure } of analysis.lawfulBases) {
      const index = analysis.activities.findIndex(({ id }) => id === activity);
      const prefix = activity === null ? 'documentBases' : `activities/${index}/lawfulBases`;
      const at = places.get(prefix) ?? 0;
      places.set(prefix, at + 1);
      confidence[`${prefix}/${at}`] = sure;
    }
    return {
      notice,
      prose: { texts, confidence, rules: RULES },
      readable: analysis.readable,
      text: document.text,
      sections: sectionsOfText(document),
    };
  } catch (cause) {
    if (cause instanceof NoticeTooLong) throw new FetchProblem('TOO_LARGE', '5 MB', { cause });
    throw cause;
  }
}

export interface ProseRequest {
  found: FoundNotice;
  /** The page in view. */
  page: string;
  /** A kept copy will do: this address was read during this visit. */
  keptWillDo: boolean;
  /** The HTML of the page in view, where it is the notice. */
  html: (() => Promise<string | null>) | null;
}

const viewOfKept = (found: FoundNotice, kept: KeptProse & { hash: string }, problem: NoticeView['problem']): NoticeView => ({
  href: kept.href,
  found,
  prose: kept.prose,
  problem: problem ?? (kept.readable ? null : { code: 'UNREADABLE_LANGUAGE', detail: kept.notice.language }),
  notice: kept.notice,
  hash: kept.hash,
  stale: [],
  readAt: kept.readAt,
  firstSeen: kept.firstSeen,
  changed: null,
});

async function fetchedOf(deps: NoticeDeps, { found, page, html }: ProseRequest): Promise<Got> {
  const own = html ? await html() : null;
  if (own !== null) return { text: own, type: 'text/html', url: page, inView: true };
  return { ...(await fetchPage(deps, found.href, page)), inView: false };
}

/** Reads a notice in prose for a person who is looking now; an earlier copy stands in where it can't be had. Never throws for what others do. */
export async function readProseNotice(deps: NoticeDeps, area: Area, request: ProseRequest): Promise<NoticeView> {
  const { found, keptWillDo } = request;
  const known = await keptProse(area, found.href);
  if (known && keptWillDo) return viewOfKept(found, known, null);
  const at = new Date(deps.now()).toISOString();
  try {
    const fetched = await fetchedOf(deps, request);
    const { notice, prose, readable, text, sections } = readProse(fetched, found.href, found.title || new URL(fetched.url).host);
    const hash = toBase64Url(await deps.sha256(utf8(text)));
    const firstSeen = (await keptByHash(area, hash))?.firstSeen ?? at;
    const entry: KeptProse & { hash: string } = {
      notice,
      prose,
      readable,
      title: notice.title,
      href: fetched.url,
      firstSeen,
      readAt: at,
      hash,
    };
    // A full store is no reason not to show what was read.
    await keep(area, hash, found.href, entry).catch(() => undefined);
    await noteVersion(area, found.href, { hash, readAt: at, sections: await sectionHashes(sections, deps.sha256) }).catch(
      () => undefined,
    );
    return viewOfKept(found, entry, null);
  } catch (error) {
    if (!(error instanceof FetchProblem)) throw error;
    const problem = { code: error.code, detail: error.message };
    if (known) return viewOfKept(found, known, problem);
    return unreadView(found, problem);
  }
}
