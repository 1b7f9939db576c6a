// Doing something at the service from a component: idle, busy, failed. Nothing is sent twice while it is under way.
import { useCallback, useRef, useState } from 'preact/hooks';

import { failureOf, type ServiceFailure } from './service.ts';
import { useSession } from './session.ts';

export interface Action<A extends unknown[]> {
  /** Resolves with whether it was done. */
  run: (...given: A) => Promise<boolean>;
  busy: boolean;
  /** Of the last attempt. */
  failure: ServiceFailure | null;
}

export function useAction<A extends unknown[]>(act: (...given: A) => Promise<unknown>): Action<A> {
  const { signedOut } = useSession();
  const [state, setState] = useState<{ busy: boolean; failure: ServiceFailure | null }>({ busy: false, failure: null });
  const under = useRef(false);
  const latest = useRef(act);
  latest.current = act;
  const run = useCallback(
    async (...given: A): Promise<boolean> => {
      if (under.current) return false;
      under.current = true;
      setState({ busy: true, failure: null });
      try {
        await latest.current(...given);
        setState({ busy: false, failure: null });
        return true;
      } catch (error) {
        const failure = failureOf(error);
        setState({ busy: false, failure });
        if (failure.kind === 'signed_out') signedOut();
        return false;
      } finally {
        under.current = false;
      }
    },
    [signedOut],
  );
  return { run, ...state };
}
