// "Your choices here": what this device has recorded for this site.
import type { ChoicesView } from '../messages.ts';
import { ReceiptCard } from './receipt.tsx';

interface Props {
  /** Null while the page is asked. */
  view: ChoicesView | null;
  check: (raw: string) => Promise<void>;
}

const EMPTY: Record<Exclude<ChoicesView['state'], 'given'>, string> = {
  no_page: 'This page can’t be asked for your choices.',
  no_widget:
    'This page has no Candour widget, so this device holds no receipts for it. It may still have asked you in another way.',
  failed: 'This site’s widget did not give out its receipts. Reload the page and try again.',
};

function Body({ view, check }: Props) {
  if (!view) return <div class="skeleton short" />;
  if (view.state !== 'given') return <p class="note">{EMPTY[view.state]}</p>;
  if (view.receipts.length === 0)
    return (
      <p class="note">
        No choice of yours with a receipt is on this device yet. A choice made a moment ago gets its receipt when the service has
        recorded it.
      </p>
    );
  return (
    <>
      {view.receipts.map((receipt) => (
        <ReceiptCard key={receipt.check.event?.id ?? receipt.raw} view={receipt} check={check} />
      ))}
      {view.left > 0 && <p class="small">{view.left} more are not shown here.</p>}
    </>
  );
}

export const Choices = (props: Props) => (
  <section class="choices" aria-labelledby="choices" aria-busy={props.view === null}>
    <h2 id="choices">Your choices here</h2>
    <Body {...props} />
  </section>
);
