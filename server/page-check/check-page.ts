// What a site owner should know of a page: whether the widget's tag is where it works, whether what the page names is known to the
// site, whether what is held back is written so that it is, and what of others loads without waiting.
import { nearest } from '../nearest.ts';
import { pageElements, type PageElement } from './page-elements.ts';

export interface CheckedSite {
  id: string;
  origins: readonly string[];
  /** Ids of its purposes. */
  purposes: readonly string[];
  /** Activities of its marketing opt-ins. */
  activities: readonly string[];
  /** The service's URL, without a trailing slash; null: not known. */
  service: string | null;
}

export interface PageFinding {
  /** `problem`: it will not work; `fact`: for the owner to know. */
  kind: 'problem' | 'fact';
  code: Code;
  line: number | null;
  text: string;
}

type Code =
  | 'TAG_MISSING'
  | 'TAG_NOT_IN_HEAD'
  | 'TAG_NOT_FIRST'
  | 'TAG_LATE'
  | 'TAG_OTHER_SITE'
  | 'TAG_OTHER_SERVICE'
  | 'TAG_TWICE'
  | 'TAG_INSECURE'
  | 'PURPOSE_UNKNOWN'
  | 'PURPOSE_EMPTY'
  | 'ACTIVITY_UNKNOWN'
  | 'ACTIVITY_MISSING'
  | 'OPT_IN_ELEMENT'
  | 'OPT_IN_OUTSIDE_FORM'
  | 'CANDOUR_UNKNOWN'
  | 'HELD_SCRIPT_TYPE'
  | 'HELD_ADDRESS_LOADS'
  | 'HELD_ADDRESS_MISSING'
  | 'HELD_ELEMENT'
  | 'ORIGIN_UNKNOWN'
  | 'ORIGIN_UNLISTED'
  | 'CHOICES_LINK_MISSING'
  | 'NOT_HELD';

export interface PageReport {
  /** In the order of the page. */
  findings: PageFinding[];
  /** How many elements of the page wait for each purpose. */
  held: Record<string, number>;
  tag: string | null;
}

/** Elements that the widget holds back by data-src, with the attribute that loads them. */
const HELD: Readonly<Record<string, string>> = {
  iframe: 'src',
  img: 'src',
  video: 'src',
  audio: 'src',
  embed: 'src',
  object: 'data',
  link: 'href',
};
/** Elements that load when the parser meets them, before a tag behind them could hold anything back. */
const LOADS_EARLY = ['script', 'iframe', 'img', 'object', 'embed'];
const TAG_PATH = /^\/w\/([a-z0-9-]+)(?:@[^/]+)?\.js$/;
const RUNS = /^(|module|text\/javascript|application\/javascript|text\/ecmascript|application\/ecmascript)$/i;

const words = (value: string): string[] => value.split(/\s+/).filter(Boolean);
const quoted = (value: string): string => JSON.stringify(value.length > 80 ? `${value.slice(0, 79)}…` : value);
const meant = (name: string, known: readonly string[]): string => {
  const near = nearest(name, known);
  return near === null ? `known are: ${known.join(', ') || 'none'}` : `did you mean ${near}?`;
};

interface Looking {
  site: CheckedSite;
  /** Of the page; null: only a file is known. */
  url: URL | null;
  elements: readonly PageElement[];
  report(kind: PageFinding['kind'], code: PageFinding['code'], at: PageElement | null, text: string): void;
}

const address = ({ url }: Looking, value: string | undefined): URL | null =>
  value === undefined ? null : URL.parse(value.trim(), url?.href ?? 'https://the-page.invalid/');

/** Whether it loads from another host than the page's. A file's own addresses are relative. */
const isElsewhere = ({ url }: Looking, target: URL): boolean =>
  /^https?:$/.test(target.protocol) && target.host !== (url?.host ?? 'the-page.invalid');

const tagSite = (looking: Looking, { name, attributes }: PageElement): string | null => {
  const target = name === 'script' ? address(looking, attributes.get('src')) : null;
  return (target && TAG_PATH.exec(target.pathname)?.[1]) ?? null;
};

function checkTag(looking: Looking): PageElement | null {
  const { site, url, elements, report } = looking;
  const tags = elements.filter((element) => tagSite(looking, element) !== null);
  const [tag] = tags;
  const wanted = site.service === null ? `/w/${site.id}.js` : `${site.service}/w/${site.id}.js`;
  if (!tag) {
    report('problem', 'TAG_MISSING', null, `the tag is not there: put <script src="${wanted}"></script> first into the head`);
    return null;
  }
  const { attributes, within } = tag;
  const target = address(looking, attributes.get('src'));
  const named = tagSite(looking, tag) ?? '';
  if (named !== site.id)
    report('problem', 'TAG_OTHER_SITE', tag, `the tag is of the site ${quoted(named)}, not of ${quoted(site.id)}`);
  if (target && site.service !== null && target.origin !== site.service)
    report('problem', 'TAG_OTHER_SERVICE', tag, `the tag comes from ${target.origin}; the service is ${site.service}`);
  if (target?.protocol === 'http:' && url?.protocol === 'https:')
    report('problem', 'TAG_INSECURE', tag, 'the tag comes over http into a page that came over https: browsers do not load it');
  if (!within.includes('head')) report('problem', 'TAG_NOT_IN_HEAD', tag, 'the tag is not in the head');
  const late = ['async', 'defer'].filter((one) => attributes.has(one));
  if (!RUNS.test(attributes.get('type') ?? '')) late.push(`type=${quoted(attributes.get('type') ?? '')}`);
  else if (/^module$/i.test(attributes.get('type') ?? '')) late.push('type="module"');
  if (late.length > 0)
    report(
      'problem',
      'TAG_LATE',
      tag,
      `the tag has ${late.join(' and ')}: what stands behind it runs before it could be held back`,
    );
  const before = elements.slice(0, elements.indexOf(tag)).filter(({ name }) => LOADS_EARLY.includes(name));
  const [early] = before.filter((element) => element.name !== 'script' || RUNS.test(element.attributes.get('type') ?? ''));
  if (early)
    report(
      'problem',
      'TAG_NOT_FIRST',
      tag,
      `the tag stands behind a <${early.name}>${early.line ? ` (line ${early.line})` : ''}: put it first`,
    );
  for (const again of tags.slice(1)) report('problem', 'TAG_TWICE', again, 'the tag is there a second time');
  return tag;
}

function checkHeld(looking: Looking, element: PageElement, held: Record<string, number>): void {
  const { site, report } = looking;
  const { name, attributes } = element;
  const purposes = words(attributes.get('data-purpose') ?? '');
  if (purposes.length === 0) report('problem', 'PURPOSE_EMPTY', element, `<${name}> has an empty data-purpose`);
  for (const purpose of purposes) {
    held[purpose] = (held[purpose] ?? 0) + 1;
    if (!site.purposes.includes(purpose))
      report(
        'problem',
        'PURPOSE_UNKNOWN',
        element,
        `data-purpose=${quoted(purpose)} is no purpose of ${site.id}, so <${name}> waits for ever: ${meant(purpose, site.purposes)}`,
      );
  }
  if (name === 'script') {
    if ((attributes.get('type') ?? '').toLowerCase() !== 'text/plain')
      report('problem', 'HELD_SCRIPT_TYPE', element, '<script data-purpose> runs at once: it takes type="text/plain"');
    return;
  }
  const loads = Object.hasOwn(HELD, name) ? HELD[name] : undefined;
  if (loads === undefined)
    return report(
      'problem',
      'HELD_ELEMENT',
      element,
      `<${name}> cannot be held back: ${['script', ...Object.keys(HELD)].join(', ')} can`,
    );
  if (attributes.get(loads)?.trim() || attributes.get('srcset')?.trim())
    report('problem', 'HELD_ADDRESS_LOADS', element, `<${name}> loads at once by its ${loads}: write data-src instead`);
  else if (!attributes.get('data-src')?.trim())
    report('problem', 'HELD_ADDRESS_MISSING', element, `<${name}> has no data-src: nothing will load after the choice`);
}

function checkOptIn({ site, report }: Looking, element: PageElement): void {
  const { name, attributes, within } = element;
  if (name !== 'fieldset')
    return report('problem', 'OPT_IN_ELEMENT', element, `data-candour="marketing" works on a <fieldset>, not on <${name}>`);
  const activity = attributes.get('data-activity')?.trim();
  if (!activity)
    report('problem', 'ACTIVITY_MISSING', element, `the fieldset has no data-activity: ${meant('', site.activities)}`);
  else if (!site.activities.includes(activity))
    report(
      'problem',
      'ACTIVITY_UNKNOWN',
      element,
      `data-activity=${quoted(activity)} is no marketing opt-in of ${site.id}, so the fieldset stays empty: ${meant(activity, site.activities)}`,
    );
  if (!within.includes('form') && !attributes.has('form'))
    report('problem', 'OPT_IN_OUTSIDE_FORM', element, 'the fieldset is in no form: its boxes are recorded when a form is sent');
}

function checkOffer({ report }: Looking, element: PageElement, value: string): void {
  if (value !== 'choices')
    report(
      'problem',
      'CANDOUR_UNKNOWN',
      element,
      `data-candour=${quoted(value)} does nothing: ${meant(value, ['choices', 'marketing'])}`,
    );
}

/** Facts: what of others loads before anybody chose. Whether it needs a choice is for the owner to say. */
function listLoading(looking: Looking, element: PageElement): void {
  const { name, attributes } = element;
  if ((name !== 'script' && name !== 'iframe') || attributes.has('data-purpose')) return;
  if (name === 'script' && !RUNS.test(attributes.get('type') ?? '')) return;
  const target = address(looking, attributes.get('src'));
  if (!target || !isElsewhere(looking, target) || tagSite(looking, element) !== null) return;
  looking.report('fact', 'NOT_HELD', element, `<${name}> of ${target.host} loads without waiting for a choice`);
}

function checkOrigin({ site, url, report }: Looking): void {
  if (!url)
    return report('fact', 'ORIGIN_UNKNOWN', null, 'the page is a file: with --url its origin is compared with those of the site');
  if (!site.origins.includes(url.origin))
    report(
      'problem',
      'ORIGIN_UNLISTED',
      null,
      `the page’s origin ${url.origin} is not among those of ${site.id} (${site.origins.join(', ')}): the service refuses its choices, and browsers show a CORS error`,
    );
}

const offersChoices = ({ name, attributes }: PageElement): boolean =>
  attributes.get('data-candour') === 'choices' || (name === 'a' && attributes.get('href') === '#candour');

/** `url`: where the page is published; null: not known. `control`: the widget shows its own "Privacy choices". */
export function checkPage(
  html: string,
  site: CheckedSite,
  { url, control }: { url: string | null; control: boolean },
): PageReport {
  const findings: PageFinding[] = [];
  const elements = pageElements(html);
  const looking: Looking = {
    site,
    url: url === null ? null : new URL(url),
    elements,
    report: (kind, code, at, text) => void findings.push({ kind, code, line: at?.line ?? null, text }),
  };
  const held: Record<string, number> = {};
  checkOrigin(looking);
  const tag = checkTag(looking);
  for (const element of elements) {
    const offer = element.attributes.get('data-candour')?.trim();
    if (element.attributes.has('data-purpose')) checkHeld(looking, element, held);
    if (offer === 'marketing') checkOptIn(looking, element);
    else if (offer !== undefined) checkOffer(looking, element, offer);
    listLoading(looking, element);
  }
  if (!control && !elements.some(offersChoices))
    looking.report(
      'problem',
      'CHOICES_LINK_MISSING',
      null,
      'nothing on the page opens the choices again, and the site’s configuration turns the widget’s own control off: add <a href="#candour">',
    );
  return { findings, held, tag: tag?.attributes.get('src') ?? null };
}
