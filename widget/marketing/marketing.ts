// The marketing boxes in a site's own form, from the first look at the fieldset to what is recorded when the form was sent. The
// submission does not wait for it.
import type { Channel } from '../../shared/notice/schema.ts';
import type { OptInDetails, SpokenDetails } from '../../shared/site/details.ts';
import type { Channels } from '../core/channels.ts';
import { setPending } from '../core/cookies.ts';
import { eventId } from '../core/event-id.ts';
import type { First } from '../core/first.ts';
import { writeFormNote, type Noted } from '../core/form-note.ts';
import { presentationOf } from '../core/presentation.ts';
import type { ContactValue, Screen } from '../core/widget.ts';
import { contactsIn, contactWarnings } from './contact-fields.ts';
import { mergedStates } from './merged-states.ts';
import { renderOptIn, stateOf, STYLE, type Box } from './opt-in-box.ts';
import { optInHost, type OptInHost } from './opt-in-host.ts';
import { watchDirectSubmit, watchSubmissions, type Taken } from './submission.ts';
import { actorIn, parentBox } from './who-decides.ts';

interface Mounted {
  optIn: OptInDetails;
  boxes: Box[];
  screen: Screen;
}

/** What the boxes of one fieldset say now. */
interface Saying extends Mounted {
  fieldset: HTMLFieldSetElement;
  states: Channels[string];
}

/** What goes into one event. */
interface Addressed {
  own: Saying[];
  contacts: Map<Channel, ContactValue>;
}

/** Fills a fieldset. One that no opt-in is configured for is hidden, and the console says which there are. */
export type Mount = (fieldset: HTMLFieldSetElement) => Promise<void>;

export function openOptIns(host: OptInHost): Mount {
  const { boot } = host;
  const { site, service } = boot;
  /** Not a mark on the element: routers keep copies of pages, marks included, whose boxes nobody would read. */
  const mounted = new Map<HTMLFieldSetElement, Mounted>();
  const filling = new WeakSet<Element>();
  const warned = new Set<string>();
  let said: Channels = {};
  let details: SpokenDetails | null = null;
  let styled = false;

  const warn = (text: string): void => {
    if (!warned.has(text)) console.warn(`Candour: ${text}`);
    warned.add(text);
  };

  // There before the form is sent: a page that is being left has no time to load anything.
  const read = async (): Promise<void> => {
    said = await (await host.recorder()).channels();
  };

  /** Nothing of a fieldset that is disabled, hidden or gone: nobody could tick there. */
  function sayings(form: HTMLFormElement): Saying[] {
    return [...mounted].flatMap(([fieldset, one]): Saying[] => {
      if (!fieldset.isConnected) mounted.delete(fieldset);
      if (fieldset.form !== form || fieldset.hidden || fieldset.matches(':disabled')) return [];
      const { activity, box } = one.optIn;
      const states: Channels[string] = {};
      for (const { sender, channel, input } of one.boxes) {
        const here = input.isConnected && !input.matches(':disabled');
        const state = here && stateOf(box, input.checked, said[activity]?.[sender]?.[channel]);
        if (state) (states[sender] ??= {})[channel] = state;
      }
      return Object.keys(states).length > 0 ? [{ ...one, fieldset, states }] : [];
    });
  }

  /** Together is what goes with one address a channel: fieldsets that name other fields speak for another address, in an event of its own. */
  function byAddress(form: HTMLFormElement, own: readonly Saying[], language: string): Addressed[] {
    const groups: Addressed[] = [];
    for (const one of own) {
      const channels = Object.values(one.states).flatMap((bySender) => Object.keys(bySender) as Channel[]);
      const contacts = contactsIn(one.fieldset, form, channels, { service, language });
      const group = groups.find((other) =>
        contacts.every(({ channel, value }) => (other.contacts.get(channel)?.value ?? value) === value),
      );
      const { own: together, contacts: known } = group ?? { own: [], contacts: new Map<Channel, ContactValue>() };
      together.push(one);
      for (const contact of contacts) known.set(contact.channel, contact);
      if (!group) groups.push({ own: together, contacts: known });
    }
    return groups;
  }

  function recordingOf(form: HTMLFormElement, { own, contacts }: Addressed, spoken: SpokenDetails): Omit<Noted, 'id'> {
    const { language } = spoken.words;
    const screen: Screen = {
      language,
      layout: 'form',
      words: own.flatMap((one) => one.screen.words),
      controls: own.flatMap((one) => one.screen.controls),
    };
    const presentation = presentationOf(host, spoken, screen, []);
    const notices = own.flatMap(({ optIn }) => optIn.notice?.hash ?? []);
    return {
      method: 'form',
      actor: actorIn(
        own.map(({ fieldset }) => fieldset),
        form,
      ),
      purposes: {},
      channels: mergedStates(own.map(({ optIn, states }) => ({ activity: optIn.activity, states }))),
      presentation: notices.length > 0 ? { ...presentation, notices: [...new Set(notices)].sort() } : presentation,
      contacts: [...contacts.values()],
    };
  }

  function record(recording: Noted): void {
    const states = Object.values(recording.channels ?? {}).flatMap((senders) =>
      Object.values(senders).flatMap((channels) => Object.values(channels)),
    );
    if (boot.refusals === 'local' && states.every((state) => state === 'refused')) {
      host.sync({ state: 'local', reason: 'REFUSALS_LOCAL', events: [] });
      return;
    }
    // Now, as the page may be gone before anything else is done: the next one finds it.
    writeFormNote(site, recording);
    setPending(site, true);
    host
      .recorder()
      .then((recorder) => recorder.recordForm(recording))
      .then(read)
      .catch(() => host.sync({ state: 'local', reason: 'STORAGE_UNAVAILABLE', events: [] }));
  }

  function take(form: HTMLFormElement): Taken | null {
    const own = sayings(form);
    if (own.length === 0 || !details) return null;
    const spoken = details;
    const recordings = byAddress(form, own, spoken.words.language).map((group) => recordingOf(form, group, spoken));
    // As of the moment at which it was sent: a form may be stopped for long before.
    return () => {
      for (const recording of recordings) record({ ...recording, id: eventId(Date.now()) });
    };
  }

  const sentNow = watchSubmissions(take);

  return async (fieldset) => {
    if (filling.has(fieldset)) return;
    filling.add(fieldset);
    const { activity = '' } = fieldset.dataset;
    details = await host.details().catch(() => details);
    const optIn = details?.marketing.find((one) => one.activity === activity);
    fieldset.hidden = !optIn;
    // The next look at it tries again.
    if (!details) filling.delete(fieldset);
    else if (!optIn)
      warn(
        `data-activity="${activity}" is none of this site’s: ${details.marketing.map((one) => one.activity).join(', ') || 'there is none'}`,
      );
    if (!details || !optIn) return;
    if (!styled) host.addStyle(STYLE);
    styled = true;
    const screen: Screen = { language: details.words.language, layout: 'form', words: [], controls: [] };
    mounted.set(fieldset, { optIn, boxes: renderOptIn(fieldset, service, details, optIn, screen), screen });
    for (const text of contactWarnings(fieldset, fieldset.form, optIn.channels, service)) warn(`${activity}: ${text}`);
    const { parent } = fieldset.dataset;
    if (parent && fieldset.form && !parentBox(fieldset, fieldset.form))
      warn(`${activity}: data-parent names "${parent}", which is no checkbox of the form`);
    if (fieldset.form) watchDirectSubmit(fieldset.form, sentNow);
    read().catch(() => undefined);
  };
}

let open: Mount | undefined;

/** One for the page: two would record each form twice. */
export async function mount(first: First, place: HTMLElement): Promise<void> {
  if (place instanceof HTMLFieldSetElement) await (open ??= openOptIns(optInHost(first)))(place);
}
