// One configuration, one mode per thing that is built: `vite build --mode widget | extension-chrome | extension-firefox | dashboard`.
import { globSync, readFileSync } from 'node:fs';

import { defineConfig } from 'vitest/config';

import { extensionBuild } from './extension/vite.ts';
import { dashboardBuild } from './server/dashboard/vite.ts';
import { widgetBuild } from './widget/vite.ts';

/** Tests that work on a real database, whose every commit waits for the disk: too slow for `npm run check`, they run with the journeys. */
const onDatabase = ['server/**/*.test.ts', 'widget/core/recorder.test.ts'];

const unitTests = ['{shared,widget,server,extension,demo,scripts}/**/*.test.{ts,tsx}', 'test/*.test.ts'];
/** Tests with a document of their own, as their first line says: a page's listeners outlive the file that added them. */
const testsWithDocument = (): string[] =>
  globSync(unitTests, { cwd: import.meta.dirname }).filter((file) =>
    readFileSync(`${import.meta.dirname}/${file}`, 'utf8').includes('@vitest-environment'),
  );

const unit = {
  include: unitTests,
  // A bound against hanging, not a measure: a busy machine is no failure.
  testTimeout: 30_000,
  setupFiles: [
    'test/support/patience.ts',
    'test/support/leave-nothing.ts',
    // Only the long run changes how many cases a property is tried on.
    ...(process.env['CANDOUR_PROPERTY_CASES'] ? ['test/support/property-cases.ts'] : []),
  ],
};

export default defineConfig(({ mode }) => {
  switch (mode) {
    case 'widget':
      return widgetBuild();
    case 'extension-chrome':
      return extensionBuild('chrome');
    case 'extension-firefox':
      return extensionBuild('firefox');
    case 'dashboard':
      return dashboardBuild();
    default: {
      const withDocument = testsWithDocument();
      return {
        oxc: { jsx: { importSource: 'preact' } },
        test: {
          projects: [
            // Two fifths of the time of short tests was reading the modules that they test: only those with a document are kept apart.
            { extends: true, test: { ...unit, name: 'unit', isolate: false, exclude: [...onDatabase, ...withDocument] } },
            { extends: true, test: { ...unit, name: 'unit-document', include: withDocument, exclude: onDatabase } },
            {
              extends: true,
              test: {
                name: 'journeys',
                include: ['test/{journeys,faults,browsers,stores}/**/*.test.ts', ...onDatabase],
                testTimeout: 180_000,
                hookTimeout: 180_000,
                // Each brings browsers and databases of its own, and often waits for them: with a third one two cores have less idle time.
                maxWorkers: 3,
                // Reading the service anew for each of these files took a third of their time.
                isolate: false,
                setupFiles: ['test/support/patience.ts', 'test/support/leave-nothing.ts'],
                // As the time limits: a bound against hanging.
                expect: { poll: { timeout: 30_000 } },
              },
            },
          ],
        },
      };
    }
  }
});
