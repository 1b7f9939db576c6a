// A site's settings: the tag to embed, name and origins, how it looks and asks, its purposes, as the configuration has them.
import { useCallback, useState } from 'preact/hooks';
import * as v from 'valibot';

import { paths } from '../../../shared/api.ts';
import { AdminSiteDetails } from '../../../shared/operator.ts';
import { SiteConfiguration, type Purpose } from '../../../shared/site/configuration.ts';
import { Copy } from '../parts/copy.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import '../parts/proof.css';
import { Saving, SavingOutcome } from '../parts/saving.tsx';
import { PurposeDialog } from '../purpose-dialog.tsx';
import type { PageProps } from '../route.ts';
import { ask, ServiceFailure } from '../service.ts';
import { useMay } from '../session.ts';
import { LAYOUT_WORDS, MODE_WORDS, THEME_WORDS } from '../settings-words.ts';
import { Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { sitePath, useSiteChange, type SiteDetails } from '../use-site-change.ts';
import { plain } from '../words.ts';

interface PartProps {
  site: string;
  details: SiteDetails;
  configuration: SiteConfiguration;
  mayChange: boolean;
  saved: (details: SiteDetails) => void;
}

const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

const Embed = ({ details: { tag, log } }: { details: SiteDetails }) => (
  <section class="panel" aria-labelledby="embed">
    <h2 id="embed">Embed</h2>
    <p>First in the head of each page of the site:</p>
    <Copy text={tag} what="tag of the widget" />
    <p class="check-line">Where the page has its own link to the choices:</p>
    <Copy text={'<a href="#candour">Privacy choices</a>'} what="link to the choices" />
    <p class="note">
      Log of this site: <code>{log}</code>. It stays for ever, also if the service moves.
    </p>
  </section>
);

function NameAndOrigins({ site, details, mayChange, saved }: PartProps) {
  const [name, setName] = useState(details.name);
  const [origins, setOrigins] = useState(details.origins.join('\n'));
  const [problem, setProblem] = useState<string | null>(null);
  const saving = useSiteChange(site, saved);
  const change = { name: name.trim(), origins: linesOf(origins) };
  const submit = (event: Event): void => {
    event.preventDefault();
    const wrong = change.origins.find((origin) => URL.parse(origin)?.origin !== origin);
    if (change.origins.length === 0) return setProblem('A site has at least one origin.');
    if (wrong !== undefined) return setProblem(`${wrong} is no origin: such as https://example.org, without a path.`);
    setProblem(null);
    void saving.save(change);
  };
  return (
    <form class="panel" aria-labelledby="identity" onSubmit={submit} noValidate>
      <h2 id="identity">Name and origins</h2>
      <fieldset class="options" disabled={!mayChange}>
        <Field label="Name" help="In words, for people here.">
          {(attributes) => (
            <input
              {...attributes}
              dir="auto"
              maxLength={100}
              value={name}
              onInput={(event) => setName(event.currentTarget.value)}
            />
          )}
        </Field>
        <Field label="Origins" problem={problem} help="One a line. Choices are taken from pages of these origins only.">
          {(attributes) => (
            <textarea
              {...attributes}
              dir="ltr"
              spellcheck={false}
              value={origins}
              onInput={(event) => (setOrigins(event.currentTarget.value), setProblem(null))}
            />
          )}
        </Field>
      </fieldset>
      {mayChange && <Saving saving={saving} unchanged={same(change, { name: details.name, origins: details.origins })} />}
    </form>
  );
}

function Look({ site, configuration, mayChange, saved }: PartProps) {
  const { layout, theme, languages, control } = configuration;
  const [now, setNow] = useState({ layout, theme, languages: languages.join(', '), control });
  const saving = useSiteChange(site, saved);
  const change = {
    layout: now.layout,
    theme: now.theme,
    languages: now.languages.split(/[\s,]+/).filter(Boolean),
    control: now.control,
  };
  return (
    <form
      class="panel"
      aria-labelledby="look"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save({ configuration: change });
      }}
      noValidate
    >
      <h2 id="look">Look and language</h2>
      <fieldset class="options" disabled={!mayChange}>
        <legend class="hidden">Look and language</legend>
        <div class="option-row" role="radiogroup" aria-label="Layout of the banner">
          {(Object.keys(LAYOUT_WORDS) as (keyof typeof LAYOUT_WORDS)[]).map((one) => (
            <label key={one} class="option">
              <input type="radio" name="layout" checked={now.layout === one} onChange={() => setNow({ ...now, layout: one })} />
              <span>
                <strong>{LAYOUT_WORDS[one].name}</strong>
                <span class="note">{LAYOUT_WORDS[one].what}</span>
              </span>
            </label>
          ))}
        </div>
        <div class="filters">
          <Field label="Theme" bare>
            {(attributes) => (
              <select
                {...attributes}
                value={now.theme}
                onChange={(event) => setNow({ ...now, theme: event.currentTarget.value as typeof theme })}
              >
                {Object.entries(THEME_WORDS).map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Languages" help="Codes with commas between them; the first is used where none fits.">
            {(attributes) => (
              <input
                {...attributes}
                value={now.languages}
                onInput={(event) => setNow({ ...now, languages: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
        <label class="option">
          <input
            type="checkbox"
            checked={now.control}
            onChange={(event) => setNow({ ...now, control: event.currentTarget.checked })}
          />
          <span>
            <strong>Keep a “Privacy choices” control on every page</strong>
            <span class="note">Leave it off only where each page has its own link.</span>
          </span>
        </label>
      </fieldset>
      {mayChange && <Saving saving={saving} unchanged={same(change, { layout, theme, languages, control })} />}
    </form>
  );
}

function Asking({ site, configuration, mayChange, saved }: PartProps) {
  const { jurisdiction, validity, refusals } = configuration;
  const [now, setNow] = useState({ jurisdiction, given: validity.given, refused: validity.refused, refusals });
  const saving = useSiteChange(site, saved);
  const change = {
    jurisdiction: now.jurisdiction.trim(),
    validity: { given: now.given.trim(), refused: now.refused.trim() },
    refusals: now.refusals,
  };
  return (
    <form
      class="panel"
      aria-labelledby="asking"
      onSubmit={(event) => {
        event.preventDefault();
        void saving.save({ configuration: change });
      }}
      noValidate
    >
      <h2 id="asking">How visitors are asked</h2>
      <fieldset class="options" disabled={!mayChange}>
        <legend class="hidden">How visitors are asked</legend>
        <div class="filters">
          <Field label="Where visitors are" help="A country such as GB, EU, or “unknown”, which asks the strictest way.">
            {(attributes) => (
              <input
                {...attributes}
                value={now.jurisdiction}
                onInput={(event) => setNow({ ...now, jurisdiction: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label="“Given” holds for" help="An ISO 8601 period: P6M is six months.">
            {(attributes) => (
              <input
                {...attributes}
                value={now.given}
                onInput={(event) => setNow({ ...now, given: event.currentTarget.value })}
              />
            )}
          </Field>
          <Field label="“Refused” holds for" help="So long nobody is asked again.">
            {(attributes) => (
              <input
                {...attributes}
                value={now.refused}
                onInput={(event) => setNow({ ...now, refused: event.currentTarget.value })}
              />
            )}
          </Field>
        </div>
        <label class="option">
          <input
            type="checkbox"
            checked={now.refusals === 'local'}
            onChange={(event) => setNow({ ...now, refusals: event.currentTarget.checked ? 'local' : 'service' })}
          />
          <span>
            <strong>Refusals stay on the visitor’s device</strong>
            <span class="note">They are honoured all the same; the service has no record of them to show.</span>
          </span>
        </label>
      </fieldset>
      {mayChange && <Saving saving={saving} unchanged={same(change, { jurisdiction, validity, refusals })} />}
    </form>
  );
}

const columns = (edit: ((purpose: Purpose) => void) | null): readonly Column<Purpose>[] => [
  {
    title: 'Purpose',
    head: true,
    cell: ({ id, label, kind }) => (
      <>
        <strong dir="auto">{label}</strong>
        <br />
        <code>{id}</code> <span class="tag">{plain(kind)}</span>
      </>
    ),
  },
  {
    title: 'Asked for',
    cell: ({ modes }) => (
      <ul>
        <li>{MODE_WORDS[modes['unknown'] ?? 'opt_in'].name}</li>
        {Object.entries(modes)
          .filter(([place]) => place !== 'unknown')
          .map(([place, mode]) => (
            <li key={place} class="note">
              {place}: {MODE_WORDS[mode].name.toLowerCase()}
            </li>
          ))}
      </ul>
    ),
  },
  {
    title: 'Activity',
    cell: ({ activity, revision }) => (
      <>
        {plain(activity.activity)}
        <br />
        <span class="note">
          {plain(activity.notice)}, revision {revision}
        </span>
      </>
    ),
  },
  {
    title: 'Recipients and storage',
    kind: 'wide',
    cell: ({ recipients, storage }) => (
      <>
        {recipients.length > 0 ? recipients.join(', ') : <span class="note">no recipient</span>}
        {storage.map(({ name, lifetime }) => (
          <div key={name} class="note">
            <code>{name}</code> {lifetime}
          </div>
        ))}
      </>
    ),
  },
  ...(edit
    ? [
        {
          title: 'Actions',
          kind: 'actions' as const,
          cell: (purpose: Purpose) => (
            <button type="button" class="button small" onClick={() => edit(purpose)}>
              Change…<span class="hidden"> {purpose.label}</span>
            </button>
          ),
        },
      ]
    : []),
];

function Purposes({ site, configuration, mayChange, saved }: PartProps) {
  const [editing, setEditing] = useState<Purpose | null>(null);
  const saving = useSiteChange(site, (details) => {
    setEditing(null);
    saved(details);
  });
  const save = (changed: Purpose): void => {
    const purposes = configuration.purposes.map((one) => (one.id === changed.id ? changed : one));
    void saving.save({ configuration: { purposes } });
  };
  return (
    <section class="panel" aria-labelledby="purposes">
      <h2 id="purposes">Purposes</h2>
      <p class="note">What visitors are asked for. Each belongs to an activity of a published notice.</p>
      <DataTable
        caption="Purposes of this site"
        columns={columns(mayChange ? setEditing : null)}
        rows={configuration.purposes}
        keyOf={({ id }) => id}
      />
      {editing && <PurposeDialog key={editing.id} purpose={editing} saving={saving} save={save} close={() => setEditing(null)} />}
      <SavingOutcome saving={saving} />
    </section>
  );
}

const Whole = ({ details, configuration }: PartProps) => (
  <section class="panel" aria-labelledby="whole">
    <h2 id="whole">The whole configuration</h2>
    <p class="note">
      SHA-256{' '}
      <a href={paths.configuration(details.configurationHash)} target="_blank" rel="noreferrer">
        <code>{details.configurationHash}</code>
        <span class="hidden"> (opens in a new tab)</span>
      </a>
      . A changed one is a new version; what was shown to visitors names the one it came from.
    </p>
    <details class="fold">
      <summary>
        <h3>As JSON</h3>
      </summary>
      <pre class="proof" tabIndex={0} role="region" aria-label="Configuration as JSON">
        {JSON.stringify(configuration, null, 2)}
      </pre>
    </details>
  </section>
);

export function Page({ site }: PageProps) {
  const may = useMay(site);
  const [changed, setChanged] = useState<SiteDetails | null>(null);
  const { value, failure, again } = useAnswer(useCallback((signal) => ask(AdminSiteDetails, sitePath(site), { signal }), [site]));
  const details = changed ?? value;
  const read = details ? v.safeParse(SiteConfiguration, details.configuration) : null;
  const wrong =
    failure ?? (read && !read.success ? new ServiceFailure('unexpected', 'The configuration has another form.') : null);
  const part = details && read?.success ? { site, details, configuration: read.output, saved: setChanged } : null;
  const mayChange = may('PATCH /v1/admin/sites/:site');
  return (
    <>
      <PageHeader title="Settings">
        <p>
          {mayChange
            ? 'Changes hold at once; pages get them within five minutes.'
            : 'Your role reads them; an owner changes them.'}
        </p>
      </PageHeader>
      {wrong && !part && <Failure failure={wrong} again={again} />}
      {!details && !failure && <Loading what="the settings" />}
      {part && (
        <>
          <Embed details={part.details} />
          <NameAndOrigins {...part} mayChange={mayChange} />
          <Look {...part} mayChange={mayChange} />
          <Asking {...part} mayChange={mayChange} />
          <Purposes {...part} mayChange={mayChange} />
          <Whole {...part} mayChange={mayChange} />
        </>
      )}
    </>
  );
}
