// Marketing that the visitor agreed to in forms of this site, each channel with a button that withdraws it at once.
import { Component } from 'preact';

import type { SpokenDetails } from '../../shared/site/details.ts';
import type { WordId } from '../../shared/site/words.ts';
import { grants } from '../core/choices.ts';
import type { Channels } from '../core/channels.ts';
import { fill, pieces } from '../core/fill.ts';
import type { Widget } from '../core/widget.ts';
import { theirLanguage } from './centre-facts.tsx';
import { recordedScreen, screenOf, type RecordedScreen } from './recorded-screen.ts';

interface Permission {
  activity: string;
  sender: string;
  channel: string;
  state: Channels[string][string][string];
}

export const permissionsIn = (channels: Channels): Permission[] =>
  Object.entries(channels).flatMap(([activity, senders]) =>
    Object.entries(senders).flatMap(([sender, states]) =>
      Object.entries(states).flatMap(([channel, state]) => (grants(state) ? [{ activity, sender, channel, state }] : [])),
    ),
  );

/** Recorded and sent; rejects if it could not be written. */
export async function withdrawMessages(
  { recorder }: Widget,
  permissions: readonly Permission[],
  screen: RecordedScreen,
): Promise<void> {
  const channels: Channels = {};
  for (const { activity, sender, channel, state } of permissions)
    ((channels[activity] ??= {})[sender] ??= {})[channel] = state === 'given' ? 'withdrawn' : 'objected';
  const loaded = await recorder();
  const presentation = await loaded.presentation(screenOf(screen), []);
  void loaded.deliver(await loaded.record({ method: 'withdraw', purposes: {}, channels, presentation }));
}

interface MessagesProps {
  widget: Widget;
  details: SpokenDetails;
  permissions: readonly Permission[];
  /** After a withdrawal. */
  changed: () => void;
}

/** The names that people know, where the configuration still has them. */
function namesOf({ marketing }: SpokenDetails, { activity, sender }: Permission): { label: string; name: string } {
  const found = marketing.find((one) => one.activity === activity);
  return { label: found?.label ?? activity, name: found?.senders.find(({ id }) => id === sender)?.name ?? sender };
}

export class Messages extends Component<MessagesProps, { said: WordId | null }> {
  override state = { said: null };

  withdraw = async (permission: Permission, screen: RecordedScreen): Promise<void> => {
    try {
      await withdrawMessages(this.props.widget, [permission], screen);
      this.setState({ said: permission.state === 'given' ? 'stopped' : 'saved' });
      this.props.changed();
    } catch {
      this.setState({ said: 'notSaved' });
    }
  };

  entry(permission: Permission, at: string, act: string, screen: RecordedScreen) {
    const { words } = this.props.details;
    const theirs = theirLanguage(this.props.details);
    const { activity, sender, channel } = permission;
    const { label, name } = namesOf(this.props.details, permission);
    const values = { channel: words[`channel.${channel}` as WordId] ?? channel, sender: name };
    const box = screen.say(at, fill(words.box, values));
    return (
      <li key={`${activity} ${sender} ${channel}`} data-message={channel}>
        <span>
          {pieces(words.box, values).map((text, i) => (i % 2 === 1 ? <bdi {...theirs}>{text}</bdi> : text))}
          <small>
            <bdi {...theirs}>{screen.say(`${at}-label`, label)}</bdi>
          </small>
        </span>
        <button type="button" class="small" onClick={() => void this.withdraw(permission, screen)}>
          {screen.control(`${at}-stop`, 'button', act)}
          <span class="unseen">: {box}</span>
        </button>
      </li>
    );
  }

  override render({ details, permissions }: MessagesProps, { said }: { said: WordId | null }) {
    const { words } = details;
    const screen = recordedScreen(words.language, 'preference-centre-messages');
    const given = permissions.filter(({ state }) => state === 'given');
    // A box to opt out that was left alone: nobody agreed to anything there.
    const left = permissions.filter(({ state }) => state !== 'given');
    return (
      <section class="messages" aria-labelledby="messages-title" hidden={permissions.length === 0 && said === null}>
        <h3 id="messages-title" tabIndex={-1}>
          {given.length > 0 || left.length === 0
            ? screen.say('messages', words.messages)
            : screen.say('messages-left', words.messagesLeft)}
        </h3>
        {(given.length > 0 || left.length === 0) && <p>{screen.say('messages-why', words.messagesWhy)}</p>}
        <ul>{given.map((permission, i) => this.entry(permission, `message-${i}`, words.stop, screen))}</ul>
        {given.length > 0 && left.length > 0 && <h3>{screen.say('messages-left', words.messagesLeft)}</h3>}
        <ul>{left.map((permission, i) => this.entry(permission, `left-${i}`, words.sayNo, screen))}</ul>
        <p role="status">{said && words[said]}</p>
      </section>
    );
  }
}
