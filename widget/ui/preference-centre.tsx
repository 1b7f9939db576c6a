// The preference centre: every purpose with its switch and its facts, and what is the visitor's own. Opening it shows what holds;
// closing it changes nothing.
import { Component } from 'preact';

import type { Method } from '../../shared/consent/event.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { Channels } from '../core/channels.ts';
import { grants } from '../core/choices.ts';
import { press } from '../core/press.ts';
import type { Widget } from '../core/widget.ts';
import { allPurposes } from './answers.ts';
import { Messages, permissionsIn, withdrawMessages } from './centre-messages.tsx';
import { Section } from './centre-section.tsx';
import { followServices } from './centre-switch.tsx';
import { longDay } from './day.ts';
import { fill, otherLanguage, pieces } from '../core/fill.ts';
import type * as HistoryChunk from './history.tsx';
import { NoticeList } from './notice-list.tsx';
import { Purpose } from './purpose.tsx';
import type { Interface } from './ui.ts';
import { recordedScreen, screenOf, type RecordedScreen } from './recorded-screen.ts';

export interface PreferenceCentreProps {
  widget: Widget;
  details: SpokenDetails;
  choose: Interface['choose'];
  close: () => void;
  erased: () => void;
}

interface CentreState {
  /** What forms gave, as soon as the ledger has said so. */
  channels: Channels;
  erased: boolean;
}

/** Drawn after the purposes, so that they are recorded in reading order. */
const Answers = ({ of, screen }: { of: PreferenceCentre; screen: RecordedScreen }) => of.answers(screen);

export class PreferenceCentre extends Component<PreferenceCentreProps, CentreState> {
  override state: CentreState = { channels: {}, erased: false };

  override componentDidMount(): void {
    this.readChannels();
  }

  readChannels = (): void => {
    this.props.widget
      .recorder()
      .then((recorder) => recorder.channels())
      .then(
        (channels) => this.setState({ channels }),
        // They cannot be read, and so not be withdrawn from here: nothing is shown of them.
        () => undefined,
      );
  };

  decide = async (method: Method, on: (purpose: string) => boolean, screen: RecordedScreen): Promise<void> => {
    const { widget, choose, close } = this.props;
    const permissions = method === 'withdraw' ? permissionsIn(this.state.channels) : [];
    if (permissions.length > 0) await withdrawMessages(widget, permissions, screen).catch(() => undefined);
    await choose(method, allPurposes(widget, on), screenOf(screen));
    close();
  };

  decidesAsParent = ({ currentTarget }: Event): void =>
    void (this.props.widget.byParent = (currentTarget as HTMLInputElement).checked);

  erased = (): void => {
    this.setState({ channels: {}, erased: true });
    this.props.erased();
  };

  /** They say nothing of what is asked, so they are no part of what is recorded as shown. */
  own() {
    const { widget, details } = this.props;
    const { words } = details;
    const part = (mount: 'mountHistory' | 'mountErasure') => async (place: HTMLElement) =>
      (await widget.load<typeof HistoryChunk>('history'))[mount](place, { widget, details, erased: this.erased });
    return (
      <>
        <Messages {...{ widget, details }} permissions={permissionsIn(this.state.channels)} changed={this.readChannels} />
        {!this.state.erased && (
          <Section name="history" title={words.history} words={words} mount={part('mountHistory')} key="history" />
        )}
        <Section name="erasure" title={words.erase} words={words} mount={part('mountErasure')} key="erasure" />
      </>
    );
  }

  question(screen: RecordedScreen) {
    const { widget, details } = this.props;
    const { controller, language, words } = details;
    const own = otherLanguage(language, words.language) ?? undefined;
    const introduction = (): ReturnType<typeof pieces> => {
      screen.say('intro', fill(words.intro, { controller }));
      return pieces(words.intro, { controller });
    };
    const mirror = widget.mirror();
    const { age } = widget.boot;
    const last = mirror && Object.keys(mirror.choices).length > 0;
    return (
      <>
        <p>{introduction().map((text, i) => (i % 2 === 1 ? <bdi lang={own}>{text}</bdi> : text))}</p>
        {widget.gpc && <p class="signal">{screen.say('gpc', words.signalled)}</p>}
        {/* The day is the visitor's own: recorded, it would make equal screens differ. */}
        <p class="last">{last ? fill(words.lastChoice, { day: longDay(mirror.day, words.language) }) : words.noChoice}</p>
        {age !== undefined && (
          <>
            <p>{screen.say('children', fill(words.children, { age: `${age}` }))}</p>
            <label class="parent">
              <input type="checkbox" defaultChecked={!!widget.byParent} onChange={this.decidesAsParent} />
              {screen.control('parent', 'checkbox', fill(words.parent, { age: `${age}` }))}
            </label>
          </>
        )}
        <ul class="purposes">
          {details.purposes.map((purpose) => (
            <Purpose key={purpose.id} {...{ widget, details, purpose, screen }} />
          ))}
        </ul>
        <NoticeList {...{ widget, details, screen }} />
      </>
    );
  }

  answers(screen: RecordedScreen) {
    const { widget, details } = this.props;
    const { words } = details;
    const given = Object.values(widget.status()).some(grants);
    const button = (method: 'accept_all' | 'reject_all' | 'withdraw', name: string) => {
      const decide = (): Promise<void> => this.decide(method, () => method === 'accept_all', screen);
      return (
        <button type="button" onClick={({ currentTarget }) => void press(currentTarget, decide)} key={method}>
          {screen.control(method, 'button', name)}
        </button>
      );
    };
    // Withdrawing refuses what was not given as well: the two never stand side by side.
    return (
      <div class="end">
        <div class="answers">
          <button type="submit">{screen.control('save_choices', 'button', words.save)}</button>
          {button('accept_all', words.acceptAll)}
          {given ? button('withdraw', words.withdrawAll) : button('reject_all', words.rejectAll)}
        </div>
      </div>
    );
  }

  /** After an erasure nothing but its outcome is left: the switches of before would say what does not hold any more. */
  override render({ details, close }: PreferenceCentreProps, { erased }: CentreState) {
    const { words } = details;
    const screen = recordedScreen(words.language, 'preference-centre');
    const save = (event: SubmitEvent): void => {
      event.preventDefault();
      const place = event.currentTarget as HTMLFormElement;
      const form = new FormData(place);
      void press(event.submitter ?? place, () => this.decide('save_choices', (purpose) => form.has(purpose), screen));
    };
    return (
      <form class="centre" onSubmit={save} onChange={followServices}>
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
          {!erased && this.question(screen)}
          {this.own()}
        </div>
        {!erased && <Answers of={this} screen={screen} />}
      </form>
    );
  }
}
