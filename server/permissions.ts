// Who may do what: one row a route of the administration, from which the authorisation and its test are made. A route that
// is not here is denied to everybody.
import type { AuditAction, Role } from '../shared/operator.ts';

export interface Permission {
  roles: readonly Role[];
  /**
   * What a key for one site may do here: `site` the path names the site, and it must be that one; `visible` the handler shows what
   * the key may see; `service` nothing: it is about the service as a whole.
   */
  scope: 'site' | 'visible' | 'service';
  /** What the audit log is told of it; empty: no personal data is read and nothing is changed. */
  audits: readonly AuditAction[];
}

const READERS = ['owner', 'dpo', 'auditor'] as const;
const EVERYONE_WHO_READS = [...READERS, 'support'] as const;
const OWNER = ['owner'] as const;
const DPO = ['owner', 'dpo'] as const;
/** Who sends asks before: programs too. */
const SENDERS = [...EVERYONE_WHO_READS, 'ingest'] as const;

export const PERMISSIONS: Record<string, Permission> = {
  'GET /v1/admin/sites': { roles: EVERYONE_WHO_READS, scope: 'visible', audits: [] },
  'POST /v1/admin/sites': { roles: OWNER, scope: 'service', audits: ['site.create'] },
  'GET /v1/admin/sites/:site': { roles: EVERYONE_WHO_READS, scope: 'site', audits: [] },
  'PATCH /v1/admin/sites/:site': { roles: OWNER, scope: 'site', audits: ['site.change'] },
  'POST /v1/admin/sites/:site/check': { roles: OWNER, scope: 'site', audits: [] },
  'GET /v1/admin/sites/:site/statistics': { roles: EVERYONE_WHO_READS, scope: 'site', audits: [] },
  'GET /v1/admin/sites/:site/events': { roles: EVERYONE_WHO_READS, scope: 'site', audits: ['events.read'] },
  'GET /v1/admin/sites/:site/attestations': { roles: READERS, scope: 'site', audits: ['events.read'] },
  'POST /v1/admin/sites/:site/attestations': {
    roles: ['owner', 'dpo', 'ingest'],
    scope: 'site',
    audits: ['attestation.create'],
  },
  'GET /v1/admin/sites/:site/notices': { roles: EVERYONE_WHO_READS, scope: 'site', audits: [] },
  'POST /v1/admin/sites/:site/notices': { roles: ['owner', 'dpo'], scope: 'site', audits: ['notice.publish'] },
  'POST /v1/admin/sites/:site/notices/check': { roles: READERS, scope: 'site', audits: [] },
  'GET /v1/admin/sites/:site/notices/diff': { roles: EVERYONE_WHO_READS, scope: 'site', audits: [] },
  'GET /v1/admin/sites/:site/audit': { roles: READERS, scope: 'site', audits: [] },
  'GET /v1/admin/sites/:site/prove': { roles: EVERYONE_WHO_READS, scope: 'site', audits: ['proof.read'] },
  'POST /v1/admin/sites/:site/prove': { roles: EVERYONE_WHO_READS, scope: 'site', audits: ['proof.read'] },
  'GET /v1/admin/sites/:site/requests': { roles: EVERYONE_WHO_READS, scope: 'site', audits: ['request.read'] },
  'POST /v1/admin/sites/:site/requests': { roles: DPO, scope: 'site', audits: ['request.change'] },
  'GET /v1/admin/sites/:site/requests/:request': { roles: EVERYONE_WHO_READS, scope: 'site', audits: ['request.read'] },
  'POST /v1/admin/sites/:site/requests/:request/steps': { roles: DPO, scope: 'site', audits: ['request.change'] },
  'PATCH /v1/admin/sites/:site/requests/:request': { roles: DPO, scope: 'site', audits: ['request.change'] },
  'GET /v1/admin/sites/:site/requests/:request/access': { roles: DPO, scope: 'site', audits: ['request.read'] },
  'GET /v1/admin/sites/:site/requests/:request/portability': { roles: DPO, scope: 'site', audits: ['request.read'] },
  'DELETE /v1/admin/sites/:site/requests/:request/contact': { roles: DPO, scope: 'site', audits: ['request.change'] },
  'DELETE /v1/admin/sites/:site/subjects/:subject': { roles: DPO, scope: 'site', audits: ['subject.erase'] },
  'GET /v1/admin/sites/:site/restrictions': { roles: READERS, scope: 'site', audits: ['request.read'] },
  'POST /v1/admin/sites/:site/restrictions/:subject': { roles: DPO, scope: 'site', audits: ['request.change'] },
  'DELETE /v1/admin/sites/:site/restrictions/:subject': { roles: DPO, scope: 'site', audits: ['request.change'] },
  'GET /v1/admin/sites/:site/permissions': { roles: SENDERS, scope: 'site', audits: ['permission.read'] },
  'POST /v1/admin/sites/:site/permissions': { roles: SENDERS, scope: 'site', audits: ['permission.read'] },
  'POST /v1/admin/sites/:site/permissions/check': { roles: SENDERS, scope: 'site', audits: ['permission.read'] },
  'POST /v1/admin/sites/:site/grounds': { roles: ['owner', 'dpo', 'ingest'], scope: 'site', audits: ['contact.change'] },
  // Whoever hears an objection enters it: it is not for them to weigh.
  'POST /v1/admin/sites/:site/objections': {
    roles: ['owner', 'dpo', 'support', 'ingest'],
    scope: 'site',
    audits: ['suppression.change'],
  },
  'POST /v1/admin/sites/:site/opt-ins': { roles: ['owner', 'dpo', 'ingest'], scope: 'site', audits: ['attestation.create'] },
  'GET /v1/admin/sites/:site/lists': { roles: DPO, scope: 'site', audits: ['export.run'] },
  'POST /v1/admin/sites/:site/lists': { roles: DPO, scope: 'site', audits: ['import.run'] },
  'GET /v1/admin/sites/:site/suppressions': { roles: READERS, scope: 'site', audits: ['suppression.read'] },
  'POST /v1/admin/sites/:site/unsubscribe-links': {
    roles: ['owner', 'dpo', 'ingest'],
    scope: 'site',
    audits: ['links.issue'],
  },
  'POST /v1/admin/sites/:site/bounces': { roles: ['owner', 'dpo', 'ingest'], scope: 'site', audits: ['contact.change'] },
  'GET /v1/admin/sites/:site/contacts/:contact': { roles: EVERYONE_WHO_READS, scope: 'site', audits: ['contact.read'] },
  'DELETE /v1/admin/sites/:site/contacts/:contact': { roles: DPO, scope: 'site', audits: ['contact.change'] },
  'GET /v1/admin/sites/:site/retention': { roles: READERS, scope: 'site', audits: [] },
  'POST /v1/admin/sites/:site/retention': { roles: DPO, scope: 'site', audits: ['retention.run'] },
  'GET /v1/admin/sites/:site/export': { roles: READERS, scope: 'site', audits: ['export.run'] },
  'GET /v1/admin/sites/:site/processing-records': { roles: EVERYONE_WHO_READS, scope: 'site', audits: [] },
  'GET /v1/admin/sites/:site/webhooks': { roles: READERS, scope: 'site', audits: [] },
  'GET /v1/admin/sites/:site/webhooks/:webhook/deliveries': { roles: READERS, scope: 'site', audits: [] },
  'POST /v1/admin/sites/:site/webhooks': { roles: OWNER, scope: 'site', audits: ['webhook.change'] },
  'PATCH /v1/admin/sites/:site/webhooks/:webhook': { roles: OWNER, scope: 'site', audits: ['webhook.change'] },
  'DELETE /v1/admin/sites/:site/webhooks/:webhook': { roles: OWNER, scope: 'site', audits: ['webhook.change'] },
  'POST /v1/admin/sites/:site/webhooks/:webhook/replay': { roles: OWNER, scope: 'site', audits: ['webhook.change'] },
  'GET /v1/admin/sites/:site/tags': { roles: READERS, scope: 'site', audits: [] },
  'POST /v1/admin/sites/:site/tags': { roles: OWNER, scope: 'site', audits: ['widget.pin'] },
  'GET /v1/admin/sites/:site/witnesses': { roles: READERS, scope: 'site', audits: [] },
  'GET /v1/admin/witnesses': { roles: READERS, scope: 'service', audits: [] },
  'POST /v1/admin/witnesses': { roles: OWNER, scope: 'service', audits: ['witness.change'] },
  'DELETE /v1/admin/witnesses/:witness': { roles: OWNER, scope: 'service', audits: ['witness.change'] },
  'POST /v1/admin/notices/check': { roles: READERS, scope: 'visible', audits: [] },
  'GET /v1/admin/audit': { roles: READERS, scope: 'service', audits: [] },
  'GET /v1/admin/keys': { roles: ['owner', 'auditor'], scope: 'service', audits: [] },
  'POST /v1/admin/keys': { roles: OWNER, scope: 'service', audits: ['key.create'] },
  // Each their own: the key that they signed in with.
  'GET /v1/admin/passkeys': { roles: EVERYONE_WHO_READS, scope: 'visible', audits: [] },
  'POST /v1/admin/passkeys/challenge': { roles: EVERYONE_WHO_READS, scope: 'visible', audits: [] },
  'POST /v1/admin/passkeys': { roles: EVERYONE_WHO_READS, scope: 'visible', audits: ['passkey.create'] },
  'DELETE /v1/admin/passkeys/:passkey': { roles: EVERYONE_WHO_READS, scope: 'visible', audits: ['passkey.remove'] },
  'DELETE /v1/admin/keys/:key': { roles: OWNER, scope: 'service', audits: ['key.revoke'] },
  // Outside /v1/admin: what the data subject may do with their own key, and these may with theirs. A receipt cannot be shortened.
  'GET /v1/sites/:site/receipts/:event': { roles: READERS, scope: 'site', audits: ['receipt.read'] },
  'POST /v1/sites/:site/events': { roles: ['owner', 'ingest'], scope: 'site', audits: [] },
};

/** Whether somebody may do it. `site`: the one that the path names. */
export function allows(route: string, { role, site: only }: { role: Role; site: string | null }, site?: string): boolean {
  const permission = PERMISSIONS[route];
  if (!permission?.roles.includes(role)) return false;
  if (only === null || permission.scope === 'visible') return true;
  return permission.scope === 'site' && site === only;
}
