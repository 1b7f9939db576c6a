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
  if (levels.size > 0) {
    const rows = await db
      .selectFrom('node')
      .select(['level', 'idx', 'hash'])
      .where('site_key', '=', siteKey)
      .where('epoch', '=', epoch)
      .where((eb) =>
        eb.or([...levels].map(([level, indices]) => eb.and([eb('level', '=', level), eb('idx', 'in', [...indices])]))),
      )
      .execute();
    for (const { level, idx, hash } of rows) found.set(name({ level, index: idx }), hash);
  }
  return (id) => {
    const hash = found.get(name(id));
    if (!hash) throw new RangeError(`the log has no node ${name(id)}`);
    return hash;
  };
}
