// What stands where there is no content: loading, nothing yet, a failure. Each says what is, what is safe and what to do.
import type { ComponentChildren } from 'preact';

import type { FailureKind, ServiceFailure } from './service.ts';

export const Loading = ({ what }: { what: string }) => (
  <div class="state-box" role="status" aria-busy="true">
    <span class="pulse" aria-hidden="true" />
    <p>Loading {what}…</p>
  </div>
);

export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="state-box">
    <p class="state-title">{title}</p>
    {children}
  </div>
);

const WORDS: Record<FailureKind, { title: string; advice: string }> = {
  signed_out: { title: 'You are signed out', advice: 'Sign in again to go on.' },
  forbidden: { title: 'Not allowed', advice: 'Your key does not allow this. Ask who runs the service.' },
  missing: { title: 'There is no such thing here', advice: 'It may have been erased, or the address is wrong.' },
  refused: { title: 'The service did not do this', advice: 'Nothing was changed.' },
  busy: { title: 'Too many requests', advice: 'Nothing was lost. Wait a minute and try again.' },
  unreachable: {
    title: 'The service does not answer',
    advice: 'Choices that visitors make meanwhile wait in their browsers and arrive later. Nothing acknowledged is lost.',
  },
  failed: { title: 'The service reports an error', advice: 'Nothing acknowledged is lost. Try again in a moment.' },
  unexpected: {
    title: 'The answer cannot be read',
    advice: 'The dashboard and the service may be of different versions. Load this page again.',
  },
};

export const Failure = ({ failure, again }: { failure: ServiceFailure; again?: () => void }) => (
  <div class="state-box failure" role="alert" data-failure={failure.kind}>
    <p class="state-title">{WORDS[failure.kind].title}</p>
    <p>{WORDS[failure.kind].advice}</p>
    {failure.kind === 'refused' && failure.detail && <p>{failure.detail}</p>}
    {again && (
      <button type="button" class="button" onClick={again}>
        Try again
      </button>
    )}
  </div>
);

/** Above content that is still there but no longer fresh. */
export const Stale = ({ failure, again }: { failure: ServiceFailure; again: () => void }) => (
  <div class="stale" role="status">
    <p>
      <strong>{WORDS[failure.kind].title}.</strong> What you see is the last answer. This page keeps trying.
    </p>
    <button type="button" class="button small" onClick={again}>
      Try now
    </button>
  </div>
);

/** Beside what was tried: in a form, in a dialogue. */
export const InlineFailure = ({ failure: { kind, detail } }: { failure: ServiceFailure }) => (
  <p class="problem" role="alert" data-failure={kind}>
    <strong>{WORDS[kind].title}.</strong> {kind === 'refused' && detail ? `${detail.replace(/\.$/, '')}.` : WORDS[kind].advice}
  </p>
);
