// The answer to a portability request (Art. 20): the choices that rest on consent or a contract, in a form that programs read,
// and for every purpose that is left out why it is.
import type { PurposeState } from '../../shared/consent/event.ts';
import type { LawfulBasis } from '../../shared/notice/lawful-basis.ts';
import { portabilityOf } from '../../shared/rights/portability.ts';
import { eventOf } from '../receipts.ts';
import type { SiteContext } from '../site-context.ts';
import type { Store } from '../store/store.ts';

export interface PortabilityPack {
  schema: 'candour-portability-pack/1';
  madeAt: string;
  site: { id: string; name: string };
  subject: string;
  included: { purpose: string; label: string; basis: LawfulBasis }[];
  excluded: { purpose: string; label: string; reason: string }[];
  /** Oldest first; only included purposes. */
  choices: { event: string; at: string; purpose: string; state: PurposeState }[];
}

export async function portabilityPack(
  { store, now }: { store: Store; now: () => Date },
  { site, configuration, notices }: SiteContext,
  subject: string,
): Promise<PortabilityPack> {
  const included: PortabilityPack['included'] = [];
  const excluded: PortabilityPack['excluded'] = [];
  for (const { id, label, activity } of configuration.purposes) {
    const found = notices[activity.notice]?.activities.find((each) => each.id === activity.activity);
    const portability = portabilityOf(found?.lawfulBases.map(({ basis }) => basis) ?? []);
    if (portability.portable) included.push({ purpose: id, label, basis: portability.basis });
    else excluded.push({ purpose: id, label, reason: portability.reason });
  }
  const portable = new Set(included.map(({ purpose }) => purpose));
  const events = (await store.subjectEvents(site, subject)).map(eventOf);
  return {
    schema: 'candour-portability-pack/1',
    madeAt: now().toISOString(),
    site: { id: site.id, name: site.name },
    subject,
    included,
    excluded,
    choices: events.flatMap(({ id, at, purposes }) =>
      Object.entries(purposes).flatMap(([purpose, state]) => (portable.has(purpose) ? [{ event: id, at, purpose, state }] : [])),
    ),
  };
}
