// Proving: (subject, event, leaf or receipt; purpose; moment) → what held then and what shows it, checked in this browser.
import type { TargetedEvent } from 'preact';
import { useCallback, useEffect, useId, useState } from 'preact/hooks';
import * as v from 'valibot';

import { EVIDENCE_WORDS } from '../../../shared/evidence/words.ts';
import { checkEvidence, type CheckedEvidence } from '../check-evidence.ts';
import { EvidenceAnswer } from '../evidence-answer.tsx';
import { EvidenceDocuments, EvidenceEvents } from '../evidence-material.tsx';
import { keepJson } from '../keep.ts';
import { Copy } from '../parts/copy.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import { ProofSteps, ResultMark, Verdict } from '../parts/proof.tsx';
import {
  checkCommand,
  evidenceFile,
  evidencePageUrl,
  PASTED_WORDS,
  proveHref,
  questionOf,
  readPasted,
  type ProveQuestion,
} from '../prove-question.ts';
import type { PageProps } from '../route.ts';
import { ask } from '../service.ts';
import { Empty, Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { plain } from '../words.ts';
import './prove.css';

const Purposes = v.object({
  configuration: v.object({ purposes: v.array(v.object({ id: v.string(), label: v.string() })) }),
});

/** "2026-11-22T10:00" of the field, which has no zone: UTC, as the service counts. */
const instantOf = (local: string): string => (local === '' ? '' : `${local.length === 16 ? `${local}:00` : local}Z`);
const localOf = (instant = ''): string => (/^\d{4}-\d{2}-\d{2}T/.test(instant) ? instant.slice(0, 19) : '');

function Question({
  site,
  asked,
  submit,
}: {
  site: string;
  asked: ProveQuestion | null;
  submit: (question: ProveQuestion) => void;
}) {
  const [pasted, setPasted] = useState(asked?.event ?? asked?.subject ?? asked?.leaf ?? '');
  const [purpose, setPurpose] = useState(asked?.purpose ?? '');
  const [at, setAt] = useState(localOf(asked?.at));
  const [problem, setProblem] = useState<string | null>(null);
  const { value } = useAnswer(
    useCallback((signal) => ask(Purposes, `/v1/admin/sites/${encodeURIComponent(site)}`, { signal }), [site]),
  );
  const purposes = value?.configuration.purposes ?? [];
  const read = readPasted(pasted);
  const fileId = useId();
  const take = (event: TargetedEvent<HTMLInputElement>): void => {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = '';
    if (!file) return;
    setProblem(null);
    if (file.size > 64 * 1024) return setProblem('This file is too large for a receipt.');
    file.text().then(setPasted, () => setProblem('This file cannot be read.'));
  };
  const send = (event: Event): void => {
    event.preventDefault();
    if (read.is === 'nothing') return setProblem('Paste an event id, a data subject or a receipt first.');
    if (read.is === 'unclear') return setProblem(read.why);
    setProblem(null);
    const moment = instantOf(at);
    // Of an event that was listed with its subject, the subject stays known.
    const subject = read.is === 'event' && asked?.event === read.value && asked.subject ? { subject: asked.subject } : {};
    submit({ [read.is]: read.value, ...subject, ...(purpose ? { purpose } : {}), ...(moment ? { at: moment } : {}) });
  };
  return (
    <form class="panel question" onSubmit={send} noValidate aria-label="Question">
      <Field
        label="Event, data subject or receipt"
        problem={problem}
        help={
          read.is === 'nothing' || read.is === 'unclear'
            ? 'Paste an event id, the thumbprint of a subject’s key, the number of a log entry, or a whole receipt.'
            : PASTED_WORDS[read.is]
        }
      >
        {(attributes) => (
          <textarea
            {...attributes}
            value={pasted}
            rows={2}
            spellcheck={false}
            autocapitalize="off"
            dir="ltr"
            onInput={(event) => (setPasted(event.currentTarget.value), setProblem(null))}
          />
        )}
      </Field>
      <div class="row">
        <Field label="Purpose" optional>
          {(attributes) => (
            <select {...attributes} value={purpose} onChange={(event) => setPurpose(event.currentTarget.value)}>
              <option value="">All purposes</option>
              {purpose !== '' && !purposes.some(({ id }) => id === purpose) && <option value={purpose}>{plain(purpose)}</option>}
              {purposes.map(({ id, label }) => (
                <option key={id} value={id}>
                  {label}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label="Moment, in UTC" optional help="Otherwise when the event was received; about a subject: now.">
          {(attributes) => (
            <input
              {...attributes}
              type="datetime-local"
              step={1}
              value={at}
              onInput={(event) => setAt(event.currentTarget.value)}
            />
          )}
        </Field>
      </div>
      <div class="actions">
        <button type="submit" class="button primary">
          Prove
        </button>
        <label class="button file-button" for={fileId}>
          Choose a receipt file
          <input id={fileId} type="file" accept=".json,application/json" onChange={take} />
        </label>
      </div>
    </form>
  );
}

function Take({ checked: { raw, check, keys } }: { checked: CheckedEvidence }) {
  const { evidence } = check;
  if (!evidence) return null;
  const file = evidenceFile(evidence);
  const used = new Set([...evidence.events, ...evidence.erased].map(({ logKey }) => logKey));
  return (
    <section class="panel" aria-labelledby="take">
      <h2 id="take">Take it with you</h2>
      <p>One file that holds everything above, to be checked by anyone without this service.</p>
      <div class="actions">
        <button type="button" class="button primary" onClick={() => keepJson(raw, file)}>
          Download the evidence (JSON)
        </button>
        <a class="button" href={evidencePageUrl(evidence, true)} download>
          Download as a page (HTML)
        </a>
        <a class="button" href={evidencePageUrl(evidence)} target="_blank" rel="noreferrer">
          Open the page to print<span class="hidden"> (opens in a new tab)</span>
        </a>
      </div>
      <p class="check-line">Check it offline, on any machine with the command:</p>
      <Copy
        text={checkCommand(
          file,
          keys.filter((key) => used.has(key)),
        )}
        what="command that checks the evidence"
      />
    </section>
  );
}

function Steps({ checked: { check } }: { checked: CheckedEvidence }) {
  const byThing = Map.groupBy(check.steps, ({ about }) => about);
  return (
    <section class="panel" aria-labelledby="verification">
      <h2 id="verification">Verification</h2>
      <p class="note">
        {check.steps.length} steps, computed in this browser from the evidence and the keys that the service publishes.
      </p>
      {[...byThing].map(([about, steps]) => {
        const worst = steps.find(({ result }) => result === 'fails') ?? steps.find(({ result }) => result === 'unchecked');
        return (
          <details class="fold" key={about} open={worst?.result === 'fails'}>
            <summary>
              <h3>{about.charAt(0).toUpperCase() + about.slice(1)}</h3>
              <span class={`note ${worst?.result ?? 'holds'}`}>
                <ResultMark result={worst?.result ?? 'holds'} />
                {worst
                  ? worst.result === 'fails'
                    ? 'fails'
                    : 'not checked in part'
                  : `holds, ${steps.length} of ${steps.length}`}
              </span>
            </summary>
            <ProofSteps steps={steps.map((step) => ({ ...step, title: plain(step.step) }))} />
          </details>
        );
      })}
    </section>
  );
}

function Proven({ site, question }: { site: string; question: ProveQuestion }) {
  const { value, failure, again } = useAnswer(useCallback((signal) => checkEvidence(site, question, signal), [site, question]));
  if (failure?.kind === 'missing')
    return (
      <Empty title="The log holds nothing for this">
        <p role="alert">{failure.detail}</p>
      </Empty>
    );
  if (failure) return <Failure failure={failure} again={again} />;
  if (!value) return <Loading what="the evidence, and checking it" />;
  const { alone, check, presentations } = value;
  if (alone)
    return (
      <>
        <EvidenceAnswer {...alone} erased={[]} />
        <p class="callout quiet">
          Your role sees the answer, with the data subject shortened. The evidence, which is made of keys and signatures, is for
          an owner, a data protection officer or an auditor.
        </p>
      </>
    );
  return (
    <>
      <Verdict verified={check.verified} words={EVIDENCE_WORDS[check.verified]} />
      {check.evidence && (
        <>
          <EvidenceAnswer {...check.evidence} />
          <Take checked={value} />
          {check.evidence.events.length > 0 && <EvidenceEvents evidence={check.evidence} presentations={presentations} />}
          <EvidenceDocuments evidence={check.evidence} />
        </>
      )}
      <Steps checked={value} />
    </>
  );
}

/** `…/prove/event:{id}/subject:{thumbprint}/purpose:{id}/at:{moment}`; a receipt is never in an address. */
export function Page({ site, rest }: PageProps) {
  const address = rest.join('/');
  const [question, setQuestion] = useState<ProveQuestion | null>(() => questionOf(rest));
  const [shownAddress, setShownAddress] = useState(address);
  useEffect(() => {
    if (address === shownAddress) return;
    setShownAddress(address);
    setQuestion(questionOf(rest));
  }, [address]);
  const submit = (asked: ProveQuestion): void => {
    const href = proveHref(site, asked);
    setShownAddress(href.split('/').slice(4).map(decodeURIComponent).join('/'));
    setQuestion(asked);
    location.hash = href;
  };
  return (
    <>
      <PageHeader title="Prove">
        <p>
          What held for a data subject at a moment, and what shows it: the choice, the words and controls on screen, the notice as
          it was, and the proof. Each look is written to the audit log.
        </p>
      </PageHeader>
      <Question key={question?.receipt === undefined ? shownAddress : 'receipt'} site={site} asked={question} submit={submit} />
      {question && <Proven site={site} question={question} />}
    </>
  );
}
