// Exactly what was on screen when the choice was made. Widget and service compute its hash with shared/canonical.ts.
import * as v from 'valibot';

import { Slug } from '../notice/schema.ts';
import { MODES } from '../site/mode.ts';
import { PlaceName } from '../site/place.ts';
import { Hash, PURPOSE_STATES } from './event.ts';

/** Longest canonical JSON of a presentation, in bytes. */
export const MAX_PRESENTATION = 16_384;

/** A lone surrogate has no canonical form, and so no hash that an event could cite. */
const text = (longest: number) =>
  v.pipe(
    v.string(),
    v.maxLength(longest),
    v.check((value) => value.isWellFormed(), 'has half a surrogate pair'),
  );
const words = text(4000);

export const Presentation = v.strictObject({
  v: v.literal(1),
  configuration: Hash,
  /** Of the notices that its purposes point at, sorted. */
  notices: v.pipe(v.array(Hash), v.maxLength(10)),
  /** SHA-256 of the widget build's sorted chunk hashes. */
  build: Hash,
  language: text(35),
  layout: text(40),
  jurisdiction: PlaceName,
  purposes: v.pipe(
    v.array(v.strictObject({ id: Slug, mode: v.picklist(MODES), default: v.picklist(['on', 'off', ...PURPOSE_STATES]) })),
    v.maxLength(64),
  ),
  /** Every text, in reading order. */
  words: v.pipe(v.array(v.strictObject({ id: text(80), text: words })), v.maxLength(400)),
  /** Every control, in reading order. */
  controls: v.pipe(
    v.array(
      v.strictObject({
        id: text(80),
        kind: v.picklist(['button', 'checkbox', 'switch', 'link']),
        name: words,
      }),
    ),
    v.maxLength(200),
  ),
});
export type Presentation = v.InferOutput<typeof Presentation>;
