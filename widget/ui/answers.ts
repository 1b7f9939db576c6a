// The answers that one button gives to every question, and what the switches say.
import { askedPurposes, stateFor } from '../core/choices.ts';
import type { ChoiceStates, Widget } from '../core/widget.ts';

/** `on` says how each purpose that is asked about is answered. */
export function answer(widget: Widget, on: (purpose: string) => boolean): ChoiceStates {
  const before = widget.status();
  return Object.fromEntries(askedPurposes(widget.boot).map(({ id, mode }) => [id, stateFor(mode, on(id), before[id])]));
}
