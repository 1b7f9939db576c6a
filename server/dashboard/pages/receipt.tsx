// One receipt, checked in this browser step by step, and what it is a receipt of.
import { useCallback } from 'preact/hooks';

import { paths } from '../../../shared/api.ts';
import type { ConsentEvent } from '../../../shared/consent/event.ts';
import type { Presentation } from '../../../shared/consent/presentation.ts';
import type { Receipt, ReceiptCheck } from '../../../shared/consent/receipt.ts';
import { ACTOR_WORDS, STEP_WORDS, VERDICT_WORDS } from '../../../shared/consent/words.ts';
import { checkReceipt, type CheckedReceipt } from '../check-receipt.ts';
import { Choices } from '../choice.tsx';
import { proveHref } from '../prove-question.ts';
import { siteHref } from '../href.ts';
import { keepJson } from '../keep.ts';
import { PageHeader } from '../parts/page-header.tsx';
import { ProofSteps, Verdict } from '../parts/proof.tsx';
import { ShownWords } from '../parts/shown-words.tsx';
import type { PageProps } from '../route.ts';
import { useMay } from '../session.ts';
import { Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { fullTime, methodWords } from '../words.ts';
import '../parts/proof.css';

const Verification = ({ check }: { check: ReceiptCheck }) => (
  <section class="panel" aria-labelledby="verification">
    <h2 id="verification">Verification</h2>
    <p class="note">Computed in this browser from the receipt and the keys that the service publishes.</p>
    <ProofSteps steps={check.steps.map((step) => ({ ...step, title: STEP_WORDS[step.step] }))} />
  </section>
);

function Chosen({ site, event, receipt, subject }: { site: string; event: ConsentEvent; receipt: Receipt; subject: string }) {
  const may = useMay(site);
  return (
    <section class="panel" aria-labelledby="chosen">
      <h2 id="chosen">What was chosen</h2>
      <Choices purposes={event.purposes} channels={event.channels} vendors={event.vendors} />
      <dl class="facts">
        <div>
          <dt>Act</dt>
          <dd>{methodWords(event.method)}</dd>
        </div>
        <div>
          <dt>By</dt>
          <dd>
            {ACTOR_WORDS[event.actor]}, choice no. {event.seq}
          </dd>
        </div>
        <div>
          <dt>Subject</dt>
          <dd>
            <code>{subject}</code>{' '}
            {may('DELETE /v1/admin/sites/:site/subjects/:subject') && (
              <a href={siteHref(site, 'subjects', subject)}>Restrict or erase</a>
            )}
          </dd>
        </div>
        <div>
          <dt>Chosen</dt>
          <dd>{fullTime(event.at)}, by the browser’s clock</dd>
        </div>
        <div>
          <dt>Received</dt>
          <dd>{fullTime(receipt.leaf.receivedAt)}</dd>
        </div>
        <div>
          <dt>On</dt>
          <dd>{event.origin}</dd>
        </div>
        <div>
          <dt>Global Privacy Control</dt>
          <dd>{event.gpc ? 'on' : 'not on'}</dd>
        </div>
        {event.start?.kind === 'restored' && (
          <div>
            <dt>Restored</dt>
            <dd>from the cookie of {event.start.day}: the browser had lost its record</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

const Shown = ({ presentation }: { presentation: Presentation | null }) => (
  <section class="panel" aria-labelledby="shown">
    <h2 id="shown">What was shown</h2>
    {presentation ? (
      <ShownWords presentation={presentation} />
    ) : (
      <p>Nothing was shown: this choice was restored or imported, so it does not show what was asked.</p>
    )}
  </section>
);

const Proof = ({ receipt }: { receipt: Receipt }) => (
  <section class="panel" aria-labelledby="proof">
    <h2 id="proof">Proof</h2>
    <p>
      Entry {receipt.index} of the log <code>{receipt.log}</code>, proved with{' '}
      {receipt.proof.length === 1 ? '1 hash' : `${receipt.proof.length} hashes`}. Signed head:
    </p>
    <pre class="proof" tabIndex={0} role="region" aria-label="Signed head of the log">
      {receipt.checkpoint}
    </pre>
    <p>
      Log key <code>{receipt.logKey}</code>
    </p>
  </section>
);

function Body({ checked, site, event, subject }: { checked: CheckedReceipt; site: string; event: string; subject: string }) {
  const { check, receipt, raw } = checked;
  return (
    <>
      <Verdict verified={check.verified} words={VERDICT_WORDS[check.verified]} receipt={event} />
      <div class="columns receipt">
        <Verification check={check} />
        <div>
          {check.event && receipt && <Chosen site={site} event={check.event} receipt={receipt} subject={subject} />}
          <Shown presentation={receipt?.presentation ?? null} />
        </div>
      </div>
      {receipt && <Proof receipt={receipt} />}
      <p class="actions">
        <a class="button primary" href={proveHref(site, { event, subject })}>
          Prove this
        </a>
        <button type="button" class="button" onClick={() => keepJson(raw, `receipt-${event}.json`)}>
          Keep as JSON
        </button>
        <a
          class="button"
          href={`${paths.receipt(site, event)}?subject=${encodeURIComponent(subject)}`}
          target="_blank"
          rel="noreferrer"
        >
          Page to print<span class="hidden"> (opens in a new tab)</span>
        </a>
      </p>
    </>
  );
}

/** `…/receipts/{event}/{subject}` */
export function Page({ site, rest: [event = '', subject = ''] }: PageProps) {
  const { value, failure, again } = useAnswer(
    useCallback((signal) => checkReceipt(site, event, subject, signal), [site, event, subject]),
  );
  return (
    <>
      <PageHeader title="Receipt">
        <p class="note">
          Event <code>{event}</code>
        </p>
      </PageHeader>
      {failure && <Failure failure={failure} again={again} />}
      {!value && !failure && <Loading what="the receipt and the keys" />}
      {value && <Body checked={value} site={site} event={event} subject={subject} />}
    </>
  );
}
