// The end of a form that changes a site's settings: its button, how it went, and the question before visitors are asked again.
import type { SiteSaving } from '../use-site-change.ts';
import { InlineFailure } from '../states.tsx';
import { Confirm } from './dialog.tsx';

interface SavingProps {
  saving: SiteSaving;
  /** Nothing differs from what holds: there is nothing to save. */
  unchanged: boolean;
  children?: string;
}

/** How it went; and the question, while a change waits for it. */
export const SavingOutcome = ({ saving }: { saving: SiteSaving }) => (
  <>
    <span class="note" role="status">
      {saving.asked === null ? '' : saving.asked ? 'Saved. Visitors are asked again.' : 'Saved. Nobody is asked again.'}
    </span>
    {saving.waiting && (
      <Confirm title="Ask all visitors again?" deed="Save and ask again" close={saving.cancel} act={saving.confirm}>
        <p>
          This changes what visitors agreed to. What they chose holds no more, and each of them is asked again at the next visit.
          Their earlier choices stay in the log.
        </p>
      </Confirm>
    )}
  </>
);

export const Saving = ({ saving, unchanged, children = 'Save' }: SavingProps) => (
  <>
    {saving.failure && <InlineFailure failure={saving.failure} />}
    <div class="actions">
      <button type="submit" class="button primary" disabled={saving.busy || unchanged}>
        {saving.busy ? 'Saving…' : children}
      </button>
      <SavingOutcome saving={saving} />
    </div>
  </>
);
