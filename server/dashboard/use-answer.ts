// Asking the service from a component: loading, ready or failed; asked again every few seconds while the page is visible.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { failureOf, type ServiceFailure } from './service.ts';
import { useSession } from './session.ts';

export interface Answer<T> {
  /** The last good answer; kept while a later attempt fails. */
  value: T | null;
  /** Of the last attempt. */
  failure: ServiceFailure | null;
  again: () => void;
}

/** `load` must change (useCallback) when what it asks for changes. `every` in ms; left out: asked once. */
export function useAnswer<T>(load: (signal: AbortSignal) => Promise<T>, every?: number): Answer<T> {
  const [state, setState] = useState<{ load: unknown; value: T | null; failure: ServiceFailure | null }>({
    load,
    value: null,
    failure: null,
  });
  const [attempt, setAttempt] = useState(0);
  const { signedOut } = useSession();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const next = (): void => {
      if (every === undefined || signal.aborted) return;
      clearTimeout(timer.current);
      if (document.visibilityState === 'visible') timer.current = setTimeout(run, every);
    };
    const run = (): void => {
      load(signal)
        .then(
          (value) => !signal.aborted && setState({ load, value, failure: null }),
          (error: unknown) => {
            if (signal.aborted) return;
            const failure = failureOf(error);
            setState((before) => ({ load, value: before.load === load ? before.value : null, failure }));
            if (failure.kind === 'signed_out') signedOut();
          },
        )
        .finally(next);
    };
    run();
    const wake = (): void => {
      clearTimeout(timer.current);
      if (document.visibilityState === 'visible') run();
    };
    if (every !== undefined) document.addEventListener('visibilitychange', wake, { signal });
    return () => {
      controller.abort();
      clearTimeout(timer.current);
    };
  }, [load, every, attempt, signedOut]);

  const again = useCallback(() => setAttempt((count) => count + 1), []);
  const current = state.load === load;
  return { value: current ? state.value : null, failure: current ? state.failure : null, again };
}
