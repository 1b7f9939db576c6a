// May one address be written to: for every channel of its kind and every sender. The address is sent in a body and kept nowhere.
import { useState } from 'preact/hooks';

import type { AddressKind } from '../../../shared/marketing/channel.ts';
import { DataTable, type Column } from '../parts/data-table.tsx';
import { Field } from '../parts/field.tsx';
import { proveHref } from '../prove-question.ts';
import { InlineFailure } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { longDay } from '../words.ts';
import { answerWords, channelWords } from './answer-words.ts';
import { marketing, type Permission, type Sending } from './marketing-api.ts';

const KINDS: Record<AddressKind, string> = { email: 'Email', phone: 'Telephone', handle: 'Handle', post: 'Postal' };

/** As shared/marketing/channel.ts has it. */
const kindOf = (channel: string): AddressKind =>
  channel === 'email' || channel === 'post' ? channel : channel === 'push_dm' ? 'handle' : 'phone';

interface Row {
  sending: Sending;
  answer: Permission;
}

/** Of a consent: its event, that can be proven. */
const eventOf = ({ proof }: Permission): string | null => {
  const { kind, id } = Object(proof) as { kind?: unknown; id?: unknown };
  return kind === 'event' && typeof id === 'string' ? id : null;
};

const columns = (site: string): Column<Row>[] => [
  { title: 'Channel', head: true, cell: ({ sending }) => channelWords(sending.channel) },
  { title: 'Sender', cell: ({ sending }) => <bdi>{sending.name}</bdi> },
  {
    title: 'May be sent',
    cell: ({ answer: { may } }) => <span class={may ? 'tag' : 'tag bad'}>{may ? 'Yes' : 'No'}</span>,
  },
  {
    title: 'Why',
    kind: 'wide',
    cell: ({ answer }) => (
      <>
        {answerWords(answer)}
        {answer.missing && answer.missing.length > 0 && <span class="note"> Missing: {answer.missing.join('; ')}.</span>}
        {answer.bounced && (
          <span class="note">
            {' '}
            Mail came back on {longDay(answer.bounced.at)} ({answer.bounced.status}).
          </span>
        )}
      </>
    ),
  },
  { title: 'Since', cell: ({ answer: { since } }) => (since ? longDay(since) : '–') },
  {
    title: 'Proof',
    cell: ({ answer }) => {
      const event = eventOf(answer);
      return event ? <a href={proveHref(site, { event })}>Prove</a> : '–';
    },
  },
];

export function AddressQuestion({ site, sendings }: { site: string; sendings: readonly Sending[] }) {
  const kinds = [...new Set(sendings.map(({ channel }) => kindOf(channel)))];
  const [kind, setKind] = useState<AddressKind>(kinds[0] ?? 'email');
  const [address, setAddress] = useState('');
  const [rows, setRows] = useState<Row[] | null>(null);
  const [problem, setProblem] = useState('');
  const look = useAction(async () => {
    const own = sendings.filter(({ channel }) => kindOf(channel) === kind);
    setRows(
      await Promise.all(
        own.map(async (sending) => ({ sending, answer: await marketing.permission(site, address.trim(), sending) })),
      ),
    );
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setProblem(address.trim() === '' ? 'Type an address first.' : '');
    if (address.trim() !== '') void look.run();
  };
  return (
    <section class="panel" aria-labelledby="address">
      <h2 id="address">One address</h2>
      <p class="note">
        May it be written to, why, since when, and what shows it. That you asked is written to the audit log, without the address.
      </p>
      <form onSubmit={submit} noValidate autocomplete="off">
        <div class="filters">
          <Field label="Kind">
            {(attributes) => (
              <select
                {...attributes}
                value={kind}
                onChange={({ currentTarget }) => (setKind(currentTarget.value as AddressKind), setRows(null))}
              >
                {kinds.map((one) => (
                  <option key={one} value={one}>
                    {KINDS[one]}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <Field label="Address" problem={problem}>
            {(attributes) => (
              <input
                {...attributes}
                type="text"
                inputMode={kind === 'email' ? 'email' : kind === 'phone' ? 'tel' : 'text'}
                autocomplete="off"
                spellcheck={false}
                dir="ltr"
                maxLength={1000}
                value={address}
                onInput={({ currentTarget }) => (setAddress(currentTarget.value), setRows(null))}
              />
            )}
          </Field>
        </div>
        <button type="submit" class="button" disabled={look.busy}>
          {look.busy ? 'Looking…' : 'Look up'}
        </button>
      </form>
      {look.failure && <InlineFailure failure={look.failure} />}
      <div role="status">
        {rows && (
          <>
            {rows.every(({ answer }) => answer.contact === null) && <p class="note">This address is not known here.</p>}
            <DataTable
              caption="May this address be written to"
              columns={columns(site)}
              rows={rows}
              keyOf={({ sending }) => `${sending.sender} ${sending.channel}`}
            />
          </>
        )}
      </div>
    </section>
  );
}
