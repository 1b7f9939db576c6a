// The built widget (dist/widget) as the service gives it out: the first chunk with a site's configuration in front of it,
// the words of its interface, and the chunks.
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import * as v from 'valibot';

import { periodParts } from '../shared/notice/period.ts';
import { isNotice } from '../shared/notice/schema.ts';
import { shortTerms } from '../shared/consent/mirror.ts';
import type { Lasting, SiteRecord, WidgetBoot } from '../shared/site/boot.ts';
import { ageIn } from '../shared/site/children.ts';
import { siteDetails, type BannerDetails, type SpokenDetails } from '../shared/site/details.ts';
import { modesIn } from '../shared/site/jurisdiction.ts';
import { piecesOf } from '../shared/site/pieces.ts';
import { choicesOf } from '../shared/site/services.ts';
import {
  BANNER_WORDS,
  FIRST_WORDS,
  languageFor,
  spoken,
  WORDS,
  wordsWith,
  type Spoken,
  type WordId,
  type Words,
} from '../shared/site/words.ts';
import { compress, type CompressedBody } from './compression.ts';
import { formatLogKeys } from './log/key.ts';
import { ProblemError } from './problem.ts';
import type { SiteContext } from './site-context.ts';
import { pinPaths } from './widget-pin-paths.ts';
import type { WidgetBuilds } from './widget-builds.ts';

const file = v.object({ file: v.pipe(v.string(), v.regex(/^[\w.-]+$/)), sha256: v.string() });
const Manifest = v.object({
  chunks: v.array(v.object({ ...file.entries, integrity: v.string() })),
  scripts: v.array(file),
  build: v.string(),
});
type Manifest = v.InferOutput<typeof Manifest>;

const Locales = v.record(v.string(), v.object(v.entriesFromList(WORDS, v.string())));
type Locales = v.InferOutput<typeof Locales>;

/** A build as it was read. */
interface Built {
  manifest: Manifest;
  locales: Locales;
  /** By path within the build. Throws ProblemError UNAVAILABLE for what is not there. */
  text(path: string): string;
}

export interface PinnedText {
  /** Within the site: pinPaths. */
  path: string;
  contentType: string;
  text: string;
}

export interface WidgetFiles {
  /**
   * For visitors of a place; `first`: with the banner and its words. Throws ProblemError UNAVAILABLE where the widget is not built.
   */
  script(site: SiteContext, first: boolean, jurisdiction: string): Promise<CompressedBody>;
  /** With the interface's words in a page's language; an empty tag is the site's own. Null where the version is not the current one there. */
  details(site: SiteContext, version: string, language: string, jurisdiction: string): Promise<CompressedBody | null>;
  /** The script of now as it would be pinned; null where that is not its version. */
  unpinned(site: SiteContext, version: string, jurisdiction: string): Promise<CompressedBody | null>;
  /** All that a script which never changes is and loads, for visitors of a jurisdiction. */
  pinned(site: SiteContext, jurisdiction: string): Promise<{ version: string; files: PinnedText[] }>;
  /** Of an earlier build too, which a page that was open meanwhile still asks for. Null for what is no file of any. */
  asset(folder: string, file: string): Promise<CompressedBody | null>;
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/**
 * Where a script begins with it, Chromium compiles all of it on a thread of its own while it comes. Otherwise each of some seventy small
 * functions is parsed and compiled on the page's main thread when it is first called, which was half of the script's time there.
 */
const COMPILED_WHOLE = '//# allFunctionsCalledOnLoad\n';

/** JSON as a script's literal, wherever it is put: no "<", no line separators, and names without the quotes they do not need. */
const scriptLiteral = (value: unknown): string =>
  JSON.stringify(value)
    .replace(/[<\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
    // Within a text every quote is escaped: what opens with {" or ," here and ends with ": is a name.
    .replace(/([{,])"([a-z]+)":/gi, '$1$2:');

const ownLanguage = ({ configuration }: SiteContext): string => configuration.languages[0] ?? 'en';

function wordsFor({ configuration }: SiteContext, locales: Locales, tag: string, jurisdiction: string): Spoken & Words {
  const language = languageFor(tag, Object.keys(locales));
  const { texts, consentOrPay } = configuration;
  return { ...spoken(language), ...wordsWith(locales[language] as Words, texts?.[language], jurisdiction, consentOrPay?.price) };
}

const picked = <T extends WordId>(words: Words, ids: readonly T[]): Pick<Words, T> =>
  Object.fromEntries(ids.map((id) => [id, words[id]])) as Pick<Words, T>;

function lastingOf(period: string): Lasting {
  const { years, months, weeks, days } = periodParts(period);
  return [years * 12 + months, weeks * 7 + days];
}

/** What most sites leave as it is costs their visitors nothing. */
function lastsOf({ given, refused }: SiteRecord['validity']): Pick<WidgetBoot, 'lasts'> {
  const lasts = { given: lastingOf(given), refused: lastingOf(refused) };
  return Object.values(lasts).every(([months, days]) => months === 6 && days === 0) ? {} : { lasts };
}

/** What the first chunk gets, and what comes with the interface. */
interface Parts {
  boot: WidgetBoot;
  banner: BannerDetails;
  /** In a page's language. */
  details(tag: string): SpokenDetails;
}

async function partsOf(
  context: SiteContext,
  { manifest: { build }, locales }: Built,
  publicUrl: string,
  jurisdiction: string,
): Promise<Parts> {
  const { site, configuration } = context;
  const modes = modesIn(configuration, jurisdiction);
  const own = wordsFor(context, locales, ownLanguage(context), jurisdiction);
  const pieces = piecesOf(configuration, jurisdiction, false);
  const record: SiteRecord = {
    logKeys: (await formatLogKeys(site, context.keys)).map(({ key }) => key),
    configuration: context.configurationHash,
    build,
    jurisdiction,
    validity: configuration.validity,
    terms: context.terms,
  };
  const details = (tag: string): SpokenDetails => ({
    ...siteDetails(configuration, context.notices, context.hashes, jurisdiction),
    language: ownLanguage(context),
    words: wordsFor(context, locales, tag || own.language, jurisdiction),
    record,
  });
  const boot = {
    service: publicUrl,
    site: site.id,
    log: site.log,
    ...(context.epoch > 0 && { epoch: context.epoch }),
    assets: build.slice(0, FOLDER),
    terms: shortTerms(context.terms),
    notices: context.published.filter(({ current, notice }) => current && isNotice(notice.kind)).map(({ notice }) => notice.kind),
    words: { language: own.language, ...(own.direction === 'rtl' && { direction: own.direction }), ...picked(own, FIRST_WORDS) },
    // What most sites leave as it is costs their visitors nothing.
    ...(configuration.layout !== 'box' && { layout: configuration.layout }),
    ...(configuration.theme !== 'system' && { theme: configuration.theme }),
    ...(configuration.control ? configuration.controlSide === 'end' && { control: 'end' as const } : { control: false as const }),
    ...(configuration.refusals === 'local' && { refusals: 'local' as const }),
    ...(configuration.cookieDomain !== null && { cookieDomain: configuration.cookieDomain }),
    ...(configuration.children && { age: ageIn(configuration.children, jurisdiction) }),
    ...(configuration.consentOrPay && { offer: configuration.consentOrPay.offer }),
    ...(pieces.includes('signals-us') && { honoured: own['honoured.us'] }),
    ...(configuration.tcf && { tcf: configuration.tcf }),
    ...(configuration.movingIn && { movingIn: configuration.movingIn }),
    ...lastsOf(configuration.validity),
    ...(!configuration.reloadOnWithdrawal && { reload: false as const }),
    purposes: choicesOf(configuration.purposes).map(({ id, kind, of }): WidgetBoot['purposes'][number] => {
      const mode = modes[of ?? id] ?? 'opt_in';
      return { id, ...(kind !== id && { kind }), ...(mode !== 'opt_in' && { mode }), ...(of !== undefined && { of }) };
    }),
  };
  const { controller, notices, purposes, language, words } = details('');
  const banner: BannerDetails = {
    controller,
    notices: notices.map(({ kind, hash }) => ({ kind, hash })),
    purposes: purposes.map(({ id, label, mode, notice }) => ({ id, label, mode, notice })),
    language,
    words: {
      ...spoken(words.language),
      ...picked(words, BANNER_WORDS),
      ...(Object.values(modes).includes('opt_out') && picked(words, ['signalled'])),
      ...(configuration.children && picked(words, ['children', 'parent'])),
    },
    record,
  };
  return {
    boot: { ...boot, version: `${versionOf({ boot, pieces, details: details('') })}.${jurisdiction}` },
    banner,
    details,
  };
}

/** Characters of the build's hash in the chunks' address, and of the version. */
const FOLDER = 6;
const VERSION = 12;
const versionOf = (all: unknown): string =>
  createHash('sha256').update(JSON.stringify(all)).digest('base64url').slice(0, VERSION);

/** Keeps what a key stands for until the key's version changes. */
function remembering<T>() {
  const entries = new Map<string, { version: string; value: Promise<T> }>();
  return (key: string, version: string, make: () => Promise<T>): Promise<T> => {
    const known = entries.get(key);
    if (known?.version === version) return known.value;
    const value = make();
    entries.set(key, { version, value });
    value.catch(() => entries.delete(key));
    return value;
  };
}

/** Nothing of a build is given out before `builds` has all of it. */
export function widgetFiles(folder: string, publicUrl: string, builds: WidgetBuilds): WidgetFiles {
  let reading: Promise<Built> | null = null;
  const keep = remembering<CompressedBody>();
  const assembled = remembering<Parts>();

  /** The files as their manifest says, all at once: nothing that was changed behind it is given out. */
  async function readBuild(): Promise<Built> {
    const unbuilt = (): never => {
      throw new ProblemError('UNAVAILABLE', 'The widget is not built here: npm run build');
    };
    const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8').catch(unbuilt);
    // Half written while it is built is not built.
    const parsed = <Schema extends v.GenericSchema>(schema: Schema, text: string): v.InferOutput<Schema> => {
      try {
        return v.parse(schema, JSON.parse(text));
      } catch {
        return unbuilt();
      }
    };
    const manifest = parsed(Manifest, await read('manifest.json'));
    const listed = [
      ...manifest.chunks.map(({ file, sha256 }) => ({ file, sha256, path: `assets/${file}` })),
      ...manifest.scripts.map(({ file, sha256 }) => ({ file, sha256, path: file })),
    ];
    const files = await Promise.all(listed.map(async (one) => ({ ...one, text: await read(one.path) })));
    await builds.keep(manifest.build, files);
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    const text = (path: string): string => texts.get(path) ?? unbuilt();
    return { manifest, text, locales: parsed(Locales, text('words.json')) };
  }
  function built(): Promise<Built> {
    reading ??= readBuild().catch((error: unknown) => {
      reading = null;
      throw error;
    });
    return reading;
  }
  const parts = (site: SiteContext, jurisdiction: string): Promise<Parts> =>
    assembled(`${site.site.id} ${jurisdiction}`, `${site.site.revision}`, async () =>
      partsOf(site, await built(), publicUrl, jurisdiction),
    );

  /** The configuration, what platforms are told by, and one of the widget's scripts. */
  async function withPieces(
    site: SiteContext,
    jurisdiction: string,
    script: 'index' | 'first-visit' | 'pinned',
    boot: object,
  ): Promise<string> {
    const names = [...piecesOf(site.configuration, jurisdiction, script !== 'index'), script];
    const { text } = await built();
    const texts = names.map((name) => text(`${name}.js`));
    return `${COMPILED_WHOLE}self.candourBoot=${scriptLiteral(boot)};\n${texts.join('\n')}`;
  }

  /** With the hashes of the chunks, which it loads from the site's own folder. */
  async function pinnedText(site: SiteContext, jurisdiction: string): Promise<string> {
    const { boot, banner } = await parts(site, jurisdiction);
    const { build, chunks } = (await built()).manifest;
    const integrity = Object.fromEntries(chunks.map((chunk) => [chunk.file.replace(/\.js$/, ''), chunk.integrity]));
    const assets = `${site.site.id}/${build.slice(0, FOLDER)}`;
    return withPieces(site, jurisdiction, 'pinned', { ...boot, assets, integrity, banner });
  }

  return {
    async script(site, first, jurisdiction) {
      const { boot, banner } = await parts(site, jurisdiction);
      return keep(`script ${site.site.id} ${jurisdiction} ${first}`, boot.version, async () => {
        const script = await withPieces(site, jurisdiction, first ? 'first-visit' : 'index', first ? { ...boot, banner } : boot);
        return compress(script, JAVASCRIPT);
      });
    },
    async details(site, version, tag, jurisdiction) {
      const { boot, details } = await parts(site, jurisdiction);
      if (version !== boot.version) return null;
      const spokenDetails = details(tag);
      return keep(`details ${site.site.id} ${jurisdiction} ${spokenDetails.words.language}`, version, () =>
        compress(JSON.stringify(spokenDetails), 'application/json'),
      );
    },
    async unpinned(site, version, jurisdiction) {
      if ((await parts(site, jurisdiction)).boot.version !== version) return null;
      return keep(`unpinned ${site.site.id} ${jurisdiction}`, version, async () =>
        compress(await pinnedText(site, jurisdiction), JAVASCRIPT),
      );
    },
    async pinned(site, jurisdiction) {
      const { boot, details } = await parts(site, jurisdiction);
      const { manifest, text, locales } = await built();
      const { build, chunks } = manifest;
      const folder = build.slice(0, FOLDER);
      const script = await pinnedText(site, jurisdiction);
      return {
        version: boot.version,
        files: [
          { path: pinPaths.script(boot.version), contentType: JAVASCRIPT, text: script },
          ...chunks.map(({ file }) => ({
            path: pinPaths.chunk(folder, file),
            contentType: JAVASCRIPT,
            text: text(`assets/${file}`),
          })),
          ...Object.keys(locales).map((language) => ({
            path: pinPaths.details(boot.version, language),
            contentType: 'application/json',
            text: JSON.stringify(details(language)),
          })),
        ],
      };
    },
    async asset(folder, name) {
      const { manifest, text } = await built();
      const { build, chunks } = manifest;
      if (folder !== build.slice(0, FOLDER)) return folder.length === FOLDER ? builds.file(folder, name) : null;
      if (!chunks.some((chunk) => chunk.file === name)) return null;
      return keep(`asset ${name}`, '', () => compress(text(`assets/${name}`), JAVASCRIPT));
    },
  };
}
