import { askedPurposes } from '../core/choices.ts';
import type { Widget } from '../core/widget.ts';

/** An answer for every purpose that is asked about. */
export const allPurposes = ({ boot }: Widget, on: (purpose: string) => boolean): Record<string, boolean> =>
  Object.fromEntries(askedPurposes(boot).map(({ id }) => [id, on(id)]));
