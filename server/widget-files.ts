// The built widget (dist/widget) as the service gives it out: the first chunk with a site's configuration in front of it,
// the words of its interface, and the chunks.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import * as v from 'valibot';

import { isNotice } from '../shared/notice/schema.ts';
import type { WidgetBoot } from '../shared/site/boot.ts';
import { siteDetails, type SpokenDetails } from '../shared/site/details.ts';
import { modesIn } from '../shared/site/jurisdiction.ts';
import { choicesOf } from '../shared/site/services.ts';
import { FIRST_WORDS, languageFor, spoken, WORDS, wordsWith, type Spoken, type Words } from '../shared/site/words.ts';
import { compress, type CompressedBody } from './compression.ts';
import { formatLogKeys } from './log/key.ts';
import { ProblemError } from './problem.ts';
import type { SiteContext } from './site-context.ts';

const fileName = v.pipe(v.string(), v.regex(/^[\w.-]+$/));
const Manifest = v.object({
  index: v.object({ file: fileName, sha256: v.string() }),
  chunks: v.object({ ui: fileName, ledger: fileName, marketing: fileName, embeds: fileName }),
  files: v.array(v.object({ file: fileName, sha256: v.string() })),
  words: v.object({ file: fileName, sha256: v.string() }),
  build: v.string(),
});
type Manifest = v.InferOutput<typeof Manifest>;

const Locales = v.record(v.string(), v.object(v.entriesFromList(WORDS, v.string())));
type Locales = v.InferOutput<typeof Locales>;

export interface WidgetFiles {
  /** Throws ProblemError UNAVAILABLE where the widget is not built. */
  script(site: SiteContext): Promise<CompressedBody>;
  /** With the interface's words in a page's language; an empty tag is the site's own. */
  details(site: SiteContext, language: string): Promise<CompressedBody>;
  /** Null for what is no file of the build. */
  asset(file: string): Promise<CompressedBody | null>;
}

const JAVASCRIPT = 'text/javascript; charset=utf-8';

/** JSON that can stand in a script wherever it is put: no "<" and no line separators. */
const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);

const ownLanguage = ({ configuration }: SiteContext): string => configuration.languages[0] ?? 'en';

function wordsFor({ configuration }: SiteContext, locales: Locales, tag: string): Spoken & Words {
  const language = languageFor(tag, Object.keys(locales));
  return { ...spoken(language), ...wordsWith(locales[language] as Words, configuration.texts?.[language]) };
}

async function bootOf(
  context: SiteContext,
  { build, chunks }: Manifest,
  locales: Locales,
  publicUrl: string,
): Promise<WidgetBoot> {
  const { site, configuration } = context;
  const words = wordsFor(context, locales, ownLanguage(context));
  const modes = modesIn(configuration, configuration.jurisdiction);
  const first = Object.fromEntries(FIRST_WORDS.map((id) => [id, words[id]])) as Pick<Words, (typeof FIRST_WORDS)[number]>;
  return {
    service: publicUrl,
    site: site.id,
    name: site.name,
    log: site.log,
    logKeys: (await formatLogKeys(site, context.keys)).map(({ key }) => key),
    configuration: context.configurationHash,
    notices: context.published
      .filter(({ current, notice }) => current && isNotice(notice.kind))
      .map(({ notice, hash }) => ({ kind: notice.kind, title: notice.title, hash })),
    build,
    jurisdiction: configuration.jurisdiction,
    terms: context.terms,
    words: { ...spoken(words.language), ...first },
    layout: configuration.layout,
    theme: configuration.theme,
    control: configuration.control && configuration.controlSide,
    consentMode: configuration.consentMode,
    refusals: configuration.refusals,
    cookieDomain: configuration.cookieDomain,
    validity: configuration.validity,
    purposes: choicesOf(configuration.purposes).map(({ id, kind, storage, of }) => ({
      id,
      kind,
      mode: modes[of ?? id] ?? 'opt_in',
      storage: storage.map((item) => ({ name: item.name, kind: item.kind })),
      ...(of !== undefined && { of }),
    })),
    chunks,
  };
}

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

export function widgetFiles(folder: string, publicUrl: string): WidgetFiles {
  let reading: Promise<Manifest> | null = null;
  const keep = remembering<CompressedBody>();

  const read = (file: string): Promise<string> => readFile(join(folder, file), 'utf8');
  function manifest(): Promise<Manifest> {
    reading ??= read('manifest.json')
      .then((text) => v.parse(Manifest, JSON.parse(text)))
      .catch(() => {
        reading = null;
        throw new ProblemError('UNAVAILABLE', 'The widget is not built here: npm run build');
      });
    return reading;
  }

  let readingWords: Promise<Locales> | null = null;
  function locales(): Promise<Locales> {
    readingWords ??= manifest()
      .then(({ words }) => read(words.file))
      .then((text) => v.parse(Locales, JSON.parse(text)))
      .catch(() => {
        readingWords = null;
        throw new ProblemError('UNAVAILABLE', 'The widget is not built here: npm run build');
      });
    return readingWords;
  }

  return {
    async script(site) {
      const built = await manifest();
      return keep(`script ${site.site.id}`, `${site.site.revision}`, async () => {
        const boot = await bootOf(site, built, await locales(), publicUrl);
        return compress(`self.candourBoot=${scriptJson(boot)};\n${await read(built.index.file)}`, JAVASCRIPT);
      });
    },
    async details(site, tag) {
      const words = wordsFor(site, await locales(), tag || ownLanguage(site));
      return keep(`details ${site.site.id} ${words.language}`, `${site.site.revision}`, () => {
        const details: SpokenDetails = {
          ...siteDetails(site.configuration, site.notices, site.hashes),
          language: ownLanguage(site),
          words,
        };
        return compress(JSON.stringify(details), 'application/json');
      });
    },
    async asset(file) {
      const { files } = await manifest();
      if (!files.some((candidate) => candidate.file === file)) return null;
      return keep(`asset ${file}`, '', async () => compress(await read(`assets/${file}`), JAVASCRIPT));
    },
  };
}
