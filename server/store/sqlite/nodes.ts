// The log's tree: level 0 is the leaves' hashes, the levels above stand in their own table.
import type { Kysely } from 'kysely';

import type { NodeId } from '../../../shared/log/tree.ts';
import type { Tables } from './schema.ts';

const name = ({ level, index }: NodeId): string => `${level}/${index}`;

/** One query a level. Throws RangeError, when asked for it, for a node that is not there. */
export async function readNodes(
  db: Kysely<Tables>,
  siteKey: number,
  epoch: number,
  ids: readonly NodeId[],
): Promise<(id: NodeId) => Uint8Array> {
  const found = new Map<string, Uint8Array>();
  const levels = Map.groupBy(ids, ({ level }) => level);
  for (const [level, nodes] of levels) {
    const indices = [...new Set(nodes.map(({ index }) => index))];
    const rows =
      level === 0
        ? await db
            .selectFrom('leaf')
            .select(['idx', 'hash'])
            .where('site_key', '=', siteKey)
            .where('epoch', '=', epoch)
            .where('idx', 'in', indices)
            .execute()
        : await db
            .selectFrom('node')
            .select(['idx', 'hash'])
            .where('site_key', '=', siteKey)
            .where('epoch', '=', epoch)
            .where('level', '=', level)
            .where('idx', 'in', indices)
            .execute();
    for (const { idx, hash } of rows) found.set(name({ level, index: idx }), hash);
  }
  return (id) => {
    const hash = found.get(name(id));
    if (!hash) throw new RangeError(`the log has no node ${name(id)}`);
    return hash;
  };
}
