// Who asked: contact details that can be erased, the subject that the request is linked to, and the packs made for them.
import { useState } from 'preact/hooks';
import * as v from 'valibot';

import { Hash } from '../../../shared/consent/event.ts';
import type { RequestDetails } from '../../../shared/rights/api.ts';
import { Confirm } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { useMay } from '../session.ts';
import { InlineFailure } from '../states.tsx';
import { useAction } from '../use-action.ts';
import type { RequestPartProps } from './request-steps.tsx';
import { rights } from './requests-api.ts';

const Contact = ({ contact }: { contact: NonNullable<RequestDetails['contact']> }) => (
  <dl class="facts">
    <div>
      <dt>E-mail</dt>
      <dd>{contact.email ?? 'not given'}</dd>
    </div>
    {contact.reference && (
      <div>
        <dt>Reference</dt>
        <dd>
          <code>{contact.reference}</code>
        </dd>
      </div>
    )}
    {contact.message && (
      <div>
        <dt>Words</dt>
        <dd class="message" dir="auto">
          {contact.message}
        </dd>
      </div>
    )}
  </dl>
);

export function WhoAsked({ site, request, changed }: RequestPartProps) {
  const may = useMay(site);
  const [asking, setAsking] = useState(false);
  const { contact, id } = request;
  return (
    <section class="panel" aria-labelledby="who">
      <h2 id="who">Who asked</h2>
      {contact ? (
        <Contact contact={contact} />
      ) : (
        <p class="note">Erased, or sealed with a secret that this service does not have.</p>
      )}
      {contact && may('DELETE /v1/admin/sites/:site/requests/:request/contact') && (
        <p class="actions">
          <button type="button" class="button small" onClick={() => setAsking(true)}>
            Erase contact details
          </button>
        </p>
      )}
      {asking && (
        <Confirm
          title="Erase contact details?"
          deed="Erase"
          grave
          act={async () => {
            await rights.eraseContact(site, id);
            changed({ ...request, contact: null, steps: request.steps.map((step) => ({ ...step, reason: null })) });
          }}
          close={() => setAsking(false)}
        >
          <p>The address and every word that was written in this request go, here and in its history. This cannot be undone.</p>
          <p>
            What stays: that a request was made, of which kind, on which days and how it ended. Nobody can be written to about it
            any more.
          </p>
        </Confirm>
      )}
    </section>
  );
}

export function SubjectLink({ site, request, changed }: RequestPartProps) {
  const may = useMay(site)('PATCH /v1/admin/sites/:site/requests/:request');
  const [subject, setSubject] = useState(request.subject ?? '');
  const [problem, setProblem] = useState('');
  const { run, busy, failure } = useAction(async (linked: string | null) => changed(await rights.link(site, request.id, linked)));
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = subject.trim();
    const wrong = !v.is(Hash, given);
    setProblem(wrong ? 'A subject is the thumbprint of a key: 43 letters, digits, - and _.' : '');
    if (!wrong) void run(given);
  };
  return (
    <section class="panel" aria-labelledby="subject">
      <h2 id="subject">Whose choices</h2>
      {request.subject ? (
        <>
          <p>
            <code>{request.subject}</code>
          </p>
          {may && (
            <button type="button" class="button small" disabled={busy} onClick={() => void run(null)}>
              Unlink
            </button>
          )}
        </>
      ) : (
        <>
          <p class="note">
            No subject is linked. A browser’s choices are known by the thumbprint of its key, not by an address: link it when you
            are satisfied that it is theirs.
          </p>
          {may && (
            <form onSubmit={submit} noValidate>
              <Field label="Subject" problem={problem} help="From a receipt of theirs.">
                {(attributes) => (
                  <input
                    {...attributes}
                    class="code"
                    autocomplete="off"
                    spellcheck={false}
                    maxLength={43}
                    value={subject}
                    onInput={({ currentTarget }) => setSubject(currentTarget.value)}
                  />
                )}
              </Field>
              <button type="submit" class="button small" disabled={busy}>
                Link
              </button>
            </form>
          )}
        </>
      )}
      {failure && <InlineFailure failure={failure} />}
    </section>
  );
}

export function Packs({ site, request }: Omit<RequestPartProps, 'changed'>) {
  const may = useMay(site);
  const { run, busy, failure } = useAction((pack: 'access' | 'portability') => rights.keepPack(site, request.id, pack));
  if (request.state === 'unconfirmed' || !may('GET /v1/admin/sites/:site/requests/:request/access')) return null;
  return (
    <section class="panel" aria-labelledby="packs">
      <h2 id="packs">Files for the data subject</h2>
      <p class="note">
        {request.subject
          ? 'One zip each: JSON, CSV and a page to print.'
          : 'Without a linked subject the access pack holds the request and the notices’ facts, and no choices.'}
      </p>
      <p class="actions">
        <button type="button" class="button" disabled={busy} onClick={() => void run('access')}>
          Access pack
        </button>
        {request.subject && (
          <button type="button" class="button" disabled={busy} onClick={() => void run('portability')}>
            Portability pack
          </button>
        )}
      </p>
      {failure && <InlineFailure failure={failure} />}
    </section>
  );
}
