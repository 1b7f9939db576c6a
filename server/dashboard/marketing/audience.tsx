// How many may be written to, by channel and sender, and why the others may not; the list itself as a file.
import { useState } from 'preact/hooks';

import { DataTable, type Column } from '../parts/data-table.tsx';
import { useMay } from '../session.ts';
import { InlineFailure } from '../states.tsx';
import { useAction } from '../use-action.ts';
import { count } from '../words.ts';
import { channelWords, reasonWords, whyWords } from './answer-words.ts';
import { marketing, type Counts, type Sending } from './marketing-api.ts';

const Tally = ({ counts, words }: { counts: Record<string, number> | undefined; words: (code: string) => string }) => {
  const all = Object.entries(counts ?? {});
  if (all.length === 0) return counts ? 'Nobody.' : '–';
  return (
    <ul class="bullets">
      {all.map(([code, many]) => (
        <li key={code}>
          {count(many)}: {words(code)}
        </li>
      ))}
    </ul>
  );
};

const keyOf = ({ sender, channel }: Sending): string => `${sender} ${channel}`;

export function Audience({ site, sendings }: { site: string; sendings: readonly Sending[] }) {
  const may = useMay(site);
  const [counts, setCounts] = useState<Record<string, Counts>>({});
  const counting = useAction(async () => {
    // One after the other: each goes through every contact.
    for (const sending of sendings) {
      const found = await marketing.counts(site, sending);
      setCounts((before) => ({ ...before, [keyOf(sending)]: found }));
    }
  });
  const mayList = may('GET /v1/admin/sites/:site/lists');
  const columns: Column<Sending>[] = [
    { title: 'Channel', head: true, cell: ({ channel }) => channelWords(channel) },
    { title: 'Sender', cell: ({ name }) => <bdi>{name}</bdi> },
    {
      title: 'Confirmed by mail',
      cell: ({ channel, doubleOptIn }) => (channel === 'email' ? (doubleOptIn ? 'Yes' : 'No') : '–'),
    },
    {
      title: 'May be sent',
      kind: 'wide',
      cell: (sending) => <Tally counts={counts[keyOf(sending)]?.reasons} words={reasonWords} />,
    },
    {
      title: 'May not',
      kind: 'wide',
      cell: (sending) => <Tally counts={counts[keyOf(sending)]?.leftOut} words={whyWords} />,
    },
    ...(mayList
      ? [
          {
            title: 'List',
            kind: 'actions' as const,
            cell: (sending: Sending) => (
              <a class="button small" href={marketing.listHref(site, sending)} download>
                CSV
                <span class="hidden">
                  {' '}
                  of {channelWords(sending.channel)} from {sending.name}
                </span>
              </a>
            ),
          },
        ]
      : []),
  ];
  return (
    <section class="panel" aria-labelledby="audience">
      <h2 id="audience">Channels and senders</h2>
      <p class="note">
        {mayList ? 'Counting goes through every contact. A list has only who may be written to now.' : 'Not for your role.'}
      </p>
      <DataTable caption="Channels and senders" columns={columns} rows={sendings} keyOf={keyOf} />
      {mayList && (
        <p class="actions">
          <button type="button" class="button" disabled={counting.busy} onClick={() => void counting.run()}>
            {counting.busy ? 'Counting…' : 'Count'}
          </button>
        </p>
      )}
      {counting.failure && <InlineFailure failure={counting.failure} />}
    </section>
  );
}
