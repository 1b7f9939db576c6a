// The first layer: who asks for what, that and where it can be withdrawn, and three answers of the same weight.
import type { Method } from '../../shared/consent/event.ts';
import type { BannerDetails } from '../../shared/site/details.ts';
import type { Widget } from '../core/widget.ts';
import { allPurposes } from './answers.ts';
import { element } from './element.ts';
import { list, otherLanguage, pieces } from '../core/fill.ts';
import { noticeLinks } from './notice-links.ts';
import { recordedScreen, screenOf, type RecordedScreen } from './recorded-screen.ts';
import type { Interface } from './ui.ts';

/** Who asks for what. The site's own words in it keep their language, and their direction. */
function asks({ controller, purposes, language, words }: BannerDetails, screen: RecordedScreen): HTMLElement {
  const lang = otherLanguage(language, words.language);
  const sentence = (text: string, mode: string): (Node | string)[] => {
    const labels = purposes.filter((purpose) => purpose.mode === mode).map(({ label }) => label);
    if (labels.length === 0) return [];
    const parts = pieces(text, { controller, purposes: list(labels, language) });
    return [...parts.map((part, i) => (i % 2 === 1 ? element('bdi', { lang }, part) : part)), ' '];
  };
  const said = [sentence(words.asks, 'opt_in'), sentence(words.explains, 'opt_out'), sentence(words.free, 'opt_in')];
  const paragraph = element('p', {}, ...said.flat());
  screen.say('asks', paragraph.textContent.trim());
  return paragraph;
}

export function createBanner(
  widget: Widget,
  details: BannerDetails,
  { choose, openCentre }: Pick<Interface, 'choose' | 'openCentre'>,
): HTMLElement {
  const { layout } = widget.boot;
  const { words } = details;
  const screen = recordedScreen(words.language, `banner-${layout}`);
  const button = (id: string, name: string, onclick: () => void): HTMLElement =>
    element('button', { type: 'button', onclick }, screen.control(id, 'button', name));
  const answer = (method: Method, on: boolean) => () =>
    void choose(
      method,
      allPurposes(widget, () => on),
      screenOf(screen),
    );
  return element(
    'section',
    { class: 'banner', 'aria-label': words.control, 'data-layout': layout },
    element(
      'div',
      { class: 'text' },
      element('h2', {}, screen.say('title', words.title)),
      asks(details, screen),
      element('p', {}, screen.say('withdraw', words.withdraw)),
      element('p', { class: 'notices' }, ...noticeLinks(widget, details, screen)),
    ),
    element(
      'div',
      { class: 'answers' },
      button('accept_all', words.acceptAll, answer('accept_all', true)),
      button('reject_all', words.rejectAll, answer('reject_all', false)),
      button('choose', words.choose, () => void openCentre()),
    ),
  );
}
