// Publishing a version of a notice: given as a file or pasted, checked, compared with what is current, and only then published.
import type { TargetedEvent } from 'preact';
import { useId, useMemo, useRef, useState } from 'preact/hooks';
import * as v from 'valibot';

import { paths } from '../../shared/api.ts';
import { noticeLines } from '../../shared/notice/render.ts';
import { PrivacyNotice } from '../../shared/notice/schema.ts';
import { PublishedNotice } from '../../shared/operator.ts';
import { siteHref } from './href.ts';
import { Changes, Findings } from './notice-findings.tsx';
import { kindWords } from './notice-words.ts';
import { Confirm } from './parts/dialog.tsx';
import { Field } from './parts/field.tsx';
import { ask, posted, type ServiceFailure } from './service.ts';
import { Failure } from './states.tsx';
import { useAction } from './use-action.ts';
import { counted } from './words.ts';

type Plan = v.InferOutput<typeof PublishedNotice>;
/** As the service takes it. */
const MAX_BYTES = 2 * 1024 * 1024;

const sitePath = (site: string): string => `/v1/admin/sites/${encodeURIComponent(site)}/notices`;

/** What it is about, for those who read the findings: sentences by place, activities by id. */
function useReading(document: unknown) {
  return useMemo(() => {
    const read = v.safeParse(PrivacyNotice, document);
    const notice = read.success ? read.output : null;
    const lines = new Map((notice ? noticeLines(notice) : []).map(({ place, text }) => [place, text]));
    return {
      title: notice?.title ?? '',
      sentence: (place: string): string | null => lines.get(place) ?? null,
      titles: new Map((notice?.activities ?? []).map(({ id, title }) => [id, title])),
    };
  }, [document]);
}

interface PlanProps {
  site: string;
  plan: Plan;
  document: unknown;
  mayPublish: boolean;
  done: (made: Plan) => void;
}

function Planned({ site, plan, document, mayPublish, done }: PlanProps) {
  const [asking, setAsking] = useState(false);
  const { title, sentence, titles } = useReading(document);
  const { findings, changes, previous, asksAgain, hash, kind } = plan;
  const same = previous === hash;
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  return (
    <>
      <section class="panel" aria-labelledby="found" data-hash={hash}>
        <h2 id="found">What the check found</h2>
        <p class="note">
          {kindWords(kind)}, SHA-256 <code>{hash}</code>. Facts about the text, never a verdict; none of them keeps it from being
          published.
        </p>
        <Findings findings={findings} sentence={sentence} />
      </section>
      <section class="panel" aria-labelledby="changes">
        <h2 id="changes">What changes</h2>
        {same ? (
          <p>This version is published already, and is the current one.</p>
        ) : previous === null ? (
          <p>The site has no {kindWords(kind).toLowerCase()} yet: this is its first.</p>
        ) : (
          <Changes changes={changes} titles={titles} />
        )}
        {asksAgain ? (
          <p class="callout">
            <strong>Visitors are asked again.</strong> What was chosen under the terms of before holds no more once this is
            published.
          </p>
        ) : (
          !same && <p class="callout quiet">Nobody is asked again: what visitors chose goes on to hold.</p>
        )}
        {mayPublish && !same && (
          <p class="actions">
            <button type="button" class="button primary" onClick={() => setAsking(true)}>
              Publish this version
            </button>
          </p>
        )}
      </section>
      {asking && (
        <Confirm
          title="Publish this version?"
          deed="Publish"
          close={() => setAsking(false)}
          act={async () => done(await ask(PublishedNotice, sitePath(site), posted(document)))}
        >
          <p>
            “<bdi>{title}</bdi>” becomes the current {kindWords(kind).toLowerCase()} of this site, for everybody and at once. It
            can be followed by another version, never changed or taken back.
          </p>
          {errors > 0 && <p>The check reports {counted(errors, 'error')}.</p>}
          {asksAgain && (
            <p>
              <strong>Visitors are asked again.</strong>
            </p>
          )}
        </Confirm>
      )}
    </>
  );
}

interface PublishProps {
  site: string;
  mayPublish: boolean;
  published: () => void;
}

export function PublishNotice({ site, mayPublish, published }: PublishProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [checked, setChecked] = useState<{ plan: Plan; document: unknown } | null>(null);
  const [made, setMade] = useState<Plan | null>(null);
  const result = useRef<HTMLDivElement>(null);
  const fileId = useId();
  const check = useAction(async (document: unknown) => {
    const plan = await ask(PublishedNotice, `${sitePath(site)}/check`, posted(document));
    setChecked({ plan, document });
    result.current?.focus();
  });
  const change = (value: string): void => {
    setText(value);
    setProblem(null);
    setChecked(null);
  };
  const run = (source: string): void => {
    setMade(null);
    setChecked(null);
    if (source.trim() === '') return setProblem('Paste a notice, or choose a file, first.');
    try {
      const document = JSON.parse(source) as unknown;
      setProblem(null);
      void check.run(document);
    } catch (error) {
      setProblem(`This is not JSON: ${(error as Error).message}`);
    }
  };
  const take = (event: TargetedEvent<HTMLInputElement>): void => {
    const [file] = event.currentTarget.files ?? [];
    event.currentTarget.value = '';
    if (!file) return;
    if (file.size > MAX_BYTES) return setProblem('This file is larger than 2 MiB.');
    file.text().then(
      (content) => {
        change(content);
        run(content);
      },
      () => setProblem('This file cannot be read.'),
    );
  };
  return (
    <>
      <form
        class="panel notice-text"
        aria-label="The notice"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          run(text);
        }}
      >
        <Field
          label="The notice, as JSON"
          problem={problem}
          help="A *.notice.json, as its JSON Schema has it. Checking publishes nothing."
        >
          {(attributes) => (
            <textarea
              {...attributes}
              rows={12}
              spellcheck={false}
              value={text}
              onInput={(event) => change(event.currentTarget.value)}
            />
          )}
        </Field>
        <div class="actions">
          <button type="submit" class="button primary" disabled={check.busy}>
            {check.busy ? 'Checking…' : 'Check and compare'}
          </button>
          <label class="button file-button" for={fileId}>
            Choose a file
            <input id={fileId} type="file" accept=".json,application/json" onChange={take} />
          </label>
        </div>
        {check.failure && <CheckFailure failure={check.failure} />}
      </form>
      <div ref={result} tabIndex={-1}>
        {made && (
          <div class="outcome" role="status">
            <p>
              <strong>Published.</strong> It is the current {kindWords(made.kind).toLowerCase()} now.{' '}
              {made.asksAgain ? 'Visitors are asked again.' : 'Nobody is asked again.'}
            </p>
            <p>
              <a href={paths.notice(made.hash)} target="_blank" rel="noreferrer">
                Read it<span class="hidden"> (opens in a new tab)</span>
              </a>
              {made.previous !== null && (
                <>
                  {' · '}
                  <a href={siteHref(site, 'notices', 'compare', made.previous, made.hash)}>What changed</a>
                </>
              )}
            </p>
          </div>
        )}
        {checked && (
          <Planned
            site={site}
            {...checked}
            mayPublish={mayPublish}
            done={(plan) => {
              setMade(plan);
              setChecked(null);
              setText('');
              published();
              result.current?.focus();
            }}
          />
        )}
      </div>
    </>
  );
}

/** A document that does not hold together: each place and what it takes, one a line. */
const CheckFailure = ({ failure }: { failure: ServiceFailure }) =>
  failure.code === 'INVALID_DOCUMENT' && failure.detail !== null ? (
    <div class="state-box failure" role="alert" data-failure="refused">
      <p class="state-title">The notice does not hold together</p>
      <ul class="places">
        {failure.detail.split('\n').map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  ) : (
    <Failure failure={failure} />
  );
