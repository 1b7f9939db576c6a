// The first layer: who asks for what, that and where it can be withdrawn, and three answers of the same weight.
import type { SiteDetails } from '../../shared/site/details.ts';
import type { Method } from '../../shared/consent/event.ts';
import type { Screen, Widget } from '../core/widget.ts';
import { banner, list } from '../messages/en.ts';
import { answer } from './answers.ts';
import { NoticeList } from './notice-list.tsx';
import { recordedScreen, screenOf } from './recorded-screen.ts';

export interface BannerProps {
  widget: Widget;
  details: SiteDetails;
  choose: () => void;
}

export function Banner({ widget, details, choose }: BannerProps) {
  const screen = recordedScreen(`banner-${widget.boot.layout}`);
  const labels = (mode: string) => details.purposes.filter((purpose) => purpose.mode === mode).map(({ label }) => label);
  const [asked, onUnless] = [labels('opt_in'), labels('opt_out')];
  const decide = (method: Method, on: boolean) => () =>
    void widget.decide({ method, purposes: answer(widget, () => on), screen: screenOf(screen) as Screen });
  const about =
    (asked.length > 0 ? banner.asks(details.controller, list(asked)) : '') +
    (onUnless.length > 0 ? banner.explains(list(onUnless)) : '');
  return (
    <section class="banner" aria-label={banner.label} data-layout={widget.boot.layout}>
      <div class="text">
        <h2 id="title">{screen.say('title', banner.title)}</h2>
        <p>
          {screen.say('asks', about)} {asked.length > 0 && screen.say('free', banner.free)}
        </p>
        <p>{screen.say('withdraw', banner.withdraw)}</p>
        <NoticeList {...{ widget, details, screen }} />
      </div>
      <div class="answers">
        <button type="button" onClick={decide('accept_all', true)}>
          {screen.control('accept_all', 'button', banner.acceptAll)}
        </button>
        <button type="button" onClick={decide('reject_all', false)}>
          {screen.control('reject_all', 'button', banner.rejectAll)}
        </button>
        <button type="button" onClick={choose}>
          {screen.control('choose', 'button', banner.choose)}
        </button>
      </div>
    </section>
  );
}
