// A dialogue over the page, and the one that asks whether something is really meant. The keyboard stays inside, and goes back
// to where it was.
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';

import { InlineFailure } from '../states.tsx';
import { useAction } from '../use-action.ts';

interface DialogProps {
  title: string;
  close: () => void;
  children: ComponentChildren;
}

/** Shown as long as it is rendered; Escape calls `close`. */
export function Dialog({ title, close, children }: DialogProps) {
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    element.current?.showModal();
    // A dialogue that is removed does not give the keyboard back by itself; what opened it may be gone with what was done.
    return () => {
      const back = before instanceof HTMLElement && before.isConnected ? before : document.getElementById('main');
      back?.focus();
    };
  }, []);
  return (
    <dialog class="dialog" ref={element} aria-labelledby={id} onCancel={(event) => (event.preventDefault(), close())}>
      <h2 id={id}>{title}</h2>
      {children}
    </dialog>
  );
}

interface DialogActionsProps {
  /** The words of the button that does it. */
  deed: string;
  grave?: boolean;
  busy: boolean;
  close: () => void;
}

/** The last row of a form in a dialog. */
export const DialogActions = ({ deed, grave = false, busy, close }: DialogActionsProps) => (
  <div class="dialog-actions">
    <button type="button" class="button" onClick={close}>
      Cancel
    </button>
    <button type="submit" class={`button ${grave ? 'grave' : 'primary'}`} disabled={busy}>
      {deed}
    </button>
  </div>
);

interface ConfirmProps {
  title: string;
  /** What the button says: the deed, never "OK". */
  deed: string;
  /** Cannot be undone. */
  grave?: boolean;
  /** What happens, and what stays. */
  children: ComponentChildren;
  act: () => Promise<unknown>;
  close: () => void;
}

/** Closes when it is done; stays, with the reason, when it failed. */
export function Confirm({ title, deed, grave = false, children, act, close }: ConfirmProps) {
  const { run, busy, failure } = useAction(act);
  const submit = (event: Event): void => {
    event.preventDefault();
    void run().then((done) => done && close());
  };
  return (
    <Dialog title={title} close={close}>
      <form onSubmit={submit}>
        {children}
        {failure && <InlineFailure failure={failure} />}
        <DialogActions deed={deed} grave={grave} busy={busy} close={close} />
      </form>
    </Dialog>
  );
}
