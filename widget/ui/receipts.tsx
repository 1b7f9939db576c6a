// The visitor's own receipts: that a choice was recorded, when, and a file that anyone can check offline.
import type { TellingReceipt } from '../core/recorder.ts';
import { centre } from '../messages/en-centre.ts';

function download({ receipt, id }: TellingReceipt): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `receipt-${id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

export function Receipts({ receipts }: { receipts: readonly TellingReceipt[] }) {
  if (receipts.length === 0) return null;
  return (
    <details class="receipts">
      <summary>{centre.receipts(receipts.length)}</summary>
      <p>{centre.receiptsWhy}</p>
      <ul>
        {receipts.toReversed().map((told) => (
          <li key={told.id} data-receipt={told.id}>
            <span>
              {centre.day(told.at)}: {centre.methods[told.method] ?? told.method}
            </span>
            <span class="note">{centre.verified}</span>
            <button type="button" class="small" onClick={() => download(told)}>
              {centre.download}
              <span class="unseen">: {centre.day(told.at)}</span>
            </button>
          </li>
        ))}
      </ul>
    </details>
  );
}
