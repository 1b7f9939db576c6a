// What shows that something holds: a verdict and the steps that lead to it.
import type { ComponentChildren } from 'preact';

import { RESULT_WORDS } from '../../../shared/consent/words.ts';
import './proof.css';

type Result = 'holds' | 'fails' | 'unchecked';
const SHAPES: Record<Result, string> = {
  holds: 'M3 8.5l3.2 3.2L13 5',
  fails: 'M4 4l8 8M12 4l-8 8',
  unchecked: 'M8 3.5v6M8 12.2v.3',
};

export const ResultMark = ({ result }: { result: Result }) => (
  <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
    <path d={SHAPES[result]} />
  </svg>
);

interface VerdictProps {
  verified: 'true' | 'false' | 'unchecked';
  words: { title: string; why: string };
  /** Id of the event, where it is the verdict on a receipt. */
  receipt?: string;
  children?: ComponentChildren;
}

export const Verdict = ({ verified, words, receipt, children }: VerdictProps) => (
  <div class={`verdict ${verified}`} role="status" data-receipt={receipt} data-verified={verified}>
    <p>
      <strong>{words.title}</strong> {words.why}
    </p>
    {children}
  </div>
);

export interface ProofStep {
  step: string;
  /** The step in words. */
  title: string;
  result: Result;
  why: string;
}

export const ProofSteps = ({ steps }: { steps: readonly ProofStep[] }) => (
  <ol class="steps">
    {steps.map(({ step, title, result, why }, i) => (
      <li key={`${i}-${step}`} class={result} data-step={step} data-result={result}>
        <ResultMark result={result} />
        <div>
          <p>
            <strong>{title}</strong> <span class="result">{RESULT_WORDS[result]}</span>
          </p>
          <p class="why">{why}</p>
        </div>
      </li>
    ))}
  </ol>
);
