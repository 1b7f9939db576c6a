// Webhooks of a site: who is told of choices, how telling them went, and sending again.
import { useCallback, useState } from 'preact/hooks';
import type * as v from 'valibot';

import {
  MadeWebhook,
  WEBHOOK_TYPES,
  WebhookDeliveries,
  Webhooks,
  type Webhook,
  type WebhookDelivery,
  type WebhookType,
} from '../../../shared/webhook.ts';
import { Copy } from '../parts/copy.tsx';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Confirm, Dialog, DialogActions } from '../parts/dialog.tsx';
import { Field } from '../parts/field.tsx';
import { PageHeader } from '../parts/page-header.tsx';
import type { PageProps } from '../route.ts';
import { ask, posted, send } from '../service.ts';
import { useMay } from '../session.ts';
import { Empty, Failure, InlineFailure, Loading, Stale } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { useAnswer } from '../use-answer.ts';
import { count, counted, fullTime, longDay, shortTime } from '../words.ts';
import './webhooks.css';

const EVERY = 5000;
const TYPE_WORDS: Record<WebhookType, { name: string; what: string }> = {
  'consent.decided': { name: 'Choices', what: 'Somebody chose, for the first time or again.' },
  'consent.withdrawn': { name: 'Withdrawals', what: 'Somebody withdrew, objected or unsubscribed.' },
  'events.erased': { name: 'Erasures', what: 'What a data subject had chosen was erased.' },
  'permission.changed': { name: 'Permissions', what: 'Something was said about messages to an address.' },
  'suppression.added': { name: 'Suppressions', what: 'An address is not to be written to any more.' },
  'contact.erased': { name: 'Erased contacts', what: 'An address is not known here any more.' },
};
const STATE_WORDS: Record<WebhookDelivery['state'], string> = {
  waiting: 'waiting',
  delivered: 'delivered',
  dead: 'given up',
  erased: 'erased before it was sent',
};

const pathOf = (site: string, ...rest: string[]): string =>
  `/v1/admin/sites/${[site, 'webhooks', ...rest].map(encodeURIComponent).join('/')}`;

const today = (): string => new Date().toISOString().slice(0, 10);

const COLUMNS: readonly Column<WebhookDelivery>[] = [
  {
    title: 'Message',
    head: true,
    cell: ({ number, type }) => (
      <>
        {number} <span class="note">{TYPE_WORDS[type].name.toLowerCase()}</span>
      </>
    ),
  },
  {
    title: 'Made',
    cell: ({ createdAt }) => (
      <time dateTime={createdAt} title={fullTime(createdAt)}>
        {shortTime(createdAt, today())}
      </time>
    ),
  },
  {
    title: 'State',
    cell: ({ state, dueAt, attempts }) => (
      <>
        <span class={`delivery ${state === 'waiting' && attempts > 0 ? 'failing' : state}`}>{STATE_WORDS[state]}</span>
        {dueAt !== null && attempts > 0 && <span class="note"> again {shortTime(dueAt, today())}</span>}
      </>
    ),
  },
  { title: 'Answer', cell: ({ answer }) => (answer === null ? <span class="note">none yet</span> : <code>{answer}</code>) },
  { title: 'Attempts', kind: 'number', cell: ({ attempts }) => count(attempts) },
  { title: 'Log entry', kind: 'number', cell: ({ epoch, index }) => (epoch > 0 ? `${epoch}/${index}` : index) },
];

function Deliveries({ site, webhook, version }: { site: string; webhook: Webhook; version: number }) {
  const { value, failure, again } = useAnswer(
    // `version`: asked again when something was replayed.
    useCallback(
      (signal) => ask(WebhookDeliveries, `${pathOf(site, webhook.id, 'deliveries')}?limit=25`, { signal }),
      [site, webhook.id, version],
    ),
    EVERY,
  );
  if (!value) return failure ? <Failure failure={failure} again={again} /> : <Loading what="the last messages" />;
  const { counts, deliveries } = value;
  return (
    <>
      {failure && <Stale failure={failure} again={again} />}
      <dl class="figures">
        {(['delivered', 'waiting', 'dead'] as const).map((state) => (
          <div key={state} class={state === 'dead' && counts.dead > 0 ? 'alarm' : undefined}>
            <dt>{STATE_WORDS[state]}</dt>
            <dd>{count(counts[state])}</dd>
          </div>
        ))}
      </dl>
      {deliveries.length > 0 ? (
        <details class="fold" open>
          <summary>
            <h3>Last messages</h3>
          </summary>
          <DataTable
            caption={`Last messages to ${webhook.url}`}
            columns={COLUMNS}
            rows={deliveries}
            keyOf={({ number }) => number}
          />
        </details>
      ) : (
        <p class="note">Nothing was sent yet. The next choice of a visitor is.</p>
      )}
    </>
  );
}

type Asking = 'replay' | 'delete' | null;

function Replay({
  site,
  webhook,
  close,
  done,
}: {
  site: string;
  webhook: Webhook;
  close: () => void;
  done: (messages: number) => void;
}) {
  const [deadOnly, setDeadOnly] = useState(true);
  const [since, setSince] = useState('');
  const act = useAction(async () => {
    const body = { deadOnly, ...(since ? { since: `${since}T00:00:00.000Z` } : {}) };
    const answer = (await (await send(pathOf(site, webhook.id, 'replay'), posted(body))).json()) as { messages?: unknown };
    done(Number(answer.messages));
  });
  return (
    <Dialog title="Send again" close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void act.run().then((sent) => sent && close());
        }}
      >
        <fieldset class="options">
          <legend class="hidden">Which messages</legend>
          <label class="option">
            <input type="radio" name="which" checked={deadOnly} onChange={() => setDeadOnly(true)} />
            <span>
              <strong>What was given up</strong>
              <span class="note">Messages that failed for two days.</span>
            </span>
          </label>
          <label class="option">
            <input type="radio" name="which" checked={!deadOnly} onChange={() => setDeadOnly(false)} />
            <span>
              <strong>Everything</strong>
              <span class="note">Also what was delivered: the receiver tells by its id that it has it.</span>
            </span>
          </label>
        </fieldset>
        <Field label="Since, UTC" optional>
          {(attributes) => (
            <input {...attributes} type="date" value={since} onInput={(event) => setSince(event.currentTarget.value)} />
          )}
        </Field>
        {act.failure && <InlineFailure failure={act.failure} />}
        <DialogActions deed="Send again" busy={act.busy} close={close} />
      </form>
    </Dialog>
  );
}

function OneWebhook({ site, webhook, changed }: { site: string; webhook: Webhook; changed: () => void }) {
  const may = useMay(site);
  const [asking, setAsking] = useState<Asking>(null);
  const [told, setTold] = useState('');
  const [version, setVersion] = useState(0);
  const { id, url, types, state, createdAt } = webhook;
  const paused = state === 'paused';
  const toggle = useAction(async () => {
    await send(pathOf(site, id), posted({ state: paused ? 'active' : 'paused' }, 'PATCH'));
    changed();
  });
  return (
    <section class="panel webhook" aria-labelledby={id} data-webhook={id} data-state={state}>
      <header>
        <div>
          <h2 id={id}>
            <bdi>{url}</bdi>
          </h2>
          <p class="note">
            <span class={`delivery ${paused ? 'paused' : 'delivered'}`}>{paused ? 'paused' : 'active'}</span> ·{' '}
            {types.map((type) => TYPE_WORDS[type].name.toLowerCase()).join(', ')} · since {longDay(createdAt)}
          </p>
        </div>
        {may('PATCH /v1/admin/sites/:site/webhooks/:webhook') && (
          <div class="page-actions">
            <button type="button" class="button small" disabled={toggle.busy} onClick={() => void toggle.run()}>
              {paused ? 'Resume' : 'Pause'}
              <span class="hidden"> {url}</span>
            </button>
            <button type="button" class="button small" onClick={() => setAsking('replay')}>
              Send again…<span class="hidden"> to {url}</span>
            </button>
            <button type="button" class="button small" onClick={() => setAsking('delete')}>
              Remove…<span class="hidden"> {url}</span>
            </button>
          </div>
        )}
      </header>
      {toggle.failure && <InlineFailure failure={toggle.failure} />}
      {paused && <p class="callout quiet">Paused: messages wait here, and go out when it is resumed.</p>}
      <p class="told" role="status">
        {told}
      </p>
      <Deliveries site={site} webhook={webhook} version={version} />
      {asking === 'replay' && (
        <Replay
          site={site}
          webhook={webhook}
          close={() => setAsking(null)}
          done={(messages) => {
            setTold(messages === 0 ? 'There was nothing to send again.' : `${counted(messages, 'message')} will be sent again.`);
            setVersion((times) => times + 1);
          }}
        />
      )}
      {asking === 'delete' && (
        <Confirm
          title="Remove this webhook?"
          deed="Remove"
          grave
          close={() => setAsking(null)}
          act={async () => {
            await send(pathOf(site, id), { method: 'DELETE' });
            changed();
          }}
        >
          <p>
            <bdi>{url}</bdi> is told nothing more, and messages that wait for it are dropped. Its secret cannot be had again. The
            choices themselves stay in the log.
          </p>
        </Confirm>
      )}
    </section>
  );
}

function Create({
  site,
  close,
  done,
}: {
  site: string;
  close: () => void;
  done: (made: v.InferOutput<typeof MadeWebhook>) => void;
}) {
  const [url, setUrl] = useState('');
  const [types, setTypes] = useState<readonly WebhookType[]>(WEBHOOK_TYPES);
  const [problem, setProblem] = useState<{ url?: string; types?: string }>({});
  const act = useAction(async () => done(await ask(MadeWebhook, pathOf(site), posted({ url: url.trim(), types }))));
  const submit = (event: Event): void => {
    event.preventDefault();
    if (!URL.canParse(url.trim())) return setProblem({ url: 'This is no URL, such as https://example.org/consent.' });
    if (types.length === 0) return setProblem({ types: 'Choose at least one.' });
    setProblem({});
    void act.run().then((made) => made && close());
  };
  return (
    <Dialog title="Add a webhook" close={close}>
      <form onSubmit={submit} noValidate>
        <Field label="URL" problem={problem.url} help="An address that takes POST requests over https.">
          {(attributes) => (
            <input
              {...attributes}
              class="code"
              type="url"
              dir="ltr"
              autocomplete="off"
              placeholder="https://"
              value={url}
              onInput={(event) => setUrl(event.currentTarget.value)}
            />
          )}
        </Field>
        <fieldset class="options" aria-describedby={problem.types ? 'types-problem' : undefined}>
          <legend>It is told of</legend>
          {WEBHOOK_TYPES.map((type) => (
            <label key={type} class="option">
              <input
                type="checkbox"
                checked={types.includes(type)}
                onChange={(event) =>
                  setTypes(event.currentTarget.checked ? [...types, type] : types.filter((one) => one !== type))
                }
              />
              <span>
                <strong>{TYPE_WORDS[type].name}</strong> <code>{type}</code>
                <span class="note">{TYPE_WORDS[type].what}</span>
              </span>
            </label>
          ))}
          {problem.types && (
            <p class="problem" role="alert" id="types-problem">
              {problem.types}
            </p>
          )}
        </fieldset>
        {act.failure && <InlineFailure failure={act.failure} />}
        <DialogActions deed="Add" busy={act.busy} close={close} />
      </form>
    </Dialog>
  );
}

const Secret = ({ made, close }: { made: v.InferOutput<typeof MadeWebhook>; close: () => void }) => (
  <section class="outcome" aria-labelledby="secret">
    <h2 id="secret">The secret of the new webhook</h2>
    <p>
      It is shown this once. The receiver checks with it that a message is from here (Standard Webhooks: HMAC-SHA-256 over id,
      time and body).
    </p>
    <Copy text={made.secret} what="secret" />
    <p class="actions">
      <button type="button" class="button" onClick={close}>
        I have kept it
      </button>
    </p>
  </section>
);

export function Page({ site }: PageProps) {
  const may = useMay(site);
  const [version, setVersion] = useState(0);
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<v.InferOutput<typeof MadeWebhook> | null>(null);
  const [list, setList] = useState<readonly Webhook[] | null>(null);
  const { value, failure, again } = useAnswer(
    useCallback(
      async (signal) => {
        const answer = (await ask(Webhooks, pathOf(site), { signal })).webhooks;
        setList(answer);
        return answer;
      },
      [site, version],
    ),
  );
  const shown = value ?? list;
  const changed = (): void => setVersion((times) => times + 1);
  return (
    <>
      <PageHeader
        title="Webhooks"
        actions={
          may('POST /v1/admin/sites/:site/webhooks') && (
            <button type="button" class="button primary" onClick={() => setAdding(true)}>
              Add a webhook
            </button>
          )
        }
      >
        <p>Other systems are told of choices, withdrawals and erasures: signed, at least once, in order for each data subject.</p>
      </PageHeader>
      {made && <Secret made={made} close={() => setMade(null)} />}
      {failure && <Failure failure={failure} again={again} />}
      {!shown && !failure && <Loading what="the webhooks" />}
      {shown?.length === 0 && (
        <Empty title="Nobody is told yet">
          <p>A webhook lets a newsletter tool or a customer database follow what visitors choose, within seconds.</p>
        </Empty>
      )}
      {shown?.map((webhook) => (
        <OneWebhook key={webhook.id} site={site} webhook={webhook} changed={changed} />
      ))}
      {adding && (
        <Create
          site={site}
          close={() => setAdding(false)}
          done={(one) => {
            setMade(one);
            changed();
          }}
        />
      )}
    </>
  );
}
