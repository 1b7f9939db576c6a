// "Your choices here": what this device has recorded for this site.
import type { ChoicesView } from '../messages.ts';
import { ReceiptCard } from './receipt.tsx';
import { say } from '../words/say.ts';

interface Props {
  /** Null while the page is asked. */
  view: ChoicesView | null;
  check: (raw: string) => Promise<void>;
}

function Body({ view, check }: Props) {
  if (!view) return <div class="skeleton short" />;
  if (view.state !== 'given') return <p class="note">{say(`choices.${view.state}`)}</p>;
  return (
    <>
      {view.receipts.length === 0 && <p class="note">{say('choices.none')}</p>}
      {view.receipts.map((receipt) => (
        <ReceiptCard key={receipt.check.event?.id ?? receipt.raw} view={receipt} check={check} />
      ))}
      {view.left > 0 && <p class="small">{say('choices.left', { n: view.left })}</p>}
      {view.unsourced > 0 && <p class="small">{say('choices.unsourced', { n: view.unsourced })}</p>}
    </>
  );
}

export const Choices = (props: Props) => (
  <section class="choices" aria-labelledby="choices" aria-busy={props.view === null}>
    <h2 id="choices">{say('choices')}</h2>
    <Body {...props} />
  </section>
);
