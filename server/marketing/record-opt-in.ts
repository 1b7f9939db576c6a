// What was ticked in a form that posts elsewhere, told by the site's own server: the operator's word, in the log and beside it the
// addresses, in one transaction.
import { uuidv7 } from 'uuidv7';
import type * as v from 'valibot';

import type { NewOptIn, OptInMade } from '../../shared/marketing/api.ts';
import { CHANNEL_FACTS } from '../../shared/marketing/channel.ts';
import type { PurposeState } from '../../shared/consent/event.ts';
import { newAttestation, type AttestationWriter } from '../attest/attest.ts';
import { ProblemError } from '../problem.ts';
import type { SiteContext } from '../site-context.ts';
import type { Store } from '../store/store.ts';
import { confirmingOf } from './confirming.ts';
import { newContacts, sameContacts, vaultOf, type ContactBook } from './contacts.ts';
import type { Links } from './links.ts';
import { permissionsOf } from './permissions.ts';

export interface OptInDesk extends ContactBook {
  store: Store;
  attestations: AttestationWriter;
  links: Links | null;
}
type Box = v.InferOutput<typeof NewOptIn>['boxes'][number];

const STATES: Record<Box['kind'], Record<'ticked' | 'empty', PurposeState>> = {
  opt_in: { ticked: 'given', empty: 'refused' },
  opt_out: { ticked: 'objected', empty: 'not_objected' },
  stop: { ticked: 'withdrawn', empty: 'not_objected' },
};

/** activity -> sender -> channel -> state. Throws ProblemError BAD_REQUEST for a box that is there twice. */
function channelsOf(boxes: readonly Box[]): Record<string, Record<string, Record<string, PurposeState>>> {
  const channels: Record<string, Record<string, Record<string, PurposeState>>> = {};
  for (const [i, { activity, sender, channel, kind, ticked }] of boxes.entries()) {
    const states = ((channels[activity] ??= {})[sender] ??= {});
    if (states[channel])
      throw new ProblemError('BAD_REQUEST', `boxes.${i}: another box before it has the same activity, sender and channel`);
    states[channel] = STATES[kind][ticked ? 'ticked' : 'empty'];
  }
  return channels;
}

/** Throws ProblemError as newAttestation does, BAD_REQUEST for an address that is none, ID_REUSED. `by`: who enters it. */
export async function recordOptIn(
  desk: OptInDesk,
  context: SiteContext,
  { id = uuidv7(), at, notice, contacts, boxes }: v.InferOutput<typeof NewOptIn>,
  by: string,
): Promise<OptInMade> {
  const { site } = context;
  const vault = vaultOf(desk);
  const now = desk.now();
  const addresses = newContacts(vault, site, contacts);
  const choices = { purposes: {}, channels: channelsOf(boxes) };
  const wanted = {
    ...{ id, reference: `opt-in/${id}`, medium: 'server' as const, actor: 'self' as const, choices },
    ...(at === undefined ? {} : { at }),
    ...(notice === undefined ? {} : { notice }),
  };
  const attestation = await newAttestation(desk.store, context, wanted, { by, now });
  const { duplicate } = await desk.attestations.add(site, attestation, now, {
    marketing: context.marketing,
    addresses,
    confirming: desk.links && confirmingOf(desk.links, context),
  });
  const known = await desk.store.contacts.find(
    site,
    addresses.flatMap(({ keys }) => keys),
  );
  const ids = addresses.map(({ keys }) => known.find(({ key }) => keys.includes(key))?.id ?? '');
  if (duplicate) await sameContacts(desk, site, id, addresses);
  const questions = boxes.flatMap(({ channel, sender }) =>
    addresses.flatMap(({ kind }, i) =>
      kind === CHANNEL_FACTS[channel].address ? [{ channel, sender, contact: ids[i] ?? '' }] : [],
    ),
  );
  return { id, duplicate, contacts: ids, permissions: await permissionsOf(desk, context, questions) };
}
