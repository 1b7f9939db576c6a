// The preference centre: every purpose with its switch and its facts. Opening it shows what holds; closing it changes nothing.
import type { ComponentChildren } from 'preact';

import type { Method } from '../../shared/consent/event.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import { grants } from '../core/choices.ts';
import type { Widget } from '../core/widget.ts';
import { allPurposes } from './answers.ts';
import { longDay } from './day.ts';
import { fill, otherLanguage, pieces } from '../core/fill.ts';
import { NoticeList } from './notice-list.tsx';
import { Purpose } from './purpose.tsx';
import type { Interface } from './ui.ts';
import { recordedScreen, screenOf } from './recorded-screen.ts';

export interface PreferenceCentreProps {
  widget: Widget;
  details: SpokenDetails;
  choose: Interface['choose'];
  close: () => void;
  /** The receipts on this device. They say nothing of what is asked, so they are no part of what is recorded as shown. */
  children?: ComponentChildren;
}

export function PreferenceCentre({ widget, details, choose, close, children }: PreferenceCentreProps) {
  const { controller, language, words } = details;
  const screen = recordedScreen(words.language, 'preference-centre');
  const own = otherLanguage(language, words.language) ?? undefined;
  const introduction = (): ReturnType<typeof pieces> => {
    screen.say('intro', fill(words.intro, { controller }));
    return pieces(words.intro, { controller });
  };
  const mirror = widget.mirror();
  const given = Object.values(widget.status()).some(grants);
  const decide = async (method: Method, on: (purpose: string) => boolean): Promise<void> => {
    await choose(method, allPurposes(widget, on), screenOf(screen));
    close();
  };
  const save = (event: Event): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    void decide('save_choices', (purpose) => form.has(purpose));
  };
  return (
    <form class="centre" onSubmit={save}>
      <div class="top">
        <h2 id="centre-title" tabIndex={-1}>
          {screen.say('title', words.control)}
        </h2>
        <button type="button" class="close" onClick={close} aria-label={screen.control('close', 'button', words.close)}>
          <svg viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
            <path d="M5 5l10 10M15 5L5 15" fill="none" stroke="currentColor" stroke-width="1.8" stroke-linecap="round" />
          </svg>
        </button>
      </div>
      <div class="body">
        <p>{introduction().map((text, i) => (i % 2 === 1 ? <bdi lang={own}>{text}</bdi> : text))}</p>
        {widget.gpc && <p class="signal">{screen.say('gpc', words.signalled)}</p>}
        {/* The day is the visitor's own: recorded, it would make equal screens differ. */}
        <p class="last">{mirror ? fill(words.lastChoice, { day: longDay(mirror.day, words.language) }) : words.noChoice}</p>
        <ul class="purposes">
          {details.purposes.map((purpose) => (
            <Purpose key={purpose.id} {...{ widget, details, purpose, screen }} />
          ))}
        </ul>
        <NoticeList {...{ widget, details, screen }} />
        {children}
      </div>
      <div class="end">
        <div class="answers">
          <button type="submit">{screen.control('save_choices', 'button', words.save)}</button>
          <button type="button" onClick={() => void decide('accept_all', () => true)}>
            {screen.control('accept_all', 'button', words.acceptAll)}
          </button>
          <button type="button" onClick={() => void decide('reject_all', () => false)}>
            {screen.control('reject_all', 'button', words.rejectAll)}
          </button>
          {given && (
            <button type="button" onClick={() => void decide('withdraw', () => false)}>
              {screen.control('withdraw', 'button', words.withdrawAll)}
            </button>
          )}
        </div>
      </div>
    </form>
  );
}
