// The newest events of a site, asked for every few seconds; which of them came while the page was open.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';

import type { AdminEvents } from '../../shared/api.ts';
import { service } from './service.ts';
import { useAnswer, type Answer } from './use-answer.ts';

const EVERY = 4000;
export const PAGE = 50;

export interface LiveEvents extends Answer<AdminEvents> {
  fresh: ReadonlySet<string>;
  /** Changes when an event came or went; for what is counted from them. */
  version: string;
}

export function useLiveEvents(site: string): LiveEvents {
  const answer = useAnswer(
    useCallback((signal) => service.events(site, null, PAGE, signal), [site]),
    EVERY,
  );
  const seen = useRef<Set<string> | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  const { value } = answer;
  useEffect(() => {
    if (!value) return;
    const ids = value.events.map(({ id }) => id);
    const known = seen.current;
    const came = known ? ids.filter((id) => !known.has(id)) : [];
    seen.current = new Set([...(known ?? []), ...ids]);
    if (came.length > 0) setFresh((before) => new Set([...before, ...came]));
  }, [value]);
  const version = useMemo(() => (value ? `${value.events[0]?.index ?? -1}/${value.events.length}` : ''), [value]);
  return { ...answer, fresh, version };
}
