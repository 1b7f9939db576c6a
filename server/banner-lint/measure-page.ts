// Looks at a page as several visitors would: one who does nothing, one who accepts, one who refuses, one who saves without selecting,
// one who closes, one with a narrow screen. Gives what they saw as plain data; the checks of shared/banner-lint judge it.
import type { Browser, Frame } from 'playwright-core';

import type { Layer, Outcome, PageDescription, SeenLink, Withdrawal } from '../../shared/banner-lint/page-description.ts';
import { matchOf } from '../../shared/banner-lint/words.ts';
import type { Look } from './in-page.ts';
import { readTags } from './tag-state.ts';
import { controlFor, NARROW, openVisit, WIDE, type Visit } from './visit.ts';

type Seen = Look & { frame: Frame };

/** Throws where there is no banner. */
export class NoBanner extends Error {
  override name = 'NoBanner';
}

async function during<T>(browser: Browser, url: string, work: (visit: Visit) => Promise<T>, viewport = WIDE): Promise<T> {
  const visit = await openVisit(browser, url, viewport);
  try {
    return await work(visit);
  } finally {
    await visit.close();
  }
}

/** Deeper than that nobody looks. */
const MAX_LAYERS = 4;
const signature = ({ selector, controls }: Layer): string => JSON.stringify([selector, controls.map(({ name }) => name)]);

const onOf = ({ banner }: Seen): number =>
  banner?.controls.findIndex(({ kind, checked, disabled }) => kind === 'toggle' && checked && !disabled) ?? -1;

/** Turns off what is on, and gives how many clicks that took; null where something can't be turned off. */
async function turnAllOff(visit: Visit): Promise<number | null> {
  const most = (await visit.look()).banner?.controls.length ?? 0;
  for (let clicks = 0; clicks <= most; clicks++) {
    const seen = await visit.look();
    const at = onOf(seen);
    if (at < 0) return clicks;
    await visit.press(seen, at);
  }
  return null;
}

/** Refuses, by the shortest way that the banner offers. Gives the clicks, or null where there is none. */
async function refuse(visit: Visit, layersLeft = MAX_LAYERS): Promise<number | null> {
  const seen = await visit.look();
  if (!seen.banner) return null;
  const { controls } = seen.banner;
  const reject = controlFor(controls, 'reject');
  if (reject >= 0) {
    await visit.press(seen, reject);
    const after = await visit.look();
    // "Are you sure?": what the same control opens once more is not the end of it.
    if (!after.banner || layersLeft === 0 || signature(after.banner) === signature(seen.banner)) return 1;
    const more = await refuse(visit, layersLeft - 1);
    return more === null ? 1 : 1 + more;
  }
  const save = controlFor(controls, 'save');
  if (save >= 0 && controls.some(({ kind }) => kind === 'toggle')) {
    const off = await turnAllOff(visit);
    if (off === null) return null;
    await visit.press(await visit.look(), save);
    return off + 1;
  }
  const settings = controlFor(controls, 'settings');
  if (settings < 0 || layersLeft === 0) return null;
  await visit.press(seen, settings);
  const more = await refuse(visit, layersLeft - 1);
  return more === null ? null : 1 + more;
}

async function accept(visit: Visit): Promise<number | null> {
  for (let clicks = 1; clicks <= MAX_LAYERS; clicks++) {
    if (await visit.pressAct('accept')) return clicks;
    if (!(await visit.pressAct('settings'))) return null;
  }
  return null;
}

async function layersBehind(visit: Visit): Promise<Layer[]> {
  const layers: Layer[] = [];
  let before = (await visit.look()).banner;
  while (before && layers.length < MAX_LAYERS) {
    // Once there is something to choose, what leads on are details.
    if (layers.length > 0 && before.controls.some(({ kind, act }) => kind === 'toggle' || act === 'reject')) break;
    if (!(await visit.pressAct('settings'))) break;
    const { banner } = await visit.look();
    if (!banner || signature(banner) === signature(before)) break;
    layers.push(banner);
    before = banner;
  }
  return layers;
}

const isNowhere = (href: string): boolean => ['', '#', '#!'].includes(href.trim()) || /^javascript:/i.test(href);

async function problemOf(visit: Visit, href: string): Promise<string | null> {
  if (isNowhere(href)) return `leads nowhere: ${JSON.stringify(href)}`;
  const { page } = visit;
  const url = new URL(href, page.url());
  const other = await page.context().newPage();
  try {
    const response = await other.goto(url.href, { waitUntil: 'domcontentloaded', timeout: 15_000 });
    return response && response.status() >= 400 ? `answers ${response.status()}` : null;
  } catch (error) {
    const { message } = error as Error;
    return /download is starting|ERR_ABORTED/i.test(message) ? null : (/net::\w+/.exec(message)?.[0] ?? 'does not answer');
  } finally {
    await other.close();
  }
}

async function linksOf(visit: Visit, { controls }: Layer): Promise<SeenLink[]> {
  const links: SeenLink[] = [];
  for (const { act, href, selector, name } of controls.filter((control) => control.act === 'notice').slice(0, 6))
    if (act === 'notice' && href !== null) links.push({ selector, text: name, href, problem: await problemOf(visit, href) });
  return links;
}

/** After an acceptance: is there a way back on each page, and how long is it. */
async function withdrawal(visit: Visit, url: string): Promise<Withdrawal> {
  const { page } = visit;
  const start = await visit.look();
  const lookedAt = [new URL(page.url()).pathname];
  const missingOn = start.withdraw ? [] : [...lookedAt];
  for (const path of start.routes.slice(0, 2)) {
    const answer = await page.goto(new URL(path, page.url()).href, { waitUntil: 'load', timeout: 30_000 }).catch(() => null);
    await visit.settle();
    // No page of the site, but a dead link or a file.
    if (!answer || answer.status() >= 400) continue;
    lookedAt.push(path);
    if (!(await visit.look()).withdraw) missingOn.push(path);
  }
  const none = { missingOn, lookedAt, selector: start.withdraw?.selector ?? null, clicks: null, asksFor: null };
  if (!start.withdraw) return none;
  if (/^mailto:/i.test(start.withdraw.href ?? '')) return { ...none, asksFor: start.withdraw.href };
  if (lookedAt.length > 1) {
    await page.goto(url, { waitUntil: 'load', timeout: 30_000 });
    await visit.settle();
  }
  const seen = await visit.look();
  if (!seen.withdraw) return none;
  await visit.press(seen, seen.withdraw.index);
  const open = await visit.look();
  const asks = (open.banner?.fields ?? []).find(
    (field) => /^(email|password|file)/.test(field) || matchOf('identity', field) !== null,
  );
  const elsewhere = page.url().split('#')[0] !== url.split('#')[0];
  const field = elsewhere ? await page.$('input[type=password],input[type=email],input[type=file]') : null;
  if (asks !== undefined || field) return { ...none, asksFor: asks ?? `a form at ${new URL(page.url()).pathname}` };
  return { ...none, clicks: await refuse(visit) };
}

async function untouchedBy(visit: Visit): Promise<Record<string, Outcome['effects']>> {
  const done: Record<string, Outcome['effects']> = { wait: (await visit.outcome()).effects };
  await visit.page.mouse.wheel(0, 2_000);
  await visit.settle();
  done['scroll'] = (await visit.outcome()).effects;
  await visit.page.keyboard.press('Escape');
  await visit.settle();
  done['escape'] = (await visit.outcome()).effects;
  return done;
}

interface Looked {
  seen: Seen;
  first: Layer;
  before: Outcome;
  laterText: string | null;
  untouched: Record<string, Outcome['effects']>;
  links: SeenLink[];
  tags: PageDescription['tags'];
}

const doNothing = (browser: Browser, url: string): Promise<Looked> =>
  during(browser, url, async (visit) => {
    const seen = await visit.awaitBanner();
    if (!seen.banner) throw new NoBanner(`${url}: no consent banner was found`);
    await visit.settle();
    const before = await visit.outcome();
    const tags = await readTags(visit.page, visit.requested);
    const links = await linksOf(visit, seen.banner);
    const laterText = (await visit.look()).banner?.text ?? null;
    return { seen, first: seen.banner, before, laterText, tags, links, untouched: await untouchedBy(visit) };
  });

const doAccept = (browser: Browser, url: string) =>
  during(browser, url, async (visit) => {
    await visit.awaitBanner();
    const clicks = await accept(visit);
    if (clicks === null) return { clicks, outcome: null, withdrawal: null };
    const outcome = await visit.outcome();
    await visit.page.goto(url, { waitUntil: 'load', timeout: 30_000 });
    await visit.settle();
    return { clicks, outcome, withdrawal: await withdrawal(visit, url) };
  });

const doRefuse = (browser: Browser, url: string) =>
  during(browser, url, async (visit) => {
    await visit.awaitBanner();
    const clicks = await refuse(visit);
    if (clicks === null) return { clicks, refused: null };
    const outcome = await visit.outcome();
    const left = visit.page.url().split('#')[0] === url.split('#')[0] ? null : visit.page.url();
    const after = await visit.look();
    const blocked = left === null ? after.blocked : `the page was left for ${left}`;
    await visit.page.goto(url, { waitUntil: 'load', timeout: 30_000 });
    await visit.settle();
    const again = await visit.look();
    return { clicks, refused: { ...outcome, blocked, askedAgain: again.banner !== null } };
  });

const doSaveNothing = (browser: Browser, url: string) =>
  during(browser, url, async (visit) => {
    await visit.awaitBanner();
    const layers = await layersBehind(visit);
    const seen = await visit.look();
    const save = controlFor(seen.banner?.controls, 'save');
    if (save < 0 || !seen.banner?.controls.some(({ kind }) => kind === 'toggle')) return { layers, saved: null };
    if ((await turnAllOff(visit)) === null) return { layers, saved: null };
    await visit.press(await visit.look(), save);
    return { layers, saved: (await visit.outcome()).effects };
  });

const doClose = (browser: Browser, url: string) =>
  during(browser, url, async (visit) => {
    await visit.awaitBanner();
    return (await visit.pressAct('close')) ? (await visit.outcome()).effects : null;
  });

/** Throws NoBanner, and whatever the browser says of a page that does not load. */
export async function measurePage(browser: Browser, url: string): Promise<PageDescription> {
  const { seen, first, before, laterText, untouched, links, tags } = await doNothing(browser, url);
  const [accepted, refused, { layers, saved }, closed, narrow] = await Promise.all([
    doAccept(browser, url),
    doRefuse(browser, url),
    doSaveNothing(browser, url),
    controlFor(first.controls, 'close') >= 0 ? doClose(browser, url) : null,
    during(browser, url, async (visit) => (await visit.awaitBanner()).banner, NARROW),
  ]);
  return {
    url: seen.url,
    pageLanguage: seen.pageLanguage,
    first,
    further: layers,
    narrow,
    laterText,
    clicks: { accept: accepted.clicks, reject: refused.clicks },
    before,
    accepted: accepted.outcome,
    refused: refused.refused,
    untouched: closed ? { ...untouched, close: closed } : untouched,
    savedNothing: saved,
    links,
    boxes: seen.boxes,
    withdrawal: accepted.withdrawal,
    tags,
  };
}
