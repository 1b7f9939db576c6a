// What a banner of the test site showed, for events that cite it.
import { hashOf } from '../../shared/canonical.ts';
import type { Presentation } from '../../shared/consent/presentation.ts';
import { sha256 } from '../../server/verifier.ts';

export const presentation: Presentation = {
  v: 1,
  configuration: 'c'.repeat(43),
  notices: [],
  build: 'E'.repeat(43),
  language: 'en',
  layout: 'box',
  jurisdiction: 'unknown',
  purposes: [{ id: 'statistics', mode: 'opt_in', default: 'off' }],
  words: [{ id: 'title', text: 'Your choice' }],
  controls: [{ id: 'reject', kind: 'button', name: 'Reject all' }],
};

export const presentationHash: string = await hashOf(presentation, sha256);
