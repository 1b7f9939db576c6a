// The first layer: who asks for what, that and where it can be withdrawn, and three answers of the same weight.
import type { Method } from '../../shared/consent/event.ts';
import type { SiteDetails } from '../../shared/site/details.ts';
import type { Widget } from '../core/widget.ts';
import { banner, list } from '../messages/en.ts';
import { allPurposes } from './answers.ts';
import { element } from './element.ts';
import { noticeLinks } from './notice-links.ts';
import { recordedScreen, screenOf } from './recorded-screen.ts';
import type { Interface } from './ui.ts';

const asks = ({ controller, purposes }: SiteDetails): string => {
  const labels = (mode: string): string[] => purposes.filter((purpose) => purpose.mode === mode).map(({ label }) => label);
  const [asked, onUnless] = [labels('opt_in'), labels('opt_out')];
  return [
    asked.length > 0 && banner.asks(controller, list(asked)),
    onUnless.length > 0 && banner.explains(list(onUnless)),
    asked.length > 0 && banner.free,
  ]
    .filter((sentence) => sentence !== false)
    .join(' ');
};

export function createBanner(
  widget: Widget,
  details: SiteDetails,
  { choose, openCentre }: Pick<Interface, 'choose' | 'openCentre'>,
): HTMLElement {
  const { layout } = widget.boot;
  const screen = recordedScreen(`banner-${layout}`);
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
    { class: 'banner', 'aria-label': banner.label, 'data-layout': layout },
    element(
      'div',
      { class: 'text' },
      element('h2', {}, screen.say('title', banner.title)),
      element('p', {}, screen.say('asks', asks(details))),
      element('p', {}, screen.say('withdraw', banner.withdraw)),
      element('p', { class: 'notices' }, ...noticeLinks(widget, details, screen)),
    ),
    element(
      'div',
      { class: 'answers' },
      button('accept_all', banner.acceptAll, answer('accept_all', true)),
      button('reject_all', banner.rejectAll, answer('reject_all', false)),
      button('choose', banner.choose, () => void openCentre()),
    ),
  );
}
