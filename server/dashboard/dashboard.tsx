// The dashboard: who is signed in, which page, and the frame around it.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';

import { ReceiptPage } from './receipt-page.tsx';
import { routeHref, useRoute, type Route } from './route.ts';
import { service, ServiceFailure, type Session } from './service.ts';
import { SignInPage } from './sign-in-page.tsx';
import { SitePage } from './site-page.tsx';
import { SitesPage } from './sites-page.tsx';
import { Failure, Loading } from './states.tsx';

type SessionState =
  { is: 'asking' } | { is: 'in'; session: Session } | { is: 'out'; refused: boolean } | { is: 'down'; failure: ServiceFailure };

function useSession(token: string | null) {
  const [state, setState] = useState<SessionState>({ is: 'asking' });
  const settle = useCallback((answer: Promise<Session>, refused: boolean) => {
    answer.then(
      (session) => setState({ is: 'in', session }),
      (error: unknown) => {
        const failure =
          error instanceof ServiceFailure ? error : new ServiceFailure('unexpected', 'Something failed in this page.', error);
        const out = failure.kind === 'signed_out' || failure.kind === 'forbidden';
        setState(out ? { is: 'out', refused } : { is: 'down', failure });
      },
    );
  }, []);
  // A token is taken once: it works once.
  useEffect(() => settle(token ? service.signIn(token) : service.session(), token !== null), [token, settle]);
  return {
    state,
    signedIn: (session: Session) => setState({ is: 'in', session }),
    signedOut: useCallback(() => setState({ is: 'out', refused: false }), []),
    again: () => {
      setState({ is: 'asking' });
      settle(service.session(), false);
    },
  };
}

function Page({ route, signedOut }: { route: Route; signedOut: () => void }) {
  switch (route.page) {
    case 'sites':
      return <SitesPage signedOut={signedOut} />;
    case 'site':
      return <SitePage key={route.site} site={route.site} signedOut={signedOut} />;
    case 'receipt':
      return <ReceiptPage key={route.event} {...route} signedOut={signedOut} />;
  }
}

const titleOf = (route: Route): string =>
  route.page === 'sites' ? 'Sites' : route.page === 'site' ? route.site : `Receipt of ${route.site}`;

/** `token`: of the sign-in link that the page was opened with. */
export function Dashboard({ token }: { token: string | null }) {
  const { state, signedIn, signedOut, again } = useSession(token);
  const route = useRoute();
  const main = useRef<HTMLElement>(null);
  const here = routeHref(route);
  const shown = useRef(here);
  useEffect(() => {
    document.title = `${state.is === 'out' ? 'Sign in' : titleOf(route)} – Candour`;
    if (shown.current !== here) main.current?.focus();
    shown.current = here;
  }, [here, route, state.is]);
  const signOut = (): void => {
    service.signOut().then(signedOut, again);
  };
  return (
    <>
      <a class="skip" href="#main" onClick={(event) => (event.preventDefault(), main.current?.focus())}>
        Skip to the content
      </a>
      <header class="bar">
        <div class="frame">
          <a class="wordmark" href="#/">
            Candour
          </a>
          {state.is === 'in' && (
            <>
              <nav aria-label="Main">
                <a href="#/" aria-current={route.page === 'sites' ? 'page' : undefined}>
                  Sites
                </a>
              </nav>
              <p class="who">
                <span dir="auto">{state.session.name}</span> <span class="tag">{state.session.role}</span>
              </p>
              <button type="button" class="button small" onClick={signOut}>
                Sign out
              </button>
            </>
          )}
        </div>
      </header>
      <main id="main" class="frame" tabIndex={-1} ref={main}>
        {state.is === 'asking' && <Loading what="your session" />}
        {state.is === 'down' && (
          <>
            <h1>Candour</h1>
            <Failure failure={state.failure} again={again} />
          </>
        )}
        {state.is === 'out' && <SignInPage linkRefused={state.refused} signedIn={signedIn} />}
        {state.is === 'in' && <Page route={route} signedOut={signedOut} />}
      </main>
    </>
  );
}
