// The address or number that a channel reaches: read from the fields of the form that the owner names, `data-contact-email="email"`,
// at the moment of submission and at no other.
import { CHANNEL_FACTS, type AddressKind } from '../../shared/marketing/channel.ts';
import type { Channel } from '../../shared/notice/schema.ts';
import { isSafeLine } from '../core/safe-line.ts';
import type { ContactValue } from '../core/widget.ts';

/** Longest value that is taken. */
const LONGEST = 500;

/** Names, or ids, of fields of the form; several make up one postal address. */
const namesFor = (fieldset: HTMLFieldSetElement, kind: AddressKind): string[] =>
  (fieldset.getAttribute(`data-contact-${kind}`) ?? '').split(/\s+/).filter(Boolean);

function fieldNamed(form: HTMLFormElement, name: string): HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | null {
  for (const field of form.elements)
    if (
      (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement) &&
      (field.name === name || field.id === name) &&
      !('type' in field && /^(password|file|checkbox|radio)$/.test(field.type))
    )
      return field;
  return null;
}

/** What somebody typed for each of the channels; none for a channel whose field is missing or empty, or over a line that is not safe. */
export function contactsIn(
  fieldset: HTMLFieldSetElement,
  form: HTMLFormElement,
  channels: Iterable<Channel>,
  { service, language }: { service: string; language: string },
): ContactValue[] {
  if (!isSafeLine(service)) return [];
  return [...new Set(channels)].flatMap((channel) => {
    const fields = namesFor(fieldset, CHANNEL_FACTS[channel].address).map((name) => fieldNamed(form, name));
    const typed = fields.flatMap((field) => (field && !field.matches(':disabled') && field.value.trim()) || []);
    const value = typed.join(', ').slice(0, LONGEST);
    return value ? [{ channel, value, language }] : [];
  });
}

/** What an owner should know about it, as it stands in the console. */
export function contactWarnings(
  fieldset: HTMLFieldSetElement,
  form: HTMLFormElement | null,
  channels: readonly Channel[],
  service: string,
): string[] {
  if (!isSafeLine(service)) return [`addresses are not sent to ${service}: it takes https`];
  return [...new Set(channels.map((channel) => CHANNEL_FACTS[channel].address))].flatMap((kind) => {
    const names = namesFor(fieldset, kind);
    if (names.length === 0) return [`no field is named for ${kind}: data-contact-${kind}="the field’s name"`];
    const missing = form ? names.filter((name) => !fieldNamed(form, name)) : [];
    return missing.map((name) => `data-contact-${kind} names "${name}", which the form does not have`);
  });
}
