// Making an API key: for whom, what it may do, where, and until when.
import { useCallback, useState } from 'preact/hooks';
import type * as v from 'valibot';

import { MadeKey, ROLES, type Role } from '../../shared/operator.ts';
import { Dialog, DialogActions } from './parts/dialog.tsx';
import { Field } from './parts/field.tsx';
import { ask, posted, service } from './service.ts';
import { InlineFailure } from './states.tsx';
import { useAction } from './use-action.ts';
import { useAnswer } from './use-answer.ts';

export type Made = v.InferOutput<typeof MadeKey>;

const ROLE_WORDS: Record<Role, string> = {
  owner: 'Everything, keys and sites included.',
  dpo: 'Everything about personal data: requests, erasure, retention, proofs. Not keys, sites or webhooks.',
  auditor: 'Reads everything, the audit log too. Changes nothing.',
  support: 'Reads, with subjects and contacts shortened. Changes nothing.',
  ingest: 'Sends consent events from a site’s own server. Nothing else, no sign-in.',
};

const ROLE_NAMES: Record<Role, string> = {
  owner: 'Owner',
  dpo: 'Data protection officer',
  auditor: 'Auditor',
  support: 'Support',
  ingest: 'Ingest',
};

const EXPIRIES = [
  ['P30D', '30 days'],
  ['P90D', '90 days'],
  ['P1Y', 'One year'],
  ['', 'Until it is revoked'],
] as const;

export function NewKeyDialog({ made, close }: { made: (key: Made) => void; close: () => void }) {
  const sites = useAnswer(useCallback((signal) => service.sites(signal), []));
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('dpo');
  const [site, setSite] = useState('');
  const [expires, setExpires] = useState<string>('P90D');
  const [problem, setProblem] = useState('');
  const { run, busy, failure } = useAction(async () => {
    const key = { name: name.trim(), role, ...(site ? { site } : {}), ...(expires ? { expires } : {}) };
    made(await ask(MadeKey, '/v1/admin/keys', posted(key)));
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const missing = name.trim() === '';
    setProblem(missing ? 'Say whose key it is: the audit log names it.' : '');
    if (!missing) void run().then((done) => done && close());
    else if (event.currentTarget instanceof HTMLElement) event.currentTarget.querySelector('input')?.focus();
  };
  return (
    <Dialog title="Make a key" close={close}>
      <form onSubmit={submit} noValidate>
        <Field label="Whose" problem={problem} help="A person or a program, such as “Ada” or “till server”.">
          {(attributes) => (
            <input
              {...attributes}
              autocomplete="off"
              maxLength={100}
              value={name}
              onInput={({ currentTarget }) => setName(currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Role" help={ROLE_WORDS[role]}>
          {(attributes) => (
            <select {...attributes} value={role} onChange={({ currentTarget }) => setRole(currentTarget.value as Role)}>
              {ROLES.map((each) => (
                <option key={each} value={each}>
                  {ROLE_NAMES[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="For" bare>
          {(attributes) => (
            <select {...attributes} value={site} onChange={({ currentTarget }) => setSite(currentTarget.value)}>
              <option value="">Every site</option>
              {sites.value?.map((each) => (
                <option key={each.site} value={each.site}>
                  {each.name}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Holds for" bare>
          {(attributes) => (
            <select {...attributes} value={expires} onChange={({ currentTarget }) => setExpires(currentTarget.value)}>
              {EXPIRIES.map(([period, words]) => (
                <option key={period} value={period}>
                  {words}
                </option>
              ))}
            </select>
          )}
        </Field>
        {failure && <InlineFailure failure={failure} />}
        <DialogActions deed="Make the key" busy={busy} close={close} />
      </form>
    </Dialog>
  );
}
