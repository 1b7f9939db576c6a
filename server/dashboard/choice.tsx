// One choice for one purpose. Its shape and its words say what its colour says.
import { useContext } from 'preact/hooks';

import { SiteNamesContext } from './site-names.ts';
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

/** `purpose` in words. */
const Choice = ({ purpose, state }: { purpose: string; state: string }) => (
  <span class={`choice ${isState(state) ? state : ''}`}>
    <StateMark state={state} />
    <span>{purpose}</span> <span class="choice-state">{stateWords(state).toLowerCase()}</span>
  </span>
);

/** Marketing channels (activity, sender, channel) are the service's `channels`, unknown until read here. */
function channelChoices(channels: unknown, senders: ReadonlyMap<string, string>): { purpose: string; state: string }[] {
  const entries = (value: unknown): [string, unknown][] => (value && typeof value === 'object' ? Object.entries(value) : []);
  return entries(channels).flatMap(([, bySender]) =>
    entries(bySender).flatMap(([sender, states]) =>
      entries(states).map(([channel, state]) => ({
        purpose: `marketing by ${plain(channel)} from ${senders.get(sender) ?? plain(sender)}`,
        state: String(state),
      })),
    ),
  );
}

/** Companies of the IAB's list, by their numbers: the dashboard has no list. */
const vendorChoices = (vendors: unknown): { purpose: string; state: string }[] =>
  ['refused', 'objected'].flatMap((state) => {
    const ids = Object(vendors)[state] as unknown;
    return typeof ids === 'string' && ids ? [{ purpose: `IAB companies ${ids.replaceAll(' ', ', ')}`, state }] : [];
  });

interface ChoicesProps {
  purposes: Record<string, string>;
  channels?: unknown;
  vendors?: unknown;
}

export function Choices({ purposes, channels, vendors }: ChoicesProps) {
  const { senders } = useContext(SiteNamesContext);
  const all = [
    ...Object.entries(purposes).map(([purpose, state]) => ({ purpose: plain(purpose), state })),
    ...channelChoices(channels, senders),
    ...vendorChoices(vendors),
  ];
  return (
    <ul class="choices">
      {all.map((choice) => (
        <li key={choice.purpose + choice.state}>
          <Choice {...choice} />
        </li>
      ))}
    </ul>
  );
}
