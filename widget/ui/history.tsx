// The chunk of the visitor's own record and its erasure: loads when somebody opens either part of the preference centre.
import { render } from 'preact';

import { readOwnRecord } from '../core/own-record.ts';
import { HistoryEntry } from './history-entry.tsx';
import { HistoryErasure } from './history-erasure.tsx';
import type { OwnParts } from './history-parts.ts';

/** Rejects where the ledger cannot be read. */
export async function mountHistory(place: HTMLElement, { widget, details }: OwnParts): Promise<void> {
  const events = await readOwnRecord(widget);
  const { words } = details;
  render(
    events.length === 0 ? (
      // The ledger is one origin's, the cookie may be of several.
      <p>{widget.boot.cookieDomain && widget.mirror() ? words.receiptsElsewhere : words.historyNone}</p>
    ) : (
      <>
        <p>
          {words.historyWhy} {words.receiptsWhy}
        </p>
        <ul class="events">
          {events.map((own) => (
            <HistoryEntry key={own.id} {...{ widget, details, own }} />
          ))}
        </ul>
      </>
    ),
    place,
  );
}

/** Rejects where the ledger cannot be read. */
export async function mountErasure(place: HTMLElement, parts: OwnParts): Promise<void> {
  render(<HistoryErasure {...parts} events={await readOwnRecord(parts.widget)} />, place);
}
