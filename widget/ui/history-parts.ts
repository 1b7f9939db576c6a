// What the preference centre hands to the chunk of the visitor's own record.
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { Widget } from '../core/widget.ts';

export interface OwnParts {
  widget: Widget;
  details: SpokenDetails;
  /** After an erasure. */
  erased: () => void;
}
