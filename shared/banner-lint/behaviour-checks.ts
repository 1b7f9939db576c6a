// What a banner does: how many clicks, what happens without an answer, what is stored and requested when.
import type { Found } from './finding.ts';
import { isDeclared, knownByHost, knownByName } from './known-items.ts';
import { lifetimeDays } from './lifetime.ts';
import { grantedEffects, type Effects, type PageDescription } from './page-description.ts';
import { matchOf } from './words.ts';
import { channelsIn } from './wording-checks.ts';

/** What the site says that it stores. */
export interface DeclaredItem {
  name: string;
  lifetime: string;
  purpose: string;
  /** It waits for consent. */
  waits: boolean;
}
export interface Declared {
  items: readonly DeclaredItem[];
  /** Hosts that the page may contact before a choice: the consent service's own. */
  hosts: readonly string[];
}

/** L3, L4: clicks. */
export function clickFindings({ clicks, withdrawal, first }: PageDescription): Found[] {
  const found: Found[] = [];
  const { accept, reject } = clicks;
  if (accept !== null && reject !== null && reject > accept)
    found.push({
      rule: 'L3',
      where: first.selector,
      found: `Accepting takes ${accept}, refusing ${reject} clicks.`,
      evidence: { accept, reject },
    });
  const withdraw = withdrawal?.clicks ?? null;
  if (accept !== null && withdraw !== null && withdraw > accept)
    found.push({
      rule: 'L4',
      where: withdrawal?.selector ?? '',
      found: `Accepting takes ${accept}, withdrawing ${withdraw} clicks.`,
      evidence: { accept, withdraw },
    });
  return found;
}

const UNTOUCHED: Readonly<Record<string, string>> = {
  close: 'Closing the banner',
  escape: 'The Escape key',
  scroll: 'Scrolling',
  wait: 'Waiting',
};
const short = (effects: Effects): string[] => effects.slice(0, 5).map((effect) => effect.slice(0, 120));

/** L9, L17: what grants although nothing was granted. */
export function grantFindings(page: PageDescription): Found[] {
  const granted = new Set(grantedEffects(page));
  const grants = (effects: Effects): string[] => effects.filter((effect) => granted.has(effect));
  const found: Found[] = [];
  // What an earlier step of the same visit did is not the later one's doing.
  const seen = new Set<string>();
  for (const [how, effects] of Object.entries(page.untouched)) {
    const fresh = grants(effects).filter((effect) => how === 'close' || !seen.has(effect));
    for (const effect of effects) seen.add(effect);
    if (fresh.length > 0)
      found.push({
        rule: 'L9',
        where: page.first.selector,
        found: `${UNTOUCHED[how] ?? how} brings what accepting brings: ${fresh[0]?.slice(0, 120)}.`,
        evidence: { effects: short(fresh) },
      });
  }
  const saved = grants(page.savedNothing ?? []);
  if (saved.length > 0)
    found.push({
      rule: 'L17',
      where: page.further.at(-1)?.selector ?? page.first.selector,
      found: `Saving with nothing selected brings what accepting brings: ${saved[0]?.slice(0, 120)}.`,
      evidence: { effects: short(saved) },
    });
  return found;
}

/** L13, L14, L15, L16: tick-boxes of forms in the page. */
export const boxFindings = ({ boxes }: PageDescription): Found[] =>
  boxes.flatMap(({ selector, label, checked }): Found[] => {
    const marketing = matchOf('marketing', label) ?? matchOf('optOutBox', label);
    const found: Found[] = [];
    const report = (rule: Found['rule'], fact: string): void =>
      void found.push({ rule, where: selector, found: fact, evidence: { label, checked } });
    const negative = matchOf('doubleNegative', label);
    if (negative !== null) report('L13', `The words are a double negative: "${negative}".`);
    const terms = matchOf('terms', label);
    const isBundled = terms !== null && /(?:agree|accept|consent|akzeptiere|stimme|zustimm|einverstanden)/i.test(label);
    if (
      isBundled &&
      (marketing !== null || /\bread\b.{0,40}\b(?:agree|accept)|gelesen.{0,60}(?:akzeptiere|stimme|einverstanden)/i.test(label))
    )
      report(
        'L15',
        `One box for ${marketing === null ? 'reading and agreeing' : 'marketing and other terms'}: "${label.slice(0, 120)}".`,
      );
    if (marketing === null) return found;
    if (checked) report('L14', `The box is ticked beforehand: "${label.slice(0, 120)}".`);
    else if (negative === null && matchOf('optOutBox', label) !== null)
      report('L14', `The box is one to opt out: "${label.slice(0, 120)}".`);
    if (channelsIn(label) > 1) report('L16', `One box for several channels: "${label.slice(0, 120)}".`);
    else if (matchOf('partners', label) !== null) report('L16', `One box for several senders: "${label.slice(0, 120)}".`);
    return found;
  });

const [HALF_YEAR, THIRTEEN_MONTHS] = [180, 398];

/** L21, L23: how long answers hold, from the cookies that they set. */
export function durationFindings({ accepted, refused, before, first }: PageDescription): Found[] {
  if (!accepted || !refused) return [];
  const found: Found[] = [];
  if (refused.askedAgain)
    found.push({ rule: 'L21', where: first.selector, found: 'The next page asks again after a refusal.', evidence: {} });
  const earlier = new Set(before.cookies.map(({ name }) => name));
  for (const { name, days } of accepted.cookies.filter((cookie) => !earlier.has(cookie.name))) {
    const other = refused.cookies.find((cookie) => cookie.name === name);
    if (!other || days === null) continue;
    const evidence = { cookie: name, accepted: days, refused: other.days };
    if (other.days === null || other.days < days - 1)
      found.push({
        rule: 'L21',
        where: `cookie ${name}`,
        found: `After refusing ${name} stays ${other.days ?? 0} days, after accepting ${days}.`,
        evidence,
      });
    else if (other.days < HALF_YEAR - 2)
      found.push({ rule: 'L21', where: `cookie ${name}`, found: `After refusing ${name} stays ${other.days} days.`, evidence });
    if (days > THIRTEEN_MONTHS)
      found.push({ rule: 'L23', where: `cookie ${name}`, found: `After accepting ${name} stays ${days} days.`, evidence });
  }
  return found;
}

/** L35, L41, L42: walls, and the way back. */
export function wayFindings({ refused, withdrawal, first }: PageDescription): Found[] {
  const found: Found[] = [];
  if (refused && refused.blocked !== null)
    found.push({
      rule: 'L35',
      where: first.selector,
      found: `After a refusal the page can't be used: ${refused.blocked}.`,
      evidence: { blocked: refused.blocked },
    });
  if (!withdrawal) return found;
  for (const path of withdrawal.missingOn)
    found.push({
      rule: 'L41',
      where: path,
      found: `${path} has no control to withdraw.`,
      evidence: { lookedAt: [...withdrawal.lookedAt] },
    });
  if (withdrawal.asksFor !== null)
    found.push({
      rule: 'L42',
      where: withdrawal.selector ?? '',
      found: `Withdrawing asks for ${withdrawal.asksFor}.`,
      evidence: { asksFor: withdrawal.asksFor },
    });
  return found;
}

const hostOf = (effect: string): string | null => {
  const url = effect.startsWith('request:') ? effect.slice(8) : '';
  return /^https?:/.test(url) ? new URL(url).hostname : null;
};
const siteOf = (host: string): string => host.split('.').slice(-2).join('.');
const itemOf = (effect: string): string | null => /^(?:cookie|local|session|database):([^=]+)$/.exec(effect)?.[1] ?? null;
/** Candour's own record of the choice. */
const isOwn = (name: string): boolean => /^candour[_-]/.test(name);
const unique = <T>(items: readonly (T | null)[]): T[] => [...new Set(items.filter((item) => item !== null))];

/** L39, L40: what is there, against what is known or declared. */
export function storageFindings({ url, before, accepted, refused }: PageDescription, declared: Declared | null): Found[] {
  const found: Found[] = [];
  const here = siteOf(new URL(url).hostname);
  const report = (where: string, fact: string, evidence: Found['evidence'] = {}): void =>
    void found.push({ rule: 'L40', where, found: fact, evidence });
  const moments = [
    { when: 'Before any choice', effects: before.effects },
    ...(refused
      ? [{ when: 'After a refusal', effects: refused.effects.filter((effect) => !before.effects.includes(effect)) }]
      : []),
  ];
  for (const { when, effects } of moments) {
    for (const name of unique(effects.map(itemOf))) {
      const known = knownByName(name);
      const waiting = declared?.items.find((item) => item.waits && isDeclared(name, [item.name]));
      if (waiting)
        report(name, `${when} ${name} is there, declared for ${waiting.purpose}, which waits for consent.`, { item: name });
      else if (known && !declared?.items.some((item) => isDeclared(name, [item.name])))
        report(name, `${when} ${name} of ${known.who} (${known.what}) is there.`, { item: name });
    }
    for (const host of unique(effects.map(hostOf))) {
      const known = knownByHost(host);
      if (known) report(host, `${when} ${host} of ${known.who} (${known.what}) is contacted.`, { host });
      else if (declared && when === 'Before any choice' && siteOf(host) !== here && !declared.hosts.includes(host))
        report(host, `${when} ${host} is contacted, which is declared nowhere.`, { host });
    }
  }
  if (!declared || !accepted) return found;
  const names = declared.items.map(({ name }) => name);
  for (const name of unique(accepted.effects.map(itemOf)))
    if (!isOwn(name) && !isDeclared(name, names))
      report(name, `After accepting ${name} is there, which is declared nowhere.`, { item: name });
  for (const { name, days } of accepted.cookies) {
    const item = declared.items.find((one) => isDeclared(name, [one.name]));
    const promised = item ? lifetimeDays(item.lifetime) : null;
    if (item && promised !== null && (days ?? 0) > promised + 1)
      found.push({
        rule: 'L39',
        where: `cookie ${name}`,
        found: `${name} stays ${days} days; declared is "${item.lifetime}".`,
        evidence: { declared: item.lifetime, days },
      });
  }
  return found;
}

const ASKED_PLACES =
  /^(?:GB|UK|CH|NO|IS|LI|EU|EEA|AT|BE|BG|CY|CZ|DE|DK|EE|ES|FI|FR|GR|HR|HU|IE|IT|LT|LU|LV|MT|NL|PL|PT|RO|SE|SI|SK)\b/;

/** L43, L44, L45: what tags were told. */
export function tagFindings({ tags: { grantedDefault, beforeDefault, tcf } }: PageDescription): Found[] {
  const found: Found[] = [];
  const regions = grantedDefault?.regions ?? [];
  if (grantedDefault && (regions.length === 0 || regions.some((region) => ASKED_PLACES.test(region))))
    found.push({
      rule: 'L43',
      where: 'dataLayer',
      found: `The default grants ${grantedDefault.types.join(', ')} ${regions.length === 0 ? 'everywhere' : `in ${regions.join(', ')}`}.`,
      evidence: { types: grantedDefault.types, regions },
    });
  if (beforeDefault !== null)
    found.push({
      rule: 'L44',
      where: 'dataLayer',
      found: `A tag began before the default: ${beforeDefault}.`,
      evidence: { tag: beforeDefault },
    });
  if (tcf && (tcf.cmpId === null || tcf.cmpId <= 1))
    found.push({
      rule: 'L45',
      where: '__tcfapi',
      found: 'TCF runs without the number of a registered platform.',
      evidence: { cmpId: tcf.cmpId },
    });
  if (tcf?.disclosesVendors === false)
    found.push({
      rule: 'L45',
      where: '__tcfapi',
      found: 'The TC string discloses no vendors.',
      evidence: { disclosesVendors: false },
    });
  return found;
}
