// One choice for one purpose. Its shape and its words say what its colour says.
import { isState, plain, stateWords } from './words.ts';

const SHAPES = {
  given: 'M3 8.5l3.2 3.2L13 5',
  not_objected: 'M3 8.5l3.2 3.2L13 5',
  refused: 'M4 4l8 8M12 4l-8 8',
  withdrawn: 'M7 4L3 8l4 4M3 8h10',
  objected: 'M3 8h10',
};

export const StateMark = ({ state }: { state: string }) =>
  isState(state) ? (
    <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
      <path d={SHAPES[state]} />
    </svg>
  ) : null;

export const Choice = ({ purpose, state }: { purpose: string; state: string }) => (
  <span class={`choice ${isState(state) ? state : ''}`}>
    <StateMark state={state} />
    <span>{plain(purpose)}</span> <span class="choice-state">{stateWords(state).toLowerCase()}</span>
  </span>
);

/** Marketing channels (activity, sender, channel) are the service's `channels`, unknown until read here. */
export function channelChoices(channels: unknown): { purpose: string; state: string }[] {
  const entries = (value: unknown): [string, unknown][] => (value && typeof value === 'object' ? Object.entries(value) : []);
  return entries(channels).flatMap(([, senders]) =>
    entries(senders).flatMap(([, states]) =>
      entries(states).map(([channel, state]) => ({ purpose: `marketing by ${plain(channel)}`, state: String(state) })),
    ),
  );
}

export const Choices = ({ purposes, channels }: { purposes: Record<string, string>; channels?: unknown }) => (
  <ul class="choices">
    {[...Object.entries(purposes).map(([purpose, state]) => ({ purpose, state })), ...channelChoices(channels)].map((choice) => (
      <li key={choice.purpose}>
        <Choice {...choice} />
      </li>
    ))}
  </ul>
);
