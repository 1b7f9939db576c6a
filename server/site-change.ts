// Changing a site that is there: its configuration part by part, its notices version by version. What was published stays.
import { canonicalJson, hashOf } from '../shared/canonical.ts';
import { noticeChanges, type NoticeChange } from '../shared/notice/diff.ts';
import { lintNotice, type LintFinding } from '../shared/notice/lint.ts';
import { PrivacyNotice } from '../shared/notice/schema.ts';
import { SiteConfiguration } from '../shared/site/configuration.ts';
import { termsOf } from '../shared/site/terms.ts';
import type { SiteContext } from './site-context.ts';
import { checkReferences, documentOf, parseInput } from './sites.ts';
import type { Document, Store } from './store/store.ts';
import { sha256 } from './verifier.ts';

export interface SiteChanges {
  name?: string | undefined;
  origins?: string[] | undefined;
  /** Parts of a SiteConfiguration, each in the place of the one that holds now; null takes an optional part out. */
  configuration?: Record<string, unknown> | undefined;
}

const configurationOf = (hash: string, body: string, publishedAt: number): Omit<Document, 'current'> => ({
  kind: 'configuration',
  hash,
  body,
  publishedAt,
});

const PARTS = SiteConfiguration.pipe[0].entries;
/** The parts that are to be there. What is no part of a configuration stays, so that its name is told to be wrong. */
const present = (parts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(parts).filter(([name, value]) => value !== null || !Object.hasOwn(PARTS, name)));
export interface PlannedChange {
  /** Of the configuration as it would be. */
  hash: string;
  /** The terms change with it: visitors are asked again. */
  asksAgain: boolean;
  publish(): Promise<void>;
}

/** Throws SiteInputError; nothing is changed before `publish`. */
export async function planSiteChange(
  store: Store,
  context: SiteContext,
  changes: SiteChanges,
  now: Date,
): Promise<PlannedChange> {
  const { site, notices } = context;
  const configuration = parseInput(
    SiteConfiguration,
    {
      ...present({ ...context.configuration, ...changes.configuration }),
      site: site.id,
      name: changes.name ?? site.name,
      origins: changes.origins ?? site.origins,
    },
    'configuration',
  );
  checkReferences(configuration, notices);
  const hash = await hashOf(configuration, sha256);
  return {
    hash,
    asksAgain: (await termsOf(configuration, notices, sha256)) !== context.terms,
    publish: async () => {
      const document = configurationOf(hash, canonicalJson(configuration), now.getTime());
      await store.publish({ ...site, name: configuration.name, origins: configuration.origins }, [document]);
    },
  };
}

export interface PlannedNotice extends PlannedChange {
  notice: PrivacyNotice;
  findings: LintFinding[];
  /** The version of this kind that is current now. */
  previous: string | null;
  changes: NoticeChange[];
}

/** Throws SiteInputError, also where the site’s configuration points at an activity or a retention rule that this version has no more. */
export async function planNotice(
  store: Store,
  context: SiteContext,
  input: unknown,
  now: Date,
  what = 'notice',
): Promise<PlannedNotice> {
  const notice = parseInput(PrivacyNotice, input, what);
  const notices = { ...context.notices, [notice.kind]: notice };
  checkReferences(context.configuration, notices, what);
  const before = context.notices[notice.kind];
  const document = await documentOf(notice.kind, notice, now.getTime());
  return {
    notice,
    hash: document.hash,
    findings: lintNotice(notice),
    previous: context.hashes[notice.kind] ?? null,
    changes: before ? noticeChanges(before, notice) : [],
    asksAgain: (await termsOf(context.configuration, notices, sha256)) !== context.terms,
    publish: async () => void (await store.publish(context.site, [document])),
  };
}
