// One's own passkeys: making one on this device, and removing one.
import { useCallback, useState } from 'preact/hooks';

import { OperatorPasskeys, type OperatorPasskey } from '../../../shared/operator.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Confirm } from '../parts/dialog.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { Cancelled, canUsePasskeys, makePasskey } from '../passkey.ts';
import { ask, failureOf, send } from '../service.ts';
import { Empty, Failure, Loading, Stale } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { longDay } from '../words.ts';

const reasonOf = (error: unknown): string =>
  error instanceof Cancelled
    ? 'No passkey was made: the browser or the device ended it.'
    : (failureOf(error).detail ?? failureOf(error).message);

export function Page() {
  const { value, failure, again } = useAnswer(
    useCallback((signal) => ask(OperatorPasskeys, '/v1/admin/passkeys', { signal }), []),
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState('');
  const [removing, setRemoving] = useState<OperatorPasskey | null>(null);
  const make = (): void => {
    setBusy(true);
    setProblem('');
    makePasskey()
      .then(again, (error: unknown) => setProblem(reasonOf(error)))
      .finally(() => setBusy(false));
  };
  const columns: Column<OperatorPasskey>[] = [
    { title: 'Passkey', head: true, cell: ({ id }) => <code>{id.slice(0, 12)}…</code> },
    { title: 'Made', cell: ({ createdAt }) => <time dateTime={createdAt}>{longDay(createdAt)}</time> },
    {
      title: 'Last used',
      cell: ({ usedAt }) => (usedAt === null ? 'never' : <time dateTime={usedAt}>{longDay(usedAt)}</time>),
    },
    {
      title: 'Actions',
      kind: 'actions',
      cell: (passkey) => (
        <button type="button" class="button small" onClick={() => setRemoving(passkey)}>
          Remove<span class="hidden"> {passkey.id.slice(0, 12)}</span>
        </button>
      ),
    },
  ];
  const last = value?.passkeys.length === 1;
  return (
    <>
      <PageHeader
        title="Passkeys"
        actions={
          value?.possible &&
          canUsePasskeys() && (
            <button type="button" class="button primary" disabled={busy} onClick={make}>
              {busy ? 'Waiting for your device…' : 'Make a passkey'}
            </button>
          )
        }
      >
        <p class="note">
          A passkey signs you in with this device, your phone or a security key, and your own gesture or code. Once your key has
          one, the text of the key opens nothing any more, neither here nor in a program.
        </p>
      </PageHeader>
      <p class="problem" role="alert">
        {problem}
      </p>
      {failure && (value ? <Stale failure={failure} again={again} /> : <Failure failure={failure} again={again} />)}
      {!value && !failure && <Loading what="your passkeys" />}
      {value && (
        <div class="panel">
          {value.passkeys.length > 0 ? (
            <DataTable caption="Your passkeys" columns={columns} rows={value.passkeys} keyOf={({ id }) => id} />
          ) : (
            <Empty title="No passkey yet">
              <p>
                {value.possible
                  ? 'Make one here, and another on a second device, so that a lost one does not lock you out.'
                  : 'You came with a one-time link. A passkey belongs to a key: make a key of your own, sign in with it, then come back.'}
              </p>
            </Empty>
          )}
        </div>
      )}
      {removing && (
        <Confirm
          title="Remove this passkey?"
          deed="Remove"
          grave
          act={async () => {
            await send(`/v1/admin/passkeys/${encodeURIComponent(removing.id)}`, { method: 'DELETE' });
            again();
          }}
          close={() => setRemoving(null)}
        >
          <p>
            {last
              ? 'It is your last one: the text of your key opens the dashboard again.'
              : 'It no longer signs you in. Your other passkeys do.'}
          </p>
        </Confirm>
      )}
    </>
  );
}
