// Entering a request that came by letter, by telephone, or to another address.
import { useRef, useState } from 'preact/hooks';
import * as v from 'valibot';

import { Hash } from '../../../shared/consent/event.ts';
import { isoDay } from '../../../shared/notice/period.ts';
import { EmailAddress } from '../../../shared/rights/api.ts';
import { REQUEST_KIND_FACTS, REQUEST_KINDS, type RequestKind } from '../../../shared/rights/request.ts';
import { siteHref } from '../href.ts';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { InlineFailure } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { KIND_WORDS } from './request-words.ts';
import { rights, type NewRequestInput } from './requests-api.ts';

type Problems = Partial<Record<'email' | 'subject' | 'received', string>>;

function problemsOf({ email, subject, received }: NewRequestInput, today: string): Problems {
  return {
    ...(email !== undefined && !v.is(EmailAddress, email) ? { email: 'Enter an address such as name@example.org.' } : {}),
    ...(subject !== undefined && !v.is(Hash, subject)
      ? { subject: 'A subject is the thumbprint of a key: 43 letters, digits, - and _.' }
      : {}),
    ...(received !== undefined && received > today ? { received: 'This day is in the future.' } : {}),
  };
}

export function NewRequest({ site }: { site: string }) {
  const today = isoDay(Date.now());
  const form = useRef<HTMLFormElement>(null);
  const [kind, setKind] = useState<RequestKind>('access');
  const [problems, setProblems] = useState<Problems>({});
  const { run, busy, failure } = useAction(async (input: NewRequestInput) => {
    const { id } = await rights.enter(site, input);
    location.hash = siteHref(site, 'requests', id);
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!form.current) return;
    const data = new FormData(form.current);
    const given = [...data].flatMap(([name, value]) => {
      const text = typeof value === 'string' ? value.trim() : '';
      return text === '' ? [] : [[name, text] as const];
    });
    const input: NewRequestInput = { kind, ...Object.fromEntries(given) };
    const found = problemsOf(input, today);
    setProblems(found);
    const [first] = Object.keys(found);
    if (first === undefined) void run(input);
    else form.current.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };
  return (
    <>
      <PageHeader title="Enter a request">
        <p class="note">
          For what came by letter, by telephone, or to another address. The clock runs from the day on which it came in.
        </p>
      </PageHeader>
      <form class="panel" ref={form} onSubmit={submit} noValidate>
        <Field label="Kind" help={`${REQUEST_KIND_FACTS[kind].explanation} ${REQUEST_KIND_FACTS[kind].article}.`}>
          {(attributes) => (
            <select
              {...attributes}
              name="kind"
              value={kind}
              onChange={({ currentTarget }) => setKind(currentTarget.value as RequestKind)}
            >
              {REQUEST_KINDS.map((each) => (
                <option key={each} value={each}>
                  {KIND_WORDS[each]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Came in on" problem={problems.received}>
          {(attributes) => <input {...attributes} type="date" name="received" max={today} defaultValue={today} />}
        </Field>
        <Field
          label="E-mail address of the data subject"
          optional
          problem={problems.email}
          help="Sealed under a key of its own. Each step is told there; without one, you tell it yourself."
        >
          {(attributes) => <input {...attributes} type="email" name="email" autocomplete="off" maxLength={254} />}
        </Field>
        <Field label="What they wrote" optional>
          {(attributes) => <textarea {...attributes} name="message" maxLength={4000} rows={4} />}
        </Field>
        <Field
          label="Subject"
          optional
          problem={problems.subject}
          help="The thumbprint of the browser’s key, from a receipt of theirs. It can be linked later."
        >
          {(attributes) => (
            <input {...attributes} class="code" name="subject" autocomplete="off" spellcheck={false} maxLength={43} />
          )}
        </Field>
        {failure && <InlineFailure failure={failure} />}
        <p class="actions">
          <button type="submit" class="button primary" disabled={busy}>
            Enter the request
          </button>
          <a class="button" href={siteHref(site, 'requests')}>
            Cancel
          </a>
        </p>
      </form>
    </>
  );
}
