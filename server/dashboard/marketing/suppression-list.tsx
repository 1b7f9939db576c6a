// The suppression list in numbers: it holds fingerprints of addresses, and nothing that could be read here.
import { useCallback, useState } from 'preact/hooks';

import { DataTable } from '../parts/data-table.tsx';
import { Failure, Loading } from '../states.tsx';
import { useAnswer } from '../use-answer.ts';
import { count, plain } from '../words.ts';
import { channelWords } from './answer-words.ts';
import { marketing, type Sending } from './marketing-api.ts';

interface Row {
  channel: string;
  /** Null: every one. */
  sender: string | null;
  reason: string;
  many: number;
}

export function SuppressionList({ site, sendings }: { site: string; sendings: readonly Sending[] }) {
  /** Numbers behind which pages begin, as far as they are asked for. */
  const [pages, setPages] = useState<readonly number[]>([0]);
  const { value, failure, again } = useAnswer(
    useCallback(
      async (signal) => {
        const answers = [];
        for (const after of pages) answers.push(await marketing.suppressions(site, after, signal));
        return { entries: answers.flatMap(({ suppressions }) => suppressions), next: answers.at(-1)?.next ?? null };
      },
      [site, pages],
    ),
  );
  if (failure && !value) return <Failure failure={failure} again={again} />;
  if (!value) return <Loading what="the suppression list" />;
  const { entries, next } = value;
  const rows = [...Map.groupBy(entries, ({ channel, sender, reason }) => `${channel} ${sender} ${reason}`).values()].flatMap(
    (group): Row[] => (group[0] ? [{ ...group[0], many: group.length }] : []),
  );
  const nameOf = (id: string | null): string =>
    id === null ? 'Every sender' : (sendings.find(({ sender }) => sender === id)?.name ?? plain(id));
  return (
    <section class="panel" aria-labelledby="suppressions">
      <h2 id="suppressions">Suppression list</h2>
      {entries.length === 0 ? (
        <p>Nobody has said no yet.</p>
      ) : (
        <>
          <p class="note">
            {next === null ? count(entries.length) : `More than ${count(entries.length)}`} on it. It outlives erasure and every
            list that is brought in; only the person takes a no back.
          </p>
          <DataTable
            caption="Entries by channel, sender and reason"
            columns={[
              {
                title: 'Channel',
                head: true,
                cell: ({ channel }) => channelWords(channel),
              },
              { title: 'Sender', cell: ({ sender }) => <bdi>{nameOf(sender)}</bdi> },
              { title: 'Reason', cell: ({ reason }) => plain(reason) },
              { title: 'Entries', kind: 'number', cell: ({ many }) => count(many) },
            ]}
            rows={rows}
            keyOf={({ channel, sender, reason }) => `${channel} ${sender} ${reason}`}
          />
        </>
      )}
      {next !== null && (
        <p class="actions">
          <button type="button" class="button small" onClick={() => setPages([...pages, next])}>
            Count more
          </button>
        </p>
      )}
    </section>
  );
}
