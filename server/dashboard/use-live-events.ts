// The newest events of a site while its page is open. What is asked for every few seconds are totals, which are nobody's data;
// the events themselves, each look at which is in the audit log, are read when the totals changed, and on a busy site at most
// once a minute.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import type { AdminEvents, AdminSite } from '../../shared/api.ts';
import { service, ServiceFailure } from './service.ts';
import { useAnswer } from './use-answer.ts';

const EVERY = 4000;
/** Reads without waiting within PERIOD; then one in each PAUSE. */
const AT_ONCE = 4;
const PERIOD = 600_000;
const PAUSE = 60_000;
export const PAGE = 50;

export interface LiveEvents {
  /** Null until the first answer; kept while later attempts fail. */
  events: AdminEvents | null;
  about: AdminSite | null;
  failure: ServiceFailure | null;
  /** Ids of events that came while the page was open. */
  fresh: ReadonlySet<string>;
  /** Changes when an event came or went; for what is counted from them. */
  version: string;
  /** How many events the site has beyond those that were read. */
  unread: number;
  /** Reads now what came, and tries again what failed. */
  again: () => void;
}

const versionOf = ({ events, latest }: AdminSite): string => `${events}/${latest ?? ''}`;

interface Read {
  version: string;
  /** Events of the site when it was asked. */
  total: number;
  attempt: number;
}

/** When to read what the totals announce. Gives null before the first totals. */
function useRead(about: AdminSite | null): [Read | null, () => void] {
  const [read, setRead] = useState<Read | null>(null);
  const times = useRef<number[]>([]);
  const now = useCallback(() => {
    if (!about) return;
    times.current = [...times.current, Date.now()];
    setRead((before) => ({ version: versionOf(about), total: about.events, attempt: (before?.attempt ?? 0) + 1 }));
  }, [about]);
  useEffect(() => {
    if (!about || read?.version === versionOf(about)) return;
    times.current = times.current.filter((time) => time > Date.now() - PERIOD);
    const rested = (times.current.at(-1) ?? 0) <= Date.now() - PAUSE;
    if (times.current.length < AT_ONCE || rested) now();
  }, [about, read, now]);
  return [read, now];
}

function useFresh(events: AdminEvents | null): ReadonlySet<string> {
  const seen = useRef<Set<string> | null>(null);
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set());
  useEffect(() => {
    if (!events) return;
    const ids = events.events.map(({ id }) => id);
    const known = seen.current;
    const came = known ? ids.filter((id) => !known.has(id)) : [];
    seen.current = new Set([...(known ?? []), ...ids]);
    if (came.length > 0) setFresh((before) => new Set([...before, ...came]));
  }, [events]);
  return fresh;
}

/** The last that was there. */
export function useKept<T>(value: T | null): T | null {
  const [kept, setKept] = useState(value);
  useEffect(() => {
    if (value !== null) setKept(value);
  }, [value]);
  return value ?? kept;
}

export function useLiveEvents(site: string): LiveEvents {
  const totals = useAnswer(
    useCallback(
      async (signal) => {
        const found = (await service.sites(signal)).find((one) => one.site === site);
        if (!found) throw new ServiceFailure('missing', 'There is no such site.');
        return found;
      },
      [site],
    ),
    EVERY,
  );
  const about = useKept(totals.value);
  const [read, readNow] = useRead(about);
  const answer = useAnswer<AdminEvents | null>(
    useCallback((signal) => (read ? service.events(site, null, PAGE, signal) : Promise.resolve(null)), [site, read]),
  );
  const events = useKept(answer.value);
  return {
    events,
    about,
    failure: totals.failure ?? answer.failure,
    fresh: useFresh(events),
    version: about ? versionOf(about) : '',
    unread: about && read ? Math.max(0, about.events - read.total) : 0,
    again: () => {
      readNow();
      totals.again();
    },
  };
}
