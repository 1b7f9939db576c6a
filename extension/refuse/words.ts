// What "Refuse for me" says of what it did.
import type { Refusal } from '../background/refusals.ts';

export const OUTCOME_WORDS: Record<Refusal['outcome'], { title: string; text: string }> = {
  refused: {
    title: 'Candour refused here for you',
    text: 'Everything that this site does not call essential was refused in its consent dialog.',
  },
  failed: {
    title: 'Candour could not refuse here',
    text: 'It met this site’s consent dialog and could not answer it. The answer is still yours to give.',
  },
  left: {
    title: 'Candour left this site’s dialog to you',
    text: 'You had pressed something on the page before the dialog was met, so it may be one that you opened.',
  },
};

/** After a refusal: whether the platform itself says so. */
export const confirmedWords = ({ outcome, confirmed }: Refusal): string => {
  if (outcome !== 'refused' || confirmed === null) return '';
  return confirmed ? 'Asked again, the dialog’s maker says the same.' : 'Asked again, the dialog’s maker does not say so.';
};
