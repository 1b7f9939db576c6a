// Everything that is kept, saved as one file, and read in from one.
import { useState } from 'preact/hooks';

import { CAPS } from '../caps.ts';
import { saveFile } from '../mine/export.ts';
import type { Client } from '../popup/client.ts';
import { say } from '../words/say.ts';

interface Props {
  client: Pick<Client, 'ask'>;
  changed: () => Promise<void>;
}

export const Moving = ({ client, changed }: Props) => {
  const [said, setSaid] = useState('');
  const save = async (): Promise<void> => {
    try {
      const text = await client.ask({ type: 'export_all' });
      saveFile({ name: `candour-${new Date().toISOString().slice(0, 10)}.json`, type: 'application/json', text });
      setSaid(say('mine.saved'));
    } catch {
      setSaid(say('mine.notSaved'));
    }
  };
  const read = async (file: File): Promise<void> => {
    try {
      // A larger one is none of ours, and would not fit into a message.
      const done = file.size > CAPS.file ? null : await client.ask({ type: 'import_all', text: await file.text() });
      setSaid(done ? say('options.imported', { n: done.taken, left: done.left }) : say('options.notImported'));
      await changed();
    } catch {
      setSaid(say('options.notImported'));
    }
  };
  return (
    <section aria-labelledby="moving">
      <h2 id="moving">{say('options.move')}</h2>
      <p class="small">{say('options.moveHow')}</p>
      <p class="small">{say('options.moveLeft')}</p>
      <div class="actions">
        <button type="button" onClick={() => void save()}>
          {say('options.export')}
        </button>
        <label class="file">
          {say('options.import')}
          <input
            class="unseen"
            type="file"
            accept=".json,application/json"
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              // So that the same file can be chosen once more.
              event.currentTarget.value = '';
              if (file) void read(file);
            }}
          />
        </label>
      </div>
      <p class="small" role="status">
        {said}
      </p>
    </section>
  );
};
