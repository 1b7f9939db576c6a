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
      this.setState({ said: 'stopped' });
      this.props.changed();
    } catch {
      this.setState({ said: 'notSaved' });
    }
  };

  override render({ details, permissions }: MessagesProps, { said }: { said: WordId | null }) {
    const { words } = details;
    const theirs = theirLanguage(details);
    const screen = recordedScreen(words.language, 'preference-centre-messages');
    return (
      <section class="messages" aria-labelledby="messages-title" hidden={permissions.length === 0 && said === null}>
        <h3 id="messages-title" tabIndex={-1}>
          {screen.say('messages', words.messages)}
        </h3>
        <p>{screen.say('messages-why', words.messagesWhy)}</p>
        <ul>
          {permissions.map((permission, i) => {
            const { label, name } = namesOf(details, permission);
            const values = { channel: words[`channel.${permission.channel}` as WordId] ?? permission.channel, sender: name };
            const { activity, sender, channel } = permission;
            const box = screen.say(`message-${i}`, fill(words.box, values));
            return (
              <li key={`${activity} ${sender} ${channel}`} data-message={channel}>
                <span>
                  {pieces(words.box, values).map((text, at) => (at % 2 === 1 ? <bdi {...theirs}>{text}</bdi> : text))}
                  <small>
                    <bdi {...theirs}>{screen.say(`message-${i}-label`, label)}</bdi>
                  </small>
                </span>
                <button type="button" class="small" onClick={() => void this.withdraw(permission, screen)}>
                  {screen.control(`message-${i}-stop`, 'button', words.stop)}
                  <span class="unseen">: {box}</span>
                </button>
              </li>
            );
          })}
        </ul>
        <p role="status">{said && words[said]}</p>
      </section>
    );
  }
}
