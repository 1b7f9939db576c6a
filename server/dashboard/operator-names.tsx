// Who did something, by the name of their key for those who may see keys.
import { useCallback, useMemo } from 'preact/hooks';

import { OperatorKeys } from '../../shared/operator.ts';
import { ask } from './service.ts';
import { useMay } from './session.ts';
import { useAnswer } from './use-answer.ts';

export type OperatorNames = ReadonlyMap<string, string>;

/** By key; empty for those who may not see keys. */
export function useOperatorNames(): OperatorNames {
  const may = useMay()('GET /v1/admin/keys');
  const { value } = useAnswer(
    useCallback((signal) => (may ? ask(OperatorKeys, '/v1/admin/keys', { signal }) : Promise.resolve(null)), [may]),
  );
  return useMemo(() => new Map(value?.keys.map(({ id, name }) => [id, name])), [value]);
}

export function OperatorName({ actor, names }: { actor: string; names: OperatorNames }) {
  if (actor === 'command') return <>Command line</>;
  const name = names.get(actor);
  return name === undefined ? (
    <code title="A key that was revoked, or a one-time sign-in">{actor}</code>
  ) : (
    <bdi title={actor}>{name}</bdi>
  );
}
