// What an operator states about a contact: grounds with their evidence, who the subscriber is, looks at the TPS. Versioned and sealed
// under the contact's key, so that they go with it. The latest of a kind holds.
import * as v from 'valibot';

import { Statement } from '../../shared/marketing/api.ts';
import type { Subscriber } from '../../shared/marketing/channel.ts';
import type { Ground } from '../../shared/marketing/ground.ts';
import type { ContactVault } from '../rights/contact-vault.ts';
import type { ContactStatement, StoredContact } from '../store/contacts.ts';
import type { Site } from '../store/store.ts';
import { contactPlace } from './contacts.ts';

export interface Stated {
  grounds: Ground[];
  /** Whoever is not known is an individual. */
  subscriber: Subscriber;
}

export interface OpenedStatement {
  version: number;
  /** ms since 1970 */
  at: number;
  actor: string;
  statement: Statement;
}

export const sealStatement = (
  vault: ContactVault,
  site: Pick<Site, 'id'>,
  { id, wrapped }: StoredContact,
  statement: Statement,
): Uint8Array => vault.seal(wrapped, contactPlace(site, id), JSON.stringify(statement));

/** Oldest first. */
export const openStatements = (
  vault: ContactVault,
  site: Pick<Site, 'id'>,
  { id, wrapped }: StoredContact,
  statements: readonly ContactStatement[],
): OpenedStatement[] =>
  statements
    .map(({ number, at, actor, sealed }) => ({
      version: number,
      at,
      actor,
      statement: v.parse(Statement, JSON.parse(vault.open(wrapped, contactPlace(site, id), sealed))),
    }))
    .sort((a, b) => a.version - b.version);

type Screening = Extract<Statement, { says: 'screening' }>;

const screeningIn = (evidence: unknown): Omit<Screening, 'says'> | null => {
  const screening = (evidence as { screening?: Omit<Screening, 'says'> } | null)?.screening;
  return typeof screening?.on === 'string' ? screening : null;
};

/** A look at the register is of the number, not of one ground: the newest one counts for all, and of one day's the one that is listed. */
function withScreening(ground: Ground, screenings: readonly Screening[]): Ground {
  if (ground.reason !== 'no_pecr_rule' || ground.channel !== 'live_call') return ground;
  const own = screeningIn(ground.evidence);
  const [newest] = [...screenings.map(({ says: _, ...screening }) => screening), ...(own ? [own] : [])].toSorted((a, b) =>
    a.on === b.on ? Number(b.listed) - Number(a.listed) : a.on < b.on ? 1 : -1,
  );
  return newest ? { ...ground, evidence: { ...(ground.evidence as object), screening: newest } } : ground;
}

/** What holds of them. */
export function statedBy(statements: readonly Statement[]): Stated {
  const grounds = new Map<string, Ground>();
  const screenings: Screening[] = [];
  let subscriber: Subscriber = 'unknown';
  for (const one of statements) {
    if (one.says === 'subscriber') subscriber = one.subscriber;
    else if (one.says === 'screening') screenings.push(one);
    else {
      const name = `${one.channel} ${one.sender} ${one.reason}`;
      if (one.says === 'ground_ended') grounds.delete(name);
      else {
        const { says: _, ...ground } = one;
        grounds.set(name, ground);
      }
    }
  }
  return { grounds: [...grounds.values()].map((ground) => withScreening(ground, screenings)), subscriber };
}
