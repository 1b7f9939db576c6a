// Witnesses: who cosigns the heads of this site's log, and up to where. They make it visible if the service showed different logs
// to different people.
import { useCallback, useState } from 'preact/hooks';
import * as v from 'valibot';

import { paths } from '../../../shared/api.ts';
import { parseCheckpoint } from '../../../shared/log/checkpoint.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Confirm, Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import type { PageProps } from '../route.ts';
import { ask, posted, send, ServiceFailure } from '../service.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, InlineFailure, Loading } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { useAnswer } from '../use-answer.ts';
import { count } from '../words.ts';
import '../parts/proof.css';

const Witness = v.object({
  name: v.string(),
  url: v.string(),
  key: v.string(),
  newest: v.nullable(v.object({ epoch: v.number(), size: v.number() })),
});
type Witness = v.InferOutput<typeof Witness>;
const Witnesses = v.object({ witnesses: v.array(Witness) });

/** They are asked every half minute. */
const EVERY = 15_000;

interface Seen {
  witnesses: Witness[];
  /** Entries of the log now; null: no head is signed yet. */
  size: number | null;
  checkpoint: string | null;
}

async function seen(site: string, signal: AbortSignal): Promise<Seen> {
  const [{ witnesses }, checkpoint] = await Promise.all([
    ask(Witnesses, `/v1/admin/sites/${encodeURIComponent(site)}/witnesses`, { signal }),
    send(paths.checkpoint(site), { signal, headers: { accept: 'text/plain' } }).then(
      (response) => response.text(),
      (error: unknown) => {
        if (error instanceof ServiceFailure && error.kind === 'missing') return null;
        throw error;
      },
    ),
  ]);
  try {
    return { witnesses, checkpoint, size: checkpoint === null ? null : parseCheckpoint(checkpoint).size };
  } catch (error) {
    throw new ServiceFailure('unexpected', 'The head of the log cannot be read.', { cause: error });
  }
}

const columns = (size: number | null, remove: ((witness: Witness) => void) | null): readonly Column<Witness>[] => [
  {
    title: 'Witness',
    head: true,
    cell: ({ name, url }) => (
      <>
        <strong>
          <bdi>{name}</bdi>
        </strong>
        <br />
        <span class="note">
          <bdi>{url}</bdi>
        </span>
      </>
    ),
  },
  {
    title: 'Cosigned',
    cell: ({ newest }) =>
      newest === null ? (
        <span class="note">nothing yet</span>
      ) : (
        <>
          up to {count(newest.size)} {size === null ? '' : `of ${count(size)} ${size === 1 ? 'entry' : 'entries'}`}
          {newest.epoch > 0 && <span class="note"> of epoch {newest.epoch}</span>}
        </>
      ),
  },
  { title: 'Key', kind: 'wide', cell: ({ key }) => <code dir="ltr">{key}</code> },
  ...(remove
    ? [
        {
          title: 'Actions',
          kind: 'actions' as const,
          cell: (witness: Witness) => (
            <button type="button" class="button small" onClick={() => remove(witness)}>
              Remove…<span class="hidden"> {witness.name}</span>
            </button>
          ),
        },
      ]
    : []),
];

function Name({ close, done }: { close: () => void; done: () => void }) {
  const [url, setUrl] = useState('');
  const [key, setKey] = useState('');
  const [problem, setProblem] = useState<{ url?: string; key?: string }>({});
  const act = useAction(async () => {
    await send('/v1/admin/witnesses', posted({ url: url.trim(), key: key.trim() }));
    done();
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!URL.canParse(url.trim())) return setProblem({ url: 'This is no URL, such as https://witness.example.' });
    if (key.trim() === '') return setProblem({ key: 'Paste its key.' });
    setProblem({});
    void act.run().then((named) => named && close());
  };
  return (
    <Dialog title="Name a witness" close={close}>
      <form onSubmit={submit} noValidate>
        <p class="note">
          Somebody independent who runs a witness gives you both. It cosigns the logs of every site of this service.
        </p>
        <Field label="URL" problem={problem.url} help="Where it offers its cosignatures.">
          {(attributes) => (
            <input
              {...attributes}
              class="code"
              type="url"
              dir="ltr"
              autocomplete="off"
              placeholder="https://"
              value={url}
              onInput={(event) => setUrl(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Key" problem={problem.key} help="A C2SP verifier key: name, key id and key with “+” between them.">
          {(attributes) => (
            <input
              {...attributes}
              class="code"
              dir="ltr"
              autocomplete="off"
              spellcheck={false}
              value={key}
              onInput={(event) => setKey(event.currentTarget.value)}
            />
          )}
        </Field>
        {act.failure && <InlineFailure failure={act.failure} />}
        <DialogActions deed="Name it" busy={act.busy} close={close} />
      </form>
    </Dialog>
  );
}

export function Page({ site }: PageProps) {
  const may = useMay();
  const [version, setVersion] = useState(0);
  const [naming, setNaming] = useState(false);
  const [removing, setRemoving] = useState<Witness | null>(null);
  const { value, failure, again } = useAnswer(
    useCallback((signal) => seen(site, signal), [site, version]),
    EVERY,
  );
  const changed = (): void => setVersion((times) => times + 1);
  const mayRemove = may('DELETE /v1/admin/witnesses/:witness');
  return (
    <>
      <PageHeader
        title="Witnesses"
        actions={
          may('POST /v1/admin/witnesses') && (
            <button type="button" class="button primary" onClick={() => setNaming(true)}>
              Name a witness
            </button>
          )
        }
      >
        <p>
          Who cosigns the heads of the log. With a witness, receipts show that everybody sees the same log; without one, they show
          that this service signed it.
        </p>
      </PageHeader>
      {failure && <Failure failure={failure} again={again} />}
      {!value && !failure && <Loading what="the witnesses" />}
      {value && (
        <>
          {value.witnesses.length > 0 ? (
            <section class="panel" aria-label="Witnesses">
              <DataTable
                caption="Witnesses and what each cosigned of this log"
                columns={columns(value.size, mayRemove ? setRemoving : null)}
                rows={value.witnesses}
                keyOf={({ name }) => name}
              />
            </section>
          ) : (
            <Empty title="No witness is named">
              <p>
                Anybody can be one, with <code>candour witness run</code> or any service that speaks C2SP tlog-cosignature. It
                checks that the log only grows before it cosigns.
              </p>
            </Empty>
          )}
          <section class="panel" aria-labelledby="head">
            <h2 id="head">Signed head of the log now</h2>
            {value.checkpoint === null ? (
              <p class="note">The log has no entry yet.</p>
            ) : (
              <pre class="proof" tabIndex={0} role="region" aria-label="Signed head of the log">
                {value.checkpoint}
              </pre>
            )}
          </section>
        </>
      )}
      {naming && <Name close={() => setNaming(false)} done={changed} />}
      {removing && (
        <Confirm
          title="Ask this witness no more?"
          deed="Remove"
          grave
          close={() => setRemoving(null)}
          act={async () => {
            await send(`/v1/admin/witnesses/${encodeURIComponent(removing.name)}`, { method: 'DELETE' });
            changed();
          }}
        >
          <p>
            <bdi>{removing.name}</bdi> is asked for no more cosignatures, for any site of this service. What it cosigned stays,
            and receipts that carry it stay verifiable.
          </p>
        </Confirm>
      )}
    </>
  );
}
