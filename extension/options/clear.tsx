// Clearing what is stored on this device: asked once more, since nothing brings it back but a file that was saved before.
import { useRef } from 'preact/hooks';

import type { StoredView } from '../messages.ts';
import { say } from '../words/say.ts';

interface Props {
  stored: StoredView | null;
  clear: () => Promise<void>;
}

export const Clear = ({ stored, clear }: Props) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const sure = async (): Promise<void> => {
    dialog.current?.close();
    await clear();
  };
  return (
    <>
      <div class="actions">
        <button type="button" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()} disabled={stored === null}>
          {say('options.clear')}
        </button>
      </div>
      <dialog ref={dialog} class="clearing" aria-labelledby="clear-title" aria-describedby="clear-how">
        <h2 id="clear-title">{say('options.stored')}</h2>
        {stored !== null && stored.sites > 0 && <p>{say('options.choicesCount', { n: stored.sites })}</p>}
        <p id="clear-how">{say('options.clearHow')}</p>
        <div class="actions">
          <button type="button" onClick={() => dialog.current?.close()}>
            {say('letter.close')}
          </button>
          <button type="button" class="ends" onClick={() => void sure()}>
            {say('options.clear')}
          </button>
        </div>
      </dialog>
    </>
  );
};
