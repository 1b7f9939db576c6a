// Making a site and publishing its documents. A published version is canonical JSON under its hash and never changes.
import * as v from 'valibot';

import { utf8 } from '../shared/bytes.ts';
import { canonicalJson, hashOf } from '../shared/canonical.ts';
import { LogId } from '../shared/consent/event.ts';
import { PrivacyNotice, Slug, type NoticeKind } from '../shared/notice/schema.ts';
import { MAX_PRESENTATION } from '../shared/consent/presentation.ts';
import { SiteConfiguration } from '../shared/site/configuration.ts';
import { siteDetails } from '../shared/site/details.ts';
import { activityOf, UnknownActivityError, type SiteNotices } from '../shared/site/terms.ts';
import { defaultConfiguration } from './default-configuration.ts';
import { issueText } from './schema-issue.ts';
import type { Document, Store } from './store/store.ts';
import { sha256 } from './verifier.ts';

export interface NewSite {
  /** Its id: kebab-case. */
  site: string;
  /** For people; otherwise the configuration's, otherwise the id. */
  name?: string | undefined;
  origins: string[];
  /** Contents of `*.notice.json` files. */
  notices: unknown[];
  /** A site configuration; `site`, `name` and `origins` are filled in. Without it one is made from the notices. */
  configuration?: unknown;
  /** The service's URL: its host begins the log id of a new site. */
  publicUrl: string;
}

/** What is wrong with what the site owner gave; one line for people. */
export class SiteInputError extends Error {
  override name = 'SiteInputError';
}

export const widgetTag = (publicUrl: string, site: string): string => `<script src="${publicUrl}/w/${site}.js"></script>`;

/** Throws SiteInputError, which names the place. */
export function parseInput<T extends v.GenericSchema>(schema: T, input: unknown, what: string): v.InferOutput<T> {
  const read = v.safeParse(schema, input);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const path = v.getDotPath(issue);
  throw new SiteInputError(`${what}: ${path ? `${path}: ` : ''}${issueText(issue)}`);
}

export async function documentOf(
  kind: Document['kind'],
  value: unknown,
  publishedAt: number,
): Promise<Omit<Document, 'current'>> {
  return { kind, hash: await hashOf(value, sha256), body: canonicalJson(value), publishedAt };
}

function readNotices(inputs: readonly unknown[], site: string): SiteNotices {
  if (inputs.length === 0) throw new SiteInputError(`${site}: needs at least one notice`);
  const notices: SiteNotices = {};
  for (const input of inputs) {
    const notice = parseInput(PrivacyNotice, input, 'notice');
    if (notices[notice.kind]) throw new SiteInputError(`${site}: two notices of the kind ${notice.kind}`);
    notices[notice.kind] = notice;
  }
  return notices;
}

/** Each purpose must point at an activity of a published notice. Throws SiteInputError. */
export function checkActivities({ purposes }: SiteConfiguration, notices: SiteNotices): void {
  try {
    for (const purpose of purposes) activityOf(purpose, notices);
  } catch (error) {
    if (error instanceof UnknownActivityError) throw new SiteInputError(`configuration: ${error.message}`, { cause: error });
    throw error;
  }
}

function readConfiguration(input: NewSite, notices: SiteNotices): SiteConfiguration {
  const given = input.configuration as { name?: unknown } | undefined;
  const fixed = { site: input.site, name: input.name ?? given?.name ?? input.site, origins: input.origins };
  const draft = given ?? defaultConfiguration(notices);
  if (typeof draft !== 'object' || draft === null) throw new SiteInputError('configuration: is no object');
  const configuration = parseInput(SiteConfiguration, { schema: 1, ...draft, ...fixed }, 'configuration');
  checkActivities(configuration, notices);
  return configuration;
}

/** What the widget's own words and the ids around the site's take of a presentation, in bytes. */
const OWN_WORDS = 4096;

/** A preference centre whose every word would not fit a presentation could never be bound to a choice. Throws SiteInputError. */
function checkLength(configuration: SiteConfiguration, notices: SiteNotices): void {
  const lengths = siteDetails(configuration, notices, {}).purposes.map((purpose) => ({
    id: purpose.id,
    bytes: utf8(canonicalJson(purpose)).length,
  }));
  const bytes = lengths.reduce((sum, purpose) => sum + purpose.bytes, OWN_WORDS);
  if (bytes <= MAX_PRESENTATION) return;
  const longest = lengths.sort((a, b) => b.bytes - a.bytes).slice(0, 3);
  throw new SiteInputError(
    `configuration: all that the preference centre shows comes to about ${bytes} bytes, and a choice can be bound to ${MAX_PRESENTATION}; ` +
      `the longest purposes are ${longest.map((purpose) => `${purpose.id} (${purpose.bytes})`).join(', ')}: shorten them or what their notice says of them`,
  );
}

/**
 * Makes the site, or brings an existing one up to date: new versions of documents are published beside the old ones, the log id
 * stays. Throws SiteInputError. The log itself starts when the service first sees the site, as only the service has the log key.
 */
export async function createSite(store: Store, input: NewSite): Promise<{ site: string; log: string; tag: string }> {
  const id = parseInput(Slug, input.site, 'site');
  const publicUrl = new URL(input.publicUrl);
  const log = parseInput(LogId, `${publicUrl.host}/${id}`, 'log id');
  const notices = readNotices(input.notices, id);
  const configuration = readConfiguration(input, notices);
  checkLength(configuration, notices);
  const now = Date.now();
  const documents = await Promise.all([
    ...Object.entries(notices).map(([kind, notice]) => documentOf(kind as NoticeKind, notice, now)),
    documentOf('configuration', configuration, now),
  ]);
  const site = await store.publish({ id, name: configuration.name, log, origins: configuration.origins }, documents);
  return { site: site.id, log: site.log, tag: widgetTag(publicUrl.href.replace(/\/$/, ''), site.id) };
}
