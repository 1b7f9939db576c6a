// The visitor's own receipts: that a choice was recorded, when, and a file that anyone can check offline.
import type { TellingReceipt } from '../core/recorder.ts';
import type { SpokenDetails } from '../../shared/site/details.ts';
import type { WordId } from '../../shared/site/words.ts';
import { longDay } from './day.ts';
import { fill } from '../core/fill.ts';

function download({ receipt, id }: TellingReceipt): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `receipt-${id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

export function Receipts({ receipts, words }: { receipts: readonly TellingReceipt[]; words: SpokenDetails['words'] }) {
  if (receipts.length === 0) return null;
  const day = (iso: string): string => longDay(iso, words.language);
  return (
    <details class="receipts">
      <summary>{fill(words.receipts, { count: `${receipts.length}` })}</summary>
      <p>{words.receiptsWhy}</p>
      <ul>
        {receipts.toReversed().map((told) => (
          <li key={told.id} data-receipt={told.id}>
            <span>
              {day(told.at)}: {words[`method.${told.method}` as WordId] ?? told.method}
            </span>
            <span class="note">{words.verified}</span>
            <button type="button" class="small" onClick={() => download(told)}>
              {words.download}
              <span class="unseen">: {day(told.at)}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
