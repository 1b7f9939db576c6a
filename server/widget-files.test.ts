// What is given out of a build that is being written.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { widgetFiles } from './widget-files.ts';

it.each(['{"build":"x', '{}'])(
  'a widget whose manifest is half written (%s) is not built: 503, to be asked for again',
  async (text) => {
    const folder = mkdtempSync(join(tmpdir(), 'candour-widget-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeFileSync(join(folder, 'manifest.json'), text);
    const files = widgetFiles(folder, 'https://consent.example', {
      keep: () => Promise.resolve(),
      files: () => Promise.resolve(null),
      file: () => Promise.resolve(null),
    });
    await expect(files.asset('abcdef', 'ui.js')).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  },
);
