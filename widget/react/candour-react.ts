// A thin binding for React 18 and later. It holds no state of its own: what it says is what window.candour says.
import {
  createContext,
  createElement,
  Fragment,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react';

import { loadCandour, type Candour, type DecidedBy, type LoadOptions, type PurposeStatus } from '../module/load-candour.ts';

interface Loaded {
  candour: Candour | null;
  error: Error | null;
}
const NOTHING: Loaded = { candour: null, error: null };
const Context = createContext<Loaded>(NOTHING);

export interface CandourProviderProps extends LoadOptions {
  children?: ReactNode;
}

/** Loads the widget after the first render, once for a page. Until then, and on a server, nothing is allowed. */
export function CandourProvider({ children, ...options }: CandourProviderProps): ReactNode {
  const [state, setState] = useState(NOTHING);
  const { service, site } = options;
  useEffect(() => {
    let isMounted = true;
    loadCandour(options).then(
      (candour) => isMounted && setState({ candour, error: null }),
      (error: unknown) =>
        isMounted && setState({ candour: null, error: error instanceof Error ? error : new Error(String(error)) }),
    );
    return () => {
      isMounted = false;
    };
    // The options of one site are one widget: another nonce does not load it again.
  }, [service, site]);
  return createElement(Context.Provider, { value: state }, children);
}

/** `window.candour`, or null while it loads and on a server. */
export const useCandour = (): Candour | null => useContext(Context).candour;

/** Why it did not load: a blocker, no network. What needs consent stays off then. */
export const useCandourError = (): Error | null => useContext(Context).error;

/** A choice of another tab is heard when this one is looked at; the widget, which was there first, has applied it by then. */
function subscribe(candour: Candour | null, changed: () => void): () => void {
  if (!candour) return () => undefined;
  const stop = candour.on('decision', changed);
  document.addEventListener('visibilitychange', changed);
  return () => {
    stop();
    document.removeEventListener('visibilitychange', changed);
  };
}

export interface Consent {
  /** May what belongs to the purpose run now? */
  allowed: boolean;
  /** What was chosen and is worth now; null while the widget loads, and for what nobody is asked about. */
  status: PurposeStatus | null;
  /**
   * A choice made in your own interface; `by`: who decided, where it knows. Rejects while the widget loads, and for a purpose that is not
   * asked about.
   */
  decide(on: boolean, by?: DecidedBy): Promise<void>;
}

/** What holds for a purpose (or a service), followed as it changes. */
export function useConsent(purpose: string): Consent {
  const candour = useCandour();
  const listen = useCallback((changed: () => void) => subscribe(candour, changed), [candour]);
  const allowed = useSyncExternalStore(
    listen,
    () => candour?.allows(purpose) ?? false,
    () => false,
  );
  const status = useSyncExternalStore(
    listen,
    () => candour?.status()[purpose] ?? null,
    () => null,
  );
  return useMemo(
    () => ({
      allowed,
      status,
      decide: (on: boolean, by?: DecidedBy) =>
        candour ? candour.decide({ [purpose]: on }, by) : Promise.reject(new Error('the consent widget is not there yet')),
    }),
    [allowed, status, candour, purpose],
  );
}

export interface HeldProps {
  purpose: string;
  children?: ReactNode;
  /** In its place while it may not run. */
  fallback?: ReactNode;
}

/** Its children exist only while the purpose may run: not before the choice, and not after a withdrawal. */
export function Held({ purpose, children, fallback = null }: HeldProps): ReactNode {
  const { allowed } = useConsent(purpose);
  return createElement(Fragment, null, allowed ? children : fallback);
}
