// What the rendered layers of a banner show: which controls there are, how they look, what they say.
import type { Found } from './finding.ts';
import type { BannerControl, Layer, PageDescription } from './page-description.ts';
import { languageOf, matchOf } from './words.ts';

const find = ({ controls }: Layer, act: BannerControl['act']): BannerControl | undefined =>
  // The most button-like of those with that purpose.
  controls
    .filter((control) => control.act === act)
    .toSorted((a, b) => Number(b.kind === 'button') - Number(a.kind === 'button'))[0];
const layersOf = ({ first, further }: PageDescription): Layer[] => [first, ...further];
const isChoice = ({ act }: BannerControl): boolean => ['accept', 'reject', 'settings', 'save', 'pay'].includes(act);
const at = (control: BannerControl, rule: Found['rule'], found: string, evidence: Found['evidence'] = {}): Found => ({
  rule,
  where: control.selector,
  found,
  evidence: { name: control.name, ...evidence },
});

/** L1, L2, L8, L11, L12: the two answers of the first layer. */
export function answerFindings({ first }: PageDescription): Found[] {
  const [accept, reject] = [find(first, 'accept'), find(first, 'reject')];
  const names = first.controls.map(({ name }) => name);
  const found: Found[] = [];
  if (accept && !reject)
    found.push({
      rule: 'L1',
      where: first.selector,
      found: 'Nothing in the first layer refuses.',
      evidence: { controls: names },
    });
  if (accept?.kind === 'button' && reject && reject.kind !== 'button')
    found.push(at(reject, 'L2', `"${reject.name}" is a ${reject.kind}, "${accept.name}" a button.`, { kind: reject.kind }));
  else if (accept?.focusable && reject && !reject.focusable)
    found.push(at(reject, 'L2', `The keyboard reaches "${accept.name}" and not "${reject.name}".`, { focusable: false }));
  if (accept && (accept.focused || accept.submits) && !(reject?.focused || reject?.submits))
    found.push(
      at(accept, 'L8', `"${accept.name}" ${accept.focused ? 'has the focus' : 'answers Enter'} before anything was chosen.`, {
        focused: accept.focused,
        submits: accept.submits,
      }),
    );
  for (const control of first.controls.filter(({ vague }) => vague))
    found.push(at(control, 'L11', `"${control.name}" does not say what it does.`, { rejectInFirstLayer: reject !== undefined }));
  for (const control of first.controls.filter(({ act }) => act === 'reject')) {
    const words = matchOf('emotive', control.name);
    if (words !== null) found.push(at(control, 'L12', `The words of the refusal are not neutral: "${control.name}".`, { words }));
  }
  return found;
}

/** R2's numbers. */
const [MAX_SIZE_DIFFERENCE, MAX_CONTRAST_DIFFERENCE, MIN_CONTRAST] = [0.05, 1, 4.5];
const differs = (a: number, b: number): boolean => Math.abs(a - b) > MAX_SIZE_DIFFERENCE * Math.max(a, b);

/** How two answers differ beyond R2, in words. */
function differences(a: BannerControl, b: BannerControl): string[] {
  const contrasts = a.contrast !== null && b.contrast !== null ? Math.abs(a.contrast - b.contrast) : 0;
  return [
    ...(differs(a.width, b.width) ? [`width ${a.width} px and ${b.width} px`] : []),
    ...(differs(a.height, b.height) ? [`height ${a.height} px and ${b.height} px`] : []),
    ...(a.fontSize === b.fontSize ? [] : [`letters of ${a.fontSize} and ${b.fontSize}`]),
    ...(a.fontWeight === b.fontWeight ? [] : [`weight ${a.fontWeight} and ${b.fontWeight}`]),
    ...(a.border === b.border ? [] : [`border ${a.border} and ${b.border}`]),
    ...(a.fill === b.fill ? [] : [`fill ${a.fill} and ${b.fill}`]),
    ...(contrasts > MAX_CONTRAST_DIFFERENCE ? [`contrast ${a.contrast} and ${b.contrast}`] : []),
  ];
}

/** L6, L7, L36: how the choices look. */
export function prominenceFindings(page: PageDescription): Found[] {
  const { first } = page;
  const [accept, reject, pay] = [find(first, 'accept'), find(first, 'reject'), find(first, 'pay')];
  const found: Found[] = [];
  for (const control of layersOf(page).flatMap(({ controls }) => controls.filter(isChoice)))
    if (control.contrast !== null && control.contrast < MIN_CONTRAST)
      found.push(
        at(control, 'L6', `The words of "${control.name}" have a contrast of ${control.contrast}:1.`, {
          contrast: control.contrast,
        }),
      );
  const unequal = accept && reject ? differences(accept, reject) : [];
  if (accept && reject && unequal.length > 0)
    found.push(
      at(reject, 'L7', `"${accept.name}" and "${reject.name}" differ: ${unequal.join('; ')}.`, {
        accept: accept.selector,
        differences: unequal,
      }),
    );
  if (accept && pay) {
    const less = differences(accept, pay);
    if (less.length > 0)
      found.push(at(pay, 'L36', `"${accept.name}" and "${pay.name}" differ: ${less.join('; ')}.`, { differences: less }));
    if (!/[€£$]\s?\d|\d\s?(?:€|£|EUR|GBP|USD)/.test(first.text))
      found.push(at(pay, 'L36', 'The price is not in the first layer.', { text: first.text.slice(0, 200) }));
  }
  return found;
}

/** L5, L25, L28, L29, L30: what is switched on, and on what ground. */
export function toggleFindings(page: PageDescription): Found[] {
  const found: Found[] = [];
  for (const [depth, layer] of layersOf(page).entries()) {
    const toggles = layer.controls.filter(({ kind }) => kind === 'toggle');
    const subject = (name: string): string =>
      name
        .replace(/[([].*?[)\]]/g, '')
        .trim()
        .toLowerCase();
    for (const toggle of toggles) {
      const claim = matchOf('legitimateInterests', toggle.name);
      const isNecessary = matchOf('necessary', toggle.name) !== null;
      if (toggle.checked && toggle.disabled && matchOf('advertising', toggle.name) !== null)
        found.push(at(toggle, 'L25', `"${toggle.name}" can't be switched off.`, { disabled: true }));
      if (claim !== null && /(?:store|storage|access|cookies?|speicher|zugriff)/i.test(toggle.name))
        found.push(at(toggle, 'L28', `Storage is put on legitimate interests: "${toggle.name}".`));
      const twin =
        claim === null
          ? undefined
          : toggles.find(
              (other) =>
                other !== toggle &&
                subject(other.name) === subject(toggle.name) &&
                matchOf('legitimateInterests', other.name) === null,
            );
      if (twin)
        found.push(
          at(toggle, 'L30', `"${twin.name}" is asked by consent and claimed as "${toggle.name}".`, { consent: twin.selector }),
        );
      if (!toggle.checked || toggle.disabled) continue;
      if (claim !== null) {
        if (depth > 0) found.push(at(toggle, 'L29', `"${toggle.name}" is on in layer ${depth + 1}.`, { layer: depth + 1 }));
      } else if (!isNecessary && matchOf('onUnless', toggle.name) === null)
        found.push(at(toggle, 'L5', `"${toggle.name}" is on before anything was chosen.`, { layer: depth + 1 }));
    }
  }
  return found;
}

const WORDING = [
  { rule: 'L10', name: 'implied', says: 'The words take something else for consent' },
  { rule: 'L13', name: 'doubleNegative', says: 'The words are a double negative' },
  { rule: 'L33', name: 'promotion', says: 'The banner promotes something' },
  { rule: 'L34', name: 'urgency', says: 'The words press for time' },
] as const;

const withoutDigits = (text: string): string => text.replace(/-?\d+/g, '#');

/** L10, L13, L24, L27, L33, L34, L37: the words of the layers. */
export function textFindings(page: PageDescription): Found[] {
  const { first, laterText } = page;
  const layers = layersOf(page);
  const found: Found[] = layers.flatMap(({ selector, text }) =>
    WORDING.flatMap(({ rule, name, says }): Found[] => {
      const words = matchOf(name, text);
      return words === null ? [] : [{ rule, where: selector, found: `${says}: "${words}".`, evidence: { words } }];
    }),
  );
  const field = first.fields.find((one) => /^(email|tel)/.test(one));
  if (field !== undefined)
    found.push({ rule: 'L33', where: first.selector, found: 'The banner asks for an address.', evidence: { field } });
  if (laterText !== null && laterText !== first.text && withoutDigits(laterText) === withoutDigits(first.text))
    found.push({
      rule: 'L34',
      where: first.selector,
      found: 'A number in the banner counts.',
      evidence: { first: first.text.slice(0, 200), later: laterText.slice(0, 200) },
    });
  const ambiguous = matchOf('ambiguous', first.text);
  const says = layers.some(
    ({ text, controls }) => matchOf('advertising', text) !== null || controls.some(({ kind }) => kind === 'toggle'),
  );
  if (ambiguous !== null && !says)
    found.push({
      rule: 'L24',
      where: first.selector,
      found: `No purpose is named; the words are "${ambiguous}".`,
      evidence: { words: ambiguous },
    });
  const browser = matchOf('browserSettings', first.text);
  const ownWay = layers.some(({ controls }) =>
    controls.some(({ act, kind }) => act === 'reject' || act === 'save' || kind === 'toggle'),
  );
  if (browser !== null && !ownWay)
    found.push({
      rule: 'L27',
      where: first.selector,
      found: 'The settings of the browser are the only way to object.',
      evidence: { words: browser },
    });
  const partners = matchOf('partners', first.text);
  if (partners !== null && !layers.some(({ controls }) => controls.some(({ name }) => matchOf('partners', name) !== null)))
    found.push({
      rule: 'L37',
      where: first.selector,
      found: `"${partners}" are mentioned, and no layer names them.`,
      evidence: { words: partners },
    });
  return found;
}

const [MAX_CONTROLS, MAX_DEPTH] = [8, 2];
const primary = (language: string | null): string | null => language?.toLowerCase().split('-')[0] ?? null;
const ACTS = ['accept', 'reject', 'settings', 'save', 'pay'] as const;

/** L18, L19, L20, L31, L32, L38: how the banner is built. */
export function structureFindings(page: PageDescription): Found[] {
  const { first, further, narrow, links, pageLanguage } = page;
  const layers = layersOf(page);
  const found: Found[] = [];
  const controls = first.controls.filter(({ act }) => act !== 'notice');
  if (controls.length > MAX_CONTROLS)
    found.push({
      rule: 'L18',
      where: first.selector,
      found: `The first layer has ${controls.length} controls.`,
      evidence: { controls: controls.map(({ name }) => name) },
    });
  for (const layer of further) {
    const toggles = layer.controls.filter(({ kind }) => kind === 'toggle').length;
    if (toggles > MAX_CONTROLS && !find(layer, 'reject'))
      found.push({
        rule: 'L18',
        where: layer.selector,
        found: `${toggles} switches, and nothing refuses them all.`,
        evidence: { toggles },
      });
  }
  if (layers.length > MAX_DEPTH)
    found.push({
      rule: 'L19',
      where: layers.at(-1)?.selector ?? '',
      found: `The settings are in layer ${layers.length}.`,
      evidence: { layers: layers.length },
    });
  for (const { selector, text, href, problem } of links)
    if (problem !== null) found.push({ rule: 'L20', where: selector, found: `"${text}" ${problem}.`, evidence: { href } });
  // What the words show beats what is declared: both may be copied with the page.
  const language = languageOf(first.text) ?? primary(first.language);
  if (language !== null && pageLanguage !== null && language !== primary(pageLanguage))
    found.push({
      rule: 'L31',
      where: first.selector,
      found: `The page is in ${pageLanguage}, the banner in ${language}.`,
      evidence: { declared: first.language },
    });
  const missing = narrow ? ACTS.filter((act) => (find(first, act) !== undefined) !== (find(narrow, act) !== undefined)) : [];
  if (missing.length > 0 || narrow === null)
    found.push({
      rule: 'L32',
      where: narrow?.selector ?? first.selector,
      found: narrow ? `Narrow and wide screens differ in: ${missing.join(', ')}.` : 'A narrow screen shows no banner.',
      evidence: { narrow: narrow?.controls.map(({ name }) => name) ?? [], wide: first.controls.map(({ name }) => name) },
    });
  if (!layers.some((layer) => find(layer, 'notice') !== undefined))
    found.push({ rule: 'L38', where: first.selector, found: 'No layer links to a notice that says who asks.', evidence: {} });
  return found;
}
