// The marketing opt-in in a site's own form: plain elements in the page, one unticked box per sender and channel, in the words
// of the configuration. What is ticked is recorded when the form is submitted; the submission does not wait for it.
import type { PurposeState } from '../../shared/consent/event.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { Channels } from '../core/channels.ts';
import { setPending } from '../core/cookies.ts';
import { eventId } from '../core/event-id.ts';
import { writeFormNote } from '../core/form-note.ts';
import { presentationOf } from '../core/presentation.ts';

import type { Screen, Widget } from '../core/widget.ts';
import { fill, otherLanguage } from '../core/fill.ts';

type OptIn = SpokenDetails['marketing'][number];
interface Box {
  sender: string;
  channel: string;
  input: HTMLInputElement;
}

// :where() weighs nothing, so that any rule of the site's own wins.
const STYLE = `:where(fieldset[data-candour=marketing] label){display:flex;gap:.6em;align-items:baseline;min-height:24px;padding-block:.25em}:where(fieldset[data-candour=marketing] p){margin-block:.5em 0;font-size:.9em}`;

/** Fills the fieldset; what it says and asks is in `screen` as it is rendered. */
function renderOptIn(fieldset: HTMLFieldSetElement, { words, language }: SpokenDetails, optIn: OptIn, screen: Screen): Box[] {
  const own = otherLanguage(language, words.language) ?? '';
  const add = <K extends keyof HTMLElementTagNameMap>(parent: Element, tag: K, text: string, id: string | null) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (id !== null) screen.words.push({ id, text });
    parent.append(element);
    return element;
  };
  fieldset.replaceChildren();
  fieldset.lang = words.language;
  fieldset.dir = words.direction;
  add(fieldset, 'legend', optIn.label, 'label').lang = own || words.language;
  const boxes = optIn.senders.flatMap((sender) =>
    optIn.channels.map((channel): Box => {
      const name = fill(words.box, { channel: words[`channel.${channel}`], sender: sender.name });
      const label = document.createElement('label');
      const input = document.createElement('input');
      input.type = 'checkbox';
      input.dataset.sender = sender.id;
      input.dataset.channel = channel;
      label.append(input);
      add(label, 'span', name, null);
      screen.controls.push({ id: `${sender.id}-${channel}`, kind: 'checkbox', name });
      fieldset.append(label);
      return { sender: sender.id, channel, input };
    }),
  );
  const note = add(fieldset, 'p', '', null);
  add(note, 'span', words.boxesFree, 'free');
  note.append(' ');
  add(note, 'span', optIn.howToStop, 'stop').lang = own || words.language;
  return boxes;
}

/** Ticked is given. Unticked is refused only where nothing is given: it never withdraws (R39). */
export function channelStates(boxes: readonly (Omit<Box, 'input'> & { ticked: boolean })[], before: Channels[string] = {}) {
  const states: Record<string, Record<string, PurposeState>> = {};
  for (const { sender, channel, ticked } of boxes)
    if (ticked || before[sender]?.[channel] !== 'given') (states[sender] ??= {})[channel] = ticked ? 'given' : 'refused';
  return states;
}

/** Not a mark on the element: routers keep copies of pages, marks included, whose forms nobody would listen to. */
const mounted = new WeakSet<Element>();

/** Fills the fieldset, and listens to its form. A fieldset that no opt-in is configured for is hidden. */
export async function mountOptIn(widget: Widget, fieldset: HTMLFieldSetElement): Promise<void> {
  if (mounted.has(fieldset)) return;
  mounted.add(fieldset);
  const activity = fieldset.dataset.activity ?? '';
  const details = await widget.details().catch(() => null);
  const optIn = details?.marketing.find((one) => one.activity === activity);
  fieldset.hidden = !optIn;
  // The next look at it tries again.
  if (!details) mounted.delete(fieldset);
  if (!details || !optIn) return;
  widget.addStyle(document, STYLE);
  const screen: Screen = { language: details.words.language, layout: 'form', words: [], controls: [] };
  const boxes = renderOptIn(fieldset, details, optIn, screen);
  // There before the form is sent: a page that is being left has no time to load anything.
  let said: Channels = {};
  const load = async (): Promise<void> => {
    said = await (await widget.recorder()).channels();
  };
  load().catch(() => undefined);
  fieldset.form?.addEventListener('submit', () => {
    const ticks = boxes.map(({ sender, channel, input }) => ({ sender, channel, ticked: input.checked }));
    const states = channelStates(ticks, said[activity]);
    if (Object.keys(states).length === 0) return;
    const recording = {
      id: eventId(Date.now()),
      method: 'form' as const,
      purposes: {},
      channels: { [activity]: states },
      presentation: presentationOf(widget, details, screen, []),
    };
    // Now, as the page may be gone before anything else is done: the next one finds it.
    writeFormNote(widget.boot.site, recording);
    setPending(widget.boot.site, true);
    widget
      .recorder()
      .then((recorder) => recorder.recordForm(recording))
      .then(load)
      .catch(() => widget.sync({ state: 'local', reason: 'STORAGE_UNAVAILABLE', events: [] }));
  });
}
