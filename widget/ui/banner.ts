// The first layer: who asks for what, that and where it can be withdrawn, and three answers of the same weight.
import type { Method } from '../../shared/consent/event.ts';
import type { WidgetBoot } from '../../shared/site/boot.ts';
import type { BannerDetails } from '../../shared/site/details.ts';
import { press } from '../core/press.ts';
import type { Widget } from '../core/widget.ts';
import { allPurposes } from './answers.ts';
import { element } from './element.ts';
import { fill, list, otherLanguage, pieces } from '../core/fill.ts';
import { noticeLinks } from './notice-links.ts';
import { recordedScreen, screenOf, type RecordedScreen } from './recorded-screen.ts';
import type { Interface } from './ui.ts';

/** Who asks for what. The site's own words in it keep their language, and their direction. */
function asks(widget: Widget, { controller, purposes, language, words }: BannerDetails, screen: RecordedScreen): HTMLElement {
  const lang = otherLanguage(language, words.language);
  const sentence = (text: string, mode: string): (Node | string)[] => {
    // What was objected to before, or is off by Global Privacy Control, is not used.
    const used = ({ id }: { id: string }): boolean => mode !== 'opt_out' || widget.mayRun(id);
    const labels = purposes.filter((purpose) => purpose.mode === mode && used(purpose)).map(({ label }) => label);
    if (labels.length === 0) return [];
    const parts = pieces(text, { controller, purposes: list(labels, language) });
    return [...parts.map((part, i) => (i % 2 === 1 ? element('bdi', { lang }, part) : part)), ' '];
  };
  // That nothing of it is on is said of what is asked, before what is on is named.
  const said = [sentence(words.asks, 'opt_in'), sentence(words.free, 'opt_in'), sentence(words.explains, 'opt_out')];
  const paragraph = element('p', {}, ...said.flat());
  // Where no sentence says who it is that uses something, as where nothing is asked, it is said before them.
  if (![...paragraph.children].some(({ textContent }) => textContent === controller))
    paragraph.prepend(element('bdi', { lang }, controller), ': ');
  screen.say('asks', paragraph.textContent.trim());
  return paragraph;
}

/** Whose browser sends Global Privacy Control reads what it does here, before an answer can go over it. */
function signalled({ gpc, mayRun }: Widget, { purposes, words }: BannerDetails, screen: RecordedScreen): HTMLElement[] {
  const isOff = gpc && purposes.some(({ id, mode }) => mode === 'opt_out' && !mayRun(id));
  return isOff && words.signalled ? [element('p', {}, screen.say('gpc', words.signalled))] : [];
}

/** Where children use the site: below which age somebody else decides, and a box for who does. Nobody is asked for a birth date. */
function whoDecides(widget: Widget, { words }: BannerDetails, screen: RecordedScreen): HTMLElement[] {
  const { age } = widget.boot;
  const { children, parent } = words;
  if (!age || !children || !parent) return [];
  const years = { age: `${age}` };
  const box = element('input', { type: 'checkbox', onchange: () => void (widget.byParent = box.checked) });
  box.checked = !!widget.byParent;
  return [
    element('p', {}, screen.say('children', fill(children, years))),
    element('label', { class: 'parent' }, box, screen.control('parent', 'checkbox', fill(parent, years))),
  ];
}

export function createBanner(
  widget: Widget,
  details: BannerDetails,
  layout: NonNullable<WidgetBoot['layout']>,
  { choose, openCentre }: Pick<Interface, 'choose' | 'openCentre'>,
): HTMLElement {
  const { words } = details;
  const screen = recordedScreen(words.language, layout);
  // One part for all three: no page can style one answer unlike another.
  const button = (id: string, name: string, work: () => Promise<void>): HTMLElement => {
    const onclick = ({ currentTarget }: Event): void => void press(currentTarget as Element, work);
    return element('button', { type: 'button', part: 'button', 'data-control': id, onclick }, screen.control(id, 'button', name));
  };
  // The Candour extension marks the banner before it presses for somebody: what it refuses is recorded as its word, and it only refuses.
  const by = (method: Method): Method =>
    method === 'reject_all' && (banner.getRootNode() as Partial<ShadowRoot>).host?.getAttribute('data-by') === 'extension'
      ? 'extension'
      : method;
  const answer = (method: Method, on: boolean) => (): Promise<void> =>
    choose(
      by(method),
      allPurposes(widget, () => on),
      { ...screenOf(screen), layout: banner.className.replace(' ', '-') },
    );
  const banner = element(
    layout === 'modal' ? 'dialog' : 'section',
    { class: `banner ${layout}`, part: 'banner', 'aria-label': words.control },
    element(
      'div',
      { class: 'text' },
      element('h2', { part: 'title', tabindex: '-1' }, screen.say('title', words.title)),
      asks(widget, details, screen),
      ...signalled(widget, details, screen),
      element('p', {}, screen.say('withdraw', words.withdraw)),
      element('p', { class: 'notices' }, ...noticeLinks(widget, details, screen)),
      ...whoDecides(widget, details, screen),
    ),
    element(
      'div',
      { class: 'answers' },
      button('accept_all', words.acceptAll, answer('accept_all', true)),
      button('reject_all', words.rejectAll, answer('reject_all', false)),
      button('choose', words.choose, openCentre),
    ),
  );
  return banner;
}
