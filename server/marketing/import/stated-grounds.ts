// States grounds of many contacts with one commit. What holds already is not stated again.
import { canonicalJson } from '../../../shared/canonical.ts';
import type { Statement } from '../../../shared/marketing/api.ts';
import type { Subscriber } from '../../../shared/marketing/channel.ts';
import type { Ground } from '../../../shared/marketing/ground.ts';
import type { Site } from '../../store/store.ts';
import { vaultOf, type ContactBook } from '../contacts.ts';
import { openStatements, sealStatement, statedBy, type Stated } from '../statements.ts';

export interface GroundOf {
  contact: string;
  ground: Ground;
  subscriber: Subscriber;
}

/** Statements that would change what holds. */
function fresh({ ground, subscriber }: GroundOf, held: Stated): Statement[] {
  const { reason, channel, sender, since, evidence } = ground;
  const before = held.grounds.find((one) => one.reason === reason && one.channel === channel && one.sender === sender);
  const said = evidence as Record<string, unknown>;
  const isSame = before && canonicalJson([before.since, before.evidence]) === canonicalJson([since, said]);
  return [
    ...(isSame ? [] : [{ says: 'ground' as const, reason, channel, sender, since, evidence: said }]),
    ...(subscriber === 'unknown' || subscriber === held.subscriber ? [] : [{ says: 'subscriber' as const, subscriber }]),
  ];
}

/** `actor`: id of the operator's key, or "command". */
export async function stateGrounds(
  book: ContactBook,
  site: Site,
  grounds: readonly GroundOf[],
  { keys, actor }: { keys: readonly string[]; actor: string },
): Promise<void> {
  if (grounds.length === 0) return;
  const vault = vaultOf(book);
  const { contacts } = book.store;
  const found = new Map((await contacts.find(site, keys)).map((contact) => [contact.id, contact]));
  const stored = Map.groupBy(await contacts.statements(site, [...found.keys()]), ({ contact }) => contact);
  const at = book.now().getTime();
  const statements = [...Map.groupBy(grounds, ({ contact }) => contact)].flatMap(([id, all]) => {
    const contact = found.get(id);
    if (!contact) return [];
    const held = openStatements(vault, site, contact, stored.get(id) ?? []).map(({ statement }) => statement);
    return all.flatMap((one) =>
      fresh(one, statedBy(held)).map((statement) => {
        held.push(statement);
        return { contact: id, at, actor, sealed: sealStatement(vault, site, contact, statement) };
      }),
    );
  });
  if (statements.length > 0) await contacts.stateAll(site, statements);
}
