// A page, when its chunk is there. A chunk that cannot be had is a failure like any other.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import type { PageProps, Place } from './route.ts';
import { ServiceFailure } from './service.ts';
import { useMay } from './session.ts';
import { Failure, Loading } from './states.tsx';

const loaded = new Map<unknown, ComponentType<PageProps>>();

export function PageChunk({ place: { entry, site, rest } }: { place: Place }) {
  const may = useMay(site === '' ? undefined : site);
  const [failed, setFailed] = useState<unknown>(null);
  const [, arrived] = useState(0);
  useEffect(() => {
    let gone = false;
    if (loaded.has(entry)) return;
    entry.load().then(
      ({ Page }) => {
        loaded.set(entry, Page);
        if (!gone) arrived((count) => count + 1);
      },
      () => !gone && setFailed(entry),
    );
    return () => void (gone = true);
  }, [entry]);
  if (!may(entry.needs))
    return (
      <>
        <h1>{entry.title}</h1>
        <Failure failure={new ServiceFailure('forbidden', 'Not for this role.')} />
      </>
    );
  const Page = loaded.get(entry);
  if (Page) return <Page key={site} site={site} rest={rest} />;
  if (failed === entry)
    // Only a new load of the page asks for the chunk once more.
    return <Failure failure={new ServiceFailure('unexpected', 'A part is missing.')} again={() => location.reload()} />;
  return <Loading what="the page" />;
}
