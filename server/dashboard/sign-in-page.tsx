// Signing in: a passkey, a link from the terminal, or a key that may be pasted or filled in by a password manager. Nothing to remember,
// to copy by hand or to solve (R70, WCAG 3.3.8).
import { useRef, useState } from 'preact/hooks';

import { canUsePasskeys, Cancelled, signInWithPasskey } from './passkey.ts';
import { service, ServiceFailure, type Session } from './service.ts';
import './sign-in.css';

interface SignInProps {
  /** The page was opened with a sign-in link that no longer works. */
  linkRefused: boolean;
  signedIn: (session: Session) => void;
}

const problemOf = (error: unknown): string => {
  if (error instanceof Cancelled) return 'No passkey was used. Try again, or sign in with a key that has none.';
  if (!(error instanceof ServiceFailure)) return 'Something failed in this page. Load it again.';
  if (error.kind === 'unreachable') return 'The service does not answer. Is it running?';
  if (error.kind === 'failed') return 'The service reports an error, so nobody can sign in at the moment.';
  if (error.code === 'SECOND_FACTOR') return 'This key has a passkey. Sign in with the passkey.';
  if (error.kind === 'busy') return 'Too many attempts. Wait a minute, then try again.';
  return 'The service does not know this key. It may have been revoked, or a part of it is missing.';
};

/** By what was tried: it is told where the person looks. */
type Problem = Partial<Record<'link' | 'passkey' | 'key', string>>;

export function SignInPage({ linkRefused, signedIn }: SignInProps) {
  const [problem, setProblem] = useState<Problem>(
    linkRefused ? { link: 'This sign-in link does not work any more: each works once.' } : {},
  );
  const [busy, setBusy] = useState(false);
  const [visible, setVisible] = useState(false);
  const field = useRef<HTMLInputElement>(null);
  const submit = (event: Event): void => {
    event.preventDefault();
    const key = field.current?.value.trim() ?? '';
    if (!key) {
      setProblem({ key: 'Paste a key first.' });
      field.current?.focus();
      return;
    }
    setBusy(true);
    service.signIn(key).then(signedIn, (error: unknown) => {
      setBusy(false);
      setProblem({ key: problemOf(error) });
      field.current?.focus();
    });
  };
  const byPasskey = (): void => {
    setBusy(true);
    setProblem({});
    signInWithPasskey().then(signedIn, (error: unknown) => {
      setBusy(false);
      const said = error instanceof ServiceFailure && error.kind === 'signed_out' ? error.detail : null;
      setProblem({ passkey: said ?? problemOf(error) });
    });
  };
  return (
    <div class="sign-in">
      <h1>Sign in</h1>
      <p class="lead">See what visitors chose, and check each receipt yourself.</p>
      <p class="problem" role="alert">
        {problem.link}
      </p>
      {canUsePasskeys() && (
        <div class="by-passkey">
          <button
            type="button"
            class="button primary"
            disabled={busy}
            aria-describedby={problem.passkey ? 'passkey-problem' : undefined}
            onClick={byPasskey}
          >
            Sign in with a passkey
          </button>
          <p class="problem" id="passkey-problem" role="alert">
            {problem.passkey}
          </p>
          <p class="or" aria-hidden="true">
            or
          </p>
        </div>
      )}
      <form onSubmit={submit} noValidate>
        <label for="key">API key</label>
        <div class="field">
          <input
            id="key"
            ref={field}
            {...(visible ? { type: 'text' as const } : { type: 'password' as const })}
            autocomplete="current-password"
            autocapitalize="off"
            spellcheck={false}
            aria-describedby={problem.key ? 'key-help key-problem' : 'key-help'}
            aria-invalid={problem.key ? 'true' : undefined}
          />
          <button type="button" class="button" aria-pressed={visible} onClick={() => setVisible(!visible)}>
            Show key
          </button>
        </div>
        <p class="problem" id="key-problem" role="alert">
          {problem.key}
        </p>
        <button type="submit" class={canUsePasskeys() ? 'button' : 'button primary'} disabled={busy}>
          {busy ? 'Signing in…' : 'Sign in'}
        </button>
      </form>
      <div class="help" id="key-help">
        <p>
          Whoever runs the service has a <strong>sign-in link</strong>: it is printed when the service starts, and opening it is
          enough. A <strong>key</strong> is made with <code>candour key create</code>. Who has a key can make a{' '}
          <strong>passkey</strong> on this device once signed in.
        </p>
      </div>
    </div>
  );
}
