// What stands in the fieldset: plain elements in the page, one unticked box per sender and channel, with what for, how often and how
// to stop, in the words of the configuration and of the published notice.
import type { PurposeState } from '../../shared/consent/event.ts';
import type { Channel } from '../../shared/notice/schema.ts';
import type { OptInDetails, SpokenDetails } from '../../shared/site/details.ts';
import { fill, otherLanguage } from '../core/fill.ts';
import type { Screen } from '../core/widget.ts';

export interface Box {
  sender: string;
  channel: Channel;
  input: HTMLInputElement;
}

// :where() weighs nothing, so that any rule of the site's own wins.
const AT = ':where(fieldset[data-candour=marketing])';
export const STYLE = `${AT} :where(label){display:flex;gap:.6em;align-items:baseline;min-height:24px;padding-block:.25em}
${AT} :where(label span){min-width:0;overflow-wrap:anywhere}
${AT} :where(input){flex:none;min-width:1.15em;min-height:1.15em;margin:0}
${AT} :where(p,dl){margin-block:.5em 0;font-size:.9em;overflow-wrap:anywhere}
${AT} :where(dl div){margin-block-end:.25em}
${AT} :where(dt){display:inline;font-weight:600}
${AT} :where(dt)::after{content:": "}
${AT} :where(dd){display:inline;margin:0}
:where(fieldset[data-candour=marketing]){min-width:0}`;

let notes = 0;

/** Fills the fieldset; what it says and asks is in `screen` as it is rendered. `service`: where the notices are. */
export function renderOptIn(
  fieldset: HTMLFieldSetElement,
  service: string,
  { words, language }: SpokenDetails,
  optIn: OptInDetails,
  screen: Screen,
): Box[] {
  const theirs = otherLanguage(language, words.language) ?? words.language;
  const add = <K extends keyof HTMLElementTagNameMap>(parent: Element, tag: K, text = '', id?: string) => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (id) screen.words.push({ id, text });
    parent.append(element);
    return element;
  };
  fieldset.replaceChildren();
  fieldset.lang = words.language;
  fieldset.dir = words.direction;
  const legend = add(fieldset, 'legend', optIn.label, 'label');
  [legend.lang, legend.dir] = [theirs, 'auto'];
  const isOptOut = optIn.box === 'opt_out';
  const boxes = optIn.senders.flatMap((sender) =>
    optIn.channels.map((channel): Box => {
      const asked = fill(words.box, { channel: words[`channel.${channel}`], sender: sender.name });
      const name = isOptOut ? fill(words.boxOut, { message: asked }) : asked;
      const label = add(fieldset, 'label');
      const input = add(label, 'input');
      input.type = 'checkbox';
      // A browser that restores forms would tick it again without anybody.
      input.autocomplete = 'off';
      input.dataset.sender = sender.id;
      input.dataset.channel = channel;
      add(label, 'span', name);
      screen.controls.push({ id: `${sender.id}-${channel}`, kind: 'checkbox', name });
      return { sender: sender.id, channel, input };
    }),
  );
  const note = add(fieldset, 'p', isOptOut ? words.boxesOut : words.boxesFree, isOptOut ? 'out' : 'free');
  const list = add(fieldset, 'dl');
  for (const [id, term, text] of [
    ['why', words.messagesFor, optIn.why],
    ['often', words.messagesOften, optIn.howOften],
    ['stop', words.messagesStop, optIn.howToStop],
  ] as const) {
    if (!text) continue;
    const row = add(list, 'div');
    add(row, 'dt', term, `${id}-term`);
    const said = add(row, 'dd', text, id);
    [said.lang, said.dir] = [theirs, 'auto'];
  }
  if (optIn.notice && Object.hasOwn(words, `notice.${optIn.notice.kind}`)) {
    const name = words[`notice.${optIn.notice.kind}` as 'notice.privacy_notice'];
    const link = add(add(fieldset, 'p'), 'a', name);
    link.href = `${service}/v1/notices/${optIn.notice.hash}`;
    link.target = '_blank';
    link.rel = 'noopener';
    screen.controls.push({ id: 'notice', kind: 'link', name });
  }
  // Screen readers read what belongs to a group, and pass over text between the fields of a form.
  notes++;
  [note.id, list.id] = [`candour-free-${notes}`, `candour-how-${notes}`];
  fieldset.setAttribute('aria-describedby', `${note.id} ${list.id}`);
  return boxes;
}

/**
 * A tick in an opt-in is given, in an opt-out an objection. A box left alone is never a consent and takes nothing back (R39): `before`
 * is what was last said.
 */
export function stateOf(box: OptInDetails['box'], ticked: boolean, before: string | undefined): PurposeState | null {
  if (box === 'opt_out') return ticked ? 'objected' : before ? null : 'not_objected';
  return ticked ? 'given' : before === 'given' ? null : 'refused';
}
