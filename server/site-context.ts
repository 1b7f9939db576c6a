// What the routes know of a site: its documents parsed once, until the site's revision changes.
import * as v from 'valibot';

import type { HeldConfiguration } from '../shared/marketing/confirmed.ts';
import type { MarketingPurposes } from '../shared/marketing/word.ts';
import { NOTICE_KINDS, PrivacyNotice, isNotice, type NoticeKind } from '../shared/notice/schema.ts';
import { callingCodeOf, SiteConfiguration } from '../shared/site/configuration.ts';
import { choicesOf } from '../shared/site/services.ts';
import { termsOf, type SiteNotices } from '../shared/site/terms.ts';
import { adoptLogs } from './log/adopt-logs.ts';
import type { LogSigner } from './log/key.ts';
import { ProblemError } from './problem.ts';
import type { LogKey, Site, Store } from './store/store.ts';
import { sha256 } from './verifier.ts';

export interface PublishedNotice {
  notice: PrivacyNotice;
  /** The canonical JSON that was hashed. */
  body: string;
  hash: string;
  /** ms since 1970. */
  publishedAt: number;
  current: boolean;
}

export interface SiteContext {
  site: Site;
  /** The active one first. */
  keys: LogKey[];
  /** Of the log: a larger number each time that a backup was restored, which the service is not running for. */
  epoch: number;
  /** By kind (privacy notice first), newest first, old versions included. */
  published: PublishedNotice[];
  notices: SiteNotices;
  hashes: Partial<Record<NoticeKind, string>>;
  configuration: SiteConfiguration;
  configurationHash: string;
  /** Each that ever held, oldest first, with since when; one that came back is there again. */
  configurations: readonly HeldConfiguration[];
  /** 43 base64url characters. */
  terms: string;
  /** Purposes of every configuration that the site ever had. */
  purposes: ReadonlySet<string>;
  /** Those for direct marketing, of every configuration that the site ever had. */
  marketing: MarketingPurposes;
  /** "<activity> <sender>" of every marketing opt-in that the site ever had. */
  senders: ReadonlySet<string>;
}

export async function readSite(store: Store, site: Site): Promise<SiteContext> {
  const documents = await store.documents(site);
  const published = documents
    .filter(({ kind }) => kind !== 'configuration')
    .map(({ body, hash, publishedAt, current }) => ({
      notice: v.parse(PrivacyNotice, JSON.parse(body)),
      body,
      hash,
      publishedAt,
      current,
    }))
    .sort((a, b) => NOTICE_KINDS.indexOf(a.notice.kind) - NOTICE_KINDS.indexOf(b.notice.kind));
  const configurations = documents
    .filter(({ kind }) => kind === 'configuration')
    .map(({ body, ...document }) => ({ ...document, configuration: v.parse(SiteConfiguration, JSON.parse(body)) }));
  const now = configurations.find(({ current }) => current);
  if (!now) throw new Error(`the site ${site.id} has no configuration`);
  const byHash = new Map(configurations.map(({ hash, configuration }) => [hash, configuration]));
  const held = (await store.history.publications(site)).flatMap(({ kind, hash, at }) => {
    const configuration = kind === 'configuration' ? byHash.get(hash) : undefined;
    return configuration ? [{ from: at, configuration }] : [];
  });
  const current = published.filter((entry) => entry.current);
  const notices: SiteNotices = Object.fromEntries(current.map(({ notice }) => [notice.kind, notice]));
  return {
    site: { ...site, callingCode: callingCodeOf(now.configuration) },
    keys: await store.logKeys(site),
    epoch: (await store.head(site)).epoch,
    published,
    notices,
    hashes: Object.fromEntries(current.map(({ notice, hash }) => [notice.kind, hash])),
    configuration: now.configuration,
    configurationHash: now.hash,
    configurations: held.length > 0 ? held : [{ from: now.publishedAt, configuration: now.configuration }],
    terms: await termsOf(now.configuration, notices, sha256),
    purposes: new Set(configurations.flatMap(({ configuration }) => choicesOf(configuration.purposes).map(({ id }) => id))),
    marketing: {
      purposes: [
        ...new Set(
          configurations.flatMap(({ configuration }) =>
            choicesOf(configuration.purposes.filter(({ kind }) => kind === 'marketing')).map(({ id }) => id),
          ),
        ),
      ],
    },
    senders: new Set(
      configurations.flatMap(({ configuration }) =>
        configuration.marketing.flatMap(({ activity, senders }) => senders.map(({ id }) => `${activity} ${id}`)),
      ),
    ),
  };
}

/** The notice that a visitor is shown first: the privacy notice, else the cookie policy. Never an internal or processing policy. */
export const firstNotice = ({ published }: SiteContext): PublishedNotice | undefined =>
  published.find(({ current, notice }) => current && isNotice(notice.kind));

export interface SiteRegistry {
  /** Throws ProblemError UNKNOWN_SITE. */
  get(id: string): Promise<SiteContext>;
  /** As it was at most a quarter of a second ago: who would refuse something because of it asks `get` before. */
  recent(id: string): Promise<SiteContext>;
}

/** ms. Long enough that the write path does not ask the database for the site with each event, too short for anybody to notice. */
const RECENT = 250;

/** Sites made by another process (`candour site create`) are seen with the next request; their log starts then. */
export function siteRegistry(store: Store, signer: LogSigner): SiteRegistry {
  const known = new Map<string, Promise<SiteContext>>();
  const revisions = new Map<string, number>();
  const reads = new Map<string, { at: number; context: Promise<SiteContext> }>();

  async function get(id: string): Promise<SiteContext> {
    const site = await store.site(id);
    if (!site) throw new ProblemError('UNKNOWN_SITE');
    const cached = known.get(id);
    if (cached && revisions.get(id) === site.revision) return cached;
    const reading = adoptLogs(store, [site], signer).then(() => readSite(store, site));
    known.set(id, reading);
    revisions.set(id, site.revision);
    reading.catch(() => known.delete(id));
    return reading;
  }

  return {
    get,
    recent(id) {
      const now = performance.now();
      const last = reads.get(id);
      if (last && now - last.at < RECENT) return last.context;
      const context = get(id);
      reads.set(id, { at: now, context });
      // Sites that do not exist are not remembered: anybody can ask for as many as they like.
      context.catch(() => reads.delete(id));
      return context;
    },
  };
}
