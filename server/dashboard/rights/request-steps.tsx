// What can be done with a request now, each step with what it means and what the data subject is told.
import { useState } from 'preact/hooks';

import type { RequestDetails } from '../../../shared/rights/api.ts';
import { isClosed, NEEDS_REASON, type RequestAction } from '../../../shared/rights/request.ts';
import { Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { useMay } from '../session.ts';
import { Empty, InlineFailure } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { ACTION_WORDS, doneWords, fulfilEffect, REQUEST_STATE_WORDS } from './request-words.ts';
import { rights, type Done } from './requests-api.ts';

export interface RequestPartProps {
  site: string;
  request: RequestDetails;
  changed: (request: RequestDetails) => void;
}

const LABELS: Partial<Record<RequestAction, string>> = {
  refuse: 'Ground of the refusal',
  extend: 'Reasons for the delay',
  ask_fee: 'Why, and how much',
  ask_identity: 'What is needed, and why',
  ask_clarification: 'What is unclear',
  fulfil: 'What was done',
};

interface StepDialogProps extends RequestPartProps {
  action: RequestAction;
  done: (done: Done) => void;
  close: () => void;
}

function StepDialog({ site, request, action, changed, done, close }: StepDialogProps) {
  const { deed, effect } = ACTION_WORDS[action];
  const needed = NEEDS_REASON.includes(action);
  const [problem, setProblem] = useState('');
  const [reason, setReason] = useState('');
  const { run, busy, failure } = useAction(async () => {
    const answer = await rights.step(site, request.id, action, reason.trim());
    changed(answer.request);
    done(answer.done);
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (needed && reason.trim() === '') {
      setProblem('This is told to the data subject, so it cannot be empty.');
      if (event.currentTarget instanceof HTMLElement) event.currentTarget.querySelector('textarea')?.focus();
      return;
    }
    void run().then((taken) => taken && close());
  };
  const grave = action === 'refuse' || (action === 'fulfil' && request.kind === 'erasure' && request.subject !== null);
  const address = request.contact?.email;
  return (
    <Dialog title={deed} close={close}>
      <form onSubmit={submit} noValidate>
        <p>{action === 'fulfil' ? fulfilEffect(request) : effect}</p>
        <Field
          label={LABELS[action] ?? 'Words for the data subject'}
          optional={!needed}
          problem={problem}
          help={address ? `Sent to ${address} with the step.` : 'No address is known here: tell it to the data subject yourself.'}
        >
          {(attributes) => (
            <textarea
              {...attributes}
              maxLength={4000}
              rows={4}
              value={reason}
              onInput={({ currentTarget }) => setReason(currentTarget.value)}
            />
          )}
        </Field>
        {failure && <InlineFailure failure={failure} />}
        <DialogActions deed={deed} grave={grave} busy={busy} close={close} />
      </form>
    </Dialog>
  );
}

/** Ends the request; the others keep it going. */
const ENDS: readonly RequestAction[] = ['fulfil', 'refuse', 'retract'];

export function Steps({ site, request, changed }: RequestPartProps) {
  const may = useMay(site)('POST /v1/admin/sites/:site/requests/:request/steps');
  const [action, setAction] = useState<RequestAction | null>(null);
  const [done, setDone] = useState<Done | null>(null);
  const offered = (ends: boolean): RequestAction[] => request.actions.filter((each) => ENDS.includes(each) === ends);
  return (
    <section class="panel" aria-labelledby="steps">
      <h2 id="steps">What can be done now</h2>
      <div role="status">
        {done && (
          <div class="outcome">
            {doneWords(done).map((sentence) => (
              <p key={sentence}>{sentence}</p>
            ))}
          </div>
        )}
      </div>
      {isClosed(request.state) && <Empty title={`Closed: ${REQUEST_STATE_WORDS[request.state].toLowerCase()}`} />}
      {!isClosed(request.state) && !may && <p class="note">Your role may look at requests, not answer them.</p>}
      {may &&
        [false, true].map((ends) => (
          <p class="step-buttons" key={String(ends)}>
            {offered(ends).map((each) => (
              <button
                key={each}
                type="button"
                class={each === 'fulfil' ? 'button primary' : 'button'}
                onClick={() => setAction(each)}
              >
                {ACTION_WORDS[each].deed}
              </button>
            ))}
          </p>
        ))}
      {action && <StepDialog key={action} {...{ site, request, action, changed }} done={setDone} close={() => setAction(null)} />}
    </section>
  );
}
