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
import { documentProblems, problemWords } from './document-problems.ts';
import { OperatorError } from './operator-error.ts';
import { namedRule, recordRule, RECORDS } from './retention/records.ts';
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
  /** What to call the documents where something is wrong with them: their files. */
  files?: { notices: readonly string[]; configuration?: string | undefined };
}

/** What is wrong with what the site owner gave; one line for people. */
export class SiteInputError extends OperatorError {
  override name = 'SiteInputError';
}

export const widgetTag = (publicUrl: string, site: string): string => `<script src="${publicUrl}/w/${site}.js"></script>`;

/** Of a script that never changes: the browser takes it only as it was. */
export const pinnedTag = (publicUrl: string, site: string, version: string, integrity: string): string =>
  `<script src="${publicUrl}/w/${site}@${version}.js" integrity="${integrity}" crossorigin="anonymous"></script>`;

/** Throws SiteInputError, which names the place. */
export function parseInput<T extends v.GenericSchema>(schema: T, input: unknown, what: string): v.InferOutput<T> {
  const read = v.safeParse(schema, input);
  if (read.success) return read.output;
  const [issue] = read.issues;
  const path = v.getDotPath(issue);
  throw new SiteInputError(`${what}: ${path ? `${path}: ` : ''}${issueText(issue)}`, {
    problems: documentProblems(schema, input).map((problem) => `${what}: ${problemWords(problem)}`),
  });
}

export async function documentOf(
  kind: Document['kind'],
  value: unknown,
  publishedAt: number,
): Promise<Omit<Document, 'current'>> {
  return { kind, hash: await hashOf(value, sha256), body: canonicalJson(value), publishedAt };
}

/** What each gives, or, where one or more throw SiteInputError, one error with the problems of all. */
function allOf<T>(readers: readonly (() => T)[]): T[] {
  const wrong: SiteInputError[] = [];
  const read = readers.flatMap((reader) => {
    try {
      return [reader()];
    } catch (error) {
      if (!(error instanceof SiteInputError)) throw error;
      wrong.push(error);
      return [];
    }
  });
  const [first] = wrong;
  if (first) throw new SiteInputError(first.message, { cause: first, problems: wrong.flatMap(({ problems }) => problems) });
  return read;
}

/** `names`: what to call each where something is wrong. Throws SiteInputError with all that is wrong with all of them. */
export function readNotices(inputs: readonly unknown[], names: readonly string[] = []): PrivacyNotice[] {
  return allOf(inputs.map((input, i) => () => parseInput(PrivacyNotice, input, names[i] ?? 'notice')));
}

function byKind(read: readonly PrivacyNotice[], site: string): SiteNotices {
  if (read.length === 0) throw new SiteInputError(`${site}: needs at least one notice`);
  const notices: SiteNotices = {};
  for (const notice of read) {
    if (notices[notice.kind]) throw new SiteInputError(`${site}: two notices of the kind ${notice.kind}`);
    notices[notice.kind] = notice;
  }
  return notices;
}

/**
 * Each purpose must point at an activity of a published notice, and what says how long the service keeps its records at a retention rule
 * of one: else they would be kept for ever. Throws SiteInputError.
 */
export function checkReferences(configuration: SiteConfiguration, notices: SiteNotices, what = 'configuration'): void {
  allOf([
    ...configuration.purposes.map((purpose) => () => {
      try {
        activityOf(purpose, notices);
      } catch (error) {
        if (error instanceof UnknownActivityError) throw new SiteInputError(`${what}: ${error.message}`, { cause: error });
        throw error;
      }
    }),
    ...RECORDS.map((record) => () => {
      const named = namedRule(record, configuration.keeping?.[record]);
      if (named && !recordRule({ configuration, notices }, record))
        throw new SiteInputError(
          `${what}: ${named}, which has none: say a period, such as {"period": "P3Y"}, or name one that is there`,
        );
    }),
  ]);
}

/** The configuration without the notices that it refers to. Throws SiteInputError. */
function readConfiguration(input: NewSite, draft: unknown, what: string): SiteConfiguration {
  if (typeof draft !== 'object' || draft === null || Array.isArray(draft)) throw new SiteInputError(`${what}: is no object`);
  const given = draft as { name?: unknown };
  const fixed = { site: input.site, name: input.name ?? given.name ?? input.site, origins: input.origins };
  return parseInput(SiteConfiguration, { schema: 1, ...draft, ...fixed }, what);
}

/** Throws SiteInputError where the notices tell of nothing that a banner could ask. */
function askedOf(notices: SiteNotices, site: string): object {
  const made = defaultConfiguration(notices);
  if (made.purposes.length > 0) return made;
  throw new SiteInputError(
    `${site}: the notices tell of direct marketing only, which a form asks for and not a banner: give a configuration with a purpose to ask or explain`,
  );
}

/** Throws SiteInputError with all that is wrong with the notices and the configuration. */
function readDocuments(input: NewSite): { notices: SiteNotices; configuration: SiteConfiguration } {
  const what = input.files?.configuration ?? 'configuration';
  const given = input.configuration;
  let configuration: SiteConfiguration | null = null;
  let notices: SiteNotices = {};
  allOf<unknown>([
    () => (notices = byKind(readNotices(input.notices, input.files?.notices), input.site)),
    () => (configuration = given === undefined ? null : readConfiguration(input, given, what)),
  ]);
  const made = configuration ?? readConfiguration(input, askedOf(notices, input.site), what);
  checkReferences(made, notices, what);
  return { notices, configuration: made };
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

export interface PlannedSite {
  site: string;
  /** Of a site that is new: one that is there keeps its own. */
  log: string;
  /** What to put into each page. */
  tag: string;
  notices: SiteNotices;
  configuration: SiteConfiguration;
  /** `now`: ms since 1970. */
  publish(store: Store, now: number): Promise<{ site: string; log: string; tag: string }>;
}

/** Throws SiteInputError with all that is wrong; nothing is changed before `publish`. */
export function planSite(input: NewSite): PlannedSite {
  const id = parseInput(Slug, input.site, 'site');
  const publicUrl = new URL(input.publicUrl);
  const log = parseInput(LogId, `${publicUrl.host}/${id}`, 'log id');
  const { notices, configuration } = readDocuments(input);
  checkLength(configuration, notices);
  const tag = widgetTag(publicUrl.href.replace(/\/$/, ''), id);
  return {
    site: id,
    log,
    tag,
    notices,
    configuration,
    async publish(store, now) {
      const documents = await Promise.all([
        ...Object.entries(notices).map(([kind, notice]) => documentOf(kind as NoticeKind, notice, now)),
        documentOf('configuration', configuration, now),
      ]);
      const site = await store.publish({ id, name: configuration.name, log, origins: configuration.origins }, documents);
      return { site: site.id, log: site.log, tag };
    },
  };
}

/**
 * Makes the site, or brings an existing one up to date: new versions of documents are published beside the old ones, the log id
 * stays. `now` in ms since 1970. Throws SiteInputError. The log itself starts when the service first sees the site, as only the service has the log key.
 */
export const createSite = async (
  store: Store,
  input: NewSite,
  now = Date.now(),
): Promise<{ site: string; log: string; tag: string }> => planSite(input).publish(store, now);
