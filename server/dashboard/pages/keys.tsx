// API keys: who has one, making one whose text is shown once, and revoking one.
import { useCallback, useState } from 'preact/hooks';

import { OperatorKeys, type OperatorKey } from '../../../shared/operator.ts';
import { Copy } from '../parts/copy.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Confirm } from '../parts/dialog.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { NewKeyDialog, type Made } from '../new-key.tsx';
import { ask, send } from '../service.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, Loading, Stale } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { longDay } from '../words.ts';

const DAY_MS = 86_400_000;

const Expiry = ({ expiresAt }: Pick<OperatorKey, 'expiresAt'>) => {
  if (expiresAt === null) return <>until it is revoked</>;
  const left = Date.parse(expiresAt) - Date.now();
  return (
    <>
      <time dateTime={expiresAt}>{longDay(expiresAt)}</time>{' '}
      {left < 0 ? <span class="tag bad">expired</span> : left < 14 * DAY_MS && <span class="tag warn">soon</span>}
    </>
  );
};

const MadeNow = ({ made }: { made: Made }) => (
  <div class="outcome" role="status">
    <p>
      <strong>
        The key of <bdi>{made.name}</bdi>.
      </strong>{' '}
      This is the only time that it is shown: put it into a password manager now.
    </p>
    <Copy text={made.token} what="The key" />
  </div>
);

export function Page() {
  const may = useMay();
  const { value, failure, again } = useAnswer(useCallback((signal) => ask(OperatorKeys, '/v1/admin/keys', { signal }), []));
  const [making, setMaking] = useState(false);
  const [made, setMade] = useState<Made | null>(null);
  const [revoking, setRevoking] = useState<OperatorKey | null>(null);
  const columns: Column<OperatorKey>[] = [
    {
      title: 'Name',
      head: true,
      cell: ({ name, id }) => (
        <>
          <strong dir="auto">{name}</strong> <code class="note">{id}</code>
        </>
      ),
    },
    { title: 'Role', cell: ({ role }) => <span class="tag">{role}</span> },
    { title: 'For', cell: ({ site }) => site ?? 'every site' },
    { title: 'Made', cell: ({ createdAt }) => <time dateTime={createdAt}>{longDay(createdAt)}</time> },
    { title: 'Holds until', cell: (key) => <Expiry {...key} /> },
    ...(may('DELETE /v1/admin/keys/:key')
      ? [
          {
            title: 'Actions',
            kind: 'actions' as const,
            cell: (key: OperatorKey) => (
              <button type="button" class="button small" onClick={() => setRevoking(key)}>
                Revoke<span class="hidden"> {key.name}</span>
              </button>
            ),
          },
        ]
      : []),
  ];
  return (
    <>
      <PageHeader
        title="Keys"
        actions={
          may('POST /v1/admin/keys') && (
            <button type="button" class="button primary" onClick={() => setMaking(true)}>
              Make a key
            </button>
          )
        }
      >
        <p class="note">
          A key signs a person in to this dashboard, or lets a program use the API. The service stores a hash of it, never the
          key.
        </p>
      </PageHeader>
      {made && <MadeNow made={made} />}
      {failure && (value ? <Stale failure={failure} again={again} /> : <Failure failure={failure} again={again} />)}
      {!value && !failure && <Loading what="the keys" />}
      {value && (
        <div class="panel">
          {value.keys.length > 0 ? (
            <DataTable caption="API keys" columns={columns} rows={value.keys} keyOf={({ id }) => id} />
          ) : (
            <Empty title="No key yet">
              <p>You came with a one-time sign-in link. A key of your own gets you in again without it.</p>
            </Empty>
          )}
        </div>
      )}
      {making && (
        <NewKeyDialog
          made={(key) => {
            setMade(key);
            again();
          }}
          close={() => setMaking(false)}
        />
      )}
      {revoking && (
        <Confirm
          title="Revoke this key?"
          deed="Revoke"
          grave
          act={async () => {
            await send(`/v1/admin/keys/${encodeURIComponent(revoking.id)}`, { method: 'DELETE' });
            if (made?.id === revoking.id) setMade(null);
            again();
          }}
          close={() => setRevoking(null)}
        >
          <p>
            The key of <strong dir="auto">{revoking.name}</strong> stops working at once, and so does every session that was
            opened with it. What was done with it stays in the audit log.
          </p>
        </Confirm>
      )}
    </>
  );
}
