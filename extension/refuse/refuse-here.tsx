// What "Refuse for me" did on the page in view, and the way to leave a site out. Nothing while it is off.
import { useCallback, useEffect, useState } from 'preact/hooks';

import type { Refusal } from '../background/refusals.ts';
import { plainText } from '../plain-text.ts';
import { platformName } from '../signals/platform-names.ts';
import { Icon } from '../popup/icon.tsx';
import { momentWords } from '../popup/words.ts';
import type { RefuseView } from './asks.ts';
import type { RefuseClient } from './client.ts';
import { say } from '../words/say.ts';
import { confirmedWords, outcomeWords } from './words.ts';

const Last = ({ refusal }: { refusal: Refusal }) => {
  const { title, text } = outcomeWords(refusal);
  return (
    <>
      <h2>
        <Icon name={refusal.outcome === 'refused' ? 'check' : 'alert'} /> {title}
      </h2>
      <p>
        {text} {confirmedWords(refusal)}
      </p>
      <p class="small muted">
        <bdi>{plainText(platformName(refusal.platform))}</bdi> · {momentWords(refusal.at)}
      </p>
    </>
  );
};

const Quiet = ({ here }: { here: NonNullable<RefuseView['here']> }) => (
  <p>{here.isException ? say('refuse.yours') : here.acts ? say('refuse.quiet') : say('refuse.notPrivate')}</p>
);

export const RefuseHere = ({ tab, client }: { tab: number; client: RefuseClient }) => {
  const [view, setView] = useState<RefuseView | null>(null);
  const load = useCallback(
    () =>
      client.ask({ type: 'view_refuse', tab }).then(setView, () => {
        // The view beside it says that nothing answers.
      }),
    [client, tab],
  );
  useEffect(() => void load(), [load]);
  if (!view?.on || !view.here) return null;
  const { here } = view;
  const change = async (): Promise<void> => {
    await client.ask({ type: 'except_host', host: here.host, except: !here.isException, tab });
    await load();
  };
  return (
    <section class="refuse-here" aria-label={say('refuse')} data-refused={here.last?.outcome ?? 'none'}>
      {here.last && !here.isException ? <Last refusal={here.last} /> : <Quiet here={here} />}
      <button type="button" class="small-button" onClick={() => void change()}>
        {say(here.isException ? 'refuse.again' : 'refuse.leave')}
      </button>
    </section>
  );
};
