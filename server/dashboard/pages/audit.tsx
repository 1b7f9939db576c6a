// The audit log, of a site and of the service as a whole: who read personal data or changed something, newest first.
import { useCallback, useState } from 'preact/hooks';

import { AUDIT_ACTIONS, AuditLog, OperatorKeys, type AuditEntry } from '../../../shared/operator.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { Pager } from '../parts/pager.tsx';
import type { PageProps } from '../route.ts';
import { ask } from '../service.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { fullTime, plain } from '../words.ts';

const PAGE = 50;
type Names = ReadonlyMap<string, string>;

const words = (action: string): string => plain(action.replace('.', ': '));

const Actor = ({ entry: { actor, role }, names }: { entry: AuditEntry; names: Names }) => (
  <>
    {actor === 'command' ? 'Command line' : names.has(actor) ? <bdi>{names.get(actor)}</bdi> : <code>{actor}</code>}{' '}
    <span class="tag">{role}</span>
  </>
);

const columns = (names: Names): Column<AuditEntry>[] => [
  { title: 'When', cell: ({ at }) => <time dateTime={at}>{fullTime(at)}</time> },
  { title: 'Who', cell: (entry) => <Actor entry={entry} names={names} /> },
  { title: 'What', head: true, cell: ({ action }) => words(action) },
  { title: 'Of', kind: 'wide', cell: ({ object }) => (object === null ? '' : <span class="object">{object}</span>) },
];

/** Names of keys, for those who may see them; an id is shown for every other. */
function useNames(): Names {
  const may = useMay()('GET /v1/admin/keys');
  const { value } = useAnswer(
    useCallback((signal) => (may ? ask(OperatorKeys, '/v1/admin/keys', { signal }) : Promise.resolve(null)), [may]),
  );
  return new Map(value?.keys.map(({ id, name }) => [id, name]));
}

export function Page({ site }: PageProps) {
  const [action, setAction] = useState('');
  const [actor, setActor] = useState('');
  const [trail, setTrail] = useState<string[]>([]);
  const names = useNames();
  const query = new URLSearchParams({
    limit: String(PAGE),
    ...(trail.length > 0 ? { before: trail.at(-1) } : {}),
    ...(action ? { action } : {}),
    ...(actor ? { actor } : {}),
  }).toString();
  const path = site === '' ? '/v1/admin/audit' : `/v1/admin/sites/${encodeURIComponent(site)}/audit`;
  const { value, failure, again } = useAnswer(
    useCallback((signal) => ask(AuditLog, `${path}?${query}`, { signal }), [path, query]),
  );
  const next = value?.next ?? null;
  const filtered = action !== '' || actor !== '';
  return (
    <>
      <PageHeader title="Audit log">
        <p class="note">
          {site === ''
            ? 'Sessions, keys and sites: what concerns the service as a whole. Each site has a log of its own for what happened there.'
            : 'Every read of this site’s personal data, and every change. Entries are only ever added, and hold no personal data themselves.'}
        </p>
      </PageHeader>
      <div class="filters">
        <Field label="What" bare>
          {(attributes) => (
            <select
              {...attributes}
              value={action}
              onChange={({ currentTarget }) => (setTrail([]), setAction(currentTarget.value))}
            >
              <option value="">Everything</option>
              {AUDIT_ACTIONS.map((each) => (
                <option key={each} value={each}>
                  {words(each)}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Who" bare>
          {(attributes) => (
            <select {...attributes} value={actor} onChange={({ currentTarget }) => (setTrail([]), setActor(currentTarget.value))}>
              <option value="">Everybody</option>
              <option value="command">Command line</option>
              {[...new Set([...names.keys(), ...(value?.entries.map((entry) => entry.actor) ?? []), ...(actor ? [actor] : [])])]
                .filter((each) => each !== 'command')
                .map((each) => (
                  <option key={each} value={each}>
                    {names.get(each) ?? each}
                  </option>
                ))}
            </select>
          )}
        </Field>
      </div>
      {failure && <Failure failure={failure} again={again} />}
      {!value && !failure && <Loading what="the audit log" />}
      {value && (
        <div class="panel">
          {value.entries.length > 0 ? (
            <DataTable caption="Entries, the newest first" columns={columns(names)} rows={value.entries} keyOf={({ id }) => id} />
          ) : (
            <Empty title={filtered ? 'No such entry' : 'No entry yet'} />
          )}
        </div>
      )}
      <Pager
        label="Pages of the audit log"
        page={trail.length + 1}
        newer={trail.length > 0 ? () => setTrail(trail.slice(0, -1)) : null}
        older={next === null ? null : () => setTrail([...trail, next])}
      />
    </>
  );
}
