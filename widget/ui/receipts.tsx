// The visitor's own receipts: that a choice was recorded, when, and a file that anyone can check offline.
import { fromBase64Url, utf8Text } from '../../shared/bytes.ts';
import type { Receipt } from '../../shared/consent/receipt.ts';
import { centre } from '../messages/en.ts';

interface Told {
  id: string;
  at: string;
  method: string;
}

/** The ledger's own events: it signed them itself. */
const tell = ({ event }: Receipt): Told => JSON.parse(utf8Text(fromBase64Url(event.split('.')[1] ?? ''))) as Told;

function download(receipt: Receipt, id: string): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(receipt, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `receipt-${id}.json`;
  link.click();
  URL.revokeObjectURL(url);
}

export function Receipts({ receipts }: { receipts: readonly Receipt[] }) {
  if (receipts.length === 0) return null;
  return (
    <details class="receipts">
      <summary>{centre.receipts(receipts.length)}</summary>
      <p>{centre.receiptsWhy}</p>
      <ul>
        {receipts.toReversed().map((receipt) => {
          const { id, at, method } = tell(receipt);
          return (
            <li key={id} data-receipt={id}>
              <span>
                {centre.day(at)}: {centre.methods[method] ?? method}
              </span>
              <span class="note">{centre.verified}</span>
              <button type="button" class="small" onClick={() => download(receipt, id)}>
                {centre.download}
                <span class="unseen">: {centre.day(at)}</span>
              </button>
            </li>
          );
        })}
      </ul>
    </details>
  );
}
