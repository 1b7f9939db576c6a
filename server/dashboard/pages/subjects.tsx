// Data subjects by their thumbprint: whose data is restricted, and erasing what one chose.
import { useCallback, useState } from 'preact/hooks';
import * as v from 'valibot';

import { Hash } from '../../../shared/consent/event.ts';
import { KEPT } from '../../../shared/rights/kept.ts';
import { siteHref } from '../href.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Confirm } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { rights, type Erased, type Restriction } from '../rights/requests-api.ts';
import type { PageProps } from '../route.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { counted, longDay, pseudonym } from '../words.ts';

const NOT_A_SUBJECT = 'A subject is the thumbprint of a key: 43 letters, digits, - and _. It is in each receipt.';

interface SubjectFormProps {
  label: string;
  deed: string;
  grave?: boolean;
  given: string;
  take: (subject: string) => void;
}

function SubjectForm({ label, deed, grave = false, given: before, take }: SubjectFormProps) {
  const [subject, setSubject] = useState(before);
  const [problem, setProblem] = useState('');
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    const given = subject.trim();
    const right = v.is(Hash, given);
    setProblem(right ? '' : NOT_A_SUBJECT);
    if (right) take(given);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={label}
        problem={problem}
        help="The thumbprint of a browser’s key: from a receipt, an event or a linked request."
      >
        {(attributes) => (
          <input
            {...attributes}
            class="code"
            autocomplete="off"
            spellcheck={false}
            maxLength={60}
            value={subject}
            onInput={({ currentTarget }) => setSubject(currentTarget.value)}
          />
        )}
      </Field>
      <button type="submit" class={grave ? 'button grave' : 'button'}>
        {deed}
      </button>
    </form>
  );
}

/** What is being asked about: a subject, and what is to happen to it. */
type Asking = { deed: 'restrict' | 'lift' | 'erase'; subject: string } | null;

const EraseWords = ({ restricted }: { restricted: boolean }) => (
  <>
    {restricted && (
      <p class="problem">
        <strong>This subject’s data is restricted.</strong> Whoever had it restricted may need it kept: lift the restriction
        first, if they agree (Art. 18(2)).
      </p>
    )}
    <p>
      Every recorded choice of this subject goes, at once. This cannot be undone, and no receipt of theirs can be shown again.
    </p>
    <p>What stays:</p>
    <ul class="bullets">
      {(['log', 'tombstones', 'requests', 'suppression'] as const).map((each) => (
        <li key={each}>{KEPT[each]}</li>
      ))}
    </ul>
    <p class="note">Copies in backups stay until the backups are thrown away.</p>
  </>
);

function ErasedWords({ erased: { erased, index, requests, kept } }: { erased: Erased }) {
  return (
    <div class="outcome">
      <p>
        <strong>{erased === 0 ? 'There was nothing to erase.' : `Erased: ${counted(erased, 'recorded choice')}.`}</strong>
        {index !== null && ` Entry ${index} of the log says so.`}
        {requests > 0 && ` The contact details of ${counted(requests, 'closed request')} went too.`}
      </p>
      {kept.map((each) => (
        <p key={each}>{KEPT[each]}</p>
      ))}
    </div>
  );
}

/** `…/subjects/{subject}` has the fields filled in. */
export function Page({ site, rest: [given = ''] }: PageProps) {
  const may = useMay(site);
  const { value, failure, again } = useAnswer(useCallback((signal) => rights.restrictions(site, signal), [site]));
  const [asking, setAsking] = useState<Asking>(null);
  const [erased, setErased] = useState<Erased | null>(null);
  const close = (): void => setAsking(null);
  const mayLift = may('DELETE /v1/admin/sites/:site/restrictions/:subject');
  const columns: Column<Restriction>[] = [
    { title: 'Subject', head: true, cell: ({ subject }) => <code>{subject}</code> },
    { title: 'Since', cell: ({ since }) => <time dateTime={since}>{longDay(since)}</time> },
    {
      title: 'Request',
      cell: ({ request }) => (request ? <a href={siteHref(site, 'requests', request)}>{request}</a> : 'by an operator'),
    },
    ...(mayLift
      ? [
          {
            title: 'Actions',
            kind: 'actions' as const,
            cell: ({ subject }: Restriction) => (
              <button type="button" class="button small" onClick={() => setAsking({ deed: 'lift', subject })}>
                Lift<span class="hidden"> the restriction of {pseudonym(subject)}</span>
              </button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader title="Data subjects">
        <p class="note">
          Restricting keeps a subject’s choices and uses them for nothing else (Art. 18). Erasing removes them for good (Art. 17).
          To answer a request, use its own page: it writes the step down and tells the person.
        </p>
      </PageHeader>
      <section class="panel" aria-labelledby="restricted">
        <h2 id="restricted">Restricted</h2>
        {failure && <Failure failure={failure} again={again} />}
        {!value && !failure && <Loading what="the restrictions" />}
        {value?.length === 0 && <Empty title="Nobody’s data is restricted" />}
        {value && value.length > 0 && (
          <DataTable caption="Restricted subjects" columns={columns} rows={value} keyOf={({ subject }) => subject} />
        )}
      </section>
      {may('POST /v1/admin/sites/:site/restrictions/:subject') && (
        <section class="panel" aria-labelledby="restrict">
          <h2 id="restrict">Restrict a subject</h2>
          <SubjectForm
            label="Subject to restrict"
            deed="Restrict…"
            given={given}
            take={(subject) => setAsking({ deed: 'restrict', subject })}
          />
        </section>
      )}
      {may('DELETE /v1/admin/sites/:site/subjects/:subject') && (
        <section class="panel" aria-labelledby="erase">
          <h2 id="erase">Erase a subject</h2>
          <div role="status">{erased && <ErasedWords erased={erased} />}</div>
          <SubjectForm
            label="Subject to erase"
            deed="Erase…"
            given={given}
            grave
            take={(subject) => setAsking({ deed: 'erase', subject })}
          />
        </section>
      )}
      {asking?.deed === 'restrict' && (
        <Confirm
          title={`Restrict ${pseudonym(asking.subject)}…?`}
          deed="Restrict"
          act={async () => {
            await rights.restrict(site, asking.subject);
            again();
          }}
          close={close}
        >
          <p>
            Their choices are kept: retention does not remove them, and a request for erasure is not carried out before the
            restriction is lifted.
          </p>
        </Confirm>
      )}
      {asking?.deed === 'lift' && (
        <Confirm
          title={`Lift the restriction of ${pseudonym(asking.subject)}…?`}
          deed="Lift"
          act={async () => {
            await rights.lift(site, asking.subject);
            again();
          }}
          close={close}
        >
          <p>Whoever had it restricted is to be told before it is lifted (Art. 18(3)).</p>
        </Confirm>
      )}
      {asking?.deed === 'erase' && (
        <Confirm
          title={`Erase ${pseudonym(asking.subject)}…?`}
          deed="Erase for good"
          grave
          act={async () => setErased(await rights.erase(site, asking.subject))}
          close={close}
        >
          <EraseWords restricted={value?.some(({ subject }) => subject === asking.subject) ?? false} />
        </Confirm>
      )}
    </>
  );
}
