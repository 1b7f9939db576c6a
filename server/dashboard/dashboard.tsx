// The dashboard: who is signed in, which page, and the frame around it.
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';

import { allows } from '../permissions.ts';
import { serviceHref } from './href.ts';
import { SiteFrame } from './navigation.tsx';
import { PageChunk } from './page-chunk.tsx';
import { SERVICE_PAGES, useRoute, type Place } from './route.ts';
import { failureOf, service, type ServiceFailure, type Session } from './service.ts';
import { SessionContext } from './session.ts';
import { SignInPage } from './sign-in-page.tsx';
import { Failure, Loading } from './states.tsx';
import { useOnline } from './use-online.ts';

type SessionState =
  | { is: 'asking' }
  | { is: 'in'; session: Session }
  | { is: 'out'; refused: boolean }
  | { is: 'down'; failure: ServiceFailure };

function useSession(token: string | null) {
  const [state, setState] = useState<SessionState>({ is: 'asking' });
  const settle = useCallback((answer: Promise<Session>, refused: boolean) => {
    answer.then(
      (session) => setState({ is: 'in', session }),
      (error: unknown) => {
        const failure = failureOf(error);
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

const titleOf = ({ entry, site }: Place): string => (site === '' ? entry.title : `${entry.title}, ${site}`);

const MainNavigation = ({ place, session }: { place: Place; session: Session }) => (
  <nav aria-label="Main">
    {SERVICE_PAGES.filter(({ listed, needs }) => listed && allows(needs, session)).map(({ slug, title }) => (
      <a key={slug} href={serviceHref(slug)} aria-current={place.site === '' && place.entry.slug === slug ? 'page' : undefined}>
        {title}
      </a>
    ))}
  </nav>
);

/** `token`: of the sign-in link that the page was opened with. */
export function Dashboard({ token }: { token: string | null }) {
  const { state, signedIn, signedOut, again } = useSession(token);
  const place = useRoute();
  const online = useOnline();
  const main = useRef<HTMLElement>(null);
  const shown = useRef(place);
  useEffect(() => {
    document.title = `${state.is === 'out' ? 'Sign in' : titleOf(place)} – Candour`;
    const { entry, site, fragment } = shown.current;
    const moved = entry !== place.entry || site !== place.site;
    // Within a page the keyboard stays where it is, unless what it was on has gone.
    const lost = fragment !== place.fragment && document.activeElement === document.body;
    if (moved || lost) {
      main.current?.focus();
      scrollTo({ top: 0 });
    }
    shown.current = place;
  }, [place, state.is]);
  const signOut = (): void => {
    service.signOut().then(signedOut, again);
  };
  const session = useMemo(() => (state.is === 'in' ? { ...state.session, signedOut } : null), [state, signedOut]);
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
          {session && (
            <>
              <MainNavigation place={place} session={session} />
              <p class="who">
                <bdi>{session.name}</bdi> <span class="tag">{session.role}</span>
              </p>
              <button type="button" class="button small" onClick={signOut}>
                Sign out
              </button>
            </>
          )}
        </div>
      </header>
      <p class="offline" role="status">
        {!online && 'This computer is offline. What you see may be out of date, and nothing can be changed until it is back.'}
      </p>
      <main id="main" class="frame" tabIndex={-1} ref={main}>
        {state.is === 'asking' && <Loading what="your session" />}
        {state.is === 'down' && (
          <>
            <h1>Candour</h1>
            <Failure failure={state.failure} again={again} />
          </>
        )}
        {state.is === 'out' && <SignInPage linkRefused={state.refused} signedIn={signedIn} />}
        {session && (
          <SessionContext.Provider value={session}>
            {place.site === '' ? (
              <PageChunk place={place} />
            ) : (
              <SiteFrame key={place.site} place={place}>
                <PageChunk place={place} />
              </SiteFrame>
            )}
          </SessionContext.Provider>
        )}
      </main>
    </>
  );
}
