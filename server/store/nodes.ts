// The log's tree: level 0 is the leaves' hashes, the levels above stand in their own table.
import type { Kysely } from 'kysely';

import type { NodeId } from '../../shared/log/tree.ts';
import type { Tables } from './tables.ts';

const name = ({ level, index }: NodeId): string => `${level}/${index}`;

/** Two queries, however many levels. Throws RangeError, when asked for it, for a node that is not there. */
export async function readNodes(
  db: Kysely<Tables>,
  siteKey: number,
  epoch: number,
  ids: readonly NodeId[],
): Promise<(id: NodeId) => Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const levels = new Map<number, Set<number>>();
  for (const { level, index } of ids) levels.set(level, (levels.get(level) ?? new Set()).add(index));
  const leaves = levels.get(0);
  levels.delete(0);
  if (leaves) {
    const rows = await db
      .selectFrom('leaf')
      .select(['idx', 'hash'])
      .where('site_key', '=', siteKey)
      .where('epoch', '=', epoch)
      .where('idx', 'in', [...leaves])
      .execute();
    for (const { idx, hash } of rows) found.set(name({ level: 0, index: idx }), hash);
  }
  // A part for each level, and between which nodes: until PostgreSQL has counted a table that grew fast, it would read the whole epoch.
  const [first, ...others] = [...levels].map(([level, indices]) =>
    db
      .selectFrom('node')
      .select(['level', 'idx', 'hash'])
      .where('site_key', '=', siteKey)
      .where('epoch', '=', epoch)
      .where('level', '=', level)
      .where('idx', 'in', [...indices])
      .where('idx', '>=', Math.min(...indices))
      .where('idx', '<=', Math.max(...indices)),
  );
  if (first) {
    const rows = await others.reduce((all, one) => all.unionAll(one), first).execute();
    for (const { level, idx, hash } of rows) found.set(name({ level, index: idx }), hash);
  }
  return (id) => {
    const hash = found.get(name(id));
    if (!hash) throw new RangeError(`the log has no node ${name(id)}`);
    return hash;
  };
}
