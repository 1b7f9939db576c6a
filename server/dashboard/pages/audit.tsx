// The audit log, of a site and of the service as a whole: who read personal data or changed something, newest first.
import { useCallback, useState } from 'preact/hooks';

import { AUDIT_ACTIONS, AuditLog, type AuditAction, type AuditEntry } from '../../../shared/operator.ts';
import { siteHref } from '../href.ts';
import { OperatorName, useOperatorNames, type OperatorNames } from '../operator-names.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { Pager } from '../parts/pager.tsx';
import type { PageProps } from '../route.ts';
import { ask } from '../service.ts';
import { Empty, Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { fullTime, plain } from '../words.ts';

const PAGE = 50;
const WORDS: Record<AuditAction, string> = {
  'session.start': 'Signed in',
  'passkey.create': 'Made a passkey',
  'passkey.remove': 'Removed a passkey',
  'session.end': 'Signed out',
  'key.create': 'Made a key',
  'key.revoke': 'Revoked a key',
  'site.create': 'Made a site',
  'site.change': 'Changed the site',
  'notice.publish': 'Published a notice',
  'events.read': 'Read events',
  'receipt.read': 'Read a receipt',
  'history.read': 'Read a history',
  'proof.read': 'Read a proof',
  'attestation.create': 'Wrote an attestation',
  'subject.erase': 'Erased a subject',
  'request.read': 'Read requests',
  'request.change': 'Worked on a request',
  'retention.run': 'Ran retention',
  'permission.read': 'Asked who may be written to',
  'links.issue': 'Made links that stop messages',
  'contact.read': 'Read a contact',
  'contact.change': 'Changed a contact',
  'suppression.read': 'Read the suppression list',
  'suppression.change': 'Changed the suppression list',
  'export.run': 'Exported',
  'import.run': 'Brought a list in',
  'webhook.change': 'Changed a webhook',
  'widget.pin': 'Pinned the widget',
  'witness.change': 'Changed a witness',
  'log_key.rotate': 'Changed the log key',
  'secret.rotate': 'Changed the secret',
};

const REQUEST = /^([2-9a-z]{4}-[2-9a-z]{4}-[2-9a-z]{4})(.*)$/;

function Of({ site, entry: { action, object } }: { site: string; entry: AuditEntry }) {
  if (object === null) return null;
  const [, request, rest = ''] = (action.startsWith('request.') && REQUEST.exec(object)) || [];
  if (request === undefined) return <>{action === 'request.change' ? plain(object) : object}</>;
  return (
    <>
      <a href={siteHref(site, 'requests', request)}>{request}</a>
      {plain(rest)}
    </>
  );
}

const columns = (site: string, names: OperatorNames): Column<AuditEntry>[] => [
  { title: 'When', cell: ({ at }) => <time dateTime={at}>{fullTime(at)}</time> },
  {
    title: 'Who',
    cell: ({ actor, role }) => (
      <>
        <OperatorName actor={actor} names={names} /> <span class="tag">{role}</span>
      </>
    ),
  },
  { title: 'What', head: true, cell: ({ action }) => WORDS[action] },
  { title: 'Of', kind: 'wide', cell: (entry) => <Of site={site} entry={entry} /> },
];

export function Page({ site }: PageProps) {
  const [action, setAction] = useState('');
  const [actor, setActor] = useState('');
  const [trail, setTrail] = useState<string[]>([]);
  const names = useOperatorNames();
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
                  {WORDS[each]}
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
            <DataTable
              caption="Entries, the newest first"
              columns={columns(site, names)}
              rows={value.entries}
              keyOf={({ id }) => id}
            />
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
